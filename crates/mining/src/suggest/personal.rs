//! What a customer will buy again: the customer's own habits.

use super::Suggestion;
use crate::error::{Error, Result, all_finite};
use crate::text::Text;
use std::collections::BTreeMap;

/// One item in one basket of one customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Purchase {
    /// Customer, counted from 0.
    pub customer: u32,
    /// Item code.
    pub item: u32,
    /// Day, with time of day as fraction.
    pub day: f64,
}

#[derive(Debug, Clone, Default)]
struct Habit {
    weight: f64,
    baskets: u32,
    last: f64,
}

/// Personal frequency: Σ over the customer's baskets with the item of ½^(age/half-life), a
/// personal top list with decay (Hu et al. 2020, "Modeling personalized item frequency
/// information for next-basket recommendation", equation 1, with time in days).
#[derive(Debug, Clone)]
pub struct Personal {
    habits: Vec<BTreeMap<u32, Habit>>,
    popularity: Vec<f64>,
}

impl Personal {
    /// Counts purchases; those after `today` are refused. `half_life_days` may be infinite for
    /// plain counting. Several lines of one item on one day are one purchase.
    ///
    /// # Errors
    /// [`Error::NotFinite`], [`Error::OutOfRange`] for a day after `today`, [`Error::Option`].
    pub fn fit(purchases: &[Purchase], today: f64, half_life_days: f64) -> Result<Self> {
        if half_life_days.is_nan() || half_life_days <= 0.0 {
            return Err(Error::Option { name: "half_life_days", need: "above 0" });
        }
        all_finite("today", &[today])?;
        for (row, p) in purchases.iter().enumerate() {
            if !p.day.is_finite() {
                return Err(Error::NotFinite { what: "day", row });
            }
            if p.day > today {
                return Err(Error::OutOfRange { what: "day", row });
            }
        }
        let mut order: Vec<&Purchase> = purchases.iter().collect();
        order.sort_by(|a, b| {
            (a.customer, a.item).cmp(&(b.customer, b.item)).then(a.day.total_cmp(&b.day))
        });
        let customers = purchases.iter().map(|p| p.customer as usize + 1).max().unwrap_or(0);
        let items = purchases.iter().map(|p| p.item as usize + 1).max().unwrap_or(0);
        let mut habits: Vec<BTreeMap<u32, Habit>> = vec![BTreeMap::new(); customers];
        let mut popularity = vec![0.0; items];
        for p in order {
            let habit = habits[p.customer as usize].entry(p.item).or_default();
            if habit.baskets > 0 && habit.last.floor() == p.day.floor() {
                continue;
            }
            habit.weight += (-(today - p.day) / half_life_days * 2f64.ln()).exp();
            habit.baskets += 1;
            habit.last = p.day;
            popularity[p.item as usize] += 1.0;
        }
        Ok(Self { habits, popularity })
    }

    /// The `most` likeliest repeat purchases of a customer, best first; ties go to what is
    /// bought more by everyone. Empty for an unknown customer.
    #[must_use]
    pub fn repeats(&self, customer: u32, most: usize) -> Vec<Suggestion> {
        let Some(habits) = self.habits.get(customer as usize) else { return Vec::new() };
        let all = self.popularity.iter().sum::<f64>().max(1.0);
        // Popularity decides between equal habits only: it stays below 1e-3 of one purchase.
        let score = |item: u32, h: &Habit| h.weight + 1e-3 * self.popularity[item as usize] / all;
        let mut list: Vec<(u32, &Habit)> = habits.iter().map(|(&i, h)| (i, h)).collect();
        list.sort_by(|a, b| score(b.0, b.1).total_cmp(&score(a.0, a.1)).then(a.0.cmp(&b.0)));
        list.truncate(most);
        list.into_iter()
            .map(|(item, habit)| Suggestion {
                item,
                score: score(item, habit),
                reason: Text::new(
                    format!("bought {} times by this customer", habit.baskets),
                    format!("该客户已购买 {} 次", habit.baskets),
                ),
            })
            .collect()
    }
}
