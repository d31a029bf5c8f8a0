//! One value of a row as both databases hold it, and its way from and to the values of the model.

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use model::fields::Column;
use model::{Field, Kind, Uuid, Value};
use rust_decimal::Decimal;

/// One value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// SQL NULL.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A 64-bit whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// An id.
    Uuid(Uuid),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Cell {
    /// The whole number; 0 for anything else.
    pub fn int(&self) -> i64 {
        match self {
            Cell::Int(number) => *number,
            Cell::Bool(yes) => i64::from(*yes),
            _ => 0,
        }
    }

    /// The id.
    pub fn id(&self) -> Option<Uuid> {
        match self {
            Cell::Uuid(id) => Some(*id),
            _ => None,
        }
    }

    /// The text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text, given away; empty for anything else.
    pub fn into_text(self) -> String {
        match self {
            Cell::Text(text) => text,
            _ => String::new(),
        }
    }
}

/// One value of a row that is looked at where it lies.
#[derive(Debug, Clone, PartialEq)]
pub enum CellRef<'r> {
    /// SQL NULL.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A 64-bit whole number; of a yes or no on SQLite, 1 or 0.
    Int(i64),
    /// Text.
    Text(Cow<'r, str>),
    /// An id.
    Uuid(Uuid),
    /// Bytes.
    Bytes(&'r [u8]),
}

impl CellRef<'_> {
    /// The value that it is in this field.
    pub fn value(&self, field: &Field) -> Value {
        to_value(field, self.to_cell())
    }

    fn to_cell(&self) -> Cell {
        match self {
            CellRef::Null => Cell::Null,
            CellRef::Bool(yes) => Cell::Bool(*yes),
            CellRef::Int(number) => Cell::Int(*number),
            CellRef::Text(text) => Cell::Text(text.clone().into_owned()),
            CellRef::Uuid(id) => Cell::Uuid(*id),
            CellRef::Bytes(bytes) => Cell::Bytes(bytes.to_vec()),
        }
    }
}

impl<'r> From<&'r Cell> for CellRef<'r> {
    fn from(cell: &'r Cell) -> CellRef<'r> {
        match cell {
            Cell::Null => CellRef::Null,
            Cell::Bool(yes) => CellRef::Bool(*yes),
            Cell::Int(number) => CellRef::Int(*number),
            Cell::Text(text) => CellRef::Text(Cow::Borrowed(text)),
            Cell::Uuid(id) => CellRef::Uuid(*id),
            Cell::Bytes(bytes) => CellRef::Bytes(bytes),
        }
    }
}

/// A row whose cells are looked at one by one, where the database has them.
pub(crate) trait Cells {
    /// The cell of the column at `index`; NULL where there is none.
    fn cell(&self, index: usize) -> CellRef<'_>;
}

impl Cells for Vec<Cell> {
    fn cell(&self, index: usize) -> CellRef<'_> {
        self.get(index).map_or(CellRef::Null, CellRef::from)
    }
}

const EPOCH: Date = Date::constant(1970, 1, 1);

/// Days since 1970-01-01.
pub(crate) fn days(date: Date) -> i64 {
    i64::from(date.duration_since(EPOCH).as_hours() as i32 / 24)
}

fn date(days: i64) -> Option<Date> {
    EPOCH.checked_add(days.days()).ok()
}

fn scaled(number: Decimal, scale: u32) -> Cell {
    let mut number = number.round_dp(scale);
    number.rescale(scale);
    i64::try_from(number.mantissa()).map_or(Cell::Null, Cell::Int)
}

/// The cells of one field's value: one a column.
pub(crate) fn to_cells(field: &Field, value: &Value) -> Vec<Cell> {
    if let Kind::AnyLink(_) = field.value_kind() {
        return match value {
            Value::Any(object, id) => vec![Cell::Text(object.clone()), Cell::Uuid(*id)],
            _ => vec![Cell::Null, Cell::Null],
        };
    }
    vec![to_cell(field, value)]
}

/// The cell of one value as this field keeps it.
pub(crate) fn to_cell(field: &Field, value: &Value) -> Cell {
    match value {
        Value::Null | Value::Ids(_) | Value::Texts(_) => Cell::Null,
        Value::Bool(yes) => Cell::Bool(*yes),
        Value::Int(number) => match field.value_kind() {
            Kind::Decimal(_) | Kind::Money(_) | Kind::Percent(_) => {
                scaled(Decimal::from(*number), field.kind().scale())
            }
            _ => Cell::Int(*number),
        },
        Value::Decimal(number) => scaled(*number, field.kind().scale()),
        Value::Text(text) => Cell::Text(text.clone()),
        Value::Date(date) => Cell::Int(days(*date)),
        Value::Instant(at) => Cell::Int(at.as_microsecond()),
        Value::Id(id) | Value::Any(_, id) => Cell::Uuid(*id),
    }
}

/// The value that `cell` is in this field.
pub(crate) fn to_value(field: &Field, cell: Cell) -> Value {
    match cell {
        Cell::Null | Cell::Bytes(_) => Value::Null,
        Cell::Bool(yes) => Value::Bool(yes),
        Cell::Text(text) => Value::Text(text),
        Cell::Uuid(id) => Value::Id(id),
        Cell::Int(number) => match field.value_kind() {
            Kind::Decimal(_) | Kind::Money(_) | Kind::Percent(_) => {
                Decimal::try_from_i128_with_scale(i128::from(number), field.kind().scale())
                    .map_or(Value::Null, |number| Value::Decimal(number.normalize()))
            }
            Kind::Date(_) => date(number).map_or(Value::Null, Value::Date),
            Kind::Instant(_) => {
                Timestamp::from_microsecond(number).map_or(Value::Null, Value::Instant)
            }
            Kind::YesNo(_) => Value::Bool(number != 0),
            _ => Value::Int(number),
        },
    }
}

/// A value as it would read back from the store: scaled and normal.
pub(crate) fn round_trip(field: &Field, value: &Value) -> Value {
    match value {
        Value::Any(..) | Value::Ids(_) | Value::Texts(_) => value.clone(),
        _ => to_value(field, to_cell(field, value)),
    }
}

/// The type a column's cells have, for reading rows of a database that does not say.
pub(crate) fn typed(column: Column, cell: Cell) -> Cell {
    match (column, cell) {
        (Column::Bool, Cell::Int(number)) => Cell::Bool(number != 0),
        (Column::Uuid, Cell::Bytes(bytes)) => {
            Uuid::from_slice(&bytes).map_or(Cell::Null, Cell::Uuid)
        }
        (_, cell) => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn days_go_and_come_back() {
        for date in [
            day(1000, 1, 1),
            day(1969, 12, 31),
            day(1970, 1, 1),
            day(2026, 11, 23),
            day(9999, 12, 31),
        ] {
            assert_eq!(super::date(days(date)), Some(date));
        }
        assert_eq!(days(day(1970, 1, 2)), 1);
    }
}
