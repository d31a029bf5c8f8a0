//! The paths (`a::b::c`) that Rust source names, with grouped imports spelt out.

use super::token::{Token, closing};

pub struct RustPath {
    pub segments: Vec<String>,
    pub line: usize,
    pub is_test: bool,
}

impl RustPath {
    /// Whether the segments of `part` stand in this path, one after the other.
    pub fn contains(&self, part: &str) -> bool {
        let part: Vec<&str> = part.split("::").collect();
        self.segments
            .windows(part.len())
            .any(|window| window.iter().zip(&part).all(|(a, b)| a == b))
    }

    pub fn text(&self) -> String {
        self.segments.join("::")
    }
}

/// All paths, single words included.
pub fn paths(tokens: &[Token]) -> Vec<RustPath> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        index = if tokens[index].word().is_some() {
            path(tokens, index, &[], &mut found)
        } else {
            index + 1
        };
    }
    found
}

/// Reads the path that starts at `index`, after `prefix`; gives back where it ends.
fn path(tokens: &[Token], mut index: usize, prefix: &[String], found: &mut Vec<RustPath>) -> usize {
    let first = &tokens[index];
    let mut segments = prefix.to_vec();
    while let Some(word) = tokens.get(index).and_then(Token::word) {
        segments.push(word.to_owned());
        index += 1;
        let is_joined = tokens.get(index).is_some_and(|token| token.is_mark(':'))
            && tokens.get(index + 1).is_some_and(|token| token.is_mark(':'));
        if !is_joined {
            break;
        }
        index += 2;
    }
    if tokens.get(index).is_some_and(|token| token.is_mark('{')) && tokens[index - 1].is_mark(':') {
        return group(tokens, index, &segments, found);
    }
    found.push(RustPath { segments, line: first.line, is_test: first.is_test });
    index
}

fn group(tokens: &[Token], open: usize, prefix: &[String], found: &mut Vec<RustPath>) -> usize {
    let close = closing(tokens, open);
    let mut index = open + 1;
    while index < close {
        index = match tokens[index].word() {
            // The new name of what was imported is not part of any path.
            Some("as") => index + 2,
            Some(_) => path(tokens, index, prefix, found),
            None => index + 1,
        };
    }
    close + 1
}

#[cfg(test)]
mod tests {
    use super::super::rust::tokens;
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: &[&str]) {
        let found: Vec<String> = paths(&tokens(text).unwrap()).iter().map(RustPath::text).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn grouped_imports_are_spelt_out() {
        reads(
            "use std::{fs, io::{self, Read}, net as n}; g::<T>();",
            &["use", "std::fs", "std::io::self", "std::io::Read", "std::net", "g", "T"],
        );
        reads("f(::std::fs::read)", &["f", "std::fs::read"]);
        reads("struct S { a: b::C }", &["struct", "S", "a", "b::C"]);
    }

    #[test]
    fn a_part_is_found_anywhere_in_a_path() {
        let found = paths(&tokens("std::time::Instant::now()").unwrap());
        assert!(found[0].contains("Instant::now"));
        assert!(!found[0].contains("time::now"));
    }
}
