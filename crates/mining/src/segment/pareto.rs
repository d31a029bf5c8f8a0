//! 80/20: how few make how much, and the pyramid of customers by value.

use crate::error::{Error, Result, all_finite};
use crate::metrics::Point;

/// The Pareto curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Pareto {
    /// Share of customers (x) against share of value (y), best customers first; at most 201
    /// points from (0, 0) to (1, 1).
    pub curve: Vec<Point>,
    /// Index of every customer, most valuable first.
    pub order: Vec<usize>,
    /// Gini coefficient of the values, 0 equal to 1 concentrated (Gini 1912).
    pub gini: f64,
    /// Cumulative value in `order`.
    cumulative: Vec<f64>,
}

/// Orders customers (or products) by value; negative values count as 0.
///
/// # Errors
/// [`Error::Empty`] without rows or without any positive value; [`Error::NotFinite`].
pub fn pareto(values: &[f64]) -> Result<Pareto> {
    all_finite("value", values)?;
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    let mut sum = 0.0;
    let cumulative: Vec<f64> = order
        .iter()
        .map(|&i| {
            sum += values[i].max(0.0);
            sum
        })
        .collect();
    if sum <= 0.0 {
        return Err(Error::Empty { what: "positive values" });
    }
    let n = values.len() as f64;
    let steps = values.len().min(200);
    let curve = (0..=steps)
        .map(|s| {
            let rows = (n * s as f64 / steps as f64).round() as usize;
            let y = if rows == 0 { 0.0 } else { cumulative[rows - 1] / sum };
            Point { x: rows as f64 / n, y }
        })
        .collect();
    let area: f64 = cumulative.iter().map(|c| c / sum).sum::<f64>() / n;
    let gini = (2.0 * area - 1.0 - 1.0 / n).max(0.0);
    Ok(Pareto { curve, order, gini, cumulative })
}

impl Pareto {
    /// Share of the value that the best `share` of customers make (rows rounded up).
    #[must_use]
    pub fn value_of_top(&self, share: f64) -> f64 {
        let n = self.cumulative.len();
        let rows = ((n as f64 * share.clamp(0.0, 1.0)).ceil() as usize).clamp(1, n);
        self.cumulative[rows - 1] / self.cumulative[n - 1]
    }

    /// How many of the best customers make `share` of the value.
    #[must_use]
    pub fn customers_for(&self, share: f64) -> usize {
        let want = self.cumulative[self.cumulative.len() - 1] * share.clamp(0.0, 1.0);
        let below = self.cumulative.partition_point(|&c| c < want);
        (below + 1).min(self.cumulative.len())
    }
}

/// One step of the pyramid.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// Indices of the customers, most valuable first.
    pub customers: Vec<usize>,
    /// Their share of all value.
    pub value_share: f64,
    /// Lowest value among them.
    pub value_min: f64,
}

/// Cuts customers into tiers by shares of their number, top first; the last tier takes the rest.
/// Curry and Curry 2000, "The customer marketing method", use .01, .04, .15 and the rest.
///
/// # Errors
/// As [`pareto`]; [`Error::Option`] for shares outside 0 to 1 or above 1 together.
pub fn pyramid(values: &[f64], shares: &[f64]) -> Result<Vec<Tier>> {
    let sum: f64 = shares.iter().sum();
    if shares.iter().any(|s| !(0.0..=1.0).contains(s)) || sum > 1.0 + 1e-9 {
        return Err(Error::Option { name: "shares", need: "from 0 to 1, together at most 1" });
    }
    let p = pareto(values)?;
    let n = values.len();
    let total = p.cumulative[n - 1];
    let (mut from, mut share_sum, mut tiers) = (0, 0.0, Vec::new());
    for share in shares.iter().copied().chain([1.0]) {
        share_sum += share;
        let to = ((n as f64 * share_sum).round() as usize).clamp(from, n);
        if to > from {
            let customers = p.order[from..to].to_vec();
            let before = if from == 0 { 0.0 } else { p.cumulative[from - 1] };
            let value_min = values[customers[customers.len() - 1]];
            let value_share = (p.cumulative[to - 1] - before) / total;
            tiers.push(Tier { customers, value_share, value_min });
        }
        from = to;
    }
    Ok(tiers)
}
