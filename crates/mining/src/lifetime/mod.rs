//! How often customers will still buy, whether they are still there, and what they are worth.

mod bgnbd;
mod gamma_gamma;
mod pareto_nbd;
mod simplex;
mod special;

pub use bgnbd::BgNbd;
pub use gamma_gamma::GammaGamma;
pub use pareto_nbd::ParetoNbd;
pub(crate) use special::{chi_square_tail, normal_quantile, normal_tail};

use crate::error::{Error, Result};
use crate::segment::Order;
use crate::text::Text;
use std::collections::BTreeMap;

/// What one customer did, as these models see it. Time is in weeks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct History {
    /// Customer.
    pub customer: u64,
    /// Repeat purchases x: days with a purchase, without the first.
    pub repeats: f64,
    /// Weeks from the first purchase to the last, t_x; 0 without repeats.
    pub last_weeks: f64,
    /// Weeks from the first purchase to the end of observation, T.
    pub age_weeks: f64,
    /// Mean amount of the repeat purchases; 0 without repeats.
    pub mean_amount: f64,
}

/// Histories from orders up to `end` (a day), in order of customer; later orders are ignored.
/// Orders of one customer on one day are one purchase.
///
/// # Errors
/// [`Error::NotFinite`]; [`Error::Empty`] when no order lies before `end`.
pub fn histories(orders: &[Order], end: f64) -> Result<Vec<History>> {
    let mut days: BTreeMap<u64, BTreeMap<i64, f64>> = BTreeMap::new();
    for (row, o) in orders.iter().enumerate() {
        if !o.day.is_finite() || !o.amount.is_finite() || o.day.abs() > 1e12 {
            return Err(Error::NotFinite { what: "order", row });
        }
        if o.day <= end {
            *days.entry(o.customer).or_default().entry(o.day.floor() as i64).or_insert(0.0) +=
                o.amount;
        }
    }
    if days.is_empty() {
        return Err(Error::Empty { what: "orders" });
    }
    let histories = days.into_iter().map(|(customer, days)| {
        let first = *days.keys().next().expect("a customer has an order");
        let last = *days.keys().next_back().expect("a customer has an order");
        let repeats = (days.len() - 1) as f64;
        let spent: f64 = days.values().skip(1).sum();
        History {
            customer,
            repeats,
            last_weeks: (last - first) as f64 / 7.0,
            age_weeks: (end.floor() - first as f64).max(0.0) / 7.0,
            mean_amount: if repeats > 0.0 { spent / repeats } else { 0.0 },
        }
    });
    Ok(histories.collect())
}

/// A model of when customers buy and leave.
pub trait Purchasing {
    /// Expected purchases in the next `weeks`.
    fn expected(&self, history: &History, weeks: f64) -> f64;
    /// Probability that the customer is still active.
    fn alive(&self, history: &History) -> f64;
}

/// Lifetime value: expected amount of the next `weeks`, week by week, each discounted by
/// `discount` per week (Fader, Hardie and Lee 2005, "RFM and CLV", equation 3, with weeks in
/// place of the integral).
#[must_use]
pub fn lifetime_value(
    model: &dyn Purchasing,
    spend: &GammaGamma,
    history: &History,
    weeks: usize,
    discount: f64,
) -> f64 {
    let amount = spend.expected_amount(history);
    let (mut sum, mut before) = (0.0, 0.0);
    for week in 1..=weeks {
        let upto = model.expected(history, week as f64);
        sum += (upto - before) * amount / (1.0 + discount).powi(week as i32);
        before = upto;
    }
    sum
}

fn nobody_leaves() -> Text {
    Text::new(
        "the data show hardly anyone leaving: probabilities of being active mean little here",
        "数据中几乎没有流失迹象：活跃概率在此参考意义有限",
    )
}

/// Equal histories counted once: (x, t_x, T, customers).
fn grouped(histories: &[History]) -> Result<Vec<(f64, f64, f64, f64)>> {
    if histories.is_empty() {
        return Err(Error::Empty { what: "customers" });
    }
    for (row, h) in histories.iter().enumerate() {
        let sound = h.repeats >= 0.0
            && h.last_weeks >= 0.0
            && h.age_weeks >= h.last_weeks
            && h.age_weeks.is_finite()
            && h.repeats.is_finite()
            && h.repeats < 1e7;
        if !sound {
            return Err(Error::OutOfRange { what: "history", row });
        }
    }
    if histories.iter().all(|h| h.repeats == 0.0) {
        return Err(Error::TooFew { what: "customers who came back", have: 0, need: 1 });
    }
    let mut all: Vec<(f64, f64, f64)> =
        histories.iter().map(|h| (h.repeats.round(), h.last_weeks, h.age_weeks)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2)));
    let mut out: Vec<(f64, f64, f64, f64)> = Vec::new();
    for h in all {
        match out.last_mut() {
            Some(last) if (last.0, last.1, last.2) == h => last.3 += 1.0,
            _ => out.push((h.0, h.1, h.2, 1.0)),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests;
