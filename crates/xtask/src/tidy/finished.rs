//! Nothing half done: no `unwrap` in the product, no placeholders, no tests that are switched off.

use super::finding::Finding;
use super::token::Token;
use super::tree::{Source, Tree};

const PLACEHOLDERS: [&str; 3] = ["todo", "unimplemented", "dbg"];
const SCRIPT_TESTS: [&str; 4] = ["test", "it", "describe", "suite"];
const SWITCHES: [&str; 4] = ["only", "skip", "todo", "fixme"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.sources.iter().filter(|source| !source.tokens.is_empty()) {
        for index in 0..source.tokens.len() {
            let wrong =
                if source.is_rust() { in_rust(source, index) } else { in_script(source, index) };
            if let Some(advice) = wrong {
                let line = source.tokens[index].line;
                findings.push(Finding::error(&source.path, line, "unfinished", advice.to_owned()));
            }
        }
    }
    findings
}

fn in_rust(source: &Source, index: usize) -> Option<&'static str> {
    let at = &source.tokens[index..];
    let is_test = source.is_test() || at[0].is_test;
    if !is_test && is_unwrap(at) {
        return Some("use `?`, or `expect` with the reason why it cannot fail");
    }
    let is_macro = at.get(1).is_some_and(|next| next.is_mark('!'));
    if is_macro && at[0].word().is_some_and(|word| PLACEHOLDERS.contains(&word)) {
        return Some("finish it");
    }
    let is_ignored = at[0].is_mark('#')
        && at.get(1).is_some_and(|next| next.is_mark('['))
        && at.get(2).is_some_and(|next| next.is_word("ignore"));
    is_ignored.then_some("mend the test, or remove it: a test that does not run protects nothing")
}

fn is_unwrap(at: &[Token]) -> bool {
    matches!(at, [dot, name, open, close, ..]
        if dot.is_mark('.') && name.is_word("unwrap") && open.is_mark('(') && close.is_mark(')'))
}

fn in_script(source: &Source, index: usize) -> Option<&'static str> {
    let [test, dot, switch, open, ..] = &source.tokens[index..] else { return None };
    let is_switched = test.word().is_some_and(|word| SCRIPT_TESTS.contains(&word))
        && dot.is_mark('.')
        && switch.word().is_some_and(|word| SWITCHES.contains(&word))
        && open.is_mark('(');
    is_switched.then_some("run all tests: mend this one, or remove it")
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[track_caller]
    fn finds(path: &str, text: &str, count: usize) {
        let found = found(check, &[(path, text)]);
        assert_eq!(found.len(), count, "{found:?}");
        assert!(
            found.iter().all(|line| line.starts_with(&format!("{path}:1: unfinished: "))),
            "{found:?}"
        );
    }

    #[test]
    fn unwrap_is_for_tests() {
        finds("crates/app/src/a.rs", "fn f() { g().unwrap(); }", 1);
        finds("crates/app/src/a.rs", "fn f() { g().unwrap_or(1); h.expect(\"one\"); }", 0);
        finds("crates/app/src/a.rs", "#[test] fn f() { g().unwrap(); }", 0);
        finds("crates/app/tests/a.rs", "fn f() { g().unwrap(); }", 0);
    }

    #[test]
    fn placeholders_and_sleeping_tests_are_found() {
        finds("crates/app/src/a.rs", "fn f() { todo!() }", 1);
        finds("crates/app/tests/a.rs", "#[test] #[ignore] fn f() { dbg!(1); }", 2);
        finds("web/src/a.test.ts", "it.only('x', f); test.skip('y', f); it('z', f)", 2);
    }
}
