//! The best split of one leaf, from its histogram.

use crate::tree::ColumnBins;

/// Sums of one bin: gradients, and rows with hessians packed into one word. Both are whole
/// numbers, so that adding and subtracting histograms is exact in any order.
pub(super) type Cell = [i64; 2];

/// Low bits of the second word that hold the hessian; the rows are above them.
pub(super) const HESSIAN_BITS: u32 = 36;

/// Most rows a histogram can count.
pub(super) const ROWS_MAX: usize = 1 << (62 - HESSIAN_BITS);

/// The sums of a group of rows as real numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    pub g: f64,
    pub h: f64,
    pub rows: usize,
}

/// What one unit of the whole-number sums is worth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Units {
    pub g: f64,
    pub h: f64,
}

impl Units {
    pub fn sums(self, cell: Cell) -> Sums {
        Sums {
            g: cell[0] as f64 * self.g,
            h: (cell[1] & ((1 << HESSIAN_BITS) - 1)) as f64 * self.h,
            rows: (cell[1] >> HESSIAN_BITS) as usize,
        }
    }
}

pub(super) fn add(a: &mut Cell, b: Cell) {
    a[0] += b[0];
    a[1] += b[1];
}

fn minus(a: Cell, b: Cell) -> Cell {
    [a[0] - b[0], a[1] - b[1]]
}

/// A split and what it is worth.
#[derive(Debug, Clone)]
pub(super) struct Split {
    pub gain: f64,
    pub column: usize,
    /// Whether each bin of the column goes left; missing values are decided apart.
    pub left: Vec<bool>,
    pub missing_left: bool,
    pub sums: [Sums; 2],
    pub values: [f64; 2],
}

/// What decides a split besides the histogram.
pub(super) struct Rules {
    pub l2: f64,
    pub rows_min: usize,
}

/// Smallest hessian sum of a leaf.
const HESSIAN_MIN: f64 = 1e-3;
/// Extra weight in the order of levels and in the gain of category splits (Ke et al. 2017 use
/// the same regularisation against splits on rare levels).
const LEVEL_SMOOTHING: f64 = 10.0;
/// Fewest rows in a leaf for a level to go left.
const LEVEL_ROWS_MIN: usize = 10;

/// The values a leaf and its subtree may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub low: f64,
    pub high: f64,
}

struct Search<'a> {
    rules: &'a Rules,
    units: Units,
    total: Cell,
    whole: f64,
    l2: f64,
    bounds: Bounds,
    monotone: i8,
}

impl Search<'_> {
    fn value(&self, s: &Sums) -> f64 {
        (-s.g / (s.h + self.l2)).clamp(self.bounds.low, self.bounds.high)
    }

    /// Loss removed by a leaf with the value `v`.
    fn worth(&self, s: &Sums, v: f64) -> f64 {
        -(2.0 * s.g * v + (s.h + self.l2) * v * v)
    }

    fn judge(&self, left: Cell) -> Option<(f64, [Sums; 2], [f64; 2])> {
        let l = self.units.sums(left);
        let r = self.units.sums(minus(self.total, left));
        if l.rows < self.rules.rows_min
            || r.rows < self.rules.rows_min
            || l.h < HESSIAN_MIN
            || r.h < HESSIAN_MIN
        {
            return None;
        }
        let values = [self.value(&l), self.value(&r)];
        let rise = values[1] - values[0];
        if (self.monotone > 0 && rise < 0.0) || (self.monotone < 0 && rise > 0.0) {
            return None;
        }
        let gain = self.worth(&l, values[0]) + self.worth(&r, values[1]) - self.whole;
        Some((gain, [l, r], values))
    }

    /// The best place to stop when bins are moved to the left one after another, if it gains
    /// more than `bar`.
    fn scan(
        &self,
        known: &[Cell],
        missing: Cell,
        order: impl Iterator<Item = usize>,
        mut bar: f64,
    ) -> Option<Found> {
        let any_missing = missing[1] != 0;
        let mut left: Cell = [0, 0];
        let mut found = None;
        for (place, bin) in order.enumerate() {
            add(&mut left, known[bin]);
            if known[bin][1] == 0 {
                continue;
            }
            for missing_left in [false, true] {
                let mut side = left;
                if missing_left {
                    if !any_missing {
                        continue;
                    }
                    add(&mut side, missing);
                }
                if let Some((gain, sums, values)) = self.judge(side)
                    && gain > bar
                {
                    bar = gain;
                    found = Some(Found { taken: place + 1, missing_left, gain, sums, values });
                }
            }
        }
        found
    }
}

struct Found {
    taken: usize,
    missing_left: bool,
    gain: f64,
    sums: [Sums; 2],
    values: [f64; 2],
}

/// Puts the best split of a leaf on one column into `best` if it gains more than what is there.
///
/// Bins of numbers are taken in order; levels in the order of their gradient over hessian, which
/// finds the best of all subsets for convex losses (Fisher 1958, "On grouping for maximum
/// homogeneity"), from both ends because rare levels and missing values stay behind.
pub(super) fn best_on_column(
    cells: &[Cell],
    column: usize,
    bins: &ColumnBins,
    total: Cell,
    (units, rules, bounds, monotone): (Units, &Rules, Bounds, i8),
    best: &mut Option<Split>,
) {
    let missing = cells[cells.len() - 1];
    let known = &cells[..cells.len() - 1];
    let any_missing = missing[1] != 0;
    let levels = matches!(bins, ColumnBins::Levels { .. });
    let l2 = if levels && known.len() > 4 { rules.l2 + LEVEL_SMOOTHING } else { rules.l2 };
    let mut search = Search { rules, units, total, whole: 0.0, l2, bounds, monotone };
    let all = units.sums(total);
    search.whole = search.worth(&all, search.value(&all));
    let bar = |best: &Option<Split>| best.as_ref().map_or(1e-9, |b| b.gain);
    if !levels {
        if let Some(f) = search.scan(known, missing, 0..known.len(), bar(best)) {
            let more_left = f.sums[0].rows >= f.sums[1].rows;
            let missing_left = if any_missing { f.missing_left } else { more_left };
            let left = (0..known.len()).map(|b| b < f.taken).collect();
            let (gain, sums, values) = (f.gain, f.sums, f.values);
            *best = Some(Split { gain, column, left, missing_left, sums, values });
        }
        return;
    }
    let mut order: Vec<(f64, usize)> = (0..known.len())
        .map(|b| (units.sums(known[b]), b))
        .filter(|(s, _)| s.rows >= LEVEL_ROWS_MIN.min(rules.rows_min))
        .map(|(s, b)| (s.g / (s.h + LEVEL_SMOOTHING), b))
        .collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut bins: Vec<usize> = order.into_iter().map(|o| o.1).collect();
    for _ in 0..2 {
        if let Some(f) = search.scan(known, missing, bins.iter().copied(), bar(best)) {
            let mut left = vec![false; known.len()];
            bins[..f.taken].iter().for_each(|&b| left[b] = true);
            let (gain, sums, values) = (f.gain, f.sums, f.values);
            let missing_left = any_missing && f.missing_left;
            *best = Some(Split { gain, column, left, missing_left, sums, values });
        }
        bins.reverse();
    }
}
