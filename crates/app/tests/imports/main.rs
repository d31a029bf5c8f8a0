//! Imports, driven through the capabilities on both databases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod accounts;
mod desk;
mod killed;
mod mappings;
mod policies;
mod real;
mod rights;
mod sums;
mod undo;
#[path = "../files_and_copies/world.rs"]
mod world;
