//! The Online Retail lines, cleaned by the stated rule: customer present, no cancellation,
//! quantity and price above 0.

use super::Files;
use crate::refusal::Result;
use crate::sheet::{Sheet, TextColumn, days, numbers};
use mining::basket::Baskets;
use mining::segment::Order;
use std::collections::{BTreeMap, HashMap};

#[derive(Clone, Copy)]
pub struct Line {
    pub invoice: u32,
    pub item: u32,
    pub customer: u32,
    /// Days since 1970, with the time of day as fraction.
    pub time: f64,
    pub amount: f64,
}

pub struct Retail {
    pub lines: Vec<Line>,
    pub items: Vec<String>,
}

/// 2011-12-10, the day after the last line.
pub const SNAPSHOT: f64 = 15_318.0;

/// Codes in order of first appearance among the lines kept.
fn code(codes: &mut HashMap<u32, u32>, raw: u32) -> u32 {
    let next = codes.len() as u32;
    *codes.entry(raw).or_insert(next)
}

pub fn read(files: &dyn Files) -> Result<Retail> {
    let sheet: Sheet = files.sheet("online_retail.csv.gz", false)?;
    let column = |name: &str| -> Result<&TextColumn> {
        sheet
            .column(name)
            .ok_or_else(|| mining::Error::UnknownColumn { name: name.to_owned() }.into())
    };
    let number = |name: &'static str| -> Result<Vec<f64>> {
        let found = numbers(column(name)?).map(|n| n.0);
        found.ok_or_else(|| {
            mining::Error::ColumnKind { name: name.to_owned(), need: "numbers" }.into()
        })
    };
    let (invoice, item, customer) =
        (column("InvoiceNo")?, column("StockCode")?, column("CustomerID")?);
    let (quantity, price) = (number("Quantity")?, number("UnitPrice")?);
    let time = days(column("InvoiceDate")?).map(|d| d.0).unwrap_or_default();
    let blank = customer.blanks();
    let (mut invoices, mut items, mut customers) = (HashMap::new(), HashMap::new(), HashMap::new());
    let (mut lines, mut names) = (Vec::new(), Vec::new());
    for row in 0..sheet.rows {
        let sold = quantity[row] > 0.0 && price[row] > 0.0 && !invoice.text(row).starts_with('C');
        if !sold || blank[customer.codes[row] as usize] || time.get(row).is_none_or(|t| t.is_nan())
        {
            continue;
        }
        let item_code = code(&mut items, item.codes[row]);
        if item_code as usize == names.len() {
            names.push(item.text(row).to_owned());
        }
        lines.push(Line {
            invoice: code(&mut invoices, invoice.codes[row]),
            item: item_code,
            customer: code(&mut customers, customer.codes[row]),
            time: time[row],
            amount: quantity[row] * price[row],
        });
    }
    Ok(Retail { lines, items: names })
}

impl Retail {
    /// One basket per invoice.
    pub fn baskets(&self) -> Result<Baskets> {
        let mut lists: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        self.lines.iter().for_each(|l| lists.entry(l.invoice).or_default().push(l.item));
        Ok(Baskets::new(lists.values().map(Vec::as_slice), self.items.clone())?)
    }

    /// One order per invoice, days whole.
    pub fn orders(&self) -> Vec<Order> {
        let mut found: BTreeMap<u32, Order> = BTreeMap::new();
        for l in &self.lines {
            let customer = u64::from(l.customer);
            let fresh = Order { customer, day: l.time.floor(), amount: 0.0 };
            found.entry(l.invoice).or_insert(fresh).amount += l.amount;
        }
        found.into_values().collect()
    }
}
