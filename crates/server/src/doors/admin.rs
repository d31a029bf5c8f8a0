//! The doors to looking after a workspace: invitations, the firm, the audit log, backups, how it is.

use app::Error;
use app::audit::Writes;
use axum::Json;
use axum::extract::{ConnectInfo, Path, Query, State as Held};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use std::net::SocketAddr;
use uuid::Uuid;

use super::account::From;
use super::enter::{Entered, State, Visited};
use super::exchange::stream;
use super::problem::{Failure, JsonBody};
use super::session::{given, greet};

type Answer = Result<Json<Value>, Failure>;

/// `POST /users/{id}/invite`
pub async fn invite(
    entered: Entered,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Path(user): Path<Uuid>,
) -> Answer {
    let from = From::of(address, &headers);
    Ok(Json(entered.workspace.invite(&entered.actor, user, from.origin()).await?))
}

/// `POST /users/{id}/reset_second_factor`
pub async fn reset_second_factor(
    entered: Entered,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Path(user): Path<Uuid>,
) -> Result<StatusCode, Failure> {
    let from = From::of(address, &headers);
    entered.workspace.reset_second_factor(&entered.actor, user, from.origin()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The token of an invitation.
#[derive(Debug, Deserialize)]
pub struct InvitationParameters {
    #[serde(default)]
    token: String,
}

/// `GET /invitation`
pub async fn invitation(visited: Visited, Query(asked): Query<InvitationParameters>) -> Answer {
    Ok(Json(visited.workspace.invitation(&asked.token).await?))
}

/// `POST /invitation`
pub async fn take_invitation(
    visited: Visited,
    Held(hosting): Held<State>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Response, Failure> {
    let from = From::of(address, &headers);
    let (token, password) = (given(&body, "token"), given(&body, "password"));
    let signed_in = visited.workspace.take_invitation(token, password, from.origin()).await?;
    greet(&hosting, &visited, signed_in, StatusCode::CREATED).await
}

/// `GET /workspace`
pub async fn firm(entered: Entered) -> Json<Value> {
    Json(entered.workspace.firm_json())
}

/// `PATCH /workspace`
pub async fn update_firm(
    entered: Entered,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Answer {
    let from = From::of(address, &headers);
    Ok(Json(entered.workspace.update_firm(&entered.actor, &body, from.origin()).await?))
}

/// `GET /about`
pub async fn about(entered: Entered) -> Answer {
    Ok(Json(entered.workspace.about(&entered.actor).await?))
}

/// Which writes the audit log shows.
#[derive(Debug, Deserialize)]
pub struct AuditParameters {
    cursor: Option<i64>,
    limit: Option<usize>,
    actor: Option<Uuid>,
    object: Option<String>,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
}

/// `GET /audit`
pub async fn audit(entered: Entered, Query(asked): Query<AuditParameters>) -> Answer {
    let writes = Writes {
        before: asked.cursor,
        actor: asked.actor,
        object: asked.object,
        from: asked.from.map(Timestamp::as_microsecond),
        to: asked.to.map(Timestamp::as_microsecond),
    };
    let limit = asked.limit.unwrap_or(50);
    Ok(Json(entered.workspace.audit(&entered.actor, writes, limit).await?))
}

/// `POST /backup`: a verified backup of everything, as it is now.
pub async fn backup(
    entered: Entered,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let from = From::of(address, &headers);
    let (name, file) = entered.workspace.take_backup(&entered.actor, from.origin()).await?;
    Ok(stream(&name, "application/zip", file))
}

/// `POST /notifications/read`
pub async fn read_notifications(entered: Entered, JsonBody(body): JsonBody) -> Answer {
    let ids = match body.get("ids") {
        None => None,
        Some(ids) => {
            let parsed: Option<Vec<Uuid>> = ids
                .as_array()
                .and_then(|ids| ids.iter().map(|id| Uuid::parse_str(id.as_str()?).ok()).collect());
            Some(parsed.ok_or_else(|| Failure(Error::field("ids", "links_expected")))?)
        }
    };
    // Reading is nobody's business but one's own: not a key's.
    entered.session.as_ref().ok_or_else(|| Failure(Error::refused("forbidden")))?;
    let read = entered.workspace.read_notifications(&entered.actor, ids).await?;
    Ok(Json(json!({"read": read})))
}
