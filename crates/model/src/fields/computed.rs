//! Fields that nobody writes: formulas over the record and its links, roll-ups over its children.

use serde_json::Value as Json;

use super::{Column, FieldKind, Kind, Setting};
use crate::filter::Op;
use crate::problem::Problem;
use crate::rollup::Rollup;
use crate::value::Value;

/// A value derived from the record (and its links) by an expression.
#[derive(Debug, Clone)]
pub struct FormulaKind {
    /// The expression, see `formula`.
    pub expression: String,
    /// The kind of the result.
    pub result: Box<Kind>,
}

/// A value derived from the record's children.
#[derive(Debug, Clone)]
pub struct RollupKind {
    /// Which children, and what of them.
    pub rollup: Rollup,
    /// The kind of the result.
    pub result: Box<Kind>,
}

macro_rules! computed {
    ($kind:ty, $name:literal) => {
        impl FieldKind for $kind {
            fn name(&self) -> &'static str {
                $name
            }
            fn columns(&self, name: &str) -> Vec<(String, Column)> {
                self.result.as_kind().columns(name)
            }
            fn operators(&self) -> &'static [Op] {
                self.result.as_kind().operators()
            }
            fn read_json(&self, json: &Json, setting: &Setting) -> Result<Value, Problem> {
                self.result.as_kind().read_json(json, setting)
            }
            fn write_json(&self, value: &Value, setting: &Setting) -> Json {
                self.result.as_kind().write_json(value, setting)
            }
            fn write_text(&self, value: &Value, setting: &Setting) -> String {
                self.result.as_kind().write_text(value, setting)
            }
            fn scale(&self) -> u32 {
                self.result.as_kind().scale()
            }
        }
    };
}
computed!(FormulaKind, "formula");
computed!(RollupKind, "rollup");
