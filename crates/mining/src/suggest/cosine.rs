//! Items that are held by the same customers, by the cosine of their columns.

use super::{Scorer, checked};
use crate::basket::Baskets;
use crate::error::Result;

/// Most items.
const ITEMS_MAX: usize = 2_000_000;

/// Cosine similarities n(i, j) / √(n(i)·n(j)) of items that meet in a basket (Sarwar et al. 2001,
/// "Item-based collaborative filtering recommendation algorithms", section 3.1.1).
#[derive(Debug, Clone)]
pub struct ItemCosine {
    /// Per item its neighbours and similarities.
    neighbours: Vec<Vec<(u32, f64)>>,
}

impl ItemCosine {
    /// Counts meetings in baskets (or customers).
    ///
    /// # Errors
    /// [`crate::Error::Empty`], [`crate::Error::TooLarge`] beyond 2 million items.
    pub fn fit(baskets: &Baskets) -> Result<Self> {
        checked(baskets, ITEMS_MAX)?;
        let counts = baskets.counts();
        let mut holders: Vec<Vec<u32>> = vec![Vec::new(); counts.len()];
        for (b, basket) in baskets.iter().enumerate() {
            basket.iter().for_each(|&i| holders[i as usize].push(b as u32));
        }
        let mut met = vec![0u32; counts.len()];
        let neighbours = holders
            .iter()
            .enumerate()
            .map(|(i, holders)| {
                let mut touched: Vec<u32> = Vec::new();
                for &b in holders {
                    for &j in baskets.basket(b as usize) {
                        if met[j as usize] == 0 {
                            touched.push(j);
                        }
                        met[j as usize] += 1;
                    }
                }
                touched.sort_unstable();
                let own = f64::from(counts[i]);
                touched
                    .into_iter()
                    .map(|j| {
                        let together = f64::from(std::mem::take(&mut met[j as usize]));
                        (j, together / (own * f64::from(counts[j as usize])).sqrt())
                    })
                    .filter(|&(j, _)| j as usize != i)
                    .collect()
            })
            .collect();
        Ok(Self { neighbours })
    }

    /// Neighbours of an item with their similarity, by item code.
    #[must_use]
    pub fn neighbours(&self, item: u32) -> &[(u32, f64)] {
        self.neighbours.get(item as usize).map_or(&[], Vec::as_slice)
    }
}

impl Scorer for ItemCosine {
    fn items(&self) -> usize {
        self.neighbours.len()
    }

    fn scores(&self, history: &[u32]) -> Vec<f64> {
        let mut out = vec![0.0; self.neighbours.len()];
        for &i in history {
            self.neighbours(i).iter().for_each(|&(j, s)| out[j as usize] += s);
        }
        out
    }

    fn because(&self, history: &[u32], item: u32) -> Option<u32> {
        self.neighbours(item)
            .iter()
            .filter(|(j, _)| history.contains(j))
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|&(j, _)| j)
    }
}
