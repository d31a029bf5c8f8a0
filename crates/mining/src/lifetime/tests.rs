//! Tests of `lifetime` on planted truths and textbook values.

use super::*;
use crate::rng::Rng;
use crate::run::Run;

/// Customers of a BG/NBD world with known parameters.
fn world(n: u64, r: f64, alpha: f64, a: f64, b: f64) -> Vec<History> {
    let mut rng = Rng::new(21);
    (0..n)
        .map(|customer| {
            let rate = rng.gamma(r, alpha);
            let (u, v) = (rng.gamma(a, 1.0), rng.gamma(b, 1.0));
            let leave = u / (u + v);
            let age_weeks = 40.0 + rng.below(40) as f64;
            let (mut t, mut repeats, mut last_weeks) = (0.0, 0.0, 0.0);
            loop {
                t += rng.exponential(rate.max(1e-9));
                if t > age_weeks {
                    break;
                }
                (repeats, last_weeks) = (repeats + 1.0, t);
                if rng.uniform() < leave {
                    break;
                }
            }
            let mean_amount = if repeats > 0.0 { 20.0 + rng.uniform() * 30.0 } else { 0.0 };
            History { customer, repeats, last_weeks, age_weeks, mean_amount }
        })
        .collect()
}

#[test]
fn planted_parameters_come_back() {
    let all = world(20_000, 0.8, 6.0, 0.9, 2.5);
    let m = BgNbd::fit(&all, &Run::default()).expect("fits");
    let near = |found: f64, planted: f64| (found / planted - 1.0).abs() < 0.15;
    assert!(near(m.r, 0.8) && near(m.alpha, 6.0) && near(m.a, 0.9) && near(m.b, 2.5), "{m:?}");
    assert!(m.warning().is_none());
    let p = ParetoNbd::fit(&all[..2000], &Run::default()).expect("fits");
    for h in &all[..200] {
        for model in [&m as &dyn Purchasing, &p] {
            let alive = model.alive(h);
            assert!((0.0..=1.0).contains(&alive), "{h:?}");
            assert!(model.expected(h, 10.0) <= model.expected(h, 20.0) + 1e-9);
        }
    }
    let spend = GammaGamma::fit(&all, &Run::default()).expect("fits");
    let value = lifetime_value(&m, &spend, &all[0], 52, 0.002);
    assert!(value.is_finite() && value >= 0.0);
}

#[test]
fn customers_who_never_leave_give_a_warning() {
    let all: Vec<History> = (0..500)
        .map(|customer| History {
            customer,
            repeats: 20.0,
            last_weeks: 39.0 + f64::from(customer as u32 % 2),
            age_weeks: 40.0,
            mean_amount: 10.0,
        })
        .collect();
    assert!(BgNbd::fit(&all, &Run::default()).expect("fits").warning().is_some());
}

#[test]
fn orders_become_histories() {
    let o = |customer, day, amount| Order { customer, day, amount };
    let orders = [o(1, 0.0, 5.0), o(1, 7.2, 4.0), o(1, 7.9, 2.0), o(1, 21.0, 8.0), o(1, 99.0, 1.0)];
    let h = histories(&orders, 35.0).expect("valid orders")[0];
    assert_eq!((h.repeats, h.last_weeks, h.age_weeks, h.mean_amount), (2.0, 3.0, 5.0, 7.0));
    let bad = History { last_weeks: 9.0, ..h };
    let found = BgNbd::fit(&[bad], &Run::default());
    assert_eq!(found.map_err(|e| e.code()).err(), Some("mining.out_of_range"));
}
