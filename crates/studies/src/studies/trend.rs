//! Whether something rises or falls over the months, unmoved by single outliers.

use super::orders::amounts;
use super::{Input, Study};
use crate::chart::{Chart, Series, Unit};
use crate::refusal::{Refusal, Result};
use crate::report::{Report, Table, Value};
use crate::roles::Role;
use crate::settings::{Kind, Setting, setting};
use crate::sheet::{day_text, days};
use mining::text::number;
use mining::time::{Trend, trend};
use mining::{Run, Text};
use std::collections::BTreeMap;

const SETTINGS: &[Setting] = &[
    setting("date", Kind::Column, "column of the date", "日期列"),
    setting(
        "amount",
        Kind::Column,
        "column to sum per period; price × quantity, or a count of rows, if there is none",
        "按期汇总的列；没有则为单价 × 数量或计数",
    ),
    setting("price", Kind::Column, "column of the price of one piece", "单价列"),
    setting("quantity", Kind::Column, "column of the pieces", "数量列"),
    setting("by", Kind::Column, "column whose groups are looked at one by one", "分组考察的列"),
    setting(
        "period",
        Kind::Choice(&["day", "week", "month", "quarter"]),
        "day, week, month or quarter (month)",
        "day 日、week 周、month 月、quarter 季（默认 month）",
    ),
];

pub(super) const STUDY: Study = Study {
    name: "trend",
    title: ("Trends", "趋势"),
    about: ("Whether sums or counts rise or fall over time", "各期合计或数量是升是降"),
    settings: &[SETTINGS],
    compares: false,
    work,
};

const GROUPS_MAX: usize = 200;
const LINES_MAX: usize = 5;

/// Name, sum per period, trend.
type Group = (String, Vec<f64>, Trend);

/// The first day of the period a day lies in, and of the next one.
fn period(day: f64, kind: &str) -> (f64, f64) {
    if kind == "day" {
        return (day.floor(), day.floor() + 1.0);
    }
    if kind == "week" {
        // 1970-01-05 was a Monday.
        let from = ((day.floor() - 4.0) / 7.0).floor() * 7.0 + 4.0;
        return (from, from + 7.0);
    }
    let text = day_text(day);
    let number = |part: &str| part.parse::<i64>().unwrap_or(1);
    let (year, month) =
        (number(&text[..text.len() - 6]), number(&text[text.len() - 5..text.len() - 3]));
    let step = if kind == "quarter" { 3 } else { 1 };
    let from = (month - 1) / step * step;
    let start = |months: i64| {
        let (y, m) = (year + months.div_euclid(12), months.rem_euclid(12) + 1);
        jiff::civil::Date::new(y as i16, m as i8, 1).map_or(day, |d| {
            let span = d.duration_since(jiff::civil::date(1970, 1, 1));
            span.as_secs() as f64 / 86_400.0
        })
    };
    (start(from), start(from + step))
}

fn work(input: &Input<'_>, _: &Run<'_>, report: &mut Report) -> Result<()> {
    let date = input.column(Role::Date)?;
    let need = |name: &str, need| mining::Error::ColumnKind { name: name.to_owned(), need };
    let (day, notes) = days(date).ok_or_else(|| need(&date.name, "dates"))?;
    notes.into_iter().for_each(|n| report.warning(n.en, n.zh));
    let amount = amounts(input, report)?;
    let kind = input.settings.text("period").unwrap_or("month");
    let by = input.settings.text("by").map(|n| input.named(n)).transpose()?;
    let mut groups: BTreeMap<u32, Vec<(f64, f64)>> = BTreeMap::new();
    for row in 0..input.sheet.rows {
        let value = amount.as_ref().map_or(1.0, |a| a[row]);
        if !day[row].is_nan() && !value.is_nan() && day[row] < input.tomorrow() {
            let group = by.map_or(0, |c| c.codes[row]);
            groups.entry(group).or_default().push((day[row], value));
        }
    }
    let all = groups.values().flatten().map(|d| d.0);
    let (first, last) =
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), d| (a.min(d), b.max(d)));
    let starts = periods(first, last, kind, report)?;
    if groups.len() > GROUPS_MAX {
        return Err(mining::Error::TooLarge {
            what: "groups",
            have: groups.len(),
            max: GROUPS_MAX,
        }
        .into());
    }
    let mut found: Vec<Group> = Vec::new();
    for (group, rows) in groups {
        let mut sums = vec![0.0; starts.len()];
        for (d, value) in rows {
            let at = starts.partition_point(|s| *s <= d).wrapping_sub(1);
            if at < sums.len() && d < period(starts[at], kind).1 {
                sums[at] += value;
            }
        }
        let name = by.map_or_else(String::new, |c| c.values[group as usize].clone());
        let t = trend(&sums).map_err(|e| Refusal {
            help: Text::new(
                "take a longer time or shorter periods (--period week)",
                "请延长时段或缩短周期（--period week）",
            ),
            ..Refusal::from(e)
        })?;
        found.push((name, sums, t));
    }
    let corrected =
        mining::drivers::adjusted(&found.iter().map(|f| f.2.p_value).collect::<Vec<_>>());
    shown(report, &starts, &found, &corrected);
    Ok(())
}

/// First days of all whole periods; the first and last one are dropped unless they are covered.
fn periods(first: f64, last: f64, kind: &str, report: &mut Report) -> Result<Vec<f64>> {
    const PERIODS_MAX: usize = 4_000;
    if !first.is_finite() {
        return Err(mining::Error::Empty { what: "rows" }.into());
    }
    let mut starts = Vec::new();
    let mut at = period(first, kind);
    while at.0 <= last && starts.len() < PERIODS_MAX {
        starts.push(at.0);
        at = period(at.1, kind);
    }
    if let Some(&end) = starts.last() {
        let (from, to) = period(end, kind);
        if starts.len() > 1 && last.floor() < to - 1.0 {
            starts.pop();
            let shown = day_text(from);
            report.warning(
                format!("the last period, from {shown}, is not over and was left out"),
                format!("自 {shown} 起的最后一期尚未结束，未采用"),
            );
        }
    }
    Ok(starts)
}

const HEADINGS: &[(&str, &str, &str)] = &[
    ("group", "group", "组"),
    ("direction", "direction", "方向"),
    ("slope", "change per period", "每期变化"),
    ("low", "at least", "下限"),
    ("high", "at most", "上限"),
    ("p_adjusted", "p, for all groups", "校正后 p 值"),
    ("total", "total", "合计"),
];

fn shown(report: &mut Report, starts: &[f64], found: &[Group], corrected: &[f64]) {
    let mut table = Table::new("trends", Text::new("Trends", "趋势"), HEADINGS);
    let mut order: Vec<usize> = (0..found.len()).collect();
    let total = |i: usize| found[i].1.iter().sum::<f64>();
    order.sort_by(|&a, &b| total(b).total_cmp(&total(a)));
    let (mut up, mut down) = (Vec::new(), Vec::new());
    for &i in &order {
        let (name, _, t) = &found[i];
        let direction = match t.slope {
            _ if corrected[i] > 0.05 => Text::new("no trend", "无明显趋势"),
            s if s > 0.0 => {
                up.push(name.as_str());
                Text::new("rising", "上升")
            }
            _ => {
                down.push(name.as_str());
                Text::new("falling", "下降")
            }
        };
        if found.len() == 1 {
            let (slope, low, high) = (number(t.slope), number(t.low), number(t.high));
            report.finding(
                format!("{}: {slope} per period ({low} to {high})", direction.en),
                format!("{}：每期 {slope}（{low} 至 {high}）", direction.zh),
            );
        }
        table.rows.push(vec![
            Value::Raw(name.clone()),
            Value::Words(direction),
            Value::Number(t.slope),
            Value::Number(t.low),
            Value::Number(t.high),
            Value::Number(corrected[i]),
            Value::Number(total(i)),
        ]);
    }
    if found.len() > 1 {
        let list =
            |names: &[&str]| if names.is_empty() { "–".to_owned() } else { names.join(", ") };
        report.finding(
            format!(
                "rising: {}; falling: {}; the other {} show no trend",
                list(&up),
                list(&down),
                found.len() - up.len() - down.len()
            ),
            format!(
                "上升：{}；下降：{}；其余 {} 组无明显趋势",
                list(&up),
                list(&down),
                found.len() - up.len() - down.len()
            ),
        );
    }
    report.tables.push(table);
    report.list = "trends";
    picture(report, starts, found, &order);
}

/// The largest groups as lines, and the numbers of all.
fn picture(report: &mut Report, starts: &[f64], found: &[Group], order: &[usize]) {
    report.figure("periods", Text::new("periods", "期数"), Value::Count(starts.len()));
    let series = order.iter().take(LINES_MAX).map(|&i| {
        let (name, sums, _) = &found[i];
        let label =
            if name.is_empty() { Text::new("all", "全部") } else { Text::new(name, name) };
        Series::line(label, starts.iter().copied().zip(sums.iter().copied()).collect())
    });
    let title = Text::new("Per period", "各期");
    report.charts.push(Chart::lines(
        title.clone(),
        title,
        series.collect(),
        (Text::new("period from", "期初"), Unit::Day),
        (Text::new("sum", "合计"), Unit::Number),
    ));
    let mut values =
        Table::new("periods", Text::new("Periods", "各期数值"), &[("from", "from", "期初")]);
    for &i in order {
        values.heading(if found[i].0.is_empty() { "all" } else { &found[i].0 });
    }
    for (at, from) in starts.iter().enumerate() {
        let cells = order.iter().map(|&i| Value::Number(found[i].1[at]));
        values.rows.push(std::iter::once(Value::Day(*from)).chain(cells).collect());
    }
    report.tables.push(values);
}
