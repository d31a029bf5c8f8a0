//! Every text of the declarations and messages is there in both languages.

use std::collections::BTreeSet;

use super::bilingual::{Bilingual, bilingual, split};
use super::finding::Finding;
use super::token::{Kind, Token};
use super::tree::{Source, Tree};

pub fn check(tree: &Tree) -> Vec<Finding> {
    let known = bilingual(tree);
    let sources = tree.rust().filter(|source| !source.is_test());
    sources.flat_map(|source| check_source(source, &known)).collect()
}

fn check_source(source: &Source, known: &[Bilingual]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, token) in source.product_tokens() {
        let pair = if token.is_mark('(') {
            let arguments = split(&source.tokens, index);
            let callee = &source.tokens[..index];
            known
                .iter()
                .find_map(|function| call(function, callee, &arguments))
                .or_else(|| row(callee, &arguments).filter(|_| source.room() != Some("demo")))
        } else {
            None
        };
        if let Some(advice) = pair.and_then(|(en, zh)| wrong(en, zh)) {
            findings.push(Finding::error(&source.path, token.line, "translation", advice));
        } else if let Some(name) = empty_field(&source.tokens[index..]) {
            let advice = format!("the text `{name}` is empty: write it");
            findings.push(Finding::error(&source.path, token.line, "translation", advice));
        }
    }
    findings
}

/// The texts of a call of `function`, if this is one and both are literals.
fn call<'a>(
    function: &Bilingual,
    callee: &[Token],
    arguments: &[&'a [Token]],
) -> Option<(&'a str, &'a str)> {
    let (name, before) = callee.split_last()?;
    let is_path = ends_with(before, "::");
    let is_right_place = match (&function.of, function.is_method) {
        (_, true) => ends_with(before, "."),
        (Some(of), false) => {
            is_path
                && before[before.len() - 3].word().is_some_and(|word| word == of || word == "Self")
        }
        (None, false) => !ends_with(before, "."),
    };
    let is_call =
        name.is_word(&function.name) && is_right_place && arguments.len() == function.arguments;
    let (en, zh) =
        (literal(arguments.get(function.en)?)?, literal(arguments.get(function.en + 1)?)?);
    is_call.then_some((en, zh))
}

/// The texts of a row like `("code", "English", "中文")`, of a table of messages, or of a pair of
/// labels. The demo firm's people and goods are data, in whichever order. A row is known by its Chinese, by a Chinese that is empty, or by what it is part of.
fn row<'a>(callee: &[Token], arguments: &[&'a [Token]]) -> Option<(&'a str, &'a str)> {
    let texts: Option<Vec<&str>> = arguments.iter().map(|argument| literal(argument)).collect();
    let [.., en, zh] = texts?[..] else { return None };
    let is_call = callee.last().is_some_and(|token| token.word().is_some() || token.is_mark('>'));
    let is_sentence_twice = en == zh && en.contains(' ');
    let is_row = en.contains(is_han) || zh.contains(is_han) || zh.is_empty() || is_sentence_twice;
    (is_row && !is_call).then_some((en, zh))
}

fn ends_with(tokens: &[Token], marks: &str) -> bool {
    let count = marks.len();
    tokens.len() > count
        && tokens[tokens.len() - count..]
            .iter()
            .zip(marks.chars())
            .all(|(token, mark)| token.is_mark(mark))
}

fn literal(argument: &[Token]) -> Option<&str> {
    match argument {
        [only] => only.text(),
        _ => None,
    }
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
    if !is_translated {
        return Some(format!("`{zh}` is not Chinese"));
    }
    let is_same = placeholders(en) == placeholders(zh);
    (!is_same).then(|| format!("`{zh}` has not the placeholders of `{en}`"))
}

/// The names in braces; `{"and":…}` in an explanation is none.
fn placeholders(text: &str) -> BTreeSet<&str> {
    let names = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    names
        .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_'))
        .collect()
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    const MODEL: &str = "
        pub fn label(en: &str, zh: &str) {}
        pub fn opt(value: &str, en: &str, zh: &str) {}
        impl Field { pub fn new(name: &str, kind: Kind, en: &str, zh: &str) {} pub fn help(self, en: &str, zh: &str) {} }
    ";

    #[track_caller]
    fn finds(expression: &str, expected: &[&str]) {
        let code = format!("fn f() {{ {expression} }}");
        let start = "crates/objects/src/a.rs:1: translation: ";
        let found =
            found(check, &[("crates/model/src/a.rs", MODEL), ("crates/objects/src/a.rs", &code)]);
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

    #[test]
    fn every_function_that_takes_both_is_looked_at() {
        finds("opt(\"won\", \"Won\", \"Won it\")", &["`Won it` is not Chinese"]);
        finds("model::opt(\"won\", \"Won\", \"\",)", &["`Won` has no Chinese text"]);
        finds("Field::new(\"a\", Kind::Text, \"A b\", \"A b\")", &["`A b` is not Chinese"]);
        finds("x.help(\"\", \"帮助\")", &["`帮助` has no English text"]);
        finds("x.label(\"a b\", \"c\"); Money::new(\"1 2\", k, \"a b\", \"c\"); opt(\"a\")", &[]);
    }

    #[test]
    fn tables_and_pairs_of_texts_are_looked_at() {
        finds("[(\"csrf\", \"Sign in.\", \"请登录。\")]", &[]);
        finds("[(\"csrf\", \"Sign in.\", \"\")]", &["`Sign in.` has no Chinese text"]);
        finds(
            "Object::new(\"a\", \"as\", (\"A\", \"甲\"), (\"\", \"甲\"))",
            &["`甲` has no English text"],
        );
        finds("[(\"csrf\", \"Sign in.\", \"Sign in.\")]", &["`Sign in.` is not Chinese"]);
        finds("f(&[(\"name\", \"asc\"), (\"id\", \"desc\")])", &[]);
        let firm =
            [("crates/demo/src/a.rs", "const NAMES: [(&str, &str); 1] = [(\"张伟\", \"Wei\")];")];
        assert!(found(check, &firm).is_empty());
    }

    #[test]
    fn placeholders_are_the_same() {
        finds("label(\"At most {max}.\", \"最多 {max}。\")", &[]);
        finds(
            "label(\"At most {max}.\", \"最多 {min}。\")",
            &["`最多 {min}。` has not the placeholders of `At most {max}.`"],
        );
    }
}
