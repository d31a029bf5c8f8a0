//! When each customer will order next, and who has gone quiet by the own rhythm.

use crate::error::{Error, Result, all_finite};
use crate::segment::Order;
use std::collections::BTreeMap;

/// How to judge.
#[derive(Debug, Clone)]
pub struct NextOrderOptions {
    /// Gaps of the average customer that each customer's own gaps are mixed with.
    pub prior_gaps: f64,
    /// Share of the customer's gaps (after mixing) that are shorter than the time of silence
    /// from which the customer is late.
    pub late_share: f64,
    /// The same for dormant.
    pub dormant_share: f64,
}

impl Default for NextOrderOptions {
    fn default() -> Self {
        Self { prior_gaps: 2.0, late_share: 0.9, dormant_share: 0.98 }
    }
}

/// Where a customer stands in the own cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Within the usual time.
    OnTime,
    /// Later than usual.
    Late,
    /// So late that a further order would be a surprise.
    Dormant,
}

/// A customer's rhythm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NextOrder {
    /// Customer.
    pub customer: u64,
    /// Day of the last order.
    pub last_day: f64,
    /// Gaps between order days seen.
    pub gaps: usize,
    /// Typical gap in days (median of the mixed distribution).
    pub cycle_days: f64,
    /// Expected day of the next order: the median, given the silence so far.
    pub next_day: f64,
    /// 10 % of next orders come before this day.
    pub early_day: f64,
    /// 10 % of next orders come after this day.
    pub late_day: f64,
    /// Probability that a gap is shorter than the silence so far.
    pub silence: f64,
    /// Where the customer stands.
    pub state: State,
}

/// Rhythm of every customer with an order up to `today`, in order of customer.
///
/// Gaps are taken as log-normal; the customer's mean log gap is drawn towards that of all
/// customers by `prior_gaps` observations and the spread is pooled (normal mean with normal
/// prior: Gelman et al. 2013, "Bayesian data analysis", equation 2.11). The forecast is the
/// distribution of the gap given that it is longer than the silence so far.
///
/// # Errors
/// [`Error::Empty`], [`Error::NotFinite`], [`Error::OutOfRange`] for an order after `today`;
/// [`Error::TooFew`] when no customer ordered on two days.
pub fn next_orders(
    orders: &[Order],
    today: f64,
    options: &NextOrderOptions,
) -> Result<Vec<NextOrder>> {
    if orders.is_empty() {
        return Err(Error::Empty { what: "orders" });
    }
    if options.prior_gaps.is_nan() || options.prior_gaps < 0.0 {
        return Err(Error::Option { name: "prior_gaps", need: "at least 0" });
    }
    all_finite("today", &[today])?;
    let mut days: BTreeMap<u64, Vec<i64>> = BTreeMap::new();
    for (row, o) in orders.iter().enumerate() {
        if !o.day.is_finite() || o.day.abs() > 1e12 {
            return Err(Error::NotFinite { what: "day", row });
        }
        if o.day > today {
            return Err(Error::OutOfRange { what: "day", row });
        }
        days.entry(o.customer).or_default().push(o.day.floor() as i64);
    }
    let mut logs: Vec<(u64, i64, Vec<f64>)> = Vec::new();
    for (customer, mut days) in days {
        days.sort_unstable();
        days.dedup();
        let gaps = days.windows(2).map(|w| ((w[1] - w[0]) as f64).ln()).collect();
        logs.push((customer, days[days.len() - 1], gaps));
    }
    let (mean, spread) = pooled(&logs)?;
    Ok(logs
        .iter()
        .map(|(customer, last, gaps)| {
            let n = gaps.len() as f64;
            let weight = n + options.prior_gaps;
            let sum: f64 = gaps.iter().sum();
            let centre =
                if weight > 0.0 { (sum + options.prior_gaps * mean) / weight } else { mean };
            let deviation = spread * (1.0 + 1.0 / weight.max(1.0)).sqrt();
            judge(*customer, *last as f64, gaps.len(), (centre, deviation), today, options)
        })
        .collect())
}

/// Mean log gap over customers, and the standard deviation of log gaps within customers.
fn pooled(logs: &[(u64, i64, Vec<f64>)]) -> Result<(f64, f64)> {
    let (mut means, mut customers, mut squares, mut freedom) = (0.0, 0.0, 0.0, 0.0);
    for (_, _, gaps) in logs.iter().filter(|l| !l.2.is_empty()) {
        let n = gaps.len() as f64;
        let mean = gaps.iter().sum::<f64>() / n;
        means += mean;
        customers += 1.0;
        squares += gaps.iter().map(|g| (g - mean) * (g - mean)).sum::<f64>();
        freedom += n - 1.0;
    }
    if customers == 0.0 {
        return Err(Error::TooFew { what: "customers with two order days", have: 0, need: 1 });
    }
    let spread = if freedom > 0.0 { (squares / freedom).sqrt() } else { 0.5 };
    Ok((means / customers, spread.max(0.05)))
}

fn judge(
    customer: u64,
    last_day: f64,
    gaps: usize,
    (centre, deviation): (f64, f64),
    today: f64,
    options: &NextOrderOptions,
) -> NextOrder {
    let silent = (today - last_day).max(0.0);
    let below = |days: f64| {
        if days <= 0.0 {
            return 0.0;
        }
        1.0 - crate::lifetime::normal_tail((days.ln() - centre) / deviation)
    };
    let silence = below(silent);
    let quantile = |p: f64| {
        let p = silence + p * (1.0 - silence);
        let z = crate::lifetime::normal_quantile(p.min(1.0 - 1e-12));
        last_day + (centre + deviation * z).exp().max(silent)
    };
    let state = match silence {
        s if s >= options.dormant_share => State::Dormant,
        s if s >= options.late_share => State::Late,
        _ => State::OnTime,
    };
    NextOrder {
        customer,
        last_day,
        gaps,
        cycle_days: centre.exp(),
        next_day: quantile(0.5),
        early_day: quantile(0.1),
        late_day: quantile(0.9),
        silence,
        state,
    }
}
