//! Files, exports, backups, the doctor, OpenAPI and the demo firm, driven through the capabilities on both databases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod backup;
mod demo_firm;
mod doctor;
mod exports;
mod files;
mod openapi;
mod upgrade;
mod world;
