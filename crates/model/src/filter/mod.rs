//! Filters as data: which records. Made from JSON by `parse`, from rights by `access`, compiled to SQL by the store.

mod operators;
mod parse;
mod relative;
mod words;

pub use operators::Op;
pub use parse::{DEPTH_MAX, NODES_MAX, PATH_LINKS_MAX, Viewer, parse, parse_saved};
pub use relative::span_of;
pub use words::{WordGroup, Words};

use crate::object::Object;
use crate::record::Record;
use crate::value::Value;

/// What a condition compares with.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// Nothing: `is_empty`, `is_not_empty`.
    None,
    /// One value.
    One(Value),
    /// Several values.
    Many(Vec<Value>),
    /// Two ends: both belong to `between`; the second does not belong to `within`.
    Range(Value, Value),
}

/// Which records of one object.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// Every record.
    Always,
    /// No record.
    Never,
    /// Records that pass all.
    And(Vec<Filter>),
    /// Records that pass at least one.
    Or(Vec<Filter>),
    /// Records that do not pass.
    Not(Box<Filter>),
    /// Records whose words match.
    Search(Words),
    /// A condition on a field of the record itself.
    Is { field: String, op: Op, operand: Operand },
    /// The record linked by `field` passes `filter`.
    Linked { field: String, target: String, filter: Box<Filter> },
    /// The link to any object in `field` leads to a record of `target` that passes `filter`.
    AnyLinked { field: String, target: String, filter: Box<Filter> },
    /// Some record of `child` whose `link` leads here passes `filter`.
    HasChild { child: String, link: String, filter: Box<Filter> },
}

impl Filter {
    /// `field` equals `value`.
    pub fn eq(field: &str, value: impl Into<Value>) -> Filter {
        Filter::Is { field: field.to_owned(), op: Op::Eq, operand: Operand::One(value.into()) }
    }

    /// `field` is one of `values`.
    pub fn any_of<V: Into<Value>>(field: &str, values: impl IntoIterator<Item = V>) -> Filter {
        let values = values.into_iter().map(Into::into).collect();
        Filter::Is { field: field.to_owned(), op: Op::In, operand: Operand::Many(values) }
    }

    /// `field` is empty.
    pub fn is_empty(field: &str) -> Filter {
        Filter::Is { field: field.to_owned(), op: Op::IsEmpty, operand: Operand::None }
    }

    /// Both; simplified where one side decides.
    pub fn and(self, other: Filter) -> Filter {
        match (self, other) {
            (Filter::Always, filter) | (filter, Filter::Always) => filter,
            (Filter::Never, _) | (_, Filter::Never) => Filter::Never,
            (Filter::And(mut all), other) => {
                all.push(other);
                Filter::And(all)
            }
            (one, other) => Filter::And(vec![one, other]),
        }
    }

    /// At least one of `filters`; simplified where one decides.
    pub fn any(filters: Vec<Filter>) -> Filter {
        let mut kept: Vec<Filter> = Vec::with_capacity(filters.len());
        for filter in filters {
            match filter {
                Filter::Always => return Filter::Always,
                Filter::Never => {}
                other if kept.contains(&other) => {}
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Filter::Never,
            1 => kept.remove(0),
            _ => Filter::Or(kept),
        }
    }

    /// Whether `record` itself passes; `None` where the answer needs other records.
    pub fn matches(&self, object: &Object, record: &Record) -> Option<bool> {
        match self {
            Filter::Always => Some(true),
            Filter::Never => Some(false),
            Filter::And(all) => {
                let answers: Vec<_> = all.iter().map(|f| f.matches(object, record)).collect();
                if answers.contains(&Some(false)) {
                    return Some(false);
                }
                if answers.contains(&None) { None } else { Some(true) }
            }
            Filter::Or(any) => {
                let answers: Vec<_> = any.iter().map(|f| f.matches(object, record)).collect();
                if answers.contains(&Some(true)) {
                    return Some(true);
                }
                if answers.contains(&None) { None } else { Some(false) }
            }
            Filter::Not(filter) => filter.matches(object, record).map(|passes| !passes),
            Filter::Is { field, op, operand } => op.holds(record.get(object, field), operand),
            Filter::Search(_)
            | Filter::Linked { .. }
            | Filter::AnyLinked { .. }
            | Filter::HasChild { .. } => None,
        }
    }
}
