//! Habits that win, and what has no effect: measured from activities as a mining engine would.

use std::collections::{BTreeMap, BTreeSet};

use demo::Key;
use jiff::Timestamp;

use super::{DemoRecord, Seen, linked, seen, text};

/// A closed deal: intercept, fast, visits, threads, competitor, mails; and whether it was won.
fn deals(seen: &Seen) -> Vec<([f64; 6], f64)> {
    let mut worked: BTreeMap<Key, Vec<&DemoRecord>> = BTreeMap::new();
    for activity in seen.tables["activity"].values() {
        if let Some(deal) = linked(activity, "opportunity") {
            worked.entry(deal).or_default().push(activity);
        }
    }
    let rivals: BTreeSet<Key> = seen.tables["opportunity_competitor"]
        .values()
        .filter_map(|record| linked(record, "opportunity"))
        .collect();
    let closed = seen.tables["opportunity"].iter().filter(|(_, deal)| {
        let stage = &seen.tables["stage"][&linked(deal, "stage").unwrap()];
        text(stage, "kind") != "open"
    });
    closed
        .map(|(key, deal)| {
            let activities = &worked[key];
            let kind = |kind: &str| activities.iter().filter(|a| text(a, "kind") == kind).count();
            let first: Timestamp = activities.iter().map(|a| a.created_at).min().unwrap();
            let hours = (first.as_second() - deal.created_at.as_second()) as f64 / 3_600.0;
            let contacts: BTreeSet<_> = activities.iter().map(|a| linked(a, "contact")).collect();
            let yes = |test: bool| f64::from(u8::from(test));
            let factors = [
                1.0,
                yes(hours <= 4.0),
                yes(kind("visit") >= 2),
                yes(contacts.len() >= 2),
                yes(rivals.contains(key)),
                yes(kind("mail") >= 3),
            ];
            let stage = &seen.tables["stage"][&linked(deal, "stage").unwrap()];
            (factors, yes(text(stage, "kind") == "won"))
        })
        .collect()
}

/// Logistic regression by gradient ascent: slow, and too simple to be wrong.
fn fit(deals: &[([f64; 6], f64)]) -> [f64; 6] {
    let mut weights = [0.0; 6];
    for _ in 0..3_000 {
        let mut gradient = [0.0; 6];
        for (factors, won) in deals {
            let score: f64 = factors.iter().zip(weights).map(|(x, w)| x * w).sum();
            let error = won - 1.0 / (1.0 + (-score).exp());
            for (sum, x) in gradient.iter_mut().zip(factors) {
                *sum += error * x;
            }
        }
        for (weight, slope) in weights.iter_mut().zip(gradient) {
            *weight += 1.5 * slope / deals.len() as f64;
        }
    }
    weights
}

#[test]
fn habits_have_their_planted_effect() {
    let seen = seen();
    let deals = deals(&seen);
    assert!(deals.len() > 1_800);
    let weights = fit(&deals);
    for (index, effect) in seen.truths.effects.iter().enumerate() {
        let found = weights[index + 1];
        assert!(
            (found - effect.log_odds).abs() < 0.3,
            "{}: {found} for {}",
            effect.code,
            effect.log_odds
        );
    }
    // The sheet counts the same deals.
    let fast = deals.iter().filter(|(factors, _)| factors[1] == 1.0).count();
    assert!(fast.abs_diff(seen.truths.effects[0].with.1) * 50 < fast, "{fast}");
}

#[test]
fn good_habits_make_good_salespeople_whatever_the_seed() {
    for seed in [7, 42, 99] {
        let options = demo::Options { seed, ..crate::options(1.0, demo::Language::Zh) };
        let truths = demo::generate(&options).truths();
        let people = truths.salespeople.iter();
        let mut people: Vec<(f64, f64)> = people
            .map(|p| (p.habits.iter().sum(), p.won as f64 / (p.won + p.lost).max(1) as f64))
            .collect();
        people.sort_by(|a, b| a.0.total_cmp(&b.0));
        let third = people.len() / 3;
        let mean = |list: &[(f64, f64)]| list.iter().map(|p| p.1).sum::<f64>() / list.len() as f64;
        let (worst, best) = (mean(&people[..third]), mean(&people[people.len() - third..]));
        assert!(best > worst + 0.12, "seed {seed}: {best} {worst}");
    }
}

#[test]
fn decoys_have_no_effect() {
    let seen = seen();
    let rate = |yes: &dyn Fn(&DemoRecord) -> bool| {
        let leads: Vec<_> = seen.tables["lead"].values().filter(|lead| yes(lead)).collect();
        let won = leads.iter().filter(|lead| text(lead, "status") == "converted").count();
        won as f64 / leads.len() as f64
    };
    let (hot, cold) =
        (rate(&|l| text(l, "rating") == "hot"), rate(&|l| text(l, "rating") == "cold"));
    assert!((hot - cold).abs() < 0.05, "{hot} {cold}");
    let leaving = |yes: &dyn Fn(&DemoRecord) -> bool| {
        let accounts = &seen.tables["account"];
        let these: Vec<_> = seen
            .truths
            .accounts
            .iter()
            .filter(|t| t.cycle_days.is_some() && yes(&accounts[&t.key]))
            .collect();
        these.iter().filter(|t| t.leaving.is_some()).count() as f64 / these.len() as f64
    };
    let gift = |account: &DemoRecord| match account.get("tags") {
        demo::DemoValue::Refs(_, tags) => tags.contains(&1),
        _ => false,
    };
    let difference = leaving(&gift) - leaving(&|account| !gift(account));
    assert!(difference.abs() < 0.08, "{difference}");
    let site = |account: &DemoRecord| !text(account, "website").is_empty();
    let difference = leaving(&site) - leaving(&|account| !site(account));
    assert!(difference.abs() < 0.06, "{difference}");
}
