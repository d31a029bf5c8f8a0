//! How long a file may be. A long file is a missing noun, not something to chop.

use super::finding::Finding;
use super::tree::Tree;

const LINES_MAX: usize = 600;
const LINES_WARN: usize = 400;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let code = tree.sources.iter().filter(|source| source.is_rust() || source.is_script());
    code.filter_map(|source| {
        let lines = source.text.lines().count();
        let advice = format!("{lines} lines: find the noun that is missing, and give it a file");
        match lines {
            0..=LINES_WARN => None,
            _ if lines <= LINES_MAX => Some(Finding::warning(&source.path, 1, "file-size", advice)),
            _ => Some(Finding::error(&source.path, 1, "file-size", advice)),
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn long_files_are_warned_of_and_then_refused() {
        let files = [
            ("crates/app/src/a.rs", "\n".repeat(400)),
            ("crates/app/src/b.rs", "\n".repeat(401)),
            ("web/src/c.tsx", "\n".repeat(601)),
            ("docs/d.md", "\n".repeat(900)),
        ];
        let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
        let advice = "lines: find the noun that is missing, and give it a file";
        assert_eq!(
            found(check, &files),
            [
                format!("crates/app/src/b.rs:1: warning, file-size: 401 {advice}"),
                format!("web/src/c.tsx:1: file-size: 601 {advice}"),
            ]
        );
    }
}
