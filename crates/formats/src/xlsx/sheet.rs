//! One sheet, row after row as it is unpacked; nothing of it is kept.

use super::archive::Archive;
use super::strings::{entity, read_text};
use super::value::Values;
use super::{XmlReader, attribute, xml_error};
use crate::cell::{Cell, Row};
use crate::csv::read::check_text;
use crate::error::FormatError;
use crate::limits::Limits;
use crate::problem::Problem;
use crate::table::{Options, Rows, fit, letters};
use quick_xml::events::{BytesStart, Event};

struct SheetRows {
    reader: XmlReader<'static>,
    values: Values,
    limits: Limits,
    columns: usize,
    /// The number of the row before, for rows that do not tell theirs.
    line: u64,
    first: Option<Row>,
    buffer: Vec<u8>,
    ended: bool,
}

/// The header and the rows behind it. Rows without any value are passed over.
pub(super) fn open(
    archive: Archive,
    path: &str,
    values: Values,
    options: &Options,
) -> Result<(Vec<String>, Box<dyn Rows>), FormatError> {
    let mut rows = SheetRows {
        reader: archive.into_part(path)?,
        values,
        limits: options.limits,
        columns: 0,
        line: 0,
        first: None,
        buffer: Vec::new(),
        ended: false,
    };
    let first = rows.row()?.ok_or(FormatError::Empty)?;
    let columns_max = rows.limits.columns_max;
    if first.problems.contains(&Problem::TooManyColumns { columns_max }) {
        return Err(FormatError::TooManyColumns { columns_max });
    }
    rows.columns = first.cells.len();
    let headers = if options.header {
        first.cells.iter().map(|cell| cell.as_text().into_owned()).collect()
    } else {
        rows.first = Some(first);
        letters(rows.columns)
    };
    Ok((headers, Box::new(rows)))
}

impl Rows for SheetRows {
    fn next_row(&mut self) -> Result<Option<Row>, FormatError> {
        let row = match self.first.take() {
            Some(first) => Some(first),
            None => self.row()?,
        };
        Ok(row.map(|mut row| {
            fit(&mut row, self.columns, false);
            row
        }))
    }
}

impl SheetRows {
    /// The next row with any value or problem, as wide as its last value.
    fn row(&mut self) -> Result<Option<Row>, FormatError> {
        while !self.ended {
            self.buffer.clear();
            match self.reader.read_event_into(&mut self.buffer).map_err(xml_error)? {
                Event::Start(element) if element.local_name().as_ref() == "row" => {
                    let number = attribute(&element, "r")?.and_then(|number| number.parse().ok());
                    self.line = number.unwrap_or(self.line + 1);
                    let row = self.cells()?;
                    if !row.is_blank() || !row.problems.is_empty() {
                        return Ok(Some(row));
                    }
                }
                Event::End(element) if element.local_name().as_ref() == "sheetData" => {
                    self.ended = true;
                }
                Event::Eof => return Err(FormatError::workbook("the sheet is not closed")),
                _ => {}
            }
        }
        Ok(None)
    }

    fn cells(&mut self) -> Result<Row, FormatError> {
        let mut row = Row { line: self.line, ..Row::default() };
        let columns_max = self.limits.columns_max;
        let mut next_column = 1;
        loop {
            self.buffer.clear();
            match self.reader.read_event_into(&mut self.buffer).map_err(xml_error)? {
                Event::Start(element) if element.local_name().as_ref() == "c" => {
                    let cell = CellStart::of(&element, next_column)?;
                    next_column = cell.column.saturating_add(1);
                    let value = self.cell(&cell, &mut row.problems)?;
                    let problem = Problem::TooManyColumns { columns_max };
                    match value {
                        Cell::Empty => {}
                        value if cell.column <= columns_max => {
                            row.cells.resize(row.cells.len().max(cell.column), Cell::Empty);
                            row.cells[cell.column - 1] = value;
                        }
                        _ if row.problems.contains(&problem) => {}
                        _ => row.problems.push(problem),
                    }
                }
                Event::End(element) if element.local_name().as_ref() == "row" => return Ok(row),
                Event::Eof => return Err(FormatError::workbook("a row is not closed")),
                _ => {}
            }
        }
    }

    /// Reads up to the end of a cell. Of a formula only its last value counts.
    fn cell(
        &mut self,
        start: &CellStart,
        problems: &mut Vec<Problem>,
    ) -> Result<Cell, FormatError> {
        let bytes_max = self.limits.line_bytes_max;
        let (mut stored, mut inline) = (String::new(), None);
        let mut in_value = false;
        loop {
            self.buffer.clear();
            match self.reader.read_event_into(&mut self.buffer).map_err(xml_error)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "v" => in_value = true,
                    "is" => {
                        let mut text = String::new();
                        read_text(&mut self.reader, "is", bytes_max, &mut text)?;
                        inline = Some(text);
                    }
                    _ => {}
                },
                Event::Text(part) if in_value => stored.push_str(&part.xml10_content()),
                Event::CData(part) if in_value => stored.push_str(&part.xml10_content()),
                Event::GeneralRef(part) if in_value => stored.push_str(&entity(&part)?),
                Event::End(element) => match element.local_name().as_ref() {
                    "v" => in_value = false,
                    "c" => break,
                    _ => {}
                },
                Event::Eof => return Err(FormatError::workbook("a cell is not closed")),
                _ => {}
            }
            if stored.len() > bytes_max {
                return Err(FormatError::workbook("a value is too long"));
            }
        }
        let cell = match inline {
            Some(text) => Ok(Cell::text(text)),
            None => self.values.cell(&start.kind, start.style, &stored, start.column),
        };
        Ok(match cell {
            Ok(Cell::Text(text)) => {
                Cell::text(check_text(text, start.column, &self.limits, problems))
            }
            Ok(cell) => cell,
            Err(problem) => {
                // One row may hold thousands of bad cells; a few of them tell enough.
                if problems.len() < 100 {
                    problems.push(problem);
                }
                Cell::Empty
            }
        })
    }
}

/// What a cell says of itself before its value.
struct CellStart {
    /// From 1.
    column: usize,
    kind: String,
    style: usize,
}

impl CellStart {
    fn of(element: &BytesStart<'_>, next_column: usize) -> Result<Self, FormatError> {
        let mut start = Self { column: next_column, kind: String::new(), style: 0 };
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(FormatError::workbook)?;
            match attribute.key.as_ref() {
                "r" => start.column = column_of(&attribute.value).unwrap_or(next_column),
                "t" => start.kind = attribute.value.into_owned(),
                "s" => start.style = attribute.value.parse().unwrap_or(0),
                _ => {}
            }
        }
        Ok(start)
    }
}

/// The column of a reference, from 1: 28 for `AB7`.
fn column_of(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters.take(8).fold(0, |column, letter| {
        column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    (column > 0).then_some(column)
}
