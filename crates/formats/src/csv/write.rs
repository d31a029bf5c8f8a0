//! Writes CSV as RFC 4180 says: comma or another delimiter, quotes doubled, CRLF; guarded unless told otherwise.

use super::guard::guard;
use super::is_delimiter;
use crate::cell::Cell;
use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

pub(crate) struct CsvWriter<W: Write> {
    sink: BufWriter<W>,
    delimiter: u8,
    raw: bool,
}

impl<W: Write> CsvWriter<W> {
    pub fn new(sink: W, bom: bool, delimiter: u8, raw: bool) -> io::Result<Self> {
        let mut sink = BufWriter::with_capacity(64 << 10, sink);
        if bom {
            sink.write_all(BYTE_ORDER_MARK)?;
        }
        let delimiter = if is_delimiter(delimiter) { delimiter } else { b',' };
        Ok(Self { sink, delimiter, raw })
    }

    pub fn write<'a>(
        &mut self,
        cells: impl ExactSizeIterator<Item = Cow<'a, str>>,
    ) -> io::Result<()> {
        // One empty cell alone would be an empty line, which readers pass over.
        let alone = cells.len() == 1;
        for (index, text) in cells.enumerate() {
            if index > 0 {
                self.sink.write_all(&[self.delimiter])?;
            }
            match self.raw {
                true => self.field(&text, alone)?,
                false => self.field(&guard(&text), alone)?,
            }
        }
        self.sink.write_all(b"\r\n")
    }

    fn field(&mut self, text: &str, alone: bool) -> io::Result<()> {
        let delimiter = self.delimiter;
        let special = |byte: u8| matches!(byte, b'"' | b'\r' | b'\n') || byte == delimiter;
        // A reader that trims would lose outer spaces that stand outside quotes.
        let spaced = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
        if !(text.bytes().any(special) || spaced || (alone && text.is_empty())) {
            return self.sink.write_all(text.as_bytes());
        }
        self.sink.write_all(b"\"")?;
        for (index, part) in text.split('"').enumerate() {
            if index > 0 {
                self.sink.write_all(b"\"\"")?;
            }
            self.sink.write_all(part.as_bytes())?;
        }
        self.sink.write_all(b"\"")
    }

    pub fn finish(mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// The cells' texts in their order.
pub(crate) fn texts(cells: &[Cell]) -> impl ExactSizeIterator<Item = Cow<'_, str>> {
    cells.iter().map(Cell::as_text)
}
