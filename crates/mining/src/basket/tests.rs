//! Tests of `basket` on planted truths and textbook values.

use super::*;
use crate::rng::Rng;
use crate::run::Run;
use std::collections::BTreeMap;

fn random(baskets: usize, items: usize, seed: u64) -> Baskets {
    let mut rng = Rng::new(seed);
    let lists: Vec<Vec<u32>> = (0..baskets)
        .map(|_| {
            let n = rng.below(9);
            (0..n).map(|_| (rng.uniform().powi(2) * items as f64) as u32).collect()
        })
        .collect();
    let names = (0..items).map(|i| format!("i{i}")).collect();
    Baskets::new(lists.iter().map(Vec::as_slice), names).expect("codes have names")
}

/// Counts all subsets of all baskets.
fn by_force(baskets: &Baskets, minimum: u32) -> BTreeMap<Vec<u32>, u32> {
    let mut counts = BTreeMap::new();
    for b in baskets.iter() {
        for mask in 1usize..1 << b.len() {
            let set = (0..b.len()).filter(|i| mask >> i & 1 == 1).map(|i| b[i]).collect();
            *counts.entry(set).or_insert(0) += 1;
        }
    }
    counts.retain(|_, c| *c >= minimum);
    counts
}

#[test]
fn every_frequent_itemset_is_found_with_its_exact_count() {
    for seed in 0..20 {
        let baskets = random(300, 20, seed);
        for minimum in [2, 5, 20] {
            for shards in [1, 4] {
                let run = Run { shards, ..Run::default() };
                let found = frequent(&baskets, SupportMin::Count(minimum), 99, &run);
                let found = found.expect("valid options");
                let as_map: BTreeMap<Vec<u32>, u32> =
                    found.iter().map(|(i, c)| (i.to_vec(), c)).collect();
                assert_eq!(as_map.len(), found.len(), "no set twice");
                assert_eq!(as_map, by_force(&baskets, minimum), "seed {seed} minimum {minimum}");
            }
        }
    }
}

#[test]
fn length_is_limited_when_asked() {
    let baskets = random(300, 12, 1);
    let run = Run::default();
    let found = frequent(&baskets, SupportMin::Count(2), 2, &run).expect("valid options");
    let mut want = by_force(&baskets, 2);
    want.retain(|set, _| set.len() <= 2);
    assert_eq!(found.len(), want.len());
}

#[test]
fn a_planted_bundle_gives_rules_and_missing_items() {
    let lines: Vec<(u32, &str)> = (0..100)
        .flat_map(|c| {
            let mut l = vec![(c, "printer"), (c, "paper")];
            if c % 10 != 0 {
                l.push((c, "toner"));
            }
            l
        })
        .chain((100..200).map(|c| (c, "desk")))
        .collect();
    let (keys, baskets) = Baskets::from_lines(lines).expect("valid lines");
    let sets = frequent(&baskets, SupportMin::Share(0.05), 99, &Run::default()).expect("valid");
    let rules = rules(&sets, &RuleOptions::default()).expect("valid options");
    let missing = missing_items(&baskets, &rules, 3);
    assert_eq!(missing.len(), 10);
    assert!(missing.iter().all(|m| keys[m.customer] % 10 == 0));
    let m = &missing[0];
    assert_eq!(baskets.names()[m.item as usize], "toner");
    assert!((m.confidence - 0.9).abs() < 1e-12);
    assert!(m.reason.en.starts_with("90 % of those who hold"), "{}", m.reason.en);
    assert!(m.reason.zh.contains("toner"));
}

#[test]
fn nothing_comes_of_nothing() {
    let empty = Baskets::new([], vec![]).expect("empty is fine");
    let run = Run::default();
    assert!(frequent(&empty, SupportMin::Share(0.1), 9, &run).expect("valid").is_empty());
    let bad = frequent(&empty, SupportMin::Share(f64::NAN), 9, &run);
    assert_eq!(bad.map_err(|e| e.code()).err(), Some("mining.option"));
}
