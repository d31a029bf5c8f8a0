//! EASE: a linear model that predicts every item from all others, in closed form.

use super::inverse::invert;
use super::{Scorer, checked};
use crate::basket::Baskets;
use crate::error::{Error, Result};
use crate::run::Run;

/// Most items; memory is 8 bytes × items².
const ITEMS_MAX: usize = 12_000;

/// Item-to-item weights B with zero diagonal that minimise ‖X − XB‖² + λ‖B‖².
///
/// Steck 2019, "Embarrassingly shallow autoencoders for sparse data", equation 8:
/// P = (XᵀX + λI)⁻¹ and B = I − P·diag(1/diag P). X has a row per basket (or customer).
#[derive(Debug, Clone)]
pub struct Ease {
    /// weights[i·n + j]: how much holding i speaks for j.
    weights: Vec<f64>,
    items: usize,
}

impl Ease {
    /// Fits to baskets. `lambda` is the penalty, above 0; it is best chosen on a validation
    /// window by [`Self::choose`].
    ///
    /// # Errors
    /// [`Error::Empty`], [`Error::TooLarge`] beyond 12,000 items, [`Error::Option`],
    /// [`Error::Cancelled`].
    pub fn fit(baskets: &Baskets, lambda: f64, run: &Run<'_>) -> Result<Self> {
        checked(baskets, ITEMS_MAX)?;
        if !(lambda > 0.0 && lambda.is_finite()) {
            return Err(Error::Option { name: "lambda", need: "above 0" });
        }
        let n = baskets.names().len();
        let mut gram = vec![0.0; n * n];
        for basket in baskets.iter() {
            for (at, &i) in basket.iter().enumerate() {
                let row = &mut gram[i as usize * n..(i as usize + 1) * n];
                basket[at..].iter().for_each(|&j| row[j as usize] += 1.0);
            }
        }
        for i in 0..n {
            gram[i * n + i] += lambda;
        }
        invert(&mut gram, n, run)?;
        let diagonal: Vec<f64> = (0..n).map(|i| gram[i * n + i]).collect();
        for (i, row) in gram.chunks_exact_mut(n).enumerate() {
            row.iter_mut().zip(&diagonal).for_each(|(w, d)| *w /= -d);
            row[i] = 0.0;
        }
        Ok(Self { weights: gram, items: n })
    }

    /// The best of several penalties by hit@`most` on validation cases (history, wanted items),
    /// with the hit rate it reached there.
    ///
    /// # Errors
    /// As [`Self::fit`]; [`Error::Empty`] without penalties or cases.
    pub fn choose(
        baskets: &Baskets,
        cases: &[(Vec<u32>, Vec<u32>)],
        lambdas: &[f64],
        most: usize,
        only_new: bool,
        run: &Run<'_>,
    ) -> Result<(f64, f64)> {
        if cases.is_empty() || lambdas.is_empty() {
            return Err(Error::Empty { what: "validation cases" });
        }
        let mut best = (lambdas[0], -1.0);
        for &lambda in lambdas {
            let model = Self::fit(baskets, lambda, run)?;
            let rate = super::hit_rate(&model, cases, most, only_new, run);
            if rate > best.1 {
                best = (lambda, rate);
            }
        }
        Ok(best)
    }

    /// How much holding `from` speaks for `to`.
    #[must_use]
    pub fn weight(&self, from: u32, to: u32) -> f64 {
        self.weights[from as usize * self.items + to as usize]
    }
}

impl Scorer for Ease {
    fn items(&self) -> usize {
        self.items
    }

    fn scores(&self, history: &[u32]) -> Vec<f64> {
        let mut out = vec![0.0; self.items];
        for &i in history.iter().filter(|&&i| (i as usize) < self.items) {
            let row = &self.weights[i as usize * self.items..(i as usize + 1) * self.items];
            out.iter_mut().zip(row).for_each(|(o, w)| *o += w);
        }
        out
    }

    fn because(&self, history: &[u32], item: u32) -> Option<u32> {
        let known = history.iter().copied().filter(|&i| (i as usize) < self.items);
        known
            .map(|i| (self.weight(i, item), i))
            .filter(|(w, _)| *w > 0.0)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, i)| i)
    }
}
