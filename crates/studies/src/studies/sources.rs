//! Which sources bring customers, and which of them bring customers who stay.

use super::columns::outcome;
use super::drivers::told;
use super::orders::{COLUMNS, lines};
use super::{Input, Study};
use crate::refusal::Result;
use crate::report::{Report, Value};
use crate::roles::Role;
use crate::settings::{Kind, Setting, setting};
use mining::drivers::{DriverOptions, drivers};
use mining::{Column, Frame, Run, Text};
use std::collections::BTreeMap;

const SETTINGS: &[Setting] = &[
    setting("source", Kind::Column, "column of the source", "来源列"),
    setting(
        "outcome",
        Kind::Column,
        "column that says who stayed or converted; without it, who orders after so many days",
        "是否留下或转化的列；没有则看若干天后是否仍购买",
    ),
    setting("yes", Kind::Text, "text of that column that means yes", "表示“是”的取值"),
    setting(
        "stay-days",
        Kind::Whole,
        "days after the first order from which an order means staying (180)",
        "首单后多少天仍购买视为留下（默认 180）",
    ),
    setting("least", Kind::Whole, "fewest customers of a source (30)", "来源最少客户数（默认 30）"),
];

pub(super) const STUDY: Study = Study {
    name: "sources",
    title: ("Sources that bring customers who stay", "优质客户来源"),
    about: (
        "Compares sources by who stays or converts, with intervals and a correction for many tests",
        "比较各来源客户的留存或转化，附区间并校正多重检验",
    ),
    settings: &[COLUMNS, SETTINGS],
    compares: false,
    work,
};

fn work(input: &Input<'_>, run: &Run<'_>, report: &mut Report) -> Result<()> {
    let source = input.column(Role::Source)?;
    let options = DriverOptions {
        level_rows_min: input.settings.whole("least", 30, 5, 1_000_000)?,
        ..DriverOptions::default()
    };
    let (sources, stayed) = match input.maybe(Role::Outcome)? {
        Some(_) => {
            let outcome = outcome(input)?;
            let known = (0..input.sheet.rows).filter_map(|r| outcome.of_row[r].map(|y| (r, y)));
            let what = format!("{} = {}", outcome.column.name, outcome.yes);
            report.on_card("outcome", Text::new("staying means", "“留下”指"), Value::Raw(what));
            known.map(|(r, y)| (source.codes[r], y)).unzip()
        }
        None => by_orders(input, report)?,
    };
    let (sources, stayed): (Vec<u32>, Vec<bool>) = (sources, stayed);
    let blank = source.blanks();
    let cells =
        sources.iter().map(|&c| (!blank[c as usize]).then(|| source.values[c as usize].as_str()));
    let frame = Frame::new(vec![Column::category(&source.name, cells)?])?;
    let found = drivers(&frame, &stayed, &options, run)?;
    report.figure("customers", Text::new("customers", "客户数"), Value::Count(stayed.len()));
    let stays = stayed.iter().filter(|s| **s).count() as f64 / stayed.len() as f64;
    report.figure("stay", Text::new("stay", "留下比例"), Value::Share(stays));
    told(report, &found);
    Ok(())
}

/// Per customer known long enough: the source of the first order, and whether an order came
/// later than so many days after it.
fn by_orders(input: &Input<'_>, report: &mut Report) -> Result<(Vec<u32>, Vec<bool>)> {
    let source = input.column(Role::Source)?;
    let stay = input.settings.whole("stay-days", 180, 1, 3650)? as f64;
    let lines = lines(input, report)?;
    let mut seen: BTreeMap<u32, (f64, u32, f64)> = BTreeMap::new();
    for l in &lines.lines {
        let code = source.codes[l.row];
        let c = seen.entry(l.customer).or_insert((l.day, code, l.day));
        if l.day < c.0 {
            (c.0, c.1) = (l.day, code);
        }
        c.2 = c.2.max(l.day);
    }
    // Whoever came too late cannot have stayed yet, and is not judged.
    let old: Vec<&(f64, u32, f64)> =
        seen.values().filter(|c| lines.today - c.0 >= 1.5 * stay).collect();
    let young = seen.len() - old.len();
    if young > 0 {
        report.warning(
            format!("{young} customers came too lately to tell whether they stay"),
            format!("{young} 位客户来得太晚，尚无法判断是否留下"),
        );
    }
    report.on_card(
        "outcome",
        Text::new("staying means", "“留下”指"),
        Value::Words(Text::new(
            format!("an order {stay} days or more after the first"),
            format!("首单 {stay} 天及以后仍有订单"),
        )),
    );
    Ok(old.iter().map(|c| (c.1, c.2 - c.0 >= stay)).unzip())
}
