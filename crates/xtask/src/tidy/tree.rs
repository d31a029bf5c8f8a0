//! The repository's text files, read once, and cut into tokens where they are code.

use std::path::Path;

use super::token::Token;
use super::{rust, script};

/// Made by tools or by running the product; nobody's writing. By name, and by path.
const MADE_NAMES: [&str; 2] = ["target", "node_modules"];
const MADE_PATHS: [&str; 6] = [
    "web/dist",
    "demo-data",
    "screens",
    "e2e/test-results",
    "e2e/playwright-report",
    "web/coverage",
];
const HIDDEN_OURS: [&str; 4] = [".ci", ".config", ".cargo", ".npmrc"];
const ENDINGS: [&str; 16] = [
    "rs", "ts", "tsx", "mts", "js", "mjs", "css", "html", "md", "toml", "json", "yml", "yaml",
    "sh", "sql", "npmrc",
];
const BARE_NAMES: [&str; 4] = ["Makefile", "run", "Dockerfile", ".npmrc"];
const FILE_BYTES_MAX: u64 = 4 << 20;

pub struct Source {
    /// From the repository's root, with `/`.
    pub path: String,
    pub text: String,
    /// Empty for files that are not Rust or TypeScript, and for Rust that cannot be cut.
    pub tokens: Vec<Token>,
    /// Named by a `#[cfg(test)] mod …;` elsewhere.
    is_test_module: bool,
}

pub struct Tree {
    pub sources: Vec<Source>,
}

impl Tree {
    pub fn read(root: &Path) -> Result<Tree, String> {
        let mut sources = Vec::new();
        read_directory(root, "", &mut sources)?;
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Tree::of(sources))
    }

    fn of(mut sources: Vec<Source>) -> Tree {
        let modules: Vec<String> = sources.iter().flat_map(test_modules).collect();
        for source in &mut sources {
            let stem = source.path.strip_suffix(".rs").unwrap_or(&source.path);
            let is_named = |module: &String| {
                stem.strip_prefix(module.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            source.is_test_module = modules.iter().any(is_named);
        }
        Tree { sources }
    }

    #[cfg(test)]
    pub fn sample(files: &[(&str, &str)]) -> Tree {
        Tree::of(files.iter().map(|(path, text)| Source::new(path, text)).collect())
    }

    pub fn get(&self, path: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.path == path)
    }

    /// Rust files, in all rooms, tests included.
    pub fn rust(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|source| source.is_rust())
    }
}

impl Source {
    pub fn new(path: &str, text: &str) -> Source {
        let (path, text) = (path.to_owned(), text.to_owned());
        let mut source = Source { path, text, tokens: Vec::new(), is_test_module: false };
        if source.is_rust() {
            source.tokens = rust::tokens(&source.text).unwrap_or_default();
        } else if source.is_script() {
            source.tokens = script::tokens(&source.text);
        }
        source
    }

    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    pub fn is_script(&self) -> bool {
        [".ts", ".tsx", ".mts"].iter().any(|ending| self.path.ends_with(ending))
    }

    /// The room (crate) this file belongs to.
    pub fn room(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }

    /// Whether the whole file is for tests: by its folder, its name, or how it is declared.
    pub fn is_test(&self) -> bool {
        let mut parts = self.path.rsplit('/');
        let name = parts.next().unwrap_or_default();
        let stem = name.split('.').next().unwrap_or_default();
        self.is_test_module
            || ["tests", "test"].contains(&stem)
            || [".test.", ".spec.", ".stories."].iter().any(|mark| name.contains(mark))
            || parts.any(|part| {
                ["tests", "test", "benches", "examples", "e2e", "stories"].contains(&part)
            })
    }

    /// The tokens of the product itself, without tests.
    pub fn product_tokens(&self) -> impl Iterator<Item = (usize, &Token)> {
        let is_test = self.is_test();
        self.tokens.iter().enumerate().filter(move |(_, token)| !is_test && !token.is_test)
    }
}

/// The modules that `#[cfg(test)] mod name;` in this file declares, as paths without `.rs`.
fn test_modules(source: &Source) -> Vec<String> {
    let (folder, file) = source.path.rsplit_once('/').unwrap_or(("", &source.path));
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    let home = match stem {
        "lib" | "main" | "mod" => folder.to_owned(),
        _ => format!("{folder}/{stem}"),
    };
    let threes = source.tokens.windows(3);
    threes
        .filter(|three| three[0].is_test && three[0].is_word("mod") && three[2].is_mark(';'))
        .filter_map(|three| Some(format!("{home}/{}", three[1].word()?)))
        .collect()
}

fn read_directory(directory: &Path, prefix: &str, sources: &mut Vec<Source>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("reading {}: {error}", directory.display());
    for entry in std::fs::read_dir(directory).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_hidden = name.starts_with('.') && !HIDDEN_OURS.contains(&name.as_str());
        let path = format!("{prefix}{name}");
        let is_made = MADE_NAMES.contains(&name.as_str()) || MADE_PATHS.contains(&path.as_str());
        if is_hidden || is_made {
            continue;
        }
        let metadata = entry.metadata().map_err(failed)?;
        if metadata.is_dir() {
            read_directory(&entry.path(), &format!("{path}/"), sources)?;
        } else if metadata.is_file() && metadata.len() <= FILE_BYTES_MAX && is_text(&name) {
            // A file with a known ending that is not UTF-8 is data, not writing.
            if let Ok(text) = std::fs::read_to_string(entry.path()) {
                sources.push(Source::new(&path, &text));
            }
        }
    }
    Ok(())
}

fn is_text(name: &str) -> bool {
    BARE_NAMES.contains(&name)
        || name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_declared_for_tests_is_for_tests() {
        let tree = Tree::sample(&[
            (
                "crates/objects/src/lib.rs",
                "mod sales; #[cfg(test)] mod testing; #[cfg(test)] mod inline {}",
            ),
            ("crates/objects/src/sales.rs", "#[cfg(test)] mod scene;"),
            ("crates/objects/src/sales/scene.rs", ""),
            ("crates/objects/src/testing/world.rs", ""),
            ("crates/objects/src/testing.rs", ""),
            ("crates/objects/src/inline.rs", ""),
        ]);
        let tests: Vec<bool> = tree.sources.iter().map(Source::is_test).collect();
        assert_eq!(tests, [false, false, true, true, true, false]);
    }

    #[test]
    fn test_files_are_known_by_folder_and_name() {
        let is_test = |path: &str| Source::new(path, "").is_test();
        assert!(is_test("crates/server/tests/lists.rs"));
        assert!(is_test("crates/mining/src/metrics/tests.rs"));
        assert!(is_test("crates/text/examples/speed.rs"));
        assert!(is_test("web/src/lists/list.test.tsx"));
        assert!(is_test("web/src/lists/list.stories.tsx"));
        assert!(is_test("e2e/sign-in.ts"));
        assert!(!is_test("crates/xtask/src/tidy/mod.rs"));
        assert!(!is_test("web/src/lists/latest.tsx"));
    }
}
