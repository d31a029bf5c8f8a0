//! Customer data mining: columns in, findings out. It reads no files, knows no clock, and every
//! result is a function of its data, options and seed.

#![warn(missing_docs, clippy::missing_errors_doc)]

pub mod activity;
pub mod amount;
pub mod basket;
pub mod boost;
pub mod calibrate;
pub mod cart;
pub mod drivers;
pub mod error;
pub mod frame;
pub mod lifetime;
pub mod linear;
pub mod metrics;
pub mod neural;
pub mod parts;
pub mod predict;
pub mod rng;
pub mod run;
pub mod segment;
pub mod split;
pub mod suggest;
pub mod text;
pub mod time;
pub mod tree;

pub use error::{Error, Result};
pub use frame::{Column, Frame};
pub use run::{Run, Unwatched, Watch};
pub use text::Text;
