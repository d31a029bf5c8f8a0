//! Measures of how well scores put positives first; they ignore the scale of the scores.

use super::checked;
use crate::error::{Error, Result};

/// A point of a curve, both coordinates from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Horizontal.
    pub x: f64,
    /// Vertical.
    pub y: f64,
}

/// Cumulative (positives, rows) after each group of equal scores, best first.
fn groups(positive: &[bool], score: &[f64]) -> Vec<(usize, usize)> {
    let mut order: Vec<u32> = (0..score.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| score[b as usize].total_cmp(&score[a as usize]));
    let mut out = Vec::new();
    let mut yes = 0;
    for (i, &row) in order.iter().enumerate() {
        yes += usize::from(positive[row as usize]);
        let last = order.get(i + 1).is_none_or(|&n| score[n as usize] != score[row as usize]);
        if last {
            out.push((yes, i + 1));
        }
    }
    out
}

/// Area under the ROC curve: the chance that a random positive scores above a random negative,
/// ties counting half (Hanley and McNeil 1982, "The meaning and use of the area under a ROC
/// curve"). One score per outcome.
///
/// # Errors
/// [`Error::Length`], [`Error::NotFinite`], [`Error::OneClass`], [`Error::Empty`].
pub fn roc_auc(positive: &[bool], score: &[f64]) -> Result<f64> {
    checked(positive, score)?;
    let (mut area, mut tp, mut fp) = (0.0, 0.0, 0.0);
    for (yes, rows) in groups(positive, score) {
        let (t, f) = (yes as f64, (rows - yes) as f64);
        area += (f - fp) * (t + tp) / 2.0;
        (tp, fp) = (t, f);
    }
    Ok(area / (tp * fp))
}

/// Standard error of the ROC area from its value and the class counts (Hanley and McNeil 1982,
/// equation 1 with their negative-exponential approximation).
#[must_use]
pub fn roc_auc_error(auc: f64, positives: usize, negatives: usize) -> f64 {
    let (p, n) = (positives as f64, negatives as f64);
    let (q1, q2) = (auc / (2.0 - auc), 2.0 * auc * auc / (1.0 + auc));
    let spread = auc * (1.0 - auc) + (p - 1.0) * (q1 - auc * auc) + (n - 1.0) * (q2 - auc * auc);
    (spread.max(0.0) / (p * n).max(1.0)).sqrt()
}

/// False-positive rate against true-positive rate, from (0, 0) to (1, 1).
///
/// # Errors
/// As [`roc_auc`].
pub fn roc_curve(positive: &[bool], score: &[f64]) -> Result<Vec<Point>> {
    checked(positive, score)?;
    let groups = groups(positive, score);
    let yes_all = positive.iter().filter(|&&p| p).count() as f64;
    let no_all = positive.len() as f64 - yes_all;
    let mut curve = vec![Point { x: 0.0, y: 0.0 }];
    curve.extend(
        groups
            .iter()
            .map(|&(yes, rows)| Point { x: (rows - yes) as f64 / no_all, y: yes as f64 / yes_all }),
    );
    Ok(curve)
}

/// Average precision, the area under the precision-recall curve as a step function:
/// Σ (Rₙ − Rₙ₋₁)·Pₙ (Davis and Goadrich 2006 explain why not to interpolate linearly).
///
/// # Errors
/// As [`roc_auc`].
pub fn pr_auc(positive: &[bool], score: &[f64]) -> Result<f64> {
    checked(positive, score)?;
    let (mut area, mut before, all) = (0.0, 0, positive.iter().filter(|&&p| p).count() as f64);
    for (yes, rows) in groups(positive, score) {
        area += (yes - before) as f64 / all * yes as f64 / rows as f64;
        before = yes;
    }
    Ok(area)
}

/// One step of the gains chart: the best-scored rows up to a share of all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain {
    /// Share of rows contacted, 0 to 1.
    pub share: f64,
    /// Rows in this and all better steps.
    pub rows: usize,
    /// Share of all positives among them, 0 to 1.
    pub captured: f64,
    /// Positive rate among them divided by the positive rate of all.
    pub lift: f64,
    /// Lowest score among them.
    pub score_min: f64,
}

/// Expected positives among the best `rows`; a group of equal scores counts in proportion.
fn positives_in_best(groups: &[(usize, usize)], rows: usize) -> f64 {
    let (mut yes_before, mut rows_before) = (0, 0);
    for &(yes, upto) in groups {
        if upto >= rows {
            let part = (rows - rows_before) as f64 / (upto - rows_before) as f64;
            return yes_before as f64 + part * (yes - yes_before) as f64;
        }
        (yes_before, rows_before) = (yes, upto);
    }
    yes_before as f64
}

/// Gains and lift in `steps` equal steps (Ling and Li 1998, "Data mining for direct marketing").
///
/// # Errors
/// As [`roc_auc`]; [`Error::Option`] without steps.
pub fn gains(positive: &[bool], score: &[f64], steps: usize) -> Result<Vec<Gain>> {
    checked(positive, score)?;
    if steps == 0 {
        return Err(Error::Option { name: "steps", need: "at least 1" });
    }
    let groups = groups(positive, score);
    let mut sorted = score.to_vec();
    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
    let all = positive.iter().filter(|&&p| p).count() as f64;
    let base = all / positive.len() as f64;
    let mut out = Vec::with_capacity(steps);
    for step in 1..=steps {
        let share = step as f64 / steps as f64;
        let rows = ((positive.len() as f64 * share).round() as usize).clamp(1, sorted.len());
        let yes = positives_in_best(&groups, rows);
        out.push(Gain {
            share,
            rows,
            captured: yes / all,
            lift: yes / rows as f64 / base,
            score_min: sorted[rows - 1],
        });
    }
    Ok(out)
}

/// Lift among the best `share` of rows (0 to 1): their positive rate over that of all rows.
///
/// # Errors
/// As [`roc_auc`]; [`Error::Option`] for a share outside (0, 1].
pub fn lift_at(positive: &[bool], score: &[f64], share: f64) -> Result<f64> {
    checked(positive, score)?;
    if !(share > 0.0 && share <= 1.0) {
        return Err(Error::Option { name: "share", need: "above 0 and at most 1" });
    }
    let rows = ((positive.len() as f64 * share).round() as usize).max(1);
    let base = positive.iter().filter(|&&p| p).count() as f64 / positive.len() as f64;
    Ok(positives_in_best(&groups(positive, score), rows) / rows as f64 / base)
}
