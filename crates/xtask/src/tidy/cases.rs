//! The table of attacks and faults: every test that it names is there.

use std::collections::HashSet;

use super::finding::Finding;
use super::tree::Tree;

const TABLE: &str = "docs/attacks-and-faults.md";

pub fn check(tree: &Tree) -> Vec<Finding> {
    let Some(table) = tree.get(TABLE) else { return Vec::new() };
    let functions: HashSet<&str> = tree.rust().flat_map(|source| functions(&source.text)).collect();
    let mut findings = Vec::new();
    for (index, line) in table.text.lines().enumerate() {
        let named = line.split('`').skip(1).step_by(2).filter(|word| is_test(word));
        for name in named.filter(|name| !functions.contains(name)) {
            let advice = format!("there is no test `{name}`: name the one that holds this");
            findings.push(Finding::error(TABLE, index + 1, "case", advice));
        }
    }
    findings
}

/// Names of several words; what else stands in backticks is a command or a path.
fn is_test(word: &str) -> bool {
    word.contains('_') && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

fn functions(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("fn ").map(|(at, _)| {
        let rest = &text[at + 3..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn a_case_without_its_test_is_found() {
        let files = [
            (TABLE, "| A-01 | ids | `a_test_that_is` |\n| A-02 | ids | `a_test_that_was` |"),
            ("crates/server/tests/http/x.rs", "async fn a_test_that_is(world: World) {}"),
        ];
        assert_eq!(
            found(check, &files),
            [format!(
                "{TABLE}:2: case: there is no test `a_test_that_was`: name the one that holds this"
            )]
        );
    }
}
