//! A tree as sentences: one rule per leaf, in both languages.

use super::{Node, Test, Tree};
use crate::frame::Schema;
use crate::text::{Text, number};
use std::collections::BTreeMap;

/// The way to one leaf.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// All conditions, joined by "and".
    pub conditions: Text,
    /// Training rows in the leaf.
    pub rows: usize,
    /// What the leaf predicts.
    pub value: f64,
}

/// All that a path asks of one column.
#[derive(Clone, Default)]
struct Range {
    above: Option<f64>,
    at_most: Option<f64>,
    levels: Option<Vec<u32>>,
    missing: Option<bool>,
}

impl Tree {
    /// One rule per leaf, highest value first; tests on one column along a path are merged.
    #[must_use]
    pub fn rules(&self, schema: &Schema) -> Vec<Rule> {
        let mut rules = Vec::new();
        self.walk(0, BTreeMap::new(), schema, &mut rules);
        rules.sort_by(|a, b| b.value.total_cmp(&a.value));
        rules
    }

    fn walk(&self, at: usize, path: BTreeMap<usize, Range>, schema: &Schema, out: &mut Vec<Rule>) {
        let node = &self.nodes[at];
        let Some((column, _)) = &node.test else {
            out.push(Rule {
                conditions: sentence(&path, schema),
                rows: node.rows,
                value: node.value,
            });
            return;
        };
        for left in [true, false] {
            let mut path = path.clone();
            narrow(path.entry(*column).or_default(), node, left, schema.levels(*column));
            self.walk(if left { node.left } else { node.right }, path, schema, out);
        }
    }
}

fn narrow(range: &mut Range, node: &Node, left: bool, levels: Option<&[String]>) {
    match &node.test {
        Some((_, Test::AtMost(cut))) if left => {
            range.at_most = Some(range.at_most.map_or(*cut, |c| c.min(*cut)));
        }
        Some((_, Test::AtMost(cut))) => {
            range.above = Some(range.above.map_or(*cut, |c| c.max(*cut)));
        }
        Some((_, test @ Test::In(_))) => {
            let inside = test.codes();
            let all = 0..levels.map_or(0, |l| l.len() as u32);
            let known = range.levels.take().unwrap_or_else(|| all.collect());
            range.levels = Some(known.into_iter().filter(|c| inside.contains(c) == left).collect());
        }
        None => {}
    }
    let passes = node.missing_left == left;
    range.missing = Some(range.missing.unwrap_or(true) && passes);
}

fn sentence(path: &BTreeMap<usize, Range>, schema: &Schema) -> Text {
    let names: Vec<&str> = schema.names().collect();
    let (mut en, mut zh) = (Vec::new(), Vec::new());
    for (&column, range) in path {
        let name = names[column];
        let bound = match (range.above, range.at_most) {
            (Some(a), Some(b)) => Some(format!("{} < {name} ≤ {}", number(a), number(b))),
            (Some(a), None) => Some(format!("{name} > {}", number(a))),
            (None, Some(b)) => Some(format!("{name} ≤ {}", number(b))),
            (None, None) => None,
        };
        if let Some(bound) = bound {
            en.push(bound.clone());
            zh.push(bound);
        }
        if let (Some(codes), Some(levels)) = (&range.levels, schema.levels(column)) {
            let (list, list_zh) = level_list(codes, levels);
            en.push(format!("{name} is {list}"));
            zh.push(format!("{name} 为 {list_zh}"));
        }
    }
    if en.is_empty() {
        return Text::new("always", "全部");
    }
    Text::new(en.join(" and "), zh.join("，且 "))
}

/// At most six levels by name.
fn level_list(codes: &[u32], levels: &[String]) -> (String, String) {
    let named: Vec<&str> =
        codes.iter().take(6).filter_map(|&c| levels.get(c as usize)).map(String::as_str).collect();
    let more = codes.len().saturating_sub(6);
    let (en, zh) = (named.join(" or "), named.join(" 或 "));
    match (more, named.is_empty()) {
        (_, true) => ("missing".to_owned(), "缺失".to_owned()),
        (0, _) => (en, zh),
        _ => (format!("{en} or {more} more"), format!("{zh} 等 {} 项", codes.len())),
    }
}
