//! What a request says of a record, as typed values: all problems of all fields at once.

use model::access::{FieldAccess, Rights};
use model::fields::{Field, Setting};
use model::object::SYSTEM_FIELDS;
use model::{Object, Problem, Value};
use serde_json::Value as Json;

use crate::{Error, Result};

/// Fields of one request.
const FIELDS_MAX: usize = 1_000;

/// The fields that `json` sets, typed. `version` is left out: it says which record is meant.
///
/// # Errors
/// `object_expected`, or every problem at once: unknown (or hidden) fields, fields that only the system
/// writes, values that are not of the field's kind.
pub fn read_values(
    json: &Json,
    object: &Object,
    rights: &Rights,
    setting: &Setting,
) -> Result<Vec<(String, Value)>> {
    let parts = json.as_object().ok_or_else(|| Error::refused("object_expected"))?;
    if parts.len() > FIELDS_MAX {
        return Err(Problem::new("too_many").with("max", FIELDS_MAX).into());
    }
    let mut values = Vec::with_capacity(parts.len());
    let mut problems = Vec::new();
    for (name, json) in parts.iter().filter(|(name, _)| *name != "version") {
        match read_field(name, json, object, rights, setting) {
            Ok(value) => values.push((name.clone(), value)),
            Err(problem) => problems.push(problem.at(name)),
        }
    }
    if problems.is_empty() { Ok(values) } else { Err(Error::Invalid(problems)) }
}

fn read_field(
    name: &str,
    json: &Json,
    object: &Object,
    rights: &Rights,
    setting: &Setting,
) -> std::result::Result<Value, Problem> {
    let unknown =
        || Problem::of(name, "unknown_field").with("field", name).with("object", &object.name);
    let field = object.field(name).ok_or_else(unknown)?;
    let access = rights.field(object, field);
    if access == FieldAccess::Hidden {
        return Err(unknown());
    }
    if !writable(field) || access != FieldAccess::Write {
        return Err(Problem::of(name, "read_only"));
    }
    if json.is_null() {
        return Ok(Value::Null);
    }
    field.kind().read_json(json, setting)
}

fn writable(field: &Field) -> bool {
    field.is_writable() && !SYSTEM_FIELDS.contains(&field.name.as_str())
}
