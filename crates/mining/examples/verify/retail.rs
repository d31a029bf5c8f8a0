//! The Online Retail lines, cleaned by the stated rule.

use crate::data::{Table, day};
use mining::basket::Baskets;
use std::path::Path;

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
    pub invoices: usize,
    pub customers: usize,
}

fn code<'a>(text: &'a str, codes: &mut std::collections::HashMap<&'a str, u32>) -> u32 {
    let next = codes.len() as u32;
    *codes.entry(text).or_insert(next)
}

pub fn read(dir: &Path) -> Retail {
    let t = Table::read(&dir.join("online_retail.csv.gz"), ',');
    let at = |n| t.at(n);
    let (inv, item, qty, date, price, customer) = (
        at("InvoiceNo"),
        at("StockCode"),
        at("Quantity"),
        at("InvoiceDate"),
        at("UnitPrice"),
        at("CustomerID"),
    );
    let (mut invoices, mut items, mut customers) = Default::default();
    let mut lines = Vec::new();
    for r in &t.rows {
        let q: f64 = r[qty].parse().unwrap_or(0.0);
        let p: f64 = r[price].parse().unwrap_or(0.0);
        if r[customer].is_empty() || r[inv].starts_with('C') || q <= 0.0 || p <= 0.0 {
            continue;
        }
        let clock: Vec<f64> =
            r[date][11..].split(':').map(|p| p.parse().expect("a time")).collect();
        let fraction = (clock[0] * 3600.0 + clock[1] * 60.0 + clock[2]) / 86_400.0;
        lines.push(Line {
            invoice: code(&r[inv], &mut invoices),
            item: code(&r[item], &mut items),
            customer: code(&r[customer], &mut customers),
            time: day(&r[date]).expect("a date") + fraction,
            amount: q * p,
        });
    }
    let mut names = vec![String::new(); items.len()];
    items.iter().for_each(|(n, &c): (&&str, &u32)| names[c as usize] = (*n).to_owned());
    Retail { lines, items: names, invoices: invoices.len(), customers: customers.len() }
}

impl Retail {
    pub fn baskets(&self) -> Baskets {
        let mut lists = vec![Vec::new(); self.invoices];
        self.lines.iter().for_each(|l| lists[l.invoice as usize].push(l.item));
        Baskets::new(lists.iter().map(Vec::as_slice), self.items.clone()).expect("valid codes")
    }
}
