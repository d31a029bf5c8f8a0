//! SQL for SQLite and PostgreSQL. The only crate that knows a database; it has no business words.

mod aggregate;
mod audit;
mod cell;
mod compile;
mod copy;
mod counters;
mod db;
mod ddl;
mod dialect;
mod error;
mod history;
mod import_chunks;
mod jobs;
mod layout;
mod listing;
mod meta;
mod order;
mod records;
mod rollup_changes;
mod rollups;
mod second_factors;
mod select;
mod sessions;
mod tx;
mod verify;

pub use aggregate::{Group, GroupKey, Measure, Period};
pub use audit::Writes;
pub use cell::{Cell, CellRef};
pub use copy::CopiedTable;
pub use db::{Move, Place, READ_TIME_MAX, Refuse, Store};
pub use ddl::{Plan, Step};
pub use dialect::search::search_words;
pub use error::StoreError;
pub use history::{Cause, CauseKind, Change, HistoryAction, HistoryEntry};
pub use import_chunks::{ImportChunk, ImportProgress};
pub use jobs::{JobRow, JobState};
pub use layout::{Catalog, Layout};
pub use listing::{Listing, Row};
pub use rollups::Touched;
pub use second_factors::{CodeRow, PasskeyRow, TicketRow};
pub use select::{Listed, Page, Titled};
pub use sessions::{AnswerRow, CredentialRow, SessionRow};
pub use tx::Tx;
pub use verify::Drift;

/// What every store operation gives back.
pub type Result<T> = std::result::Result<T, StoreError>;
