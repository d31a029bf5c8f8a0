//! The program as the system runs it: killed, stopped, starved of disk, memory and files, started twice or wrongly.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod crashes;
mod disks;
mod document;
mod older;
mod program;
mod starts;
mod starved;
