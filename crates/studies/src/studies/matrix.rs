//! Current value against potential value: where each customer stands, and who has moved.

use super::orders::{COLUMNS, Lines, lines, needs_amounts};
use super::{Input, Study};
use crate::chart::{Chart, Kind as Picture};
use crate::refusal::{Refusal, Result};
use crate::report::{Report, Table, Value};
use crate::roles::Role;
use crate::settings::{Kind, Setting, setting};
use crate::sheet::{day_text, numbers};
use mining::lifetime::{BgNbd, GammaGamma, histories, lifetime_value};
use mining::segment::{Order, ValueMatrix, movement, value_matrix};
use mining::text::{number, percent};
use mining::{Run, Text};
use std::collections::BTreeMap;

const SETTINGS: &[Setting] = &[
    setting("bands", Kind::Whole, "bands per axis, 2 or 3 (3)", "每轴分档数，2 或 3（默认 3）"),
    setting(
        "current",
        Kind::Columns,
        "columns that together are the current value",
        "构成当前价值的列",
    ),
    setting(
        "potential",
        Kind::Columns,
        "columns that together are the potential value",
        "构成潜在价值的列",
    ),
    setting("current-weights", Kind::Numbers, "weights of those columns", "上述当前价值列的权重"),
    setting("potential-weights", Kind::Numbers, "weights of those columns", "上述潜在价值列的权重"),
    setting(
        "current-cuts",
        Kind::Numbers,
        "where bands end; at equal shares of the customers if not given",
        "当前价值分界；默认按客户等分",
    ),
    setting("potential-cuts", Kind::Numbers, "where bands end", "潜在价值分界"),
    setting("before", Kind::Day, "an earlier day to compare with", "对比的较早日期"),
];

pub(super) const STUDY: Study = Study {
    name: "matrix",
    title: ("Value matrix", "客户价值矩阵"),
    about: (
        "Places customers by current and potential value and counts who moves",
        "按当前价值与潜在价值定位客户，并统计移动",
    ),
    settings: &[COLUMNS, SETTINGS],
    compares: false,
    work,
};

/// Days whose money is the current value, weeks whose money is the potential value.
const CURRENT_DAYS: f64 = 365.0;
const POTENTIAL_WEEKS: usize = 52;

struct Axes {
    names: Vec<String>,
    current: Vec<f64>,
    potential: Vec<f64>,
}

fn work(input: &Input<'_>, run: &Run<'_>, report: &mut Report) -> Result<()> {
    let bands = input.settings.whole("bands", 3, 2, 3)?;
    let by_columns = !input.settings.list("current").is_empty();
    let (axes, earlier) = if by_columns {
        (of_columns(input)?, None)
    } else {
        let lines = lines(input, report)?;
        needs_amounts(input, &lines)?;
        report.on_card(
            "current",
            Text::new("current value", "当前价值"),
            Value::Words(Text::new("money of the last 365 days", "近 365 天金额")),
        );
        report.on_card(
            "potential",
            Text::new("potential value", "潜在价值"),
            Value::Words(Text::new(
                "expected money of the next 52 weeks (BG/NBD and Gamma-Gamma)",
                "未来 52 周预期金额（BG/NBD 与 Gamma-Gamma）",
            )),
        );
        let earlier = match input.settings.day("before")? {
            Some(day) => Some((day, of_orders(&lines, day, run)?)),
            None => None,
        };
        (of_orders(&lines, lines.today, run)?, earlier)
    };
    let cut = |name: &str, values: &[f64]| -> Result<Vec<f64>> {
        let given = input.settings.numbers(name)?;
        Ok(if given.is_empty() { equal_cuts(values, bands) } else { given })
    };
    let cuts = (cut("current-cuts", &axes.current)?, cut("potential-cuts", &axes.potential)?);
    let matrix = value_matrix(&axes.current, &axes.potential, &cuts.0, &cuts.1).map_err(|e| Refusal {
        help: Text::new(
            "both axes need as many different cuts; values that are mostly equal allow no bands: name the cuts",
            "两轴分界数须相同且互异；若取值大多相同则无法自动分档，请自行指定分界",
        ),
        ..Refusal::from(e)
    })?;
    shown(report, &axes, &matrix, &cuts);
    if let Some((day, before)) = earlier {
        moved(report, day, &before, (&axes, &matrix), &cuts)?;
    }
    Ok(())
}

/// Cuts at equal shares of the customers.
fn equal_cuts(values: &[f64], bands: usize) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut cuts: Vec<f64> =
        (1..bands).map(|b| sorted[(sorted.len() * b / bands).min(sorted.len() - 1)]).collect();
    cuts.dedup();
    cuts
}

fn of_orders(lines: &Lines<'_>, end: f64, run: &Run<'_>) -> Result<Axes> {
    let orders: Vec<Order> = lines.orders().into_iter().filter(|o| o.day < end).collect();
    let found = histories(&orders, end)?;
    let buying = BgNbd::fit(&found, run)?;
    let spend = GammaGamma::fit(&found, run)?;
    let mut current: BTreeMap<u64, f64> = BTreeMap::new();
    for o in orders.iter().filter(|o| end - o.day <= CURRENT_DAYS) {
        *current.entry(o.customer).or_insert(0.0) += o.amount;
    }
    Ok(Axes {
        names: found.iter().map(|h| lines.name(h.customer).to_owned()).collect(),
        current: found.iter().map(|h| current.get(&h.customer).copied().unwrap_or(0.0)).collect(),
        potential: found
            .iter()
            .map(|h| lifetime_value(&buying, &spend, h, POTENTIAL_WEEKS, 0.0))
            .collect(),
    })
}

/// One column as it is; several as the weighted mean of their rank shares.
fn of_columns(input: &Input<'_>) -> Result<Axes> {
    let axis = |setting: &str, weights: &str| -> Result<Vec<f64>> {
        let columns = input.listed(setting)?;
        let mut weights = input.settings.numbers(weights)?;
        if columns.is_empty() {
            return Err(Refusal::setting(Text::new(
                format!("--{setting} names no column"),
                format!("--{setting} 未指定列"),
            )));
        }
        weights.resize(columns.len(), 1.0);
        let mut read = Vec::new();
        for column in &columns {
            let (values, _) = numbers(column).ok_or_else(|| mining::Error::ColumnKind {
                name: column.name.clone(),
                need: "numbers",
            })?;
            read.push(
                values.into_iter().map(|v| if v.is_nan() { 0.0 } else { v }).collect::<Vec<_>>(),
            );
        }
        if let [only] = read.as_slice() {
            return Ok(only.clone());
        }
        let total: f64 = weights.iter().sum();
        let mut out = vec![0.0; input.sheet.rows];
        for (values, weight) in read.iter().zip(&weights) {
            out.iter_mut().zip(rank_shares(values)).for_each(|(o, r)| *o += r * weight / total);
        }
        Ok(out)
    };
    let customer = input.maybe(Role::Customer)?;
    Ok(Axes {
        names: (0..input.sheet.rows)
            .map(|r| customer.map_or_else(|| (r + 1).to_string(), |c| c.text(r).to_owned()))
            .collect(),
        current: axis("current", "current-weights")?,
        potential: axis("potential", "potential-weights")?,
    })
}

/// Share of the rows that are below, ties in the middle.
fn rank_shares(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut out = vec![0.0; values.len()];
    let mut before = 0;
    for group in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let share = (before as f64 + group.len() as f64 / 2.0) / values.len() as f64;
        group.iter().for_each(|&i| out[i] = share);
        before += group.len();
    }
    out
}

fn band(at: usize, bands: usize) -> Text {
    match (at, bands) {
        (0, _) => Text::new("low", "低"),
        (b, n) if b + 1 == n => Text::new("high", "高"),
        _ => Text::new("middle", "中"),
    }
}

fn shown(report: &mut Report, axes: &Axes, m: &ValueMatrix, cuts: &(Vec<f64>, Vec<f64>)) {
    let mut table = Table::new(
        "cells",
        Text::new("Cells", "矩阵格"),
        &[
            ("current", "current", "当前价值"),
            ("potential", "potential", "潜在价值"),
            ("customers", "customers", "客户数"),
            ("value", "current value", "当前价值合计"),
            ("strategy", "what to do", "对策"),
        ],
    );
    for cell in m.cells.iter().rev() {
        table.rows.push(vec![
            Value::Words(band(cell.current, m.bands)),
            Value::Words(band(cell.potential, m.bands)),
            Value::Count(cell.customers),
            Value::Number(cell.value),
            Value::Words(cell.strategy.clone()),
        ]);
    }
    report.tables.push(table);
    told(report, axes, m);
    picture(report, m);
    let shown = |c: &[f64]| c.iter().map(|v| number(*v)).collect::<Vec<_>>().join(", ");
    report.on_card(
        "current_cuts",
        Text::new("bands of current value end at", "当前价值分界"),
        Value::Raw(shown(&cuts.0)),
    );
    report.on_card(
        "potential_cuts",
        Text::new("bands of potential value end at", "潜在价值分界"),
        Value::Raw(shown(&cuts.1)),
    );
    list(report, axes, m);
}

fn told(report: &mut Report, axes: &Axes, m: &ValueMatrix) {
    let n = axes.names.len() as f64;
    let best = &m.cells[m.cells.len() - 1];
    let (share, total) =
        (percent(best.customers as f64 / n), m.cells.iter().map(|c| c.value).sum::<f64>());
    let money = percent(best.value / total);
    report.finding(
        format!(
            "{} customers ({share}) are high on both axes and make {money} of the current value",
            best.customers
        ),
        format!("{} 位客户（{share}）两项价值均高，贡献当前价值的 {money}", best.customers),
    );
    let grow = &m.cells[m.bands - 1];
    report.finding(
        format!(
            "{} customers are worth little now and much later: {}",
            grow.customers, grow.strategy.en
        ),
        format!("{} 位客户当前价值低而潜在价值高：{}", grow.customers, grow.strategy.zh),
    );
}

fn picture(report: &mut Report, m: &ValueMatrix) {
    let most = m.cells.iter().map(|c| c.customers).max().unwrap_or(1).max(1) as f64;
    let cells = (0..m.bands)
        .map(|p| {
            (0..m.bands)
                .map(|c| {
                    let cell = &m.cells[c * m.bands + p];
                    let count = cell.customers.to_string();
                    let value = number(cell.value);
                    let lines = vec![
                        Text::new(&count, &count),
                        Text::new(&value, &value),
                        cell.strategy.clone(),
                    ];
                    (cell.customers as f64 / most, lines)
                })
                .collect()
        })
        .collect();
    let names: Vec<Text> = (0..m.bands).map(|b| band(b, m.bands)).collect();
    report.charts.push(Chart {
        title: Text::new("Customers by current and potential value", "客户价值矩阵"),
        alt: Text::new(
            "each cell: customers, their current value, what to do",
            "每格：客户数、当前价值、对策",
        ),
        kind: Picture::Grid {
            columns: names.clone(),
            rows: names,
            axes: (
                Text::new("current value", "当前价值"),
                Text::new("potential value", "潜在价值"),
            ),
            cells,
        },
    });
}

fn list(report: &mut Report, axes: &Axes, m: &ValueMatrix) {
    let mut list = Table::new(
        "customers",
        Text::new("Customers", "客户"),
        &[
            ("customer", "customer", "客户"),
            ("current", "current value", "当前价值"),
            ("potential", "potential value", "潜在价值"),
            ("current_band", "current", "当前档"),
            ("potential_band", "potential", "潜在档"),
            ("strategy", "what to do", "对策"),
        ],
    );
    let mut order: Vec<usize> = (0..axes.names.len()).collect();
    order.sort_by(|&a, &b| {
        m.cell_of[b].cmp(&m.cell_of[a]).then(axes.potential[b].total_cmp(&axes.potential[a]))
    });
    for i in order {
        let cell = &m.cells[m.cell_of[i]];
        list.rows.push(vec![
            Value::Raw(axes.names[i].clone()),
            Value::Number(axes.current[i]),
            Value::Number(axes.potential[i]),
            Value::Words(band(cell.current, m.bands)),
            Value::Words(band(cell.potential, m.bands)),
            Value::Words(cell.strategy.clone()),
        ]);
    }
    report.tables.push(list);
    report.list = "customers";
}

/// Who stood where on the earlier day, judged by today's cuts.
fn moved(
    report: &mut Report,
    day: f64,
    before: &Axes,
    (after, matrix): (&Axes, &ValueMatrix),
    cuts: &(Vec<f64>, Vec<f64>),
) -> Result<()> {
    let old = value_matrix(&before.current, &before.potential, &cuts.0, &cuts.1)?;
    let place: BTreeMap<&str, usize> = after.names.iter().map(String::as_str).zip(0..).collect();
    let both: Vec<(usize, usize)> = (0..before.names.len())
        .filter_map(|i| place.get(before.names[i].as_str()).map(|&j| (i, j)))
        .collect();
    let only = |m: &ValueMatrix, rows: &mut dyn Iterator<Item = usize>| ValueMatrix {
        cell_of: rows.map(|r| m.cell_of[r]).collect(),
        ..m.clone()
    };
    let from = only(&old, &mut both.iter().map(|b| b.0));
    let to = only(matrix, &mut both.iter().map(|b| b.1));
    let mut table = Table::new(
        "movement",
        Text::new(
            format!("Movement since {}", day_text(day)),
            format!("{} 以来的移动", day_text(day)),
        ),
        &[
            ("from", "from (current, potential)", "原位置（当前、潜在）"),
            ("to", "to", "现位置"),
            ("customers", "customers", "客户数"),
        ],
    );
    let name = |at: usize| {
        let (c, p) = (band(at / matrix.bands, matrix.bands), band(at % matrix.bands, matrix.bands));
        Value::Words(Text::new(format!("{}, {}", c.en, p.en), format!("{}、{}", c.zh, p.zh)))
    };
    let moves = movement(&from, &to)?;
    for m in &moves {
        table.rows.push(vec![name(m.from), name(m.to), Value::Count(m.customers)]);
    }
    let down: usize = moves
        .iter()
        .filter(|m| m.to / matrix.bands < m.from / matrix.bands)
        .map(|m| m.customers)
        .sum();
    let up: usize = moves
        .iter()
        .filter(|m| m.to / matrix.bands > m.from / matrix.bands)
        .map(|m| m.customers)
        .sum();
    report.finding(
        format!("since {} {up} customers rose in current value and {down} fell", day_text(day)),
        format!("自 {} 以来，{up} 位客户当前价值上升，{down} 位下降", day_text(day)),
    );
    report.tables.insert(report.tables.len().saturating_sub(1), table);
    Ok(())
}
