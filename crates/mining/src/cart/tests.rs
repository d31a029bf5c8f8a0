//! Tests of `cart` on planted truths and textbook values.

use super::*;
use crate::frame::Column;
use crate::rng::Rng;

fn planted(n: usize) -> (Frame, Vec<bool>) {
    let mut rng = Rng::new(11);
    let x: Vec<f64> = (0..n).map(|_| rng.uniform()).collect();
    let noise: Vec<f64> = (0..n).map(|_| rng.uniform()).collect();
    let c: Vec<&str> = (0..n).map(|_| ["north", "south", "west"][rng.below(3)]).collect();
    let y = (0..n)
        .map(|i| rng.uniform() < if x[i] > 0.7 && c[i] != "south" { 0.9 } else { 0.1 })
        .collect();
    let c = Column::category("region", c.into_iter().map(Some)).expect("few levels");
    let columns = vec![Column::numeric("x", x), c, Column::numeric("noise", noise)];
    (Frame::new(columns).expect("equal lengths"), y)
}

#[test]
fn the_planted_rule_is_found_and_read_out() {
    let (frame, y) = planted(4000);
    let pruning = Pruning::CrossValidated { folds: 5, one_error: true };
    let options =
        CartOptions { pruning, shrinkage: 0.0, leaf_rows_min: 20, ..CartOptions::default() };
    let m = Cart::classify(&frame, &y, &options, &Run::default()).expect("fits");
    assert_eq!(m.tree().leaves(), 3, "{:?}", m.rules());
    let best = &m.rules()[0];
    assert!(best.value > 0.85);
    assert!(best.conditions.en.contains("x > 0.7"), "{}", best.conditions.en);
    assert!(best.conditions.en.contains("region is north or west"), "{}", best.conditions.en);
    assert!(best.conditions.zh.contains("region 为 north 或 west"), "{}", best.conditions.zh);
}

#[test]
fn noise_alone_leaves_only_the_root() {
    let mut rng = Rng::new(2);
    let x: Vec<f64> = (0..2000).map(|_| rng.uniform()).collect();
    let y: Vec<bool> = (0..2000).map(|_| rng.uniform() < 0.3).collect();
    let frame = Frame::new(vec![Column::numeric("x", x)]).expect("one column");
    let pruning = Pruning::CrossValidated { folds: 5, one_error: true };
    let options =
        CartOptions { pruning, shrinkage: 0.0, leaf_rows_min: 20, ..CartOptions::default() };
    let m = Cart::classify(&frame, &y, &options, &Run::default()).expect("fits");
    assert_eq!(m.tree().leaves(), 1);
}

#[test]
fn three_classes_get_shares_that_sum_to_one() {
    let x: Vec<f64> = (0..900).map(f64::from).collect();
    let class: Vec<usize> = (0..900).map(|i| i / 300).collect();
    let frame = Frame::new(vec![Column::numeric("x", x)]).expect("one column");
    let m = Cart::classify_many(&frame, &class, 3, &CartOptions::default(), &Run::default())
        .expect("fits");
    let found = m.classes(&frame).expect("same columns");
    let right = found.iter().zip(&class).filter(|(a, b)| a == b).count();
    assert!(right > 890, "{right}");
    let shares = &m.class_shares(&frame).expect("same columns")[450];
    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
}

#[test]
fn one_and_four_shards_grow_the_same_tree() {
    let (frame, y) = planted(4000);
    let fit = |shards| {
        let run = Run { shards, ..Run::default() };
        Cart::classify(&frame, &y, &CartOptions::default(), &run).expect("fits").tree
    };
    assert_eq!(fit(1), fit(4));
}

#[test]
fn amounts_are_predicted_by_means() {
    let x: Vec<f64> = (0..400).map(f64::from).collect();
    let y: Vec<f64> = x.iter().map(|&x| if x < 200.0 { -1.0 } else { 3.0 }).collect();
    let frame = Frame::new(vec![Column::numeric("x", x)]).expect("one column");
    let options = CartOptions { shrinkage: 0.0, ..CartOptions::default() };
    let m = Cart::regress(&frame, &y, &options, &Run::default()).expect("fits");
    let p = m.probability(&frame).expect("same columns");
    assert!((p[0] + 1.0).abs() < 1e-6 && (p[399] - 3.0).abs() < 1e-6);
}
