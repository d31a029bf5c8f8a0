//! How a report is shown: on a terminal, as JSON, as CSV, as a page.

mod csv;
mod html;
mod json;
pub mod svg;
mod terminal;

pub use csv::csv;
pub use html::html;
pub use json::json;
pub use terminal::terminal;

use crate::Language;
use crate::report::Value;
use crate::sheet::day_text;
use mining::text::{grouped, number, percent};

/// A cell as people read it; empty for nothing.
#[must_use]
pub fn cell(value: &Value, language: Language) -> String {
    match value {
        Value::Raw(text) => text.clone(),
        Value::Words(text) => language.of(text).to_owned(),
        Value::Number(x) => number(*x),
        Value::Share(x) if x.is_nan() => "–".to_owned(),
        Value::Share(x) => percent(*x),
        Value::Count(n) => grouped(&n.to_string()),
        Value::Day(d) => day_text(*d),
        Value::None => String::new(),
    }
}

/// True for cells that stand to the right.
fn is_number(value: &Value) -> bool {
    matches!(value, Value::Number(_) | Value::Share(_) | Value::Count(_))
}

#[cfg(test)]
mod tests;
