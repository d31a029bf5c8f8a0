//! Tests of `predict` on planted truths and textbook values.

use super::*;
use crate::linear::sigmoid;
use crate::rng::Rng;

fn planted(n: usize, seed: u64, strength: f64) -> (Frame, Vec<bool>) {
    let mut rng = Rng::new(seed);
    let x: Vec<f64> = (0..n).map(|_| rng.normal()).collect();
    let noise: Vec<f64> = (0..n).map(|_| rng.normal()).collect();
    let c: Vec<&str> = (0..n).map(|_| ["a", "b", "c"][rng.below(3)]).collect();
    let y = x.iter().map(|x| rng.uniform() < sigmoid(strength * x - 0.5)).collect();
    let c = Column::category("c", c.into_iter().map(Some)).expect("few levels");
    let columns = vec![Column::numeric("x", x), Column::numeric("noise", noise), c];
    (Frame::new(columns).expect("equal lengths"), y)
}

fn ask(frame: &Frame, y: &[bool], options: &PredictOptions) -> Answer {
    let question = Question { frame, positive: y, time: None, folds: None };
    predict(&question, options, &Run::default()).expect("valid input")
}

fn code(answer: &Answer) -> &'static str {
    match answer {
        Answer::Published(_) => "published",
        Answer::Refused(r) => r.code,
    }
}

#[test]
fn a_straight_truth_is_left_to_the_logistic_model() {
    let (frame, y) = planted(2000, 1, 1.2);
    let Answer::Published(p) = ask(&frame, &y, &PredictOptions::default()) else {
        panic!("there is signal")
    };
    assert_eq!(p.card.winner, Contender::Logistic);
    assert!(p.card.winner_score().ece < 0.04);
    let reasons = p.reasons(&frame.take(&[0, 1]), 2).expect("same columns");
    assert_eq!(reasons[0][0].column, "x");
    assert!(p.drift(&frame, Some(&y)).expect("same columns").is_empty());
    let moved = Frame::new(
        frame
            .columns()
            .iter()
            .map(|c| match c.values() {
                Values::Numeric(v) if c.name() == "x" => {
                    Column::numeric("x", v.iter().map(|x| x + 2.0).collect())
                }
                _ => c.clone(),
            })
            .collect(),
    )
    .expect("equal lengths");
    let alarms = p.drift(&moved, Some(&vec![true; 2000])).expect("same columns");
    let codes: Vec<&str> = alarms.iter().map(|a| a.code).collect();
    assert_eq!(codes, ["drift.input", "drift.score", "drift.base_rate"]);
}

#[test]
fn noise_is_refused_for_a_hundred_seeds() {
    let options = PredictOptions { contenders: vec![Contender::Tree], ..PredictOptions::default() };
    let false_alarms = (0..100)
        .filter(|&seed| {
            let (frame, y) = planted(600, seed, 0.0);
            code(&ask(&frame, &y, &options)) == "published"
        })
        .count();
    assert!(false_alarms <= 5, "{false_alarms}");
}

#[test]
fn a_column_that_holds_the_outcome_is_refused_until_confirmed() {
    let (frame, y) = planted(1000, 3, 1.0);
    let mut columns = frame.columns().to_vec();
    let date: Vec<f64> = y.iter().map(|&y| if y { 5.0 } else { f64::NAN }).collect();
    columns.push(Column::numeric("left_on", date));
    let frame = Frame::new(columns).expect("equal lengths");
    let options = PredictOptions { contenders: vec![Contender::Tree], ..PredictOptions::default() };
    let Answer::Refused(refusal) = ask(&frame, &y, &options) else { panic!("a leak") };
    assert_eq!(refusal.code, "predict.leak");
    assert_eq!(refusal.suspects[0].column, "left_on");
    let confirmed = vec!["left_on".to_owned()];
    assert_eq!(code(&ask(&frame, &y, &PredictOptions { confirmed, ..options })), "published");
}

#[test]
fn too_few_positives_are_refused() {
    let (frame, mut y) = planted(500, 4, 1.0);
    y.iter_mut().enumerate().for_each(|(i, y)| *y = i % 20 == 0);
    assert_eq!(code(&ask(&frame, &y, &PredictOptions::default())), "predict.too_few");
}

#[test]
fn rows_after_the_snapshot_are_an_error() {
    let (frame, y) = planted(500, 4, 1.0);
    let time: Vec<f64> = (0..500).map(f64::from).collect();
    let question = Question { frame: &frame, positive: &y, time: Some(&time), folds: None };
    let options = PredictOptions { snapshot: Some(400.0), ..PredictOptions::default() };
    let answer = predict(&question, &options, &Run::default());
    assert_eq!(answer.map_err(|e| e.code()).err(), Some("mining.out_of_range"));
}
