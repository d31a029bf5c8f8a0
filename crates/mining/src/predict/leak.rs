//! Columns that know too much: they hold the outcome, or are filled in after it.

use crate::error::Result;
use crate::frame::{Column, Frame};
use crate::metrics::roc_auc;
use crate::tree::Binned;

/// A column under suspicion.
#[derive(Debug, Clone, PartialEq)]
pub struct Suspicion {
    /// Its name.
    pub column: String,
    /// ROC area (for amounts: share of the variance) that the column reaches alone, on rows its
    /// rates were not taken from.
    pub reached: f64,
    /// True when already whether the column is filled in reaches that much.
    pub by_missing: bool,
}

/// ROC area of "is it filled in" from which a column looks filled in after the outcome.
const MISSING_AUC: f64 = 0.85;

/// All columns that alone reach a ROC area of `auc_max`, or nearly so by being filled in.
///
/// The rate of positives per bin is taken from every other row of each outcome and judged on
/// the remaining ones (Kaufman et al. 2012, "Leakage in data mining", section 4: exploratory
/// search for features too good to be true).
///
/// # Errors
/// [`crate::Error::OneClass`], [`crate::Error::Length`], [`crate::Error::NoColumns`].
pub fn suspects(frame: &Frame, positive: &[bool], auc_max: f64) -> Result<Vec<Suspicion>> {
    crate::split::two_classes(frame.rows(), positive)?;
    let binned = Binned::learn(frame, 64)?;
    let width = binned.width();
    let mut seen = [0usize; 2];
    let teaches: Vec<bool> = positive
        .iter()
        .map(|&p| {
            seen[usize::from(p)] += 1;
            seen[usize::from(p)] % 2 == 1
        })
        .collect();
    let judged: Vec<usize> = (0..positive.len()).filter(|&r| !teaches[r]).collect();
    let outcomes = crate::split::pick(positive, &judged);
    let mut found = Vec::new();
    for (j, column) in frame.columns().iter().enumerate() {
        let mut counts = vec![(0.0, 0.0); binned.bins()];
        for row in (0..positive.len()).filter(|&r| teaches[r]) {
            let c = &mut counts[usize::from(binned.codes[row * width + j])];
            c.0 += 1.0;
            c.1 += f64::from(u8::from(positive[row]));
        }
        let base = seen[1] as f64 / positive.len() as f64;
        let rate = |row: usize| {
            let c = counts[usize::from(binned.codes[row * width + j])];
            (c.1 + base) / (c.0 + 1.0)
        };
        let scores: Vec<f64> = judged.iter().map(|&r| rate(r)).collect();
        let Ok(auc) = roc_auc(&outcomes, &scores) else { continue };
        let by_missing = missing_auc(column, positive)? >= MISSING_AUC;
        if auc >= auc_max || by_missing {
            found.push(Suspicion { column: column.name().to_owned(), reached: auc, by_missing });
        }
    }
    Ok(found)
}

fn missing_auc(column: &Column, positive: &[bool]) -> Result<f64> {
    if column.missing() == 0 || column.missing() == column.len() {
        return Ok(0.5);
    }
    let filled: Vec<f64> = match column.values() {
        crate::frame::Values::Numeric(v) => {
            v.iter().map(|x| f64::from(u8::from(!x.is_nan()))).collect()
        }
        crate::frame::Values::Category(c) => {
            c.codes().iter().map(|&c| f64::from(u8::from(c != crate::frame::MISSING))).collect()
        }
    };
    let auc = roc_auc(positive, &filled)?;
    Ok(auc.max(1.0 - auc))
}
