//! The doors to signing in, set-up and one's own account.

use app::security::Happened;
use app::sign_in::{Beginning, SignedIn};
use app::workspace::Profile;
use app::{Error, Workspace};
use axum::Json;
use axum::extract::{ConnectInfo, Path, State as Held};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use model::Language;
use serde_json::{Value, json};
use std::net::SocketAddr;
use uuid::Uuid;

use super::account::From;
use super::enter::{Entered, State, Visited, cookie_name, text};
use super::problem::{Failure, JsonBody};

type Answer = Result<Json<Value>, Failure>;

/// A text of the body; empty where it is not there.
pub(super) fn given<'b>(body: &'b Value, name: &str) -> &'b str {
    body.get(name).and_then(Value::as_str).unwrap_or("")
}

/// `GET /setup`
pub async fn setup_state(visited: Visited) -> Answer {
    Ok(Json(json!({"needed": visited.workspace.needs_setup().await?})))
}

/// `POST /setup`
pub async fn set_up(
    visited: Visited,
    Held(hosting): Held<State>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Response, Failure> {
    let workspace = &visited.workspace;
    if !workspace.needs_setup().await? {
        return Err(Failure(Error::refused("setup_done")));
    }
    let known = hosting.setup_tokens.get(&workspace.name);
    if known.is_none_or(|token| !Workspace::is_token(token, given(&body, "token"))) {
        return Err(Failure(Error::refused("setup_token")));
    }
    let required: Vec<model::Problem> = ["company", "name", "email", "password"]
        .into_iter()
        .filter(|name| given(&body, name).trim().is_empty())
        .map(|name| model::Problem::of(name, "required"))
        .collect();
    if !required.is_empty() {
        return Err(Failure(Error::Invalid(required)));
    }
    let or = |name: &str, default: &str| {
        Some(given(&body, name)).filter(|text| !text.is_empty()).unwrap_or(default).to_owned()
    };
    let profile = Profile {
        name: given(&body, "company").trim().to_owned(),
        locale: Language::parse(&or("locale", "zh-CN")).unwrap_or_default(),
        currency: or("currency", "CNY"),
        country: or("country", "CN"),
        time_zone: or("time_zone", "Asia/Shanghai"),
    };
    let beginning = Beginning {
        profile,
        name: given(&body, "name").to_owned(),
        email: given(&body, "email").to_owned(),
        password: given(&body, "password").to_owned(),
    };
    let user = match body.get("sample").and_then(Value::as_bool) {
        Some(true) => workspace.set_up_with_sample(beginning).await?,
        _ => workspace.set_up(beginning).await?,
    };
    let agent = text(&headers, "user-agent");
    let signed_in = workspace.open_session(user, agent, &address.ip().to_string()).await?;
    greet(&hosting, &visited, signed_in, StatusCode::CREATED).await
}

/// `POST /session`
pub async fn sign_in(
    visited: Visited,
    Held(hosting): Held<State>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Response, Failure> {
    let from = From::of(address, &headers);
    let (email, password) = (given(&body, "email"), given(&body, "password"));
    let code = given(&body, "code");
    let signed_in = visited.workspace.sign_in(email, password, code, from.origin()).await?;
    greet(&hosting, &visited, signed_in, StatusCode::OK).await
}

/// The cookie and what the browser needs to know.
pub(super) async fn greet(
    hosting: &State,
    visited: &Visited,
    signed_in: SignedIn,
    status: StatusCode,
) -> Result<Response, Failure> {
    let workspace = &visited.workspace;
    let session = workspace.session(&signed_in.token, visited.language).await?;
    let mut me = workspace.me(&session.actor).await?;
    me["csrf"] = json!(session.csrf);
    let cookie = session_cookie(hosting, workspace, &signed_in.token);
    Ok((status, [(header::SET_COOKIE, cookie)], Json(me)).into_response())
}

/// The cookie that holds a session.
pub(super) fn session_cookie(hosting: &State, workspace: &Workspace, token: &str) -> String {
    let secure = hosting.config.is_secure();
    format!(
        "{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=1209600{}",
        cookie_name(workspace, secure),
        if secure { "; Secure" } else { "" }
    )
}

/// `DELETE /session`
pub async fn sign_out(
    entered: Entered,
    Held(hosting): Held<State>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    if let Some(session) = &entered.session {
        let user = entered.actor.user();
        entered.workspace.end_session(user, session.id).await?;
        let from = From::of(address, &headers);
        let happened = Happened { kind: "sign_out", user, detail: "", origin: from.origin() };
        entered.workspace.note_security(happened).await?;
    }
    let name = cookie_name(&entered.workspace, hosting.config.is_secure());
    let cookie = format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// `GET /me`
pub async fn me(entered: Entered) -> Answer {
    let mut me = entered.workspace.me(&entered.actor).await?;
    if let Some(seer) = entered.session.as_ref().filter(|_| entered.is_seen_as) {
        me["seen_by"] = json!({"id": seer.actor.user()});
    }
    me["csrf"] = json!(entered.session.map(|session| session.csrf));
    Ok(Json(me))
}

/// `PATCH /me`
pub async fn update_me(entered: Entered, JsonBody(body): JsonBody) -> Answer {
    // A key acts for its holder within its scopes; the holder's own account is not among them.
    entered.session.as_ref().ok_or_else(|| Failure(Error::refused("forbidden")))?;
    entered.workspace.update_me(&entered.actor, &body).await?;
    me(entered).await
}

/// `POST /me/password`
pub async fn change_password(
    entered: Entered,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Failure> {
    let session = entered.session.as_ref().ok_or_else(|| Failure(Error::refused("forbidden")))?;
    let (current, new) = (given(&body, "current"), given(&body, "new"));
    let user = entered.actor.user();
    entered.workspace.change_password(user, session.id, current, new).await?;
    let from = From::of(address, &headers);
    let happened = Happened { kind: "password_changed", user, detail: "", origin: from.origin() };
    entered.workspace.note_security(happened).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api_keys`: the key itself is in this answer and nowhere else.
pub async fn make_key(
    entered: Entered,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<(StatusCode, Json<Value>), Failure> {
    let made = entered.workspace.make_api_key(&entered.actor, &body).await?;
    let (from, user) = (From::of(address, &headers), entered.actor.user());
    let detail = given(&body, "name");
    let happened = Happened { kind: "key_made", user, detail, origin: from.origin() };
    entered.workspace.note_security(happened).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// `GET /me/sessions`
pub async fn sessions(entered: Entered) -> Answer {
    let present = entered.session.map(|session| session.id).unwrap_or_default();
    Ok(Json(entered.workspace.sessions(entered.actor.user(), present).await?))
}

/// `DELETE /me/sessions/{id}`
pub async fn end_session(entered: Entered, Path(id): Path<Uuid>) -> Result<StatusCode, Failure> {
    entered.session.as_ref().ok_or_else(|| Failure(Error::refused("forbidden")))?;
    entered.workspace.end_session(entered.actor.user(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}
