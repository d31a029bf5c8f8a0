//! What can go wrong between the program and its database, told apart by what the caller can do about it.

/// An error of the store.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// A unique index refused a value: the table and the columns.
    #[error("{table}.{column} must be unique")]
    Unique {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// The record changed since it was read.
    #[error("the record changed since it was read")]
    Stale,
    /// Another transaction got in the way; trying again helps.
    #[error("another transaction got in the way")]
    Conflict,
    /// No space is left; nothing was written.
    #[error("no space is left on the disk")]
    DiskFull,
    /// The disk did not keep what it was given; nothing more is written before the next start.
    #[error("the disk failed: {0}")]
    DiskFailed(String),
    /// The database file holds what no database of ours holds: restore a backup.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The query ran too long and was stopped.
    #[error("the query ran too long")]
    Timeout,
    /// The database cannot be reached at the moment.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// Another server works on the same file.
    #[error("another server works on {0}")]
    InUse(String),
    /// The database was written by a newer version of the program.
    #[error(
        "the database has format {found}, this program knows up to {known}; use the newer program"
    )]
    Newer {
        /// The database's format.
        found: i64,
        /// The newest format this program knows.
        known: i64,
    },
    /// The caller's work inside the transaction refused to go on; the transaction is undone.
    #[error("undone by the caller")]
    Undone,
    /// Anything else.
    #[error("{0}")]
    Internal(String),
}

impl StoreError {
    /// An error that should not happen, in words for the log.
    pub fn internal(what: impl ToString) -> StoreError {
        StoreError::Internal(what.to_string())
    }
}
