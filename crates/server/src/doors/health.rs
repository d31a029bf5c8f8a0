//! Health: whether the process lives, and whether it can serve.

use axum::Json;
use axum::extract::State as Held;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::enter::State;

/// `GET /healthz`: the process lives.
pub async fn alive() -> &'static str {
    "ok"
}

/// `GET /readyz`: every workspace's database answers.
pub async fn ready(Held(hosting): Held<State>) -> Response {
    let mut failing = Vec::new();
    for workspace in hosting.all() {
        if workspace.needs_setup().await.is_err() {
            failing.push(workspace.name.clone());
        }
    }
    let status = if failing.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({"ready": failing.is_empty(), "failing": failing}))).into_response()
}
