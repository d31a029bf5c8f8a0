//! The walls as the source shows them: no outside world in the pure rooms.

use super::finding::Finding;
use super::paths::paths;
use super::rooms::room;
use super::token::Kind;
use super::tree::{Source, Tree};

/// Macros that write to the terminal.
const PRINTING: [&str; 4] = ["print", "println", "eprint", "eprintln"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust().filter(|source| !source.is_test()).flat_map(check_source).collect()
}

fn check_source(source: &Source) -> Vec<Finding> {
    let Some(room) = source.room().and_then(room) else { return Vec::new() };
    let mut findings = Vec::new();
    let mut refuse = |line: usize, what: &str| {
        let advice = format!("`{}` must not use `{what}`: {}", room.name, room.why);
        findings.push(Finding::error(&source.path, line, "wall", advice));
    };
    for path in paths(&source.tokens).iter().filter(|path| !path.is_test) {
        let crate_name = path.segments[0].replace('_', "-");
        let is_outside = path.segments.len() > 1 && room.without.contains(&crate_name.as_str());
        if is_outside || room.never.iter().any(|never| path.contains(never)) {
            refuse(path.line, &path.text());
        }
    }
    if !room.never.is_empty() {
        for (line, what) in waits_and_prints(source) {
            refuse(line, &what);
        }
    }
    findings
}

/// `async`, `await` and printing macros, which no path shows.
fn waits_and_prints(source: &Source) -> Vec<(usize, String)> {
    let is_macro =
        |index: usize| source.tokens.get(index + 1).is_some_and(|next| next.is_mark('!'));
    let found = source.product_tokens().filter_map(|(index, token)| match &token.kind {
        Kind::Word(word) if word == "async" || word == "await" => Some((token.line, word.clone())),
        Kind::Word(word) if PRINTING.contains(&word.as_str()) && is_macro(index) => {
            Some((token.line, format!("{word}!")))
        }
        _ => None,
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[track_caller]
    fn refuses(room: &str, text: &str, what: &[&str]) {
        let found = found(check, &[(&format!("crates/{room}/src/a.rs"), text)]);
        let starts: Vec<String> = what
            .iter()
            .map(|what| format!("crates/{room}/src/a.rs:1: wall: `{room}` must not use `{what}`"))
            .collect();
        assert_eq!(found.len(), starts.len(), "{found:?}");
        for (found, start) in found.iter().zip(starts) {
            assert!(found.starts_with(&start), "{found}");
        }
    }

    #[test]
    fn pure_rooms_have_no_clock_chance_disk_network_or_waiting() {
        refuses("model", "fn f() { std::fs::read(p); }", &["std::fs::read"]);
        refuses(
            "text",
            "use std::{collections::HashMap, net::TcpStream};",
            &["std::net::TcpStream"],
        );
        refuses("objects", "fn f() { Timestamp::now() }", &["Timestamp::now"]);
        refuses("flow", "fn f() { jiff::Zoned::now() }", &["jiff::Zoned::now"]);
        refuses("mining", "fn f() { rand::rng() }", &["rand::rng"]);
        refuses("demo", "fn f() { Uuid::now_v7() }", &["Uuid::now_v7"]);
        refuses("formats", "async fn f() { println!(\"x\") }", &["async", "println!"]);
        refuses("model", "use tokio::sync::Mutex;", &["tokio::sync::Mutex"]);
    }

    #[test]
    fn other_rooms_have_the_walls_they_are_given() {
        refuses("store", "async fn f() { std::fs::read(p); }", &[]);
        refuses("app", "use axum::Router;", &["axum::Router"]);
        refuses("server", "use sea_query::Query;", &["sea_query::Query"]);
        refuses("server", "use tokio_postgres::Client;", &["tokio_postgres::Client"]);
    }

    #[test]
    fn tests_may_do_what_they_need() {
        refuses("model", "#[cfg(test)] mod tests { use std::fs; }", &[]);
        assert!(found(check, &[("crates/model/tests/a.rs", "use std::fs::read;")]).is_empty());
    }
}
