//! The types of formulas, and what values of one type have in common: equality, order, elements.

use std::cmp::Ordering;

use crate::value::Value;

/// The type of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// A whole number, decimal, money, percent or duration (in seconds).
    Number,
    /// Text, e-mail, phone, url or the code of a choice.
    Text,
    /// Yes or no.
    YesNo,
    /// A calendar day.
    Date,
    /// A moment.
    Instant,
    /// Links and lists: only to be compared, counted and looked among.
    Other,
}

impl Type {
    /// The type of a value; none for null, which goes with every type.
    pub fn of(value: &Value) -> Option<Type> {
        Some(match value {
            Value::Null => return None,
            Value::Int(_) | Value::Decimal(_) => Type::Number,
            Value::Text(_) => Type::Text,
            Value::Bool(_) => Type::YesNo,
            Value::Date(_) => Type::Date,
            Value::Instant(_) => Type::Instant,
            Value::Id(_) | Value::Any(..) | Value::Ids(_) | Value::Texts(_) => Type::Other,
        })
    }

    /// Whether its values have an order.
    pub fn is_ordered(self) -> bool {
        matches!(self, Type::Number | Type::Text | Type::Date | Type::Instant)
    }
}

/// Whether two values are the same; numbers by what they amount to, null like any value.
pub(super) fn equal(left: &Value, right: &Value) -> bool {
    match (left.as_decimal(), right.as_decimal()) {
        (Some(left), Some(right)) => left == right,
        _ => left == right,
    }
}

/// The order of two values of one ordered type; none for others. Texts go by code point, as in CEL.
pub(super) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        (Value::Instant(left), Value::Instant(right)) => Some(left.cmp(right)),
        _ => Some(left.as_decimal()?.cmp(&right.as_decimal()?)),
    }
}

/// The elements of a list; a link is a list of one, null has none. None for what is no list.
pub(super) fn elements(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::Texts(texts) => Some(texts.iter().cloned().map(Value::Text).collect()),
        Value::Ids(ids) => Some(ids.iter().copied().map(Value::Id).collect()),
        Value::Id(_) | Value::Any(..) => Some(vec![value.clone()]),
        _ => None,
    }
}
