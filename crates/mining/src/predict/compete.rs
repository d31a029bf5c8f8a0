//! The competition: every contender is judged on the same rows it has not seen.

use super::card::Score;
use super::contender::blended;
use super::{Contender, Fitted, PredictOptions};
use crate::calibrate::Calibrator;
use crate::error::Result;
use crate::frame::Frame;
use crate::metrics::{brier, ece, lift_at, pr_auc, roc_auc, roc_auc_error, row_log_loss};
use crate::run::Run;
use crate::split::{Split, pick};

/// A contender with its predictions for rows it had not seen.
pub(super) struct Entry {
    pub contender: Contender,
    /// Row numbers in the order of the splits.
    pub rows: Vec<usize>,
    /// Their uncalibrated and calibrated probabilities and log losses.
    pub raw: Vec<f64>,
    pub calibrated: Vec<f64>,
    pub losses: Vec<f64>,
    pub score: Score,
}

impl Entry {
    /// The map from score to probability for the final model, from all held-out predictions.
    pub fn final_calibrator(&self, positive: &[bool], seed: u64) -> Result<Calibrator> {
        Calibrator::choose(&pick(positive, &self.rows), &self.raw, seed)
    }
}

pub(super) fn compete(
    frame: &Frame,
    positive: &[bool],
    splits: &[Split],
    by_time: bool,
    options: &PredictOptions,
    run: &Run<'_>,
) -> Result<Vec<Entry>> {
    let mut contenders = vec![Contender::Baseline, Contender::Logistic];
    contenders.extend(&options.contenders);
    contenders.sort();
    contenders.dedup();
    let members_compete = Contender::BLENDED.iter().all(|m| contenders.contains(m));
    contenders.retain(|c| *c != Contender::Blend || members_compete);
    // A split whose training or test rows lack an outcome cannot judge.
    let both = |rows: &[usize]| {
        let yes = rows.iter().filter(|&&r| positive[r]).count();
        yes > 0 && yes < rows.len()
    };
    let splits: Vec<&Split> = splits.iter().filter(|s| both(&s.train) && both(&s.test)).collect();
    if splits.is_empty() {
        return Err(crate::Error::TooFew { what: "usable splits", have: 0, need: 1 });
    }
    let steps = contenders.len() * splits.len();
    let quiet = Quiet(run.watch);
    let mut entries = Vec::new();
    let mut members: Vec<Vec<Vec<f64>>> = Vec::new();
    for contender in contenders {
        let mut parts: Vec<Vec<f64>> = Vec::new();
        for (at, split) in splits.iter().enumerate() {
            run.step(entries.len() * splits.len() + parts.len(), steps)?;
            if contender == Contender::Blend {
                let of_split: Vec<&[f64]> = members.iter().map(|m| m[at].as_slice()).collect();
                parts.push(blended(&of_split));
                continue;
            }
            let inner = Run { watch: &quiet, ..run.part(parts.len() as u64) };
            let labels = pick(positive, &split.train);
            let model = Fitted::fit(contender, &frame.take(&split.train), &labels, &inner)?;
            parts.push(model.probability(&frame.take(&split.test))?);
        }
        entries.push(judge(contender, positive, &splits, &parts, by_time, run.seed)?);
        if Contender::BLENDED.contains(&contender) {
            members.push(parts);
        }
    }
    Ok(entries)
}

/// Passes on only the wish to stop.
struct Quiet<'a>(&'a dyn crate::run::Watch);

impl crate::run::Watch for Quiet<'_> {
    fn cancelled(&self) -> bool {
        self.0.cancelled()
    }
}

/// Calibrates the predictions of each split by those of the other splits (of the earlier ones,
/// where time counts), so that no outcome calibrates its own prediction.
fn cross_calibrated(
    positive: &[bool],
    splits: &[&Split],
    parts: &[Vec<f64>],
    by_time: bool,
    seed: u64,
) -> Result<Vec<Vec<f64>>> {
    let mut out = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        let others = (0..parts.len()).filter(|&o| if by_time { o < at } else { o != at });
        let (mut y, mut s) = (Vec::new(), Vec::new());
        for o in others {
            y.extend(pick(positive, &splits[o].test));
            s.extend(&parts[o]);
        }
        let map = if y.is_empty() { Calibrator::None } else { Calibrator::choose(&y, &s, seed)? };
        out.push(part.iter().map(|&p| map.apply(p)).collect());
    }
    Ok(out)
}

fn judge(
    contender: Contender,
    positive: &[bool],
    splits: &[&Split],
    parts: &[Vec<f64>],
    by_time: bool,
    seed: u64,
) -> Result<Entry> {
    let calibrated = if contender == Contender::Baseline {
        parts.to_vec()
    } else {
        cross_calibrated(positive, splits, parts, by_time, seed)?
    };
    let rows: Vec<usize> = splits.iter().flat_map(|s| s.test.iter().copied()).collect();
    let all = calibrated.concat();
    let outcomes = pick(positive, &rows);
    let losses: Vec<f64> = outcomes.iter().zip(&all).map(|(&y, &p)| row_log_loss(y, p)).collect();
    let yes = outcomes.iter().filter(|&&y| y).count();
    let mut score = Score {
        contender,
        auc: 0.0,
        auc_error: 0.0,
        pr_auc: 0.0,
        brier: 0.0,
        log_loss: losses.iter().sum::<f64>() / losses.len() as f64,
        lift: 0.0,
        ece: ece(&outcomes, &all, 10)?,
        ece_of_splits: 0.0,
    };
    let share = 1.0 / splits.len() as f64;
    for (split, p) in splits.iter().zip(&calibrated) {
        let y = pick(positive, &split.test);
        score.auc += share * roc_auc(&y, p)?;
        score.pr_auc += share * pr_auc(&y, p)?;
        score.brier += share * brier(&y, p)?;
        score.lift += share * lift_at(&y, p, 0.1)?;
        score.ece_of_splits += share * ece(&y, p, 10)?;
    }
    score.auc_error = roc_auc_error(score.auc, yes, outcomes.len() - yes);
    Ok(Entry { contender, rows, raw: parts.concat(), calibrated: all, losses, score })
}
