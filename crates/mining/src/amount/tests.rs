//! Tests of `amount` on planted truths.

use super::*;
use crate::frame::Column;
use crate::rng::Rng;

fn world(seed: u64, rows: usize, signal: f64) -> (Frame, Vec<f64>) {
    let mut rng = Rng::new(seed);
    let a: Vec<f64> = (0..rows).map(|_| rng.normal()).collect();
    let b: Vec<f64> = (0..rows).map(|_| rng.normal()).collect();
    let y = (0..rows).map(|i| signal * (3.0 * a[i] + b[i].abs()) + rng.normal()).collect();
    let columns = vec![Column::numeric("a", a), Column::numeric("b", b)];
    (Frame::new(columns).expect("equal lengths"), y)
}

fn ask(frame: &Frame, target: &[f64]) -> AmountAnswer {
    let question = AmountQuestion { frame, target, time: None };
    predict_amount(&question, &AmountOptions::default(), &Run::default()).expect("valid")
}

#[test]
fn a_planted_law_is_found_and_its_error_stated() {
    let (frame, y) = world(1, 1200, 1.0);
    let AmountAnswer::Published(p) = ask(&frame, &y) else { panic!("refused") };
    let score = p.scores.iter().find(|s| s.contender == p.winner).expect("it competed");
    assert!(score.explained > 0.85, "{score:?}");
    let (fresh, truth) = world(2, 1200, 1.0);
    let found = p.amount(&fresh).expect("same columns");
    let inside = found.iter().zip(&truth).filter(|(f, t)| (*f - *t).abs() <= p.four_in_five);
    let share = inside.count() as f64 / 1200.0;
    assert!((share - 0.8).abs() < 0.04, "{share}");
}

#[test]
fn noise_is_refused_nearly_always() {
    let published = (0..30)
        .filter(|&seed| {
            let (frame, y) = world(seed, 150, 0.0);
            matches!(ask(&frame, &y), AmountAnswer::Published(_))
        })
        .count();
    assert!(published <= 2, "{published}");
}

#[test]
fn a_copy_of_the_amount_is_a_leak() {
    let (frame, y) = world(1, 600, 1.0);
    let copy = Column::numeric("copy", y.iter().map(|v| v * 1.2).collect());
    let mut columns = frame.columns().to_vec();
    columns.push(copy);
    let frame = Frame::new(columns).expect("equal lengths");
    let AmountAnswer::Refused(r, _) = ask(&frame, &y) else { panic!("published") };
    assert_eq!(r.code, "predict.leak");
    assert!(r.why.en.contains("copy"));
}
