//! Columns as a matrix of numbers for linear models and neural networks.

use super::{Column, Frame, MISSING, Schema, Values};
use crate::error::{Error, Result};
use std::collections::HashMap;

/// How columns become numbers.
#[derive(Debug, Clone)]
pub struct DesignOptions {
    /// A level seen in fewer rows than this is pooled with the other rare ones.
    pub level_rows_min: usize,
    /// At most so many levels of a column get a number of their own.
    pub levels_max: usize,
    /// At most so many numbers per row.
    pub width_max: usize,
    /// Columns whose skewness exceeds this are compressed with sign(x)·ln(1+|x|).
    pub skew_max: f64,
}

impl Default for DesignOptions {
    fn default() -> Self {
        Self { level_rows_min: 5, levels_max: 40, width_max: 2_000, skew_max: f64::INFINITY }
    }
}

#[derive(Debug, Clone)]
enum Encoding {
    Number {
        slot: usize,
        log: bool,
        fill: f64,
        mean: f64,
        scale: f64,
        missing_slot: Option<usize>,
    },
    /// Slot per level code; `None` is the reference level, the most frequent one. Codes outside
    /// the list (missing) take `missing_slot`.
    Levels {
        slots: Vec<Option<usize>>,
        missing_slot: Option<usize>,
    },
    Unused,
}

impl Encoding {
    /// A number as it is shown to a model; 0 for what is no number.
    fn number(&self, x: f64) -> f64 {
        let Self::Number { log, fill, mean, scale, .. } = self else { return 0.0 };
        let known = if x.is_nan() { *fill } else { x };
        let shaped = if *log { known.signum() * known.abs().ln_1p() } else { known };
        // A later value far outside what was learnt must not overflow.
        ((shaped - mean) * scale).clamp(-1e6, 1e6)
    }
}

/// How far the numbers of rows lie from the usual ones, without zeros, row after row, slots
/// ascending.
pub(crate) struct Entries {
    /// The usual number of each slot: what most rows have, or 0.
    pub usual: Vec<f64>,
    pub offsets: Vec<usize>,
    pub slots: Vec<u32>,
    pub values: Vec<f64>,
}

impl Entries {
    fn push(&mut self, slot: usize, value: f64) {
        let value = value - self.usual[slot];
        if value != 0.0 {
            self.slots.push(slot as u32);
            self.values.push(value);
        }
    }

    /// Slots and values of a row.
    pub fn row(&self, row: usize) -> (&[u32], &[f64]) {
        let range = self.offsets[row]..self.offsets[row + 1];
        (&self.slots[range.clone()], &self.values[range])
    }
}

/// A learnt encoding of a frame's columns: numbers are centred and scaled to unit deviation
/// (missing ones filled with the median and flagged), categories become one number per level
/// except the most frequent.
#[derive(Debug, Clone)]
pub struct Design {
    schema: Schema,
    encodings: Vec<Encoding>,
    slots: Vec<(usize, String)>,
}

impl Design {
    /// Learns the encoding from `frame`. Constant and empty columns get no number.
    ///
    /// # Errors
    /// [`Error::NoColumns`] when nothing is left, [`Error::TooLarge`] beyond `width_max`.
    pub fn learn(frame: &Frame, options: &DesignOptions) -> Result<Self> {
        let mut design =
            Self { schema: Schema::of(frame), encodings: Vec::new(), slots: Vec::new() };
        for (index, column) in frame.columns().iter().enumerate() {
            let encoding = match column.values() {
                Values::Numeric(v) => design.learn_number(index, column, v, options),
                Values::Category(c) => {
                    design.learn_levels(index, column, c.codes(), c.levels(), options)
                }
            };
            design.encodings.push(encoding);
        }
        if design.slots.is_empty() {
            return Err(Error::NoColumns);
        }
        if design.slots.len() > options.width_max {
            let have = design.slots.len();
            return Err(Error::TooLarge { what: "encoded columns", have, max: options.width_max });
        }
        Ok(design)
    }

    fn slot(&mut self, column: usize, name: String) -> usize {
        self.slots.push((column, name));
        self.slots.len() - 1
    }

    fn learn_number(
        &mut self,
        index: usize,
        column: &Column,
        v: &[f64],
        options: &DesignOptions,
    ) -> Encoding {
        let known: Vec<f64> = v.iter().copied().filter(|x| !x.is_nan()).collect();
        if known.is_empty() {
            return Encoding::Unused;
        }
        // Where nothing is missing yet, a sample is good enough for what may be missing later.
        let step = if known.len() == v.len() { v.len().div_ceil(MEDIAN_ROWS) } else { 1 };
        let fill = median(known.iter().copied().step_by(step));
        let log = options.skew_max.is_finite() && skewness(&known).abs() > options.skew_max;
        let shape = |x: f64| if log { x.signum() * x.abs().ln_1p() } else { x };
        let (mean, deviation) =
            if log { moments(known.iter().map(|&x| shape(x))) } else { slice_moments(&known) };
        let missing = v.len() - known.len();
        let missing_slot = (missing >= options.level_rows_min && missing < v.len())
            .then(|| self.slot(index, format!("{} is missing", column.name())));
        if deviation.is_nan() || deviation <= 1e-12 * mean.abs().max(f64::MIN_POSITIVE) {
            return missing_slot.map_or(Encoding::Unused, |slot| Encoding::Levels {
                slots: Vec::new(),
                missing_slot: Some(slot),
            });
        }
        let slot = self.slot(index, column.name().to_owned());
        Encoding::Number { slot, log, fill, mean, scale: 1.0 / deviation, missing_slot }
    }

    fn learn_levels(
        &mut self,
        index: usize,
        column: &Column,
        codes: &[u32],
        levels: &[String],
        options: &DesignOptions,
    ) -> Encoding {
        let mut count = vec![0usize; levels.len()];
        let mut missing = 0;
        for &code in codes {
            if code == MISSING { missing += 1 } else { count[code as usize] += 1 }
        }
        let mut order: Vec<usize> = (0..levels.len()).filter(|&l| count[l] > 0).collect();
        order.sort_by_key(|&l| (usize::MAX - count[l], l));
        let mut slots = vec![None; levels.len()];
        if order.is_empty() {
            return Encoding::Unused;
        }
        let named = order[1..]
            .iter()
            .take(options.levels_max)
            .take_while(|&&l| count[l] >= options.level_rows_min)
            .count();
        for &l in &order[1..=named] {
            slots[l] = Some(self.slot(index, format!("{} = {}", column.name(), levels[l])));
        }
        let rare: usize = order[1 + named..].iter().map(|&l| count[l]).sum();
        if rare >= options.level_rows_min {
            let slot = self.slot(index, format!("{} = (rare)", column.name()));
            order[1 + named..].iter().for_each(|&l| slots[l] = Some(slot));
        }
        let missing_slot = (missing >= options.level_rows_min)
            .then(|| self.slot(index, format!("{} is missing", column.name())));
        Encoding::Levels { slots, missing_slot }
    }

    /// Numbers per row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.slots.len()
    }

    /// Column index and name of each number.
    #[must_use]
    pub fn slots(&self) -> &[(usize, String)] {
        &self.slots
    }

    /// The columns it was learnt from.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The matrix of `frame`: rows × [`Self::width`], row after row.
    ///
    /// # Errors
    /// As [`Schema::align`].
    pub fn encode(&self, frame: &Frame) -> Result<Vec<f64>> {
        let frame = self.schema.align(frame)?;
        let width = self.width();
        let mut out = vec![0.0; frame.rows() * width];
        for (column, encoding) in frame.columns().iter().zip(&self.encodings) {
            match (column.values(), encoding) {
                (Values::Numeric(v), Encoding::Number { slot, missing_slot, .. }) => {
                    for (row, &x) in out.chunks_exact_mut(width).zip(v) {
                        row[*slot] = encoding.number(x);
                        if let (true, Some(slot)) = (x.is_nan(), missing_slot) {
                            row[*slot] = 1.0;
                        }
                    }
                }
                (Values::Numeric(v), Encoding::Levels { missing_slot: Some(slot), .. }) => {
                    for (row, x) in out.chunks_exact_mut(width).zip(v) {
                        row[*slot] = f64::from(u8::from(x.is_nan()));
                    }
                }
                (Values::Category(c), Encoding::Levels { slots, missing_slot }) => {
                    for (row, &code) in out.chunks_exact_mut(width).zip(c.codes()) {
                        let slot =
                            if code == MISSING { *missing_slot } else { slots[code as usize] };
                        if let Some(slot) = slot {
                            row[slot] = 1.0;
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(out)
    }

    /// The same as [`Self::encode`] less the usual numbers, without zeros: what remains of each
    /// row, by slot.
    ///
    /// # Errors
    /// As [`Schema::align`].
    pub(crate) fn entries(&self, frame: &Frame) -> Result<Entries> {
        let frame = self.schema.align(frame)?;
        let mut usual = vec![0.0; self.width()];
        for (column, encoding) in frame.columns().iter().zip(&self.encodings) {
            if let (Values::Numeric(v), Encoding::Number { slot, .. }) = (column.values(), encoding)
            {
                usual[*slot] = majority(v).map_or(0.0, |x| encoding.number(x));
            }
        }
        let mut out = Entries {
            usual,
            offsets: Vec::with_capacity(frame.rows() + 1),
            slots: Vec::with_capacity(frame.rows() * self.encodings.len()),
            values: Vec::with_capacity(frame.rows() * self.encodings.len()),
        };
        out.offsets.push(0);
        let columns: Vec<(&Values, &Encoding)> =
            frame.columns().iter().map(Column::values).zip(&self.encodings).collect();
        for row in 0..frame.rows() {
            for (values, encoding) in &columns {
                match (values, encoding) {
                    (Values::Numeric(v), Encoding::Number { slot, missing_slot, .. }) => {
                        let x = v[row];
                        // A missing number has its flag in the slot before.
                        if let (true, Some(slot)) = (x.is_nan(), missing_slot) {
                            out.push(*slot, 1.0);
                        }
                        out.push(*slot, encoding.number(x));
                    }
                    (Values::Numeric(v), Encoding::Levels { missing_slot: Some(slot), .. })
                        if v[row].is_nan() =>
                    {
                        out.push(*slot, 1.0);
                    }
                    (Values::Category(c), Encoding::Levels { slots, missing_slot }) => {
                        let code = c.codes()[row];
                        let slot =
                            if code == MISSING { *missing_slot } else { slots[code as usize] };
                        if let Some(slot) = slot {
                            out.push(slot, 1.0);
                        }
                    }
                    _ => {}
                }
            }
            out.offsets.push(out.slots.len());
        }
        Ok(out)
    }

    /// Sums a per-number effect into a per-column effect.
    #[must_use]
    pub fn by_column(&self, effects: &[f64]) -> Vec<f64> {
        let mut out = vec![0.0; self.encodings.len()];
        for ((column, _), effect) in self.slots.iter().zip(effects) {
            out[*column] += effect;
        }
        out
    }

    /// Slot names by name, for tests and reports.
    #[must_use]
    pub fn index(&self) -> HashMap<&str, usize> {
        self.slots.iter().enumerate().map(|(i, (_, name))| (name.as_str(), i)).collect()
    }
}

/// Rows of the sample that the median of a column without gaps is taken from.
const MEDIAN_ROWS: usize = 4096;

/// The upper median; there is at least one value.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = values.collect();
    let middle = all.len() / 2;
    *all.select_nth_unstable_by(middle, f64::total_cmp).1
}

/// The value that more than half of the rows have, if there is one (Boyer and Moore 1991, "MJRTY:
/// a fast majority vote algorithm").
fn majority(values: &[f64]) -> Option<f64> {
    let (mut leader, mut votes) = (f64::NAN, 0usize);
    for &v in values {
        match () {
            () if votes == 0 => (leader, votes) = (v, 1),
            () if v == leader => votes += 1,
            () => votes -= 1,
        }
    }
    let backed = values.iter().filter(|&&v| v == leader).count();
    (backed > values.len() / 2).then_some(leader)
}

/// Mean and population standard deviation; NaN without values.
pub(crate) fn moments(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let (n, sum) = values.clone().fold((0.0, 0.0), |(n, s), x| (n + 1.0, s + x));
    let mean: f64 = sum / n;
    let square: f64 = values.map(|x| (x - mean) * (x - mean)).sum();
    (mean, (square / n).sqrt())
}

/// The same of a slice.
fn slice_moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = sum_of(values, |x| x) / n;
    let square = sum_of(values, |x| (x - mean) * (x - mean));
    (mean, (square / n).sqrt())
}

/// Σ of(x), in four sums side by side.
fn sum_of(values: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let (fours, rest) = values.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for four in fours {
        (0..4).for_each(|k| sums[k] += of(four[k]));
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest.iter().map(|&x| of(x)).sum::<f64>()
}

fn skewness(values: &[f64]) -> f64 {
    let (mean, deviation) = moments(values.iter().copied());
    if deviation.is_nan() || deviation <= 0.0 {
        return 0.0;
    }
    values.iter().map(|x| ((x - mean) / deviation).powi(3)).sum::<f64>() / values.len() as f64
}
