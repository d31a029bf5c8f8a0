//! The rules of the house, checked by reading the source. It builds and runs nothing.

mod bilingual;
mod cases;
mod databases;
mod finding;
mod finished;
mod functions;
mod headers;
mod locales;
mod manifests;
mod names;
mod nouns;
mod paths;
mod rooms;
mod rust;
mod script;
mod settings;
mod sizes;
mod sql;
mod token;
mod translations;
mod tree;
mod walls;
mod words;

use std::path::Path;

use finding::{Finding, Level};
use tree::Tree;

type Rule = fn(&Tree) -> Vec<Finding>;

const RULES: [Rule; 15] = [
    manifests::check,
    walls::check,
    sql::check,
    databases::check,
    names::check,
    translations::check,
    locales::check,
    sizes::check,
    functions::check,
    headers::check,
    nouns::check,
    words::check,
    finished::check,
    rust::check,
    cases::check,
];

/// Prints what is found, one line each, and fails if any of it is more than a warning.
pub fn run(root: &Path) -> Result<(), String> {
    let tree = Tree::read(root)?;
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    findings.sort();
    findings.dedup();
    for finding in &findings {
        println!("{finding}");
    }
    let errors = findings.iter().filter(|finding| finding.level == Level::Error).count();
    let warnings = findings.len() - errors;
    println!("tidy: {} files, {errors} findings, {warnings} warnings", tree.sources.len());
    if errors == 0 { Ok(()) } else { Err(format!("tidy: {errors} findings to mend")) }
}

/// For the rules' tests: what a rule finds in these files, one line each.
#[cfg(test)]
fn found(rule: Rule, files: &[(&str, &str)]) -> Vec<String> {
    let mut findings = rule(&Tree::sample(files));
    findings.sort();
    findings.iter().map(ToString::to_string).collect()
}
