//! A file opened for reading: its header, its shape, and its rows one after another; the formats do the parsing.

use crate::cell::{Cell, Row};
use crate::error::FormatError;
use crate::kind::{self, Kind};
use crate::limits::Limits;
use crate::problem::Problem;
use crate::source::{self, Source};
use crate::{csv, encoding, json_lines, vcard, xlsx};

/// How much is looked at to tell the kind.
const HEAD_BYTES: u64 = 8 << 10;

/// How to read a file. What is `None` is found out from the bytes.
#[derive(Clone, Debug)]
pub struct Options {
    /// The file's name; it decides only where the bytes do not.
    pub name: String,
    pub kind: Option<Kind>,
    /// The sheet of a workbook; the first visible one where none is given.
    pub sheet: Option<String>,
    /// The encoding of a text file, such as `gb18030`.
    pub encoding: Option<String>,
    /// The delimiter of CSV: one ASCII character.
    pub delimiter: Option<u8>,
    /// Whether the first row of CSV and XLSX names the columns; if not they are called A, B, C.
    pub header: bool,
    /// Whether the apostrophes that our own CSV export adds are taken away again.
    pub strip_guard: bool,
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            name: String::new(),
            kind: None,
            sheet: None,
            encoding: None,
            delimiter: None,
            header: true,
            strip_guard: false,
            limits: Limits::default(),
        }
    }
}

impl Options {
    /// The defaults for a file of this name.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// How a text file turned out to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// The encoding's name, such as `UTF-8` or `gb18030`.
    pub encoding: &'static str,
    /// The delimiter of CSV.
    pub delimiter: Option<u8>,
    pub gzip: bool,
}

/// The rows of one format. Numbers are given by the table.
pub(crate) trait Rows: Send {
    fn next_row(&mut self) -> Result<Option<Row>, FormatError>;
    /// Passes over one row as cheaply as the format can; false at the end.
    fn skip_row(&mut self) -> Result<bool, FormatError> {
        Ok(self.next_row()?.is_some())
    }
}

/// What a format gives when it has opened a file.
pub(crate) struct Opened {
    pub headers: Vec<String>,
    pub sheets: Vec<String>,
    pub dialect: Option<Dialect>,
    pub rows: Box<dyn Rows>,
}

/// An open file. As an iterator it gives its rows in order and ends after the first error.
pub struct Table {
    kind: Kind,
    opened: Opened,
    number: u64,
    failed: bool,
}

/// Opens a file whose kind is found out from its bytes. Reading the same bytes with the same options
/// gives the same rows with the same numbers, so an interrupted import goes on after
/// [`Table::skip_rows`].
pub fn open(mut source: impl Source + 'static, options: &Options) -> Result<Table, FormatError> {
    source::check_size(&mut source, &options.limits)?;
    let head = source::head(&mut source, HEAD_BYTES)?;
    source.rewind()?;
    let gzip = source::is_gzip(&head);
    let magic = if gzip { None } else { kind::by_magic(&head)? };
    if let Some(kind) = options.kind.filter(|kind| *kind == Kind::Xlsx).or(magic) {
        let opened = xlsx::open(source, options)?;
        return Ok(Table { kind, opened, number: 0, failed: false });
    }
    open_text(source, options, gzip)
}

fn open_text(
    mut source: impl Source + 'static,
    options: &Options,
    gzip: bool,
) -> Result<Table, FormatError> {
    let limits = &options.limits;
    let encoding = match &options.encoding {
        Some(name) => encoding::named(name)?,
        None => encoding::find(source::unpack(&mut source, gzip, limits))?,
    };
    source.rewind()?;
    let kind = match options.kind {
        Some(kind) => kind,
        None => {
            let bytes = source::unpack(&mut source, gzip, limits);
            let head = source::head(encoding::decode(bytes, encoding)?, HEAD_BYTES)?;
            if gzip && kind::by_magic(&head)?.is_some() {
                return Err(FormatError::UnknownKind { found: "zip" });
            }
            // The head may end in the middle of a character.
            kind::by_text(
                String::from_utf8_lossy(&head).trim_end_matches('\u{fffd}'),
                &options.name,
            )?
        }
    };
    source.rewind()?;
    let dialect = Dialect { encoding: encoding.name(), delimiter: None, gzip };
    let text = Text { source: Box::new(source), encoding, gzip, limits: *limits };
    let opened = match kind {
        Kind::Csv => csv::read::open(text, dialect, options)?,
        Kind::VCard => vcard::read::open(text, dialect)?,
        Kind::JsonLines => json_lines::open(text, dialect)?,
        Kind::Xlsx => unreachable!("open() has already taken the workbooks"),
    };
    Ok(Table { kind, opened, number: 0, failed: false })
}

/// A text file that can be read from its start more than once.
pub(crate) struct Text {
    source: Box<dyn Source>,
    encoding: &'static encoding_rs::Encoding,
    gzip: bool,
    pub limits: Limits,
}

impl Text {
    /// The decoded text from the start, for a look.
    pub fn look(&mut self) -> Result<Box<dyn std::io::Read + Send + '_>, FormatError> {
        self.source.rewind()?;
        encoding::decode(source::unpack(&mut self.source, self.gzip, &self.limits), self.encoding)
    }

    /// The decoded text from the start, for good.
    pub fn read(mut self) -> Result<Box<dyn std::io::Read + Send>, FormatError> {
        self.source.rewind()?;
        encoding::decode(source::unpack(self.source, self.gzip, &self.limits), self.encoding)
    }
}

impl Table {
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The columns' names as the file has them. They may be empty or repeat, so columns are known by position.
    pub fn headers(&self) -> &[String] {
        &self.opened.headers
    }

    /// The names of a workbook's visible sheets; empty for other kinds.
    pub fn sheets(&self) -> &[String] {
        &self.opened.sheets
    }

    /// How a text file is written; none for a workbook.
    pub fn dialect(&self) -> Option<&Dialect> {
        self.opened.dialect.as_ref()
    }

    /// Passes over `rows` data rows and tells how many there were. The next row has the number that follows.
    pub fn skip_rows(&mut self, rows: u64) -> Result<u64, FormatError> {
        for skipped in 0..rows {
            if !self.opened.rows.skip_row()? {
                return Ok(skipped);
            }
            self.number += 1;
        }
        Ok(rows)
    }

    /// The next `rows` rows, for a preview.
    pub fn sample(&mut self, rows: usize) -> Result<Vec<Row>, FormatError> {
        self.take(rows).collect()
    }

    /// The number of data rows that are left; it parses no cells.
    pub fn count_rows(mut self) -> Result<u64, FormatError> {
        self.skip_rows(u64::MAX)
    }
}

impl Iterator for Table {
    type Item = Result<Row, FormatError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        match self.opened.rows.next_row() {
            Ok(Some(mut row)) => {
                self.number += 1;
                row.number = self.number;
                Some(Ok(row))
            }
            Ok(None) => None,
            Err(error) => {
                self.failed = true;
                Some(Err(error))
            }
        }
    }
}

/// Brings a row to the header's width: empty extra cells go, others stay and are reported.
/// `strict` formats also report missing cells; a workbook simply has none where nothing was typed.
pub(crate) fn fit(row: &mut Row, expected: usize, strict: bool) {
    let found = row.cells.len();
    if found > expected {
        let used = row.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1);
        row.cells.truncate(used.max(expected));
        if used > expected {
            row.problems.push(Problem::RowLong { expected, found });
        }
    } else if found < expected {
        row.cells.resize(expected, Cell::Empty);
        if strict {
            row.problems.push(Problem::RowShort { expected, found });
        }
    }
}

/// Names for the columns of a file without a header: A, B … Z, AA, AB …
pub(crate) fn letters(columns: usize) -> Vec<String> {
    (0..columns)
        .map(|index| {
            let mut name = String::new();
            let mut rest = index + 1;
            while rest > 0 {
                rest -= 1;
                name.insert(0, char::from(b'A' + (rest % 26) as u8));
                rest /= 26;
            }
            name
        })
        .collect()
}
