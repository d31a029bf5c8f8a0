//! Measures of whether a probability means what it says, and of decisions made from it.

use crate::error::{Error, Result, all_finite, same_length};

fn probabilities(positive: &[bool], probability: &[f64]) -> Result<()> {
    same_length("probabilities", positive.len(), probability.len())?;
    all_finite("probability", probability)?;
    if positive.is_empty() {
        return Err(Error::Empty { what: "rows" });
    }
    match probability.iter().position(|p| !(0.0..=1.0).contains(p)) {
        None => Ok(()),
        Some(row) => Err(Error::OutOfRange { what: "probability", row }),
    }
}

/// Mean squared difference of probability and outcome, 0 best (Brier 1950, "Verification of
/// forecasts expressed in terms of probability").
///
/// # Errors
/// [`Error::Length`], [`Error::NotFinite`], [`Error::OutOfRange`], [`Error::Empty`].
pub fn brier(positive: &[bool], probability: &[f64]) -> Result<f64> {
    probabilities(positive, probability)?;
    let sum: f64 =
        positive.iter().zip(probability).map(|(&y, p)| (f64::from(u8::from(y)) - p).powi(2)).sum();
    Ok(sum / positive.len() as f64)
}

/// Mean negative log likelihood in nats, 0 best; probabilities are kept 1e-9 away from 0 and 1.
///
/// # Errors
/// As [`brier`].
pub fn log_loss(positive: &[bool], probability: &[f64]) -> Result<f64> {
    probabilities(positive, probability)?;
    let sum: f64 = positive.iter().zip(probability).map(|(&y, &p)| row_log_loss(y, p)).sum();
    Ok(sum / positive.len() as f64)
}

pub(crate) fn row_log_loss(positive: bool, p: f64) -> f64 {
    let p = p.clamp(1e-9, 1.0 - 1e-9);
    -if positive { p.ln() } else { (-p).ln_1p() }
}

/// One bin of a calibration curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CalibrationBin {
    /// Rows whose probability falls into the bin.
    pub rows: usize,
    /// Their mean probability.
    pub predicted: f64,
    /// Their share of positives.
    pub observed: f64,
}

/// Mean probability against observed share in `bins` equally wide bins; empty bins are left out
/// (Murphy and Winkler 1977, reliability diagram).
///
/// # Errors
/// As [`brier`]; [`Error::Option`] without bins.
pub fn calibration_curve(
    positive: &[bool],
    probability: &[f64],
    bins: usize,
) -> Result<Vec<CalibrationBin>> {
    probabilities(positive, probability)?;
    if bins == 0 {
        return Err(Error::Option { name: "bins", need: "at least 1" });
    }
    let mut sums = vec![(0usize, 0.0, 0usize); bins];
    for (&y, &p) in positive.iter().zip(probability) {
        let bin = &mut sums[((p * bins as f64) as usize).min(bins - 1)];
        bin.0 += 1;
        bin.1 += p;
        bin.2 += usize::from(y);
    }
    Ok(sums
        .into_iter()
        .filter(|s| s.0 > 0)
        .map(|(rows, p, yes)| CalibrationBin {
            rows,
            predicted: p / rows as f64,
            observed: yes as f64 / rows as f64,
        })
        .collect())
}

/// Expected calibration error: Σ (rows of bin / rows)·|observed − predicted| over equally wide
/// bins (Naeini, Cooper and Hauskrecht 2015, equation 2). 10 bins are usual.
///
/// # Errors
/// As [`calibration_curve`].
pub fn ece(positive: &[bool], probability: &[f64], bins: usize) -> Result<f64> {
    let curve = calibration_curve(positive, probability, bins)?;
    let n = positive.len() as f64;
    Ok(curve.iter().map(|b| b.rows as f64 / n * (b.observed - b.predicted).abs()).sum())
}

/// Expected calibration error over `bins` bins that hold equally many rows each, by probability
/// (Nguyen and O'Connor 2015, "Posterior calibration", adaptive binning). A perfect model has
/// about .8·mean √(p(1−p)·bins/rows) by chance alone.
///
/// # Errors
/// As [`calibration_curve`].
pub fn ece_equal_rows(positive: &[bool], probability: &[f64], bins: usize) -> Result<f64> {
    probabilities(positive, probability)?;
    if bins == 0 {
        return Err(Error::Option { name: "bins", need: "at least 1" });
    }
    let mut order: Vec<usize> = (0..positive.len()).collect();
    order.sort_by(|&a, &b| probability[a].total_cmp(&probability[b]));
    let n = order.len();
    let gap = |bin: usize| -> f64 {
        let rows = &order[n * bin / bins..n * (bin + 1) / bins];
        rows.iter().map(|&r| f64::from(u8::from(positive[r])) - probability[r]).sum::<f64>().abs()
    };
    Ok((0..bins).map(gap).sum::<f64>() / n as f64)
}

/// Decisions against outcomes, in rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confusion {
    /// Said yes, was yes.
    pub true_positive: usize,
    /// Said yes, was no.
    pub false_positive: usize,
    /// Said no, was yes.
    pub false_negative: usize,
    /// Said no, was no.
    pub true_negative: usize,
}

impl Confusion {
    /// Share of "yes" that was right; NaN when nothing was said yes to.
    #[must_use]
    pub fn precision(&self) -> f64 {
        self.true_positive as f64 / (self.true_positive + self.false_positive) as f64
    }

    /// Share of positives found; NaN without positives.
    #[must_use]
    pub fn recall(&self) -> f64 {
        self.true_positive as f64 / (self.true_positive + self.false_negative) as f64
    }

    /// Harmonic mean of precision and recall (van Rijsbergen 1979).
    #[must_use]
    pub fn f1(&self) -> f64 {
        let double = 2.0 * self.true_positive as f64;
        double / (double + (self.false_positive + self.false_negative) as f64)
    }

    /// Share of right decisions.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        let right = self.true_positive + self.true_negative;
        right as f64 / (right + self.false_positive + self.false_negative) as f64
    }
}

/// Counts the decisions "yes if probability ≥ `threshold`".
///
/// # Errors
/// As [`brier`].
pub fn confusion(positive: &[bool], probability: &[f64], threshold: f64) -> Result<Confusion> {
    probabilities(positive, probability)?;
    let mut c =
        Confusion { true_positive: 0, false_positive: 0, false_negative: 0, true_negative: 0 };
    for (&y, &p) in positive.iter().zip(probability) {
        match (p >= threshold, y) {
            (true, true) => c.true_positive += 1,
            (true, false) => c.false_positive += 1,
            (false, true) => c.false_negative += 1,
            (false, false) => c.true_negative += 1,
        }
    }
    Ok(c)
}

/// Counts of (actual, predicted) classes: `classes` × `classes`, row = actual.
///
/// # Errors
/// [`Error::Length`]; [`Error::OutOfRange`] for a class number not below `classes`.
pub fn confusion_matrix(
    actual: &[usize],
    predicted: &[usize],
    classes: usize,
) -> Result<Vec<Vec<usize>>> {
    same_length("predicted classes", actual.len(), predicted.len())?;
    let mut counts = vec![vec![0; classes]; classes];
    for (row, (&a, &p)) in actual.iter().zip(predicted).enumerate() {
        if a >= classes || p >= classes {
            return Err(Error::OutOfRange { what: "class", row });
        }
        counts[a][p] += 1;
    }
    Ok(counts)
}
