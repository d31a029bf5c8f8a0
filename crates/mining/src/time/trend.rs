//! Whether something rises or falls over periods, without being fooled by single outliers.

use crate::error::{Error, Result, all_finite};

/// Most periods; the work grows with their square.
const PERIODS_MAX: usize = 4_000;

/// The trend of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Median change per period (Theil 1950; Sen 1968).
    pub slope: f64,
    /// Lower 95 % bound of the slope.
    pub low: f64,
    /// Upper 95 % bound of the slope.
    pub high: f64,
    /// P value of no trend (Mann 1945; Kendall 1975), ties allowed for.
    pub p_value: f64,
    /// +1 rising, −1 falling, 0 when chance explains it (p above .05).
    pub direction: i8,
}

/// The trend of one value per period, periods equally long and in order.
///
/// # Errors
/// [`Error::TooFew`] with fewer than 4 periods, [`Error::TooLarge`] beyond 4,000,
/// [`Error::NotFinite`].
pub fn trend(values: &[f64]) -> Result<Trend> {
    let n = values.len();
    if n < 4 {
        return Err(Error::TooFew { what: "periods", have: n, need: 4 });
    }
    if n > PERIODS_MAX {
        return Err(Error::TooLarge { what: "periods", have: n, max: PERIODS_MAX });
    }
    all_finite("value", values)?;
    let mut slopes = Vec::with_capacity(n * (n - 1) / 2);
    let mut s = 0.0f64;
    for i in 0..n {
        for j in i + 1..n {
            let rise = values[j] - values[i];
            slopes.push(rise / (j - i) as f64);
            s += if rise > 0.0 {
                1.0
            } else if rise < 0.0 {
                -1.0
            } else {
                0.0
            };
        }
    }
    slopes.sort_by(f64::total_cmp);
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let ties: f64 = sorted
        .chunk_by(|a, b| a == b)
        .map(|g| {
            let t = g.len() as f64;
            t * (t - 1.0) * (2.0 * t + 5.0)
        })
        .sum();
    let m = n as f64;
    let deviation = ((m * (m - 1.0) * (2.0 * m + 5.0) - ties).max(0.0) / 18.0).sqrt();
    let z = if deviation > 0.0 { (s.abs() - 1.0).max(0.0) / deviation } else { 0.0 };
    let p_value = (2.0 * crate::lifetime::normal_tail(z)).min(1.0);
    let width = 1.959_964 * deviation;
    let count = slopes.len() as f64;
    let place = |x: f64| (x.round().max(0.0) as usize).min(slopes.len() - 1);
    let middle = slopes.len() / 2;
    let slope = if slopes.len() % 2 == 1 {
        slopes[middle]
    } else {
        (slopes[middle - 1] + slopes[middle]) / 2.0
    };
    let direction = if p_value > 0.05 { 0 } else { slope.partial_cmp(&0.0).map_or(0, |o| o as i8) };
    Ok(Trend {
        slope,
        low: slopes[place((count - width) / 2.0 - 1.0)],
        high: slopes[place((count + width) / 2.0)],
        p_value,
        direction,
    })
}
