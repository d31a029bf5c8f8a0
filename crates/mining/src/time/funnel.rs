//! The sales funnel: how many go on from stage to stage, and how long it takes.

use crate::error::{Error, Result};
use std::collections::BTreeMap;

/// A deal enters a stage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Visit {
    /// Deal, any number.
    pub deal: u64,
    /// Stage, 0 first.
    pub stage: usize,
    /// Day of entering.
    pub day: f64,
}

/// One stage of the funnel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StageStep {
    /// Stage number.
    pub stage: usize,
    /// Deals that reached it (or a later one).
    pub reached: usize,
    /// Share of the previous stage's deals that came this far; 1 for the first.
    pub from_previous: f64,
    /// Lower 95 % bound of that share.
    pub low: f64,
    /// Upper 95 % bound of that share.
    pub high: f64,
    /// Share of all deals that came this far.
    pub from_start: f64,
    /// Median days from entering the stage to entering a later one; NaN when none went on.
    pub median_days: f64,
    /// The days within which nine of ten of those went on.
    pub p90_days: f64,
    /// Deals whose furthest stage it is.
    pub resting: usize,
}

/// The whole funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// One step per stage.
    pub steps: Vec<StageStep>,
    /// Median days from the first visit of a deal to its entry into the last stage.
    pub median_days_to_end: f64,
}

/// Follows deals through `stages` stages. A deal that skips a stage counts as having reached it;
/// the first entry into a stage counts. Bounds are Wilson's (1927, "Probable inference").
///
/// # Errors
/// [`Error::Empty`], [`Error::NotFinite`], [`Error::OutOfRange`] for an unknown stage,
/// [`Error::Option`] for fewer than 2 or more than 100 stages.
pub fn funnel(visits: &[Visit], stages: usize) -> Result<Funnel> {
    if !(2..=100).contains(&stages) {
        return Err(Error::Option { name: "stages", need: "from 2 to 100" });
    }
    if visits.is_empty() {
        return Err(Error::Empty { what: "visits" });
    }
    let mut deals: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
    for (row, v) in visits.iter().enumerate() {
        if !v.day.is_finite() {
            return Err(Error::NotFinite { what: "day", row });
        }
        if v.stage >= stages {
            return Err(Error::OutOfRange { what: "stage", row });
        }
        let entered = deals.entry(v.deal).or_insert_with(|| vec![f64::INFINITY; stages]);
        entered[v.stage] = entered[v.stage].min(v.day);
    }
    let furthest = |d: &Vec<f64>| d.iter().rposition(|t| t.is_finite()).unwrap_or(0);
    let mut steps: Vec<StageStep> = Vec::new();
    for stage in 0..stages {
        let reached = deals.values().filter(|d| furthest(d) >= stage).count();
        let mut days: Vec<f64> = deals
            .values()
            .filter(|d| d[stage].is_finite() && furthest(d) > stage)
            .map(|d| {
                let later = d[stage + 1..].iter().copied().fold(f64::INFINITY, f64::min);
                (later - d[stage]).max(0.0)
            })
            .collect();
        let previous = steps.last().map_or(reached, |s| s.reached);
        let (low, high) = wilson(reached, previous);
        steps.push(StageStep {
            stage,
            reached,
            from_previous: if previous > 0 { reached as f64 / previous as f64 } else { 0.0 },
            low,
            high,
            from_start: reached as f64 / deals.len() as f64,
            median_days: quantile(&mut days, 0.5),
            p90_days: quantile(&mut days, 0.9),
            resting: deals.values().filter(|d| furthest(d) == stage).count(),
        });
    }
    let mut whole: Vec<f64> = deals
        .values()
        .filter(|d| d[stages - 1].is_finite())
        .map(|d| d[stages - 1] - d.iter().copied().fold(f64::INFINITY, f64::min))
        .collect();
    Ok(Funnel { steps, median_days_to_end: quantile(&mut whole, 0.5) })
}

/// Wilson's 95 % interval of a share.
pub(crate) fn wilson(yes: usize, of: usize) -> (f64, f64) {
    if of == 0 {
        return (0.0, 1.0);
    }
    let (n, z2) = (of as f64, 1.959_964f64.powi(2));
    let p = yes as f64 / n;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = (z2 * (p * (1.0 - p) / n + z2 / (4.0 * n * n))).sqrt() / (1.0 + z2 / n);
    ((centre - half).max(0.0), (centre + half).min(1.0))
}

/// Quantile by linear interpolation; NaN without values.
fn quantile(values: &mut [f64], q: f64) -> f64 {
    if values.is_empty() {
        return f64::NAN;
    }
    values.sort_by(f64::total_cmp);
    let at = q * (values.len() - 1) as f64;
    let (low, part) = (at.floor() as usize, at.fract());
    let high = (low + 1).min(values.len() - 1);
    values[low] + part * (values[high] - values[low])
}
