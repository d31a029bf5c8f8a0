//! One step of logistic regression over a part of the rows.

use super::exact::{Exact, merge, zeros};
use crate::error::{Error, Result, all_finite, same_length};
use crate::frame::{Design, Frame};
use crate::linear::{Symmetric, dot};

/// The normal equations of one step of iteratively reweighted least squares (McCullagh and
/// Nelder 1989, "Generalized linear models", section 2.5) over a part of the rows: Σ p(1−p)·x·xᵀ,
/// Σ (y−p)·x and the log likelihood, at given coefficients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogisticSums {
    /// Upper triangle, row after row.
    hessian: Vec<Exact>,
    gradient: Vec<Exact>,
    log_likelihood: Exact,
    rows: u64,
}

impl LogisticSums {
    /// The sums over the rows of `frame`, encoded by `design` (learnt once, for all parts).
    /// `beta` has one coefficient per number of the design, then the intercept.
    ///
    /// # Errors
    /// [`Error::Length`], [`Error::NotFinite`] for the coefficients, and those of
    /// [`Design::encode`].
    pub fn of(design: &Design, frame: &Frame, positive: &[bool], beta: &[f64]) -> Result<Self> {
        let n = design.width() + 1;
        same_length("outcomes", frame.rows(), positive.len())?;
        same_length("coefficients", n, beta.len())?;
        all_finite("coefficients", beta)?;
        let x = design.encode(frame)?;
        let mut all = Self {
            hessian: zeros(n * (n + 1) / 2),
            gradient: zeros(n),
            log_likelihood: Exact::default(),
            rows: positive.len() as u64,
        };
        let mut row = vec![1.0; n];
        for (numbers, &yes) in x.chunks_exact(n - 1).zip(positive) {
            row[..n - 1].copy_from_slice(numbers);
            let (z, y) = (dot(&row, beta), f64::from(u8::from(yes)));
            let e = (-z.abs()).exp();
            let p = if z < 0.0 { e / (1.0 + e) } else { 1.0 / (1.0 + e) };
            all.log_likelihood.add(y * z - (z.max(0.0) + e.ln_1p()));
            all.gradient.iter_mut().zip(&row).for_each(|(g, x)| g.add((y - p) * x));
            let mut cells = all.hessian.iter_mut();
            for i in 0..n {
                let scale = p * (1.0 - p) * row[i];
                for (&x, cell) in row[i..].iter().zip(&mut cells) {
                    if scale * x != 0.0 {
                        cell.add(scale * x);
                    }
                }
            }
        }
        Ok(all)
    }

    /// Both parts together; both were made at the same coefficients.
    ///
    /// # Errors
    /// [`Error::Length`] when they were made with other designs.
    pub fn merge(mut self, other: &Self) -> Result<Self> {
        same_length("coefficients", self.gradient.len(), other.gradient.len())?;
        merge(&mut self.hessian, &other.hessian);
        merge(&mut self.gradient, &other.gradient);
        self.log_likelihood.merge(other.log_likelihood);
        self.rows += other.rows;
        Ok(self)
    }

    /// The coefficients after a Newton step from `beta`, at which the sums were made, with the
    /// penalty `l2`/2·Σβ² on all but the intercept (le Cessie and van Houwelingen 1992,
    /// equation 3). Repeated until nothing moves, this is the model of
    /// [`crate::linear::Logistic`].
    ///
    /// # Errors
    /// [`Error::Length`]; [`Error::Option`] unless `l2` is above 0; [`Error::Numeric`].
    pub fn step(&self, beta: &[f64], l2: f64) -> Result<Vec<f64>> {
        let n = self.gradient.len();
        same_length("coefficients", n, beta.len())?;
        if !(l2 > 0.0 && l2.is_finite()) {
            return Err(Error::Option { name: "l2", need: "above 0" });
        }
        let mut hessian = Symmetric::zero(n);
        let mut cells = self.hessian.iter();
        for i in 0..n {
            for (j, cell) in (i..n).zip(&mut cells) {
                hessian.a[i * n + j] = cell.value();
            }
        }
        hessian.add_diagonal(n - 1, l2);
        hessian.add_diagonal(n, 1e-10);
        let mut gradient: Vec<f64> = self.gradient.iter().map(|g| g.value()).collect();
        gradient[..n - 1].iter_mut().zip(beta).for_each(|(g, b)| *g -= l2 * b);
        let step = hessian.cholesky()?.solve(&gradient);
        Ok(beta.iter().zip(&step).map(|(b, s)| b + s).collect())
    }

    /// Log likelihood of the rows at the coefficients, without penalty.
    #[must_use]
    pub fn log_likelihood(&self) -> f64 {
        self.log_likelihood.value()
    }

    /// Rows summed up.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }
}
