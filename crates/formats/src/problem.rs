//! What can be wrong with one row while the rest of the file is fine.

use thiserror::Error;

/// A problem of one row. Columns count from 1. The text is for logs; people are shown the text that
/// belongs to [`Problem::code`], filled in with [`Problem::params`].
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    #[error("{found} cells where {expected} were expected")]
    RowShort { expected: usize, found: usize },
    #[error("{found} cells where {expected} were expected")]
    RowLong { expected: usize, found: usize },
    #[error("the row is longer than {bytes_max} bytes and was left out")]
    LineTooLong { bytes_max: usize },
    #[error("more than {columns_max} columns; the rest was left out")]
    TooManyColumns { columns_max: usize },
    #[error("column {column} was cut at {chars_max} characters")]
    CellTooLong { column: usize, chars_max: usize },
    #[error("column {column} has bytes that are no text in the file's encoding")]
    InvalidText { column: usize },
    #[error("column {column} has a NUL character")]
    Nul { column: usize },
    #[error("a quoted cell is never closed; its quotes were read as text")]
    QuoteUnclosed,
    #[error("column {column} has text after its closing quote")]
    QuoteStray { column: usize },
    #[error("not a JSON object: {reason}")]
    JsonInvalid { reason: String },
    #[error("column {column} holds an object or a mixed list, which a table cannot show")]
    JsonNested { column: usize },
    #[error("column {column} has a number out of range")]
    NumberOutOfRange { column: usize },
    #[error("column {column} holds the spreadsheet error {value}")]
    CellError { column: usize, value: String },
    #[error("column {column} cannot be read")]
    CellUnreadable { column: usize },
    #[error("the card is not closed by END:VCARD")]
    CardUnclosed,
    #[error("text outside a card")]
    CardMissing,
}

impl Problem {
    /// The stable name of the problem, a key of the message table.
    pub fn code(&self) -> &'static str {
        match self {
            Self::RowShort { .. } => "row_short",
            Self::RowLong { .. } => "row_long",
            Self::LineTooLong { .. } => "line_too_long",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::CellTooLong { .. } => "cell_too_long",
            Self::InvalidText { .. } => "invalid_text",
            Self::Nul { .. } => "nul",
            Self::QuoteUnclosed => "quote_unclosed",
            Self::QuoteStray { .. } => "quote_stray",
            Self::JsonInvalid { .. } => "json_invalid",
            Self::JsonNested { .. } => "json_nested",
            Self::NumberOutOfRange { .. } => "number_out_of_range",
            Self::CellError { .. } => "cell_error",
            Self::CellUnreadable { .. } => "cell_unreadable",
            Self::CardUnclosed => "card_unclosed",
            Self::CardMissing => "card_missing",
        }
    }

    /// The values of the message's placeholders, by name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::RowShort { expected, found } | Self::RowLong { expected, found } => {
                vec![("expected", expected.to_string()), ("found", found.to_string())]
            }
            Self::LineTooLong { bytes_max } => vec![("bytes_max", bytes_max.to_string())],
            Self::TooManyColumns { columns_max } => vec![("columns_max", columns_max.to_string())],
            Self::CellTooLong { column, chars_max } => {
                vec![("column", column.to_string()), ("chars_max", chars_max.to_string())]
            }
            Self::CellError { column, value } => {
                vec![("column", column.to_string()), ("value", value.clone())]
            }
            Self::JsonInvalid { reason } => vec![("reason", reason.clone())],
            Self::InvalidText { column }
            | Self::Nul { column }
            | Self::QuoteStray { column }
            | Self::JsonNested { column }
            | Self::NumberOutOfRange { column }
            | Self::CellUnreadable { column } => vec![("column", column.to_string())],
            Self::QuoteUnclosed | Self::CardUnclosed | Self::CardMissing => vec![],
        }
    }

    /// The column it is about, from 1, or none where the whole row is meant.
    pub fn column(&self) -> Option<usize> {
        match self {
            Self::CellTooLong { column, .. }
            | Self::CellError { column, .. }
            | Self::InvalidText { column }
            | Self::Nul { column }
            | Self::QuoteStray { column }
            | Self::JsonNested { column }
            | Self::NumberOutOfRange { column }
            | Self::CellUnreadable { column } => Some(*column),
            _ => None,
        }
    }
}
