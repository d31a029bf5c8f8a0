//! Logistic regression by iteratively reweighted least squares with an L2 penalty.

use super::matrix::Matrix;
use super::solve::{Cholesky, Symmetric};
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
    /// Standard error of the coefficient from the inverse of the penalised Hessian near the
    /// solution (less than two tenths of a Newton decrement away).
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
    /// Where it was asked for.
    hessian: Option<Symmetric>,
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
        let start = start(&x, width, positive, options, run)?;
        let Climbed { mut beta, factor, log_likelihood, iterations } =
            climb(&x, positive, start, options.l2, options.iterations_max, run)?;
        let mut errors: Vec<f64> = factor.inverse_diagonal().iter().map(|v| v.sqrt()).collect();
        // Back from the usual numbers: β₀ is what is left when they are put into the sum.
        let mut shift: Vec<f64> = x.usual().iter().map(|u| -u).collect();
        shift.push(1.0);
        let intercept = dot(&shift, &beta);
        errors[width] = dot(&shift, &factor.solve(&shift)).sqrt();
        beta.truncate(width);
        let means = x.means(positive.len());
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

/// Σ a·b, in four sums side by side.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let ((a4, a), (b4, b)) = (a.as_chunks::<4>(), b.as_chunks::<4>());
    let mut four = [0.0; 4];
    for (a, b) in a4.iter().zip(b4) {
        (0..4).for_each(|k| four[k] += a[k] * b[k]);
    }
    let rest: f64 = a.iter().zip(b).map(|(a, b)| a * b).sum();
    (four[0] + four[1]) + (four[2] + four[3]) + rest
}

/// Where a climb ended.
struct Climbed {
    beta: Vec<f64>,
    /// Of the penalised Hessian.
    factor: Cholesky,
    log_likelihood: f64,
    iterations: usize,
}

/// Rows per coefficient of the sample that finds a start, and the least share it must save.
const START_ROWS: usize = 40;
const START_STEP_MIN: usize = 4;

/// Coefficients to start from: those of every n-th row where there are many rows, so that only
/// the last steps look at all of them; else the base rate alone.
fn start(
    x: &Matrix,
    width: usize,
    positive: &[bool],
    options: &LogisticOptions,
    run: &Run<'_>,
) -> Result<Vec<f64>> {
    let base = |positive: &[bool]| -> Vec<f64> {
        let rate = positive.iter().filter(|&&p| p).count() as f64 / positive.len() as f64;
        let mut beta = vec![0.0; width + 1];
        beta[width] = (rate / (1.0 - rate)).ln();
        beta
    };
    let step = positive.len() / (START_ROWS * (width + 1));
    if step >= START_STEP_MIN {
        let some: Vec<bool> = positive.iter().copied().step_by(step).collect();
        if some.contains(&true) && some.contains(&false) {
            let l2 = options.l2 / step as f64;
            let found = climb(&x.every(step), &some, base(&some), l2, options.iterations_max, run)?;
            return Ok(found.beta);
        }
    }
    Ok(base(positive))
}

/// Newton's method with halved steps, from `beta` to the greatest penalised log likelihood. A
/// Hessian is kept as long as each of its steps leaves less than a tenth to do (Ortega and
/// Rheinboldt 1970, "Iterative solution of nonlinear equations", section 7.1): it costs far more
/// than a gradient.
fn climb(
    x: &Matrix,
    positive: &[bool],
    mut beta: Vec<f64>,
    l2: f64,
    iterations_max: usize,
    run: &Run<'_>,
) -> Result<Climbed> {
    let width = beta.len() - 1;
    let penalty = |b: &[f64]| l2 / 2.0 * b[..width].iter().map(|v| v * v).sum::<f64>();
    let mut at = sums(x, positive, &beta, true, run);
    let mut factor = factor(at.hessian.take(), l2)?;
    let (mut iterations, mut fresh, mut before) = (0, true, f64::INFINITY);
    while iterations < iterations_max {
        run.step(iterations, iterations_max)?;
        iterations += 1;
        let mut gradient = at.gradient.clone();
        gradient[..width].iter_mut().zip(&beta).for_each(|(g, b)| *g -= l2 * b);
        let step = factor.solve(&gradient);
        let decrement: f64 = step.iter().zip(&gradient).map(|(s, g)| s * g).sum();
        // Steps shrink quickly: after one this small nothing visible is left.
        if decrement < 1e-4 {
            beta.iter_mut().zip(&step).for_each(|(b, s)| *b += s);
            at.log_likelihood = log_likelihood(x, positive, &beta, run);
            break;
        }
        if !fresh && decrement > STALE_SHARE * before {
            at = sums(x, positive, &beta, true, run);
            factor = self::factor(at.hessian.take(), l2)?;
            (fresh, before) = (true, f64::INFINITY);
            continue;
        }
        before = decrement;
        let here = at.log_likelihood - penalty(&beta);
        let mut scale = 1.0;
        loop {
            let next: Vec<f64> = beta.iter().zip(&step).map(|(b, s)| b + scale * s).collect();
            let there = sums(x, positive, &next, false, run);
            if there.log_likelihood - penalty(&next) >= here || scale < 1e-4 {
                (beta, at, fresh) = (next, there, false);
                break;
            }
            scale /= 2.0;
        }
    }
    Ok(Climbed { beta, factor, log_likelihood: at.log_likelihood, iterations })
}

/// Share of the last step's decrement above which a Hessian is formed anew.
const STALE_SHARE: f64 = 0.1;

fn factor(hessian: Option<Symmetric>, l2: f64) -> Result<Cholesky> {
    let mut hessian = hessian.expect("it was asked for");
    let width = hessian.n - 1;
    hessian.add_diagonal(width, l2);
    hessian.add_diagonal(width + 1, 1e-10);
    hessian.cholesky()
}

fn sums(x: &Matrix, positive: &[bool], beta: &[f64], hessian: bool, run: &Run<'_>) -> Sums {
    let parts = run.blocks(positive.len(), |rows| block_sums(x, positive, beta, hessian, rows));
    let mut parts = parts.into_iter();
    let mut all = parts.next().expect("there is at least one row");
    for part in parts {
        if let (Some(all), Some(part)) = (&mut all.hessian, &part.hessian) {
            all.merge(part);
        }
        all.gradient.iter_mut().zip(&part.gradient).for_each(|(a, b)| *a += b);
        all.log_likelihood += part.log_likelihood;
    }
    all
}

fn log_likelihood(x: &Matrix, positive: &[bool], beta: &[f64], run: &Run<'_>) -> f64 {
    let parts = run.blocks(positive.len(), |rows| {
        rows.map(|r| {
            let z = x.score(r, beta);
            row_log_likelihood(z, (-z.abs()).exp(), positive[r])
        })
        .sum::<f64>()
    });
    parts.into_iter().sum()
}

/// y·z − ln(1 + e^z), without overflow, given e = e^−|z|.
fn row_log_likelihood(z: f64, e: f64, positive: bool) -> f64 {
    f64::from(u8::from(positive)) * z - (z.max(0.0) + e.ln_1p())
}

fn block_sums(
    x: &Matrix,
    positive: &[bool],
    beta: &[f64],
    hessian: bool,
    rows: Range<usize>,
) -> Sums {
    let mut residuals = Vec::with_capacity(rows.len());
    let mut weights = Vec::with_capacity(rows.len());
    let mut log_likelihood = 0.0;
    for r in rows.clone() {
        let z = x.score(r, beta);
        let e = (-z.abs()).exp();
        let p = if z < 0.0 { e / (1.0 + e) } else { 1.0 / (1.0 + e) };
        residuals.push(f64::from(u8::from(positive[r])) - p);
        weights.push((p * (1.0 - p)).max(1e-12));
        log_likelihood += row_log_likelihood(z, e, positive[r]);
    }
    let gradient = x.gradient(rows.clone(), &residuals);
    let hessian = hessian.then(|| x.hessian(rows, &weights));
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
