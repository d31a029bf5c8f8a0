//! Kinds of time: a day, a moment, a length of time.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value as Json;

use super::{Column, FieldKind, Setting};
use crate::filter::Op;
use crate::problem::Problem;
use crate::value::Value;

const MOMENT_OPS: &[Op] = &[Op::Eq, Op::Lt, Op::Lte, Op::Gt, Op::Gte, Op::Between, Op::Within];

/// A calendar day, 1000-01-01 to 9999-12-31, kept as days since 1970-01-01.
#[derive(Debug, Clone)]
pub struct DateKind;
/// A moment, kept as microseconds since 1970 UTC.
#[derive(Debug, Clone)]
pub struct Instant;
/// A length of time in whole seconds.
#[derive(Debug, Clone)]
pub struct Duration;

impl FieldKind for DateKind {
    fn name(&self) -> &'static str {
        "date"
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        vec![(name.to_owned(), Column::Int)]
    }
    fn operators(&self) -> &'static [Op] {
        MOMENT_OPS
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        let typed = json.as_str().ok_or(Problem::new("date_expected"))?.trim();
        let day = typed.get(..10).unwrap_or(typed);
        match day.parse::<Date>() {
            Ok(date) if (1000..=9999).contains(&date.year()) => Ok(Value::Date(date)),
            _ => Err(Problem::new("date_format").with("value", typed)),
        }
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        value.as_date().map_or(Json::Null, |date| Json::String(date.to_string()))
    }
}

impl FieldKind for Instant {
    fn name(&self) -> &'static str {
        "instant"
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        vec![(name.to_owned(), Column::Int)]
    }
    fn operators(&self) -> &'static [Op] {
        MOMENT_OPS
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        let typed = json.as_str().ok_or(Problem::new("instant_expected"))?.trim();
        let at = typed
            .parse::<Timestamp>()
            .or_else(|_| format!("{}Z", typed.replace(' ', "T")).parse::<Timestamp>())
            .or_else(|_| format!("{typed}T00:00:00Z").parse::<Timestamp>())
            .map_err(|_| Problem::new("instant_format").with("value", typed))?;
        let micros = Timestamp::from_microsecond(at.as_microsecond());
        micros.map(Value::Instant).map_err(|_| Problem::new("instant_format").with("value", typed))
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        value.as_instant().map_or(Json::Null, |at| Json::String(at.to_string()))
    }
}

impl FieldKind for Duration {
    fn name(&self) -> &'static str {
        "duration"
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        vec![(name.to_owned(), Column::Int)]
    }
    fn operators(&self) -> &'static [Op] {
        &[Op::Eq, Op::Ne, Op::Lt, Op::Lte, Op::Gt, Op::Gte, Op::Between, Op::In]
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        let seconds = json.as_i64().or_else(|| json.as_str()?.trim().parse().ok());
        match seconds {
            Some(seconds) if (0..=315_360_000).contains(&seconds) => Ok(Value::Int(seconds)),
            _ => Err(Problem::new("duration_format")),
        }
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        value.as_int().map_or(Json::Null, Json::from)
    }
}
