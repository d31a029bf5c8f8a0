//! Sums over parts of the data that merge, in any order, to the sums over all of it: for rows
//! that live apart (regions, months, machines). The studies themselves share rows among the
//! shards of a [`crate::Run`] and need none of this.
//!
//! What is counted is whole; what is measured is summed in fixed point. Both make addition exact,
//! so that the merged sums, and the models that follow from them, are the same to the last bit
//! however the rows were dealt.

mod centres;
mod exact;
mod itemsets;
mod logistic;
mod splits;

pub use centres::CentreSums;
pub use itemsets::SetCounts;
pub use logistic::LogisticSums;
pub use splits::{BestSplit, BinCuts, SplitCounts};

#[cfg(test)]
mod tests;
