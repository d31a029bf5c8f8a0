//! In how many baskets of a part given sets of items are.

use crate::basket::Baskets;
use crate::error::{Error, Result};

/// Counts of given itemsets over a part of the baskets. Sets that are frequent in all baskets are
/// frequent in some part, so that mining each part and counting the union of what was found gives
/// all of them, exactly (Savasere, Omiecinski and Navathe 1995, "An efficient algorithm for mining
/// association rules in large databases", section 3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetCounts {
    sets: Vec<Vec<u32>>,
    counts: Vec<u64>,
    baskets: u64,
}

impl SetCounts {
    /// Counts the baskets that hold all items of each set. Codes mean the same items in all parts.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a set with an item that `baskets` has no name for.
    pub fn of(baskets: &Baskets, sets: &[Vec<u32>]) -> Result<Self> {
        let items = baskets.names().len();
        if let Some(row) = sets.iter().position(|s| s.iter().any(|&i| i as usize >= items)) {
            return Err(Error::OutOfRange { what: "item", row });
        }
        // Per item the baskets that have it, ascending.
        let mut having: Vec<Vec<u32>> = vec![Vec::new(); items];
        for (at, basket) in baskets.iter().enumerate() {
            basket.iter().for_each(|&i| having[i as usize].push(at as u32));
        }
        let count = |set: &Vec<u32>| -> u64 {
            let Some((first, rest)) = set.split_first() else { return baskets.len() as u64 };
            let has = |b: &&u32| rest.iter().all(|&i| having[i as usize].binary_search(b).is_ok());
            having[*first as usize].iter().filter(has).count() as u64
        };
        let counts = sets.iter().map(count).collect();
        Ok(Self { sets: sets.to_vec(), counts, baskets: baskets.len() as u64 })
    }

    /// Both parts together.
    ///
    /// # Errors
    /// [`Error::Option`] when other sets were counted.
    pub fn merge(mut self, other: &Self) -> Result<Self> {
        if self.sets != other.sets {
            return Err(Error::Option { name: "sets", need: "the same in all parts" });
        }
        self.counts.iter_mut().zip(&other.counts).for_each(|(a, b)| *a += b);
        self.baskets += other.baskets;
        Ok(self)
    }

    /// Each set with the number of baskets that hold it, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = (&[u32], u64)> {
        self.sets.iter().map(Vec::as_slice).zip(self.counts.iter().copied())
    }

    /// Baskets looked at.
    #[must_use]
    pub fn baskets(&self) -> u64 {
        self.baskets
    }
}
