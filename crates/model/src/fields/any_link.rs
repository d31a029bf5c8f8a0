//! A link to a record of any object: what a file is about, whom a share is for.

use serde_json::{Value as Json, json};

use super::link::read_id;
use super::{Column, FieldKind, Setting};
use crate::filter::Op;
use crate::problem::Problem;
use crate::value::Value;

/// A link to a record of any object, kept as the object's name and the id.
#[derive(Debug, Clone)]
pub struct AnyLink;

impl FieldKind for AnyLink {
    fn name(&self) -> &'static str {
        "any_link"
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        vec![(format!("{name}_object"), Column::Text), (format!("{name}_id"), Column::Uuid)]
    }
    fn operators(&self) -> &'static [Op] {
        &[Op::Eq, Op::In]
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        if let Some((object, id)) = json.as_str().and_then(|text| text.split_once(':')) {
            return read_id(&Json::String(id.to_owned()))
                .map(|id| Value::Any(object.to_owned(), id));
        }
        let object = json.get("object").and_then(Json::as_str);
        let object = object.ok_or(Problem::new("any_link_expected"))?;
        read_id(json).map(|id| Value::Any(object.to_owned(), id))
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        match value {
            Value::Any(object, id) => json!({"object": object, "id": id}),
            _ => Json::Null,
        }
    }
    fn write_text(&self, value: &Value, _: &Setting) -> String {
        match value {
            Value::Any(object, id) => format!("{object}:{id}"),
            _ => String::new(),
        }
    }
    fn sortable(&self) -> bool {
        false
    }
}
