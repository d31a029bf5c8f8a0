//! Each file of code starts with a sentence that says what it is and is not. The tests of one file
//! (`tests.rs`, `x.test.ts`) are that file's and need none.

use super::finding::Finding;
use super::tree::{Source, Tree};

pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.sources
        .iter()
        .filter(|source| is_bound(source))
        .filter(|source| {
            let first = source.text.trim_start().lines().next().unwrap_or_default();
            first.strip_prefix("//!").is_none_or(|sentence| sentence.split_whitespace().count() < 3)
        })
        .map(|source| {
            let advice = "start with one `//!` sentence that says what this is and is not";
            Finding::error(&source.path, 1, "header", advice.to_owned())
        })
        .collect()
}

fn is_bound(source: &Source) -> bool {
    match source.is_rust() {
        true => !source.path.ends_with("/tests.rs"),
        false => source.is_script() && source.path.starts_with("web/src/") && !source.is_test(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn a_file_says_what_it_is() {
        let files = [
            ("crates/app/src/a.rs", "//! Imports, row by row. It reads no files.\nfn f() {}"),
            ("crates/app/src/b.rs", "fn f() {}"),
            ("crates/app/src/c.rs", "//!\nfn f() {}"),
            ("crates/app/src/c/tests.rs", "use super::*;"),
            ("web/src/d.ts", "import x from 'x';"),
            ("web/src/d.test.ts", "import x from 'x';"),
        ];
        let advice = "header: start with one `//!` sentence that says what this is and is not";
        assert_eq!(
            found(check, &files),
            [
                format!("crates/app/src/b.rs:1: {advice}"),
                format!("crates/app/src/c.rs:1: {advice}"),
                format!("web/src/d.ts:1: {advice}"),
            ]
        );
    }
}
