//! The doors to imports.

use app::Error;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use super::enter::Entered;
use super::exchange::stream;
use super::problem::{Failure, JsonBody};

type Answer = Result<Json<Value>, Failure>;

fn file_of(body: &Value) -> Result<Uuid, Failure> {
    let id = body.get("file").and_then(Value::as_str).and_then(|id| Uuid::parse_str(id).ok());
    id.ok_or_else(|| Failure(Error::field("file", "required")))
}

/// `POST /imports/inspect`
pub async fn inspect_import(entered: Entered, JsonBody(body): JsonBody) -> Answer {
    let object = body.get("object").and_then(Value::as_str);
    Ok(Json(entered.workspace.inspect_import(&entered.actor, file_of(&body)?, object).await?))
}

/// `POST /imports`
pub async fn start_import(entered: Entered, JsonBody(body): JsonBody) -> Result<Response, Failure> {
    let import = entered.workspace.start_import(&entered.actor, &body).await?;
    Ok((StatusCode::ACCEPTED, Json(import)).into_response())
}

/// `POST /imports/{id}/commands/{run|cancel|undo}`
pub async fn import_command(entered: Entered, Path((id, command)): Path<(Uuid, String)>) -> Answer {
    let (workspace, actor) = (&entered.workspace, &entered.actor);
    match command.as_str() {
        "run" => workspace.run_import(actor, id).await?,
        "cancel" => workspace.cancel_import(actor, id).await?,
        "undo" => workspace.undo_import(actor, id).await?,
        _ => return Err(Failure(Error::not_found())),
    };
    let record = workspace.get(actor, "import", id, None).await?;
    Ok(Json(json!({"record": record, "made": []})))
}

/// `GET /imports/{id}/preview`
pub async fn import_preview(entered: Entered, Path(id): Path<Uuid>) -> Answer {
    Ok(Json(entered.workspace.import_preview(&entered.actor, id).await?))
}

/// `GET /imports/{id}/errors`
pub async fn import_errors(entered: Entered, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let (name, file) = entered.workspace.import_errors(&entered.actor, id).await?;
    Ok(stream(&name, "text/csv; charset=utf-8", file))
}
