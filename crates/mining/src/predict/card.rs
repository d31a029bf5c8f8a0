//! The model card: all that a later reader must know to trust or distrust a model.

use super::Contender;
use crate::text::Text;

/// What a contender reached on rows it had not seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Who.
    pub contender: Contender,
    /// Area under the ROC curve, mean of the splits.
    pub auc: f64,
    /// Standard error of the pooled ROC area.
    pub auc_error: f64,
    /// Average precision, mean of the splits.
    pub pr_auc: f64,
    /// Brier score, mean of the splits.
    pub brier: f64,
    /// Mean log loss of all judged rows, in nats.
    pub log_loss: f64,
    /// Lift in the best tenth, mean of the splits.
    pub lift: f64,
    /// Expected calibration error of all judged rows, 10 bins.
    pub ece: f64,
    /// The same, mean of the splits; small splits make it larger by chance alone.
    pub ece_of_splits: f64,
}

/// A column that was not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name.
    pub column: String,
    /// Why.
    pub reason: Text,
}

/// Where a model comes from and how good it is (Mitchell et al. 2019, "Model cards for model
/// reporting").
#[derive(Debug, Clone, PartialEq)]
pub struct ModelCard {
    /// What is predicted, within which time.
    pub horizon: Text,
    /// Day of the run, as the caller wrote it.
    pub date: String,
    /// Version of the engine.
    pub version: String,
    /// Seed of the run.
    pub seed: u64,
    /// Rows learnt from.
    pub rows: usize,
    /// Of them with the outcome "yes".
    pub positives: usize,
    /// Earliest and latest time of a row.
    pub window: Option<(f64, f64)>,
    /// Columns used.
    pub columns: Vec<String>,
    /// Columns not used.
    pub left_out: Vec<LeftOut>,
    /// Columns suspected as leaks and confirmed by a person.
    pub confirmed: Vec<String>,
    /// How rows were held out.
    pub split: Text,
    /// The contender chosen.
    pub winner: Contender,
    /// How scores became probabilities: `none`, `platt` or `isotonic`.
    pub calibration: &'static str,
    /// What all contenders reached, simplest first.
    pub scores: Vec<Score>,
}

impl ModelCard {
    /// What the winner reached.
    #[must_use]
    pub fn winner_score(&self) -> &Score {
        self.scores
            .iter()
            .find(|s| s.contender == self.winner)
            .expect("the winner is one of the contenders")
    }
}
