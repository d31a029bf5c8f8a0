//! Recency, frequency and monetary value: the oldest and still useful view of customers.

use crate::error::{Error, Result, all_finite};
use crate::metrics::quantile_cuts;
use crate::text::Text;
use std::collections::BTreeMap;

/// One order (or invoice).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Order {
    /// Customer, any number.
    pub customer: u64,
    /// Day of the order, counted from any origin.
    pub day: f64,
    /// Amount in money; refunds may be negative.
    pub amount: f64,
}

/// A customer's three numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rfm {
    /// Customer.
    pub customer: u64,
    /// Days from the last order to the snapshot.
    pub recency_days: f64,
    /// Number of orders.
    pub frequency: f64,
    /// Sum of amounts.
    pub monetary: f64,
}

/// Where scores change.
#[derive(Debug, Clone, PartialEq)]
pub enum Cuts {
    /// So many scores, each for about equally many customers.
    Quantiles(usize),
    /// Upper bounds of all but the highest score, ascending, for days, orders and money.
    Chosen {
        /// Days since the last order.
        recency: Vec<f64>,
        /// Orders.
        frequency: Vec<f64>,
        /// Money.
        monetary: Vec<f64>,
    },
}

/// How to score.
#[derive(Debug, Clone, PartialEq)]
pub struct RfmOptions {
    /// Where scores change.
    pub cuts: Cuts,
}

impl Default for RfmOptions {
    fn default() -> Self {
        Self { cuts: Cuts::Quantiles(5) }
    }
}

/// Scores from 1 (worst) up.
#[derive(Debug, Clone, PartialEq)]
pub struct RfmScore {
    /// Recency; more recent is higher.
    pub r: u8,
    /// Frequency.
    pub f: u8,
    /// Monetary value.
    pub m: u8,
    /// Name of the segment.
    pub segment: Text,
}

/// The three numbers of every customer, in order of customer (Hughes 1994, "Strategic database
/// marketing"). Orders of one customer may come in any order.
///
/// # Errors
/// [`Error::Empty`], [`Error::NotFinite`], [`Error::OutOfRange`] for an order after `snapshot`.
pub fn rfm(orders: &[Order], snapshot: f64) -> Result<Vec<Rfm>> {
    if orders.is_empty() {
        return Err(Error::Empty { what: "orders" });
    }
    all_finite("snapshot", &[snapshot])?;
    let mut found: BTreeMap<u64, Rfm> = BTreeMap::new();
    for (row, o) in orders.iter().enumerate() {
        if !o.day.is_finite() || !o.amount.is_finite() {
            return Err(Error::NotFinite { what: "order", row });
        }
        if o.day > snapshot {
            return Err(Error::OutOfRange { what: "day", row });
        }
        let c = found.entry(o.customer).or_insert(Rfm {
            customer: o.customer,
            recency_days: f64::INFINITY,
            frequency: 0.0,
            monetary: 0.0,
        });
        c.recency_days = c.recency_days.min(snapshot - o.day);
        c.frequency += 1.0;
        c.monetary += o.amount;
    }
    Ok(found.into_values().collect())
}

/// Scores of customers. With [`Cuts::Quantiles`] equal numbers get equal scores.
///
/// # Errors
/// [`Error::Empty`]; [`Error::Option`] for cuts that do not ascend or more than 9 scores.
pub fn rfm_scores(customers: &[Rfm], options: &RfmOptions) -> Result<Vec<RfmScore>> {
    if customers.is_empty() {
        return Err(Error::Empty { what: "customers" });
    }
    let of = |f: fn(&Rfm) -> f64| -> Vec<f64> { customers.iter().map(f).collect() };
    let (recency, frequency, monetary) =
        (of(|c| c.recency_days), of(|c| c.frequency), of(|c| c.monetary));
    let cuts = match &options.cuts {
        Cuts::Quantiles(n) if (2..=9).contains(n) => {
            [&recency, &frequency, &monetary].map(|v| quantile_cuts(v, *n))
        }
        Cuts::Chosen { recency, frequency, monetary } => {
            [recency.clone(), frequency.clone(), monetary.clone()]
        }
        Cuts::Quantiles(_) => return Err(Error::Option { name: "cuts", need: "from 2 to 9" }),
    };
    let ascends = |c: &Vec<f64>| c.len() < 9 && c.windows(2).all(|w| w[0] < w[1]);
    if !cuts.iter().all(ascends) {
        return Err(Error::Option { name: "cuts", need: "ascending, at most 8" });
    }
    let score = |cuts: &[f64], v: f64| cuts.partition_point(|&c| c < v) as u8 + 1;
    Ok(customers
        .iter()
        .map(|c| {
            let r = cuts[0].len() as u8 + 2 - score(&cuts[0], c.recency_days);
            let (f, m) = (score(&cuts[1], c.frequency), score(&cuts[2], c.monetary));
            let part = |s: u8, cuts: &[f64]| f64::from(s - 1) / cuts.len().max(1) as f64;
            let value = (part(f, &cuts[1]) + part(m, &cuts[2])) / 2.0;
            RfmScore { r, f, m, segment: segment(part(r, &cuts[0]), value) }
        })
        .collect())
}

/// Name from how recent (0 to 1) and how valuable (0 to 1) a customer is.
fn segment(recent: f64, value: f64) -> Text {
    match (recent, value) {
        (r, v) if r >= 0.7 && v >= 0.7 => Text::new("champions", "重要价值客户"),
        (r, v) if r >= 0.7 && v >= 0.35 => Text::new("growing", "重要发展客户"),
        (r, _) if r >= 0.7 => Text::new("new or small", "新客户或小额客户"),
        (r, v) if r >= 0.3 && v >= 0.5 => Text::new("loyal, needs care", "重要保持客户"),
        (r, _) if r >= 0.3 => Text::new("cooling down", "一般保持客户"),
        (_, v) if v >= 0.5 => Text::new("valuable, leaving", "重要挽留客户"),
        _ => Text::new("lost", "流失客户"),
    }
}
