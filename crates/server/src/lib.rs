//! The doors: HTTP, live updates, embedded UI, and the commands of the program. No rules of their own.

pub mod cli;
pub mod config;
pub mod doors;
pub mod hosting;
pub mod listening;
pub mod log;
pub mod metrics;
pub mod oidc;
pub mod router;
