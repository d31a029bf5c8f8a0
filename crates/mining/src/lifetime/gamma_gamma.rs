//! Gamma-Gamma: what a customer spends per purchase, between the own mean and that of all.

use super::History;
use super::simplex::minimise;
use super::special::ln_gamma;
use crate::error::{Error, Result};
use crate::run::Run;

/// A fitted model (Fader and Hardie 2013, "The Gamma-Gamma model of monetary value"). Amounts of
/// one customer are Gamma(p, ν), the ν of all customers Gamma(q, γ).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GammaGamma {
    /// Shape of amounts.
    pub p: f64,
    /// Shape of the customers' rates.
    pub q: f64,
    /// Rate of the customers' rates, in money.
    pub gamma: f64,
}

impl GammaGamma {
    /// Maximum likelihood (equation 1a) over customers with repeats and a positive mean amount.
    ///
    /// # Errors
    /// [`Error::TooFew`] with fewer than 10 such customers; [`Error::Cancelled`].
    pub fn fit(histories: &[History], run: &Run<'_>) -> Result<Self> {
        let rows: Vec<(f64, f64)> = histories
            .iter()
            .filter(|h| h.repeats > 0.0 && h.mean_amount > 0.0 && h.mean_amount.is_finite())
            .map(|h| (h.repeats, h.mean_amount))
            .collect();
        if rows.len() < 10 {
            let have = rows.len();
            return Err(Error::TooFew { what: "customers with repeat amounts", have, need: 10 });
        }
        let mean = rows.iter().map(|r| r.1).sum::<f64>() / rows.len() as f64;
        let loss = |v: &[f64]| -> f64 {
            if v.iter().any(|v| v.abs() > 25.0) {
                return f64::INFINITY;
            }
            let (p, q, g) = (v[0].exp(), v[1].exp(), v[2].exp());
            let constant = q * g.ln() - ln_gamma(q);
            -rows
                .iter()
                .map(|&(x, m)| {
                    let px = p * x;
                    ln_gamma(px + q) - ln_gamma(px) + constant + (px - 1.0) * m.ln() + px * x.ln()
                        - (px + q) * (g + m * x).ln()
                })
                .sum::<f64>()
        };
        let (v, _) = minimise(&loss, &[1.5, 1.2, (mean / 2.0).ln()], run)?;
        Ok(Self { p: v[0].exp(), q: v[1].exp(), gamma: v[2].exp() })
    }

    /// Expected mean amount of a customer's purchases (equation 5); for q ≤ 1, where the mean of
    /// all does not exist, the customer's own mean, and 0 without one.
    #[must_use]
    pub fn expected_amount(&self, h: &History) -> f64 {
        let shape = self.p * h.repeats + self.q - 1.0;
        if shape <= 0.0 {
            return h.mean_amount;
        }
        self.p * (self.gamma + h.repeats * h.mean_amount) / shape
    }
}
