//! Yes or no.

use serde_json::Value as Json;

use super::{Column, FieldKind, Setting};
use crate::filter::Op;
use crate::problem::Problem;
use crate::value::Value;

/// Yes or no.
#[derive(Debug, Clone)]
pub struct YesNo;

impl FieldKind for YesNo {
    fn name(&self) -> &'static str {
        "yes_no"
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        vec![(name.to_owned(), Column::Bool)]
    }
    fn operators(&self) -> &'static [Op] {
        &[Op::Eq]
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        match json {
            Json::Bool(yes) => Ok(Value::Bool(*yes)),
            Json::String(word) => match word.trim().to_lowercase().as_str() {
                "true" | "yes" | "y" | "1" | "是" | "对" | "√" => Ok(Value::Bool(true)),
                "false" | "no" | "n" | "0" | "否" | "不" | "×" => Ok(Value::Bool(false)),
                _ => Err(Problem::new("yes_no_expected")),
            },
            _ => Err(Problem::new("yes_no_expected")),
        }
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        match value {
            Value::Bool(yes) => Json::Bool(*yes),
            _ => Json::Null,
        }
    }
}
