//! Order lines out of a sheet: who bought what, when and for how much, and what was left out.

use super::Input;
use crate::refusal::{Refusal, Result};
use crate::report::Report;
use crate::roles::Role;
use crate::settings::{Kind, Setting, setting};
use crate::sheet::{TextColumn, days, numbers};
use mining::Text;
use mining::segment::Order;
use std::collections::HashMap;

pub(super) const COLUMNS: &[Setting] = &[
    setting("customer", Kind::Column, "column of the customer", "客户列"),
    setting("date", Kind::Column, "column of the date", "日期列"),
    setting("amount", Kind::Column, "column of the amount", "金额列"),
    setting(
        "price",
        Kind::Column,
        "column of the price of one piece, when there is no amount",
        "单价列（无金额列时）",
    ),
    setting(
        "quantity",
        Kind::Column,
        "column of the pieces, when there is no amount",
        "数量列（无金额列时）",
    ),
    setting(
        "basket",
        Kind::Column,
        "column of the invoice or basket; rows of one are one order",
        "订单或小票列；同一单号合为一单",
    ),
    setting(
        "today",
        Kind::Day,
        "day up to which is looked; the day after the last one",
        "截止日；默认为最后日期的次日",
    ),
];

/// One line of an order, with codes instead of names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Line {
    pub row: usize,
    pub customer: u32,
    pub basket: Option<u32>,
    pub day: f64,
    pub amount: f64,
}

/// The lines that can be used.
pub(super) struct Lines<'a> {
    pub lines: Vec<Line>,
    pub customers: &'a TextColumn,
    /// The day after the last one looked at.
    pub today: f64,
    pub has_amounts: bool,
}

impl Lines<'_> {
    /// The name of a customer.
    pub fn name(&self, customer: u64) -> &str {
        self.customers.values.get(customer as usize).map_or("", String::as_str)
    }

    /// One order per basket, or per line where there are no baskets; days are whole.
    pub fn orders(&self) -> Vec<Order> {
        let mut of_basket: HashMap<(u32, u32), usize> = HashMap::new();
        let mut orders: Vec<Order> = Vec::new();
        for line in &self.lines {
            let customer = u64::from(line.customer);
            let fresh = Order { customer, day: line.day.floor(), amount: line.amount };
            let Some(basket) = line.basket else {
                orders.push(fresh);
                continue;
            };
            let next = orders.len();
            let at = *of_basket.entry((line.customer, basket)).or_insert(next);
            if at == next {
                orders.push(fresh);
            } else {
                orders[at].amount += line.amount;
                orders[at].day = orders[at].day.min(fresh.day);
            }
        }
        orders
    }
}

/// Reads the lines. Left out, each with a note: rows without customer or date, rows after today,
/// and rows with an amount of 0 or less (returns and cancellations).
pub(super) fn lines<'a>(input: &Input<'a>, report: &mut Report) -> Result<Lines<'a>> {
    let customers = input.column(Role::Customer)?;
    let date = input.column(Role::Date)?;
    let (day, notes) = days(date).ok_or_else(|| no_dates(date))?;
    notes.iter().for_each(|n| report.warning(n.en.as_str(), n.zh.as_str()));
    let amounts = amounts(input, report)?;
    let basket = input.maybe(Role::Basket)?;
    let named = input.settings.day("today")?;
    let last = named.unwrap_or(input.tomorrow());
    let blank = customers.blanks();
    let mut left = [0usize; 4];
    let mut lines = Vec::with_capacity(day.len());
    for (row, &day) in day.iter().enumerate() {
        let customer = customers.codes[row];
        let amount = amounts.as_ref().map_or(1.0, |a| a[row]);
        let fault = match () {
            () if blank[customer as usize] => Some(0),
            () if day.is_nan() => Some(1),
            () if day >= last => Some(2),
            () if amount.is_nan() || amount <= 0.0 => Some(3),
            () => None,
        };
        match fault {
            Some(kind) => left[kind] += 1,
            None => lines.push(Line {
                row,
                customer,
                basket: basket.map(|b| b.codes[row]),
                day,
                amount,
            }),
        }
    }
    notes_on(left, report);
    if lines.is_empty() {
        return Err(mining::Error::Empty { what: "orders" }.into());
    }
    let latest = lines.iter().map(|l| l.day).fold(f64::NEG_INFINITY, f64::max);
    let today = named.unwrap_or(latest.floor() + 1.0);
    Ok(Lines { lines, customers, today, has_amounts: amounts.is_some() })
}

fn no_dates(column: &TextColumn) -> Refusal {
    let name = &column.name;
    Refusal {
        code: "study.no_dates".to_owned(),
        why: Text::new(format!("{name} holds no dates"), format!("{name} 列不是日期")),
        help: Text::new(
            "dates may be written as 2026-03-31, 31.03.2026 or 31 Mar 2026, all in one way",
            "日期可写作 2026-03-31、31.03.2026、2026年3月31日 等，整列须一致",
        ),
    }
}

/// The amount per row: the column itself, or price × quantity. `None` when there is neither.
pub(super) fn amounts(input: &Input<'_>, report: &mut Report) -> Result<Option<Vec<f64>>> {
    let mut read = |column: &TextColumn| -> Result<Vec<f64>> {
        let (values, note) = numbers(column).ok_or_else(|| mining::Error::ColumnKind {
            name: column.name.clone(),
            need: "numbers",
        })?;
        if let Some(note) = note {
            report.warning(note.en, note.zh);
        }
        Ok(values)
    };
    let (price, quantity) = (input.maybe(Role::Price)?, input.maybe(Role::Quantity)?);
    if let Some(amount) = input.maybe(Role::Amount)? {
        return read(amount).map(Some);
    }
    let (Some(price), Some(quantity)) = (price, quantity) else { return Ok(None) };
    let (price, quantity) = (read(price)?, read(quantity)?);
    // Two negatives are no sale.
    let times = |(p, q): (&f64, &f64)| if *p < 0.0 && *q < 0.0 { f64::NAN } else { p * q };
    Ok(Some(price.iter().zip(&quantity).map(times).collect()))
}

fn notes_on(left: [usize; 4], report: &mut Report) {
    let words = [
        ("without a customer", "缺少客户"),
        ("without a date", "缺少日期"),
        ("after the last day looked at", "晚于截止日"),
        ("with an amount of 0 or less, such as returns", "金额为零或负（如退货）"),
    ];
    for (count, (en, zh)) in left.into_iter().zip(words).filter(|(c, _)| *c > 0) {
        report
            .warning(format!("{count} rows {en} were left out"), format!("{count} 行{zh}，未采用"));
    }
}

/// The refusal of a study that needs money.
pub(super) fn needs_amounts(input: &Input<'_>, lines: &Lines<'_>) -> Result<()> {
    if lines.has_amounts { Ok(()) } else { Err(crate::roles::unknown(input.sheet, Role::Amount)) }
}
