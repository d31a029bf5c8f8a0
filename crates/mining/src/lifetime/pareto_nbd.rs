//! Pareto/NBD: customers buy at their own rate until they leave at a moment of their own.

use super::simplex::minimise;
use super::special::{ln_gamma, ln_hyp2f1_next};
use super::{History, Purchasing, grouped};
use crate::error::Result;
use crate::run::Run;
use crate::text::Text;

/// A fitted model (Schmittlein, Morrison and Colombo 1987, "Counting your customers: who are
/// they and what will they do next?"). Purchase rates are Gamma(r, α) per week, rates of leaving
/// Gamma(s, β) per week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParetoNbd {
    /// Shape of the purchase rates.
    pub r: f64,
    /// Rate of the purchase rates, in weeks.
    pub alpha: f64,
    /// Shape of the rates of leaving.
    pub s: f64,
    /// Rate of the rates of leaving, in weeks.
    pub beta: f64,
    /// Log likelihood of the customers.
    pub log_likelihood: f64,
}

/// ln of (value of A₀), equations 6 and 7 of Fader and Hardie 2005, "A note on deriving the
/// Pareto/NBD model and related expressions".
fn ln_a0(r: f64, alpha: f64, s: f64, beta: f64, h: (f64, f64, f64)) -> f64 {
    let (x, last, age) = h;
    let sum = r + s + x;
    let (from, second, gap) =
        if alpha >= beta { (alpha, s + 1.0, alpha - beta) } else { (beta, r + x, beta - alpha) };
    let part = |t: f64| ln_hyp2f1_next(sum, second, gap / (from + t)) - sum * (from + t).ln();
    let early = part(last);
    // Whoever bought on the last day cannot have left.
    let late = if age > last { part(age) } else { early };
    if late >= early { f64::NEG_INFINITY } else { early + (-(late - early).exp()).ln_1p() }
}

impl ParetoNbd {
    /// Maximum likelihood (equation 18 of the note above).
    ///
    /// # Errors
    /// As [`super::BgNbd::fit`].
    pub fn fit(histories: &[History], run: &Run<'_>) -> Result<Self> {
        let groups = grouped(histories)?;
        let loss = |p: &[f64]| -> f64 {
            if p.iter().any(|v| v.abs() > 12.0) {
                return f64::INFINITY;
            }
            let [r, alpha, s, beta] = [p[0].exp(), p[1].exp(), p[2].exp(), p[3].exp()];
            let (mut sum, mut of_x, mut known) = (0.0, 0.0, -1.0);
            for &(x, last, age, customers) in &groups {
                // Groups come in order of x.
                if x != known {
                    known = x;
                    of_x = ln_gamma(r + x) - ln_gamma(r) + r * alpha.ln() + s * beta.ln();
                }
                let stayed = -(r + x) * (alpha + age).ln() - s * (beta + age).ln();
                let left = (s / (r + s + x)).ln() + ln_a0(r, alpha, s, beta, (x, last, age));
                let larger = stayed.max(left);
                let either = larger + ((stayed - larger).exp() + (left - larger).exp()).ln();
                sum += customers * (of_x + either);
            }
            -sum
        };
        let (p, value) = minimise(&loss, &[-0.6, 2.3, -0.5, 2.5], run)?;
        let [r, alpha, s, beta] = [p[0].exp(), p[1].exp(), p[2].exp(), p[3].exp()];
        Ok(Self { r, alpha, s, beta, log_likelihood: -value })
    }
}

impl ParetoNbd {
    /// What to beware of, if anything: a model in which nobody leaves says nothing about who is
    /// still there.
    #[must_use]
    pub fn warning(&self) -> Option<Text> {
        // Per week and customer, at the mean of the rates of leaving.
        (self.s / self.beta < 2e-4).then(super::nobody_leaves)
    }
}

impl Purchasing for ParetoNbd {
    /// Equation 41 of the note above.
    fn expected(&self, h: &History, weeks: f64) -> f64 {
        if weeks <= 0.0 {
            return 0.0;
        }
        // The formula has a removable pole at s = 1.
        let s = if (self.s - 1.0).abs() < 1e-6 { 1.0 + 1e-6 } else { self.s };
        let end = self.beta + h.age_weeks;
        let rate = (self.r + h.repeats) * end / ((self.alpha + h.age_weeks) * (s - 1.0));
        (rate * (1.0 - (end / (end + weeks)).powf(s - 1.0)) * self.alive(h)).max(0.0)
    }

    /// Equation 36 of the note above.
    fn alive(&self, h: &History) -> f64 {
        let Self { r, alpha, s, beta, .. } = *self;
        let x = h.repeats;
        let left = (s / (r + s + x)).ln()
            + ln_a0(r, alpha, s, beta, (x, h.last_weeks, h.age_weeks))
            + (r + x) * (alpha + h.age_weeks).ln()
            + s * (beta + h.age_weeks).ln();
        1.0 / (1.0 + left.exp())
    }
}
