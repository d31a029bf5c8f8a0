//! Writes the rows that an import refused, with the reason in a last column, to be mended and imported again.

use crate::cell::{Cell, Row};
use crate::error::FormatError;
use crate::kind::Kind;
use crate::writer::{WriteOptions, Writer, Written};
use std::io::Write;

/// A CSV of refused rows: the table's own columns and one more. Cells are guarded against formulas, so
/// it is read back with [`crate::Options::strip_guard`].
pub struct ErrorWriter<W: Write + Send> {
    writer: Writer<W>,
    columns: usize,
}

impl<W: Write + Send> ErrorWriter<W> {
    /// `error_header` names the last column in the user's language.
    pub fn new(sink: W, headers: &[String], error_header: &str) -> Result<Self, FormatError> {
        let mut all = headers.to_vec();
        all.push(error_header.to_owned());
        let writer = Writer::new(Kind::Csv, sink, &all, &WriteOptions::default())?;
        Ok(Self { writer, columns: headers.len() })
    }

    /// `error` says in the user's language what is wrong with the row. Cells beyond the header have no
    /// column; they are told after the reason.
    pub fn write(&mut self, row: &Row, error: &str) -> Result<(), FormatError> {
        let mut cells = row.cells.clone();
        let extra = cells.split_off(cells.len().min(self.columns));
        cells.resize(self.columns, Cell::Empty);
        let extra: Vec<_> = extra.iter().map(Cell::as_text).collect();
        cells.push(match extra.is_empty() {
            true => Cell::text(error),
            false => Cell::text(format!("{error} [{}]", extra.join(" | "))),
        });
        self.writer.write(&cells)
    }

    pub fn finish(self) -> Result<Written, FormatError> {
        self.writer.finish()
    }
}
