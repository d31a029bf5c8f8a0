//! The doors to what protects one's own account: codes, passkeys; and to seeing as another user.

use app::security::Origin;
use app::{Error, Workspace};
use axum::Json;
use axum::extract::{ConnectInfo, Path, State as Held};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;
use uuid::Uuid;

use super::enter::{Entered, State, Visited, text};
use super::problem::{Failure, JsonBody};
use super::session::{given, greet};

type Answer = Result<Json<Value>, Failure>;

/// Where a request comes from, as it is written down.
pub struct From {
    address: String,
    agent: String,
}

impl From {
    /// Of a request's address and headers.
    pub fn of(address: SocketAddr, headers: &HeaderMap) -> From {
        let agent = text(headers, "user-agent").chars().take(300).collect();
        From { address: address.ip().to_string(), agent }
    }

    /// The same as capabilities take it.
    pub fn origin(&self) -> Origin<'_> {
        Origin { address: &self.address, agent: &self.agent }
    }
}

/// The user of a browser's session; a key has no account of its own.
fn own(entered: &Entered) -> Result<(Arc<Workspace>, Uuid, Uuid), Failure> {
    let session = entered.session.as_ref().ok_or_else(|| Failure(Error::refused("forbidden")))?;
    Ok((entered.workspace.clone(), entered.actor.user(), session.id))
}

/// The address of the site as the browser knows it: passkeys are bound to it.
fn site(hosting: &State, headers: &HeaderMap) -> String {
    let origin = text(headers, "origin").to_owned();
    hosting.config.public_url.clone().unwrap_or(origin)
}

/// `GET /me/security`
pub async fn security(entered: Entered) -> Answer {
    let (workspace, user, _) = own(&entered)?;
    Ok(Json(workspace.security(user).await?))
}

/// `POST /me/code`
pub async fn begin_code(entered: Entered, JsonBody(body): JsonBody) -> Answer {
    let (workspace, user, _) = own(&entered)?;
    Ok(Json(workspace.begin_code(user, given(&body, "password")).await?))
}

/// `POST /me/code/confirm`
pub async fn confirm_code(
    entered: Entered,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Answer {
    let (workspace, user, _) = own(&entered)?;
    let from = From::of(address, &headers);
    Ok(Json(workspace.confirm_code(user, given(&body, "code"), from.origin()).await?))
}

/// `POST /me/code/remove`
pub async fn remove_code(
    entered: Entered,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Failure> {
    let (workspace, user, _) = own(&entered)?;
    let from = From::of(address, &headers);
    workspace.remove_code(user, given(&body, "password"), from.origin()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /me/passkeys/begin`
pub async fn begin_passkey(
    entered: Entered,
    Held(hosting): Held<State>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Answer {
    let (workspace, user, _) = own(&entered)?;
    let site = site(&hosting, &headers);
    Ok(Json(workspace.begin_passkey(user, given(&body, "password"), &site).await?))
}

/// `POST /me/passkeys`
pub async fn add_passkey(
    entered: Entered,
    Held(hosting): Held<State>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Failure> {
    let (workspace, user, _) = own(&entered)?;
    let (site, from) = (site(&hosting, &headers), From::of(address, &headers));
    workspace.add_passkey(user, &body, &site, from.origin()).await?;
    Ok(StatusCode::CREATED)
}

/// `DELETE /me/passkeys/{id}`
pub async fn remove_passkey(
    entered: Entered,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Failure> {
    let (workspace, user, _) = own(&entered)?;
    let from = From::of(address, &headers);
    workspace.remove_passkey(user, id, from.origin()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /session/passkey/begin`
pub async fn begin_passkey_sign_in(
    visited: Visited,
    Held(hosting): Held<State>,
    headers: HeaderMap,
) -> Answer {
    let site = site(&hosting, &headers);
    Ok(Json(visited.workspace.begin_passkey_sign_in(&site).await?))
}

/// `POST /session/passkey`
pub async fn passkey_sign_in(
    visited: Visited,
    Held(hosting): Held<State>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Response, Failure> {
    let (site, from) = (site(&hosting, &headers), From::of(address, &headers));
    let signed_in = visited.workspace.passkey_sign_in(&body, &site, from.origin()).await?;
    greet(&hosting, &visited, signed_in, StatusCode::OK).await
}

/// `POST /me/see_as`: the token is given back in the header `X-See-As` of what is then read.
pub async fn see_as(
    entered: Entered,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Answer {
    let (workspace, _, session) = own(&entered)?;
    Workspace::administers(&entered.actor)?;
    let user = Uuid::parse_str(given(&body, "user"));
    let user = user.map_err(|_| Failure(Error::field("user", "required")))?;
    let from = From::of(address, &headers);
    Ok(Json(workspace.begin_see_as(&entered.actor, session, user, from.origin()).await?))
}
