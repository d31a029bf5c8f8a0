//! Drives the formats through their front door: bytes in, rows out, and back.

#![allow(clippy::unwrap_used)]

mod csv;
mod damaged;
mod error_file;
mod huge;
mod json_lines;
mod real_data;
mod there_and_back;
mod vcard;
mod xlsx;

use formats::{Cell, FormatError, Kind, Options, Row, Table, WriteOptions, Writer};
use std::io::Cursor;

fn open(bytes: impl Into<Vec<u8>>, options: &Options) -> Result<Table, FormatError> {
    formats::open(Cursor::new(bytes.into()), options)
}

/// The header and the rows as text, cells separated by `|`, each problem's code behind the row.
#[track_caller]
fn shown(bytes: impl Into<Vec<u8>>, options: &Options) -> String {
    let table = match open(bytes, options) {
        Ok(table) => table,
        Err(error) => return format!("{} {:?}", error.code(), error.params()),
    };
    let mut lines = vec![table.headers().join("|")];
    for row in table {
        lines.push(match row {
            Ok(row) => line(&row),
            Err(error) => format!("{} {:?}", error.code(), error.params()),
        });
    }
    lines.join("\n")
}

fn line(row: &Row) -> String {
    let cells: Vec<_> = row.cells.iter().map(|cell| cell.as_text()).collect();
    let mut line = format!("{}@{} {}", row.number, row.line, cells.join("|"));
    for problem in &row.problems {
        let params: Vec<_> =
            problem.params().into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        line.push_str(&format!(" !{}({})", problem.code(), params.join(" ")));
    }
    line
}

#[track_caller]
fn check(bytes: impl Into<Vec<u8>>, options: &Options, expected: &str) {
    assert_eq!(shown(bytes, options), expected);
}

fn written(kind: Kind, headers: &[&str], rows: &[Vec<Cell>], options: &WriteOptions) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = Writer::new(kind, &mut bytes, headers, options).unwrap();
    rows.iter().for_each(|row| writer.write(row).unwrap());
    assert_eq!(writer.finish().unwrap().rows, rows.len() as u64);
    bytes
}
