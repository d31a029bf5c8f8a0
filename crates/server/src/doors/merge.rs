//! The door to merging two records.

use app::Error;
use app::records::Merge;
use axum::Json;
use axum::extract::Path;
use serde_json::Value;
use uuid::Uuid;

use super::enter::Entered;
use super::problem::{Failure, JsonBody};
use super::records::{id, named};

/// `POST /{objects}/{id}/merge`
pub async fn merge(
    entered: Entered,
    Path((plural, record)): Path<(String, String)>,
    JsonBody(body): JsonBody,
) -> Result<Json<Value>, Failure> {
    let name = named(&entered.workspace, &plural)?;
    let merge = read(&body)?;
    Ok(Json(entered.workspace.merge(&entered.actor, &name, id(&record)?, merge).await?))
}

/// What is not there is said after the record itself was found: who may not see it learns nothing else.
fn read(body: &Value) -> Result<Merge, Failure> {
    let other = match body.get("other").and_then(Value::as_str) {
        None => Uuid::nil(),
        Some(text) => {
            Uuid::parse_str(text).map_err(|_| Failure(Error::field("other", "link_expected")))?
        }
    };
    let names = |key: &str| -> Vec<String> {
        let items = body.get(key).and_then(Value::as_array).into_iter().flatten();
        items.filter_map(|name| name.as_str().map(str::to_owned)).collect()
    };
    Ok(Merge {
        other,
        version: body.get("version").and_then(Value::as_i64),
        other_version: body.get("other_version").and_then(Value::as_i64),
        take: names("take"),
        join: names("join"),
        dry_run: body.get("dry_run").and_then(Value::as_bool).unwrap_or(false),
    })
}
