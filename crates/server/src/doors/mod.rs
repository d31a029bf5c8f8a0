//! What all doors have in common: whose request it is, and how an answer or a problem looks.

pub mod account;
pub mod address;
pub mod admin;
pub mod enter;
pub mod events;
pub mod exchange;
pub mod health;
pub mod imports;
pub mod limits;
pub mod merge;
pub mod oidc;
pub mod problem;
pub mod records;
pub mod schema;
pub mod session;
pub mod ui;
