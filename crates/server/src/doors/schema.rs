//! The doors to the schema.

use axum::Json;
use serde_json::Value;

use super::enter::Entered;

/// `GET /schema`
pub async fn schema(entered: Entered) -> Json<Value> {
    Json(entered.workspace.schema_json(&entered.actor))
}

/// `GET /openapi.json`
pub async fn openapi(entered: Entered) -> Json<Value> {
    Json(entered.workspace.openapi_json(&entered.actor))
}
