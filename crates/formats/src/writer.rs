//! Writes rows out in any of the kinds, one row at a time; nothing is kept in memory.

use crate::cell::Cell;
use crate::csv::write::{CsvWriter, texts};
use crate::error::FormatError;
use crate::json_lines::JsonLinesWriter;
use crate::kind::Kind;
use crate::vcard::write::CardWriter;
use crate::xlsx::write::XlsxWriter;
use std::borrow::Cow;
use std::io::Write;

/// How to write a file.
#[derive(Clone, Debug)]
pub struct WriteOptions {
    /// Whether CSV begins with a byte order mark; without one spreadsheets take Chinese for Latin.
    pub bom: bool,
    /// The delimiter of CSV: one ASCII character, no quote and no line end; a comma if it is one of these.
    pub delimiter: u8,
    /// Whether CSV cells are written exactly, without a guard against formulas; for machines only.
    pub raw: bool,
    /// The name of the sheet in XLSX; what a sheet's name cannot have is left out.
    pub sheet: String,
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self { bom: true, delimiter: b',', raw: false, sheet: String::new() }
    }
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Data rows, without the header.
    pub rows: u64,
    /// Cells that were cut because XLSX holds at most 32,767 characters in one.
    pub cells_cut: u64,
}

/// A file being written. What was written counts only after [`Writer::finish`].
pub struct Writer<W: Write + Send> {
    form: Form<W>,
    columns: usize,
    written: Written,
}

enum Form<W: Write + Send> {
    Csv(CsvWriter<W>),
    Xlsx(Box<XlsxWriter<W>>),
    VCard(Box<CardWriter<W>>),
    JsonLines(JsonLinesWriter<W>),
}

impl<W: Write + Send> Writer<W> {
    /// Begins a file with its header. The headers of a vCard are some of [`crate::VCARD_COLUMNS`].
    pub fn new(
        kind: Kind,
        sink: W,
        headers: &[impl AsRef<str>],
        options: &WriteOptions,
    ) -> Result<Self, FormatError> {
        let headers: Vec<String> =
            headers.iter().map(|header| header.as_ref().to_owned()).collect();
        let form = match kind {
            Kind::Csv => {
                let mut csv = CsvWriter::new(sink, options.bom, options.delimiter, options.raw)?;
                csv.write(headers.iter().map(|header| Cow::Borrowed(header.as_str())))?;
                Form::Csv(csv)
            }
            Kind::Xlsx => Form::Xlsx(Box::new(XlsxWriter::new(sink, &headers, &options.sheet)?)),
            Kind::VCard => Form::VCard(Box::new(CardWriter::new(sink, &headers)?)),
            Kind::JsonLines => Form::JsonLines(JsonLinesWriter::new(sink, &headers)),
        };
        Ok(Self { form, columns: headers.len(), written: Written::default() })
    }

    /// Writes one row, which has a cell for each header.
    pub fn write(&mut self, cells: &[Cell]) -> Result<(), FormatError> {
        if cells.len() != self.columns {
            return Err(FormatError::CellCount { expected: self.columns, found: cells.len() });
        }
        match &mut self.form {
            Form::Csv(csv) => csv.write(texts(cells))?,
            Form::Xlsx(xlsx) => self.written.cells_cut += xlsx.write(cells)?,
            Form::VCard(cards) => cards.write(cells)?,
            Form::JsonLines(lines) => lines.write(cells)?,
        }
        self.written.rows += 1;
        Ok(())
    }

    pub fn finish(self) -> Result<Written, FormatError> {
        match self.form {
            Form::Csv(csv) => csv.finish()?,
            Form::Xlsx(xlsx) => xlsx.finish()?,
            Form::VCard(cards) => cards.finish()?,
            Form::JsonLines(lines) => lines.finish()?,
        }
        Ok(self.written)
    }
}
