//! Workbooks: what others write, what we write, and what attackers write.

use crate::{check, open, written};
use calamine::{Data, Reader};
use formats::{Cell, FormatError, Kind, Limits, Options, WriteOptions};
use jiff::civil::date;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const CONTENT_TYPES: &str = "<Types xmlns=\"x\"/>";
const WORKBOOK: &str = "<workbook><workbookPr/><sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"r1\"/>\
    <sheet name=\"Secret\" state=\"hidden\" r:id=\"r2\"/><sheet name=\"二\" r:id=\"r2\"/></sheets></workbook>";
const RELATIONS: &str = "<Relationships>\
    <Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/one.xml\"/>\
    <Relationship Id=\"r2\" Type=\"x/worksheet\" Target=\"/xl/worksheets/../worksheets/two.xml\"/>\
    <Relationship Id=\"r3\" Type=\"x/sharedStrings\" Target=\"./sharedStrings.xml\"/>\
    <Relationship Id=\"r4\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>";

/// A zip of these parts.
fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with this sheet and these shared texts.
fn workbook(sheet: &str, strings: &str) -> Vec<u8> {
    let formats = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m\"/></numFmts>\
        <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>";
    zip(&[
        ("[Content_Types].xml", CONTENT_TYPES),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        (
            "xl/worksheets/one.xml",
            &format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>"),
        ),
        (
            "xl/worksheets/two.xml",
            "<x:worksheet><x:sheetData><x:row><x:c t=\"inlineStr\"><x:is><x:t>zwei</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>",
        ),
        ("xl/SharedStrings.xml", &format!("<sst uniqueCount=\"99999999999999\">{strings}</sst>")),
        ("xl/styles.xml", formats),
    ])
}

#[test]
fn cells_of_every_sort() {
    let strings = "<si><t> name </t></si><si><r><t>rich </t></r><r><t xml:space=\"preserve\"> text</t></r><rPh><t>no</t></rPh></si><si/>";
    let sheet = "<row/><row r=\"3\"><c t=\"s\"><v>0</v></c><c r=\"C3\" t=\"str\"><f>1+1</f><v>a&amp;b&#x4e2d;</v></c></row>\
        <row r=\"5\"><c r=\"A5\" t=\"s\"><v>1</v></c><c r=\"B5\"><v>0.10000000000000001</v></c><c s=\"2\"><v>45943</v></c></row>\
        <row><c><v>440301199001011234</v></c><c t=\"e\"><v>#N/A</v></c><c t=\"s\"><v>9</v></c></row>\
        <row r=\"9\"><c r=\"D9\" t=\"inlineStr\"><is><t>far _x0041_</t></is></c></row>\
        <row><c r=\"A10\" s=\"1\"/></row>\
        <row><c t=\"b\"><v>1</v></c><c s=\"1\"><v>-1</v></c><c t=\"weird\"><v>1</v></c></row>";
    check(
        workbook(sheet, strings),
        &Options::default(),
        "name||a&b中\n1@5 rich text|0.1|2025-10-13\n\
         2@6 440301199001011234|| !cell_error(column=2 value=#N/A) !cell_unreadable(column=3)\n\
         3@9 |||far A !row_long(expected=3 found=4)\n\
         4@11 true|| !number_out_of_range(column=2) !cell_unreadable(column=3)",
    );
}

#[test]
fn sheets_are_chosen_by_name() {
    let bytes = workbook("<row><c><v>1</v></c></row>", "");
    assert_eq!(open(bytes.clone(), &Options::default()).unwrap().sheets(), ["One", "二"]);
    let sheet =
        |name: &str| Options { sheet: Some(name.into()), header: false, ..Options::default() };
    check(bytes.clone(), &sheet("One"), "A\n1@1 1");
    check(bytes.clone(), &sheet("二"), "A\n1@1 zwei");
    check(bytes.clone(), &sheet("Secret"), "file_sheet_unknown [(\"name\", \"Secret\")]");
    check(workbook("", ""), &Options::default(), "file_empty []");
}

#[test]
fn other_zips_are_named() {
    for (parts, found) in [
        (&[("a.txt", "x")][..], "zip"),
        (&[("[Content_Types].xml", ""), ("word/document.xml", "")], "zip"),
        (&[("mimetype", ""), ("content.xml", "")], "ods"),
        (&[("[Content_Types].xml", ""), ("xl/workbook.bin", "")], "xlsb"),
    ] {
        let error = open(zip(parts), &Options::default()).err().unwrap();
        assert!(
            matches!(error, FormatError::UnknownKind { found: name } if name == found),
            "{error}"
        );
    }
}

#[test]
fn bombs_are_refused() {
    #[track_caller]
    fn refused(bytes: Vec<u8>, limits: Limits, code: &str) {
        let options = Options { limits, ..Options::default() };
        let error = open(bytes, &options).and_then(|table| table.collect::<Result<Vec<_>, _>>());
        assert_eq!(error.err().map(|error| error.code()), Some(code));
    }
    let defaults = Limits::default();
    let big = " ".repeat(2 << 20);
    let with = |name, text: &str| zip(&[("[Content_Types].xml", CONTENT_TYPES), (name, text)]);
    refused(with("xl/big.xml", &big), defaults, "file_packed_too_tight");
    refused(
        with("xl/big.xml", &big),
        Limits { unpacked_bytes_max: 1 << 20, ..defaults },
        "file_unpacked_too_large",
    );
    refused(with("xl/a.xml", ""), Limits { entries_max: 1, ..defaults }, "file_too_many_entries");
    refused(with("../../etc/passwd", ""), defaults, "file_entry_outside");
    // The writer of this test takes a leading slash away, so it is put in by hand.
    let mut absolute = with("%etc/passwd", "");
    absolute.iter_mut().filter(|byte| **byte == b'%').for_each(|byte| *byte = b'/');
    refused(absolute, defaults, "file_entry_outside");
    let invalid = "file_workbook_invalid";
    refused(with("x", ""), defaults, invalid);
    let entities =
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><si><t>&b;</t></si>";
    refused(workbook("", entities), defaults, invalid);
    refused(workbook("", "<si><t>&b;</t></si>"), defaults, invalid);
    refused(workbook(&"<x>".repeat(100), ""), defaults, invalid);
    refused(workbook("<row><c><v>1</v></c></row><row>", ""), defaults, invalid);
    let many = "<si><t>x</t></si>".repeat(300);
    refused(
        workbook("", &many),
        Limits { strings_bytes_max: 1000, ..defaults },
        "file_unpacked_too_large",
    );
    let long = format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", "x".repeat(3000));
    refused(workbook(&long, ""), Limits { line_bytes_max: 2000, ..defaults }, invalid);
    let wide = "<row><c r=\"XFD1\"><v>1</v></c></row>";
    refused(workbook(wide, ""), defaults, "file_too_many_columns");
}

/// The declared size is a lie: the part unpacks to more.
#[test]
fn a_part_gives_no_more_than_it_declares() {
    let rows = "<row><c><v>1</v></c></row>".repeat(1000);
    let mut bytes = workbook(&rows, "");
    let name = b"xl/worksheets/one.xml";
    let central = bytes.windows(name.len()).rposition(|window| window == name).unwrap() - 46;
    assert_eq!(&bytes[central..central + 4], b"PK\x01\x02");
    bytes[central + 24..central + 28].copy_from_slice(&100_u32.to_le_bytes());
    let result = open(bytes, &Options::default()).and_then(|table| table.count_rows());
    assert_eq!(result.err().map(|error| error.code()), Some("file_workbook_invalid"));
}

/// What we write, another reader reads the same: texts are texts, never formulas.
#[test]
fn others_read_what_we_write() {
    let long = "长".repeat(40_000);
    let cells = vec![
        Cell::text("=1+1"),
        Cell::Number("-12.50".into()),
        Cell::Number("440301199001011234".into()),
        Cell::Bool(true),
        Cell::Date(date(2024, 2, 29)),
        Cell::DateTime(date(2024, 2, 29).at(13, 5, 6, 0)),
        Cell::Date(date(1899, 12, 31)),
        Cell::List(vec!["a".into(), "b".into()]),
        Cell::text(long.as_str()),
    ];
    let headers = ["text", "number", "id", "flag", "day", "moment", "old", "list", "long"];
    let options = WriteOptions { sheet: "客户:[1]'".into(), ..WriteOptions::default() };
    let bytes = written(Kind::Xlsx, &headers, &[cells], &options);
    let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    assert_eq!(book.sheet_names(), ["客户1"]);
    assert!(book.worksheet_formula("客户1").unwrap().is_empty());
    let range = book.worksheet_range("客户1").unwrap();
    let row: Vec<_> = range.rows().nth(1).unwrap().to_vec();
    assert_eq!(row[0], Data::String("=1+1".into()));
    assert_eq!(row[1], Data::Float(-12.5));
    assert_eq!(row[2], Data::String("440301199001011234".into()));
    assert_eq!(row[3], Data::Bool(true));
    assert!(
        matches!(row[4], Data::DateTime(at) if at.to_ymd_hms_milli() == (2024, 2, 29, 0, 0, 0, 0))
    );
    assert!(
        matches!(row[5], Data::DateTime(at) if at.to_ymd_hms_milli() == (2024, 2, 29, 13, 5, 6, 0))
    );
    assert_eq!(row[6], Data::String("1899-12-31".into()));
    assert_eq!(row[7], Data::String("a; b".into()));
    assert!(matches!(&row[8], Data::String(text) if text.chars().count() == 32_767));
    let table = open(bytes, &Options::default()).unwrap();
    assert_eq!(table.headers(), headers);
}
