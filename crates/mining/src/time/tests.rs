//! Tests of `time` on planted truths and textbook values.

use super::*;
use crate::rng::Rng;
use crate::segment::Order;

#[test]
fn a_monthly_customer_is_expected_next_month_and_missed_after_three() {
    let mut orders: Vec<Order> = Vec::new();
    for customer in 0..20 {
        let steps = (0..12).map(|i| f64::from(i) * 30.0 + f64::from(customer % 3));
        orders.extend(steps.map(|day| Order {
            customer: u64::from(customer as u32),
            day,
            amount: 1.0,
        }));
    }
    let options = NextOrderOptions::default();
    let soon = next_orders(&orders, 340.0, &options).expect("valid orders");
    assert!((soon[0].cycle_days - 30.0).abs() < 1.0, "{:?}", soon[0]);
    assert!((soon[0].next_day - 360.0).abs() < 3.0, "{:?}", soon[0]);
    assert_eq!(soon[0].state, State::OnTime);
    let later = next_orders(&orders, 430.0, &options).expect("valid orders");
    assert_eq!(later[0].state, State::Dormant);
    assert!(later[0].next_day >= 430.0);
    let past = next_orders(&orders, 100.0, &options);
    assert_eq!(past.map_err(|e| e.code()).err(), Some("mining.out_of_range"));
}

/// The remission times of Freireich et al. 1963, the textbook example.
#[test]
fn the_textbook_curve() {
    let time = [
        6.0, 6.0, 6.0, 6.0, 7.0, 9.0, 10.0, 10.0, 11.0, 13.0, 16.0, 17.0, 19.0, 20.0, 22.0, 23.0,
        25.0, 32.0, 32.0, 34.0, 35.0,
    ];
    let left = [
        true, true, true, false, true, false, true, false, false, true, true, false, false, false,
        true, true, false, false, false, false, false,
    ];
    let s = survival(&time, &left).expect("valid");
    assert!((s.at(6.0) - 0.857).abs() < 1e-3);
    assert!((s.at(23.0) - 0.448).abs() < 1e-3);
    assert_eq!(s.median, Some(23.0));
    let control = [
        1.0, 1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0, 5.0, 8.0, 8.0, 8.0, 8.0, 11.0, 11.0, 12.0, 12.0,
        15.0, 17.0, 22.0, 23.0,
    ];
    let all: Vec<f64> = time.iter().chain(&control).copied().collect();
    let left: Vec<bool> = left.iter().copied().chain([true; 21]).collect();
    let group: Vec<bool> = (0..42).map(|i| i >= 21).collect();
    let p = log_rank(&all, &left, &group).expect("two groups");
    assert!((p - 4.17e-5).abs() < 1e-6, "{p}");
}

#[test]
fn deals_thin_out_along_the_funnel() {
    let v = |deal, stage, day| Visit { deal, stage, day };
    let visits = [
        v(1, 0, 0.0),
        v(1, 1, 4.0),
        v(1, 2, 10.0),
        v(2, 0, 0.0),
        v(2, 2, 6.0),
        v(3, 0, 1.0),
        v(4, 0, 2.0),
        v(4, 1, 4.0),
    ];
    let f = funnel(&visits, 3).expect("valid visits");
    let reached: Vec<usize> = f.steps.iter().map(|s| s.reached).collect();
    assert_eq!(reached, [4, 3, 2]);
    assert_eq!(f.steps[0].median_days, 4.0);
    assert_eq!(f.median_days_to_end, 8.0);
    assert_eq!(f.steps.iter().map(|s| s.resting).sum::<usize>(), 4);
    assert!(funnel(&[v(1, 9, 0.0)], 3).is_err());
}

#[test]
fn trends_are_told_from_noise() {
    let mut rng = Rng::new(6);
    let rising: Vec<f64> = (0..24).map(|i| f64::from(i) * 0.5 + rng.normal()).collect();
    let t = trend(&rising).expect("enough periods");
    assert_eq!(t.direction, 1);
    assert!(t.low < 0.5 && 0.5 < t.high, "{t:?}");
    let alarms = (0..400)
        .filter(|_| {
            let noise: Vec<f64> = (0..24).map(|_| rng.normal()).collect();
            trend(&noise).expect("enough periods").direction != 0
        })
        .count();
    assert!(alarms <= 32, "{alarms}");
    assert_eq!(trend(&[1.0; 10]).expect("enough periods").direction, 0);
}
