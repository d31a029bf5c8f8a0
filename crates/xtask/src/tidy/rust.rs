//! Rust source to tokens, and which of them are for tests. It does not build a syntax tree.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::finding::Finding;
use super::token::{Kind, Token};
use super::tree::Tree;

/// A file that cannot be read must not slip past the other rules unseen.
pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter_map(|source| {
            let error = tokens(&source.text).err()?;
            Some(Finding::error(&source.path, 1, "rust", format!("is not Rust: {error}")))
        })
        .collect()
}

/// Cuts a file into tokens; doc comments are left out like other comments.
pub fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let stream: TokenStream = text.parse().map_err(|error| format!("{error}"))?;
    let mut tokens = Vec::new();
    flatten(stream, false, &mut tokens);
    Ok(tokens)
}

fn flatten(stream: TokenStream, mut is_test: bool, out: &mut Vec<Token>) {
    let mut trees = stream.into_iter().peekable();
    // Set by `#[test]` or `#[cfg(test)]`, until the end of the item it stands at.
    let mut is_test_item = false;
    while let Some(tree) = trees.next() {
        let here = is_test || is_test_item;
        match tree {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                let is_inner =
                    matches!(trees.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '!');
                if is_inner {
                    trees.next();
                }
                let Some(TokenTree::Group(attribute)) = trees.peek() else { continue };
                if starts_with(attribute, "doc") {
                    trees.next();
                    continue;
                }
                let marks_test = is_test_attribute(attribute);
                is_test |= is_inner && marks_test;
                is_test_item |= !is_inner && marks_test;
                push(out, Kind::Mark('#'), mark.span(), is_test || is_test_item);
            }
            TokenTree::Group(group) => {
                let is_end = group.delimiter() == Delimiter::Brace;
                flatten_group(&group, here, out);
                is_test_item &= !is_end;
            }
            TokenTree::Punct(mark) => {
                push(out, Kind::Mark(mark.as_char()), mark.span(), here);
                is_test_item &= mark.as_char() != ';';
            }
            TokenTree::Ident(word) => push(out, Kind::Word(word.to_string()), word.span(), here),
            TokenTree::Literal(literal) => {
                if let Some(text) = string_content(&literal.to_string()) {
                    push(out, Kind::Text(text.to_owned()), literal.span(), here);
                }
            }
        }
    }
}

fn flatten_group(group: &Group, is_test: bool, out: &mut Vec<Token>) {
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis => ('(', ')'),
        Delimiter::Brace => ('{', '}'),
        Delimiter::Bracket => ('[', ']'),
        Delimiter::None => return flatten(group.stream(), is_test, out),
    };
    push(out, Kind::Mark(open), group.span_open(), is_test);
    flatten(group.stream(), is_test, out);
    push(out, Kind::Mark(close), group.span_close(), is_test);
}

fn push(out: &mut Vec<Token>, kind: Kind, span: proc_macro2::Span, is_test: bool) {
    out.push(Token { kind, line: span.start().line, is_test });
}

fn starts_with(attribute: &Group, word: &str) -> bool {
    matches!(attribute.stream().into_iter().next(), Some(TokenTree::Ident(first)) if first == word)
}

/// `#[test]`, `#[tokio::test(…)]`, `#[cfg(test)]`, `#[cfg(any(test, …))]`; not `#[cfg(not(test))]`.
fn is_test_attribute(attribute: &Group) -> bool {
    let trees: Vec<TokenTree> = attribute.stream().into_iter().collect();
    if starts_with(attribute, "cfg") {
        let condition = trees[1..].iter().map(ToString::to_string).collect::<String>();
        let words: Vec<&str> =
            condition.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        return words.contains(&"test") && !words.contains(&"not");
    }
    let path = trees.iter().take_while(|tree| !matches!(tree, TokenTree::Group(_)));
    matches!(path.last(), Some(TokenTree::Ident(last)) if last == "test")
}

/// What stands between the quotes of `"…"`, `r#"…"#`, `b"…"` and `c"…"`; `None` for other literals.
fn string_content(literal: &str) -> Option<&str> {
    let quoted = literal.trim_start_matches(['b', 'c', 'r', '#']).trim_end_matches('#');
    quoted.strip_prefix('"')?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(text: &str) -> String {
        let words = tokens(text).unwrap().into_iter().filter(|token| !token.is_test);
        words
            .map(|token| match token.kind {
                Kind::Word(word) => word,
                Kind::Text(text) => format!("\"{text}\""),
                Kind::Mark(mark) => mark.to_string(),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn comments_and_numbers_are_left_out() {
        assert_eq!(
            product("/// says \"hi\"\nfn f() { let a = 1; // x\n g(r#\"b\"#, 'c') }"),
            "fn f ( ) { let a = ; g ( \"b\" , ) }"
        );
    }

    #[test]
    fn what_is_for_tests_is_known() {
        assert_eq!(product("#[cfg(test)]\nmod tests { fn a() {} }\nfn b() {}"), "fn b ( ) { }");
        assert_eq!(product("#[tokio::test]\n#[serial]\nasync fn a() {} fn b() {}"), "fn b ( ) { }");
        assert_eq!(product("#[cfg(test)] mod tests; fn b() {}"), "fn b ( ) { }");
        assert_eq!(product("#![cfg(test)]\nfn b() {}"), "");
        assert!(product("#[cfg(not(test))] fn b() {}").contains("fn b"));
    }

    #[test]
    fn a_file_that_is_not_rust_is_found() {
        let found = super::super::found(check, &[("crates/model/src/a.rs", "fn a( {")]);
        assert!(found[0].starts_with("crates/model/src/a.rs:1: rust: is not Rust"), "{found:?}");
    }
}
