//! A field's value, whatever its kind. Not how it is stored (see `store`) or written in JSON (see `fields`).

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use uuid::Uuid;

/// The value of one field of one record.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nothing: an empty field.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number; durations are in seconds.
    Int(i64),
    /// An exact decimal: money, percent, quantity. Never a float.
    Decimal(Decimal),
    /// Text, e-mail, phone (E.164), url, or the code of a choice.
    Text(String),
    /// A calendar day, without a time zone.
    Date(Date),
    /// A moment, UTC, to the microsecond.
    Instant(Timestamp),
    /// The id of a linked record.
    Id(Uuid),
    /// A record of any object: the object's name and the id.
    Any(String, Uuid),
    /// Ids of several linked records, sorted, without repeats.
    Ids(Vec<Uuid>),
    /// Several choice codes, sorted, without repeats.
    Texts(Vec<String>),
}

impl Value {
    /// Whether the field is empty: null, the empty text or no elements.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Null => true,
            Value::Text(text) => text.is_empty(),
            Value::Ids(ids) => ids.is_empty(),
            Value::Texts(texts) => texts.is_empty(),
            _ => false,
        }
    }

    /// The text, when this is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The linked id, when this is a link (to one object or to any).
    pub fn as_id(&self) -> Option<Uuid> {
        match self {
            Value::Id(id) | Value::Any(_, id) => Some(*id),
            _ => None,
        }
    }

    /// The whole number, when this is one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The number as an exact decimal, when this is a number of any kind.
    pub fn as_decimal(&self) -> Option<Decimal> {
        match self {
            Value::Decimal(number) => Some(*number),
            Value::Int(number) => Some(Decimal::from(*number)),
            _ => None,
        }
    }

    /// Whether this is a yes.
    pub fn is_yes(&self) -> bool {
        matches!(self, Value::Bool(true))
    }

    /// The day, when this is one.
    pub fn as_date(&self) -> Option<Date> {
        match self {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The moment, when this is one.
    pub fn as_instant(&self) -> Option<Timestamp> {
        match self {
            Value::Instant(at) => Some(*at),
            _ => None,
        }
    }

    /// A sorted set of ids without repeats.
    pub fn ids(mut ids: Vec<Uuid>) -> Value {
        ids.sort_unstable();
        ids.dedup();
        Value::Ids(ids)
    }

    /// A sorted set of choice codes without repeats.
    pub fn texts(mut texts: Vec<String>) -> Value {
        texts.sort_unstable();
        texts.dedup();
        Value::Texts(texts)
    }
}

macro_rules! value_from {
    ($($from:ty => $variant:ident),* $(,)?) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Value {
                Value::$variant(value.into())
            }
        }
    )*};
}
value_from! {
    bool => Bool, i64 => Int, i32 => Int, u32 => Int, Decimal => Decimal, String => Text, &str => Text,
    Date => Date, Timestamp => Instant, Uuid => Id,
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}
