//! Every text of the declarations and messages is there in both languages.

use super::finding::Finding;
use super::token::{Kind, Token};
use super::tree::{Source, Tree};

pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust().filter(|source| !source.is_test()).flat_map(check_source).collect()
}

fn check_source(source: &Source) -> Vec<Finding> {
    let tokens = &source.tokens;
    let mut findings = Vec::new();
    let mut find = |line: usize, advice: String| {
        findings.push(Finding::error(&source.path, line, "translation", advice));
    };
    for (index, token) in source.product_tokens() {
        if let Some((en, zh)) = label_call(&tokens[index..]) {
            if let Some(advice) = wrong(en, zh) {
                find(token.line, advice);
            }
        } else if let Some(name) = empty_field(&tokens[index..]) {
            find(token.line, format!("the text `{name}` is empty: write it"));
        }
    }
    findings
}

/// The texts of `label("…", "…")`.
fn label_call(at: &[Token]) -> Option<(&str, &str)> {
    let [name, open, en, comma, zh, ..] = at else { return None };
    let is_call = name.is_word("label") && open.is_mark('(') && comma.is_mark(',');
    is_call.then_some((en.text()?, zh.text()?))
}

/// `en: ""` or `zh: ""` of a struct.
fn empty_field(at: &[Token]) -> Option<&str> {
    let [name, colon, text, ..] = at else { return None };
    let is_empty = colon.is_mark(':') && text.kind == Kind::Text(String::new());
    name.word().filter(|word| is_empty && ["en", "zh"].contains(word))
}

fn wrong(en: &str, zh: &str) -> Option<String> {
    if en.trim().is_empty() {
        return Some(format!("`{zh}` has no English text"));
    }
    if zh.trim().is_empty() {
        return Some(format!("`{en}` has no Chinese text"));
    }
    if en.contains(is_han) {
        return Some(format!("English comes first: `{en}` is Chinese"));
    }
    // Names like CSV or vCard are the same in both languages.
    let is_translated = zh.contains(is_han) || zh == en && !en.contains(' ');
    (!is_translated).then(|| format!("`{zh}` is not Chinese"))
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[track_caller]
    fn finds(expression: &str, expected: &[&str]) {
        let code = format!("fn f() {{ {expression} }}");
        let start = "crates/objects/src/a.rs:1: translation: ";
        let found = found(check, &[("crates/objects/src/a.rs", &code)]);
        let advice: Vec<&str> =
            found.iter().map(|line| line.strip_prefix(start).unwrap()).collect();
        assert_eq!(advice, expected);
    }

    #[test]
    fn both_texts_are_there_in_their_language() {
        finds("label(\"Account\", \"客户\")", &[]);
        finds("label(\"CSV\", \"CSV\")", &[]);
        finds("label(\"Account\", \"\")", &["`Account` has no Chinese text"]);
        finds("label(\" \", \"客户\")", &["`客户` has no English text"]);
        finds("label(\"客户\", \"Account\")", &["English comes first: `客户` is Chinese"]);
        finds("label(\"Close date\", \"Close date\")", &["`Close date` is not Chinese"]);
        finds("Text { en: \"Yes\", zh: \"\" }", &["the text `zh` is empty: write it"]);
    }
}
