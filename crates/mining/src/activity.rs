//! What each customer did up to a day, as mergeable sums and as columns for models.

use crate::error::{Error, Result, all_finite};
use crate::frame::{Column, Frame};
use crate::run::Run;
use crate::segment::Order;
use std::collections::HashMap;

/// Days back from the cut within which orders are counted apart.
const WINDOWS_DAYS: [f64; 4] = [30.0, 90.0, 180.0, 365.0];
/// Weeks back from the cut of which is known whether there was an order.
const WEEKS: u32 = 128;
/// Parts of one unit of money that sums are kept in, so that their order does not matter.
const MONEY_PARTS: f64 = 1e6;
/// Largest amount of one order.
const AMOUNT_MAX: f64 = 1e15;

/// What one customer did before the cut. All of it is counts, sums of whole numbers, least,
/// greatest and "or", so that parts of the orders can be summed apart and merged in any order.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Activity {
    first: f64,
    last: f64,
    orders: u32,
    money: i128,
    recent: [u32; 4],
    money_90: i128,
    weeks: u128,
}

impl Activity {
    const NONE: Self = Self {
        first: f64::INFINITY,
        last: f64::NEG_INFINITY,
        orders: 0,
        money: 0,
        recent: [0; 4],
        money_90: 0,
        weeks: 0,
    };

    fn add(&mut self, day: f64, amount: f64, cut: f64) {
        let (age, money) = (cut - day, (amount * MONEY_PARTS).round() as i128);
        self.first = self.first.min(day);
        self.last = self.last.max(day);
        self.orders = self.orders.saturating_add(1);
        self.money += money;
        for (count, days) in self.recent.iter_mut().zip(WINDOWS_DAYS) {
            *count = count.saturating_add(u32::from(age <= days));
        }
        self.money_90 += if age <= 90.0 { money } else { 0 };
        let week = age / 7.0;
        if week < f64::from(WEEKS) {
            self.weeks |= 1 << week as u32;
        }
    }

    fn merge(&mut self, other: &Self) {
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.orders = self.orders.saturating_add(other.orders);
        self.money += other.money;
        self.recent.iter_mut().zip(other.recent).for_each(|(a, b)| *a = a.saturating_add(b));
        self.money_90 += other.money_90;
        self.weeks |= other.weeks;
    }

    /// Longest run of weeks without an order between two with one.
    fn longest_gap_weeks(self) -> f64 {
        let (mut longest, mut left) = (0, self.weeks);
        if left == 0 {
            return f64::NAN;
        }
        left >>= left.trailing_zeros();
        while left > 1 {
            left >>= 1;
            let gap = left.trailing_zeros();
            longest = longest.max(gap);
            left >>= gap;
        }
        f64::from(longest)
    }
}

/// The activity of every customer up to a day. Parts made of different orders can be merged, on
/// one machine or many: the result is that of all orders at once, to the last bit.
#[derive(Debug, Clone, PartialEq)]
pub struct Activities {
    cut: f64,
    /// Sorted by customer.
    of: Vec<(u64, Activity)>,
}

impl Activities {
    /// Sums up the orders before `cut` (a day); later ones are passed over. Each shard of `run`
    /// sums its part, then the parts are merged.
    ///
    /// # Errors
    /// [`Error::NotFinite`]; [`Error::OutOfRange`] for an amount beyond 10¹⁵;
    /// [`Error::Cancelled`].
    pub fn of(orders: &[Order], cut: f64, run: &Run<'_>) -> Result<Self> {
        all_finite("snapshot", &[cut])?;
        let ranges = run.shard_ranges(orders.len());
        let parts = run.each(ranges.len(), |shard| {
            let range = ranges[shard].clone();
            run.check()?;
            Self::part(&orders[range.clone()], cut).map_err(|e| shifted(e, range.start))
        });
        let mut all = Self { cut, of: Vec::new() };
        for part in parts {
            all = all.merge(part?)?;
        }
        Ok(all)
    }

    fn part(orders: &[Order], cut: f64) -> Result<Self> {
        let mut place: HashMap<u64, u32> = HashMap::new();
        let mut of: Vec<(u64, Activity)> = Vec::new();
        for (row, o) in orders.iter().enumerate() {
            if !o.day.is_finite() || !o.amount.is_finite() {
                return Err(Error::NotFinite { what: "order", row });
            }
            if o.amount.abs() > AMOUNT_MAX {
                return Err(Error::OutOfRange { what: "order", row });
            }
            if o.day >= cut {
                continue;
            }
            let next = of.len() as u32;
            let at = *place.entry(o.customer).or_insert(next);
            if at == next {
                of.push((o.customer, Activity::NONE));
            }
            of[at as usize].1.add(o.day, o.amount, cut);
        }
        drop(place);
        of.sort_unstable_by_key(|(customer, _)| *customer);
        Ok(Self { cut, of })
    }

    /// Both parts together.
    ///
    /// # Errors
    /// [`Error::Option`] when they were made for different days.
    pub fn merge(self, other: Self) -> Result<Self> {
        if self.cut != other.cut {
            return Err(Error::Option { name: "cut", need: "the same day in all parts" });
        }
        if self.of.is_empty() {
            return Ok(other);
        }
        let (mut left, mut right) =
            (self.of.into_iter().peekable(), other.of.into_iter().peekable());
        let mut of: Vec<(u64, Activity)> = Vec::with_capacity(left.len().max(right.len()));
        loop {
            let next = match (left.peek(), right.peek()) {
                (Some(a), Some(b)) if a.0 <= b.0 => left.next(),
                (Some(_), None) => left.next(),
                (_, Some(_)) => right.next(),
                (None, None) => break,
            };
            let Some(next) = next else { break };
            match of.last_mut() {
                Some(last) if last.0 == next.0 => last.1.merge(&next.1),
                _ => of.push(next),
            }
        }
        Ok(Self { cut: self.cut, of })
    }

    /// The customers, ascending; rows of [`Self::features`] follow them.
    pub fn customers(&self) -> impl ExactSizeIterator<Item = u64> {
        self.of.iter().map(|(customer, _)| *customer)
    }

    /// Money of every customer, in order of customer.
    #[must_use]
    pub fn money(&self) -> Vec<f64> {
        self.of.iter().map(|(_, a)| a.money as f64 / MONEY_PARTS).collect()
    }

    /// One row per customer: recency, frequency, money, gaps and windows, in days, orders and
    /// money (the predictors of Fader, Hardie and Lee 2005, "RFM and CLV", and windows after
    /// Coussement and Van den Poel 2008, "Churn prediction in subscription services").
    ///
    /// # Errors
    /// [`Error::Empty`] without customers.
    pub fn features(&self) -> Result<Frame> {
        if self.of.is_empty() {
            return Err(Error::Empty { what: "customers" });
        }
        let column = |name: &str, f: &dyn Fn(&Activity) -> f64| {
            Column::numeric(name, self.of.iter().map(|(_, a)| f(a)).collect())
        };
        let money = |parts: i128| parts as f64 / MONEY_PARTS;
        let silence = |a: &Activity| self.cut - a.last;
        let gap = |a: &Activity| match a.orders {
            0 | 1 => f64::NAN,
            n => (a.last - a.first) / f64::from(n - 1),
        };
        Frame::new(vec![
            column("days since the last order", &silence),
            column("orders", &|a| f64::from(a.orders)),
            column("money", &|a| money(a.money)),
            column("days since the first order", &|a| self.cut - a.first),
            column("mean days between orders", &gap),
            column("silence in usual gaps", &|a| silence(a) / gap(a).max(1.0)),
            column("orders in 30 days", &|a| f64::from(a.recent[0])),
            column("orders in 90 days", &|a| f64::from(a.recent[1])),
            column("orders in 180 days", &|a| f64::from(a.recent[2])),
            column("orders in 365 days", &|a| f64::from(a.recent[3])),
            column("money in 90 days", &|a| money(a.money_90)),
            column("money per order", &|a| money(a.money) / f64::from(a.orders)),
            column("weeks with an order", &|a| f64::from(a.weeks.count_ones())),
            column("longest gap in weeks", &|a| a.longest_gap_weeks()),
        ])
    }

    /// Whether each customer ordered in `cut..cut + days`, in order of customer: the outcome
    /// that models of buying again learn.
    #[must_use]
    pub fn ordered_within(&self, orders: &[Order], days: f64) -> Vec<bool> {
        let mut yes = vec![false; self.of.len()];
        for o in orders.iter().filter(|o| o.day >= self.cut && o.day < self.cut + days) {
            if let Ok(at) = self.of.binary_search_by_key(&o.customer, |(customer, _)| *customer) {
                yes[at] = true;
            }
        }
        yes
    }
}

fn shifted(error: Error, by: usize) -> Error {
    match error {
        Error::NotFinite { what, row } => Error::NotFinite { what, row: row + by },
        Error::OutOfRange { what, row } => Error::OutOfRange { what, row: row + by },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    fn orders(n: usize) -> Vec<Order> {
        let mut rng = Rng::new(5);
        (0..n)
            .map(|_| Order {
                customer: rng.below(40) as u64,
                day: rng.uniform() * 400.0,
                amount: rng.normal() * 1e3 + 0.1,
            })
            .collect()
    }

    #[test]
    fn parts_merge_to_the_whole_in_any_order() {
        let orders = orders(1000);
        let one = Activities::of(&orders, 300.0, &Run::default()).expect("valid");
        let four = Activities::of(&orders, 300.0, &Run { shards: 4, ..Run::default() });
        assert_eq!(one, four.expect("valid"));
        let part = |r: std::ops::Range<usize>| Activities::part(&orders[r], 300.0).expect("valid");
        let back = part(600..1000).merge(part(0..600)).expect("same day");
        assert_eq!(one, back);
        let other = Activities::part(&orders, 200.0).expect("valid");
        assert_eq!(one.merge(other).map_err(|e| e.code()), Err("mining.option"));
    }

    #[test]
    fn features_are_what_they_say() {
        let order = |day, amount| Order { customer: 7, day, amount };
        let orders = [order(0.0, 10.0), order(50.0, 20.0), order(90.0, 30.0), order(120.0, 1.0)];
        let found = Activities::of(&orders, 100.0, &Run::default()).expect("valid");
        let frame = found.features().expect("one customer");
        let shown = |name: &str| frame.column(name).expect("a column").display(0);
        assert_eq!(shown("days since the last order"), "10");
        assert_eq!(shown("orders"), "3");
        assert_eq!(shown("money"), "60");
        assert_eq!(shown("mean days between orders"), "45");
        assert_eq!(shown("orders in 30 days"), "1");
        assert_eq!(shown("money in 90 days"), "50");
        assert_eq!(shown("longest gap in weeks"), "6");
        assert_eq!(found.ordered_within(&orders, 30.0), [true]);
        assert_eq!(found.ordered_within(&orders, 20.0), [false]);
    }
}
