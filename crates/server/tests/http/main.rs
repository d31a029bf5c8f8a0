//! The program through its HTTP doors, on both databases: what users and programs of every role see and may do.

mod bulk;
mod client;
mod idempotency;
mod records;
mod world;
