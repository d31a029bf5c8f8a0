//! Linear regression with an L2 penalty, for amounts.

use super::Symmetric;
use super::logistic::dot;
use crate::error::{Error, Result, all_finite, same_length};
use crate::frame::{Design, DesignOptions, Frame};
use crate::run::Run;

/// A fitted model y = β₀ + Σ βⱼ·xⱼ that minimises Σ(y − ŷ)² + λ·Σβ² (Hoerl and Kennard 1970,
/// "Ridge regression", equation 2.1).
#[derive(Debug, Clone)]
pub struct Ridge {
    design: Design,
    intercept: f64,
    coefficients: Vec<f64>,
}

impl Ridge {
    /// Fits to one amount per row.
    ///
    /// # Errors
    /// [`Error::Length`], [`Error::Empty`], [`Error::NotFinite`], [`Error::NoColumns`],
    /// [`Error::Option`], [`Error::Numeric`], [`Error::Cancelled`].
    pub fn fit(
        frame: &Frame,
        target: &[f64],
        l2: f64,
        design: &DesignOptions,
        run: &Run<'_>,
    ) -> Result<Self> {
        same_length("targets", frame.rows(), target.len())?;
        all_finite("target", target)?;
        if target.is_empty() {
            return Err(Error::Empty { what: "rows" });
        }
        if !(l2 > 0.0 && l2.is_finite()) {
            return Err(Error::Option { name: "l2", need: "above 0" });
        }
        run.check()?;
        let design = Design::learn(frame, design)?;
        let x = design.encode(frame)?;
        let width = design.width();
        let parts = run.blocks(target.len(), |rows| {
            let mut gram = Symmetric::zero(width + 1);
            let mut xy = vec![0.0; width + 1];
            let mut row = vec![1.0; width + 1];
            for r in rows {
                row[..width].copy_from_slice(&x[r * width..(r + 1) * width]);
                gram.add_row(&row, 1.0);
                xy.iter_mut().zip(&row).for_each(|(s, v)| *s += v * target[r]);
            }
            (gram, xy)
        });
        let mut gram = Symmetric::zero(width + 1);
        let mut xy = vec![0.0; width + 1];
        for (g, v) in parts {
            gram.merge(&g);
            xy.iter_mut().zip(&v).for_each(|(a, b)| *a += b);
        }
        gram.add_diagonal(width, l2);
        let mut coefficients = gram.cholesky()?.solve(&xy);
        let intercept = coefficients.pop().expect("the intercept was put there");
        Ok(Self { design, intercept, coefficients })
    }

    /// Expected amount per row.
    ///
    /// # Errors
    /// As [`crate::frame::Schema::align`].
    pub fn predict(&self, frame: &Frame) -> Result<Vec<f64>> {
        let x = self.design.encode(frame)?;
        Ok(x.chunks_exact(self.design.width())
            .map(|row| self.intercept + dot(row, &self.coefficients))
            .collect())
    }
}
