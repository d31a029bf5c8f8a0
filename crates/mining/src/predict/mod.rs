//! Yes/no prediction with honesty built in: several models compete, the simplest good one wins,
//! and nothing is published that is a leak, too little, or no better than a constant.

mod card;
mod compete;
mod contender;
mod drift;
mod leak;
mod reasons;

pub use card::{LeftOut, ModelCard, Score};
pub use contender::{Contender, Fitted};
pub use drift::{Alarm, Monitor};
pub use leak::{Suspicion, suspects};
pub use reasons::Reason;

use crate::calibrate::Calibrator;
use crate::error::{Error, Result};
use crate::frame::{Column, Frame, Values};
use crate::run::Run;
use crate::split::{Split, fold_splits, stratified_folds, time_splits};
use crate::text::Text;
use compete::{Entry, compete};

/// What is to be predicted from what.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// What was known at the time of each row.
    pub frame: &'a Frame,
    /// What happened after, one per row.
    pub positive: &'a [bool],
    /// When each row was taken (any number that grows with time); with it, models are judged on
    /// later rows than they learnt from.
    pub time: Option<&'a [f64]>,
    /// Folds to judge on instead of own ones, one number per row.
    pub folds: Option<&'a [u8]>,
}

/// How to answer.
#[derive(Debug, Clone)]
pub struct PredictOptions {
    /// Models that compete beside the baseline and the logistic model.
    pub contenders: Vec<Contender>,
    /// Fewest rows of either outcome.
    pub class_rows_min: usize,
    /// Columns someone has looked at and declared known before the outcome.
    pub confirmed: Vec<String>,
    /// A single column whose ROC area reaches this is suspected to hold the outcome.
    pub leak_auc: f64,
    /// Smallest ROC area worth publishing.
    pub auc_min: f64,
    /// What "yes" means and within which time, for example "buys again within 91 days".
    pub horizon: Text,
    /// Day of the run as the caller writes it; the engine has no clock.
    pub date: String,
    /// Latest possible time of a row.
    pub snapshot: Option<f64>,
    /// Folds of cross-validation, or periods of the time split.
    pub folds: usize,
}

impl Default for PredictOptions {
    fn default() -> Self {
        Self {
            contenders: vec![
                Contender::Tree,
                Contender::Boosted,
                Contender::Neural,
                Contender::Blend,
            ],
            class_rows_min: 50,
            confirmed: Vec::new(),
            leak_auc: 0.95,
            auc_min: 0.55,
            horizon: Text::default(),
            date: String::new(),
            snapshot: None,
            folds: 5,
        }
    }
}

/// Why no score is published, and what would help.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// `predict.too_few`, `predict.leak` or `predict.no_signal`.
    pub code: &'static str,
    /// The reason.
    pub why: Text,
    /// What would help.
    pub help: Text,
    /// Columns to look at (leaks).
    pub suspects: Vec<Suspicion>,
    /// What the contenders reached, if it came to that.
    pub scores: Vec<Score>,
}

/// A model that may be used.
#[derive(Debug, Clone)]
pub struct Published {
    model: Fitted,
    calibrator: Calibrator,
    monitor: Monitor,
    background: Frame,
    /// Where it comes from and how good it is.
    pub card: ModelCard,
    /// Probability of each judged row by a model that had not seen it, and that row's number.
    pub held_out: Vec<(usize, f64)>,
}

/// The answer.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A model good enough to use.
    Published(Box<Published>),
    /// None, and why.
    Refused(Box<Refusal>),
}

/// Lets the contenders compete and answers.
///
/// The rows are split by time where `time` is given, else into stratified folds. The winner is
/// the simplest readable contender whose mean log loss is within one standard error (of the
/// paired difference) of the best, else the best (Breiman et al. 1984, section 3.4.3; Hastie, Tibshirani and Friedman
/// 2009, section 7.10). It is calibrated on predictions for rows it had not seen, then fitted
/// again to all rows.
///
/// # Errors
/// [`Error::Empty`], [`Error::Length`], [`Error::OneClass`], [`Error::NotFinite`],
/// [`Error::OutOfRange`] (a row later than the snapshot), [`Error::Cancelled`] and those of the
/// models. A refusal for honesty's sake is not an error but [`Answer::Refused`].
pub fn predict(question: &Question<'_>, options: &PredictOptions, run: &Run<'_>) -> Result<Answer> {
    let Question { frame, positive, .. } = *question;
    crate::split::two_classes(frame.rows(), positive)?;
    check_time(question, options)?;
    let yes = positive.iter().filter(|&&p| p).count();
    let rarer = yes.min(positive.len() - yes);
    if rarer < options.class_rows_min {
        return Ok(refuse(too_few(rarer, options.class_rows_min)));
    }
    let (kept, left_out) = usable(frame);
    if kept.columns().is_empty() {
        return Err(Error::NoColumns);
    }
    let suspects: Vec<Suspicion> = suspects(&kept, positive, options.leak_auc)?
        .into_iter()
        .filter(|s| !options.confirmed.contains(&s.column))
        .collect();
    if !suspects.is_empty() {
        return Ok(refuse(leaking(suspects)));
    }
    let splits = splits(question, options, run)?;
    let entries = compete(&kept, positive, &splits, question.time.is_some(), options, run)?;
    let scores: Vec<Score> = entries.iter().map(|e| e.score.clone()).collect();
    let winner = winner(&entries);
    let constant = &entries[0];
    if !has_signal(winner, constant, options) {
        return Ok(refuse(no_signal(winner, scores, options)));
    }
    let calibrator = winner.final_calibrator(positive, run.seed)?;
    let model = Fitted::fit(winner.contender, &kept, positive, run)?;
    let probability: Vec<f64> =
        model.probability(&kept)?.into_iter().map(|p| calibrator.apply(p)).collect();
    let monitor = Monitor::learn(&kept, &probability, yes as f64 / positive.len() as f64)?;
    let card = ModelCard {
        horizon: options.horizon.clone(),
        date: options.date.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: run.seed,
        rows: frame.rows(),
        positives: yes,
        window: question.time.map(window),
        columns: kept.columns().iter().map(|c| c.name().to_owned()).collect(),
        left_out,
        confirmed: options.confirmed.clone(),
        split: split_name(question, splits.len()),
        winner: winner.contender,
        calibration: calibrator.name(),
        scores,
    };
    let held_out = winner.rows.iter().copied().zip(winner.calibrated.iter().copied()).collect();
    let background =
        kept.take(&(0..kept.rows()).step_by(kept.rows().div_ceil(500)).collect::<Vec<_>>());
    Ok(Answer::Published(Box::new(Published {
        model,
        calibrator,
        monitor,
        background,
        card,
        held_out,
    })))
}

impl Published {
    /// Probability per row, within the horizon named on the card.
    ///
    /// # Errors
    /// As [`crate::frame::Schema::align`].
    pub fn probability(&self, frame: &Frame) -> Result<Vec<f64>> {
        Ok(self.model.probability(frame)?.into_iter().map(|p| self.calibrator.apply(p)).collect())
    }

    /// The `most` strongest reasons of each row's score, strongest first.
    ///
    /// # Errors
    /// As [`Self::probability`].
    pub fn reasons(&self, frame: &Frame, most: usize) -> Result<Vec<Vec<Reason>>> {
        reasons::reasons(&self.model, &self.background, frame, most)
    }

    /// What has moved since the model was made; `outcomes` when they are known by now.
    ///
    /// # Errors
    /// As [`Self::probability`].
    pub fn drift(&self, frame: &Frame, outcomes: Option<&[bool]>) -> Result<Vec<Alarm>> {
        self.monitor.alarms(frame, &self.probability(frame)?, outcomes)
    }

    /// The fitted model.
    #[must_use]
    pub fn model(&self) -> &Fitted {
        &self.model
    }
}

fn refuse(refusal: Refusal) -> Answer {
    Answer::Refused(Box::new(refusal))
}

fn check_time(question: &Question<'_>, options: &PredictOptions) -> Result<()> {
    if let Some(time) = question.time {
        crate::error::same_length("times", question.frame.rows(), time.len())?;
        crate::error::all_finite("time", time)?;
        let late = options.snapshot.and_then(|end| time.iter().position(|&t| t > end));
        if let Some(row) = late {
            return Err(Error::OutOfRange { what: "time", row });
        }
    }
    if let Some(folds) = question.folds {
        crate::error::same_length("folds", question.frame.rows(), folds.len())?;
    }
    Ok(())
}

fn splits(question: &Question<'_>, options: &PredictOptions, run: &Run<'_>) -> Result<Vec<Split>> {
    if let Some(folds) = question.folds {
        return Ok(fold_splits(folds));
    }
    if let Some(time) = question.time {
        return time_splits(time, 0.4, options.folds);
    }
    Ok(fold_splits(&stratified_folds(question.positive, options.folds, run.seed)?))
}

fn split_name(question: &Question<'_>, parts: usize) -> Text {
    if question.folds.is_none() && question.time.is_some() {
        return Text::new(
            format!("by time: {parts} later periods, each judged by models of earlier rows"),
            format!("按时间：{parts} 个较晚时段，均由更早的数据建模后检验"),
        );
    }
    Text::new(format!("{parts}-fold cross-validation"), format!("{parts} 折交叉验证"))
}

fn window(time: &[f64]) -> (f64, f64) {
    time.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &t| (a.min(t), b.max(t)))
}

/// Columns that can teach something, and why the others cannot.
pub(crate) fn usable(frame: &Frame) -> (Frame, Vec<LeftOut>) {
    let mut left_out = Vec::new();
    let reason = |c: &Column| -> Option<Text> {
        let distinct = c.distinct();
        if c.missing() == c.len() {
            return Some(Text::new("empty", "全部缺失"));
        }
        if distinct == 1 && c.missing() == 0 {
            return Some(Text::new("always the same", "取值唯一"));
        }
        let known = c.len() - c.missing();
        let names = matches!(c.values(), Values::Category(_)) && known > 50;
        (names && distinct as f64 > 0.5 * known as f64)
            .then(|| Text::new("names single rows", "标识单条记录"))
    };
    for c in frame.columns() {
        if let Some(reason) = reason(c) {
            left_out.push(LeftOut { column: c.name().to_owned(), reason });
        }
    }
    let kept = frame.filter(|c| left_out.iter().all(|l| l.column != c.name()));
    (kept, left_out)
}

/// The simplest readable entry within one standard error of the best, else the best: of models
/// that nobody can read none is simpler than the other. Entries come simplest first.
fn winner(entries: &[Entry]) -> &Entry {
    let best = entries
        .iter()
        .min_by(|a, b| a.score.log_loss.total_cmp(&b.score.log_loss))
        .expect("the baseline always competes");
    entries
        .iter()
        .skip(1)
        .filter(|e| e.contender.is_readable())
        .find(|e| !crate::calibrate::beats(&best.losses, &e.losses))
        .unwrap_or(best)
}

/// Better than the constant by more than two standard errors, and above the least useful order.
fn has_signal(winner: &Entry, constant: &Entry, options: &PredictOptions) -> bool {
    let gains = constant.losses.iter().zip(&winner.losses).map(|(c, w)| c - w);
    let (mean, deviation) = crate::frame::moments(gains);
    let error = deviation / (winner.losses.len() as f64).sqrt();
    mean > 2.0 * error
        && winner.score.auc >= options.auc_min
        && winner.score.auc - 0.5 > 2.0 * winner.score.auc_error
}

fn too_few(have: usize, need: usize) -> Refusal {
    Refusal {
        code: "predict.too_few",
        why: Text::new(
            format!("only {have} rows have the rarer outcome; {need} are needed"),
            format!("较少一类结果仅有 {have} 条，至少需要 {need} 条"),
        ),
        help: Text::new(
            "take a longer period, a wider group of customers, or a longer horizon",
            "请延长取数时段、扩大客户范围或放宽预测期限",
        ),
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
            format!("these columns alone nearly decide the outcome: {en}"),
            format!("以下列几乎单独决定结果：{zh}"),
        ),
        help: Text::new(
            "leave out what is filled in after the outcome, or confirm that it is known before",
            "请剔除结果发生后才填写的列，或确认其在结果之前已知",
        ),
        suspects,
        scores: Vec::new(),
    }
}

fn no_signal(best: &Entry, scores: Vec<Score>, options: &PredictOptions) -> Refusal {
    let auc = crate::text::number(best.score.auc);
    let need = crate::text::number(options.auc_min);
    Refusal {
        code: "predict.no_signal",
        why: Text::new(
            format!("nothing here tells the outcomes apart (ROC area {auc}; {need} is the least)"),
            format!("现有数据无法区分结果（ROC 面积 {auc}，最低要求 {need}）"),
        ),
        help: Text::new(
            "record more about what precedes the outcome: activities, response times, competitors, prices",
            "请记录更多结果之前的信息：跟进活动、响应时间、竞争对手、报价",
        ),
        suspects: Vec::new(),
        scores,
    }
}

#[cfg(test)]
mod tests;
