//! Tests of `boost` on planted truths and textbook values.

use super::*;
use crate::frame::Column;
use crate::metrics::roc_auc;

fn planted(n: usize, seed: u64) -> (Frame, Vec<bool>) {
    let mut rng = Rng::new(seed);
    let x: Vec<f64> = (0..n).map(|_| rng.normal()).collect();
    let z: Vec<f64> =
        (0..n).map(|_| if rng.uniform() < 0.1 { f64::NAN } else { rng.normal() }).collect();
    let c: Vec<&str> = (0..n).map(|_| ["a", "b", "c", "d", "e", "f"][rng.below(6)]).collect();
    let y = (0..n)
        .map(|i| {
            let level = if matches!(c[i], "b" | "e") { 1.0 } else { -0.5 };
            let both = if x[i] > 0.0 && z[i] > 0.0 { 1.5 } else { 0.0 };
            rng.uniform() < sigmoid(x[i] + level + both - 0.5)
        })
        .collect();
    let c = Column::category("c", c.into_iter().map(Some)).expect("few levels");
    let columns = vec![Column::numeric("x", x), Column::numeric("z", z), c];
    (Frame::new(columns).expect("equal lengths"), y)
}

fn small() -> BoostOptions {
    BoostOptions { rounds: 60, learning_rate: 0.1, ..BoostOptions::default() }
}

#[test]
fn it_learns_interactions_and_categories() {
    let (frame, y) = planted(6000, 1);
    let (later, truth) = planted(6000, 2);
    let m = Boosted::classify(&frame, &y, &small(), &Run::default()).expect("fits");
    let auc = roc_auc(&truth, &m.probability(&later).expect("same columns")).expect("two classes");
    assert!(auc > 0.80, "{auc}");
}

#[test]
fn shapley_values_add_up_to_the_score() {
    let (frame, y) = planted(2000, 3);
    let m = Boosted::classify(&frame, &y, &small(), &Run::default()).expect("fits");
    let some = frame.take(&(0..50).collect::<Vec<_>>());
    let scores = m.score(&some).expect("same columns");
    for (row, phi) in m.contributions(&some).expect("same columns").iter().enumerate() {
        let sum = m.expected_score() + phi.iter().sum::<f64>();
        assert!((sum - scores[row]).abs() < 1e-9, "{sum} {}", scores[row]);
    }
}

/// Shapley values by their definition: the mean over all orders of what knowing one more column
/// changes, with unknown columns averaged along both branches.
#[test]
fn shapley_values_equal_the_definition() {
    fn known(tree: &Tree, frame: &Frame, at: usize, set: usize) -> f64 {
        let node = &tree.nodes[at];
        let Some((column, _)) = &node.test else { return node.value };
        if set >> column & 1 == 1 {
            let left = Tree::goes_left(node, frame, 0);
            return known(tree, frame, if left { node.left } else { node.right }, set);
        }
        let share = |c: usize| tree.nodes[c].rows as f64 / node.rows as f64;
        [node.left, node.right].iter().map(|&c| share(c) * known(tree, frame, c, set)).sum()
    }
    let (frame, y) = planted(2000, 3);
    let options = BoostOptions { rounds: 5, ..small() };
    let m = Boosted::classify(&frame, &y, &options, &Run::default()).expect("fits");
    let one = frame.take(&[7]);
    let got = &m.contributions(&one).expect("same columns")[0];
    let f = |set: usize| -> f64 { m.trees.iter().map(|t| known(t, &one, 0, set)).sum() };
    for (j, phi) in got.iter().enumerate() {
        let (a, b) = ((j + 1) % 3, (j + 2) % 3);
        let bit = |i: usize| 1usize << i;
        let step = |set: usize| f(set | bit(j)) - f(set);
        let want =
            step(0) / 3.0 + (step(bit(a)) + step(bit(b))) / 6.0 + step(bit(a) | bit(b)) / 3.0;
        assert!((phi - want).abs() < 1e-9, "{j}: {phi} {want}");
    }
}

#[test]
fn one_and_four_shards_grow_the_same_trees() {
    let (frame, y) = planted(40_000, 4);
    let options = BoostOptions { rounds: 5, ..small() };
    let fit = |shards| {
        let run = Run { shards, ..Run::default() };
        Boosted::classify(&frame, &y, &options, &run).expect("fits").trees
    };
    assert_eq!(fit(1), fit(4));
}

#[test]
fn a_monotone_column_never_turns_back() {
    let (frame, y) = planted(3000, 5);
    let options = BoostOptions { monotone: vec![("x".to_owned(), Direction::Up)], ..small() };
    let m = Boosted::classify(&frame, &y, &options, &Run::default()).expect("fits");
    let steps: Vec<f64> = (0..61).map(|i| f64::from(i) * 0.1 - 3.0).collect();
    let c = Column::category("c", steps.iter().map(|_| Some("b"))).expect("few levels");
    let z = Column::numeric("z", vec![0.4; steps.len()]);
    let line = Frame::new(vec![Column::numeric("x", steps), z, c]).expect("equal lengths");
    let p = m.probability(&line).expect("same columns");
    assert!(p.windows(2).all(|w| w[1] >= w[0] - 1e-12), "{p:?}");
}

#[test]
fn amounts_can_be_predicted() {
    let x: Vec<f64> = (0..2000).map(|i| f64::from(i) / 100.0).collect();
    let y: Vec<f64> = x.iter().map(|x| x * x).collect();
    let frame = Frame::new(vec![Column::numeric("x", x)]).expect("one column");
    let options = BoostOptions { rounds: 200, learning_rate: 0.1, ..small() };
    let m = Boosted::regress(&frame, &y, &options, &Run::default()).expect("fits");
    let p = m.probability(&frame).expect("same columns");
    let error = p.iter().zip(&y).map(|(p, y)| (p - y).abs()).sum::<f64>() / 2000.0;
    assert!(error < 2.0, "{error}");
}
