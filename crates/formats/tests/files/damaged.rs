//! Damaged files of every kind: whatever the bytes, reading ends with rows or an error, never with a panic.

use crate::{open, written};
use formats::{Cell, Kind, Limits, Options, VCARD_COLUMNS, WriteOptions};
use jiff::civil::date;
use proptest::prelude::*;
use proptest::sample::Index;
use std::sync::LazyLock;

/// Good files to damage.
static CORPUS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(corpus);

fn corpus() -> Vec<Vec<u8>> {
    let cells = vec![
        Cell::text("李雷, \"x\"\ny"),
        Cell::Number("-12.5".into()),
        Cell::Date(date(2024, 2, 29)),
        Cell::DateTime(date(2024, 2, 29).at(1, 2, 3, 0)),
        Cell::Bool(true),
    ];
    let headers = ["a", "b", "c", "d", "e"];
    let rows = vec![cells; 5];
    let card: Vec<_> = VCARD_COLUMNS.iter().map(|name| Cell::text(*name)).collect();
    let options = WriteOptions::default();
    let csv = written(Kind::Csv, &headers, &rows, &options);
    vec![
        written(Kind::Xlsx, &headers, &rows, &options),
        written(Kind::JsonLines, &headers, &rows, &options),
        written(Kind::VCard, &VCARD_COLUMNS, &[card.clone(), card], &options),
        encoding_rs::GB18030.encode(&String::from_utf8_lossy(&csv)).0.into_owned(),
        csv,
    ]
}

/// Reads to the end with tight limits and holds what a table promises.
fn read(bytes: Vec<u8>, kind: Option<Kind>) {
    let limits =
        Limits { columns_max: 20, cell_chars_max: 50, line_bytes_max: 2000, ..Limits::default() };
    let options = Options { kind, limits, strip_guard: true, ..Options::default() };
    let Ok(table) = open(bytes.clone(), &options) else { return };
    let columns = table.headers().len();
    let mut rows = 0;
    for row in table {
        let Ok(row) = row else { return };
        rows += 1;
        assert_eq!(row.number, rows);
        assert!(row.cells.len() >= columns && row.cells.len() <= 20.max(columns));
    }
    assert_eq!(open(bytes, &options).unwrap().count_rows().unwrap(), rows);
}

fn kinds() -> impl Strategy<Value = Option<Kind>> {
    let kinds = [Kind::Csv, Kind::Xlsx, Kind::VCard, Kind::JsonLines].map(Some);
    prop::sample::select([&kinds[..], &[None]].concat())
}

#[derive(Clone, Debug)]
enum Damage {
    Set(Index, u8),
    Cut(Index),
    Remove(Index, usize),
    Insert(Index, Vec<u8>),
}

fn damage() -> impl Strategy<Value = Damage> {
    let hostile = prop::sample::select(vec![
        &b"\0"[..],
        b"\"",
        b"\r",
        b"\xff\xfe",
        b"<",
        b"<!--",
        b"<!DOCTYPE",
        b"&x;",
        b"]]>",
        b"\xef\xbf\xbd",
        b"BEGIN:VCARD\n",
        b"END:VCARD\n",
        b"{",
        b"[[[[",
        b"=?=",
        b"PK\x05\x06",
        b",,,,,,,,,,,,,,,,,,,,,,,,",
    ]);
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        any::<Index>().prop_map(Damage::Cut),
        (any::<Index>(), 1_usize..50).prop_map(|(at, bytes)| Damage::Remove(at, bytes)),
        (any::<Index>(), hostile).prop_map(|(at, bytes)| Damage::Insert(at, bytes.to_vec())),
    ]
}

fn damaged(mut bytes: Vec<u8>, damage: &[Damage]) -> Vec<u8> {
    for one in damage {
        if bytes.is_empty() {
            return bytes;
        }
        match one {
            Damage::Set(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Damage::Cut(at) => bytes.truncate(at.index(bytes.len())),
            Damage::Remove(at, count) => {
                let at = at.index(bytes.len());
                bytes.drain(at..(at + count).min(bytes.len()));
            }
            Damage::Insert(at, more) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, more.iter().copied());
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn damaged_files(file in any::<Index>(), damage in prop::collection::vec(damage(), 1..6), kind in kinds()) {
        let file = CORPUS[file.index(CORPUS.len())].clone();
        read(damaged(file.clone(), &damage), None);
        read(damaged(file, &damage), kind);
    }

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..500), kind in kinds()) {
        read(bytes, kind);
    }

    #[test]
    fn random_text(text in "[a-z\"',;\\n\\r\\t{}\\[\\]:=<>&\\\\ \\x00李]{0,200}", kind in kinds()) {
        read(text.into_bytes(), kind);
    }

    /// The XML of a workbook damaged inside a sound zip.
    #[test]
    fn damaged_sheets(damage in prop::collection::vec(damage(), 1..6), part in any::<Index>()) {
        use std::io::{Cursor, Read, Write};
        let workbook = CORPUS[0].clone();
        let stored = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored);
        let mut old = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
        let chosen = part.index(old.len());
        let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..old.len() {
            let mut file = old.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            let bytes = if index == chosen { damaged(bytes, &damage) } else { bytes };
            new.start_file(file.name().unwrap(), stored).unwrap();
            new.write_all(&bytes).unwrap();
        }
        read(new.finish().unwrap().into_inner(), None);
    }
}
