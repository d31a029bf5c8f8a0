//! Tests of `drivers` on planted truths and textbook values.

use super::*;
use crate::rng::Rng;

fn world(seed: u64, effect: f64) -> (Frame, Vec<bool>) {
    let mut rng = Rng::new(seed);
    let n = 1500;
    let sellers = ["An", "Bo", "Cai", "Dan", "Eva"];
    let seller: Vec<&str> = (0..n).map(|_| sellers[rng.below(5)]).collect();
    let hours: Vec<f64> = (0..n).map(|_| rng.exponential(0.1)).collect();
    let noise: Vec<f64> = (0..n).map(|_| rng.normal()).collect();
    let y = (0..n)
        .map(|i| {
            let up = if seller[i] == "Cai" { effect } else { 0.0 };
            let slow = if hours[i] > 10.0 { effect } else { 0.0 };
            rng.uniform() < 0.5 + up - slow
        })
        .collect();
    let seller = Column::category("seller", seller.into_iter().map(Some)).expect("few levels");
    let columns = vec![seller, Column::numeric("hours", hours), Column::numeric("noise", noise)];
    (Frame::new(columns).expect("equal lengths"), y)
}

#[test]
fn planted_drivers_are_found_with_their_size() {
    let (frame, y) = world(1, 0.25);
    let d = drivers(&frame, &y, &DriverOptions::default(), &Run::default()).expect("valid");
    let cai = d.found.iter().find(|f| f.group.en == "Cai").expect("planted");
    assert!(cai.low < 0.25 && 0.25 < cai.high + 0.05, "{cai:?}");
    assert!(d.found.iter().any(|f| f.column == "hours" && f.effect < 0.0));
    assert!(d.tree.is_some());
}

#[test]
fn few_findings_are_false_beside_true_ones() {
    let (mut all, mut false_ones) = (0, 0);
    for seed in 0..40 {
        let (frame, y) = world(seed, 0.25);
        let d = drivers(&frame, &y, &DriverOptions::default(), &Run::default()).expect("valid");
        all += d.found.len();
        false_ones += d.found.iter().filter(|f| f.column == "noise").count();
    }
    assert!(all > 100 && false_ones * 20 <= all, "{false_ones} of {all}");
}

#[test]
fn nothing_planted_gives_few_alarms_over_a_hundred_seeds() {
    let alarms = (0..100)
        .filter(|&seed| {
            let (frame, y) = world(seed, 0.0);
            let d = drivers(&frame, &y, &DriverOptions::default(), &Run::default());
            !d.expect("valid").found.is_empty()
        })
        .count();
    // 5 expected; 11 would be three standard deviations above.
    assert!(alarms <= 11, "{alarms}");
}
