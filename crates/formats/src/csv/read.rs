//! Reads CSV: raw records become rows of text cells, each with its own problems.

use super::guard::strip_guard;
use super::records::{Outcome, Records, unquote};
use super::{delimiter, is_delimiter};
use crate::cell::{Cell, Row};
use crate::error::FormatError;
use crate::limits::Limits;
use crate::problem::Problem;
use crate::source;
use crate::table::{Dialect, Opened, Options, Rows, Text, fit, letters};
use std::io::Read;

const SAMPLE_BYTES: u64 = 64 << 10;

struct CsvRows {
    records: Records<Box<dyn Read + Send>>,
    columns: usize,
    limits: Limits,
    strip_guard: bool,
    /// The first record where it is data, already read to know the number of columns.
    first: Option<Row>,
}

pub(crate) fn open(
    mut text: Text,
    mut dialect: Dialect,
    options: &Options,
) -> Result<Opened, FormatError> {
    let limits = text.limits;
    let sample = source::head(text.look()?, SAMPLE_BYTES)?;
    let (found, declared) = delimiter::find(&sample, limits.columns_max);
    let delimiter = options.delimiter.filter(|byte| is_delimiter(*byte)).unwrap_or(found);
    dialect.delimiter = Some(delimiter);
    let mut rows = CsvRows {
        records: Records::new(text.read()?, delimiter, limits.line_bytes_max, limits.columns_max),
        columns: 0,
        limits,
        strip_guard: options.strip_guard,
        first: None,
    };
    if declared {
        rows.records.advance()?;
    }
    let first = rows.read()?.ok_or(FormatError::Empty)?;
    if first.problems.iter().any(|problem| matches!(problem, Problem::LineTooLong { .. })) {
        return Err(FormatError::HeaderTooLong { bytes_max: limits.line_bytes_max });
    }
    if first.problems.iter().any(|problem| matches!(problem, Problem::TooManyColumns { .. })) {
        return Err(FormatError::TooManyColumns { columns_max: limits.columns_max });
    }
    rows.columns = first.cells.len();
    let headers = if options.header {
        first.cells.iter().map(|cell| cell.as_text().into_owned()).collect()
    } else {
        let headers = letters(rows.columns);
        rows.first = Some(first);
        headers
    };
    Ok(Opened { headers, sheets: vec![], dialect: Some(dialect), rows: Box::new(rows) })
}

impl Rows for CsvRows {
    fn next_row(&mut self) -> Result<Option<Row>, FormatError> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        let Some(mut row) = self.read()? else { return Ok(None) };
        if row.cells.is_empty() {
            // A row that was left out has one problem, not two.
            row.cells.resize(self.columns, Cell::Empty);
        } else {
            fit(&mut row, self.columns, true);
        }
        Ok(Some(row))
    }

    fn skip_row(&mut self) -> Result<bool, FormatError> {
        Ok(self.first.take().is_some() || self.records.advance()?.is_some())
    }
}

impl CsvRows {
    fn read(&mut self) -> Result<Option<Row>, FormatError> {
        let Some(outcome) = self.records.advance()? else { return Ok(None) };
        let mut row = Row { line: self.records.line(), ..Row::default() };
        match outcome {
            Outcome::Good => {}
            Outcome::QuoteUnclosed => row.problems.push(Problem::QuoteUnclosed),
            Outcome::TooLong => {
                let bytes_max = self.limits.line_bytes_max;
                row.problems.push(Problem::LineTooLong { bytes_max });
                return Ok(Some(row));
            }
        }
        let columns_max = self.limits.columns_max;
        let fields = self.records.fields();
        if fields.len() > columns_max {
            row.problems.push(Problem::TooManyColumns { columns_max });
        }
        row.cells.reserve(fields.len().min(columns_max));
        for (index, raw) in fields.take(columns_max).enumerate() {
            let column = index + 1;
            let text = if raw.first() == Some(&b'"') && outcome == Outcome::Good {
                let (text, stray) = unquote(raw);
                if stray {
                    row.problems.push(Problem::QuoteStray { column });
                }
                String::from_utf8(text).unwrap_or_default()
            } else {
                String::from_utf8_lossy(raw).into_owned()
            };
            let text = check_text(text, column, &self.limits, &mut row.problems);
            row.cells.push(match self.strip_guard {
                true => Cell::text(strip_guard(&text)),
                false => Cell::text(text),
            });
        }
        Ok(Some(row))
    }
}

/// What every text format asks of a cell's text; a too long one is cut.
pub(crate) fn check_text(
    mut text: String,
    column: usize,
    limits: &Limits,
    problems: &mut Vec<Problem>,
) -> String {
    let chars_max = limits.cell_chars_max;
    if text.len() > chars_max
        && let Some((end, _)) = text.char_indices().nth(chars_max)
    {
        text.truncate(end);
        problems.push(Problem::CellTooLong { column, chars_max });
    }
    if text.bytes().any(|byte| byte == 0) {
        problems.push(Problem::Nul { column });
    }
    if !text.is_ascii() && text.contains('\u{fffd}') {
        problems.push(Problem::InvalidText { column });
    }
    text
}
