//! The operators of conditions, and what each means for values in memory (the store says it in SQL).

use std::cmp::Ordering;

use super::Operand;
use crate::value::Value;

/// An operator of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    /// Equal.
    Eq,
    /// Not equal; an empty field is not equal to any value.
    Ne,
    /// Less, before.
    Lt,
    /// Less or equal.
    Lte,
    /// Greater, after.
    Gt,
    /// Greater or equal.
    Gte,
    /// One of several.
    In,
    /// None of several.
    NotIn,
    /// From the first to the second, both included.
    Between,
    /// From the first up to, not including, the second; made from words such as `this_month`.
    Within,
    /// Text that begins with the value, to the letter.
    StartsWith,
    /// A link to the record or to one below it in its tree.
    Under,
    /// At least one of the elements.
    HasAny,
    /// All of the elements.
    HasAll,
    /// None of the elements.
    HasNone,
    /// Nothing in the field.
    IsEmpty,
    /// Something in the field.
    IsNotEmpty,
}

/// Every operator with its name in filters.
const NAMES: &[(Op, &str)] = &[
    (Op::Eq, "eq"),
    (Op::Ne, "ne"),
    (Op::Lt, "lt"),
    (Op::Lte, "lte"),
    (Op::Gt, "gt"),
    (Op::Gte, "gte"),
    (Op::In, "in"),
    (Op::NotIn, "not_in"),
    (Op::Between, "between"),
    (Op::Within, "within"),
    (Op::StartsWith, "starts_with"),
    (Op::Under, "under"),
    (Op::HasAny, "has_any"),
    (Op::HasAll, "has_all"),
    (Op::HasNone, "has_none"),
    (Op::IsEmpty, "is_empty"),
    (Op::IsNotEmpty, "is_not_empty"),
];

impl Op {
    /// The operator's name in filters.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(op, _)| *op == self).map_or("", |(_, name)| name)
    }

    /// The operator called `name`.
    pub fn named(name: &str) -> Option<Op> {
        NAMES.iter().find(|(_, known)| *known == name).map(|(op, _)| *op)
    }

    /// Whether it takes several values.
    pub fn takes_many(self) -> bool {
        matches!(self, Op::In | Op::NotIn | Op::HasAny | Op::HasAll | Op::HasNone)
    }

    /// Whether `value` passes; `None` where that needs other records.
    pub(super) fn holds(self, value: &Value, operand: &Operand) -> Option<bool> {
        let passes = match (self, operand) {
            (Op::IsEmpty, _) => value.is_empty(),
            (Op::IsNotEmpty, _) => !value.is_empty(),
            (Op::Under, _) => return None,
            (Op::Ne, Operand::One(other)) => value != other,
            (Op::NotIn, Operand::Many(others)) => !others.contains(value),
            (Op::HasAny | Op::HasAll | Op::HasNone, Operand::Many(others)) => {
                self.holds_set(value, others)
            }
            (_, _) if value.is_empty() => false,
            (Op::Eq, Operand::One(other)) => compare(value, other) == Some(Ordering::Equal),
            (Op::Lt, Operand::One(other)) => compare(value, other) == Some(Ordering::Less),
            (Op::Lte, Operand::One(other)) => {
                compare(value, other).is_some_and(|order| order != Ordering::Greater)
            }
            (Op::Gt, Operand::One(other)) => compare(value, other) == Some(Ordering::Greater),
            (Op::Gte, Operand::One(other)) => {
                compare(value, other).is_some_and(|order| order != Ordering::Less)
            }
            (Op::In, Operand::Many(others)) => others.contains(value),
            (Op::Between, Operand::Range(from, to)) => {
                compare(value, from).is_some_and(|order| order != Ordering::Less)
                    && compare(value, to).is_some_and(|order| order != Ordering::Greater)
            }
            (Op::Within, Operand::Range(from, to)) => {
                compare(value, from).is_some_and(|order| order != Ordering::Less)
                    && compare(value, to) == Some(Ordering::Less)
            }
            (Op::StartsWith, Operand::One(Value::Text(start))) => {
                value.as_text().is_some_and(|text| text.starts_with(start.as_str()))
            }
            _ => false,
        };
        Some(passes)
    }

    fn holds_set(self, value: &Value, others: &[Value]) -> bool {
        let elements: Vec<Value> = match value {
            Value::Ids(ids) => ids.iter().map(|id| Value::Id(*id)).collect(),
            Value::Texts(texts) => texts.iter().map(|text| Value::Text(text.clone())).collect(),
            _ => Vec::new(),
        };
        match self {
            Op::HasAny => others.iter().any(|other| elements.contains(other)),
            Op::HasAll => others.iter().all(|other| elements.contains(other)),
            _ => !others.iter().any(|other| elements.contains(other)),
        }
    }
}

/// The order of two values of the same kind; `None` for values that do not compare.
fn compare(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (Value::Instant(a), Value::Instant(b)) => Some(a.cmp(b)),
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::Id(a), Value::Id(b)) => Some(a.cmp(b)),
        (Value::Any(..), Value::Any(..)) => (one == other).then_some(Ordering::Equal),
        _ => Some(one.as_decimal()?.cmp(&other.as_decimal()?)),
    }
}
