//! What one cell and one row of any file hold; typed where the file says the type, text everywhere else.

use crate::problem::Problem;
use jiff::civil::{Date, DateTime};
use std::borrow::Cow;

/// Stands between the items of a list where a format has no lists (CSV, XLSX, vCard).
pub const LIST_SEPARATOR: &str = "; ";

/// One cell. CSV and vCard give only `Empty` and `Text`, the others also the types that they know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    /// Exact decimal text, never with an exponent: `-?[0-9]+(\.[0-9]+)?`.
    Number(String),
    Bool(bool),
    /// A day; in XLSX a whole number whose format shows no time.
    Date(Date),
    /// A wall-clock time without a zone; XLSX keeps milliseconds.
    DateTime(DateTime),
    List(Vec<String>),
}

impl Cell {
    /// `Empty` for the empty text, `Text` for any other.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The cell as text: dates as `yyyy-mm-dd`, times as `yyyy-mm-dd hh:mm:ss[.f]`, `true` / `false`,
    /// lists joined by [`LIST_SEPARATOR`].
    pub fn as_text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) | Self::Number(text) => Cow::Borrowed(text),
            Self::Bool(true) => Cow::Borrowed("true"),
            Self::Bool(false) => Cow::Borrowed("false"),
            Self::Date(date) => Cow::Owned(date.to_string()),
            Self::DateTime(at) => Cow::Owned(at.to_string().replacen('T', " ", 1)),
            Self::List(items) => Cow::Owned(items.join(LIST_SEPARATOR)),
        }
    }
}

/// One data row. `cells` has exactly as many cells as the table has headers, unless it is too long:
/// then the extra cells follow and a problem says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// 1 for the first row after the header, in the order of the file.
    pub number: u64,
    /// Where it begins in the file, 1 for the first line; in XLSX the number of the sheet's row.
    pub line: u64,
    pub cells: Vec<Cell>,
    /// What is wrong with this row; empty for a good one.
    pub problems: Vec<Problem>,
}

impl Row {
    /// True where no cell holds anything, as in the empty rows that spreadsheets leave at the end.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_empty)
    }
}
