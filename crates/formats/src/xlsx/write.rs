//! Writes a workbook with one sheet: a frozen header, texts that are never formulas, real numbers and dates.
//!
//! Rows go to a temporary file of the library as they come, so memory does not grow with them.

use crate::cell::Cell;
use crate::error::FormatError;
use crate::number::exact_f64;
use jiff::civil::{Date, DateTime, date};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

/// Of a sheet, with the header.
const ROWS_MAX: u32 = 1_048_576;
/// Of a sheet.
const COLUMNS_MAX: usize = 16_384;
/// Of a cell, in UTF-16 units.
const CELL_UNITS_MAX: usize = 32_767;
const SHEET_NAME_CHARS_MAX: usize = 31;

pub(crate) struct XlsxWriter<W: Write + Send> {
    sink: W,
    workbook: Workbook,
    date: Format,
    date_time: Format,
    row: u32,
}

impl<W: Write + Send> XlsxWriter<W> {
    pub fn new(sink: W, headers: &[String], sheet: &str) -> Result<Self, FormatError> {
        if headers.len() > COLUMNS_MAX {
            return Err(FormatError::TooManyColumns { columns_max: COLUMNS_MAX });
        }
        let mut workbook = Workbook::new();
        let worksheet = workbook.add_worksheet_with_constant_memory().map_err(failed)?;
        let name = sheet_name(sheet);
        if !name.is_empty() {
            worksheet.set_name(name).map_err(failed)?;
        }
        worksheet.set_freeze_panes(1, 0).map_err(failed)?;
        let bold = Format::new().set_bold();
        for (column, header) in (0..).zip(headers) {
            worksheet.write_string_with_format(0, column, cut(header).0, &bold).map_err(failed)?;
        }
        Ok(Self {
            sink,
            workbook,
            date: Format::new().set_num_format("yyyy-mm-dd"),
            date_time: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            row: 1,
        })
    }

    /// Writes a row and tells how many of its cells had to be cut.
    pub fn write(&mut self, cells: &[Cell]) -> Result<u64, FormatError> {
        if self.row >= ROWS_MAX {
            return Err(FormatError::TooManyRows { rows_max: u64::from(ROWS_MAX) - 1 });
        }
        let worksheet = self.workbook.worksheet_from_index(0).map_err(failed)?;
        let mut cells_cut = 0;
        for (column, cell) in (0..).zip(cells) {
            let row = self.row;
            let typed = match cell {
                Cell::Empty => continue,
                Cell::Number(text) => exact_f64(text)
                    .map(|number| worksheet.write_number(row, column, number).map(|_| ())),
                Cell::Bool(yes) => Some(worksheet.write_boolean(row, column, *yes).map(|_| ())),
                Cell::Date(day) => excel_day(*day).map(|day| {
                    worksheet.write_datetime_with_format(row, column, &day, &self.date).map(|_| ())
                }),
                Cell::DateTime(at) => excel_moment(*at).map(|at| {
                    worksheet
                        .write_datetime_with_format(row, column, &at, &self.date_time)
                        .map(|_| ())
                }),
                Cell::Text(_) | Cell::List(_) => None,
            };
            match typed {
                Some(written) => written.map_err(failed)?,
                None => cells_cut += text(worksheet, row, column, &cell.as_text())?,
            }
        }
        self.row += 1;
        Ok(cells_cut)
    }

    pub fn finish(mut self) -> Result<(), FormatError> {
        let mut sink = BufWriter::new(self.sink);
        self.workbook.save_to_writer(&mut sink).map_err(failed)?;
        Ok(sink.flush()?)
    }
}

fn text(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<u64, FormatError> {
    let (text, was_cut) = cut(text);
    sheet.write_string(row, column, text).map_err(failed)?;
    Ok(u64::from(was_cut))
}

/// The text as far as a cell can hold it, and whether it had to be cut.
fn cut(text: &str) -> (Cow<'_, str>, bool) {
    let mut units = 0;
    let too_far = text.char_indices().find(|(_, char)| {
        units += char.len_utf16();
        units > CELL_UNITS_MAX
    });
    match too_far {
        Some((end, _)) => (Cow::Borrowed(&text[..end]), true),
        None => (Cow::Borrowed(text), false),
    }
}

/// Excel has no days before 1900 and counts those before March of that year wrongly; they stay text.
fn excel_day(day: Date) -> Option<ExcelDateTime> {
    (day >= date(1900, 3, 1))
        .then(|| {
            ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8).ok()
        })
        .flatten()
}

fn excel_moment(at: DateTime) -> Option<ExcelDateTime> {
    let day = excel_day(at.date())?;
    let milli = at.subsec_nanosecond() / 1_000_000;
    day.and_hms_milli(at.hour() as u16, at.minute() as u8, at.second() as u8, milli as u16).ok()
}

/// A sheet's name without what Excel refuses in one.
fn sheet_name(name: &str) -> String {
    let allowed = |char: &char| !char.is_control() && !"[]:*?/\\".contains(*char);
    let name: String = name.chars().filter(allowed).take(SHEET_NAME_CHARS_MAX).collect();
    name.trim_matches('\'').trim().to_owned()
}

fn failed(error: XlsxError) -> FormatError {
    match error {
        XlsxError::IoError(error) => FormatError::Io(error),
        error => FormatError::Io(io::Error::other(error)),
    }
}
