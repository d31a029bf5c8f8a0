//! What is exported and imported again is the same.

use crate::{open, written};
use formats::{Cell, Kind, Options, VCARD_COLUMNS, WriteOptions};
use jiff::civil::{Date, DateTime, date};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,10}",
        "[=+@'\\-\"\\t\\r\\n\\x00 1\u{200b}\u{feff}＝]{0,5}",
        "\\PC{0,8}",
        "(_x[0-9A-F]{4}_|_){0,3}",
        "[+-]?[0-9]{1,14}(\\.[0-9]{1,3})?",
    ]
}

fn dates() -> impl Strategy<Value = Date> {
    (1900_i16..2200, 1_i8..13, 1_i8..29)
        .prop_map(|(year, month, day)| date(year, month, day))
        .prop_filter("Excel has no days before", |day| *day >= date(1900, 3, 1))
}

fn moments() -> impl Strategy<Value = DateTime> {
    (dates(), 0_i8..24, 0_i8..60, 0_i8..60, 0_i32..1000).prop_map(
        |(day, hour, minute, second, milli)| day.at(hour, minute, second, milli * 1_000_000),
    )
}

/// Cells as XLSX and JSON lines keep them, with their types.
fn typed_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        text().prop_map(Cell::text),
        "-?[1-9][0-9]{0,14}|0|-?[0-9]\\.[0-9]{0,6}[1-9]".prop_map(Cell::Number),
        any::<bool>().prop_map(Cell::Bool),
        dates().prop_map(Cell::Date),
        moments().prop_map(Cell::DateTime),
    ]
}

/// The rows read back. Every row begins with an X, so that none is blank.
fn read(bytes: Vec<u8>, options: &Options) -> Vec<Vec<Cell>> {
    let table = open(bytes, options).unwrap();
    assert_eq!(table.headers()[0], "first");
    table.map(|row| row.unwrap().cells).collect()
}

fn rows(cell: impl Strategy<Value = Cell>) -> impl Strategy<Value = Vec<Vec<Cell>>> {
    let row = prop::collection::vec(cell, 3).prop_map(|mut row| {
        row[0] = Cell::text("X");
        row
    });
    prop::collection::vec(row, 0..6)
}

const HEADERS: [&str; 3] = ["first", "=second", "third, \"x\""];

proptest! {
    #[test]
    fn csv_keeps_every_text(
        rows in rows(text().prop_map(Cell::text)),
        bom: bool,
        raw: bool,
        delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|']),
    ) {
        let options = WriteOptions { bom, raw, delimiter, ..WriteOptions::default() };
        let bytes = written(Kind::Csv, &HEADERS, &rows, &options);
        let options = Options {
            kind: Some(Kind::Csv),
            encoding: Some("utf-8".into()),
            delimiter: Some(delimiter),
            strip_guard: !raw,
            ..Options::default()
        };
        prop_assert_eq!(read(bytes, &options), rows);
    }

    #[test]
    fn a_csv_of_one_column_keeps_its_empty_cells(texts in prop::collection::vec("[a ]{0,2}", 0..6)) {
        let rows: Vec<_> = texts.iter().map(|text| vec![Cell::text(text.as_str())]).collect();
        let bytes = written(Kind::Csv, &["first"], &rows, &WriteOptions::default());
        prop_assert_eq!(read(bytes, &Options::named("x.csv")), rows);
    }

    #[test]
    fn xlsx_keeps_every_cell_and_its_type(rows in rows(typed_cell())) {
        let bytes = written(Kind::Xlsx, &HEADERS, &rows, &WriteOptions::default());
        prop_assert_eq!(read(bytes, &Options::named("x.xlsx")), rows);
    }

    #[test]
    fn json_lines_keep_text_numbers_and_lists(
        rows in rows(prop_oneof![
            text().prop_map(Cell::text),
            "-?[1-9][0-9]{0,40}(\\.[0-9]{1,20})?".prop_map(Cell::Number),
            any::<bool>().prop_map(Cell::Bool),
            prop::collection::vec(text(), 0..3).prop_map(Cell::List),
        ]),
    ) {
        prop_assume!(!rows.is_empty());
        let bytes = written(Kind::JsonLines, &HEADERS, &rows, &WriteOptions::default());
        let options = Options { encoding: Some("utf-8".into()), ..Options::named("x.jsonl") };
        prop_assert_eq!(read(bytes, &options), rows);
    }

    #[test]
    fn cards_keep_what_they_have(texts in prop::collection::vec("[a-z,;:\\\\\"=中李\u{1f600}]{1,40}", VCARD_COLUMNS.len() - 2), day in dates()) {
        let mut row: Vec<Cell> = texts.into_iter().map(Cell::text).collect();
        row.push(Cell::Date(day));
        row.push(Cell::List(vec!["a,b".into(), "c;d".into()]));
        let rows = [row.clone(), row];
        let bytes = written(Kind::VCard, &VCARD_COLUMNS, &rows, &WriteOptions::default());
        let options = Options { encoding: Some("utf-8".into()), ..Options::default() };
        let table = open(bytes, &options).unwrap();
        let read: Vec<_> = table.map(|row| row.unwrap().cells).collect();
        prop_assert_eq!(read, rows);
    }
}
