//! Growing one tree depth first on binned columns.

use super::CartOptions;
use crate::run::Run;
use crate::tree::{Binned, ColumnBins, Node, Test, Tree};

/// What is predicted.
pub(crate) enum Target<'a> {
    /// A class number per row.
    Classes { of_row: &'a [usize], count: usize },
    /// An amount per row as a whole number of units, so that sums are exact in any order.
    Amounts { of_row: Vec<i64>, unit: f64 },
}

impl Target<'_> {
    pub fn amounts(values: &[f64]) -> Self {
        let largest = values.iter().fold(0.0f64, |m, v| m.max(v.abs()));
        let unit = (largest * values.len() as f64 / 2f64.powi(60)).max(1e-290);
        Self::Amounts { of_row: values.iter().map(|v| (v / unit).round() as i64).collect(), unit }
    }

    /// Numbers per bin: one count per class, or count and sum.
    pub fn width(&self) -> usize {
        match self {
            Self::Classes { count, .. } => *count,
            Self::Amounts { .. } => 2,
        }
    }

    fn add(&self, row: u32, cell: &mut [i64]) {
        match self {
            Self::Classes { of_row, .. } => cell[of_row[row as usize]] += 1,
            Self::Amounts { of_row, .. } => {
                cell[0] += 1;
                cell[1] += of_row[row as usize];
            }
        }
    }

    pub fn rows(&self, cell: &[i64]) -> i64 {
        match self {
            Self::Classes { .. } => cell.iter().sum(),
            Self::Amounts { .. } => cell[0],
        }
    }

    /// Σ c²/n: the larger, the purer. Differences of it are rows × decrease of the Gini index
    /// (or of the squared error).
    pub fn purity(&self, cell: &[i64]) -> f64 {
        let n = self.rows(cell).max(1) as f64;
        match self {
            Self::Classes { .. } => cell.iter().map(|&c| (c as f64).powi(2)).sum::<f64>() / n,
            Self::Amounts { unit, .. } => (cell[1] as f64 * unit).powi(2) / n,
        }
    }

    /// Shares of the classes, or the mean.
    pub fn shares(&self, cell: &[i64]) -> Vec<f64> {
        let n = self.rows(cell).max(1) as f64;
        match self {
            Self::Classes { .. } => cell.iter().map(|&c| c as f64 / n).collect(),
            Self::Amounts { unit, .. } => vec![cell[1] as f64 * unit / n],
        }
    }

    /// Squared distance of a row from a node's shares.
    pub fn loss(&self, row: usize, shares: &[f64]) -> f64 {
        match self {
            Self::Classes { of_row, .. } => shares
                .iter()
                .enumerate()
                .map(|(k, s)| (f64::from(u8::from(of_row[row] == k)) - s).powi(2))
                .sum(),
            Self::Amounts { of_row, unit } => (of_row[row] as f64 * unit - shares[0]).powi(2),
        }
    }

    /// What the node predicts: probability of the last class, or the mean.
    pub fn value(shares: &[f64]) -> f64 {
        shares[shares.len() - 1]
    }
}

/// A tree with the shares of classes in each node.
#[derive(Debug, Clone)]
pub(super) struct Grown {
    pub tree: Tree,
    pub shares: Vec<Vec<f64>>,
}

pub(crate) struct Best {
    pub gain: f64,
    pub column: usize,
    /// Per bin, without that of missing values.
    pub left: Vec<bool>,
    pub missing_left: bool,
}

pub(super) fn grow(
    binned: &Binned,
    rows: Vec<u32>,
    target: &Target<'_>,
    options: &CartOptions,
    run: &Run<'_>,
) -> Grown {
    let mut grown = Grown { tree: Tree { nodes: Vec::new() }, shares: Vec::new() };
    let mut waiting = vec![(rows, 0, None::<(usize, bool)>)];
    let k = target.width();
    while let Some((rows, depth, parent)) = waiting.pop() {
        let cells = histogram(binned, &rows, target, run);
        let mut total = vec![0; k];
        cells[..binned.offsets[1] * k]
            .chunks_exact(k)
            .for_each(|c| total.iter_mut().zip(c).for_each(|(t, v)| *t += v));
        let at = grown.tree.nodes.len();
        let shares = target.shares(&total);
        grown.tree.nodes.push(Node::leaf(Target::value(&shares), rows.len()));
        grown.shares.push(shares);
        if let Some((parent, left)) = parent {
            let parent = &mut grown.tree.nodes[parent];
            if left { parent.left = at } else { parent.right = at }
        }
        if depth == options.depth_max || rows.len() < 2 * options.leaf_rows_min {
            continue;
        }
        let Some(best) = search(binned, &cells, &total, target, options) else { continue };
        let node = &mut grown.tree.nodes[at];
        node.test = Some((best.column, Test::of_bins(&binned.columns[best.column], &best.left)));
        node.missing_left = best.missing_left;
        let (offset, width) = (binned.offsets[best.column], binned.width());
        let goes = |row: &u32| {
            let bin = usize::from(binned.codes[*row as usize * width + best.column]) - offset;
            best.left.get(bin).copied().unwrap_or(best.missing_left)
        };
        let (left, right): (Vec<u32>, Vec<u32>) = rows.into_iter().partition(goes);
        waiting.push((right, depth + 1, Some((at, false))));
        waiting.push((left, depth + 1, Some((at, true))));
    }
    grown
}

fn histogram(binned: &Binned, rows: &[u32], target: &Target<'_>, run: &Run<'_>) -> Vec<i64> {
    let (width, k) = (binned.width(), target.width());
    let ranges = run.shard_ranges(rows.len());
    let mut parts = run
        .each(ranges.len(), |s| {
            let mut cells = vec![0i64; binned.bins() * k];
            for &row in &rows[ranges[s].clone()] {
                let from = row as usize * width;
                for &code in &binned.codes[from..from + width] {
                    target.add(row, &mut cells[usize::from(code) * k..][..k]);
                }
            }
            cells
        })
        .into_iter();
    let mut all = parts.next().expect("there is at least one shard");
    for part in parts {
        all.iter_mut().zip(part).for_each(|(a, b)| *a += b);
    }
    all
}

/// The best split of a node whose rows were counted into `cells`.
pub(crate) fn search(
    binned: &Binned,
    cells: &[i64],
    total: &[i64],
    target: &Target<'_>,
    options: &CartOptions,
) -> Option<Best> {
    let k = target.width();
    let whole = target.purity(total);
    let mut best: Option<Best> = None;
    for (column, bins) in binned.columns.iter().enumerate() {
        let cells = &cells[binned.offsets[column] * k..binned.offsets[column + 1] * k];
        let cells: Vec<&[i64]> = cells.chunks_exact(k).collect();
        let (missing, known) = cells.split_last().expect("every column has the missing bin");
        let any_missing = target.rows(missing) > 0;
        let order = order(known, bins, target);
        let mut left = vec![0i64; k];
        for (place, &bin) in order.iter().enumerate() {
            left.iter_mut().zip(known[bin]).for_each(|(l, v)| *l += v);
            if target.rows(known[bin]) == 0 {
                continue;
            }
            for missing_left in [false, true] {
                if missing_left && !any_missing {
                    continue;
                }
                let side: Vec<i64> =
                    (0..k).map(|i| left[i] + if missing_left { missing[i] } else { 0 }).collect();
                let rest: Vec<i64> = total.iter().zip(&side).map(|(t, s)| t - s).collect();
                let rows = [target.rows(&side), target.rows(&rest)];
                if rows.iter().any(|&r| r < options.leaf_rows_min as i64) {
                    continue;
                }
                let gain = target.purity(&side) + target.purity(&rest) - whole;
                if gain > best.as_ref().map_or(1e-9 * whole, |b| b.gain) {
                    let mut goes = vec![false; known.len()];
                    order[..=place].iter().for_each(|&b| goes[b] = true);
                    let missing_left = if any_missing { missing_left } else { rows[0] >= rows[1] };
                    best = Some(Best { gain, column, left: goes, missing_left });
                }
            }
        }
    }
    best
}

/// Bins in the order in which splits are tried: numbers as they are, levels by their mean (for
/// more than two classes: by the share of the class that differs most between levels).
fn order(known: &[&[i64]], bins: &ColumnBins, target: &Target<'_>) -> Vec<usize> {
    let all: Vec<usize> = (0..known.len()).collect();
    if matches!(bins, ColumnBins::Numeric { .. }) {
        return all;
    }
    let shares: Vec<Vec<f64>> = known.iter().map(|c| target.shares(c)).collect();
    let used: Vec<usize> = all.into_iter().filter(|&b| target.rows(known[b]) > 0).collect();
    let spread = |class: usize| {
        let values = used.iter().map(|&b| shares[b][class]);
        crate::frame::moments(values).1
    };
    let outputs = shares.first().map_or(1, Vec::len);
    let class = (0..outputs).max_by(|&a, &b| spread(a).total_cmp(&spread(b))).unwrap_or(0);
    let mut order = used;
    order.sort_by(|&a, &b| shares[a][class].total_cmp(&shares[b][class]).then(a.cmp(&b)));
    order
}
