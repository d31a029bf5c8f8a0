//! CSV as the world writes it.

use crate::{check, open, shown};
use formats::{Kind, Limits, Options};
use proptest::prelude::*;
use std::io::Write;

fn csv() -> Options {
    Options { kind: Some(Kind::Csv), ..Options::default() }
}

#[test]
fn quotes_and_line_ends() {
    check("a,b\n1,2\n", &csv(), "a|b\n1@2 1|2");
    check("a,b\r\n1,2", &csv(), "a|b\n1@2 1|2");
    check("a,b\r1,2\r\r3,4\r", &csv(), "a|b\n1@2 1|2\n2@4 3|4");
    check("\n\na,b\n\n1,2\n\n", &csv(), "a|b\n1@5 1|2");
    check("a,b\n\"x\ny\",\"say \"\"hi\"\"\"\n3,4\n", &csv(), "a|b\n1@2 x\ny|say \"hi\"\n2@4 3|4");
    check("a,b\n\"x\r\ny\",\"\"\n3,4\n", &csv(), "a|b\n1@2 x\r\ny|\n2@4 3|4");
    check("a,b\n 1 , \"2\" \n", &csv(), "a|b\n1@2  1 | \"2\" ");
    check("a,b\nit's 5\" wide,x\n", &csv(), "a|b\n1@2 it's 5\" wide|x");
}

#[test]
fn broken_quotes_cost_one_row() {
    check(
        "a,b\n1,\"open\n2,x\n3,y\n",
        &csv(),
        "a|b\n1@2 1|\"open !quote_unclosed()\n2@3 2|x\n3@4 3|y",
    );
    check("a,b\n\"x\"y,2\n3,4\n", &csv(), "a|b\n1@2 xy|2 !quote_stray(column=1)\n2@3 3|4");
    check("\"a,b\n1,2\n", &csv(), "\"a|b\n1@2 1|2");
    check("\"", &csv(), "\"");
    check("a\n\"", &csv(), "a\n1@2 \" !quote_unclosed()");
}

#[test]
fn ragged_rows_are_reported() {
    check(
        "a,b\n1\n1,2,3\n1,2,,\n,\n",
        &csv(),
        "a|b\n1@2 1| !row_short(expected=2 found=1)\n2@3 1|2|3 !row_long(expected=2 found=3)\n\
         3@4 1|2\n4@5 |",
    );
}

#[test]
fn bad_characters_are_reported() {
    check("a,b\nx\0y,1\n", &csv(), "a|b\n1@2 x\0y|1 !nul(column=1)");
    let mut bytes = "客户,备注\n上海云帆科技有限公司,重要\n".as_bytes().to_vec();
    bytes.extend_from_slice(b"x,\xff\n1,2\n");
    check(
        bytes,
        &csv(),
        "客户|备注\n1@2 上海云帆科技有限公司|重要\n2@3 x|\u{fffd} !invalid_text(column=2)\n3@4 1|2",
    );
}

#[test]
fn limits_cost_one_row() {
    let limits =
        Limits { columns_max: 3, cell_chars_max: 5, line_bytes_max: 20, ..Limits::default() };
    let options = Options { limits, ..csv() };
    check(
        "a,b\n123456,2\n1,2,3,4\n1,22222222222222222222222222\n\"1\n2\n3\n4\n5\n6\n7\n8\n9\n10\"\n1,2\n",
        &Options { limits, ..csv() },
        "a|b\n1@2 12345|2 !cell_too_long(column=1 chars_max=5)\n\
         2@3 1|2|3 !too_many_columns(columns_max=3) !row_long(expected=2 found=3)\n\
         3@4 | !line_too_long(bytes_max=20)\n\
         4@5 \"1| !quote_unclosed() !row_short(expected=2 found=1)\n\
         5@6 2| !row_short(expected=2 found=1)\n6@7 3| !row_short(expected=2 found=1)\n\
         7@8 4| !row_short(expected=2 found=1)\n8@9 5| !row_short(expected=2 found=1)\n\
         9@10 6| !row_short(expected=2 found=1)\n10@11 7| !row_short(expected=2 found=1)\n\
         11@12 8| !row_short(expected=2 found=1)\n12@13 9| !row_short(expected=2 found=1)\n\
         13@14 10\"| !row_short(expected=2 found=1)\n14@15 1|2",
    );
    check("a,b,c,d\n", &options, "file_too_many_columns [(\"columns_max\", \"3\")]");
    let header = format!("{}\n1\n", "a".repeat(30));
    check(header, &options, "file_header_too_long [(\"bytes_max\", \"20\")]");
}

#[test]
fn files_that_are_no_table() {
    for (bytes, expected) in [
        (&b""[..], "file_empty []"),
        (b"\n\r\n\n", "file_empty []"),
        (b"\xef\xbb\xbf", "file_empty []"),
        (b"%PDF-1.7", "file_kind_unknown [(\"found\", \"pdf\")]"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_kind_unknown [(\"found\", \"xls\")]"),
        (b"<html><table>", "file_kind_unknown [(\"found\", \"html\")]"),
        (b"PK\x05\x06\0\0\0\0", "file_kind_unknown [(\"found\", \"zip\")]"),
        (b"PK\x03\x04 not really", "file_packing_damaged []"),
        (b"\x1f\x8b\x08\0 not really", "file_packing_damaged []"),
    ] {
        check(bytes, &Options::named("people.csv"), expected);
    }
    let binary: Vec<u8> = (0..4000_u32).map(|n| (n * n % 251) as u8).collect();
    check(binary, &Options::default(), "file_kind_unknown [(\"found\", \"binary\")]");
    let options = Options { encoding: Some("klingon".into()), ..csv() };
    check("a", &options, "file_encoding_unknown [(\"name\", \"klingon\")]");
}

#[test]
fn encodings_and_delimiters_are_found() {
    let text = "姓名;城市;备注\n李雷;北京;\"重要;客户\"\n韩梅梅;上海;需要回访\n";
    let rows = "姓名|城市|备注\n1@2 李雷|北京|重要;客户\n2@3 韩梅梅|上海|需要回访";
    let utf_16: Vec<u16> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).collect();
    let gb = encoding_rs::GB18030.encode(text).0.into_owned();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), "UTF-8"),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "UTF-8"),
        (gb.clone(), "gb18030"),
        (utf_16.iter().flat_map(|unit| unit.to_le_bytes()).collect(), "UTF-16LE"),
        (utf_16.iter().flat_map(|unit| unit.to_be_bytes()).collect(), "UTF-16BE"),
        (packed(text.as_bytes()), "UTF-8"),
        (packed(&gb), "gb18030"),
    ] {
        let table = open(bytes.clone(), &Options::named("x.csv")).unwrap();
        let dialect = table.dialect().unwrap();
        assert_eq!((dialect.encoding, dialect.delimiter), (encoding, Some(b';')));
        check(bytes, &Options::named("x.csv"), rows);
    }
    check("sep=|\r\na|b,c\r\n1|2\r\n", &csv(), "a|b,c\n1@3 1|2");
    let tabs = Options { delimiter: Some(b'\t'), ..csv() };
    check("a,b\tc\n", &tabs, "a,b|c");
}

#[test]
fn a_file_without_header_has_letters() {
    let options = Options { header: false, ..csv() };
    check("1,2\n3,4\n", &options, "A|B\n1@1 1|2\n2@2 3|4");
    let wide = shown(format!("{}\n", ",".repeat(27)), &options);
    assert!(wide.starts_with("A|B|C|") && wide.contains("|Z|AA|AB\n"), "{wide}");
}

#[test]
fn reading_goes_on_where_it_stopped() {
    let text = "n\n".to_owned() + &(1..=1000).map(|n| format!("{n}\n")).collect::<String>();
    for header in [true, false] {
        let options = Options { header, ..csv() };
        let all: Vec<_> = open(text.clone(), &options).unwrap().map(Result::unwrap).collect();
        for skipped in [0, 1, 400, 999] {
            let mut table = open(text.clone(), &options).unwrap();
            assert_eq!(table.skip_rows(skipped).unwrap(), skipped);
            assert_eq!(
                table.sample(10).unwrap(),
                all[skipped as usize..].iter().take(10).cloned().collect::<Vec<_>>()
            );
        }
        assert_eq!(open(text.clone(), &options).unwrap().count_rows().unwrap(), all.len() as u64);
        assert_eq!(
            open(text.clone(), &options).unwrap().skip_rows(5000).unwrap(),
            all.len() as u64
        );
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

proptest! {
    /// The `csv` library as the oracle: what it writes, we read, and so does it.
    #[test]
    fn we_read_what_others_write(
        rows in prop::collection::vec(prop::collection::vec("[a-z,;\"'\\n\\r\\t 中é]{0,6}", 3), 1..8),
    ) {
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        writer.write_record(["a", "b", "c"]).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let bytes = writer.into_inner().unwrap();
        let options = Options { encoding: Some("utf-8".into()), delimiter: Some(b','), ..csv() };
        let read: Vec<Vec<String>> = open(bytes, &options).unwrap().map(|row| {
            let row = row.unwrap();
            assert_eq!(row.problems, []);
            row.cells.iter().map(|cell| cell.as_text().into_owned()).collect()
        }).collect();
        prop_assert_eq!(read, rows);
    }
}
