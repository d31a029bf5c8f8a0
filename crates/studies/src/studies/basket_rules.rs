//! What is bought together, and who lacks one item of a bundle.

use super::{Input, Study};
use crate::chart::{Bar, Chart, Unit};
use crate::refusal::{Refusal, Result};
use crate::report::{Report, Table, Tone, Value};
use crate::roles::Role;
use crate::settings::{Kind, Setting, setting};
use crate::sheet::{Sheet, TextColumn, day_text, days, numbers};
use mining::basket::{
    Baskets, ItemRule, RuleOptions, SupportMin, frequent, missing_items, rules, surprising,
};
use mining::text::{number, percent};
use mining::{Run, Text};
use std::collections::HashMap;

pub(super) const COLUMNS: &[Setting] = &[
    setting(
        "basket",
        Kind::Column,
        "column of the invoice or basket; rows of one belong together",
        "订单或小票列；同一单号为一篮",
    ),
    setting("item", Kind::Column, "column of the product", "商品列"),
    setting(
        "customer",
        Kind::Column,
        "column of the customer, for lists of who lacks what",
        "客户列（用于遗漏商品名单）",
    ),
    setting(
        "quantity",
        Kind::Column,
        "column of the pieces; rows with 0 or less are left out",
        "数量列；零或负的行不采用",
    ),
    setting(
        "list",
        Kind::Flag,
        "each row is one basket with its products in the cells, without a header",
        "每行即一个购物篮，各单元格为商品，无表头",
    ),
];

const SETTINGS: &[Setting] = &[
    setting(
        "support",
        Kind::Number,
        "least support: below 1 a share of the baskets, else a number of baskets; found out if not given",
        "最小支持度：小于 1 为占比，否则为篮数；默认自动",
    ),
    setting(
        "confidence",
        Kind::Number,
        "least confidence, 0 to 1 (0.3)",
        "最小置信度，0 至 1（默认 0.3）",
    ),
    setting("lift", Kind::Number, "least lift (1)", "最小提升度（默认 1）"),
    setting("length", Kind::Whole, "most products in a rule (4)", "规则最多商品数（默认 4）"),
    setting(
        "most",
        Kind::Whole,
        "missing products listed per customer (3)",
        "每位客户列出的遗漏商品数（默认 3）",
    ),
    setting(
        "all",
        Kind::Flag,
        "keep rules that chance could explain, too",
        "也保留可能出于偶然的规则",
    ),
];

pub(super) const STUDY: Study = Study {
    name: "baskets",
    title: ("Bought together", "购物篮关联"),
    about: (
        "Finds products bought together and customers who lack one of a bundle",
        "找出常一同购买的商品及组合缺一的客户",
    ),
    settings: &[COLUMNS, SETTINGS],
    compares: false,
    work,
};

/// Share of the rules that may be false.
const FALSE_SHARE: f64 = 0.05;
const RULES_SHOWN: usize = 2_000;

/// Baskets, and per customer all that the customer holds (the baskets where there are none).
pub(super) struct Shopping {
    pub baskets: Baskets,
    pub holdings: Baskets,
    pub holders: Vec<String>,
    pub by_customer: bool,
}

pub(super) fn shopping(input: &Input<'_>, report: &mut Report) -> Result<Shopping> {
    if input.settings.flag("list") {
        return of_lists(input.sheet);
    }
    let items = input.column(Role::Item)?;
    let customer = input.maybe(Role::Customer)?;
    let visits;
    let basket = match input.maybe(Role::Basket)? {
        Some(column) => column,
        None => {
            let customer =
                customer.ok_or_else(|| crate::roles::unknown(input.sheet, Role::Basket))?;
            match input.maybe(Role::Date)?.and_then(days) {
                Some((day, _)) => {
                    report.warning(
                        "there is no invoice column: what a customer bought on one day is one basket",
                        "没有单号列：同一客户同日所购视为一个购物篮",
                    );
                    visits = visits_of(customer, &day);
                    &visits
                }
                None => customer,
            }
        }
    };
    let keep = kept(input, &[items, basket], report)?;
    let baskets = gathered(basket, items, &keep)?.1;
    let (holders, holdings) = match customer {
        Some(column) => {
            let blank = column.blanks();
            let named: Vec<usize> =
                keep.iter().copied().filter(|&r| !blank[column.codes[r] as usize]).collect();
            gathered(column, items, &named)?
        }
        None => gathered(basket, items, &keep)?,
    };
    Ok(Shopping { baskets, holdings, holders, by_customer: customer.is_some() })
}

/// A basket per customer and day; blank where either is unknown.
fn visits_of(customer: &TextColumn, day: &[f64]) -> TextColumn {
    let blank = customer.blanks();
    let mut visits = TextColumn { name: customer.name.clone(), ..TextColumn::default() };
    let mut place: HashMap<(u32, i64), u32> = HashMap::new();
    for (&code, day) in customer.codes.iter().zip(day) {
        let known = !blank[code as usize] && !day.is_nan();
        let key = if known { (code, day.floor() as i64) } else { (u32::MAX, 0) };
        let at = *place.entry(key).or_insert_with(|| {
            let name = customer.values[code as usize].as_str();
            visits.values.push(if known {
                format!("{name} {}", day_text(*day))
            } else {
                String::new()
            });
            visits.values.len() as u32 - 1
        });
        visits.codes.push(at);
    }
    visits
}

/// Rows with all texts known and not a return; cancellations are told by their quantity.
fn kept(input: &Input<'_>, columns: &[&TextColumn], report: &mut Report) -> Result<Vec<usize>> {
    let blank: Vec<Vec<bool>> = columns.iter().map(|c| c.blanks()).collect();
    let quantity = match input.maybe(Role::Quantity)? {
        Some(column) => numbers(column).map(|n| n.0),
        None => None,
    };
    let price = input.maybe(Role::Price)?.and_then(numbers).map(|n| n.0);
    let positive = |v: &Option<Vec<f64>>, r: usize| v.as_ref().is_none_or(|v| v[r] > 0.0);
    let known = |r: usize| columns.iter().zip(&blank).all(|(c, b)| !b[c.codes[r] as usize]);
    let keep: Vec<usize> = (0..input.sheet.rows)
        .filter(|&r| known(r) && positive(&quantity, r) && positive(&price, r))
        .collect();
    let left = input.sheet.rows - keep.len();
    if left > 0 {
        report.warning(
            format!("{left} rows without basket or product, or with a quantity or price of 0 or less, were left out"),
            format!("{left} 行缺少单号或商品，或数量、单价不为正，未采用"),
        );
    }
    Ok(keep)
}

fn gathered(of: &TextColumn, items: &TextColumn, rows: &[usize]) -> Result<(Vec<String>, Baskets)> {
    let mut place: HashMap<u32, usize> = HashMap::new();
    let (mut keys, mut lists): (Vec<String>, Vec<Vec<u32>>) = (Vec::new(), Vec::new());
    for &row in rows {
        let code = of.codes[row];
        let at = *place.entry(code).or_insert_with(|| {
            keys.push(of.values[code as usize].clone());
            lists.push(Vec::new());
            lists.len() - 1
        });
        lists[at].push(items.codes[row]);
    }
    Ok((keys, Baskets::new(lists.iter().map(Vec::as_slice), items.values.clone())?))
}

/// Every row a basket; names are shared between the columns.
pub(super) fn of_lists(sheet: &Sheet) -> Result<Shopping> {
    let mut names: Vec<String> = Vec::new();
    let mut code_of: HashMap<&str, u32> = HashMap::new();
    let mut lists: Vec<Vec<u32>> = vec![Vec::new(); sheet.rows];
    for column in &sheet.columns {
        let blank = column.blanks();
        for (row, &code) in column.codes.iter().enumerate().filter(|(_, c)| !blank[**c as usize]) {
            let name = column.values[code as usize].as_str();
            let item = *code_of.entry(name).or_insert_with(|| {
                names.push(name.to_owned());
                names.len() as u32 - 1
            });
            lists[row].push(item);
        }
    }
    let baskets = Baskets::new(lists.iter().map(Vec::as_slice), names)?;
    let holders = (1..=sheet.rows).map(|r| r.to_string()).collect();
    Ok(Shopping { holdings: baskets.clone(), baskets, holders, by_customer: false })
}

fn support(input: &Input<'_>, baskets: usize) -> Result<SupportMin> {
    match input.settings.number("support")? {
        Some(share) if share > 0.0 && share < 1.0 => Ok(SupportMin::Share(share)),
        Some(count) if count >= 1.0 && count.fract() == 0.0 && count < 4e9 => {
            Ok(SupportMin::Count(count as u32))
        }
        Some(_) => Err(Refusal::setting(Text::new(
            "--support must be a share between 0 and 1, or a whole number of baskets",
            "--support 应为 0 至 1 之间的占比，或整数篮数",
        ))),
        None => Ok(SupportMin::Count(((baskets as f64 * 0.005).ceil() as u32).max(5))),
    }
}

fn work(input: &Input<'_>, run: &Run<'_>, report: &mut Report) -> Result<()> {
    let shopping = shopping(input, report)?;
    let all = &shopping.baskets;
    let length = input.settings.whole("length", 4, 2, 20)?;
    let minimum = support(input, all.len())?;
    let sets = frequent(all, minimum, length, run)?;
    let options = RuleOptions {
        confidence_min: input.settings.between("confidence", 0.3, 0.0, 1.0)?,
        lift_min: input.settings.between("lift", 1.0, 0.0, 1e9)?,
    };
    let found = rules(&sets, &options)?;
    let kept = if input.settings.flag("all") {
        found.clone()
    } else {
        surprising(&found, &sets, FALSE_SHARE)?
    };
    let counts: [(&'static str, Text, usize); 4] = [
        ("baskets", Text::new("baskets", "购物篮"), all.len()),
        (
            "products",
            Text::new("products", "商品"),
            all.counts().iter().filter(|c| **c > 0).count(),
        ),
        ("itemsets", Text::new("frequent sets", "频繁项集"), sets.len()),
        ("rules", Text::new("rules", "规则"), kept.len()),
    ];
    counts.into_iter().for_each(|(key, label, n)| report.figure(key, label, Value::Count(n)));
    let minimum = match minimum {
        SupportMin::Count(n) => n.to_string(),
        SupportMin::Share(s) => percent(s),
    };
    report.on_card("support", Text::new("least support", "最小支持度"), Value::Raw(minimum));
    report.on_card(
        "confidence",
        Text::new("least confidence", "最小置信度"),
        Value::Share(options.confidence_min),
    );
    if found.len() > kept.len() {
        let gone = found.len() - kept.len();
        report.finding(
            format!("{gone} rules were dropped, because chance alone explains them"),
            format!("{gone} 条规则可由偶然解释，已剔除"),
        );
    }
    if kept.is_empty() {
        report.refused = Some("study.no_rules".to_owned());
        report.say(
            Tone::Refusal,
            Text::new(
                "no product goes with another more often than chance explains",
                "没有商品组合的出现频率高于偶然",
            ),
        );
        report.advice(
            "try a lower --support or --confidence, or more baskets",
            "可降低 --support 或 --confidence，或提供更多购物篮",
        );
        return Ok(());
    }
    shown(report, all, &kept);
    gaps(input, report, &shopping, &kept)
}

fn words(rule: &ItemRule, names: &[String]) -> (String, String) {
    let left: Vec<&str> = rule.antecedent.iter().map(|&i| names[i as usize].as_str()).collect();
    (left.join(" + "), names[rule.consequent as usize].clone())
}

fn shown(report: &mut Report, all: &Baskets, kept: &[ItemRule]) {
    let mut table = Table::new(
        "rules",
        Text::new("Rules, most confident first", "关联规则（按置信度）"),
        &[
            ("if", "who buys", "购买"),
            ("then", "also buys", "也购买"),
            ("count", "baskets", "篮数"),
            ("support", "support", "支持度"),
            ("confidence", "confidence", "置信度"),
            ("lift", "lift", "提升度"),
            ("conviction", "conviction", "确信度"),
        ],
    );
    for rule in kept.iter().take(RULES_SHOWN) {
        let (left, right) = words(rule, all.names());
        table.rows.push(vec![
            Value::Raw(left),
            Value::Raw(right),
            Value::Count(rule.count as usize),
            Value::Share(rule.support),
            Value::Share(rule.confidence),
            Value::Number(rule.lift),
            if rule.conviction.is_finite() {
                Value::Number(rule.conviction)
            } else {
                Value::Raw("∞".to_owned())
            },
        ]);
    }
    report.tables.push(table);
    for rule in kept.iter().take(3) {
        let (left, right) = words(rule, all.names());
        let (sure, lift) = (percent(rule.confidence), number(rule.lift));
        report.finding(
            format!(
                "{sure} of those who buy {left} also buy {right}, {lift} times as many as among all"
            ),
            format!("购买 {left} 的有 {sure} 也购买 {right}，为总体的 {lift} 倍"),
        );
    }
    let bars = kept.iter().take(15).map(|rule| {
        let (left, right) = words(rule, all.names());
        let label = format!("{left} → {right}");
        Bar::raw(&label, rule.confidence)
    });
    let title = Text::new("The most confident rules", "置信度最高的规则");
    report.charts.push(Chart::bars(title.clone(), title, bars.collect(), Unit::Share));
    report.list = "rules";
}

/// Who lacks what.
fn gaps(input: &Input<'_>, report: &mut Report, s: &Shopping, kept: &[ItemRule]) -> Result<()> {
    let most = input.settings.whole("most", 3, 1, 100)?;
    let found = missing_items(&s.holdings, kept, most);
    if !s.by_customer || found.is_empty() {
        return Ok(());
    }
    let who: std::collections::HashSet<usize> = found.iter().map(|m| m.customer).collect();
    report.finding(
        format!("{} customers hold part of a bundle and lack one product of it", who.len()),
        format!("{} 位客户购有组合的一部分，尚缺其中一件", who.len()),
    );
    let mut table = Table::new(
        "missing",
        Text::new("Who lacks what", "遗漏商品名单"),
        &[
            ("customer", "customer", "客户"),
            ("item", "product", "商品"),
            ("confidence", "confidence", "置信度"),
            ("reason", "reason", "理由"),
        ],
    );
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|&a, &b| found[b].confidence.total_cmp(&found[a].confidence));
    for i in order {
        let m = &found[i];
        table.rows.push(vec![
            Value::Raw(s.holders[m.customer].clone()),
            Value::Raw(s.holdings.names()[m.item as usize].clone()),
            Value::Share(m.confidence),
            Value::Words(m.reason.clone()),
        ]);
    }
    report.tables.push(table);
    report.list = "missing";
    Ok(())
}
