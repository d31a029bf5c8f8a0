//! The list of a report as CSV, for spreadsheets and for acting on it.

use crate::Language;
use crate::report::{Report, Value};
use crate::show::cell;
use formats::{Cell, FormatError, Kind, WriteOptions, Writer};
use std::io::Write;

/// Writes the report's list with column names in the language; numbers are unrounded, shares are
/// shares of 1. What a spreadsheet would take for a formula is made harmless.
///
/// # Errors
/// Those of the sink.
pub fn csv<W: Write + Send>(
    report: &Report,
    language: Language,
    sink: W,
) -> Result<(), FormatError> {
    let Some(table) = report.list_table() else { return Ok(()) };
    let headers: Vec<String> =
        table.headings.iter().map(|h| language.of(&h.label).to_owned()).collect();
    let mut writer = Writer::new(Kind::Csv, sink, &headers, &WriteOptions::default())?;
    for row in &table.rows {
        let cells: Vec<Cell> = row.iter().map(|v| plain(v, language)).collect();
        writer.write(&cells)?;
    }
    writer.finish()?;
    Ok(())
}

fn plain(value: &Value, language: Language) -> Cell {
    match value {
        Value::Number(x) | Value::Share(x) if x.is_finite() => {
            formats::plain_number(&x.to_string()).map_or(Cell::Empty, Cell::Number)
        }
        Value::Number(_) | Value::Share(_) => Cell::Empty,
        Value::Count(n) => Cell::Number(n.to_string()),
        other => Cell::text(cell(other, language)),
    }
}
