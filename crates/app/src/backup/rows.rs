//! Rows of tables as lines of JSON: an array with one value a column, bytes in base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use model::Uuid;
use model::fields::Column;
use serde_json::Value as Json;
use store::{Cell, CopiedTable};

/// What a column holds, as the manifest names it.
pub fn type_name(column: Column) -> &'static str {
    match column {
        Column::Int => "int",
        Column::Text => "text",
        Column::Uuid => "uuid",
        Column::Bool => "bool",
        Column::Bytes => "bytes",
    }
}

/// One row as a line, without its end.
pub fn write(table: &CopiedTable, row: &[Cell]) -> Json {
    row.iter().zip(&table.columns).map(|(cell, (_, column))| write_cell(*column, cell)).collect()
}

fn write_cell(column: Column, cell: &Cell) -> Json {
    match (column, cell) {
        (_, Cell::Null) => Json::Null,
        (_, Cell::Bool(yes)) => Json::from(*yes),
        (_, Cell::Int(number)) => Json::from(*number),
        (_, Cell::Text(text)) => Json::from(text.as_str()),
        // Sixteen bytes look like an id to a database that keeps both alike.
        (Column::Bytes, Cell::Uuid(id)) => Json::from(STANDARD.encode(id.as_bytes())),
        (_, Cell::Uuid(id)) => Json::from(id.to_string()),
        (_, Cell::Bytes(bytes)) => Json::from(STANDARD.encode(bytes)),
    }
}

/// The row on a line; none when it is not one of `columns`.
pub fn read(columns: &[Column], line: &str) -> Option<Vec<Cell>> {
    let row: Vec<Json> = serde_json::from_str(line).ok()?;
    if row.len() != columns.len() {
        return None;
    }
    row.iter().zip(columns).map(|(json, column)| read_cell(*column, json)).collect()
}

fn read_cell(column: Column, json: &Json) -> Option<Cell> {
    Some(match (column, json) {
        (_, Json::Null) => Cell::Null,
        (Column::Int, json) => Cell::Int(json.as_i64()?),
        (Column::Bool, json) => Cell::Bool(json.as_bool()?),
        (Column::Text, json) => Cell::Text(json.as_str()?.to_owned()),
        (Column::Uuid, json) => Cell::Uuid(Uuid::parse_str(json.as_str()?).ok()?),
        (Column::Bytes, json) => Cell::Bytes(STANDARD.decode(json.as_str()?).ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_read_back_as_they_were() {
        let columns =
            [Column::Uuid, Column::Int, Column::Bool, Column::Text, Column::Bytes, Column::Text];
        let named = columns.iter().map(|column| (String::new(), *column)).collect();
        let table = CopiedTable { name: "t".to_owned(), columns: named, key: vec![0] };
        let id = Uuid::from_u128(7);
        let text = Cell::Text("行\n\"1\"\u{2028}".to_owned());
        let row = [
            Cell::Uuid(id),
            Cell::Int(i64::MIN),
            Cell::Bool(true),
            text,
            Cell::Bytes(vec![0, 255]),
            Cell::Null,
        ];
        let line = write(&table, &row).to_string();
        assert!(!line.contains('\n'));
        assert_eq!(read(&columns, &line), Some(row.to_vec()));
        assert_eq!(
            write_cell(Column::Bytes, &Cell::Uuid(id)),
            write_cell(Column::Bytes, &Cell::Bytes(id.as_bytes().to_vec()))
        );
        assert_eq!(read(&columns[..2], &line), None);
        assert_eq!(read(&[Column::Int], "[1.5]"), None);
    }
}
