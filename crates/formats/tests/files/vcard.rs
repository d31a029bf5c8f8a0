//! Cards as phones and mail programs write them.

use crate::open;
use formats::{Cell, Limits, Options, Row, VCARD_COLUMNS};
use jiff::civil::date;

fn rows(bytes: impl Into<Vec<u8>>) -> Vec<Row> {
    let table = open(bytes, &Options::named("contacts.vcf")).unwrap();
    assert_eq!(table.headers(), VCARD_COLUMNS);
    table.map(Result::unwrap).collect()
}

/// The cells that are not empty, by column.
fn filled(row: &Row) -> Vec<(&'static str, String)> {
    let cells = VCARD_COLUMNS.into_iter().zip(&row.cells);
    cells
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(name, cell)| (name, cell.as_text().into_owned()))
        .collect()
}

#[track_caller]
fn check(card: &str, expected: &[(&str, &str)]) {
    let rows = rows(card);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].problems, []);
    let expected: Vec<_> =
        expected.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    assert_eq!(filled(&rows[0]), expected);
}

#[test]
fn cards_of_all_versions() {
    check(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:李;雷;;;\r\nFN:李雷\r\nORG:云帆科技\\;上海;销售部\r\nTITLE:经理\r\n\
         item1.EMAIL;type=INTERNET;type=pref:li@example.com\r\nEMAIL:li.lei@example.org\r\n\
         TEL;type=CELL;type=VOICE:+86 138 0013 8000\r\nTEL;type=WORK:010-12345678\r\nTEL;type=FAX:010-1\r\n\
         ADR;type=WORK:;;南京路1号;上海;上海市;200001;中国\r\nURL:https://example.com\r\n\
         NOTE:第一行\\n第二行\\, \r\n 续\r\nBDAY:1990-01-02\r\nCATEGORIES:vip,老客户\r\n\
         PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\n SkZJRg==\r\nEND:VCARD\r\n",
        &[
            ("full_name", "李雷"),
            ("family_name", "李"),
            ("given_name", "雷"),
            ("organization", "云帆科技;上海"),
            ("department", "销售部"),
            ("title", "经理"),
            ("email", "li@example.com"),
            ("email_2", "li.lei@example.org"),
            ("phone", "010-12345678"),
            ("mobile", "+86 138 0013 8000"),
            ("address_street", "南京路1号"),
            ("address_city", "上海"),
            ("address_region", "上海市"),
            ("address_postal_code", "200001"),
            ("address_country", "中国"),
            ("url", "https://example.com"),
            ("note", "第一行\n第二行, 续"),
            ("birthday", "1990-01-02"),
            ("categories", "vip; 老客户"),
        ],
    );
    check(
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9D=8E;=E9=9B=\n=B7;;;\n\
         TEL;CELL:13800138000\nTEL;HOME;PREF:021\nEND:VCARD\n",
        &[
            ("full_name", "李雷"),
            ("family_name", "李"),
            ("given_name", "雷"),
            ("phone", "021"),
            ("mobile", "13800138000"),
        ],
    );
    check(
        "begin:vcard\nVERSION:2.1\nFN;CHARSET=GB2312;ENCODING=QUOTED-PRINTABLE:=C0=EE=C0=D7\nend:vcard\n",
        &[("full_name", "李雷")],
    );
    check(
        "BEGIN:VCARD\nVERSION:4.0\nN:Smith;Ann;;;\nTEL;VALUE=uri;TYPE=\"voice,home\":tel:+1-555\nBDAY:--0102\nEND:VCARD",
        &[
            ("full_name", "Ann Smith"),
            ("family_name", "Smith"),
            ("given_name", "Ann"),
            ("phone", "+1-555"),
            ("birthday", "--0102"),
        ],
    );
}

#[test]
fn birthdays_are_dates() {
    let row = &rows("BEGIN:VCARD\nBDAY:19900102T000000Z\nEND:VCARD\n")[0];
    assert_eq!(row.cells[17], Cell::Date(date(1990, 1, 2)));
}

#[test]
fn broken_cards_cost_one_row() {
    let text = "hello\nthere\nBEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\njunk\n\nBEGIN:VCARD\nnonsense\nFN:C\n";
    let shown: Vec<_> = rows(text)
        .iter()
        .map(|row| {
            let codes: Vec<_> = row.problems.iter().map(|problem| problem.code()).collect();
            (row.number, row.line, row.cells[0].as_text().into_owned(), codes.join(","))
        })
        .collect();
    let row =
        |number, line, name: &str, codes: &str| (number, line, name.to_owned(), codes.to_owned());
    assert_eq!(
        shown,
        [
            row(1, 1, "", "card_missing"),
            row(2, 3, "A", "card_unclosed"),
            row(3, 5, "B", ""),
            row(4, 8, "", "card_missing"),
            row(5, 10, "C", "card_unclosed"),
        ]
    );
}

#[test]
fn a_long_note_is_reported_and_a_long_photo_is_not() {
    let limits = Limits { line_bytes_max: 100, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let long = "x".repeat(300);
    let text = format!(
        "BEGIN:VCARD\nFN:A\nPHOTO:{long}\nEND:VCARD\nBEGIN:VCARD\nFN:B\nNOTE:{long}\nEND:VCARD\n"
    );
    let rows: Vec<_> = open(text, &options).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows[0].problems, []);
    assert_eq!(rows[1].problems[0].code(), "line_too_long");
}
