//! `crates/xtask/tidy.toml`: the exceptions, each with its reason. The rules are in the code.

use toml::{Table, Value};

use super::finding::Finding;
use super::tree::Tree;

pub const PATH: &str = "crates/xtask/tidy.toml";

/// One exception: an object's name that may stand outside `objects`, or a file.
pub struct Entry {
    pub name: String,
    /// Empty reasons are found; an exception nobody can explain is a mistake.
    pub reason: String,
    pub line: usize,
}

#[derive(Default)]
pub struct Settings {
    /// Objects the platform itself has to know.
    pub platform: Vec<Entry>,
    /// Objects whose name is also another word of the trade: sort *order*, SQL *relation*.
    pub homonyms: Vec<Entry>,
    /// Files that list somebody else's names: `name` is a path.
    pub vocabularies: Vec<Entry>,
}

impl Settings {
    /// The settings, and what is wrong with them.
    pub fn read(tree: &Tree) -> (Settings, Vec<Finding>) {
        let Some(source) = tree.get(PATH) else { return (Settings::default(), Vec::new()) };
        let table = match source.text.parse::<Table>() {
            Ok(table) => table,
            Err(error) => {
                let finding = Finding::error(PATH, 1, "settings", error.to_string());
                return (Settings::default(), vec![finding]);
            }
        };
        let settings = Settings {
            platform: entries(&table, "platform", &source.text),
            homonyms: entries(&table, "homonym", &source.text),
            vocabularies: entries(&table, "vocabulary", &source.text),
        };
        let all = settings.objects().chain(&settings.vocabularies);
        let unexplained = all.filter(|entry| entry.reason.trim().is_empty());
        let findings = unexplained
            .map(|entry| {
                let advice = format!("give the reason why `{}` is an exception", entry.name);
                Finding::error(PATH, entry.line, "settings", advice)
            })
            .collect();
        (settings, findings)
    }

    /// The exceptions that are objects.
    pub fn objects(&self) -> impl Iterator<Item = &Entry> {
        self.platform.iter().chain(&self.homonyms)
    }
}

/// Each section is a table of name = "reason".
fn entries(table: &Table, key: &str, text: &str) -> Vec<Entry> {
    let Some(named) = table.get(key).and_then(Value::as_table) else { return Vec::new() };
    let line = |name: &str| {
        let is_entry = |line: &str| {
            line.trim_start()
                .strip_prefix(name)
                .is_some_and(|rest| rest.trim_start_matches([' ', '"']).starts_with('='))
        };
        text.lines().position(is_entry).map_or(1, |index| index + 1)
    };
    named
        .iter()
        .map(|(name, reason)| Entry {
            name: name.clone(),
            reason: reason.as_str().unwrap_or_default().to_owned(),
            line: line(name),
        })
        .collect()
}
