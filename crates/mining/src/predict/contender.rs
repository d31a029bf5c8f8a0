//! The models that compete, behind one face.

use crate::boost::{BoostOptions, Boosted};
use crate::cart::{Cart, CartOptions};
use crate::error::Result;
use crate::frame::Frame;
use crate::linear::{Logistic, LogisticOptions};
use crate::neural::{Neural, NeuralOptions};
use crate::run::Run;
use crate::split::{fold_splits, pick, stratified_folds};

/// Who competes, simplest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contender {
    /// The base rate for everyone.
    Baseline,
    /// Logistic regression.
    Logistic,
    /// One decision tree.
    Tree,
    /// Boosted trees, their size chosen on held-out rows.
    Boosted,
    /// Neural networks.
    Neural,
    /// The mean log odds of the logistic model, the boosted trees and the networks; it competes
    /// where all three do.
    Blend,
}

impl Contender {
    /// Of whom the blend is made.
    pub(super) const BLENDED: [Self; 3] = [Self::Logistic, Self::Boosted, Self::Neural];

    /// Whether a person can follow how it comes to its score.
    #[must_use]
    pub fn is_readable(self) -> bool {
        matches!(self, Self::Baseline | Self::Logistic | Self::Tree)
    }

    /// Stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Logistic => "logistic",
            Self::Tree => "tree",
            Self::Boosted => "boosted",
            Self::Neural => "neural",
            Self::Blend => "blend",
        }
    }
}

/// A fitted contender.
#[derive(Debug, Clone)]
pub enum Fitted {
    /// The base rate.
    Baseline(f64),
    /// See [`Logistic`].
    Logistic(Box<Logistic>),
    /// See [`Cart`].
    Tree(Box<Cart>),
    /// See [`Boosted`].
    Boosted(Box<Boosted>),
    /// See [`Neural`].
    Neural(Box<Neural>),
    /// Models of different kinds whose log odds are averaged: their errors differ, so that the
    /// mean errs less and is better calibrated (Clemen 1989, "Combining forecasts"; Satopää et
    /// al. 2014, "Combining multiple probability predictions using a simple logit model").
    Blend(Vec<Fitted>),
}

/// Keeps log odds finite.
const ODDS_MIN: f64 = 1e-7;

pub(super) fn log_odds(p: f64) -> f64 {
    let p = p.clamp(ODDS_MIN, 1.0 - ODDS_MIN);
    (p / (1.0 - p)).ln()
}

/// The probability with the mean log odds, row by row; all lists are equally long.
pub(super) fn blended(members: &[&[f64]]) -> Vec<f64> {
    let rows = members.first().map_or(0, |m| m.len());
    (0..rows)
        .map(|r| {
            let sum: f64 = members.iter().map(|m| log_odds(m[r])).sum();
            crate::linear::sigmoid(sum / members.len() as f64)
        })
        .collect()
}

impl Fitted {
    pub(super) fn fit(
        contender: Contender,
        frame: &Frame,
        positive: &[bool],
        run: &Run<'_>,
    ) -> Result<Self> {
        Ok(match contender {
            Contender::Baseline => {
                let yes = positive.iter().filter(|&&p| p).count();
                Self::Baseline(yes as f64 / positive.len().max(1) as f64)
            }
            Contender::Logistic => {
                let options = LogisticOptions::default();
                Self::Logistic(Box::new(Logistic::fit(frame, positive, &options, run)?))
            }
            Contender::Tree => {
                let options = CartOptions::default();
                Self::Tree(Box::new(Cart::classify(frame, positive, &options, run)?))
            }
            Contender::Boosted => {
                let options = tuned(frame, positive, run)?;
                Self::Boosted(Box::new(Boosted::classify(frame, positive, &options, run)?))
            }
            Contender::Neural => {
                let options = NeuralOptions::default();
                Self::Neural(Box::new(Neural::fit(frame, positive, &options, run)?))
            }
            Contender::Blend => {
                let members =
                    Contender::BLENDED.iter().map(|&c| Self::fit(c, frame, positive, run));
                Self::Blend(members.collect::<Result<_>>()?)
            }
        })
    }

    /// Uncalibrated probability per row.
    ///
    /// # Errors
    /// As [`crate::frame::Schema::align`].
    pub fn probability(&self, frame: &Frame) -> Result<Vec<f64>> {
        match self {
            Self::Baseline(rate) => Ok(vec![*rate; frame.rows()]),
            Self::Logistic(m) => m.probability(frame),
            Self::Tree(m) => m.probability(frame),
            Self::Boosted(m) => m.probability(frame),
            Self::Neural(m) => m.probability(frame),
            Self::Blend(members) => {
                let each: Vec<Vec<f64>> =
                    members.iter().map(|m| m.probability(frame)).collect::<Result<_>>()?;
                Ok(blended(&each.iter().map(Vec::as_slice).collect::<Vec<_>>()))
            }
        }
    }
}

/// Rows above which one held-out quarter decides instead of folds.
const FOLDS_ROWS_MAX: usize = 20_000;
const ROUNDS_MAX: usize = 600;

/// Size and number of trees with the lowest log loss on held-out training rows. Small trees are
/// tried first and stay unless a larger size is better.
fn tuned(frame: &Frame, positive: &[bool], run: &Run<'_>) -> Result<BoostOptions> {
    let base = BoostOptions {
        rounds: ROUNDS_MAX,
        learning_rate: 0.04,
        column_share: 0.5,
        row_share: 0.7,
        l2: 5.0,
        ..BoostOptions::default()
    };
    let rarer =
        positive.iter().filter(|&&p| p).count().min(positive.iter().filter(|&&p| !p).count());
    let folds = if frame.rows() > FOLDS_ROWS_MAX { 4 } else { 3 };
    if rarer < 2 * folds {
        return Ok(BoostOptions { rounds: 50, leaves_max: 4, ..base });
    }
    let mut splits = fold_splits(&stratified_folds(positive, folds, run.seed)?);
    if frame.rows() > FOLDS_ROWS_MAX {
        splits.truncate(1);
    }
    let parts: Vec<_> = splits
        .iter()
        .map(|s| {
            let outcomes = (pick(positive, &s.train), pick(positive, &s.test));
            (frame.take(&s.train), frame.take(&s.test), outcomes)
        })
        .collect();
    let mut best = (f64::INFINITY, base.clone());
    for leaves_max in [6, 12, 24] {
        let options = BoostOptions { leaves_max, ..base.clone() };
        let mut sum = vec![0.0; ROUNDS_MAX];
        for (train, test, (y, t)) in &parts {
            let path = Boosted::validation_path((train, y), (test, t), &options, 60, run)?;
            let last = path.last().copied().unwrap_or(f64::INFINITY);
            let rest = path.iter().copied().chain(std::iter::repeat(last.max(1.0)));
            sum.iter_mut().zip(rest).for_each(|(s, l)| *s += l / parts.len() as f64);
        }
        let at = (0..sum.len()).min_by(|&a, &b| sum[a].total_cmp(&sum[b])).unwrap_or(0);
        if sum[at] < best.0 {
            best = (sum[at], BoostOptions { rounds: at + 1, ..options });
        }
    }
    Ok(best.1)
}
