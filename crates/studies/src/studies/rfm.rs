//! RFM: how recently, how often and for how much each customer buys.

use super::orders::{COLUMNS, lines, needs_amounts};
use super::{Input, Study};
use crate::chart::{Bar, Chart, Unit};
use crate::refusal::Result;
use crate::report::{Report, Table, Value};
use crate::settings::{Kind, Setting, setting};
use mining::segment::{Cuts, Rfm, RfmOptions, RfmScore, rfm, rfm_scores};
use mining::text::percent;
use mining::{Run, Text};
use std::collections::BTreeMap;

const SETTINGS: &[Setting] = &[
    setting(
        "scores",
        Kind::Whole,
        "so many equally large bands (2 to 9; 5)",
        "等分档数（2 至 9，默认 5）",
    ),
    setting(
        "recency",
        Kind::Numbers,
        "own cuts in days, ascending, such as 30,90,180",
        "自定间隔分界（天），升序，如 30,90,180",
    ),
    setting("frequency", Kind::Numbers, "own cuts in orders, ascending", "自定次数分界，升序"),
    setting("monetary", Kind::Numbers, "own cuts in money, ascending", "自定金额分界，升序"),
];

pub(super) const STUDY: Study = Study {
    name: "rfm",
    title: ("RFM segments", "RFM 客户细分"),
    about: (
        "Scores customers by how recently, how often and for how much they buy",
        "按最近购买、购买次数、购买金额给客户打分",
    ),
    settings: &[COLUMNS, SETTINGS],
    compares: false,
    work,
};

fn work(input: &Input<'_>, run: &Run<'_>, report: &mut Report) -> Result<()> {
    let lines = lines(input, report)?;
    needs_amounts(input, &lines)?;
    run.watch.progress(1, 3);
    let customers = rfm(&lines.orders(), lines.today)?;
    let scores = rfm_scores(&customers, &options(input)?)?;
    run.watch.progress(2, 3);
    summary(report, &customers, &scores);
    let mut list = Table::new(
        "customers",
        Text::new("Customers", "客户"),
        &[
            ("customer", "customer", "客户"),
            ("recency_days", "days since", "距今天数"),
            ("frequency", "orders", "次数"),
            ("monetary", "money", "金额"),
            ("r", "R", "R"),
            ("f", "F", "F"),
            ("m", "M", "M"),
            ("segment", "segment", "客群"),
        ],
    );
    let mut order: Vec<usize> = (0..customers.len()).collect();
    order.sort_by(|&a, &b| customers[b].monetary.total_cmp(&customers[a].monetary));
    for i in order {
        let (c, s) = (&customers[i], &scores[i]);
        list.rows.push(vec![
            Value::Raw(lines.name(c.customer).to_owned()),
            Value::Number(c.recency_days),
            Value::Number(c.frequency),
            Value::Number(c.monetary),
            Value::Count(usize::from(s.r)),
            Value::Count(usize::from(s.f)),
            Value::Count(usize::from(s.m)),
            Value::Words(s.segment.clone()),
        ]);
    }
    report.tables.push(list);
    report.list = "customers";
    report.on_card("snapshot", Text::new("looked at on", "截止日"), Value::Day(lines.today));
    run.watch.progress(3, 3);
    Ok(())
}

fn options(input: &Input<'_>) -> Result<RfmOptions> {
    let chosen = ["recency", "frequency", "monetary"].map(|name| input.settings.numbers(name));
    let [recency, frequency, monetary] = chosen;
    let (recency, frequency, monetary) = (recency?, frequency?, monetary?);
    if recency.is_empty() && frequency.is_empty() && monetary.is_empty() {
        let scores = input.settings.whole("scores", 5, 2, 9)?;
        return Ok(RfmOptions { cuts: Cuts::Quantiles(scores) });
    }
    if recency.is_empty() || frequency.is_empty() || monetary.is_empty() {
        return Err(crate::Refusal::setting(Text::new(
            "own cuts need all three: --recency, --frequency and --monetary",
            "自定分界须同时给出 --recency、--frequency 与 --monetary",
        )));
    }
    Ok(RfmOptions { cuts: Cuts::Chosen { recency, frequency, monetary } })
}

fn summary(report: &mut Report, customers: &[Rfm], scores: &[RfmScore]) {
    let mut groups: BTreeMap<&str, (Text, usize, f64, f64)> = BTreeMap::new();
    for (c, s) in customers.iter().zip(scores) {
        let g = groups.entry(&s.segment.en).or_insert((s.segment.clone(), 0, 0.0, 0.0));
        g.1 += 1;
        g.2 += c.monetary;
        g.3 += c.recency_days;
    }
    let mut groups: Vec<(Text, usize, f64, f64)> = groups.into_values().collect();
    groups.sort_by(|a, b| b.2.total_cmp(&a.2));
    let (all, money) = (customers.len() as f64, groups.iter().map(|g| g.2).sum::<f64>());
    let mut table = Table::new(
        "segments",
        Text::new("Segments", "客群"),
        &[
            ("segment", "segment", "客群"),
            ("customers", "customers", "客户数"),
            ("share", "of customers", "客户占比"),
            ("monetary", "money", "金额"),
            ("money_share", "of money", "金额占比"),
            ("recency_days", "mean days since", "平均距今天数"),
        ],
    );
    for g in &groups {
        table.rows.push(vec![
            Value::Words(g.0.clone()),
            Value::Count(g.1),
            Value::Share(g.1 as f64 / all),
            Value::Number(g.2),
            Value::Share(g.2 / money),
            Value::Number(g.3 / g.1 as f64),
        ]);
    }
    if let Some(first) = groups.first() {
        let (who, of) = (percent(first.1 as f64 / all), percent(first.2 / money));
        report.finding(
            format!("{}: {who} of the customers make {of} of the money", first.0.en),
            format!("{}：{who} 的客户贡献了 {of} 的金额", first.0.zh),
        );
    }
    if let Some(leaving) = groups.iter().find(|g| g.0.en == "valuable, leaving") {
        let money = mining::text::number(leaving.2);
        report.finding(
            format!("{} valuable customers worth {money} so far have gone quiet", leaving.1),
            format!("{} 位高价值客户（累计 {money}）已久未购买", leaving.1),
        );
        report.advice("call them first: the list is sorted by money", "请优先联系：名单按金额排序");
    }
    report.figure("customers", Text::new("customers", "客户数"), Value::Count(customers.len()));
    report.figure("money", Text::new("money", "总金额"), Value::Number(money));
    let money_share = groups.iter().map(|g| Bar::new(g.0.clone(), g.2 / money)).collect();
    let customer_share = groups.iter().map(|g| Bar::new(g.0.clone(), g.1 as f64 / all)).collect();
    for (title, bars) in [
        (Text::new("Share of the money by segment", "各客群金额占比"), money_share),
        (Text::new("Share of the customers by segment", "各客群客户占比"), customer_share),
    ] {
        report.charts.push(Chart::bars(title.clone(), title, bars, Unit::Share));
    }
    report.tables.push(table);
}
