//! How much: amounts predicted with their likely error, or the reason why they cannot be.

use super::columns::{OUTCOME, advise, confirmed, frame, origin};
use super::{Input, Study};
use crate::chart::{Bar, Chart, Series, Unit};
use crate::refusal::Result;
use crate::report::{Report, Table, Tone, Value};
use crate::roles::Role;
use crate::settings::{Kind, Setting, setting};
use crate::sheet::{days, numbers};
use mining::amount::{
    AmountAnswer, AmountContender, AmountOptions, AmountQuestion, AmountScore, PublishedAmount,
    predict_amount,
};
use mining::split::pick;
use mining::text::{number, percent};
use mining::{Run, Text};

const SETTINGS: &[Setting] = &[
    setting("amount", Kind::Column, "column of the amount to predict", "要预测的金额列"),
    setting(
        "date",
        Kind::Column,
        "column of the day each row was known; with it models are judged on later rows",
        "每行数据的日期列；给出后按时间先后检验",
    ),
    setting(
        "confirm",
        Kind::Columns,
        "suspicious columns that you have checked to be known before the amount",
        "已核实事前已知的可疑列",
    ),
    setting(
        "folds",
        Kind::Whole,
        "folds, or later periods when there is a date (5)",
        "交叉验证折数或时段数（默认 5）",
    ),
    OUTCOME[3],
    OUTCOME[4],
];

pub(super) const STUDY: Study = Study {
    name: "amounts",
    title: ("How much", "金额预测"),
    about: (
        "Predicts an amount with its likely error, or says why it cannot",
        "预测金额及其误差范围；做不到时说明原因",
    ),
    settings: &[SETTINGS],
    compares: false,
    work,
};

fn work(input: &Input<'_>, run: &Run<'_>, report: &mut Report) -> Result<()> {
    let column = input.column(Role::Amount)?;
    let need = |name: &str, need| mining::Error::ColumnKind { name: name.to_owned(), need };
    let (target, note) = numbers(column).ok_or_else(|| need(&column.name, "numbers"))?;
    note.into_iter().for_each(|n| report.warning(n.en, n.zh));
    let date = input.settings.text("date").map(|n| input.named(n)).transpose()?;
    let mut without: Vec<&str> = vec![&column.name];
    without.extend(date.map(|d| d.name.as_str()));
    let named = input.listed("without")?;
    without.extend(named.iter().map(|c| c.name.as_str()));
    let only: Vec<&str> = input.listed("only")?.iter().map(|c| c.name.as_str()).collect();
    let (all, left_out) = frame(input.sheet, &without, &only, origin(input.sheet), report)?;
    let time = match date {
        Some(c) => Some(days(c).ok_or_else(|| need(&c.name, "dates"))?.0),
        None => None,
    };
    let dated = |r: usize| time.as_ref().is_none_or(|t| !t[r].is_nan());
    let known: Vec<usize> =
        (0..target.len()).filter(|&r| !target[r].is_nan() && dated(r)).collect();
    let (y, time) = (pick(&target, &known), time.map(|t| pick(&t, &known)));
    let options = AmountOptions {
        confirmed: confirmed(input, &all)?,
        folds: input.settings.whole("folds", 5, 2, 20)?,
        ..AmountOptions::default()
    };
    let learnt = all.take(&known);
    let question = AmountQuestion { frame: &learnt, target: &y, time: time.as_deref() };
    let p = match predict_amount(&question, &options, run)? {
        AmountAnswer::Published(p) => p,
        AmountAnswer::Refused(refusal, scores) => {
            report.refused = Some(refusal.code.to_owned());
            report.say(Tone::Refusal, refusal.why);
            report.say(Tone::Advice, refusal.help);
            advise(report, input.sheet, &refusal.suspects);
            contenders(report, &scores, None);
            return Ok(());
        }
    };
    contenders(report, &p.scores, Some(p.winner));
    told(report, &p, &y, column.name.as_str());
    let key = left_out.first().and_then(|name| input.sheet.column(name));
    let name = |r: usize| key.map_or_else(|| (r + 1).to_string(), |c| c.text(r).to_owned());
    list(report, &p, (&all, &target, &known), &name)
}

fn name(contender: AmountContender) -> Text {
    match contender {
        AmountContender::Mean => Text::new("mean", "平均值"),
        AmountContender::Linear => Text::new("linear", "线性回归"),
        AmountContender::Tree => Text::new("decision tree", "决策树"),
        AmountContender::Boosted => Text::new("boosted trees", "提升树"),
        AmountContender::Neural => Text::new("neural network", "神经网络"),
    }
}

fn contenders(report: &mut Report, scores: &[AmountScore], winner: Option<AmountContender>) {
    let mut table = Table::new(
        "contenders",
        Text::new("Contenders, on rows they had not seen", "参赛模型（在未见数据上）"),
        &[
            ("model", "model", "模型"),
            ("rmse", "RMSE", "均方根误差"),
            ("mae", "mean error", "平均误差"),
            ("explained", "variance explained", "解释方差"),
            ("chosen", "verdict", "结论"),
        ],
    );
    for s in scores {
        let chosen = winner == Some(s.contender);
        table.rows.push(vec![
            Value::Words(name(s.contender)),
            Value::Number(s.rmse),
            Value::Number(s.mae),
            Value::Share(s.explained),
            if chosen { Value::Words(Text::new("chosen", "选用")) } else { Value::None },
        ]);
    }
    let bars = scores.iter().map(|s| Bar::new(name(s.contender), s.explained.max(0.0)));
    let title = Text::new("Share of the variance explained", "解释方差占比");
    if !scores.is_empty() {
        report.charts.push(Chart::bars(title.clone(), title, bars.collect(), Unit::Share));
        report.tables.push(table);
    }
}

fn told(report: &mut Report, p: &PublishedAmount, y: &[f64], column: &str) {
    let winner = p.scores.iter().find(|s| s.contender == p.winner).expect("the winner competed");
    let (model, off) = (name(p.winner), number(p.four_in_five));
    let share = percent(winner.explained);
    report.finding(
        format!("chosen: {}; it explains {share} of the variance; four in five amounts lie within ± {off}", model.en),
        format!("选用{}，解释方差的 {share}；五分之四的金额落在预测值 ± {off} 之内", model.zh),
    );
    report.figure(
        "explained",
        Text::new("variance explained", "解释方差"),
        Value::Share(winner.explained),
    );
    report.figure("rmse", Text::new("RMSE", "均方根误差"), Value::Number(winner.rmse));
    report.figure(
        "four_in_five",
        Text::new("four in five within ±", "八成误差范围 ±"),
        Value::Number(p.four_in_five),
    );
    report.on_card("predicts", Text::new("predicts", "预测内容"), Value::Raw(column.to_owned()));
    report.on_card("model", Text::new("model", "模型"), Value::Words(model));
    report.on_card("learnt", Text::new("rows learnt from", "学习行数"), Value::Count(y.len()));
    report.on_card("split", Text::new("judged", "检验方式"), Value::Words(p.split.clone()));
    report.on_card(
        "columns",
        Text::new("columns used", "使用的列"),
        Value::Raw(p.columns.join(", ")),
    );
    let mut order: Vec<&(usize, f64)> = p.held_out.iter().collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let bins = 10.min(order.len());
    let points: Vec<(f64, f64)> = (0..bins)
        .map(|b| {
            let part = &order[order.len() * b / bins..order.len() * (b + 1) / bins];
            let n = part.len() as f64;
            (
                part.iter().map(|r| r.1).sum::<f64>() / n,
                part.iter().map(|r| y[r.0]).sum::<f64>() / n,
            )
        })
        .collect();
    let (low, high) = (points[0].0, points[points.len() - 1].0);
    report.charts.push(Chart::lines(
        Text::new("Said against seen, by tenths", "预测与实际（十等分）"),
        Text::new("points on the broken line mean honest amounts", "越接近虚线，预测越可信"),
        vec![
            Series::line(Text::new("model", "模型"), points),
            Series::reference(Text::new("perfect", "理想"), vec![(low, low), (high, high)]),
        ],
        (Text::new("amount said", "预测金额"), Unit::Number),
        (Text::new("mean amount seen", "实际平均金额"), Unit::Number),
    ));
}

/// Rows without an amount by their prediction; where all are known, every judged row.
fn list(
    report: &mut Report,
    p: &PublishedAmount,
    (all, target, known): (&mining::Frame, &[f64], &[usize]),
    name: &dyn Fn(usize) -> String,
) -> Result<()> {
    let fresh: Vec<usize> = (0..target.len()).filter(|&r| target[r].is_nan()).collect();
    let mut rows: Vec<(usize, f64)> = if fresh.is_empty() {
        p.held_out.iter().map(|&(r, v)| (known[r], v)).collect()
    } else {
        let found = p.amount(&all.take(&fresh))?;
        fresh.into_iter().zip(found).collect()
    };
    rows.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut table = Table::new(
        "predictions",
        Text::new("Predictions", "预测"),
        &[
            ("row", "row", "行"),
            ("predicted", "predicted", "预测值"),
            ("low", "four in five from", "八成下限"),
            ("high", "to", "上限"),
            ("actual", "actual", "实际值"),
        ],
    );
    for (row, value) in rows {
        let numbers = [value, value - p.four_in_five, value + p.four_in_five].map(Value::Number);
        let actual = if target[row].is_nan() { Value::None } else { Value::Number(target[row]) };
        table.rows.push([vec![Value::Raw(name(row))], numbers.to_vec(), vec![actual]].concat());
    }
    report.tables.push(table);
    report.list = "predictions";
    Ok(())
}
