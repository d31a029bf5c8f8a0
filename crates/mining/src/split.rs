//! Which rows teach and which rows test: folds by outcome, and splits by time.

use crate::error::{Error, Result, same_length};
use crate::rng::Rng;

/// One way to hold rows out: row numbers, each ascending, without common members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Rows to learn from.
    pub train: Vec<usize>,
    /// Rows to judge on.
    pub test: Vec<usize>,
}

/// The fold (0..`folds`) of each row, so that every fold has nearly the same share of positives
/// (Kohavi 1995, "A study of cross-validation and bootstrap", stratified k-fold).
///
/// # Errors
/// [`Error::Option`] with fewer than 2 folds, [`Error::TooFew`] with fewer rows than folds.
pub fn stratified_folds(positive: &[bool], folds: usize, seed: u64) -> Result<Vec<u8>> {
    if !(2..=255).contains(&folds) {
        return Err(Error::Option { name: "folds", need: "from 2 to 255" });
    }
    if positive.len() < folds {
        return Err(Error::TooFew { what: "rows", have: positive.len(), need: folds });
    }
    let mut order: Vec<usize> = (0..positive.len()).collect();
    Rng::new(seed).shuffle(&mut order);
    order.sort_by_key(|&row| positive[row]);
    let mut fold = vec![0u8; positive.len()];
    for (place, &row) in order.iter().enumerate() {
        fold[row] = (place % folds) as u8;
    }
    Ok(fold)
}

/// The splits of a fold number per row: each fold in turn is the test.
#[must_use]
pub fn fold_splits(fold: &[u8]) -> Vec<Split> {
    let count = fold.iter().max().map_or(0, |&f| usize::from(f) + 1);
    let of = |pick: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (0..fold.len()).filter(|&row| pick(usize::from(fold[row]))).collect()
    };
    (0..count)
        .map(|f| Split { train: of(&|g| g != f), test: of(&|g| g == f) })
        .filter(|s| !s.train.is_empty() && !s.test.is_empty())
        .collect()
}

/// Splits in which every training row lies strictly before every test row ("rolling origin",
/// Tashman 2000): the last `test_share` of rows is cut into `parts` periods, and each is
/// predicted from all rows before it. Rows of one instant are never parted.
///
/// `time` is any number that grows with time (days, seconds), one per row.
///
/// # Errors
/// [`Error::Option`] for a share outside (0, 1) or no parts; [`Error::NotFinite`];
/// [`Error::TooFew`] when all rows are of one instant.
pub fn time_splits(time: &[f64], test_share: f64, parts: usize) -> Result<Vec<Split>> {
    if !(test_share > 0.0 && test_share < 1.0) {
        return Err(Error::Option { name: "test_share", need: "between 0 and 1" });
    }
    if parts == 0 {
        return Err(Error::Option { name: "parts", need: "at least 1" });
    }
    crate::error::all_finite("time", time)?;
    let mut sorted = time.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    let start = n as f64 * (1.0 - test_share);
    let mut cuts: Vec<f64> = (0..parts)
        .map(|p| (start + n as f64 * test_share * p as f64 / parts as f64) as usize)
        .filter_map(|at| sorted.get(at).copied())
        .collect();
    cuts.dedup();
    let mut splits = Vec::new();
    for (i, &from) in cuts.iter().enumerate() {
        let to = cuts.get(i + 1).copied().unwrap_or(f64::INFINITY);
        let train: Vec<usize> = (0..n).filter(|&r| time[r] < from).collect();
        let test: Vec<usize> = (0..n).filter(|&r| time[r] >= from && time[r] < to).collect();
        if !train.is_empty() && !test.is_empty() {
            splits.push(Split { train, test });
        }
    }
    if splits.is_empty() {
        return Err(Error::TooFew { what: "different dates", have: cuts.len().min(1), need: 2 });
    }
    Ok(splits)
}

/// The values of the given rows.
#[must_use]
pub fn pick<T: Copy>(values: &[T], rows: &[usize]) -> Vec<T> {
    rows.iter().map(|&r| values[r]).collect()
}

/// Both classes present, one outcome per row.
pub(crate) fn two_classes(rows: usize, positive: &[bool]) -> Result<()> {
    same_length("outcomes", rows, positive.len())?;
    if rows == 0 {
        return Err(Error::Empty { what: "rows" });
    }
    let yes = positive.iter().filter(|&&p| p).count();
    if yes == 0 || yes == rows { Err(Error::OneClass { rows }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_share_positives_evenly() {
        let y: Vec<bool> = (0..1000).map(|i| i % 10 == 0).collect();
        let fold = stratified_folds(&y, 5, 3).expect("enough rows");
        for f in 0..5u8 {
            let yes = (0..1000).filter(|&i| y[i] && fold[i] == f).count();
            assert_eq!(yes, 20);
        }
        assert_eq!(fold_splits(&fold).len(), 5);
    }

    #[test]
    fn the_past_never_sees_the_future() {
        let time: Vec<f64> = (0..100).map(|i| f64::from((i * 37) % 50)).collect();
        for split in time_splits(&time, 0.4, 3).expect("many dates") {
            let last = split.train.iter().map(|&r| time[r]).fold(f64::MIN, f64::max);
            assert!(split.test.iter().all(|&r| time[r] > last));
        }
        assert_eq!(time_splits(&[1.0; 9], 0.3, 2).map_err(|e| e.code()), Err("mining.too_few"));
    }
}
