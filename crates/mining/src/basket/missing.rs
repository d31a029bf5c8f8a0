//! Who holds part of a bundle: the item each customer lacks, and the rule that says so.

use super::{Baskets, ItemRule};
use crate::text::{Text, percent};

/// A suggestion to one customer.
#[derive(Debug, Clone, PartialEq)]
pub struct MissingItem {
    /// Index of the customer (the basket).
    pub customer: usize,
    /// Code of the item the customer lacks.
    pub item: u32,
    /// Index of the rule with the highest confidence that suggests it.
    pub rule: usize,
    /// That confidence; confidences of several rules are never added up.
    pub confidence: f64,
    /// The reason as a sentence.
    pub reason: Text,
}

/// For every customer the `most` best items that rules suggest and the customer does not hold,
/// best first. `customers` has one basket per customer with all that the customer holds.
#[must_use]
pub fn missing_items(customers: &Baskets, rules: &[ItemRule], most: usize) -> Vec<MissingItem> {
    let counts = customers.counts();
    // Each rule waits under its rarest left-hand item, so that few rules are tried in vain.
    let mut waiting: Vec<Vec<usize>> = vec![Vec::new(); counts.len()];
    for (index, rule) in rules.iter().enumerate() {
        let known = rule.antecedent.iter().chain([&rule.consequent]);
        if known.clone().any(|&i| i as usize >= counts.len()) {
            continue;
        }
        if let Some(&rarest) = rule.antecedent.iter().min_by_key(|&&i| counts[i as usize]) {
            waiting[rarest as usize].push(index);
        }
    }
    let mut out = Vec::new();
    for (customer, held) in customers.iter().enumerate() {
        let has = |i: &u32| held.binary_search(i).is_ok();
        let mut best: std::collections::BTreeMap<u32, usize> = std::collections::BTreeMap::new();
        for &item in held {
            for &index in &waiting[item as usize] {
                let rule = &rules[index];
                if has(&rule.consequent) || !rule.antecedent.iter().all(has) {
                    continue;
                }
                let known = best.entry(rule.consequent).or_insert(index);
                if rules[*known].confidence < rule.confidence {
                    *known = index;
                }
            }
        }
        let mut found: Vec<(u32, usize)> = best.into_iter().collect();
        found.sort_by(|a, b| rules[b.1].confidence.total_cmp(&rules[a.1].confidence));
        found.truncate(most);
        out.extend(found.into_iter().map(|(item, rule)| MissingItem {
            customer,
            item,
            rule,
            confidence: rules[rule].confidence,
            reason: reason(&rules[rule], customers.names()),
        }));
    }
    out
}

fn reason(rule: &ItemRule, names: &[String]) -> Text {
    let left: Vec<&str> = rule.antecedent.iter().map(|&i| names[i as usize].as_str()).collect();
    let right = &names[rule.consequent as usize];
    let share = percent(rule.confidence);
    Text::new(
        format!("{share} of those who hold {} also hold {right}", left.join(" and ")),
        format!("购有 {} 的客户中 {share} 也购有 {right}", left.join("、")),
    )
}
