//! Where a page begins, as the one before it says: text that a reader hands back and that tells nothing the page did not.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::fields::Setting;
use model::query::After;
use model::{Object, Problem, Sort, Uuid, Value};
use serde_json::{Value as Json, json};

use crate::{Error, Result};

/// The sort values and the id, as JSON in base64.
pub(super) fn write_mark(object: &Object, sort: &[Sort], after: &After) -> String {
    let setting = Setting::default();
    let values: Vec<Json> = sort
        .iter()
        .zip(&after.values)
        .map(|(sort, value)| match object.field(&sort.field) {
            Some(field) if field.name != "id" => match field.kind().write_text(value, &setting) {
                text if value.is_empty() && text.is_empty() => Json::Null,
                text => Json::String(text),
            },
            _ => Json::Null,
        })
        .collect();
    URL_SAFE_NO_PAD.encode(json!([values, after.id]).to_string())
}

/// The place that `mark` names in the order of `sort`.
///
/// # Errors
/// `cursor`, for whatever is not such a mark.
pub(super) fn read_mark(mark: &str, object: &Object, sort: &[Sort]) -> Result<After> {
    let wrong = || Error::from(Problem::of("cursor", "cursor"));
    let bytes = URL_SAFE_NO_PAD.decode(mark).map_err(|_| wrong())?;
    let (values, id): (Vec<Json>, Uuid) = serde_json::from_slice(&bytes).map_err(|_| wrong())?;
    if values.len() != sort.len() {
        return Err(wrong());
    }
    let setting = Setting::default();
    let typed =
        sort.iter().zip(values).map(|(sort, json)| match (object.field(&sort.field), json) {
            (Some(field), Json::String(text))
                if matches!(field.value_kind(), model::Kind::Text(_)) =>
            {
                Ok(Value::Text(text))
            }
            (Some(field), Json::String(text)) => {
                field.kind().read_text(&text, &setting).map_err(|_| wrong())
            }
            _ => Ok(Value::Null),
        });
    Ok(After { values: typed.collect::<Result<_>>()?, id })
}
