//! No SQL in text anywhere but in `store`: `app` and `server` ask it in its own words.

use super::finding::Finding;
use super::tree::Tree;

const ROOMS: [&str; 2] = ["app", "server"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let sources =
        tree.rust().filter(|source| source.room().is_some_and(|room| ROOMS.contains(&room)));
    sources
        .flat_map(|source| source.product_tokens().map(move |(_, token)| (source, token)))
        .filter(|(_, token)| token.text().is_some_and(is_sql))
        .map(|(source, token)| {
            let advice = "move the statement into `store`, and call it by what it does";
            Finding::error(&source.path, token.line, "sql", advice.to_owned())
        })
        .collect()
}

/// Statements in capitals, as they are written here; a sentence may well say "select".
fn is_sql(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .windows(2)
        .any(|pair| matches!(pair, ["SELECT", _] | ["INSERT", "INTO"] | ["DELETE", "FROM"]))
        || words.windows(3).any(|three| matches!(three, ["UPDATE", _, "SET"]))
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    const FOUND: &str = "sql: move the statement into `store`, and call it by what it does";

    #[track_caller]
    fn finds(text: &str, count: usize) {
        let found = found(check, &[("crates/app/src/a.rs", &format!("fn f() {{ g({text:?}) }}"))]);
        assert_eq!(found, vec![format!("crates/app/src/a.rs:1: {FOUND}"); count]);
    }

    #[test]
    fn statements_are_found() {
        finds("SELECT 1", 1);
        finds("INSERT INTO job VALUES (1)", 1);
        finds("UPDATE job SET done = 1", 1);
        finds("DELETE FROM job", 1);
    }

    #[test]
    fn sentences_and_store_are_left_alone() {
        finds("select a file, then update it", 0);
        finds("SELECT", 0);
        assert!(
            found(check, &[("crates/store/src/a.rs", "const A: &str = \"SELECT 1\";")]).is_empty()
        );
    }
}
