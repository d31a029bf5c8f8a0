//! Minimising a smooth function of a few parameters without derivatives.

use crate::error::Result;
use crate::run::Run;

/// A gain below this is none: a log likelihood this much higher moves parameters by far less than
/// their standard errors.
const WORTH: f64 = 1e-6;
/// Rounds without a gain after which a simplex is given up.
const STALLED_ROUNDS: usize = 60;

/// The simplex method of Nelder and Mead 1965, restarted until it stops improving.
/// `start` are the first parameters; returns the best ones and the value there.
pub(super) fn minimise(
    f: &dyn Fn(&[f64]) -> f64,
    start: &[f64],
    run: &Run<'_>,
) -> Result<(Vec<f64>, f64)> {
    let mut at = start.to_vec();
    let mut value = f(&at);
    for restart in 0..8 {
        run.step(restart, 8)?;
        let (next, found) = once(f, &at, if restart == 0 { 0.5 } else { 0.1 }, run)?;
        let gained = value - found;
        if found < value {
            (at, value) = (next, found);
        }
        if restart > 0 && gained < WORTH {
            break;
        }
    }
    Ok((at, value))
}

fn once(
    f: &dyn Fn(&[f64]) -> f64,
    start: &[f64],
    size: f64,
    run: &Run<'_>,
) -> Result<(Vec<f64>, f64)> {
    let n = start.len();
    let judge = |x: &[f64]| {
        let v = f(x);
        if v.is_nan() { f64::INFINITY } else { v }
    };
    let mut points: Vec<(Vec<f64>, f64)> = (0..=n)
        .map(|i| {
            let mut x = start.to_vec();
            if i > 0 {
                x[i - 1] += size;
            }
            let v = judge(&x);
            (x, v)
        })
        .collect();
    let mut stalled = (f64::INFINITY, 0);
    for round in 0..2000 {
        if round % 64 == 0 {
            run.check()?;
        }
        points.sort_by(|a, b| a.1.total_cmp(&b.1));
        if points[0].1 < stalled.0 - WORTH {
            stalled = (points[0].1, round);
        } else if round - stalled.1 > STALLED_ROUNDS {
            break;
        }
        let spread = (0..n)
            .map(|j| points.iter().map(|p| (p.0[j] - points[0].0[j]).abs()).fold(0.0, f64::max))
            .fold(0.0, f64::max);
        if spread < 1e-6 && points[n].1 - points[0].1 < 1e-8 {
            break;
        }
        let centre: Vec<f64> =
            (0..n).map(|j| points[..n].iter().map(|p| p.0[j]).sum::<f64>() / n as f64).collect();
        let along = |t: f64| -> (Vec<f64>, f64) {
            let x: Vec<f64> =
                centre.iter().zip(&points[n].0).map(|(c, w)| c + t * (c - w)).collect();
            let v = judge(&x);
            (x, v)
        };
        let reflected = along(1.0);
        if reflected.1 < points[0].1 {
            let far = along(2.0);
            points[n] = if far.1 < reflected.1 { far } else { reflected };
        } else if reflected.1 < points[n - 1].1 {
            points[n] = reflected;
        } else {
            let near = along(if reflected.1 < points[n].1 { 0.5 } else { -0.5 });
            if near.1 < points[n].1.min(reflected.1) {
                points[n] = near;
            } else {
                let best = points[0].0.clone();
                for p in &mut points[1..] {
                    p.0.iter_mut().zip(&best).for_each(|(x, b)| *x = b + 0.5 * (*x - b));
                    p.1 = judge(&p.0);
                }
            }
        }
    }
    points.sort_by(|a, b| a.1.total_cmp(&b.1));
    Ok(points.swap_remove(0))
}
