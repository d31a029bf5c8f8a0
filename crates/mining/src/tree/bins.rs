//! Columns cut into at most 255 bins each, so that split search counts instead of sorting.

use crate::error::{Error, Result};
use crate::frame::{Frame, MISSING, Schema, Values};

/// How one column was cut. The last bin of each column is the one of missing values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ColumnBins {
    /// Value v falls into the first bin b with v ≤ cuts[b]; bin `cuts.len()` has the rest.
    Numeric { cuts: Vec<f64> },
    /// Bin of each level code; rare levels share the last bin before missing.
    Levels { bin: Vec<u16>, bins: usize },
}

impl ColumnBins {
    /// Bins including the one of missing values.
    pub fn count(&self) -> usize {
        match self {
            Self::Numeric { cuts } => cuts.len() + 2,
            Self::Levels { bins, .. } => bins + 1,
        }
    }
}

/// A frame as bin numbers, row after row; bins are numbered through all columns.
#[derive(Debug)]
pub(crate) struct Binned {
    pub schema: Schema,
    pub columns: Vec<ColumnBins>,
    /// First bin of each column, and the total at the end.
    pub offsets: Vec<usize>,
    /// rows × columns.
    pub codes: Vec<u16>,
    pub rows: usize,
}

/// Most bins of all columns together.
const BINS_MAX: usize = 65_000;

impl Binned {
    /// Cuts every column into at most `bins_max` bins (2 to 255).
    pub fn learn(frame: &Frame, bins_max: usize) -> Result<Self> {
        if frame.columns().is_empty() {
            return Err(Error::NoColumns);
        }
        let width = frame.columns().len();
        if width > BINS_MAX / 8 {
            return Err(Error::TooLarge { what: "columns", have: width, max: BINS_MAX / 8 });
        }
        let bins_max = bins_max.clamp(2, 255).min(BINS_MAX / width - 2);
        let columns: Vec<ColumnBins> = frame
            .columns()
            .iter()
            .map(|c| match c.values() {
                Values::Numeric(v) => ColumnBins::Numeric { cuts: cuts(v, bins_max) },
                Values::Category(c) => level_bins(c.codes(), c.levels().len(), bins_max),
            })
            .collect();
        let mut offsets = vec![0];
        for c in &columns {
            offsets.push(offsets[offsets.len() - 1] + c.count());
        }
        let codes = codes(frame, &columns, &offsets);
        Ok(Self { schema: Schema::of(frame), columns, offsets, codes, rows: frame.rows() })
    }

    /// The cuts alone.
    pub fn without_rows(self) -> Self {
        Self { codes: Vec::new(), rows: 0, ..self }
    }

    /// Another frame's bin numbers by the same cuts, row after row.
    pub fn codes_of(&self, frame: &Frame) -> Result<Vec<u16>> {
        let frame = self.schema.align(frame)?;
        Ok(codes(&frame, &self.columns, &self.offsets))
    }

    pub fn width(&self) -> usize {
        self.columns.len()
    }

    pub fn bins(&self) -> usize {
        self.offsets[self.columns.len()]
    }
}

fn codes(frame: &Frame, columns: &[ColumnBins], offsets: &[usize]) -> Vec<u16> {
    let width = columns.len();
    let mut codes = vec![0u16; frame.rows() * width];
    for (j, (column, bins)) in frame.columns().iter().zip(columns).enumerate() {
        let cells = codes[j..].iter_mut().step_by(width);
        let (from, missing) = (offsets[j] as u16, (offsets[j + 1] - 1) as u16);
        match (column.values(), bins) {
            (Values::Numeric(v), ColumnBins::Numeric { cuts }) => {
                for (cell, &x) in cells.zip(v) {
                    *cell = if x.is_nan() {
                        missing
                    } else {
                        from + cuts.partition_point(|&c| c < x) as u16
                    };
                }
            }
            (Values::Category(c), ColumnBins::Levels { bin, .. }) => {
                for (cell, &code) in cells.zip(c.codes()) {
                    *cell = if code == MISSING { missing } else { from + bin[code as usize] };
                }
            }
            _ => unreachable!("the frame has the kinds of columns that the cuts were made from"),
        }
    }
    codes
}

/// Cut points half way between neighbouring values: all of them if they are few, else so that
/// bins hold about equally many rows.
fn cuts(values: &[f64], bins_max: usize) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let total = sorted.len();
    let mut distinct: Vec<(f64, usize)> = Vec::new();
    for v in sorted {
        match distinct.last_mut() {
            Some((last, n)) if *last == v => *n += 1,
            _ => distinct.push((v, 1)),
        }
    }
    let few = distinct.len() <= bins_max;
    let mut cuts = Vec::new();
    let (mut held, mut left, mut bins_left) = (0, total, bins_max);
    for pair in distinct.windows(2) {
        held += pair[0].1;
        left -= pair[0].1;
        let full = held as f64 >= (left + held) as f64 / bins_left as f64;
        if few || (full && bins_left > 1) {
            let middle = pair[0].0 + (pair[1].0 - pair[0].0) / 2.0;
            cuts.push(if middle < pair[1].0 { middle } else { pair[0].0 });
            held = 0;
            bins_left -= 1;
        }
    }
    cuts
}

fn level_bins(codes: &[u32], levels: usize, bins_max: usize) -> ColumnBins {
    let mut count = vec![0usize; levels];
    codes.iter().filter(|&&c| c != MISSING).for_each(|&c| count[c as usize] += 1);
    let mut order: Vec<usize> = (0..levels).collect();
    order.sort_by_key(|&l| (usize::MAX - count[l], l));
    let named = if levels <= bins_max { levels } else { bins_max - 1 };
    let bins = levels.min(bins_max).max(1);
    let mut bin = vec![(bins - 1) as u16; levels];
    for (place, &level) in order[..named].iter().enumerate() {
        bin[level] = place as u16;
    }
    ColumnBins::Levels { bin, bins }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Column;

    #[test]
    fn few_values_keep_a_bin_each_and_many_are_shared_evenly() {
        assert_eq!(cuts(&[3.0, 1.0, 2.0, 1.0, f64::NAN], 255), vec![1.5, 2.5]);
        let many: Vec<f64> = (0..10_000).map(f64::from).collect();
        let c = cuts(&many, 100);
        assert_eq!(c.len(), 99);
        assert!((c[0] - 99.5).abs() < 1.1);
        assert!(cuts(&[f64::NAN], 10).is_empty());
    }

    #[test]
    fn ten_thousand_levels_fit() {
        let names: Vec<String> = (0..10_000).map(|i| format!("n{i}")).collect();
        let column =
            Column::category("c", names.iter().map(|n| Some(n.as_str()))).expect("within limits");
        let b = Binned::learn(&Frame::new(vec![column]).expect("one column"), 255).expect("fits");
        assert_eq!(b.columns[0].count(), 256);
    }
}
