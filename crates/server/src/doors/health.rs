//! Health: whether the process lives, and whether it can serve.

use app::Error;
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

/// `GET /readyz`: every workspace's database answers. A full disk is told, too; reading goes on, and so does this
/// answer's status.
pub async fn ready(Held(hosting): Held<State>) -> Response {
    let mut failing = Vec::new();
    let mut trouble = serde_json::Map::new();
    for workspace in hosting.all() {
        let known = workspace.store.trouble().map(Error::from);
        if let Some(error) = &known {
            trouble.insert(workspace.name.clone(), json!(error.code()));
        }
        let is_broken = known.is_some_and(|error| error.status() == 503);
        if is_broken || workspace.needs_setup().await.is_err() {
            failing.push(workspace.name.clone());
        }
    }
    let status = if failing.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = json!({"ready": failing.is_empty(), "failing": failing, "trouble": trouble});
    (status, Json(body)).into_response()
}
