//! Whether newer data still look as they did when a model was made.

use super::columns::{OUTCOME, frame, origin};
use super::predict::{SETTINGS, learnt, published};
use super::{Input, Study};
use crate::chart::{Bar, Chart, Unit};
use crate::refusal::{Refusal, Result};
use crate::report::{Report, Table, Tone, Value};
use crate::roles::Role;
use mining::metrics::{psi_categories, psi_numeric};
use mining::predict::{Alarm, Monitor};
use mining::text::number;
use mining::{Frame, Run, Text};

pub(super) const STUDY: Study = Study {
    name: "drift",
    title: ("Drift", "数据漂移"),
    about: (
        "Compares a newer file with the one a model was made of: inputs, scores and base rate",
        "比较新旧两份数据：输入、评分与基准率是否变化",
    ),
    settings: &[OUTCOME, SETTINGS],
    compares: true,
    work,
};

fn work(input: &Input<'_>, run: &Run<'_>, report: &mut Report) -> Result<()> {
    let Some(later) = input.second else {
        return Err(Refusal::setting(Text::new(
            "drift compares two files: name the newer one, too",
            "漂移检查需要两份文件：请同时给出较新的一份",
        )));
    };
    let (before, after, alarms) = match input.maybe(Role::Outcome)? {
        Some(_) => {
            // What drifts can be told by any model; a tree is quick to learn.
            let quick = input
                .settings
                .clone()
                .with("models", input.settings.text("models").unwrap_or("tree"));
            let input = &Input { settings: &quick, ..*input };
            let learnt = learnt(input, report)?;
            let model = published(input, &learnt, run, report)?;
            let newer = Input { sheet: later, ..*input };
            let (after, _) = frame(later, &[], &[], learnt.origin, &mut Report::default())?;
            let outcomes =
                newer.maybe(Role::Outcome)?.and_then(|_| super::columns::outcome(&newer).ok());
            let known: Vec<usize> = match &outcomes {
                Some(o) => (0..later.rows).filter(|&r| o.of_row[r].is_some()).collect(),
                None => Vec::new(),
            };
            let alarms = match &model {
                None => {
                    report.refused = None;
                    report.warning(
                        "inputs are compared alone, because there is no model",
                        "没有可用模型，仅比较输入",
                    );
                    inputs(&learnt.frame, &after)?
                }
                Some(p) => {
                    let mut alarms = p.drift(&after, None)?;
                    if !known.is_empty() {
                        let y: Vec<bool> = outcomes
                            .iter()
                            .flat_map(|o| known.iter().map(|&r| o.of_row[r] == Some(true)))
                            .collect();
                        let base = p.drift(&after.take(&known), Some(&y))?;
                        alarms.extend(base.into_iter().filter(|a| a.code == "drift.base_rate"));
                    }
                    alarms
                }
            };
            (learnt.frame, after, alarms)
        }
        None => {
            let origin = origin(input.sheet);
            let (before, _) = frame(input.sheet, &[], &[], origin, report)?;
            let (after, _) = frame(later, &[], &[], origin, &mut Report::default())?;
            let alarms = inputs(&before, &after)?;
            (before, after, alarms)
        }
    };
    report.tables.clear();
    told(report, &alarms, later.rows);
    sizes(report, &before, &after)
}

/// Alarms about inputs, where there is no model.
fn inputs(before: &Frame, after: &Frame) -> Result<Vec<Alarm>> {
    let level = |frame: &Frame| vec![0.5; frame.rows()];
    Ok(Monitor::learn(before, &level(before), 0.5)?.alarms(after, &level(after), None)?)
}

fn told(report: &mut Report, alarms: &[Alarm], rows: usize) {
    report.figure("alarms", Text::new("alarms", "警报数"), Value::Count(alarms.len()));
    report.figure("newer_rows", Text::new("newer rows", "新数据行数"), Value::Count(rows));
    if alarms.is_empty() {
        report
            .finding("nothing has moved further than chance explains", "各项变化均未超出随机波动");
    }
    for alarm in alarms {
        report.say(Tone::Warning, alarm.text.clone());
    }
    if !alarms.is_empty() {
        report.advice(
            "learn the model again from newer data before you act on its scores",
            "请先用较新的数据重新建模，再使用评分",
        );
    }
}

/// The stability index of every column.
fn sizes(report: &mut Report, before: &Frame, after: &Frame) -> Result<()> {
    use mining::frame::{Schema, Values};
    let after = Schema::of(before).align(after)?;
    let mut found: Vec<(&str, f64)> = Vec::new();
    for (b, a) in before.columns().iter().zip(after.columns()) {
        let psi = match (b.values(), a.values()) {
            (Values::Numeric(b), Values::Numeric(a)) => psi_numeric(b, a, 10)?,
            (Values::Category(b), Values::Category(a)) => {
                psi_categories(b.codes(), a.codes(), b.levels().len())?
            }
            _ => continue,
        };
        found.push((b.name(), psi));
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut table = Table::new(
        "columns",
        Text::new("How far each column has moved", "各列变化幅度"),
        &[("column", "column", "列"), ("psi", "PSI", "PSI"), ("judgement", "judgement", "判断")],
    );
    for (name, psi) in &found {
        let judgement = match *psi {
            p if p < 0.1 => Text::new("stable", "稳定"),
            p if p < 0.25 => Text::new("moving", "有变化"),
            _ => Text::new("moved", "变化明显"),
        };
        table.rows.push(vec![
            Value::Raw((*name).to_owned()),
            Value::Number(*psi),
            Value::Words(judgement),
        ]);
    }
    let bars = found
        .iter()
        .take(15)
        .map(|(n, p)| Bar::raw(n, *p).noted(Text::new(number(*p), number(*p))));
    let title = Text::new(
        "Population stability index; from .25 a column has moved",
        "群体稳定性指数（PSI）;0.25 以上为明显变化",
    );
    report.charts.push(Chart::bars(title.clone(), title, bars.collect(), Unit::Number));
    report.tables.push(table);
    report.list = "columns";
    Ok(())
}
