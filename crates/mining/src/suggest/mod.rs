//! What to offer next: items that go with what a customer holds, and items bought again.
//! Repeat purchases and new items are two lists, because they follow different laws.

mod cosine;
mod ease;
mod inverse;
mod personal;

pub use cosine::ItemCosine;
pub use ease::Ease;
pub use personal::{Personal, Purchase};

use crate::basket::Baskets;
use crate::error::{Error, Result};
use crate::run::Run;
use crate::text::Text;

/// Scores all items for a history.
pub trait Scorer: Sync {
    /// Number of items.
    fn items(&self) -> usize;

    /// One score per item for a history of item codes; higher is better.
    fn scores(&self, history: &[u32]) -> Vec<f64>;

    /// The item of the history that speaks most for `item`.
    fn because(&self, history: &[u32], item: u32) -> Option<u32>;
}

/// A suggested item.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Code of the item.
    pub item: u32,
    /// Its score; comparable only within one list.
    pub score: f64,
    /// The reason as a sentence.
    pub reason: Text,
}

/// Codes of the `most` highest scores above 0 that `allowed` lets through, best first; ties go
/// to the lower code.
#[must_use]
pub fn best(scores: &[f64], most: usize, allowed: impl Fn(u32) -> bool) -> Vec<u32> {
    let mut order: Vec<u32> =
        (0..scores.len() as u32).filter(|&i| scores[i as usize] > 0.0 && allowed(i)).collect();
    let by = |a: &u32, b: &u32| scores[*b as usize].total_cmp(&scores[*a as usize]).then(a.cmp(b));
    if order.len() > most && most > 0 {
        order.select_nth_unstable_by(most - 1, by);
        order.truncate(most);
    }
    order.sort_unstable_by(by);
    order.truncate(most);
    order
}

/// New items for a customer: the best that are not in `history`, each with its reason.
/// `names` has the name of every item code; codes beyond the model are ignored.
#[must_use]
pub fn new_items(
    scorer: &dyn Scorer,
    history: &[u32],
    names: &[String],
    most: usize,
) -> Vec<Suggestion> {
    let scores = scorer.scores(history);
    best(&scores, most, |i| !history.contains(&i))
        .into_iter()
        .map(|item| {
            let name = |i: u32| names.get(i as usize).map_or("?", String::as_str);
            let reason = match scorer.because(history, item) {
                Some(held) => Text::new(
                    format!("goes with {}, which the customer has", name(held)),
                    format!("常与客户已购的 {} 一同购买", name(held)),
                ),
                None => Text::new("often bought", "常购商品"),
            };
            Suggestion { item, score: scores[item as usize], reason }
        })
        .collect()
}

/// Share of histories for which one of the wanted items is among the first `most` (hit@k).
/// With `only_new`, items of the history are neither suggested nor wanted.
#[must_use]
pub fn hit_rate(
    scorer: &dyn Scorer,
    cases: &[(Vec<u32>, Vec<u32>)],
    most: usize,
    only_new: bool,
    run: &Run<'_>,
) -> f64 {
    let hits = run.each(cases.len(), |at| {
        let (history, wanted) = &cases[at];
        let found = best(&scorer.scores(history), most, |i| !only_new || !history.contains(&i));
        found.iter().any(|i| wanted.contains(i))
    });
    hits.iter().filter(|&&h| h).count() as f64 / cases.len().max(1) as f64
}

/// Hides one random item of every basket with at least two: (the others, the hidden one).
#[must_use]
pub fn hide_one(baskets: &Baskets, seed: u64) -> Vec<(Vec<u32>, Vec<u32>)> {
    let mut rng = crate::rng::Rng::new(seed);
    baskets
        .iter()
        .filter(|b| b.len() > 1)
        .map(|b| {
            let hidden = rng.below(b.len());
            let rest = b.iter().enumerate().filter(|(i, _)| *i != hidden).map(|(_, &x)| x);
            (rest.collect(), vec![b[hidden]])
        })
        .collect()
}

fn checked(baskets: &Baskets, items_max: usize) -> Result<()> {
    if baskets.is_empty() {
        return Err(Error::Empty { what: "baskets" });
    }
    let have = baskets.names().len();
    if have > items_max {
        return Err(Error::TooLarge { what: "items", have, max: items_max });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
