//! What the program does, one file or folder a capability. Async; no HTTP and no SQL.

pub mod access;
mod attempts;
pub mod audit;
pub mod backup;
pub mod clock;
pub mod demo_firm;
pub mod doctor;
pub mod elsewhere;
pub mod error;
pub mod exports;
pub mod feed;
pub mod files;
pub mod firm;
pub mod imports;
pub mod invites;
pub mod jobs;
pub mod me;
mod new_day;
pub mod notifications;
pub mod openapi;
pub mod people;
mod preferences;
pub mod records;
pub mod schema_json;
pub mod second_factor;
pub mod security;
pub mod see_as;
pub mod sign_in;
pub mod tickets;
pub mod workspace;

pub use access::Actor;
pub use error::Error;
pub use workspace::Workspace;

/// What every capability gives back.
pub type Result<T> = std::result::Result<T, Error>;

/// The declared schema: what every workspace begins with.
///
/// # Panics
/// Never in a build whose tests passed: declarations are checked there.
pub fn schema() -> model::Schema {
    objects::schema()
}
