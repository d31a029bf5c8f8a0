//! How long customers stay, and whether groups differ.

use super::columns::outcome;
use super::{Input, Study};
use crate::chart::{Chart, Series, Unit};
use crate::refusal::{Refusal, Result};
use crate::report::{Report, Table, Value};
use crate::roles::Role;
use crate::settings::{Kind, Setting, setting};
use crate::sheet::{TextColumn, days, numbers};
use mining::text::{number, percent};
use mining::time::{Survival, log_rank, survival};
use mining::{Run, Text};

const SETTINGS: &[Setting] = &[
    setting(
        "time",
        Kind::Column,
        "column of the time stayed so far, in any unit, such as tenure",
        "已留存时长列（任意单位）",
    ),
    setting(
        "start",
        Kind::Column,
        "column of the first day, when there is no time",
        "开始日期列（无时长列时）",
    ),
    setting(
        "end",
        Kind::Column,
        "column of the day of leaving; blank for those still there",
        "离开日期列；仍在者留空",
    ),
    setting("outcome", Kind::Column, "column that says who has left", "是否离开列"),
    setting("yes", Kind::Text, "text of that column that means left", "表示已离开的取值"),
    setting("by", Kind::Column, "column of groups to compare", "分组比较的列"),
    setting("today", Kind::Day, "day up to which is looked", "截止日"),
];

pub(super) const STUDY: Study = Study {
    name: "survival",
    title: ("How long customers stay", "留存曲线"),
    about: (
        "What share stays for how long, and whether groups differ",
        "多少客户能留多久，各组是否不同",
    ),
    settings: &[SETTINGS],
    compares: false,
    work,
};

const GROUPS_MAX: usize = 5;
/// Rows a group must have to be drawn.
const GROUP_ROWS_MIN: usize = 10;

/// Time per row and whether it ended by leaving, for the rows where both are known.
struct Stays {
    rows: Vec<usize>,
    time: Vec<f64>,
    left: Vec<bool>,
    in_days: bool,
}

fn stays(input: &Input<'_>, report: &mut Report) -> Result<Stays> {
    let named = input.settings.text("time").map(|n| input.named(n)).transpose()?;
    let guess = || {
        input.sheet.columns.iter().find(|c| {
            ["tenure", "duration", "时长", "在网时长"].contains(&c.name.to_lowercase().as_str())
        })
    };
    let mut stays = Stays { rows: Vec::new(), time: Vec::new(), left: Vec::new(), in_days: false };
    if let Some(column) = named.or_else(guess) {
        let outcome = outcome(input)?;
        let (time, note) = numbers(column).ok_or_else(|| mining::Error::ColumnKind {
            name: column.name.clone(),
            need: "numbers",
        })?;
        note.into_iter().for_each(|n| report.warning(n.en, n.zh));
        for (row, (&t, o)) in time.iter().zip(&outcome.of_row).enumerate() {
            if let (true, Some(left)) = (t >= 0.0, o) {
                stays.rows.push(row);
                stays.time.push(t);
                stays.left.push(*left);
            }
        }
    } else {
        let column = input.column(Role::Start)?;
        let need =
            |c: &TextColumn| mining::Error::ColumnKind { name: c.name.clone(), need: "dates" };
        let start = days(column).ok_or_else(|| need(column))?.0;
        let column = input.column(Role::End)?;
        let end = match column.blank_rows() == input.sheet.rows {
            true => vec![f64::NAN; input.sheet.rows],
            false => days(column).ok_or_else(|| need(column))?.0,
        };
        let last = start
            .iter()
            .chain(&end)
            .copied()
            .filter(|d| !d.is_nan())
            .fold(f64::NEG_INFINITY, f64::max);
        let today = input.settings.day("today")?.unwrap_or(last.min(input.tomorrow()));
        for (row, (&from, &to)) in start.iter().zip(&end).enumerate() {
            let left = to <= today;
            let upto = if left { to } else { today };
            if upto >= from {
                stays.rows.push(row);
                stays.time.push(upto - from);
                stays.left.push(left);
            }
        }
        stays.in_days = true;
    }
    let gone = input.sheet.rows - stays.rows.len();
    if gone > 0 {
        report.warning(
            format!("{gone} rows without a usable time or outcome were left out"),
            format!("{gone} 行缺少有效时长或结果，未采用"),
        );
    }
    Ok(stays)
}

fn work(input: &Input<'_>, _: &Run<'_>, report: &mut Report) -> Result<()> {
    let stays = stays(input, report)?;
    let whole = survival(&stays.time, &stays.left)?;
    let unit = if stays.in_days { Text::new("days", "天") } else { Text::new("time", "时长") };
    if !stays.left.contains(&true) {
        report.refused = Some("study.nobody_left".to_owned());
        report.say(
            crate::report::Tone::Refusal,
            Text::new(
                "nobody has left, so nothing can be said about how long they stay",
                "没有客户离开，无法判断留存时长",
            ),
        );
        return Ok(());
    }
    match whole.median {
        Some(median) => report.finding(
            format!("half have left after {} {}", number(median), unit.en),
            format!("经过 {} {} 后，一半客户离开", number(median), unit.zh),
        ),
        None => report.finding(
            "more than half stay beyond the time looked at",
            "超过一半的客户在观察期内未离开",
        ),
    }
    let gone = stays.left.iter().filter(|l| **l).count();
    report.figure("rows", Text::new("customers", "客户数"), Value::Count(stays.rows.len()));
    report.figure("left", Text::new("left", "已离开"), Value::Count(gone));
    let mut series = vec![line(Text::new("all", "全部"), &whole)];
    if let Some(name) = input.settings.text("by") {
        series = compared(input, report, &stays, name)?;
    }
    let title = Text::new("Share that stays", "留存比例");
    report.charts.push(Chart::lines(
        title.clone(),
        title,
        series,
        (unit, Unit::Number),
        (Text::new("still there", "仍在"), Unit::Share),
    ));
    let mut table = Table::new(
        "curve",
        Text::new("Curve", "留存曲线"),
        &[
            ("time", "time", "时长"),
            ("at_risk", "still observed", "仍在观察"),
            ("left", "left then", "当时离开"),
            ("share", "stay longer", "留存比例"),
            ("low", "at least", "下限"),
            ("high", "at most", "上限"),
        ],
    );
    for p in &whole.points {
        table.rows.push(vec![
            Value::Number(p.time),
            Value::Count(p.at_risk),
            Value::Count(p.events),
            Value::Share(p.share),
            Value::Share(p.low),
            Value::Share(p.high),
        ]);
    }
    report.tables.push(table);
    report.list = "curve";
    Ok(())
}

fn line(name: Text, s: &Survival) -> Series {
    let points = std::iter::once((0.0, 1.0)).chain(s.points.iter().map(|p| (p.time, p.share)));
    let band = std::iter::once((1.0, 1.0)).chain(s.points.iter().map(|p| (p.low, p.high)));
    Series { name, points: points.collect(), band: band.collect(), steps: true, reference: false }
}

/// One curve per group, the largest ones, each tested against all others.
fn compared(
    input: &Input<'_>,
    report: &mut Report,
    stays: &Stays,
    name: &str,
) -> Result<Vec<Series>> {
    let column = input.named(name)?;
    let (rows, groups) = largest(stays, column)?;
    let mut table = Table::new(
        "groups",
        Text::new("Groups against all others", "各组与其余比较"),
        &[
            ("group", "group", "组"),
            ("rows", "customers", "客户数"),
            ("left", "left", "已离开"),
            ("median", "half left after", "半数离开时长"),
            ("p_value", "p value", "p 值"),
            ("p_adjusted", "p, for all groups", "校正后 p 值"),
        ],
    );
    let mut found = Vec::new();
    for &g in &groups {
        let inside: Vec<bool> = stays.rows.iter().map(|&r| column.codes[r] as usize == g).collect();
        let of = |keep: bool| -> (Vec<f64>, Vec<bool>) {
            let kept = (0..inside.len()).filter(|&i| inside[i] == keep);
            kept.map(|i| (stays.time[i], stays.left[i])).unzip()
        };
        let (time, left) = of(true);
        let p = log_rank(&stays.time, &stays.left, &inside).unwrap_or(1.0);
        found.push((g, survival(&time, &left)?, left.iter().filter(|l| **l).count(), p));
    }
    let corrected = mining::drivers::adjusted(&found.iter().map(|f| f.3).collect::<Vec<_>>());
    let mut series = Vec::new();
    for ((g, curve, left, p), q) in found.iter().zip(&corrected) {
        let label = column.values[*g].as_str();
        table.rows.push(vec![
            Value::Raw(label.to_owned()),
            Value::Count(rows[*g]),
            Value::Count(*left),
            curve.median.map_or(Value::None, Value::Number),
            Value::Number(*p),
            Value::Number(*q),
        ]);
        series.push(line(Text::new(label, label), curve));
        if *q < 0.05 {
            let half = percent(curve.at(median_time(&stays.time)));
            report.finding(
                format!("{name} {label} differs from the others: {half} stay beyond the median time observed"),
                format!("{name} 为 {label} 的客户与其余不同：{half} 留存超过观察时长中位数"),
            );
        }
    }
    if corrected.iter().all(|q| *q >= 0.05) {
        report.finding(
            format!("the groups of {name} do not differ more than chance explains"),
            format!("{name} 各组之间没有超出偶然的差异"),
        );
    }
    report.tables.push(table);
    Ok(series)
}

/// Rows per group, and the largest groups.
fn largest(stays: &Stays, column: &TextColumn) -> Result<(Vec<usize>, Vec<usize>)> {
    let mut rows = vec![0usize; column.values.len()];
    stays.rows.iter().for_each(|&r| rows[column.codes[r] as usize] += 1);
    let blank = column.blanks();
    let mut groups: Vec<usize> =
        (0..rows.len()).filter(|&g| rows[g] >= GROUP_ROWS_MIN && !blank[g]).collect();
    groups.sort_by_key(|&g| (usize::MAX - rows[g], g));
    groups.truncate(GROUPS_MAX);
    if groups.len() < 2 {
        return Err(Refusal::from(mining::Error::TooFew {
            what: "groups",
            have: groups.len(),
            need: 2,
        }));
    }
    Ok((rows, groups))
}

fn median_time(time: &[f64]) -> f64 {
    let mut sorted = time.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
