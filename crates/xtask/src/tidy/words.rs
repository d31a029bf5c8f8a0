//! Words that do not belong into what we publish: one machine's paths, who or what typed it, and
//! the hosts packages come from. This file itself is not searched.

use super::finding::Finding;
use super::tree::Tree;

const OWN_PATH: &str = "crates/xtask/src/tidy/words.rs";

const PATH_ADVICE: &str = "a path of one machine: make it a setting, or relative";
const AUTHOR_ADVICE: &str = "say what the code does, not how it came about";
const HOST_ADVICE: &str = "name no package host: the tools know theirs";

/// In lower case, each with what to do.
const WORDS: [(&str, &str); 24] = [
    ("/work/", PATH_ADVICE),
    ("/root/", PATH_ADVICE),
    ("/tmp/brief", PATH_ADVICE),
    ("claude", AUTHOR_ADVICE),
    ("anthropic", AUTHOR_ADVICE),
    ("chatgpt", AUTHOR_ADVICE),
    ("copilot", AUTHOR_ADVICE),
    ("subagent", AUTHOR_ADVICE),
    ("sub-agent", AUTHOR_ADVICE),
    ("ai agent", AUTHOR_ADVICE),
    ("coding agent", AUTHOR_ADVICE),
    ("other agent", AUTHOR_ADVICE),
    ("another agent", AUTHOR_ADVICE),
    ("ai assistant", AUTHOR_ADVICE),
    ("ai-generated", AUTHOR_ADVICE),
    ("as an ai", AUTHOR_ADVICE),
    ("previous session", AUTHOR_ADVICE),
    ("next session", AUTHOR_ADVICE),
    ("in this session i", AUTHOR_ADVICE),
    ("registry.npmjs", HOST_ADVICE),
    ("npmjs.com", HOST_ADVICE),
    ("artifactory", HOST_ADVICE),
    ("crates.io", HOST_ADVICE),
    ("pypi.org", HOST_ADVICE),
];

/// Written by the package tools, which record where a package came from.
const LOCK_FILES: [&str; 1] = ["package-lock.json"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.sources.iter().filter(|source| source.path != OWN_PATH) {
        let is_lock = LOCK_FILES.iter().any(|name| source.path.ends_with(name));
        for (index, line) in source.text.lines().enumerate() {
            let line = line.to_lowercase();
            let word = WORDS.iter().find(|(word, _)| line.contains(word));
            let is_public = is_lock && line.contains("https://registry.npmjs.org/");
            if let Some((word, advice)) = word.filter(|_| !is_public) {
                let advice = format!("`{word}`: {advice}");
                findings.push(Finding::error(&source.path, index + 1, "word", advice));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn what_is_not_for_publication_is_found() {
        let files = [
            ("README.md", "# Guanxi\ncd /Work/main\n"),
            ("crates/app/src/a.rs", "// Claude wrote this\n// The user agent of the browser.\n"),
            ("web/.npmrc", "registry=https://artifactory.example.test/npm"),
        ];
        assert_eq!(
            found(check, &files),
            [
                "README.md:2: word: `/work/`: a path of one machine: make it a setting, or relative",
                "crates/app/src/a.rs:1: word: `claude`: say what the code does, not how it came about",
                "web/.npmrc:1: word: `artifactory`: name no package host: the tools know theirs",
            ]
        );
    }

    #[test]
    fn lock_files_name_the_public_host_and_no_other() {
        let line = |host: &str| format!("\"resolved\": \"https://{host}/react\"");
        let public = line("registry.npmjs.org");
        assert!(found(check, &[("web/package-lock.json", &public)]).is_empty());
        let mirror = line("artifactory.example.test/registry.npmjs");
        assert_eq!(found(check, &[("web/package-lock.json", &mirror)]).len(), 1);
    }
}
