//! The program through its HTTP doors, on both databases: what users and programs of every role see and may do.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod aggregates;
mod attacks;
mod bulk;
mod canary;
mod client;
mod commands;
mod faults;
mod history;
mod hosting;
mod idempotency;
mod lists;
mod live;
mod matrix;
mod merge;
mod new_day;
mod notifications;
mod oidc;
mod one_more_object;
mod races;
mod records;
mod rights;
mod rollups;
mod scenario;
mod second_factor;
mod served;
mod sessions;
mod sharing_views;
mod statements;
mod world;
