//! Writes vCard 4.0 (RFC 6350), one card a row.

use super::VCARD_COLUMNS;
use super::text::{escape, fold, joined_name};
use crate::cell::Cell;
use crate::error::FormatError;
use std::io::{self, BufWriter, Write};

pub(crate) struct CardWriter<W: Write> {
    sink: BufWriter<W>,
    /// For each column of a card the position of its cell in a row.
    positions: [Option<usize>; VCARD_COLUMNS.len()],
}

impl<W: Write> CardWriter<W> {
    /// `headers` are some of [`VCARD_COLUMNS`], in any order.
    pub fn new(sink: W, headers: &[String]) -> Result<Self, FormatError> {
        if let Some(name) = headers.iter().find(|name| !VCARD_COLUMNS.contains(&name.as_str())) {
            return Err(FormatError::ColumnUnknown { name: name.clone() });
        }
        let positions = VCARD_COLUMNS.map(|column| headers.iter().position(|name| name == column));
        Ok(Self { sink: BufWriter::new(sink), positions })
    }

    pub fn write(&mut self, cells: &[Cell]) -> io::Result<()> {
        let cell = |column: &str| {
            let index = VCARD_COLUMNS.iter().position(|name| *name == column)?;
            cells.get(self.positions[index]?).filter(|cell| !cell.is_empty())
        };
        let text = |column: &str| escape(&cell(column).map(Cell::as_text).unwrap_or_default());
        let joined =
            |columns: &[&str]| columns.iter().map(|name| text(name)).collect::<Vec<_>>().join(";");
        let mut lines = vec!["BEGIN:VCARD".to_owned(), "VERSION:4.0".to_owned()];
        let mut add = |head: &str, value: String| {
            if value.bytes().any(|byte| byte != b';') {
                lines.push(format!("{head}:{value}"));
            }
        };
        // A card must have a name.
        let joined_names = joined_name(&text("family_name"), &text("given_name"));
        let others = ["organization", "email", "phone", "mobile"].map(text);
        let full_name = [text("full_name"), joined_names].into_iter().chain(others);
        add(
            "FN",
            full_name.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| "-".to_owned()),
        );
        let name = joined(&["family_name", "given_name"]);
        add("N", if name == ";" { name } else { format!("{name};;;") });
        let (organization, department) = (text("organization"), text("department"));
        add(
            "ORG",
            if department.is_empty() {
                organization
            } else {
                format!("{organization};{department}")
            },
        );
        add("TITLE", text("title"));
        add("EMAIL;PREF=1", text("email"));
        add("EMAIL", text("email_2"));
        add("TEL;TYPE=voice", text("phone"));
        add("TEL;TYPE=cell", text("mobile"));
        let address = ["street", "city", "region", "postal_code", "country"];
        let address = address.map(|part| text(&format!("address_{part}"))).join(";");
        add("ADR", format!(";;{address}"));
        add("URL", text("url"));
        add("NOTE", text("note"));
        add(
            "BDAY",
            match cell("birthday") {
                Some(Cell::Date(date)) => date.strftime("%Y%m%d").to_string(),
                _ => text("birthday"),
            },
        );
        add(
            "CATEGORIES",
            match cell("categories") {
                Some(Cell::List(items)) => {
                    items.iter().map(|item| escape(item)).collect::<Vec<_>>().join(",")
                }
                _ => text("categories"),
            },
        );
        lines.push("END:VCARD".to_owned());
        lines.iter().try_for_each(|line| self.sink.write_all(fold(line).as_bytes()))
    }

    pub fn finish(mut self) -> io::Result<()> {
        self.sink.flush()
    }
}
