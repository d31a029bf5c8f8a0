//! The models of amounts that compete, behind one face.

use crate::boost::{BoostOptions, Boosted};
use crate::cart::{Cart, CartOptions};
use crate::error::Result;
use crate::frame::{DesignOptions, Frame};
use crate::linear::Ridge;
use crate::neural::{NeuralAmount, NeuralOptions};
use crate::run::Run;
use crate::split::{fold_splits, pick};

/// Who competes, simplest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountContender {
    /// The mean for everyone.
    Mean,
    /// Ridge regression.
    Linear,
    /// One decision tree.
    Tree,
    /// Boosted trees.
    Boosted,
    /// Neural networks.
    Neural,
}

impl AmountContender {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Mean, Self::Linear, Self::Tree, Self::Boosted, Self::Neural];

    /// Stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::Linear => "linear",
            Self::Tree => "tree",
            Self::Boosted => "boosted",
            Self::Neural => "neural",
        }
    }
}

/// A fitted contender.
#[derive(Debug, Clone)]
pub enum FittedAmount {
    /// The mean.
    Mean(f64),
    /// See [`Ridge`].
    Linear(Box<Ridge>),
    /// See [`Cart`].
    Tree(Box<Cart>),
    /// See [`Boosted`].
    Boosted(Box<Boosted>),
    /// See [`NeuralAmount`].
    Neural(Box<NeuralAmount>),
}

/// Penalty of the ridge; columns have unit deviation.
const L2: f64 = 1.0;
const ROUNDS_MAX: usize = 500;
const PATIENCE: usize = 40;
/// Fewest rows of which a fifth can choose the number of trees.
const TUNE_ROWS_MIN: usize = 50;

impl FittedAmount {
    pub(super) fn fit(
        contender: AmountContender,
        frame: &Frame,
        target: &[f64],
        run: &Run<'_>,
    ) -> Result<Self> {
        Ok(match contender {
            AmountContender::Mean => {
                Self::Mean(target.iter().sum::<f64>() / target.len().max(1) as f64)
            }
            AmountContender::Linear => Self::Linear(Box::new(Ridge::fit(
                frame,
                target,
                L2,
                &DesignOptions::default(),
                run,
            )?)),
            AmountContender::Tree => {
                Self::Tree(Box::new(Cart::regress(frame, target, &CartOptions::default(), run)?))
            }
            AmountContender::Boosted => {
                let options = tuned(frame, target, run)?;
                Self::Boosted(Box::new(Boosted::regress(frame, target, &options, run)?))
            }
            AmountContender::Neural => {
                let options = NeuralOptions::default();
                Self::Neural(Box::new(NeuralAmount::fit(frame, target, &options, run)?))
            }
        })
    }

    /// Amount per row.
    ///
    /// # Errors
    /// As [`crate::frame::Schema::align`].
    pub fn amount(&self, frame: &Frame) -> Result<Vec<f64>> {
        match self {
            Self::Mean(mean) => Ok(vec![*mean; frame.rows()]),
            Self::Linear(m) => m.predict(frame),
            Self::Tree(m) => m.probability(frame),
            Self::Boosted(m) => m.probability(frame),
            Self::Neural(m) => m.amount(frame),
        }
    }
}

/// The number of trees with the least squared error on a held-out fifth of the training rows.
fn tuned(frame: &Frame, target: &[f64], run: &Run<'_>) -> Result<BoostOptions> {
    let base = BoostOptions {
        learning_rate: 0.05,
        row_share: 0.8,
        column_share: 0.7,
        l2: 3.0,
        ..BoostOptions::default()
    };
    if target.len() < TUNE_ROWS_MIN {
        return Ok(BoostOptions { rounds: 30, leaves_max: 4, ..base });
    }
    let splits = fold_splits(&super::folds(target.len(), 5, run.seed)?);
    let split = &splits[0];
    let (train, test) = (frame.take(&split.train), frame.take(&split.test));
    let (y, t) = (pick(target, &split.train), pick(target, &split.test));
    let options = BoostOptions { rounds: ROUNDS_MAX, ..base };
    let path = Boosted::amount_path((&train, &y), (&test, &t), &options, PATIENCE, run)?;
    let best = (0..path.len()).min_by(|&a, &b| path[a].total_cmp(&path[b])).unwrap_or(0);
    Ok(BoostOptions { rounds: best + 1, ..options })
}
