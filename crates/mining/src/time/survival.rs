//! How long customers stay: survival curves with confidence, and whether two curves differ.

use crate::error::{Error, Result, same_length};

/// One step of the curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SurvivalPoint {
    /// Time since the start, in the unit of the input.
    pub time: f64,
    /// Still observed just before.
    pub at_risk: usize,
    /// Left at this time.
    pub events: usize,
    /// Share that stays longer than this time.
    pub share: f64,
    /// Lower 95 % confidence bound.
    pub low: f64,
    /// Upper 95 % confidence bound.
    pub high: f64,
}

/// A survival curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Survival {
    /// One point per time at which someone left.
    pub points: Vec<SurvivalPoint>,
    /// Time by which half have left; `None` when more than half stay.
    pub median: Option<f64>,
}

fn checked(time: &[f64], left: &[bool]) -> Result<()> {
    same_length("outcomes", time.len(), left.len())?;
    if time.is_empty() {
        return Err(Error::Empty { what: "rows" });
    }
    match time.iter().position(|t| !(t.is_finite() && *t >= 0.0)) {
        None => Ok(()),
        Some(row) => Err(Error::OutOfRange { what: "time", row }),
    }
}

/// The product-limit curve of Kaplan and Meier 1958 (equation 1b), with Greenwood's variance and
/// confidence bounds on the log(−log) scale (Kalbfleisch and Prentice 2002, equation 1.14).
/// `time` is observed per row (0 or more), `left` whether it ended by leaving; else the row is
/// still there at that time.
///
/// # Errors
/// [`Error::Empty`], [`Error::Length`], [`Error::OutOfRange`].
pub fn survival(time: &[f64], left: &[bool]) -> Result<Survival> {
    checked(time, left)?;
    let mut order: Vec<usize> = (0..time.len()).collect();
    order.sort_by(|&a, &b| time[a].total_cmp(&time[b]));
    let (mut share, mut variance) = (1.0f64, 0.0);
    let mut points = Vec::new();
    let mut i = 0;
    while i < order.len() {
        let t = time[order[i]];
        let at_risk = order.len() - i;
        let mut events = 0;
        while i < order.len() && time[order[i]] == t {
            events += usize::from(left[order[i]]);
            i += 1;
        }
        if events == 0 {
            continue;
        }
        let (n, d) = (at_risk as f64, events as f64);
        share *= 1.0 - d / n;
        variance += if n > d { d / (n * (n - d)) } else { 0.0 };
        let (low, high) = bounds(share, variance);
        points.push(SurvivalPoint { time: t, at_risk, events, share, low, high });
    }
    let median = points.iter().find(|p| p.share <= 0.5).map(|p| p.time);
    Ok(Survival { points, median })
}

fn bounds(share: f64, variance: f64) -> (f64, f64) {
    if share <= 0.0 || share >= 1.0 {
        return (share, share);
    }
    let log = share.ln();
    let width = 1.959_964 * variance.sqrt() / log.abs();
    ((log * width.exp()).exp(), (log * (-width).exp()).exp())
}

impl Survival {
    /// Share that stays longer than `time`.
    #[must_use]
    pub fn at(&self, time: f64) -> f64 {
        let passed = self.points.partition_point(|p| p.time <= time);
        if passed == 0 { 1.0 } else { self.points[passed - 1].share }
    }
}

/// P value of the log-rank test that two groups leave at the same rate (Mantel 1966); `second`
/// tells which rows belong to the second group.
///
/// # Errors
/// As [`survival`]; [`Error::OneClass`] when a group is empty.
pub fn log_rank(time: &[f64], left: &[bool], second: &[bool]) -> Result<f64> {
    checked(time, left)?;
    crate::split::two_classes(time.len(), second)?;
    let mut order: Vec<usize> = (0..time.len()).collect();
    order.sort_by(|&a, &b| time[a].total_cmp(&time[b]));
    let mut in_second = second.iter().filter(|&&s| s).count() as f64;
    let (mut difference, mut variance) = (0.0, 0.0);
    let mut i = 0;
    while i < order.len() {
        let t = time[order[i]];
        let n = (order.len() - i) as f64;
        let (mut events, mut events_second, mut gone_second) = (0.0, 0.0, 0.0);
        while i < order.len() && time[order[i]] == t {
            let row = order[i];
            let weight = f64::from(u8::from(second[row]));
            events += f64::from(u8::from(left[row]));
            events_second += weight * f64::from(u8::from(left[row]));
            gone_second += weight;
            i += 1;
        }
        let share = in_second / n;
        difference += events_second - events * share;
        if n > 1.0 {
            variance += events * share * (1.0 - share) * (n - events) / (n - 1.0);
        }
        in_second -= gone_second;
    }
    if variance <= 0.0 {
        return Ok(1.0);
    }
    Ok(crate::lifetime::chi_square_tail(difference * difference / variance, 1.0))
}
