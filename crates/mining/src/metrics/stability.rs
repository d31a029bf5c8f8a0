//! How far a distribution has moved between two samples.

use crate::error::{Error, Result};

/// Population stability index Σ (aᵢ − eᵢ)·ln(aᵢ / eᵢ) of two lists of counts (Siddiqi 2006,
/// "Credit risk scorecards"; it is the symmetric Kullback-Leibler divergence of Jeffreys). Under
/// .1 is stable, over .25 has moved. Half a count is added to each so that empty bins stay finite.
///
/// # Errors
/// [`Error::Length`]; [`Error::Empty`] when either has no counts.
pub fn psi_of_shares(expected: &[f64], actual: &[f64]) -> Result<f64> {
    crate::error::same_length("bins", expected.len(), actual.len())?;
    crate::error::all_finite("count", expected)?;
    crate::error::all_finite("count", actual)?;
    let (e_all, a_all): (f64, f64) = (expected.iter().sum(), actual.iter().sum());
    if e_all <= 0.0 || a_all <= 0.0 {
        return Err(Error::Empty { what: "rows" });
    }
    let bins = expected.len() as f64 / 2.0;
    let share = |count: f64, all: f64| (count.max(0.0) + 0.5) / (all + bins);
    Ok(expected
        .iter()
        .zip(actual)
        .map(|(&e, &a)| {
            let (e, a) = (share(e, e_all), share(a, a_all));
            (a - e) * (a / e).ln()
        })
        .sum())
}

/// [`psi_of_shares`] of numbers, in `bins` bins that hold equal shares of the expected sample;
/// missing values (NaN) have a bin of their own.
///
/// # Errors
/// As [`psi_of_shares`]; [`Error::Option`] without bins.
pub fn psi_numeric(expected: &[f64], actual: &[f64], bins: usize) -> Result<f64> {
    if bins == 0 {
        return Err(Error::Option { name: "bins", need: "at least 1" });
    }
    let cuts = quantile_cuts(expected, bins);
    let count = |values: &[f64]| {
        let mut counts = vec![0.0; cuts.len() + 2];
        for &v in values {
            let bin =
                if v.is_nan() { cuts.len() + 1 } else { cuts.partition_point(|&cut| cut < v) };
            counts[bin] += 1.0;
        }
        counts
    };
    psi_of_shares(&count(expected), &count(actual))
}

/// Upper bounds of all but the last of `bins` equally filled bins, without repetition.
pub(crate) fn quantile_cuts(values: &[f64], bins: usize) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut cuts: Vec<f64> = (1..bins)
        .filter_map(|b| sorted.get((sorted.len() * b / bins).max(1) - 1).copied())
        .collect();
    cuts.dedup();
    if cuts.last() == sorted.last() {
        cuts.pop();
    }
    cuts
}

/// [`psi_of_shares`] of category codes below `levels`; any other code counts as missing.
///
/// # Errors
/// As [`psi_of_shares`].
pub fn psi_categories(expected: &[u32], actual: &[u32], levels: usize) -> Result<f64> {
    let count = |codes: &[u32]| {
        let mut counts = vec![0.0; levels + 1];
        codes.iter().for_each(|&c| counts[(c as usize).min(levels)] += 1.0);
        counts
    };
    psi_of_shares(&count(expected), &count(actual))
}
