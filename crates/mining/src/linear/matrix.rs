//! The rows of a linear model with an intercept behind them: dense, or without their zeros
//! where there are many.

use super::Symmetric;
use super::logistic::dot;
use crate::error::Result;
use crate::frame::{Design, Entries, Frame};
use std::ops::Range;

/// Share of numbers that are not 0, from which rows are kept whole.
const DENSE_MIN: f64 = 0.5;

/// rows × (width + 1); the last number of each row is 1, for the intercept.
pub(super) enum Matrix {
    Dense { width: usize, values: Vec<f64> },
    Sparse { width: usize, entries: Entries },
}

impl Matrix {
    /// The encoded rows of a frame.
    pub fn of(design: &Design, frame: &Frame) -> Result<Self> {
        let width = design.width();
        let entries = design.entries(frame)?;
        let all = (frame.rows() * width) as f64;
        if (entries.values.len() as f64) < DENSE_MIN * all {
            return Ok(Self::Sparse { width, entries });
        }
        let mut values = vec![0.0; frame.rows() * (width + 1)];
        for (r, row) in values.chunks_exact_mut(width + 1).enumerate() {
            let (slots, numbers) = entries.row(r);
            slots.iter().zip(numbers).for_each(|(&s, &v)| row[s as usize] = v);
            row[width] = 1.0;
        }
        Ok(Self::Dense { width, values })
    }

    /// x·β of a row; the intercept is the last of `beta`.
    pub fn score(&self, row: usize, beta: &[f64]) -> f64 {
        match self {
            Self::Dense { width, values } => {
                dot(&values[row * (width + 1)..(row + 1) * (width + 1)], beta)
            }
            Self::Sparse { width, entries } => {
                let (slots, values) = entries.row(row);
                let sum: f64 = slots.iter().zip(values).map(|(&s, v)| beta[s as usize] * v).sum();
                sum + beta[*width]
            }
        }
    }

    /// Σ weight·x·xᵀ and Σ residual·x over some rows; weights and residuals are theirs.
    pub fn products(
        &self,
        rows: Range<usize>,
        weights: &[f64],
        residuals: &[f64],
    ) -> (Symmetric, Vec<f64>) {
        match self {
            Self::Dense { width, values } => dense(width + 1, values, rows, weights, residuals),
            Self::Sparse { width, entries } => sparse(*width, entries, rows, weights, residuals),
        }
    }

    /// Mean of every number but the intercept.
    pub fn means(&self, rows: usize) -> Vec<f64> {
        let mut means = match self {
            Self::Dense { width, values } => {
                let mut sums = vec![0.0; *width];
                for row in values.chunks_exact(width + 1) {
                    sums.iter_mut().zip(row).for_each(|(m, v)| *m += v);
                }
                sums
            }
            Self::Sparse { width, entries } => {
                let mut sums = vec![0.0; *width];
                let all = entries.slots.iter().zip(&entries.values);
                all.for_each(|(&s, v)| sums[s as usize] += v);
                sums
            }
        };
        means.iter_mut().for_each(|m| *m /= rows as f64);
        means
    }
}

fn dense(
    n: usize,
    values: &[f64],
    rows: Range<usize>,
    weights: &[f64],
    residuals: &[f64],
) -> (Symmetric, Vec<f64>) {
    let (mut hessian, mut gradient) = (Symmetric::zero(n), vec![0.0; n]);
    let row = |at: usize| &values[(rows.start + at) * n..(rows.start + at + 1) * n];
    for (at, residual) in residuals.iter().enumerate() {
        gradient.iter_mut().zip(row(at)).for_each(|(g, v)| *g += residual * v);
    }
    let whole = rows.len() / 4 * 4;
    for at in (0..whole).step_by(4) {
        let four = std::array::from_fn(|k| row(at + k));
        hessian.add_four(four, std::array::from_fn(|k| weights[at + k]));
    }
    for (at, weight) in weights.iter().enumerate().skip(whole) {
        hessian.add_row(row(at), *weight);
    }
    (hessian, gradient)
}

fn sparse(
    width: usize,
    entries: &Entries,
    rows: Range<usize>,
    weights: &[f64],
    residuals: &[f64],
) -> (Symmetric, Vec<f64>) {
    let (mut hessian, mut gradient) = (Symmetric::zero(width + 1), vec![0.0; width + 1]);
    let (mut slots, mut values) = (Vec::new(), Vec::new());
    for (at, row) in rows.enumerate() {
        let (s, v) = entries.row(row);
        slots.clear();
        slots.extend_from_slice(s);
        slots.push(width as u32);
        values.clear();
        values.extend_from_slice(v);
        values.push(1.0);
        hessian.add_entries(&slots, &values, weights[at]);
        slots.iter().zip(&values).for_each(|(&s, v)| gradient[s as usize] += residuals[at] * v);
    }
    (hessian, gradient)
}
