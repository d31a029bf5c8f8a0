//! What distinguishes won from lost, loyal from gone, effective salespeople from others.

use super::columns::OUTCOME;
use super::predict::{drawn, learnt};
use super::{Input, Study};
use crate::chart::{Bar, Chart, Unit};
use crate::refusal::Result;
use crate::report::{Report, Table, Tone, Value};
use crate::settings::{Kind, Setting, setting};
use mining::drivers::{Driver, DriverOptions, Drivers, drivers};
use mining::text::percent;
use mining::{Run, Text};

const SETTINGS: &[Setting] = &[
    setting("least", Kind::Whole, "fewest rows of a group (30)", "分组最少行数（默认 30）"),
    setting(
        "false-share",
        Kind::Number,
        "share of the findings that may be false (0.05)",
        "允许的错误发现比例（默认 0.05）",
    ),
];

pub(super) const STUDY: Study = Study {
    name: "drivers",
    title: ("What makes the difference", "驱动因素"),
    about: (
        "Compares every group with all others: won and lost, loyal and gone, salespeople",
        "将每个分组与其余比较：赢单与输单、留存与流失、销售员",
    ),
    settings: &[OUTCOME, SETTINGS],
    compares: false,
    work,
};

fn work(input: &Input<'_>, run: &Run<'_>, report: &mut Report) -> Result<()> {
    let learnt = learnt(input, report)?;
    let usual = DriverOptions::default();
    let options = DriverOptions {
        level_rows_min: input.settings.whole("least", usual.level_rows_min, 5, 1_000_000)?,
        false_share: input.settings.between("false-share", usual.false_share, 0.001, 0.5)?,
        ..usual
    };
    let found = drivers(&learnt.frame, &learnt.positive, &options, run)?;
    let (name, yes) = (&learnt.outcome.column.name, &learnt.outcome.yes);
    report.on_card(
        "outcome",
        Text::new("yes means", "“是”的含义"),
        Value::Raw(format!("{name} = {yes}")),
    );
    report.on_card(
        "tried",
        Text::new("groups tried", "检验的分组数"),
        Value::Count(found.tried.len()),
    );
    report.on_card(
        "false_share",
        Text::new("findings that may be false", "允许的错误发现比例"),
        Value::Share(options.false_share),
    );
    told(report, &found);
    if let Some(tree) = &found.tree {
        drawn(report, tree);
    }
    Ok(())
}

/// Findings, their picture, and the table of all groups tried.
pub(super) fn told(report: &mut Report, found: &Drivers) {
    report.figure(
        "found",
        Text::new("differences found", "发现的差异"),
        Value::Count(found.found.len()),
    );
    report.figure(
        "tried",
        Text::new("groups tried", "检验的分组"),
        Value::Count(found.tried.len()),
    );
    if found.found.is_empty() {
        report.refused = Some("study.no_drivers".to_owned());
        report.say(
            Tone::Refusal,
            Text::new(
                format!(
                    "none of the {} groups tried differs more than chance explains",
                    found.tried.len()
                ),
                format!("检验的 {} 个分组均未超出偶然差异", found.tried.len()),
            ),
        );
        report.advice(
            "record more about what precedes the outcome: activities, response times, competitors, prices",
            "请记录更多结果之前的信息：跟进活动、响应时间、竞争对手、报价",
        );
    } else {
        for d in found.found.iter().take(5) {
            let (low, high) = (percent(d.low), percent(d.high));
            report.finding(
                format!("{} (difference {low} to {high})", d.text.en),
                format!("{}（差异 {low} 至 {high}）", d.text.zh),
            );
        }
        report.say(
            Tone::Warning,
            Text::new(
                "these are associations: try a change on some customers before you believe a cause",
                "以上只是相关关系：在认定因果之前，请先在部分客户上试行",
            ),
        );
        let bars = found
            .found
            .iter()
            .take(15)
            .map(|d| Bar { range: Some((d.low, d.high)), ..Bar::new(label(d), d.effect) });
        let title = Text::new(
            "Difference from all others, with 95 % intervals",
            "与其余的差异（95 % 区间）",
        );
        report.charts.push(Chart::effects(title.clone(), title, bars.collect(), Unit::Share));
    }
    report.tables.insert(0, table(found));
    report.list = "groups";
}

/// All groups tried.
fn table(found: &Drivers) -> Table {
    let mut table = Table::new(
        "groups",
        Text::new("All groups tried, strongest findings first", "全部检验的分组"),
        &[
            ("column", "column", "列"),
            ("group", "group", "组"),
            ("rows", "rows", "行数"),
            ("rate", "rate", "比例"),
            ("other_rate", "elsewhere", "其余"),
            ("effect", "difference", "差异"),
            ("low", "at least", "下限"),
            ("high", "at most", "上限"),
            ("p_adjusted", "p, for all groups", "校正后 p 值"),
        ],
    );
    let mut all: Vec<&Driver> = found.tried.iter().collect();
    all.sort_by(|a, b| {
        a.p_adjusted.total_cmp(&b.p_adjusted).then(b.effect.abs().total_cmp(&a.effect.abs()))
    });
    for d in all {
        let shares = [d.rate, d.other_rate, d.effect, d.low, d.high].map(Value::Share);
        let head =
            [Value::Raw(d.column.clone()), Value::Words(d.group.clone()), Value::Count(d.rows)];
        table
            .rows
            .push([head.to_vec(), shares.to_vec(), vec![Value::Number(d.p_adjusted)]].concat());
    }
    table
}

fn label(d: &Driver) -> Text {
    let name = &d.column;
    Text::new(format!("{name}: {}", d.group.en), format!("{name}:{}", d.group.zh))
}
