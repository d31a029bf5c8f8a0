//! Linear models: logistic regression for yes/no, ridge regression for amounts.

mod logistic;
mod matrix;
mod ridge;
mod solve;

pub use logistic::{Logistic, LogisticOptions, Term};
pub(crate) use logistic::{dot, sigmoid};
pub use ridge::Ridge;
pub(crate) use solve::Symmetric;
