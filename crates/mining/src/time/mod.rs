//! Customers and deals in time: next orders, dormancy, survival, funnels, trends.

mod funnel;
mod next_order;
mod survival;
mod trend;

pub use funnel::{Funnel, StageStep, Visit, funnel};
pub use next_order::{NextOrder, NextOrderOptions, State, next_orders};
pub use survival::{Survival, SurvivalPoint, log_rank, survival};
pub use trend::{Trend, trend};

#[cfg(test)]
mod tests;
