//! Logistic regression by iteratively reweighted least squares with an L2 penalty.

use super::Symmetric;
use super::matrix::Matrix;
use crate::error::{Error, Result};
use crate::frame::{Design, DesignOptions, Frame};
use crate::run::Run;
use crate::split::two_classes;
use std::ops::Range;

/// How to fit.
#[derive(Debug, Clone)]
pub struct LogisticOptions {
    /// Weight λ of the penalty λ/2·Σβ² on standardised coefficients; the intercept is free.
    pub l2: f64,
    /// Most Newton steps.
    pub iterations_max: usize,
    /// How columns become numbers.
    pub design: DesignOptions,
}

impl Default for LogisticOptions {
    fn default() -> Self {
        Self { l2: 1.0, iterations_max: 50, design: DesignOptions::default() }
    }
}

/// One coefficient with its uncertainty.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// `column`, `column = level` or `column is missing`.
    pub name: String,
    /// Index of the column.
    pub column: usize,
    /// Change of the log odds per standard deviation, or against the most frequent level.
    pub coefficient: f64,
    /// Standard error of the coefficient from the inverse of the penalised Hessian.
    pub error: f64,
}

/// A fitted model: ln(p/(1−p)) = β₀ + Σ βⱼ·xⱼ.
///
/// Fitted by Newton's method on the penalised log likelihood, which for this model is
/// iteratively reweighted least squares (McCullagh and Nelder 1989, "Generalized linear models",
/// section 2.5; ridge penalty of le Cessie and van Houwelingen 1992, equation 3).
#[derive(Debug, Clone)]
pub struct Logistic {
    design: Design,
    intercept: f64,
    coefficients: Vec<f64>,
    errors: Vec<f64>,
    means: Vec<f64>,
    iterations: usize,
    log_likelihood: f64,
}

/// The partial sums of one step; shards add theirs up.
struct Sums {
    hessian: Symmetric,
    gradient: Vec<f64>,
    log_likelihood: f64,
}

impl Logistic {
    /// Fits to one outcome per row of `frame`.
    ///
    /// # Errors
    /// [`Error::OneClass`], [`Error::Length`], [`Error::Empty`], [`Error::NoColumns`],
    /// [`Error::Option`], [`Error::Numeric`], [`Error::Cancelled`].
    pub fn fit(
        frame: &Frame,
        positive: &[bool],
        options: &LogisticOptions,
        run: &Run<'_>,
    ) -> Result<Self> {
        two_classes(frame.rows(), positive)?;
        if !(options.l2 > 0.0 && options.l2.is_finite()) {
            return Err(Error::Option { name: "l2", need: "above 0" });
        }
        let design = Design::learn(frame, &options.design)?;
        let width = design.width();
        let x = Matrix::of(&design, frame)?;
        let rate = positive.iter().filter(|&&p| p).count() as f64 / positive.len() as f64;
        let mut beta = vec![0.0; width + 1];
        beta[width] = (rate / (1.0 - rate)).ln();
        let penalty = |b: &[f64]| options.l2 / 2.0 * b[..width].iter().map(|v| v * v).sum::<f64>();
        let mut at = sums(&x, positive, &beta, run);
        let mut iterations = 0;
        while iterations < options.iterations_max {
            run.step(iterations, options.iterations_max)?;
            iterations += 1;
            let mut gradient = at.gradient.clone();
            gradient[..width].iter_mut().zip(&beta).for_each(|(g, b)| *g -= options.l2 * b);
            let mut hessian = at.hessian.clone();
            hessian.add_diagonal(width, options.l2);
            hessian.add_diagonal(width + 1, 1e-10);
            let step = hessian.cholesky()?.solve(&gradient);
            let decrement: f64 = step.iter().zip(&gradient).map(|(s, g)| s * g).sum();
            // Newton's steps shrink quadratically: after one this small nothing visible is left.
            if decrement < 1e-4 {
                beta.iter_mut().zip(&step).for_each(|(b, s)| *b += s);
                at.log_likelihood = log_likelihood(&x, positive, &beta, run);
                break;
            }
            let here = at.log_likelihood - penalty(&beta);
            let mut scale = 1.0;
            loop {
                let next: Vec<f64> = beta.iter().zip(&step).map(|(b, s)| b + scale * s).collect();
                let there = sums(&x, positive, &next, run);
                if there.log_likelihood - penalty(&next) >= here || scale < 1e-4 {
                    (beta, at) = (next, there);
                    break;
                }
                scale /= 2.0;
            }
        }
        let mut hessian = at.hessian;
        hessian.add_diagonal(width, options.l2);
        hessian.add_diagonal(width + 1, 1e-10);
        let errors = hessian.cholesky()?.inverse_diagonal().iter().map(|v| v.sqrt()).collect();
        let means = x.means(positive.len());
        let intercept = beta.pop().expect("the intercept was put there");
        let log_likelihood = at.log_likelihood;
        Ok(Self {
            design,
            intercept,
            coefficients: beta,
            errors,
            means,
            iterations,
            log_likelihood,
        })
    }

    /// Probability per row.
    ///
    /// # Errors
    /// As [`crate::frame::Schema::align`].
    pub fn probability(&self, frame: &Frame) -> Result<Vec<f64>> {
        let x = self.design.encode(frame)?;
        Ok(x.chunks_exact(self.design.width())
            .map(|row| sigmoid(self.intercept + dot(row, &self.coefficients)))
            .collect())
    }

    /// Per row and column (rows × columns), how far the column moves the log odds away from
    /// those of the average row: Σ βⱼ·(xⱼ − x̄ⱼ) over the column's numbers. For a linear model
    /// these are its Shapley values (Lundberg and Lee 2017, corollary 1).
    ///
    /// # Errors
    /// As [`Self::probability`].
    pub fn contributions(&self, frame: &Frame) -> Result<Vec<Vec<f64>>> {
        let x = self.design.encode(frame)?;
        Ok(x.chunks_exact(self.design.width())
            .map(|row| {
                let effects: Vec<f64> = (0..row.len())
                    .map(|j| self.coefficients[j] * (row[j] - self.means[j]))
                    .collect();
                self.design.by_column(&effects)
            })
            .collect())
    }

    /// All coefficients with names and standard errors, in column order.
    #[must_use]
    pub fn terms(&self) -> Vec<Term> {
        (0..self.coefficients.len())
            .map(|j| Term {
                name: self.design.slots()[j].1.clone(),
                column: self.design.slots()[j].0,
                coefficient: self.coefficients[j],
                error: self.errors[j],
            })
            .collect()
    }

    /// β₀ and its standard error.
    #[must_use]
    pub fn intercept(&self) -> (f64, f64) {
        (self.intercept, self.errors[self.coefficients.len()])
    }

    /// Newton steps taken.
    #[must_use]
    pub fn iterations(&self) -> usize {
        self.iterations
    }

    /// Log likelihood of the training rows, without penalty.
    #[must_use]
    pub fn log_likelihood(&self) -> f64 {
        self.log_likelihood
    }
}

pub(crate) fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn sums(x: &Matrix, positive: &[bool], beta: &[f64], run: &Run<'_>) -> Sums {
    let mut parts =
        run.blocks(positive.len(), |rows| block_sums(x, positive, beta, rows)).into_iter();
    let mut all = parts.next().expect("there is at least one row");
    for part in parts {
        all.hessian.merge(&part.hessian);
        all.gradient.iter_mut().zip(&part.gradient).for_each(|(a, b)| *a += b);
        all.log_likelihood += part.log_likelihood;
    }
    all
}

fn log_likelihood(x: &Matrix, positive: &[bool], beta: &[f64], run: &Run<'_>) -> f64 {
    let parts = run.blocks(positive.len(), |rows| {
        rows.map(|r| row_log_likelihood(x.score(r, beta), positive[r])).sum::<f64>()
    });
    parts.into_iter().sum()
}

/// y·z − ln(1 + e^z), without overflow.
fn row_log_likelihood(z: f64, positive: bool) -> f64 {
    f64::from(u8::from(positive)) * z - (z.max(0.0) + (-z.abs()).exp().ln_1p())
}

fn block_sums(x: &Matrix, positive: &[bool], beta: &[f64], rows: Range<usize>) -> Sums {
    let mut residuals = Vec::with_capacity(rows.len());
    let mut weights = Vec::with_capacity(rows.len());
    let mut log_likelihood = 0.0;
    for r in rows.clone() {
        let z = x.score(r, beta);
        let p = sigmoid(z);
        residuals.push(f64::from(u8::from(positive[r])) - p);
        weights.push((p * (1.0 - p)).max(1e-12));
        log_likelihood += row_log_likelihood(z, positive[r]);
    }
    let (hessian, gradient) = x.products(rows, &weights, &residuals);
    Sums { hessian, gradient, log_likelihood }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Column;
    use crate::rng::Rng;

    fn planted(n: usize) -> (Frame, Vec<bool>) {
        let mut rng = Rng::new(5);
        let x: Vec<f64> = (0..n).map(|_| rng.normal()).collect();
        let y = x.iter().map(|x| rng.uniform() < sigmoid(0.5 + 1.5 * x)).collect();
        (Frame::new(vec![Column::numeric("x", x)]).expect("one column"), y)
    }

    #[test]
    fn finds_the_planted_coefficients_within_three_errors() {
        let (frame, y) = planted(20_000);
        let m = Logistic::fit(&frame, &y, &LogisticOptions::default(), &Run::default())
            .expect("two classes");
        let term = &m.terms()[0];
        assert!((term.coefficient - 1.5).abs() < 3.0 * term.error + 0.02, "{term:?}");
        assert!((m.intercept().0 - 0.5).abs() < 0.08);
    }

    #[test]
    fn four_shards_give_the_same_model() {
        let (frame, y) = planted(20_000);
        let fit = |shards| {
            let run = Run { shards, ..Run::default() };
            Logistic::fit(&frame, &y, &LogisticOptions::default(), &run).expect("two classes")
        };
        assert_eq!(fit(1).terms(), fit(4).terms());
    }
}
