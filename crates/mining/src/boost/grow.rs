//! One tree, grown leaf by leaf where it gains most.

use super::BoostOptions;
use super::split::{
    Bounds, Cell, HESSIAN_BITS, ROWS_MAX, Rules, Split, Units, add, best_on_column,
};
use crate::error::{Error, Result};
use crate::rng::Rng;
use crate::run::Run;
use crate::tree::{Binned, Node, Test, Tree};
use std::ops::Range;

/// Leaves with fewer rows than this are counted on one thread.
const PARALLEL_ROWS_MIN: usize = 16_384;

struct Leaf {
    node: usize,
    range: Range<usize>,
    cells: Vec<Cell>,
    bounds: Bounds,
    split: Option<Split>,
}

/// Everything that stays the same from tree to tree.
pub(super) struct Grower<'a> {
    binned: &'a Binned,
    options: &'a BoostOptions,
    monotone: &'a [i8],
    run: &'a Run<'a>,
    rows: Vec<u32>,
    spare: Vec<u32>,
    pairs: Vec<Cell>,
    gathered: Vec<Cell>,
    columns: Vec<bool>,
    in_bag: Option<Vec<bool>>,
}

impl<'a> Grower<'a> {
    pub fn new(
        binned: &'a Binned,
        options: &'a BoostOptions,
        monotone: &'a [i8],
        run: &'a Run<'a>,
    ) -> Result<Self> {
        if binned.rows > ROWS_MAX {
            return Err(Error::TooLarge { what: "rows", have: binned.rows, max: ROWS_MAX });
        }
        Ok(Self {
            binned,
            options,
            monotone,
            run,
            rows: (0..binned.rows as u32).collect(),
            spare: Vec::with_capacity(binned.rows),
            pairs: vec![[0, 0]; binned.rows],
            gathered: Vec::with_capacity(binned.rows),
            columns: vec![true; binned.width()],
            in_bag: None,
        })
    }

    /// Chooses the columns and rows of the next tree.
    pub fn sample(&mut self, rng: &mut Rng) {
        if self.options.column_share < 1.0 {
            let width = self.binned.width();
            let k = ((width as f64 * self.options.column_share).ceil() as usize).clamp(1, width);
            self.columns.fill(false);
            rng.sample(width, k).into_iter().for_each(|c| self.columns[c] = true);
        }
        if self.options.row_share < 1.0 {
            let share = self.options.row_share;
            self.in_bag = Some((0..self.binned.rows).map(|_| rng.uniform() < share).collect());
        }
    }

    /// Gradients and hessians as whole numbers, scaled so that no sum can overflow.
    fn quantise(&mut self, g: &[f64], h: &[f64]) -> Units {
        let largest = |v: &[f64]| v.iter().fold(0.0f64, |m, x| m.max(x.abs()));
        let n = g.len() as f64;
        let unit = |v: &[f64], bits: i32| (largest(v) * n / 2f64.powi(bits)).max(1e-290);
        let units = Units { g: unit(g, 60), h: unit(h, HESSIAN_BITS as i32 - 1) };
        let (scale_g, scale_h) = (1.0 / units.g, 1.0 / units.h);
        for (pair, (&g, &h)) in self.pairs.iter_mut().zip(g.iter().zip(h)) {
            let hessian = ((h * scale_h) as i64).max(1);
            *pair = [(g * scale_g) as i64, (1 << HESSIAN_BITS) | hessian];
        }
        if let Some(bag) = &self.in_bag {
            for (pair, &inside) in self.pairs.iter_mut().zip(bag) {
                if !inside {
                    *pair = [0, 0];
                }
            }
        }
        units
    }

    fn histogram(&mut self, range: Range<usize>) -> Vec<Cell> {
        let rows = &self.rows[range];
        self.gathered.clear();
        self.gathered.extend(rows.iter().map(|&r| self.pairs[r as usize]));
        if self.run.shards <= 1 || rows.len() < PARALLEL_ROWS_MIN {
            return count(self.binned, rows, &self.gathered);
        }
        let ranges = self.run.shard_ranges(rows.len());
        let (binned, gathered) = (self.binned, &self.gathered);
        let parts = self.run.each(ranges.len(), |s| {
            let range = ranges[s].clone();
            count(binned, &rows[range.clone()], &gathered[range])
        });
        let mut parts = parts.into_iter();
        let mut all = parts.next().expect("there is at least one shard");
        for part in parts {
            all.iter_mut().zip(part).for_each(|(a, b)| add(a, b));
        }
        all
    }

    fn search(&self, cells: &[Cell], units: Units, bounds: Bounds) -> Option<Split> {
        let offsets = &self.binned.offsets;
        let mut total: Cell = [0, 0];
        cells[..offsets[1]].iter().for_each(|&c| add(&mut total, c));
        if ((total[1] >> HESSIAN_BITS) as usize) < 2 * self.options.leaf_rows_min {
            return None;
        }
        let rules = Rules { l2: self.options.l2, rows_min: self.options.leaf_rows_min };
        let mut best = None;
        for (j, bins) in self.binned.columns.iter().enumerate() {
            if self.columns[j] && offsets[j + 1] - offsets[j] > 1 {
                let cells = &cells[offsets[j]..offsets[j + 1]];
                let circumstances = (units, &rules, bounds, self.monotone[j]);
                best_on_column(cells, j, bins, total, circumstances, &mut best);
            }
        }
        best
    }

    /// Puts the rows that go left first, keeping order; returns where the right ones start.
    fn part(&mut self, range: Range<usize>, split: &Split) -> usize {
        let (width, offset) = (self.binned.width(), self.binned.offsets[split.column]);
        let mut left = [false; 256];
        left[..split.left.len()].copy_from_slice(&split.left);
        left[split.left.len()] = split.missing_left;
        self.spare.clear();
        let rows = &mut self.rows[range.clone()];
        let mut kept = 0;
        for i in 0..rows.len() {
            let row = rows[i];
            let bin = usize::from(self.binned.codes[row as usize * width + split.column]) - offset;
            if left[bin & 255] {
                rows[kept] = row;
                kept += 1;
            } else {
                self.spare.push(row);
            }
        }
        rows[kept..].copy_from_slice(&self.spare);
        range.start + kept
    }

    /// Grows one tree and adds its values to `score`; `None` when nothing gains.
    pub fn grow(
        &mut self,
        g: &[f64],
        h: &[f64],
        score: &mut [f64],
        gains: &mut [f64],
    ) -> Option<Tree> {
        let units = self.quantise(g, h);
        let all = 0..self.binned.rows;
        let cells = self.histogram(all.clone());
        let bounds = Bounds { low: f64::NEG_INFINITY, high: f64::INFINITY };
        let split = self.search(&cells, units, bounds);
        let rows = split.as_ref().map(|s| s.sums[0].rows + s.sums[1].rows)?;
        let mut tree = Tree { nodes: vec![Node::leaf(0.0, rows)] };
        let mut leaves = vec![Leaf { node: 0, range: all, cells, bounds, split }];
        while leaves.len() < self.options.leaves_max {
            let gain = |l: &Leaf| l.split.as_ref().map_or(0.0, |s| s.gain);
            let best = (0..leaves.len())
                .reduce(|a, b| if gain(&leaves[b]) > gain(&leaves[a]) { b } else { a });
            let Some(at) = best.filter(|&b| leaves[b].split.is_some()) else { break };
            let full = leaves.len() + 1 == self.options.leaves_max;
            let leaf = leaves.swap_remove(at);
            let children = self.divide(leaf, &mut tree, units, full, gains);
            leaves.extend(children);
        }
        for leaf in &leaves {
            let value = tree.nodes[leaf.node].value;
            self.rows[leaf.range.clone()].iter().for_each(|&r| score[r as usize] += value);
        }
        Some(tree)
    }

    fn divide(
        &mut self,
        leaf: Leaf,
        tree: &mut Tree,
        units: Units,
        last: bool,
        gains: &mut [f64],
    ) -> [Leaf; 2] {
        let split = leaf.split.expect("only leaves with a split are divided");
        gains[split.column] += split.gain;
        let middle = self.part(leaf.range.clone(), &split);
        let ranges = [leaf.range.start..middle, middle..leaf.range.end];
        let first = tree.nodes.len();
        let test = Test::of_bins(&self.binned.columns[split.column], &split.left);
        let node = &mut tree.nodes[leaf.node];
        (node.left, node.right, node.missing_left) = (first, first + 1, split.missing_left);
        node.test = Some((split.column, test));
        for side in 0..2 {
            let value = split.values[side] * self.options.learning_rate;
            tree.nodes.push(Node::leaf(value, split.sums[side].rows));
        }
        let mut bounds = [leaf.bounds; 2];
        let middle = (split.values[0] + split.values[1]) / 2.0;
        match self.monotone[split.column] {
            1 => (bounds[0].high, bounds[1].low) = (middle, middle),
            -1 => (bounds[0].low, bounds[1].high) = (middle, middle),
            _ => {}
        }
        let small = usize::from(ranges[1].len() < ranges[0].len());
        let mut cells = [Vec::new(), Vec::new()];
        if !last {
            cells[small] = self.histogram(ranges[small].clone());
            let mut rest = leaf.cells;
            rest.iter_mut().zip(&cells[small]).for_each(|(r, s)| {
                r[0] -= s[0];
                r[1] -= s[1];
            });
            cells[1 - small] = rest;
        }
        let mut sides = [0, 1].map(|side| {
            let split = if last { None } else { self.search(&cells[side], units, bounds[side]) };
            let range = ranges[side].clone();
            Leaf { node: first + side, range, cells: Vec::new(), bounds: bounds[side], split }
        });
        let [left, right] = cells;
        (sides[0].cells, sides[1].cells) = (left, right);
        sides
    }
}

fn count(binned: &Binned, rows: &[u32], pairs: &[Cell]) -> Vec<Cell> {
    let width = binned.width();
    let mut cells: Vec<Cell> = vec![[0, 0]; binned.bins()];
    for (&row, &pair) in rows.iter().zip(pairs) {
        let from = row as usize * width;
        for &code in &binned.codes[from..from + width] {
            add(&mut cells[usize::from(code)], pair);
        }
    }
    cells
}
