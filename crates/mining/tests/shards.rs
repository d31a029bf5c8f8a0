//! One shard and four give the same findings, to the last bit, and parts of the data summed up
//! apart merge to the whole.

use mining::activity::Activities;
use mining::basket::{Baskets, SupportMin, frequent};
use mining::boost::{BoostOptions, Boosted};
use mining::cart::{Cart, CartOptions};
use mining::frame::DesignOptions;
use mining::linear::{Logistic, LogisticOptions, Ridge};
use mining::rng::Rng;
use mining::segment::{KMeansOptions, Order, Points, kmeans};
use mining::{Column, Frame, Run};

/// More rows than are worked on in one block.
const ROWS: usize = 40_000;

fn run(shards: usize) -> Run<'static> {
    Run { seed: 7, shards, ..Run::default() }
}

fn world() -> (Frame, Vec<bool>) {
    let mut rng = Rng::new(1);
    let x: Vec<f64> = (0..ROWS).map(|_| rng.normal()).collect();
    let z: Vec<f64> = (0..ROWS)
        .map(|_| if rng.uniform() < 0.1 { f64::NAN } else { rng.exponential(0.3) })
        .collect();
    let c: Vec<&str> = (0..ROWS).map(|_| ["a", "b", "c", "d"][rng.below(4)]).collect();
    let y = (0..ROWS)
        .map(|i| {
            let score = x[i] + if c[i] == "a" { 1.0 } else { -0.5 };
            rng.uniform() < 1.0 / (1.0 + (-score).exp())
        })
        .collect();
    let c = Column::category("c", c.into_iter().map(Some)).expect("few levels");
    let columns = vec![Column::numeric("x", x), Column::numeric("z", z), c];
    (Frame::new(columns).expect("equal lengths"), y)
}

#[test]
fn models_do_not_depend_on_shards() {
    let (frame, y) = world();
    let target: Vec<f64> = y.iter().map(|&v| f64::from(u8::from(v)) * 3.5).collect();
    let each = [1, 4].map(|shards| {
        let run = run(shards);
        let boost = BoostOptions { rounds: 10, ..BoostOptions::default() };
        let boosted = Boosted::classify(&frame, &y, &boost, &run).expect("fits");
        let cart = Cart::classify(&frame, &y, &CartOptions::default(), &run).expect("fits");
        let logistic = Logistic::fit(&frame, &y, &LogisticOptions::default(), &run).expect("fits");
        let ridge =
            Ridge::fit(&frame, &target, 1.0, &DesignOptions::default(), &run).expect("fits");
        let tree = cart.tree().clone();
        (boosted.trees().to_vec(), tree, logistic.terms(), ridge.predict(&frame).expect("same"))
    });
    assert_eq!(each[0], each[1]);
}

#[test]
fn groups_and_counts_do_not_depend_on_shards() {
    let mut rng = Rng::new(2);
    let values = (0..ROWS * 2).map(|i| rng.normal() + (i / 2 % 3) as f64 * 4.0).collect();
    let points = Points::new(values, 2).expect("finite");
    let lists: Vec<Vec<u32>> =
        (0..3_000).map(|_| (0..rng.below(8)).map(|_| rng.below(30) as u32).collect()).collect();
    let names = (0..30).map(|i| i.to_string()).collect();
    let baskets = Baskets::new(lists.iter().map(Vec::as_slice), names).expect("valid codes");
    let each = [1, 4].map(|shards| {
        let options = KMeansOptions { k: 3, starts: 2, ..KMeansOptions::default() };
        let groups = kmeans(&points, &options, &run(shards)).expect("enough rows");
        let sets = frequent(&baskets, SupportMin::Count(20), 4, &run(shards)).expect("valid");
        let mut sets: Vec<(Vec<u32>, u32)> = sets.iter().map(|(i, c)| (i.to_vec(), c)).collect();
        sets.sort();
        (groups, sets)
    });
    assert_eq!(each[0], each[1]);
}

#[test]
fn parts_of_the_orders_merge_to_the_whole() {
    let mut rng = Rng::new(3);
    let orders: Vec<Order> = (0..ROWS)
        .map(|_| Order {
            customer: rng.below(900) as u64,
            day: rng.uniform() * 300.0,
            amount: rng.exponential(0.01),
        })
        .collect();
    let whole = Activities::of(&orders, 280.0, &run(1)).expect("valid");
    assert_eq!(whole, Activities::of(&orders, 280.0, &run(4)).expect("valid"));
    let mut parts: Vec<Activities> = orders
        .chunks(7_001)
        .map(|part| Activities::of(part, 280.0, &run(1)).expect("valid"))
        .collect();
    rng.shuffle(&mut parts);
    let merged = parts.into_iter().reduce(|a, b| a.merge(b).expect("same day"));
    assert_eq!(merged, Some(whole));
}
