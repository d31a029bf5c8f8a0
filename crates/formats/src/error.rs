//! Why a whole file cannot be read or written; what is wrong with one row is a [`crate::Problem`].

use std::io;
use thiserror::Error;

/// The text is for logs; people are shown the text that belongs to [`FormatError::code`].
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FormatError {
    #[error("the file is empty")]
    Empty,
    /// `found` names what it seems to be: `xls`, `html`, `pdf`, `zip`, `ods`, `json_array`, `binary`.
    #[error("files of this kind ({found}) cannot be imported")]
    UnknownKind { found: &'static str },
    #[error("the file is larger than {bytes_max} bytes")]
    FileTooLarge { bytes_max: u64 },
    #[error("unpacked, the file is larger than {bytes_max} bytes")]
    UnpackedTooLarge { bytes_max: u64 },
    #[error("{entry} is packed more than {ratio_max} times")]
    PackedTooTight { entry: String, ratio_max: u64 },
    #[error("the archive has more than {entries_max} entries")]
    TooManyEntries { entries_max: u64 },
    #[error("the archive has an entry outside itself: {entry}")]
    EntryOutside { entry: String },
    #[error("the file is protected by a password")]
    Encrypted,
    #[error("the packed data are damaged")]
    PackingDamaged,
    #[error("the header has more than {columns_max} columns")]
    TooManyColumns { columns_max: usize },
    #[error("the header is longer than {bytes_max} bytes")]
    HeaderTooLong { bytes_max: usize },
    #[error("there is no sheet {name}")]
    SheetUnknown { name: String },
    #[error("the workbook cannot be read: {reason}")]
    WorkbookInvalid { reason: String },
    #[error("unknown encoding {name}")]
    EncodingUnknown { name: String },
    #[error("{found} cells were given for {expected} columns")]
    CellCount { expected: usize, found: usize },
    #[error("a vCard has no column {name}")]
    ColumnUnknown { name: String },
    #[error("a sheet holds at most {rows_max} rows")]
    TooManyRows { rows_max: u64 },
    #[error("not a date pattern: {pattern}")]
    PatternInvalid { pattern: String },
    #[error("reading or writing failed: {0}")]
    Io(io::Error),
}

impl FormatError {
    /// The stable name of the error, a key of the message table.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file_empty",
            Self::UnknownKind { .. } => "file_kind_unknown",
            Self::FileTooLarge { .. } => "file_too_large",
            Self::UnpackedTooLarge { .. } => "file_unpacked_too_large",
            Self::PackedTooTight { .. } => "file_packed_too_tight",
            Self::TooManyEntries { .. } => "file_too_many_entries",
            Self::EntryOutside { .. } => "file_entry_outside",
            Self::Encrypted => "file_encrypted",
            Self::PackingDamaged => "file_packing_damaged",
            Self::TooManyColumns { .. } => "file_too_many_columns",
            Self::HeaderTooLong { .. } => "file_header_too_long",
            Self::SheetUnknown { .. } => "file_sheet_unknown",
            Self::WorkbookInvalid { .. } => "file_workbook_invalid",
            Self::EncodingUnknown { .. } => "file_encoding_unknown",
            Self::CellCount { .. } => "file_cell_count",
            Self::ColumnUnknown { .. } => "file_column_unknown",
            Self::TooManyRows { .. } => "file_too_many_rows",
            Self::PatternInvalid { .. } => "date_pattern_invalid",
            Self::Io(_) => "file_io",
        }
    }

    /// The values of the message's placeholders, by name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::UnknownKind { found } => vec![("found", (*found).to_owned())],
            Self::FileTooLarge { bytes_max } | Self::UnpackedTooLarge { bytes_max } => {
                vec![("bytes_max", bytes_max.to_string())]
            }
            Self::PackedTooTight { entry, ratio_max } => {
                vec![("entry", entry.clone()), ("ratio_max", ratio_max.to_string())]
            }
            Self::TooManyEntries { entries_max } => vec![("entries_max", entries_max.to_string())],
            Self::EntryOutside { entry } => vec![("entry", entry.clone())],
            Self::TooManyColumns { columns_max } => vec![("columns_max", columns_max.to_string())],
            Self::HeaderTooLong { bytes_max } => vec![("bytes_max", bytes_max.to_string())],
            Self::SheetUnknown { name }
            | Self::EncodingUnknown { name }
            | Self::ColumnUnknown { name } => vec![("name", name.clone())],
            Self::WorkbookInvalid { reason } => vec![("reason", reason.clone())],
            Self::CellCount { expected, found } => {
                vec![("expected", expected.to_string()), ("found", found.to_string())]
            }
            Self::TooManyRows { rows_max } => vec![("rows_max", rows_max.to_string())],
            Self::PatternInvalid { pattern } => vec![("pattern", pattern.clone())],
            Self::Empty | Self::Encrypted | Self::PackingDamaged | Self::Io(_) => vec![],
        }
    }

    pub(crate) fn workbook(reason: impl ToString) -> Self {
        Self::WorkbookInvalid { reason: reason.to_string() }
    }
}

/// A reader deep in a stack of readers can only fail with an `io::Error`; ours travel inside one.
impl From<io::Error> for FormatError {
    fn from(error: io::Error) -> Self {
        error.downcast::<Self>().unwrap_or_else(Self::Io)
    }
}

impl From<FormatError> for io::Error {
    fn from(error: FormatError) -> Self {
        match error {
            FormatError::Io(error) => error,
            other => Self::other(other),
        }
    }
}
