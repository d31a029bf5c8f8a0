//! Rules "who holds these, also holds that", with the usual measures.

use super::Itemsets;
use crate::error::{Error, Result};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Which rules are kept.
#[derive(Debug, Clone)]
pub struct RuleOptions {
    /// Least confidence, 0 to 1.
    pub confidence_min: f64,
    /// Least lift.
    pub lift_min: f64,
}

impl Default for RuleOptions {
    fn default() -> Self {
        Self { confidence_min: 0.5, lift_min: 0.0 }
    }
}

/// A rule with one item to the right.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemRule {
    /// Item codes to the left, ascending; never empty.
    pub antecedent: Vec<u32>,
    /// Item code to the right.
    pub consequent: u32,
    /// Baskets that hold all of them.
    pub count: u32,
    /// The same as a share of all baskets.
    pub support: f64,
    /// Share of the baskets with the left side that also hold the right.
    pub confidence: f64,
    /// Confidence divided by the share of all baskets that hold the right side.
    pub lift: f64,
    /// (1 − share of the right side) / (1 − confidence); infinite for a rule without exception.
    pub conviction: f64,
}

/// A fast hash for short lists of item codes; not for hostile keys, which codes are not.
#[derive(Default)]
struct CodeHasher(u64);

impl Hasher for CodeHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(26) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }
}

/// All rules with one consequent, most confident first.
///
/// Agrawal, Imieliński and Swami 1993 (support, confidence); Brin, Motwani, Ullman and Tsur 1997
/// (lift, there called interest; conviction, section 4).
///
/// # Errors
/// [`Error::Option`] for a confidence outside 0 to 1.
pub fn rules(itemsets: &Itemsets, options: &RuleOptions) -> Result<Vec<ItemRule>> {
    if !(0.0..=1.0).contains(&options.confidence_min) {
        return Err(Error::Option { name: "confidence_min", need: "from 0 to 1" });
    }
    let mut count_of: HashMap<&[u32], u32, BuildHasherDefault<CodeHasher>> =
        HashMap::with_capacity_and_hasher(itemsets.len(), BuildHasherDefault::default());
    count_of.extend(itemsets.iter());
    let all = itemsets.baskets as f64;
    let mut out = Vec::new();
    let mut left = Vec::new();
    for (items, count) in itemsets.iter().filter(|(items, _)| items.len() > 1) {
        for (at, &consequent) in items.iter().enumerate() {
            left.clear();
            left.extend_from_slice(&items[..at]);
            left.extend_from_slice(&items[at + 1..]);
            let (Some(&held), Some(&right)) =
                (count_of.get(left.as_slice()), count_of.get([consequent].as_slice()))
            else {
                continue;
            };
            let confidence = f64::from(count) / f64::from(held);
            let share = f64::from(right) / all;
            let lift = confidence / share;
            if confidence >= options.confidence_min && lift >= options.lift_min {
                out.push(ItemRule {
                    antecedent: left.clone(),
                    consequent,
                    count,
                    support: f64::from(count) / all,
                    confidence,
                    lift,
                    conviction: (1.0 - share) / (1.0 - confidence),
                });
            }
        }
    }
    out.sort_by(|a, b| {
        b.confidence
            .total_cmp(&a.confidence)
            .then(b.count.cmp(&a.count))
            .then_with(|| a.antecedent.cmp(&b.antecedent))
            .then(a.consequent.cmp(&b.consequent))
    });
    Ok(out)
}

/// The rules that chance does not explain: those whose items meet more often than if the right
/// side were independent of the left, by a one-sided test on the hypergeometric mean and variance
/// (Fisher 1935, in its normal form with continuity), corrected for all rules that could be made
/// of the itemsets by Benjamini and Hochberg 1995. `false_share` is the tolerated share of false
/// ones, for example .05. Order is kept.
///
/// # Errors
/// [`Error::Option`] for a share outside 0 to 1.
pub fn surprising(
    found: &[ItemRule],
    itemsets: &Itemsets,
    false_share: f64,
) -> Result<Vec<ItemRule>> {
    if !(false_share > 0.0 && false_share < 1.0) {
        return Err(Error::Option { name: "false_share", need: "between 0 and 1" });
    }
    let candidates: usize =
        itemsets.iter().map(|(items, _)| items.len()).filter(|&length| length > 1).sum();
    let n = itemsets.baskets as f64;
    let p_value = |rule: &ItemRule| {
        let held = f64::from(rule.count) / rule.confidence;
        let right = rule.confidence / rule.lift * n;
        let mean = held * right / n;
        let variance = mean * (1.0 - right / n) * (n - held) / (n - 1.0).max(1.0);
        if variance <= 0.0 {
            return 1.0;
        }
        crate::lifetime::normal_tail((f64::from(rule.count) - mean - 0.5) / variance.sqrt())
    };
    let mut p: Vec<(f64, usize)> =
        found.iter().enumerate().map(|(i, rule)| (p_value(rule), i)).collect();
    p.sort_by(|a, b| a.0.total_cmp(&b.0));
    let below = |(place, (p, _)): &(usize, &(f64, usize))| {
        *p <= false_share * (place + 1) as f64 / candidates.max(1) as f64
    };
    let kept = p.iter().enumerate().rfind(below).map_or(0, |(place, _)| place + 1);
    let mut chosen: Vec<usize> = p[..kept].iter().map(|&(_, i)| i).collect();
    chosen.sort_unstable();
    Ok(chosen.into_iter().map(|i| found[i].clone()).collect())
}
