//! Tests of `metrics` on planted truths and textbook values.

use super::*;

const Y: [bool; 4] = [false, false, true, true];
const P: [f64; 4] = [0.1, 0.4, 0.35, 0.8];

#[test]
fn textbook_values() {
    assert!((roc_auc(&Y, &P).expect("valid") - 0.75).abs() < 1e-12);
    assert!((pr_auc(&Y, &P).expect("valid") - 0.833_333_333_333).abs() < 1e-9);
    assert!((brier(&Y, &P).expect("valid") - 0.158_125).abs() < 1e-12);
    assert!((lift_at(&Y, &P, 0.25).expect("valid") - 2.0).abs() < 1e-12);
}

#[test]
fn ties_count_half() {
    assert!((roc_auc(&Y, &[0.5; 4]).expect("valid") - 0.5).abs() < 1e-12);
    assert!((lift_at(&Y, &[0.5; 4], 0.25).expect("valid") - 1.0).abs() < 1e-12);
}

#[test]
fn a_calibrated_score_has_no_error() {
    let y: Vec<bool> = (0..100).map(|i| i % 4 == 0).collect();
    assert!(ece(&y, &vec![0.25; 100], 10).expect("valid") < 1e-12);
}

#[test]
fn the_same_distribution_is_stable_and_another_is_not() {
    let a: Vec<f64> = (0..1000).map(f64::from).collect();
    let b: Vec<f64> = a.iter().map(|x| x + 400.0).collect();
    assert!(psi_numeric(&a, &a, 10).expect("valid") < 1e-9);
    assert!(psi_numeric(&a, &b, 10).expect("valid") > 0.25);
}

#[test]
fn hostile_scores_are_refused() {
    assert_eq!(roc_auc(&Y, &[f64::NAN; 4]).map_err(|e| e.code()), Err("mining.not_finite"));
    assert_eq!(roc_auc(&[true; 4], &P).map_err(|e| e.code()), Err("mining.one_class"));
    assert_eq!(roc_auc(&[], &[]).map_err(|e| e.code()), Err("mining.empty"));
    assert_eq!(brier(&Y, &[2.0; 4]).map_err(|e| e.code()), Err("mining.out_of_range"));
    assert_eq!(roc_auc(&Y, &P[..3]).map_err(|e| e.code()), Err("mining.length"));
}
