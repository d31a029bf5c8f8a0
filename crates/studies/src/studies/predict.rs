//! Who will say yes: models compete, the simplest good one wins, or none is published.

use super::columns::{OUTCOME, Outcome, advise, confirmed, frame, origin, outcome};
use super::{Input, Study};
use crate::refusal::{Refusal, Result};
use crate::report::{Report, Table, Tone, Value};
use crate::settings::{Kind, Setting, setting};
use crate::sheet::{days, numbers};
use mining::predict::{Answer, Contender, PredictOptions, Published, Question, predict};
use mining::split::pick;
use mining::{Frame, Run, Text};

mod shown;
pub(super) use shown::{card, contenders, drawn, judged, tree};

pub(super) const SETTINGS: &[Setting] = &[
    setting(
        "date",
        Kind::Column,
        "column of the day each row was known; with it models are judged on later rows",
        "每行数据的日期列；给出后按时间先后检验",
    ),
    setting(
        "confirm",
        Kind::Columns,
        "suspicious columns that you have checked to be known before the outcome",
        "已核实在结果之前已知的可疑列",
    ),
    setting(
        "horizon",
        Kind::Text,
        "what yes means and within which time, for the card",
        "“是”的含义与期限，记入模型卡",
    ),
    setting(
        "models",
        Kind::Text,
        "models that compete beside the baseline and the logistic one: tree, boosted, neural (all)",
        "参赛模型：tree、boosted、neural（默认全部）",
    ),
    setting(
        "folds",
        Kind::Whole,
        "folds, or later periods when there is a date (5)",
        "交叉验证折数或时段数（默认 5）",
    ),
    setting(
        "least",
        Kind::Whole,
        "fewest rows of the rarer outcome (50)",
        "较少一类结果的最少行数（默认 50）",
    ),
];

pub(super) const STUDY: Study = Study {
    name: "predict",
    title: ("Who will say yes", "结果预测"),
    about: (
        "Predicts a yes/no outcome with calibrated probabilities and reasons, or says why it cannot",
        "预测是/否结果，给出校准概率与理由；数据不足时说明原因",
    ),
    settings: &[OUTCOME, SETTINGS],
    compares: false,
    work,
};

/// Rows whose reasons are worked out.
const REASONS_ROWS_MAX: usize = 1_000;
const REASONS: usize = 3;

/// What is learnt from, and which rows of the sheet it is.
pub(super) struct Learnt<'a> {
    pub frame: Frame,
    /// All rows, labelled or not, in the same columns.
    pub all: Frame,
    pub positive: Vec<bool>,
    /// Rows of the sheet with a known outcome, in order.
    pub rows: Vec<usize>,
    pub time: Option<Vec<f64>>,
    pub outcome: Outcome<'a>,
    pub origin: f64,
    pub row_names: Vec<String>,
}

pub(super) fn learnt<'a>(input: &Input<'a>, report: &mut Report) -> Result<Learnt<'a>> {
    let outcome = outcome(input)?;
    let mut without: Vec<&str> = vec![&outcome.column.name];
    let named = input.listed("without")?;
    without.extend(named.iter().map(|c| c.name.as_str()));
    let only: Vec<&str> = input.listed("only")?.iter().map(|c| c.name.as_str()).collect();
    let date = match input.settings.text("date") {
        Some(name) => Some(input.named(name)?),
        None => None,
    };
    without.extend(date.map(|d| d.name.as_str()));
    let origin = origin(input.sheet);
    let (all, left_out) = frame(input.sheet, &without, &only, origin, report)?;
    let time = match date {
        None => None,
        Some(column) => {
            let found = days(column).map(|d| d.0).or_else(|| numbers(column).map(|n| n.0));
            Some(found.ok_or_else(|| mining::Error::ColumnKind {
                name: column.name.clone(),
                need: "dates",
            })?)
        }
    };
    let dated = |r: usize| time.as_ref().is_none_or(|t| !t[r].is_nan());
    let known: Vec<usize> =
        (0..outcome.of_row.len()).filter(|&r| outcome.of_row[r].is_some() && dated(r)).collect();
    let skipped = input.sheet.rows - known.len();
    if skipped > 0 {
        report.warning(
            format!("{skipped} rows have no outcome yet to learn from"),
            format!("{skipped} 行尚无结果，不参与建模"),
        );
    }
    if let Some(time) = &time {
        filled_later(input, &known, time)?;
    }
    let positive = known.iter().map(|&r| outcome.of_row[r] == Some(true)).collect();
    let time = time.map(|t| pick(&t, &known));
    let key = left_out.first().and_then(|name| input.sheet.column(name));
    let row_names = (0..input.sheet.rows)
        .map(|r| key.map_or_else(|| (r + 1).to_string(), |c| c.text(r).to_owned()))
        .collect();
    Ok(Learnt {
        frame: all.take(&known),
        all,
        positive,
        rows: known,
        time,
        outcome,
        origin,
        row_names,
    })
}

/// Refuses date columns that lie after the row's own date: they were filled in later.
fn filled_later(input: &Input<'_>, known: &[usize], time: &[f64]) -> Result<()> {
    const SHARE_MAX: f64 = 0.2;
    let confirmed = input.settings.list("confirm");
    let without = input.settings.list("without");
    let date = input.settings.text("date").unwrap_or_default();
    let mut late = Vec::new();
    for column in &input.sheet.columns {
        let named = confirmed.iter().chain(&without).any(|n| n.eq_ignore_ascii_case(&column.name));
        if named || column.name.eq_ignore_ascii_case(date) || numbers(column).is_some() {
            continue;
        }
        let Some((days, _)) = days(column) else { continue };
        let after = known.iter().filter(|&&r| days[r] > time[r]).count();
        if after as f64 > SHARE_MAX * known.len() as f64 {
            late.push(column.name.as_str());
        }
    }
    if late.is_empty() {
        return Ok(());
    }
    let names = late.join(", ");
    let typed = late.iter().map(|n| n.replace(',', "\\,")).collect::<Vec<_>>().join(",");
    Err(Refusal {
        code: "predict.leak".to_owned(),
        why: Text::new(
            format!("these columns hold days after the row's own date: {names}"),
            format!("以下列的日期晚于该行自身的日期：{names}"),
        ),
        help: Text::new(
            format!(
                "--without \"{typed}\" leaves them out, --confirm \"{typed}\" keeps them if they were known before"
            ),
            format!("--without \"{typed}\" 可排除；确认事前已知后可用 --confirm \"{typed}\" 保留"),
        ),
    })
}

pub(super) fn options(input: &Input<'_>, yes: &str, outcome: &str) -> Result<PredictOptions> {
    let usual = PredictOptions::default();
    let mut contenders = Vec::new();
    for name in input.settings.list("models") {
        contenders.push(match name.as_str() {
            "tree" => Contender::Tree,
            "boosted" => Contender::Boosted,
            "neural" => Contender::Neural,
            "blend" => Contender::Blend,
            "logistic" => Contender::Logistic,
            "baseline" => Contender::Baseline,
            _ => {
                return Err(Refusal::setting(Text::new(
                    format!(
                        "there is no model {name}; there are tree, boosted, neural, blend, logistic"
                    ),
                    format!("没有模型 {name}；可选 tree、boosted、neural、blend、logistic"),
                )));
            }
        });
    }
    let all = input.settings.text("models").is_none();
    let horizon = match input.settings.text("horizon") {
        Some(text) => Text::new(text, text),
        None => Text::new(
            format!("{outcome} is {yes}; the time is that of the data, none was named (--horizon)"),
            format!("{outcome} 为 {yes}；未指明期限，以数据所含时段为准（--horizon）"),
        ),
    };
    Ok(PredictOptions {
        contenders: if all { usual.contenders.clone() } else { contenders },
        class_rows_min: input.settings.whole("least", usual.class_rows_min, 10, 1_000_000)?,
        folds: input.settings.whole("folds", usual.folds, 2, 20)?,
        date: crate::sheet::day_text(input.today),
        horizon,
        ..usual
    })
}

/// Lets the models compete; a refusal goes into the report and gives none.
pub(super) fn published(
    input: &Input<'_>,
    learnt: &Learnt<'_>,
    run: &Run<'_>,
    report: &mut Report,
) -> Result<Option<Box<Published>>> {
    let options = PredictOptions {
        confirmed: confirmed(input, &learnt.frame)?,
        ..options(input, &learnt.outcome.yes, &learnt.outcome.column.name)?
    };
    let time = learnt.time.as_deref();
    let question = Question { frame: &learnt.frame, positive: &learnt.positive, time, folds: None };
    match predict(&question, &options, run)? {
        Answer::Published(p) => Ok(Some(p)),
        Answer::Refused(refusal) => {
            report.refused = Some(refusal.code.to_owned());
            report.say(Tone::Refusal, refusal.why.clone());
            report.say(Tone::Advice, refusal.help.clone());
            advise(report, input.sheet, &refusal.suspects);
            contenders(report, &refusal.scores, None);
            Ok(None)
        }
    }
}

fn work(input: &Input<'_>, run: &Run<'_>, report: &mut Report) -> Result<()> {
    let learnt = learnt(input, report)?;
    let Some(p) = published(input, &learnt, run, report)? else { return Ok(()) };
    card(report, &p.card);
    contenders(report, &p.card.scores, Some(p.card.winner));
    judged(report, &p, &learnt.positive)?;
    tree(report, &learnt.frame, &learnt.positive, run)?;
    importance(report, &p, &learnt.frame)?;
    list(report, &p, &learnt)
}

/// How much each column moves scores, on at most so many rows.
fn importance(report: &mut Report, p: &Published, frame: &Frame) -> Result<()> {
    let step = frame.rows().div_ceil(REASONS_ROWS_MAX / 4);
    let sample = frame.take(&(0..frame.rows()).step_by(step).collect::<Vec<_>>());
    let reasons = p.reasons(&sample, usize::MAX)?;
    let mut sums: std::collections::BTreeMap<&str, f64> = std::collections::BTreeMap::new();
    for reason in reasons.iter().flatten() {
        *sums.entry(&reason.column).or_insert(0.0) += reason.effect.abs() / sample.rows() as f64;
    }
    let mut bars: Vec<(&str, f64)> = sums.into_iter().collect();
    bars.sort_by(|a, b| b.1.total_cmp(&a.1));
    bars.truncate(12);
    let title = Text::new("What moves the scores most", "影响评分最大的因素");
    let alt =
        Text::new("mean size of each column's effect on the score", "各列对评分的平均影响幅度");
    let bars = bars.into_iter().map(|(name, v)| crate::chart::Bar::raw(name, v)).collect();
    report.charts.push(crate::chart::Chart::bars(title, alt, bars, crate::chart::Unit::Number));
    Ok(())
}

/// Rows without a known outcome by their score; where all are known, every row by the score of
/// a model that had not seen it.
fn list(report: &mut Report, p: &Published, learnt: &Learnt<'_>) -> Result<()> {
    let mut unknown = vec![true; learnt.all.rows()];
    learnt.rows.iter().for_each(|&r| unknown[r] = false);
    let fresh: Vec<usize> = (0..unknown.len()).filter(|&r| unknown[r]).collect();
    let (title, mut scored): (Text, Vec<(usize, f64)>) = if fresh.is_empty() {
        let title = Text::new(
            "All judged rows, each scored by a model that had not seen it",
            "全部检验行（均由未见过该行的模型评分）",
        );
        (title, p.held_out.iter().map(|&(r, q)| (learnt.rows[r], q)).collect())
    } else {
        let title = Text::new("Rows whose outcome is not known yet", "结果未知的行");
        let q = p.probability(&learnt.all.take(&fresh))?;
        (title, fresh.into_iter().zip(q).collect())
    };
    scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut table = Table::new(
        "scores",
        title,
        &[
            ("row", "row", "行"),
            ("probability", "probability", "概率"),
            ("outcome", "outcome", "结果"),
            ("reasons", "reasons", "理由"),
        ],
    );
    let top: Vec<usize> = scored.iter().take(REASONS_ROWS_MAX).map(|s| s.0).collect();
    let reasons = p.reasons(&learnt.all.take(&top), REASONS)?;
    for (at, &(row, q)) in scored.iter().enumerate() {
        let words = reasons.get(at).map(|r| joined(r.iter().map(|r| &r.text)));
        table.rows.push(vec![
            Value::Raw(learnt.row_names[row].clone()),
            Value::Share(q),
            Value::Raw(learnt.outcome.column.text(row).to_owned()),
            words.map_or(Value::None, Value::Words),
        ]);
    }
    report.tables.push(table);
    report.list = "scores";
    Ok(())
}

/// Sentences of one row as one.
pub(super) fn joined<'t>(texts: impl Iterator<Item = &'t Text>) -> Text {
    let (en, zh): (Vec<&str>, Vec<&str>) = texts.map(|t| (t.en.as_str(), t.zh.as_str())).unzip();
    Text::new(en.join("; "), zh.join(";"))
}
