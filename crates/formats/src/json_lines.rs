//! JSON Lines: one flat object a line, each key a column; numbers pass through as they are written.

use crate::cell::{Cell, Row};
use crate::csv::read::check_text;
use crate::error::FormatError;
use crate::limits::Limits;
use crate::lines::Lines;
use crate::number::plain_number;
use crate::problem::Problem;
use crate::table::{Dialect, Opened, Rows, Text};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;
use std::io::{self, BufWriter, Read, Write};

/// Two passes: the columns are known only when every line has been seen, and no line is kept for it.
pub(crate) fn open(mut text: Text, dialect: Dialect) -> Result<Opened, FormatError> {
    let limits = text.limits;
    let headers = keys(text.look()?, &limits)?;
    let columns = headers.iter().enumerate().map(|(index, key)| (key.clone(), index)).collect();
    let lines = Lines::new(text.read()?, limits.line_bytes_max);
    let rows = Box::new(JsonRows { lines, columns, limits });
    Ok(Opened { headers, sheets: vec![], dialect: Some(dialect), rows })
}

/// Every key of every line, in the order in which they first appear. Bad lines are passed over: they
/// are reported as rows later.
fn keys(reader: impl Read, limits: &Limits) -> Result<Vec<String>, FormatError> {
    let mut lines = Lines::new(reader, limits.line_bytes_max);
    let mut seen = HashMap::new();
    while lines.advance()? {
        let Ok(keys) = serde_json::from_slice::<Keys>(lines.text()) else { continue };
        for key in keys.0 {
            let index = seen.len();
            seen.entry(key).or_insert(index);
        }
        if seen.len() > limits.columns_max {
            return Err(FormatError::TooManyColumns { columns_max: limits.columns_max });
        }
    }
    let mut keys: Vec<_> = seen.into_iter().collect();
    keys.sort_by_key(|(_, index)| *index);
    Ok(keys.into_iter().map(|(key, _)| key).collect())
}

struct JsonRows {
    lines: Lines<Box<dyn Read + Send>>,
    columns: HashMap<String, usize>,
    limits: Limits,
}

impl JsonRows {
    /// Goes on to the next line with anything on it.
    fn advance(&mut self) -> Result<bool, FormatError> {
        while self.lines.advance()? {
            if !self.lines.text().trim_ascii().is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Rows for JsonRows {
    fn next_row(&mut self) -> Result<Option<Row>, FormatError> {
        if !self.advance()? {
            return Ok(None);
        }
        let mut row = Row { line: self.lines.number(), ..Row::default() };
        row.cells.resize(self.columns.len(), Cell::Empty);
        if self.lines.is_too_long() {
            row.problems.push(Problem::LineTooLong { bytes_max: self.limits.line_bytes_max });
            return Ok(Some(row));
        }
        match serde_json::from_slice::<Fields>(self.lines.text()) {
            Ok(fields) => {
                for (key, value) in fields.0 {
                    let Some(&index) = self.columns.get(&key) else { continue };
                    row.cells[index] =
                        cell(value.get(), index + 1, &self.limits, &mut row.problems);
                }
            }
            Err(error) => {
                // The line is ours to tell; the parser sees each line as a file of its own.
                let reason = error.to_string();
                let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
                row.problems.push(Problem::JsonInvalid { reason });
            }
        }
        Ok(Some(row))
    }

    fn skip_row(&mut self) -> Result<bool, FormatError> {
        self.advance()
    }
}

fn cell(json: &str, column: usize, limits: &Limits, problems: &mut Vec<Problem>) -> Cell {
    let cell = match json.as_bytes().first() {
        Some(b'n') => return Cell::Empty,
        Some(b't') => return Cell::Bool(true),
        Some(b'f') => return Cell::Bool(false),
        Some(b'"') => serde_json::from_str(json)
            .ok()
            .map(|text: String| Cell::text(check_text(text, column, limits, problems))),
        Some(b'[') => serde_json::from_str(json).ok().map(Cell::List),
        Some(b'{') => None,
        _ => match plain_number(json) {
            Some(number) => return Cell::Number(number),
            None => {
                problems.push(Problem::NumberOutOfRange { column });
                return Cell::Empty;
            }
        },
    };
    cell.unwrap_or_else(|| {
        problems.push(Problem::JsonNested { column });
        Cell::Empty
    })
}

/// The keys of an object; its values are only checked.
struct Keys(Vec<String>);
/// The keys and raw values of an object, in order; of a repeated key the last one counts.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

struct ObjectVisitor<V>(std::marker::PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for ObjectVisitor<V> {
    type Value = Vec<(String, V)>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(entries)
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries: Vec<(String, IgnoredAny)> =
            deserializer.deserialize_map(ObjectVisitor(std::marker::PhantomData))?;
        Ok(Self(entries.into_iter().map(|(key, _)| key).collect()))
    }
}

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(std::marker::PhantomData)).map(Self)
    }
}

pub(crate) struct JsonLinesWriter<W: Write> {
    sink: BufWriter<W>,
    /// Each header as JSON, with its colon.
    keys: Vec<String>,
}

impl<W: Write> JsonLinesWriter<W> {
    pub fn new(sink: W, headers: &[String]) -> Self {
        let keys = headers.iter().map(|header| format!("{}:", string(header))).collect();
        Self { sink: BufWriter::with_capacity(64 << 10, sink), keys }
    }

    pub fn write(&mut self, cells: &[Cell]) -> io::Result<()> {
        for (index, (key, cell)) in self.keys.iter().zip(cells).enumerate() {
            self.sink.write_all(if index == 0 { b"{" } else { b"," })?;
            self.sink.write_all(key.as_bytes())?;
            let value = match cell {
                Cell::Empty => "null".to_owned(),
                Cell::Bool(yes) => yes.to_string(),
                Cell::Number(text) => plain_number(text).unwrap_or_else(|| string(text)),
                Cell::DateTime(at) => string(&at.to_string()),
                Cell::List(items) => {
                    format!(
                        "[{}]",
                        items.iter().map(|item| string(item)).collect::<Vec<_>>().join(",")
                    )
                }
                Cell::Text(_) | Cell::Date(_) => string(&cell.as_text()),
            };
            self.sink.write_all(value.as_bytes())?;
        }
        self.sink.write_all(if self.keys.is_empty() { b"{}\n" } else { b"}\n" })
    }

    pub fn finish(mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
