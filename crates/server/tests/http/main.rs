//! The program through its HTTP doors, on both databases: what users and programs of every role see and may do.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod aggregates;
mod bulk;
mod client;
mod commands;
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
mod records;
mod rights;
mod rollups;
mod second_factor;
mod sessions;
mod sharing_views;
mod world;
