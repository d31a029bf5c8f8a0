//! Predicting amounts with honesty built in: models compete, the simplest good one wins, and
//! nothing is published that is too little, a leak, or no better than the mean.

mod fitted;

pub use fitted::{AmountContender, FittedAmount};

use crate::error::{Error, Result, all_finite, same_length};
use crate::frame::Frame;
use crate::predict::{LeftOut, Refusal, Suspicion};
use crate::run::Run;
use crate::split::{Split, fold_splits, pick, time_splits};
use crate::text::{Text, number};
use crate::tree::Binned;

/// What is to be predicted from what.
#[derive(Debug, Clone, Copy)]
pub struct AmountQuestion<'a> {
    /// What was known at the time of each row.
    pub frame: &'a Frame,
    /// The amount, one per row.
    pub target: &'a [f64],
    /// When each row was taken; with it, models are judged on later rows than they learnt from.
    pub time: Option<&'a [f64]>,
}

/// How to answer.
#[derive(Debug, Clone)]
pub struct AmountOptions {
    /// Fewest rows.
    pub rows_min: usize,
    /// Columns someone has declared known before the amount.
    pub confirmed: Vec<String>,
    /// A single column that alone explains this share of the variance is suspected.
    pub leak_share: f64,
    /// Least share of the variance explained that is worth publishing.
    pub share_min: f64,
    /// Folds of cross-validation, or periods of the time split.
    pub folds: usize,
}

impl Default for AmountOptions {
    fn default() -> Self {
        Self { rows_min: 100, confirmed: Vec::new(), leak_share: 0.98, share_min: 0.02, folds: 5 }
    }
}

/// What a contender reached on rows it had not seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AmountScore {
    /// Who.
    pub contender: AmountContender,
    /// Root of the mean squared error, in the amount's unit.
    pub rmse: f64,
    /// Mean absolute error, in the amount's unit.
    pub mae: f64,
    /// 1 − (squared error) / (squared error of the mean of the training rows).
    pub explained: f64,
}

/// A model that may be used.
#[derive(Debug, Clone)]
pub struct PublishedAmount {
    model: FittedAmount,
    /// The contender chosen.
    pub winner: AmountContender,
    /// What all contenders reached, simplest first.
    pub scores: Vec<AmountScore>,
    /// Four in five held-out amounts lie within ± this of their prediction.
    pub four_in_five: f64,
    /// Prediction of each judged row by a model that had not seen it, and that row's number.
    pub held_out: Vec<(usize, f64)>,
    /// Columns used.
    pub columns: Vec<String>,
    /// Columns not used, and why.
    pub left_out: Vec<LeftOut>,
    /// How rows were held out.
    pub split: Text,
}

/// The answer.
#[derive(Debug, Clone)]
pub enum AmountAnswer {
    /// A model good enough to use.
    Published(Box<PublishedAmount>),
    /// None, and why; with what the contenders reached, if it came to that.
    Refused(Box<Refusal>, Vec<AmountScore>),
}

impl PublishedAmount {
    /// Amount per row.
    ///
    /// # Errors
    /// As [`crate::frame::Schema::align`].
    pub fn amount(&self, frame: &Frame) -> Result<Vec<f64>> {
        self.model.amount(frame)
    }

    /// The fitted model.
    #[must_use]
    pub fn model(&self) -> &FittedAmount {
        &self.model
    }
}

struct Entry {
    score: AmountScore,
    rows: Vec<usize>,
    predicted: Vec<f64>,
    losses: Vec<f64>,
}

/// Lets the mean, a ridge regression, a tree, boosted trees and networks compete on rows they have
/// not seen, later ones where `time` is given. The winner is the simplest whose mean squared error
/// is within one standard error of the best (Breiman et al. 1984, section 3.4.3).
///
/// # Errors
/// [`Error::Empty`], [`Error::Length`], [`Error::NotFinite`], [`Error::NoColumns`],
/// [`Error::Cancelled`] and those of the models. A refusal for honesty's sake is no error.
pub fn predict_amount(
    question: &AmountQuestion<'_>,
    options: &AmountOptions,
    run: &Run<'_>,
) -> Result<AmountAnswer> {
    let AmountQuestion { frame, target, time } = *question;
    same_length("targets", frame.rows(), target.len())?;
    all_finite("target", target)?;
    if target.is_empty() {
        return Err(Error::Empty { what: "rows" });
    }
    let refused = |r: Refusal| Ok(AmountAnswer::Refused(Box::new(r), Vec::new()));
    if target.len() < options.rows_min {
        return refused(too_few(target.len(), options.rows_min));
    }
    if target.iter().all(|t| *t == target[0]) {
        return Err(Error::OneClass { rows: target.len() });
    }
    let (kept, left_out) = crate::predict::usable(frame);
    if kept.columns().is_empty() {
        return Err(Error::NoColumns);
    }
    let leaks: Vec<Suspicion> = leaks(&kept, target, options.leak_share)?
        .into_iter()
        .filter(|s| !options.confirmed.contains(&s.column))
        .collect();
    if !leaks.is_empty() {
        return refused(leaking(leaks));
    }
    let splits = match time {
        Some(time) => time_splits(time, 0.4, options.folds)?,
        None => fold_splits(&folds(target.len(), options.folds, run.seed)?),
    };
    let mut entries = Vec::new();
    for (at, contender) in AmountContender::ALL.into_iter().enumerate() {
        run.step(at, AmountContender::ALL.len())?;
        entries.push(judged(contender, &kept, target, &splits, run)?);
    }
    let scores: Vec<AmountScore> = entries.iter().map(|e| e.score).collect();
    let best = (0..entries.len())
        .min_by(|&a, &b| scores[a].rmse.total_cmp(&scores[b].rmse))
        .expect("the mean always competes");
    let winner = (1..entries.len())
        .find(|&e| !crate::calibrate::beats(&entries[best].losses, &entries[e].losses))
        .unwrap_or(best);
    let winner = &entries[winner];
    let useful = winner.score.explained >= options.share_min
        && surely_better(&entries[0].losses, &winner.losses);
    if !useful {
        return Ok(AmountAnswer::Refused(Box::new(no_signal(winner.score.explained)), scores));
    }
    let split = split_name(time.is_some(), splits.len());
    let model = FittedAmount::fit(winner.score.contender, &kept, target, run)?;
    Ok(AmountAnswer::Published(Box::new(PublishedAmount {
        model,
        winner: winner.score.contender,
        four_in_five: four_in_five(winner, target),
        held_out: winner.rows.iter().copied().zip(winner.predicted.iter().copied()).collect(),
        columns: kept.columns().iter().map(|c| c.name().to_owned()).collect(),
        scores,
        left_out,
        split,
    })))
}

/// The distance within which four in five held-out amounts lie from their prediction.
fn four_in_five(entry: &Entry, target: &[f64]) -> f64 {
    let pairs = entry.rows.iter().zip(&entry.predicted);
    let mut off: Vec<f64> = pairs.map(|(&r, p): (&usize, &f64)| (target[r] - p).abs()).collect();
    off.sort_by(f64::total_cmp);
    off[(off.len() * 4).div_ceil(5).min(off.len()) - 1]
}

fn split_name(by_time: bool, parts: usize) -> Text {
    if by_time {
        return Text::new(
            format!("by time: {parts} later periods, each judged by models of earlier rows"),
            format!("按时间：{parts} 个较晚时段，均由更早的数据建模后检验"),
        );
    }
    Text::new(format!("{parts}-fold cross-validation"), format!("{parts} 折交叉验证"))
}

fn folds(rows: usize, folds: usize, seed: u64) -> Result<Vec<u8>> {
    crate::split::stratified_folds(&vec![false; rows], folds, seed)
}

fn judged(
    contender: AmountContender,
    frame: &Frame,
    target: &[f64],
    splits: &[Split],
    run: &Run<'_>,
) -> Result<Entry> {
    let (mut rows, mut predicted, mut base) = (Vec::new(), Vec::new(), 0.0);
    for (at, split) in splits.iter().enumerate() {
        let train = pick(target, &split.train);
        let model =
            FittedAmount::fit(contender, &frame.take(&split.train), &train, &run.part(at as u64))?;
        let mean = train.iter().sum::<f64>() / train.len() as f64;
        base += split.test.iter().map(|&r| (target[r] - mean).powi(2)).sum::<f64>();
        predicted.extend(model.amount(&frame.take(&split.test))?);
        rows.extend(&split.test);
    }
    let losses: Vec<f64> = rows
        .iter()
        .zip(&predicted)
        .map(|(&r, p): (&usize, &f64)| (target[r] - p).powi(2))
        .collect();
    let n = losses.len() as f64;
    let sum: f64 = losses.iter().sum();
    let off: f64 = rows.iter().zip(&predicted).map(|(&r, p)| (target[r] - p).abs()).sum();
    let explained = if base > 0.0 { 1.0 - sum / base } else { 0.0 };
    let score = AmountScore { contender, rmse: (sum / n).sqrt(), mae: off / n, explained };
    Ok(Entry { score, rows, predicted, losses })
}

/// Better than the mean by more than two standard errors of the paired difference.
fn surely_better(constant: &[f64], losses: &[f64]) -> bool {
    let (mean, deviation) = crate::frame::moments(constant.iter().zip(losses).map(|(c, l)| c - l));
    mean > 2.0 * deviation / (losses.len() as f64).sqrt()
}

/// Columns whose bins alone explain nearly all: means from every other row, judged on the rest.
fn leaks(frame: &Frame, target: &[f64], share: f64) -> Result<Vec<Suspicion>> {
    let binned = Binned::learn(frame, 64)?;
    let width = binned.width();
    let mean = target.iter().sum::<f64>() / target.len() as f64;
    let total: f64 = target.iter().skip(1).step_by(2).map(|t| (t - mean).powi(2)).sum();
    let mut found = Vec::new();
    for (j, column) in frame.columns().iter().enumerate() {
        let bin = |row: usize| usize::from(binned.codes[row * width + j]);
        let mut sums = vec![(0.0, 0.0); binned.bins()];
        for row in (0..target.len()).step_by(2) {
            sums[bin(row)].0 += target[row];
            sums[bin(row)].1 += 1.0;
        }
        let left: f64 = (1..target.len())
            .step_by(2)
            .map(|row| {
                let (sum, n) = sums[bin(row)];
                let of_bin = if n > 0.0 { sum / n } else { mean };
                (target[row] - of_bin).powi(2)
            })
            .sum();
        let reached = if total > 0.0 { 1.0 - left / total } else { 0.0 };
        if reached >= share {
            let column = column.name().to_owned();
            found.push(Suspicion { column, reached, by_missing: false });
        }
    }
    Ok(found)
}

fn too_few(have: usize, need: usize) -> Refusal {
    Refusal {
        code: "predict.too_few",
        why: Text::new(
            format!("only {have} rows; {need} are needed"),
            format!("仅有 {have} 行，至少需要 {need} 行"),
        ),
        help: Text::new("take a longer period or a wider group", "请延长取数时段或扩大范围"),
        suspects: Vec::new(),
        scores: Vec::new(),
    }
}

fn leaking(suspects: Vec<Suspicion>) -> Refusal {
    let names: Vec<&str> = suspects.iter().map(|s| s.column.as_str()).collect();
    let (en, zh) = (names.join(", "), names.join("、"));
    Refusal {
        code: "predict.leak",
        why: Text::new(
            format!("these columns alone nearly give the amount: {en}"),
            format!("以下列几乎单独决定金额：{zh}"),
        ),
        help: Text::new(
            "leave out what is filled in together with the amount, or confirm that it is known before",
            "请剔除与金额同时填写的列，或确认其事前已知",
        ),
        suspects,
        scores: Vec::new(),
    }
}

fn no_signal(explained: f64) -> Refusal {
    let share = number(explained.max(0.0) * 100.0);
    Refusal {
        code: "predict.no_signal",
        why: Text::new(
            format!(
                "nothing here tells the amounts apart better than their mean ({share} % of the variance explained)"
            ),
            format!("现有数据对金额的预测不优于平均值（仅解释方差的 {share} %）"),
        ),
        help: Text::new(
            "record more about what precedes the amount: sizes, needs, prices, earlier orders",
            "请记录更多事前信息：规模、需求、报价、历史订单",
        ),
        suspects: Vec::new(),
        scores: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
