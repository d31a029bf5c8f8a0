//! 80/20: how few customers (or products) make how much, and the pyramid.

use super::orders::{COLUMNS, lines, needs_amounts};
use super::{Input, Study};
use crate::chart::{Bar, Chart, Series, Unit};
use crate::refusal::Result;
use crate::report::{Report, Table, Value};
use crate::roles::Role;
use crate::settings::{Kind, Setting, setting};
use crate::sheet::numbers;
use mining::segment::{Tier, pareto, pyramid};
use mining::text::percent;
use mining::{Run, Text};

const SETTINGS: &[Setting] = &[
    setting(
        "by",
        Kind::Column,
        "column whose groups are ordered by value, such as the product; the customer if not given",
        "按此列汇总（如商品）；默认按客户",
    ),
    setting(
        "tiers",
        Kind::Numbers,
        "shares of the pyramid's tiers from the top (0.01,0.04,0.15)",
        "金字塔各层占比，自上而下（0.01,0.04,0.15）",
    ),
];

pub(super) const STUDY: Study = Study {
    name: "pareto",
    title: ("80/20 and pyramid", "二八分析与客户金字塔"),
    about: ("Shows how few customers or products make how much", "少数客户或商品贡献了多少"),
    settings: &[COLUMNS, SETTINGS],
    compares: false,
    work,
};

/// Names and sums of the groups.
fn sums(input: &Input<'_>, report: &mut Report) -> Result<(Vec<String>, Vec<f64>)> {
    let by = match input.settings.text("by") {
        Some(name) => Some(input.named(name)?),
        None => None,
    };
    let dated = input.maybe(Role::Date)?.is_some() && input.maybe(Role::Customer)?.is_some();
    let mut rows: Vec<(usize, f64)> = Vec::new();
    if dated {
        let lines = lines(input, report)?;
        needs_amounts(input, &lines)?;
        rows.extend(lines.lines.iter().map(|l| (l.row, l.amount)));
    } else {
        let column = input.column(Role::Amount)?;
        let (values, note) = numbers(column).ok_or_else(|| mining::Error::ColumnKind {
            name: column.name.clone(),
            need: "numbers",
        })?;
        note.into_iter().for_each(|n| report.warning(n.en, n.zh));
        rows.extend(values.iter().copied().enumerate().filter(|(_, v)| !v.is_nan()));
    }
    let of = match by {
        Some(column) => column,
        None => input.column(Role::Customer)?,
    };
    let blank = of.blanks();
    let mut sums = vec![0.0; of.values.len()];
    rows.iter().for_each(|&(row, v)| sums[of.codes[row] as usize] += v);
    let known = |c: &usize| !blank[*c] && sums[*c] != 0.0;
    let kept: Vec<usize> = (0..sums.len()).filter(known).collect();
    Ok((
        kept.iter().map(|&c| of.values[c].clone()).collect(),
        kept.iter().map(|&c| sums[c]).collect(),
    ))
}

fn work(input: &Input<'_>, _: &Run<'_>, report: &mut Report) -> Result<()> {
    let (names, values) = sums(input, report)?;
    let found = pareto(&values)?;
    let n = values.len();
    let (top, few) = (found.value_of_top(0.2), found.customers_for(0.8));
    let share = few as f64 / n as f64;
    report.finding(
        format!("the best 20 % make {} of the money", percent(top)),
        format!("前 20 % 贡献了 {} 的金额", percent(top)),
    );
    report.finding(
        format!("{few} of {n} ({}) make 80 % of it", percent(share)),
        format!("{n} 个中的 {few} 个（{}）贡献了 80 %", percent(share)),
    );
    report.figure("top_20", Text::new("made by the best 20 %", "前 20 % 贡献"), Value::Share(top));
    report.figure("for_80", Text::new("make 80 %", "贡献 80 % 者占比"), Value::Share(share));
    report.figure("gini", Text::new("Gini coefficient", "基尼系数"), Value::Number(found.gini));
    let given = input.settings.numbers("tiers")?;
    let shares = if given.is_empty() { vec![0.01, 0.04, 0.15] } else { given };
    let tiers = pyramid(&values, &shares)?;
    tiers_shown(report, &tiers, n);
    let curve = found.curve.iter().map(|p| (p.x, p.y)).collect();
    report.charts.insert(
        0,
        Chart::lines(
            Text::new("Pareto curve", "帕累托曲线"),
            Text::new(
                format!("the best 20 % make {}", percent(top)),
                format!("前 20 % 贡献 {}", percent(top)),
            ),
            vec![
                Series::line(Text::new("share of the money", "金额占比"), curve),
                Series::reference(Text::new("all alike", "完全均等"), vec![(0.0, 0.0), (1.0, 1.0)]),
            ],
            (Text::new("best first", "由高到低累计占比"), Unit::Share),
            (Text::new("of the money", "金额累计占比"), Unit::Share),
        ),
    );
    let mut list = Table::new(
        "list",
        Text::new("From the top", "由高到低"),
        &[
            ("name", "name", "名称"),
            ("value", "money", "金额"),
            ("share", "share", "占比"),
            ("running", "together", "累计"),
            ("tier", "tier", "层级"),
        ],
    );
    let total: f64 = values.iter().map(|v| v.max(0.0)).sum();
    let mut running = 0.0;
    let mut tier_of = vec![0; n];
    for (t, tier) in tiers.iter().enumerate() {
        tier.customers.iter().for_each(|&c| tier_of[c] = t + 1);
    }
    for &i in &found.order {
        running += values[i].max(0.0);
        list.rows.push(vec![
            Value::Raw(names[i].clone()),
            Value::Number(values[i]),
            Value::Share(values[i].max(0.0) / total),
            Value::Share(running / total),
            Value::Count(tier_of[i]),
        ]);
    }
    report.tables.push(list);
    report.list = "list";
    Ok(())
}

fn tiers_shown(report: &mut Report, tiers: &[Tier], n: usize) {
    let mut table = Table::new(
        "pyramid",
        Text::new("Pyramid", "金字塔"),
        &[
            ("tier", "tier", "层级"),
            ("members", "members", "数量"),
            ("share", "of all", "数量占比"),
            ("value_share", "of the money", "金额占比"),
            ("value_min", "from", "金额下限"),
        ],
    );
    let mut bars = Vec::new();
    for (at, tier) in tiers.iter().enumerate() {
        let members = tier.customers.len();
        let label = Text::new(
            format!("tier {}: {members}", at + 1),
            format!("第 {} 层：{members}", at + 1),
        );
        bars.push(Bar::new(label, tier.value_share));
        table.rows.push(vec![
            Value::Count(at + 1),
            Value::Count(members),
            Value::Share(members as f64 / n as f64),
            Value::Share(tier.value_share),
            Value::Number(tier.value_min),
        ]);
    }
    let title = Text::new("Share of the money by tier", "各层金额占比");
    report.charts.push(Chart::bars(title.clone(), title, bars, Unit::Share));
    report.tables.push(table);
}
