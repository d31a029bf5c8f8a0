//! BG/NBD: customers buy at their own rate until, after some purchase, they leave.

use super::simplex::minimise;
use super::special::{hyp2f1, ln_gamma};
use super::{History, Purchasing, grouped};
use crate::error::Result;
use crate::run::Run;
use crate::text::Text;

/// A fitted model (Fader, Hardie and Lee 2005, "Counting your customers the easy way: an
/// alternative to the Pareto/NBD model", Marketing Science 24(2)). Purchase rates are
/// Gamma(r, α) per week, chances to leave after a purchase Beta(a, b).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BgNbd {
    /// Shape of the purchase rates.
    pub r: f64,
    /// Rate of the purchase rates, in weeks.
    pub alpha: f64,
    /// First parameter of the chance to leave.
    pub a: f64,
    /// Second parameter of the chance to leave.
    pub b: f64,
    /// Log likelihood of the customers.
    pub log_likelihood: f64,
}

impl BgNbd {
    /// Maximum likelihood (equation 6 in the form of appendix A).
    ///
    /// # Errors
    /// [`crate::Error::Empty`], [`crate::Error::TooFew`] when nobody came back,
    /// [`crate::Error::OutOfRange`] for an impossible history, [`crate::Error::Cancelled`].
    pub fn fit(histories: &[History], run: &Run<'_>) -> Result<Self> {
        let groups = grouped(histories)?;
        let loss = |p: &[f64]| -> f64 {
            if p.iter().any(|v| v.abs() > 14.0) {
                return f64::INFINITY;
            }
            -log_likelihood(&groups, p[0].exp(), p[1].exp(), p[2].exp(), p[3].exp())
        };
        let (p, value) = minimise(&loss, &[-1.0, 1.5, 0.0, 1.0], run)?;
        let [r, alpha, a, b] = [p[0].exp(), p[1].exp(), p[2].exp(), p[3].exp()];
        Ok(Self { r, alpha, a, b, log_likelihood: -value })
    }

    /// What to beware of, if anything: a model in which nobody leaves says nothing about who is
    /// still there.
    #[must_use]
    pub fn warning(&self) -> Option<Text> {
        let leaving = self.a / (self.a + self.b);
        (leaving < 0.002 || self.a > 1e4 || self.b > 1e5 || self.alpha > 1e5)
            .then(super::nobody_leaves)
    }

    fn odds_left(&self, h: &History) -> f64 {
        if h.repeats <= 0.0 {
            return 0.0;
        }
        let rate = ((self.alpha + h.age_weeks) / (self.alpha + h.last_weeks)).ln();
        self.a / (self.b + h.repeats - 1.0) * ((self.r + h.repeats) * rate).exp()
    }
}

impl Purchasing for BgNbd {
    /// Equation 10.
    fn expected(&self, h: &History, weeks: f64) -> f64 {
        if weeks <= 0.0 {
            return 0.0;
        }
        // The formula has a removable pole at a = 1.
        let a = if (self.a - 1.0).abs() < 1e-6 { 1.0 + 1e-6 } else { self.a };
        let (x, end) = (h.repeats, self.alpha + h.age_weeks);
        let z = weeks / (end + weeks);
        let f = hyp2f1(self.r + x, self.b + x, a + self.b + x - 1.0, z);
        let still = (-(self.r + x) * ((end + weeks) / end).ln()).exp();
        let bought = (a + self.b + x - 1.0) / (a - 1.0) * (1.0 - still * f);
        (bought / (1.0 + self.odds_left(h))).max(0.0)
    }

    /// Fader, Hardie and Lee 2008, "Computing P(alive) using the BG/NBD model", equation 1.
    fn alive(&self, h: &History) -> f64 {
        1.0 / (1.0 + self.odds_left(h))
    }
}

fn log_likelihood(groups: &[(f64, f64, f64, f64)], r: f64, alpha: f64, a: f64, b: f64) -> f64 {
    let (mut sum, mut of_x, mut known) = (0.0, 0.0, -1.0);
    for &(x, last, age, customers) in groups {
        if x != known {
            known = x;
            of_x =
                ln_gamma(r + x) - ln_gamma(r) + r * alpha.ln() + ln_gamma(a + b) + ln_gamma(b + x)
                    - ln_gamma(b)
                    - ln_gamma(a + b + x);
        }
        let stayed = -(r + x) * (alpha + age).ln();
        let either = if x > 0.0 {
            let left = a.ln() - (b + x - 1.0).ln() - (r + x) * (alpha + last).ln();
            let larger = stayed.max(left);
            larger + ((stayed - larger).exp() + (left - larger).exp()).ln()
        } else {
            stayed
        };
        sum += customers * (of_x + either);
    }
    sum
}
