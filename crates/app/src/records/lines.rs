//! Rows of a list as the text of JSON, written straight from the database's cells: what `Shape::json` says, sooner.

use std::fmt::Write;

use jiff::Timestamp;
use model::access::{self, FieldAccess};
use model::fields::Setting;
use model::{Kind, Object};
use serde_json::Value as Json;
use store::{CellRef, Row};

use super::json::Shape;

/// How the records of one list are written for one reader.
pub struct Lines {
    parts: Vec<Part>,
}

struct Part {
    /// The field.
    index: usize,
    /// `"name":`.
    key: String,
    how: How,
}

/// How a cell becomes JSON.
#[derive(Debug, Clone, Copy)]
enum How {
    Text,
    Whole,
    YesNo,
    Id,
    Moment,
    Link,
    Masked,
    /// As the field's kind writes its value.
    Value,
}

impl Lines {
    /// How `shape` shows records; none when it shows what no row of the SELECT holds.
    pub fn of(shape: &Shape) -> Option<Lines> {
        let part = |index: &usize| {
            let field = &shape.object.fields[*index];
            if field.kind.is_set() || matches!(field.kind, Kind::AnyLink(_)) {
                return None;
            }
            let how = match (shape.access(*index), field.value_kind()) {
                (FieldAccess::Masked, _) => How::Masked,
                (_, Kind::Link(_)) if field.name == "id" => How::Id,
                (_, Kind::Link(_)) if matches!(field.kind, Kind::Link(_)) => How::Link,
                (_, kind) => how(kind),
            };
            Some(Part { index: *index, key: format!("{}:", quoted(&field.name)), how })
        };
        let parts: Option<Vec<Part>> = shape.fields.iter().map(part).collect();
        parts.map(|parts| Lines { parts })
    }

    /// Writes one record.
    pub fn write(&self, out: &mut String, object: &Object, setting: &Setting, row: &Row) {
        let mut masked = Vec::new();
        out.push('{');
        for (number, part) in self.parts.iter().enumerate() {
            if number > 0 {
                out.push(',');
            }
            out.push_str(&part.key);
            let field = &object.fields[part.index];
            match (part.how, row.cell(part.index)) {
                (_, CellRef::Null) => {
                    write_json(out, &field.kind().write_json(&model::Value::Null, setting))
                }
                (How::Text, CellRef::Text(text)) => write_text(out, &text),
                (How::Whole, CellRef::Int(number)) => put(out, format_args!("{number}")),
                (How::YesNo, CellRef::Int(number)) => put(out, format_args!("{}", number != 0)),
                (How::Id, CellRef::Uuid(id)) => put(out, format_args!("\"{id}\"")),
                (How::Moment, CellRef::Int(micros)) => match Timestamp::from_microsecond(micros) {
                    Ok(at) => put(out, format_args!("\"{at}\"")),
                    Err(_) => out.push_str("null"),
                },
                (How::Link, CellRef::Uuid(id)) => {
                    put(out, format_args!("{{\"id\":\"{id}\",\"title\":"));
                    write_title(out, &row.title(part.index));
                    out.push('}');
                }
                (How::Masked, cell) => {
                    masked.push(field.name.as_str());
                    let cover = access::mask(&cell.value(field));
                    write_json(out, &cover.as_text().map_or(Json::Null, Json::from));
                }
                (_, cell) => write_json(out, &field.kind().write_json(&cell.value(field), setting)),
            }
        }
        if !masked.is_empty() {
            out.push_str(",\"_masked\":");
            write_json(out, &Json::from(masked));
        }
        out.push('}');
    }
}

fn how(kind: &Kind) -> How {
    match kind {
        Kind::Text(_)
        | Kind::LongText(_)
        | Kind::Email(_)
        | Kind::Phone(_)
        | Kind::Url(_)
        | Kind::Choice(_)
        | Kind::AutoNumber(_) => How::Text,
        Kind::Number(_) | Kind::Duration(_) => How::Whole,
        Kind::YesNo(_) => How::YesNo,
        Kind::Instant(_) => How::Moment,
        _ => How::Value,
    }
}

fn write_title(out: &mut String, title: &CellRef) {
    match title {
        CellRef::Null => out.push_str("null"),
        CellRef::Text(text) => write_text(out, text),
        CellRef::Int(number) => put(out, format_args!("\"{number}\"")),
        _ => out.push_str("\"\""),
    }
}

fn put(out: &mut String, what: std::fmt::Arguments) {
    out.write_fmt(what).expect("a String takes whatever is written");
}

fn write_json(out: &mut String, json: &Json) {
    match json {
        Json::Null => out.push_str("null"),
        Json::String(text) => write_text(out, text),
        other => put(out, format_args!("{other}")),
    }
}

/// Writes `text` between quotes; what JSON does not allow in it is escaped.
fn write_text(out: &mut String, text: &str) {
    let is_plain = |byte: &u8| *byte >= 0x20 && *byte != b'"' && *byte != b'\\';
    if text.as_bytes().iter().all(is_plain) {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&quoted(text));
    }
}

fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}
