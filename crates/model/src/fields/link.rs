//! Links to one record and to several records of one object.

use serde_json::Value as Json;
use uuid::Uuid;

use super::{Column, FieldKind, Setting};
use crate::filter::Op;
use crate::problem::Problem;
use crate::value::Value;

/// Records one field of several links may hold.
pub const LINKS_MAX: usize = 200;

/// What a link is called in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// A link to any object.
    Link,
    /// A link to a user.
    Person,
}

/// A link to one record of `target`.
#[derive(Debug, Clone)]
pub struct Link {
    /// The object linked to.
    pub target: String,
    /// Link or person.
    pub kind: LinkKind,
    /// What becomes of this record when the linked one goes to the recycle bin: goes along.
    pub owned_by: bool,
}

/// Links to several records of `target`; `tags` when the UI shows them as labels.
#[derive(Debug, Clone)]
pub struct Links {
    /// The object linked to.
    pub target: String,
    /// Shown as tags.
    pub tags: bool,
}

/// The id in a JSON string or in an object's `id`.
pub(super) fn read_id(json: &Json) -> Result<Uuid, Problem> {
    let id = match json {
        Json::String(id) => Some(id.as_str()),
        Json::Object(parts) => parts.get("id").and_then(Json::as_str),
        _ => None,
    };
    id.and_then(|id| Uuid::parse_str(id.trim()).ok()).ok_or(Problem::new("link_expected"))
}

impl FieldKind for Link {
    fn name(&self) -> &'static str {
        match self.kind {
            LinkKind::Link => "link",
            LinkKind::Person => "person",
        }
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        vec![(format!("{name}_id"), Column::Uuid)]
    }
    fn operators(&self) -> &'static [Op] {
        &[Op::Eq, Op::Ne, Op::In, Op::NotIn, Op::Under]
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        read_id(json).map(Value::Id)
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        value.as_id().map_or(Json::Null, |id| Json::String(id.to_string()))
    }
}

impl FieldKind for Links {
    fn name(&self) -> &'static str {
        if self.tags { "tags" } else { "links" }
    }
    fn columns(&self, _: &str) -> Vec<(String, Column)> {
        Vec::new()
    }
    fn operators(&self) -> &'static [Op] {
        &[Op::HasAny, Op::HasAll, Op::HasNone]
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        let many = json.as_array().ok_or(Problem::new("links_expected"))?;
        if many.len() > LINKS_MAX {
            return Err(Problem::new("too_many").with("max", LINKS_MAX));
        }
        Ok(Value::ids(many.iter().map(read_id).collect::<Result<_, _>>()?))
    }
    fn read_text(&self, text: &str, setting: &Setting) -> Result<Value, Problem> {
        let ids = text.split(';').filter(|id| !id.trim().is_empty());
        self.read_json(&Json::Array(ids.map(|id| Json::String(id.to_owned())).collect()), setting)
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        match value {
            Value::Ids(ids) => ids.iter().map(|id| Json::String(id.to_string())).collect(),
            _ => Json::Array(Vec::new()),
        }
    }
    fn sortable(&self) -> bool {
        false
    }
}
