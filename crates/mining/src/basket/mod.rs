//! What is bought together: frequent itemsets, rules, and who lacks one item of a bundle.

mod grow;
mod missing;
mod rules;

pub use grow::{Itemsets, SupportMin, frequent};
pub use missing::{MissingItem, missing_items};
pub use rules::{ItemRule, RuleOptions, rules, surprising};

use crate::error::{Error, Result};
use std::collections::HashMap;
use std::hash::Hash;

/// Baskets (or customers) with the items each holds; an item counts once per basket.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baskets {
    offsets: Vec<usize>,
    items: Vec<u32>,
    names: Vec<String>,
}

impl Baskets {
    /// From item codes per basket; `names` gives each code its name. Doubles are dropped, and
    /// each basket is sorted by code.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a code without a name.
    pub fn new<'a>(
        baskets: impl IntoIterator<Item = &'a [u32]>,
        names: Vec<String>,
    ) -> Result<Self> {
        let mut out = Self { offsets: vec![0], items: Vec::new(), names };
        for (row, basket) in baskets.into_iter().enumerate() {
            let from = out.items.len();
            if basket.iter().any(|&i| i as usize >= out.names.len()) {
                return Err(Error::OutOfRange { what: "item", row });
            }
            out.items.extend_from_slice(basket);
            out.items[from..].sort_unstable();
            let mut kept = from;
            for at in from..out.items.len() {
                if kept == from || out.items[kept - 1] != out.items[at] {
                    out.items[kept] = out.items[at];
                    kept += 1;
                }
            }
            out.items.truncate(kept);
            out.offsets.push(kept);
        }
        Ok(out)
    }

    /// From lines of (basket, item), in any order. Returns the keys of the baskets, in order of
    /// first appearance, with the baskets; item codes follow the order of first appearance, too.
    ///
    /// # Errors
    /// None at present; kept for limits.
    pub fn from_lines<'a, K: Hash + Eq + Copy>(
        lines: impl IntoIterator<Item = (K, &'a str)>,
    ) -> Result<(Vec<K>, Self)> {
        let mut keys = Vec::new();
        let mut basket_of: HashMap<K, usize> = HashMap::new();
        let mut code_of: HashMap<&str, u32> = HashMap::new();
        let mut lists: Vec<Vec<u32>> = Vec::new();
        let mut names: Vec<String> = Vec::new();
        for (key, item) in lines {
            let basket = *basket_of.entry(key).or_insert_with(|| {
                keys.push(key);
                lists.push(Vec::new());
                lists.len() - 1
            });
            let code = *code_of.entry(item).or_insert_with(|| {
                names.push(item.to_owned());
                names.len() as u32 - 1
            });
            lists[basket].push(code);
        }
        Ok((keys, Self::new(lists.iter().map(Vec::as_slice), names)?))
    }

    /// How many baskets.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// True without baskets.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The items of a basket, sorted by code.
    #[must_use]
    pub fn basket(&self, index: usize) -> &[u32] {
        &self.items[self.offsets[index]..self.offsets[index + 1]]
    }

    /// All baskets in order.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.len()).map(|b| self.basket(b))
    }

    /// Names by item code.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// In how many baskets each item is.
    #[must_use]
    pub fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.names.len()];
        self.items.iter().for_each(|&i| counts[i as usize] += 1);
        counts
    }
}

#[cfg(test)]
mod tests;
