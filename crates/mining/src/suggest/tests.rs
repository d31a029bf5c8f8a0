//! Tests of `suggest` on planted truths and textbook values.

use super::*;
use crate::rng::Rng;

/// Two families of items; customers hold items of one family only.
fn families(customers: usize) -> Baskets {
    let mut rng = Rng::new(8);
    let lists: Vec<Vec<u32>> = (0..customers)
        .map(|c| (0..5).map(|_| (rng.below(10) + (c % 2) * 10) as u32).collect())
        .collect();
    let names = (0..20).map(|i| format!("i{i}")).collect();
    Baskets::new(lists.iter().map(Vec::as_slice), names).expect("valid codes")
}

#[test]
fn suggestions_stay_in_the_family_and_give_a_reason() {
    let baskets = families(400);
    let ease = Ease::fit(&baskets, 10.0, &Run::default()).expect("fits");
    let cosine = ItemCosine::fit(&baskets).expect("fits");
    for scorer in [&ease as &dyn Scorer, &cosine] {
        let found = new_items(scorer, &[11, 12], baskets.names(), 3);
        assert!(!found.is_empty());
        assert!(found.iter().all(|s| s.item >= 10), "{found:?}");
        assert!(found[0].reason.en.contains("i11") || found[0].reason.en.contains("i12"));
    }
}

#[test]
fn one_and_two_shards_give_the_same_weights() {
    let baskets = families(300);
    let fit = |shards| {
        Ease::fit(&baskets, 5.0, &Run { shards, ..Run::default() }).expect("fits").weight(11, 12)
    };
    assert_eq!(fit(1), fit(2));
}

#[test]
fn habits_are_counted_once_a_day_and_fade() {
    let p = |item, day| Purchase { customer: 0, item, day };
    let all = [p(1, 1.0), p(1, 1.5), p(2, 90.0), p(3, 5.0), p(3, 6.0)];
    let plain = Personal::fit(&all, 100.0, f64::INFINITY).expect("valid");
    assert_eq!(plain.repeats(0, 1)[0].item, 3);
    let fading = Personal::fit(&all, 100.0, 20.0).expect("valid");
    assert_eq!(fading.repeats(0, 1)[0].item, 2);
    assert!(plain.repeats(9, 3).is_empty());
    let late = Personal::fit(&all, 50.0, 20.0);
    assert_eq!(late.map_err(|e| e.code()).err(), Some("mining.out_of_range"));
}
