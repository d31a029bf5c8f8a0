//! The rows of a linear model less the usual numbers, with an intercept behind them: dense, or
//! without their zeros where there are many.

use super::Symmetric;
use super::logistic::dot;
use crate::error::Result;
use crate::frame::{Design, Entries, Frame};
use std::ops::Range;

/// Share of numbers that are not 0, from which rows are kept whole.
const DENSE_MIN: f64 = 0.5;

/// rows × (width + 1); the last number of each row is 1, for the intercept. What is usual is taken
/// off every column, which moves nothing but the intercept and leaves most rows mostly zeros.
pub(super) struct Matrix {
    width: usize,
    usual: Vec<f64>,
    rows: Rows,
}

enum Rows {
    Dense(Vec<f64>),
    Sparse(Entries),
}

impl Matrix {
    /// The encoded rows of a frame.
    pub fn of(design: &Design, frame: &Frame) -> Result<Self> {
        let width = design.width();
        let mut entries = design.entries(frame)?;
        let usual = std::mem::take(&mut entries.usual);
        let all = (frame.rows() * width) as f64;
        if (entries.values.len() as f64) < DENSE_MIN * all {
            return Ok(Self { width, usual, rows: Rows::Sparse(entries) });
        }
        let mut values = vec![0.0; frame.rows() * (width + 1)];
        for (r, row) in values.chunks_exact_mut(width + 1).enumerate() {
            let (slots, numbers) = entries.row(r);
            slots.iter().zip(numbers).for_each(|(&s, &v)| row[s as usize] = v);
            row[width] = 1.0;
        }
        Ok(Self { width, usual, rows: Rows::Dense(values) })
    }

    /// Every `step`-th row.
    pub fn every(&self, step: usize) -> Self {
        let rows = match &self.rows {
            Rows::Dense(values) => {
                let rows = values.chunks_exact(self.width + 1).step_by(step);
                Rows::Dense(rows.flatten().copied().collect())
            }
            Rows::Sparse(entries) => {
                let (mut slots, mut values, mut offsets) = (Vec::new(), Vec::new(), vec![0]);
                for row in (0..entries.offsets.len() - 1).step_by(step) {
                    let (s, v) = entries.row(row);
                    slots.extend_from_slice(s);
                    values.extend_from_slice(v);
                    offsets.push(slots.len());
                }
                Rows::Sparse(Entries { usual: Vec::new(), offsets, slots, values })
            }
        };
        Self { width: self.width, usual: self.usual.clone(), rows }
    }

    /// The usual number of every column, the intercept's left out.
    pub fn usual(&self) -> &[f64] {
        &self.usual
    }

    /// x·β of a row; the intercept is the last of `beta`.
    pub fn score(&self, row: usize, beta: &[f64]) -> f64 {
        match &self.rows {
            Rows::Dense(values) => {
                dot(&values[row * (self.width + 1)..(row + 1) * (self.width + 1)], beta)
            }
            Rows::Sparse(entries) => {
                let (slots, values) = entries.row(row);
                let sum: f64 = slots.iter().zip(values).map(|(&s, v)| beta[s as usize] * v).sum();
                sum + beta[self.width]
            }
        }
    }

    /// Σ weight·x·xᵀ over some rows, whose weights are given.
    pub fn hessian(&self, rows: Range<usize>, weights: &[f64]) -> Symmetric {
        match &self.rows {
            Rows::Dense(values) => dense(self.width + 1, values, rows, weights),
            Rows::Sparse(entries) => sparse(self.width, entries, rows, weights),
        }
    }

    /// Σ residual·x over some rows, whose residuals are given.
    pub fn gradient(&self, rows: Range<usize>, residuals: &[f64]) -> Vec<f64> {
        let mut gradient = vec![0.0; self.width + 1];
        for (row, residual) in rows.zip(residuals) {
            match &self.rows {
                Rows::Dense(values) => {
                    let row = &values[row * (self.width + 1)..(row + 1) * (self.width + 1)];
                    gradient.iter_mut().zip(row).for_each(|(g, v)| *g += residual * v);
                }
                Rows::Sparse(entries) => {
                    let (slots, values) = entries.row(row);
                    let all = slots.iter().zip(values);
                    all.for_each(|(&s, v)| gradient[s as usize] += residual * v);
                    gradient[self.width] += residual;
                }
            }
        }
        gradient
    }

    /// Mean of every number as encoded, the intercept's left out.
    pub fn means(&self, rows: usize) -> Vec<f64> {
        let mut sums = vec![0.0; self.width];
        match &self.rows {
            Rows::Dense(values) => {
                for row in values.chunks_exact(self.width + 1) {
                    sums.iter_mut().zip(row).for_each(|(m, v)| *m += v);
                }
            }
            Rows::Sparse(entries) => {
                let all = entries.slots.iter().zip(&entries.values);
                all.for_each(|(&s, v)| sums[s as usize] += v);
            }
        }
        sums.iter().zip(&self.usual).map(|(s, u)| s / rows as f64 + u).collect()
    }
}

fn dense(n: usize, values: &[f64], rows: Range<usize>, weights: &[f64]) -> Symmetric {
    let mut hessian = Symmetric::zero(n);
    let row = |at: usize| &values[(rows.start + at) * n..(rows.start + at + 1) * n];
    let whole = rows.len() / 4 * 4;
    for at in (0..whole).step_by(4) {
        let four = std::array::from_fn(|k| row(at + k));
        hessian.add_four(four, std::array::from_fn(|k| weights[at + k]));
    }
    for (at, weight) in weights.iter().enumerate().skip(whole) {
        hessian.add_row(row(at), *weight);
    }
    hessian
}

fn sparse(width: usize, entries: &Entries, rows: Range<usize>, weights: &[f64]) -> Symmetric {
    let mut hessian = Symmetric::zero(width + 1);
    let (mut slots, mut values) = (Vec::new(), Vec::new());
    for (row, weight) in rows.zip(weights) {
        let (s, v) = entries.row(row);
        slots.clear();
        slots.extend_from_slice(s);
        slots.push(width as u32);
        values.clear();
        values.extend_from_slice(v);
        values.push(1.0);
        hessian.add_entries(&slots, &values, *weight);
    }
    hessian
}
