//! Four parts, merged in another order, are the whole to the last bit, and lead to the models
//! that the studies make of all rows at once.

use super::*;
use crate::basket::{Baskets, SupportMin, frequent};
use crate::cart::{Cart, CartOptions, Pruning};
use crate::frame::{Column, Design, DesignOptions, Frame};
use crate::linear::{Logistic, LogisticOptions};
use crate::rng::Rng;
use crate::run::Run;
use crate::segment::{KMeansOptions, Points, kmeans};

const ROWS: usize = 6_000;

fn world() -> (Frame, Vec<bool>) {
    let mut rng = Rng::new(11);
    let x: Vec<f64> = (0..ROWS).map(|_| rng.normal()).collect();
    let z: Vec<f64> =
        (0..ROWS).map(|_| if rng.uniform() < 0.1 { f64::NAN } else { rng.normal() }).collect();
    let c: Vec<&str> = (0..ROWS).map(|_| ["a", "b", "c"][rng.below(3)]).collect();
    let y = (0..ROWS)
        .map(|i| {
            let score = 1.3 * x[i] + if c[i] == "b" { 1.0 } else { -0.4 };
            rng.uniform() < 1.0 / (1.0 + (-score).exp())
        })
        .collect();
    let c = Column::category("c", c.into_iter().map(Some)).expect("few levels");
    let columns = vec![Column::numeric("x", x), Column::numeric("z", z), c];
    (Frame::new(columns).expect("equal lengths"), y)
}

/// The rows of four parts of unequal size, in an order of their own.
fn dealt(seed: u64) -> Vec<Vec<usize>> {
    let mut rng = Rng::new(seed);
    let mut parts = vec![Vec::new(); 4];
    (0..ROWS).for_each(|row| parts[rng.below(5).min(3)].push(row));
    rng.shuffle(&mut parts);
    parts
}

#[test]
fn four_parts_give_the_logistic_model_of_the_whole() {
    let (frame, y) = world();
    let design = Design::learn(&frame, &DesignOptions::default()).expect("columns");
    let mut beta = vec![0.0; design.width() + 1];
    for seed in 0..12 {
        let whole = LogisticSums::of(&design, &frame, &y, &beta).expect("valid");
        let merged = dealt(seed)
            .iter()
            .map(|rows| {
                let labels = crate::split::pick(&y, rows);
                LogisticSums::of(&design, &frame.take(rows), &labels, &beta).expect("valid")
            })
            .reduce(|a, b| a.merge(&b).expect("one design"));
        assert_eq!(merged.as_ref(), Some(&whole));
        beta = whole.step(&beta, 1.0).expect("solvable");
    }
    let model = Logistic::fit(&frame, &y, &LogisticOptions::default(), &Run::default());
    let model = model.expect("two classes");
    for (term, b) in model.terms().iter().zip(&beta) {
        assert!((term.coefficient - b).abs() < 1e-4, "{term:?} {b}");
    }
    assert!((model.intercept().0 - beta[design.width()]).abs() < 1e-4);
}

#[test]
fn four_parts_give_the_centres_of_the_whole() {
    let mut rng = Rng::new(5);
    let values: Vec<f64> = (0..ROWS * 2).map(|i| rng.normal() + (i / 2 % 3) as f64 * 6.0).collect();
    let points = Points::new(values.clone(), 2).expect("finite");
    let mut centres = vec![vec![0.0, 0.5], vec![5.0, 6.0], vec![12.0, 11.0]];
    let mut inertia = 0.0;
    for seed in 0..10 {
        let whole = CentreSums::of(&points, &centres).expect("valid");
        let merged = dealt(seed)
            .iter()
            .map(|rows| {
                let numbers = rows.iter().flat_map(|r| values[r * 2..r * 2 + 2].iter().copied());
                let part = Points::new(numbers.collect(), 2).expect("finite");
                CentreSums::of(&part, &centres).expect("valid")
            })
            .reduce(|a, b| a.merge(&b).expect("same centres"));
        assert_eq!(merged.as_ref(), Some(&whole));
        (centres, inertia) = (whole.centres(&centres).expect("three"), whole.inertia());
    }
    let options = KMeansOptions { k: 3, ..KMeansOptions::default() };
    let found = kmeans(&points, &options, &Run::default()).expect("enough rows");
    assert!((found.inertia / inertia - 1.0).abs() < 1e-4, "{} {inertia}", found.inertia);
}

#[test]
fn four_parts_give_the_first_split_of_the_whole_tree() {
    let (frame, y) = world();
    let cuts = BinCuts::learn(&frame, 255).expect("columns");
    let whole = SplitCounts::of(&cuts, &frame, &y).expect("valid");
    let merged = dealt(1)
        .iter()
        .map(|rows| {
            let labels = crate::split::pick(&y, rows);
            SplitCounts::of(&cuts, &frame.take(rows), &labels).expect("valid")
        })
        .reduce(|a, b| a.merge(&b).expect("one cut"));
    assert_eq!(merged.as_ref(), Some(&whole));
    let best = whole.best(&cuts, 50).expect("its cuts").expect("x matters");
    let options = CartOptions { pruning: Pruning::None, ..CartOptions::default() };
    let tree = Cart::classify(&frame, &y, &options, &Run::default()).expect("fits");
    let root = &tree.tree().nodes[0];
    assert_eq!(root.test, Some((best.column, best.test)));
    assert_eq!(root.missing_left, best.missing_left);
}

#[test]
fn four_parts_give_the_counts_of_the_whole() {
    let mut rng = Rng::new(9);
    let lists: Vec<Vec<u32>> =
        (0..ROWS).map(|_| (0..rng.below(7)).map(|_| rng.below(20) as u32).collect()).collect();
    let names: Vec<String> = (0..20).map(|i| i.to_string()).collect();
    let baskets = |rows: &[usize]| {
        let lists = rows.iter().map(|&r| lists[r].as_slice());
        Baskets::new(lists, names.clone()).expect("known codes")
    };
    let all: Vec<usize> = (0..ROWS).collect();
    let found = frequent(&baskets(&all), SupportMin::Count(60), 3, &Run::default());
    let found = found.expect("valid");
    let sets: Vec<Vec<u32>> = found.iter().map(|(set, _)| set.to_vec()).collect();
    let merged = dealt(2)
        .iter()
        .map(|rows| SetCounts::of(&baskets(rows), &sets).expect("known codes"))
        .reduce(|a, b| a.merge(&b).expect("same sets"))
        .expect("four parts");
    assert_eq!(merged.baskets(), ROWS as u64);
    for ((_, count), (set, want)) in merged.iter().zip(found.iter()) {
        assert_eq!(count, u64::from(want), "{set:?}");
    }
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    let points = Points::new(vec![1.0, 2.0, 1e13, 4.0], 2).expect("finite");
    let refused = CentreSums::of(&points, &[vec![0.0, 0.0]]).map_err(|e| e.code());
    assert_eq!(refused, Err("mining.out_of_range"));
    let points = Points::new(vec![1.0, 2.0], 2).expect("finite");
    assert_eq!(CentreSums::of(&points, &[]).map_err(|e| e.code()), Err("mining.option"));
    let one = CentreSums::of(&points, &[vec![0.0, 0.0]]).expect("valid");
    let two = CentreSums::of(&points, &vec![vec![0.0, 0.0]; 2]).expect("valid");
    assert_eq!(one.merge(&two).map_err(|e| e.code()), Err("mining.length"));
    let baskets = Baskets::new([[0u32].as_slice()], vec!["a".to_owned()]).expect("one item");
    let refused = SetCounts::of(&baskets, &[vec![7]]).map_err(|e| e.code());
    assert_eq!(refused, Err("mining.out_of_range"));
}
