//! When each customer will order next, which product, and who has gone quiet.

use super::orders::{COLUMNS, lines};
use super::{Input, Study};
use crate::chart::{Bar, Chart, Unit};
use crate::refusal::Result;
use crate::report::{Report, Table, Value};
use crate::roles::Role;
use crate::settings::{Kind, Setting, setting};
use mining::segment::Order;
use mining::suggest::{Personal, Purchase};
use mining::time::{NextOrder, NextOrderOptions, State, next_orders};
use mining::{Run, Text};
use std::collections::HashMap;

const SETTINGS: &[Setting] = &[
    setting(
        "item",
        Kind::Column,
        "column of the product, to name the likeliest one",
        "商品列（用于预测商品）",
    ),
    setting(
        "late",
        Kind::Number,
        "share of the own gaps that are shorter, from which a customer is late (0.9)",
        "判为“延迟”的分位（默认 0.9）",
    ),
    setting(
        "dormant",
        Kind::Number,
        "the same for dormant (0.98)",
        "判为“休眠”的分位（默认 0.98）",
    ),
];

pub(super) const STUDY: Study = Study {
    name: "next-order",
    title: ("Next orders and dormancy", "下次购买与休眠"),
    about: (
        "Expected day and product of each customer's next order, and who is late by the own rhythm",
        "预计每位客户下次购买的日期与商品，并按自身节奏判断延迟与休眠",
    ),
    settings: &[COLUMNS, SETTINGS],
    compares: false,
    work,
};

const HALF_LIFE_DAYS: f64 = 180.0;

fn work(input: &Input<'_>, _: &Run<'_>, report: &mut Report) -> Result<()> {
    let lines = lines(input, report)?;
    let usual = NextOrderOptions::default();
    let late_share = input.settings.between("late", usual.late_share, 0.5, 0.999)?;
    let dormant_share =
        input.settings.between("dormant", usual.dormant_share, late_share, 0.9999)?;
    let options = NextOrderOptions { late_share, dormant_share, ..usual };
    let orders: Vec<Order> = lines.orders();
    let found = next_orders(&orders, lines.today, &options)?;
    let mut money: HashMap<u64, f64> = HashMap::new();
    orders.iter().for_each(|o| *money.entry(o.customer).or_insert(0.0) += o.amount);
    let items = input.maybe(Role::Item)?;
    let habits = match items {
        None => None,
        Some(items) => {
            let bought = lines.lines.iter().map(|l| Purchase {
                customer: l.customer,
                item: items.codes[l.row],
                day: l.day,
            });
            let bought: Vec<Purchase> = bought.collect();
            Some(Personal::fit(&bought, lines.today, HALF_LIFE_DAYS)?)
        }
    };
    let states = [State::OnTime, State::Late, State::Dormant];
    let count = |s: State| found.iter().filter(|n| n.state == s).count();
    let bars = states.iter().map(|&s| Bar::new(word(s), count(s) as f64)).collect();
    let title = Text::new("Customers by their own rhythm", "客户数（按自身节奏）");
    report.charts.push(Chart::bars(title.clone(), title, bars, Unit::Number));
    due(report, &found, lines.today);
    let (late, dormant) = (count(State::Late), count(State::Dormant));
    report.finding(
        format!(
            "{late} customers are late by their own rhythm and {dormant} dormant, of {}",
            found.len()
        ),
        format!("{} 位客户中，{late} 位延迟，{dormant} 位休眠（按各自节奏）", found.len()),
    );
    report.advice(
        "call the late ones now: for the dormant it is often too late",
        "请先联系“延迟”客户；“休眠”客户往往为时已晚",
    );
    report.figure("late", Text::new("late", "延迟"), Value::Count(late));
    report.figure("dormant", Text::new("dormant", "休眠"), Value::Count(dormant));
    let product = |customer: u64| {
        let best = habits.as_ref()?.repeats(customer as u32, 1);
        Some(items?.values[best.first()?.item as usize].clone())
    };
    let worth =
        |customer: u64| lines.has_amounts.then(|| money.get(&customer).copied().unwrap_or(0.0));
    list(report, &found, &|c| lines.name(c).to_owned(), &worth, &product);
    report.on_card("snapshot", Text::new("looked at on", "截止日"), Value::Day(lines.today));
    Ok(())
}

fn word(state: State) -> Text {
    match state {
        State::OnTime => Text::new("on time", "正常"),
        State::Late => Text::new("late", "延迟"),
        State::Dormant => Text::new("dormant", "休眠"),
    }
}

/// Every customer: the late ones first, the most valuable of them on top.
fn list(
    report: &mut Report,
    found: &[NextOrder],
    name: &dyn Fn(u64) -> String,
    worth: &dyn Fn(u64) -> Option<f64>,
    product: &dyn Fn(u64) -> Option<String>,
) {
    let mut table = Table::new(
        "customers",
        Text::new("Next orders", "下次购买"),
        &[
            ("customer", "customer", "客户"),
            ("state", "state", "状态"),
            ("last", "last order", "上次购买"),
            ("cycle_days", "usual gap, days", "通常间隔（天）"),
            ("next", "next order expected", "预计下次购买"),
            ("early", "one in ten before", "10 % 早于"),
            ("late", "one in ten after", "10 % 晚于"),
            ("silence", "gaps shorter than the silence", "短于当前沉默的间隔占比"),
            ("money", "money so far", "累计金额"),
            ("product", "likeliest product", "最可能的商品"),
        ],
    );
    let mut order: Vec<&NextOrder> = found.iter().collect();
    let rank = |s: State| match s {
        State::Late => 0,
        State::OnTime => 1,
        State::Dormant => 2,
    };
    let money = |n: &NextOrder| worth(n.customer).unwrap_or(0.0);
    order.sort_by(|a, b| rank(a.state).cmp(&rank(b.state)).then(money(b).total_cmp(&money(a))));
    for n in order {
        table.rows.push(vec![
            Value::Raw(name(n.customer)),
            Value::Words(word(n.state)),
            Value::Day(n.last_day),
            Value::Number(n.cycle_days),
            Value::Day(n.next_day),
            Value::Day(n.early_day),
            Value::Day(n.late_day),
            Value::Share(n.silence),
            worth(n.customer).map_or(Value::None, Value::Number),
            product(n.customer).map_or(Value::None, Value::Raw),
        ]);
    }
    report.tables.push(table);
    report.list = "customers";
}

/// Orders expected in the coming weeks.
fn due(report: &mut Report, found: &[NextOrder], today: f64) {
    let weeks = [7.0, 14.0, 28.0, 56.0, 91.0];
    let mut from = 0.0;
    let bars = weeks
        .into_iter()
        .map(|to| {
            let due = |n: &&NextOrder| {
                let ahead = n.next_day - today;
                n.state != State::Dormant && ahead >= from && ahead < to
            };
            let count = found.iter().filter(due).count();
            let label =
                Text::new(format!("in {from} to {to} days"), format!("{from} 至 {to} 天内"));
            from = to;
            Bar::new(label, count as f64)
        })
        .collect();
    let title = Text::new(
        "Customers by the day their next order is expected",
        "客户数（按预计下次购买时间）",
    );
    report.charts.push(Chart::bars(title.clone(), title, bars, Unit::Number));
}
