//! The web's texts (`web/src/i18n`): each key in each language, with the same placeholders.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::finding::Finding;
use super::tree::{Source, Tree};

const FOLDER: &str = "web/src/i18n/";
/// Languages differ in how many plural forms they have, so these do not count as keys.
const PLURALS: [&str; 6] = ["_zero", "_one", "_two", "_few", "_many", "_other"];

/// Of one file: each key, without its plural form, and the placeholders in its texts.
type Keys = BTreeMap<String, BTreeSet<String>>;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    // `zh-CN.json` and `en.json`, or `zh-CN/sales.json` and `en/sales.json`: what is beside the
    // language's name says which belong together.
    let mut together: BTreeMap<&str, Vec<(&Source, Keys)>> = BTreeMap::new();
    for source in &tree.sources {
        let Some(name) = source.path.strip_prefix(FOLDER).filter(|name| name.ends_with(".json"))
        else {
            continue;
        };
        let group = name.split_once('/').map_or("", |(_, file)| file);
        let keys = match serde_json::from_str::<Value>(&source.text) {
            Ok(value) => keys(source, &value, &mut findings),
            Err(error) => {
                findings.push(Finding::error(
                    &source.path,
                    error.line(),
                    "translation",
                    error.to_string(),
                ));
                continue;
            }
        };
        together.entry(group).or_default().push((source, keys));
    }
    for files in together.values() {
        findings.extend(differences(files));
    }
    findings
}

fn keys(source: &Source, value: &Value, findings: &mut Vec<Finding>) -> Keys {
    let mut keys = Keys::new();
    let mut open = vec![(String::new(), value)];
    while let Some((path, value)) = open.pop() {
        match value {
            Value::Object(inner) => {
                let dot = if path.is_empty() { "" } else { "." };
                open.extend(
                    inner.iter().map(|(name, value)| (format!("{path}{dot}{name}"), value)),
                );
            }
            Value::String(text) if !text.trim().is_empty() => {
                let stem = PLURALS.iter().find_map(|form| path.strip_suffix(form)).unwrap_or(&path);
                keys.entry(stem.to_owned()).or_default().extend(placeholders(text));
            }
            _ => {
                let advice = format!("`{path}` is empty or no text: write it");
                findings.push(Finding::error(
                    &source.path,
                    line_of(source, &path),
                    "translation",
                    advice,
                ));
            }
        }
    }
    keys
}

/// The names in `{{name}}` and `{{name, format}}`. A count may be said in words (`one file`).
fn placeholders(text: &str) -> impl Iterator<Item = String> {
    let names = text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}"));
    names
        .map(|(name, _)| name.split(',').next().unwrap_or(name).trim().to_owned())
        .filter(|name| name != "count")
}

fn differences(files: &[(&Source, Keys)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let all: BTreeSet<&String> = files.iter().flat_map(|(_, keys)| keys.keys()).collect();
    for key in all {
        let having: Vec<_> =
            files.iter().filter_map(|(source, keys)| Some((source, keys.get(key)?))).collect();
        let (first, wanted) = having[0];
        for (source, keys) in files.iter().filter(|(_, keys)| keys.get(key) != Some(wanted)) {
            let (line, advice) = match keys.get(key) {
                None => (1, format!("add `{key}`, as {} has it", first.path)),
                Some(_) => {
                    let advice =
                        format!("`{key}` has not the placeholders it has in {}", first.path);
                    (line_of(source, key), advice)
                }
            };
            findings.push(Finding::error(&source.path, line, "translation", advice));
        }
    }
    findings
}

/// Where a key stands, by its last part; good enough to find it.
fn line_of(source: &Source, key: &str) -> usize {
    let last = format!("\"{}", key.rsplit('.').next().unwrap_or(key));
    source
        .text
        .lines()
        .position(|line| line.trim_start().starts_with(&last))
        .map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[track_caller]
    fn finds(en: &str, zh: &str, expected: &[&str]) {
        let files = [("web/src/i18n/en.json", en), ("web/src/i18n/zh-CN.json", zh)];
        assert_eq!(found(check, &files), expected);
    }

    #[test]
    fn each_key_is_in_each_language() {
        finds(r#"{"a": {"b": "B"}}"#, r#"{"a": {"b": "乙"}}"#, &[]);
        finds(
            r#"{"a": {"b": "B", "c": "C"}}"#,
            r#"{"a": {"b": "乙"}}"#,
            &["web/src/i18n/zh-CN.json:1: translation: add `a.c`, as web/src/i18n/en.json has it"],
        );
        finds(
            r#"{}"#,
            r#"{"a": "甲"}"#,
            &["web/src/i18n/en.json:1: translation: add `a`, as web/src/i18n/zh-CN.json has it"],
        );
        finds(
            "{\"a\": \"A\",\n\"b\": \"\"}",
            r#"{"a": "甲", "b": "乙"}"#,
            &[
                "web/src/i18n/en.json:1: translation: add `b`, as web/src/i18n/zh-CN.json has it",
                "web/src/i18n/en.json:2: translation: `b` is empty or no text: write it",
            ],
        );
    }

    #[test]
    fn plural_forms_may_differ_but_placeholders_may_not() {
        let en = r#"{"n_one": "One file of {{name}}", "n_other": "{{count}} files of {{name}}"}"#;
        finds(en, r#"{"n_other": "{{ name }}的{{count}}个文件"}"#, &[]);
        finds(
            en,
            r#"{"n_other": "{{count}}个文件"}"#,
            &["web/src/i18n/zh-CN.json:1: translation: `n` has not the placeholders it has in \
             web/src/i18n/en.json"],
        );
    }

    #[test]
    fn files_of_one_folder_each_are_compared_by_name() {
        let files = [
            ("web/src/i18n/en/sales.json", r#"{"a": "A"}"#),
            ("web/src/i18n/en/work.json", r#"{"b": "B"}"#),
            ("web/src/i18n/zh-CN/sales.json", r#"{"a": "甲"}"#),
            ("web/src/i18n/zh-CN/work.json", r#"{"b": "乙"}"#),
        ];
        assert!(found(check, &files).is_empty());
    }
}
