//! A number that the system gives, one after another: `ORD-2026-000042`.

use serde_json::Value as Json;

use super::{Column, FieldKind, Setting};
use crate::filter::Op;
use crate::problem::Problem;
use crate::value::Value;

/// A number given by the system. People may bring their own (an import, another system); it must be unique.
#[derive(Debug, Clone)]
pub struct AutoNumber {
    /// What stands before the counter; `{year}` becomes the year of the write.
    pub prefix: String,
    /// Digits of the counter, filled with zeros.
    pub digits: usize,
}

impl AutoNumber {
    /// The text of the counter's `value` in `year`.
    pub fn format(&self, value: i64, year: i16) -> String {
        let prefix = self.prefix.replace("{year}", &year.to_string());
        format!("{prefix}{value:0width$}", width = self.digits)
    }

    /// The counter's name for `year`: it starts anew each year when the prefix holds the year.
    pub fn counter(&self, object: &str, field: &str, year: i16) -> String {
        if self.prefix.contains("{year}") {
            format!("{object}.{field}.{year}")
        } else {
            format!("{object}.{field}")
        }
    }
}

impl FieldKind for AutoNumber {
    fn name(&self) -> &'static str {
        "auto_number"
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        vec![(name.to_owned(), Column::Text)]
    }
    fn operators(&self) -> &'static [Op] {
        &[Op::Eq, Op::Ne, Op::In, Op::NotIn, Op::StartsWith]
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        let typed = json.as_str().ok_or(Problem::new("text_expected"))?.trim();
        if typed.chars().count() > 60 || typed.chars().any(char::is_control) {
            return Err(Problem::new("text_long").with("max", 60));
        }
        Ok(if typed.is_empty() { Value::Null } else { Value::Text(typed.to_owned()) })
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        value.as_text().map_or(Json::Null, |text| Json::String(text.to_owned()))
    }
}
