//! How good scores are: order (ROC, PR, lift), trust (Brier, ECE), decisions, and drift (PSI).

mod order;
mod stability;
mod trust;

pub use order::{Gain, Point, gains, lift_at, pr_auc, roc_auc, roc_auc_error, roc_curve};
pub(crate) use stability::quantile_cuts;
pub use stability::{psi_categories, psi_numeric, psi_of_shares};
pub(crate) use trust::row_log_loss;
pub use trust::{
    CalibrationBin, Confusion, brier, calibration_curve, confusion, confusion_matrix, ece,
    ece_equal_rows, log_loss,
};

use crate::error::{Result, all_finite, same_length};

fn checked(positive: &[bool], score: &[f64]) -> Result<()> {
    same_length("scores", positive.len(), score.len())?;
    all_finite("score", score)?;
    crate::split::two_classes(positive.len(), positive)
}

#[cfg(test)]
mod tests;
