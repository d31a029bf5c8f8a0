//! Tests of `segment` on planted truths and textbook values.

use super::*;
use crate::rng::Rng;
use crate::run::Run;
use crate::text::Text;

fn planted(n: usize, seed: u64) -> (Points, Vec<u32>) {
    let mut rng = Rng::new(seed);
    let centres = [[0.0, 0.0, 0.0], [6.0, 0.0, 0.0], [0.0, 6.0, 0.0], [0.0, 0.0, 6.0]];
    let labels: Vec<u32> = (0..n).map(|_| rng.below(4) as u32).collect();
    let values =
        labels.iter().flat_map(|&l| centres[l as usize].map(|c| c + rng.normal())).collect();
    (Points::new(values, 3).expect("finite"), labels)
}

#[test]
fn planted_groups_and_their_number_are_found() {
    let (points, truth) = planted(1500, 1);
    let choice =
        suggest_k(&points, 2, 7, &KMeansOptions::default(), &Run::default()).expect("enough rows");
    assert_eq!(choice.k, Some(4), "{choice:?}");
    let options = KMeansOptions { k: 4, ..KMeansOptions::default() };
    let found = kmeans(&points, &options, &Run::default()).expect("enough rows");
    assert!(adjusted_rand(&found.labels, &truth).expect("equal lengths") > 0.95);
    let few = Points::new(points.values()[..900].to_vec(), 3).expect("finite");
    let tree = hierarchy(&few, &Run::default()).expect("small");
    let labels = tree.cut(4).expect("valid k");
    assert!(adjusted_rand(&labels, &truth[..300]).expect("equal lengths") > 0.9);
}

#[test]
fn one_cloud_is_not_called_groups() {
    let mut rng = Rng::new(4);
    let wide: Vec<f64> = (0..6000).map(|_| rng.normal()).collect();
    let points = Points::new(wide, 6).expect("finite");
    let choice =
        suggest_k(&points, 2, 6, &KMeansOptions::default(), &Run::default()).expect("enough rows");
    assert_eq!(choice.k, None, "{choice:?}");
}

#[test]
fn one_and_four_shards_give_the_same_groups() {
    let (points, _) = planted(20_000, 2);
    let options = KMeansOptions { k: 5, starts: 2, ..KMeansOptions::default() };
    let fit =
        |shards| kmeans(&points, &options, &Run { shards, ..Run::default() }).expect("enough rows");
    assert_eq!(fit(1), fit(4));
}

#[test]
fn profiles_name_what_stands_out() {
    let points = Points::new(vec![1.0, 5.0, 1.0, 5.0, 9.0, 5.0], 2).expect("finite");
    let names = [Text::new("orders", "订单数"), Text::new("age", "年龄")];
    let found = profiles(&points, &[0, 0, 1], &names).expect("equal lengths");
    assert_eq!(found[1].name, Text::new("high orders", "订单数较高"));
    assert_eq!(found[0].rows, 2);
}

#[test]
fn rfm_counts_days_orders_and_money() {
    let o = |customer, day, amount| Order { customer, day, amount };
    let orders = [o(2, 5.0, 10.0), o(1, 1.0, 3.0), o(2, 9.0, 20.0), o(3, 10.0, 500.0)];
    let found = rfm(&orders, 10.0).expect("valid orders");
    assert_eq!(found[1], Rfm { customer: 2, recency_days: 1.0, frequency: 2.0, monetary: 30.0 });
    let cuts =
        Cuts::Chosen { recency: vec![2.0, 5.0], frequency: vec![1.0], monetary: vec![5.0, 100.0] };
    let scores = rfm_scores(&found, &RfmOptions { cuts }).expect("ascending cuts");
    assert_eq!((scores[0].r, scores[0].f, scores[0].m), (1, 1, 1));
    assert_eq!((scores[1].r, scores[1].f, scores[1].m), (3, 2, 2));
    assert!(rfm_scores(&found, &RfmOptions::default()).is_ok());
    assert_eq!(rfm(&orders, 8.0).map_err(|e| e.code()).err(), Some("mining.out_of_range"));
}

#[test]
fn few_make_most() {
    let mut values = vec![1.0; 80];
    values.extend([16.0; 20]);
    let p = pareto(&values).expect("positive");
    assert!((p.value_of_top(0.2) - 0.8).abs() < 1e-12);
    assert_eq!(p.customers_for(0.8), 20);
    assert!((p.gini - 0.6).abs() < 1e-9, "{}", p.gini);
    let tiers = pyramid(&values, &[0.01, 0.04, 0.15]).expect("valid shares");
    assert_eq!(tiers.iter().map(|t| t.customers.len()).collect::<Vec<_>>(), [1, 4, 15, 80]);
}

#[test]
fn customers_move_between_cells() {
    let before = value_matrix(&[1.0, 9.0], &[1.0, 9.0], &[5.0], &[5.0]).expect("valid");
    let after = value_matrix(&[9.0, 9.0], &[1.0, 9.0], &[5.0], &[5.0]).expect("valid");
    assert_eq!(before.cells[3].customers, 1);
    let moves = movement(&before, &after).expect("same customers");
    assert!(moves.contains(&Movement { from: 0, to: 2, customers: 1 }));
}

#[test]
fn hostile_points_are_refused() {
    assert_eq!(Points::new(vec![], 3).map_err(|e| e.code()).err(), Some("mining.empty"));
    assert!(Points::new(vec![f64::NAN], 1).is_err());
    let same = Points::new(vec![1.0; 30], 3).expect("finite");
    let found = kmeans(&same, &KMeansOptions { k: 2, ..KMeansOptions::default() }, &Run::default());
    assert_eq!(found.map_err(|e| e.code()).err(), Some("mining.too_few"));
}
