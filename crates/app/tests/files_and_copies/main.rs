//! Files, exports, backups, the doctor, OpenAPI and the demo firm, driven through the capabilities on both databases.

mod backup;
mod demo_firm;
mod doctor;
mod exports;
mod files;
mod openapi;
mod world;
