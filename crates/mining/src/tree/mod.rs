//! What trees are made of: binned columns, tests, nodes, rules and exact explanations.

mod bins;
mod node;
mod rules;
mod shap;

pub(crate) use bins::{Binned, ColumnBins};
pub use node::{Node, Test, Tree};
pub use rules::Rule;
pub(crate) use shap::add_shap;
