//! Entering: which workspace, who, in which language. Every handler that takes `Entered` is guarded.

use std::sync::Arc;

use app::sign_in::Session;
use app::{Actor, Error, Workspace};
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use model::Language;
use uuid::Uuid;

use super::limits::{self, Caller};
use super::problem::Failure;
use crate::hosting::Hosting;

/// Of a key, what is shown in lists: `gx_live_` and eight characters.
const KEY_CHARS_SHOWN: usize = 16;

/// The workspace that the path named, put there by `router::choose_workspace`.
#[derive(Debug, Clone)]
pub struct Named(pub String);

/// The state of every handler.
pub type State = Arc<Hosting>;

/// A request to a workspace, by whoever.
pub struct Visited {
    /// The workspace.
    pub workspace: Arc<Workspace>,
    /// The language asked for.
    pub language: Option<Language>,
}

/// A request by somebody who is signed in or holds a key.
pub struct Entered {
    /// The workspace.
    pub workspace: Arc<Workspace>,
    /// Who acts.
    pub actor: Actor,
    /// The session, when it is a browser's.
    pub session: Option<Session>,
    /// The actor is somebody else than the session's user, who only looks.
    pub is_seen_as: bool,
    /// Whose requests this one is counted with.
    pub caller: Caller,
}

/// A header's text; empty when it is not there or no text.
pub fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
}

/// The cookie's name: one a workspace, so that several can be open at once.
pub fn cookie_name(workspace: &Workspace, secure: bool) -> String {
    let prefix = if secure { "__Host-" } else { "" };
    format!("{prefix}guanxi_{}", workspace.name)
}

/// The value of a cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let pairs = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    pairs
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// What may be asked while seeing as another user: records are read, the other's account is left alone.
fn is_looked_at(parts: &Parts) -> bool {
    let path = parts.uri.path();
    let reads = !changes(&parts.method) || path.ends_with("/query");
    reads && !path.contains("/me/")
}

impl FromRequestParts<State> for Visited {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, hosting: &State) -> Result<Visited, Failure> {
        let found = match parts.extensions.get::<Named>() {
            Some(Named(name)) => hosting.workspace(name),
            None => hosting.by_host(text(&parts.headers, "host")),
        };
        let workspace = found.cloned().ok_or_else(|| Failure(Error::not_found()))?;
        let language = Language::parse(text(&parts.headers, "accept-language"));
        if changes(&parts.method) && text(&parts.headers, "sec-fetch-site") == "cross-site" {
            return Err(Failure(Error::refused("csrf")));
        }
        Ok(Visited { workspace, language })
    }
}

impl FromRequestParts<State> for Entered {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, hosting: &State) -> Result<Entered, Failure> {
        let Visited { workspace, language } =
            <Visited as FromRequestParts<State>>::from_request_parts(parts, hosting).await?;
        let authorization = text(&parts.headers, "authorization");
        if let Some(key) = authorization.strip_prefix("Bearer ") {
            let key = key.trim();
            let actor = workspace.by_api_key(key, language).await?;
            let caller = caller(&workspace, actor.user(), Some(key));
            admit(hosting, parts, &caller)?;
            return Ok(Entered { workspace, actor, session: None, is_seen_as: false, caller });
        }
        let name = cookie_name(&workspace, hosting.config.is_secure());
        let token =
            cookie(&parts.headers, &name).ok_or_else(|| Error::refused("authentication"))?;
        let session = workspace.session(token, language).await?;
        let caller = caller(&workspace, session.actor.user(), None);
        admit(hosting, parts, &caller)?;
        let given = text(&parts.headers, "x-csrf-token");
        if changes(&parts.method) && !Workspace::csrf_is_right(&session, given) {
            return Err(Failure(Error::refused("csrf")));
        }
        let seen_as = text(&parts.headers, "x-see-as");
        let mut actor = session.actor.clone();
        let is_seen_as = !seen_as.is_empty();
        if is_seen_as {
            if !is_looked_at(parts) {
                return Err(Failure(Error::refused("see_as_read_only")));
            }
            actor = workspace.seen_as(session.id, seen_as, language).await?;
        }
        Ok(Entered { workspace, actor, session: Some(session), is_seen_as, caller })
    }
}

fn caller(workspace: &Workspace, user: Uuid, key: Option<&str>) -> Caller {
    // The characters of a key that are shown in lists: two keys never have them in common.
    let key = key.map(|key| key.chars().take(KEY_CHARS_SHOWN).collect());
    Caller { workspace: workspace.name.clone(), user, key }
}

fn admit(hosting: &State, parts: &Parts, caller: &Caller) -> Result<(), Failure> {
    let is_costly = limits::is_costly(&parts.method, parts.uri.path());
    hosting.allowances.admit(caller, is_costly, parts.extensions.get())
}

impl OptionalFromRequestParts<State> for Entered {
    type Rejection = Failure;

    async fn from_request_parts(
        parts: &mut Parts,
        hosting: &State,
    ) -> Result<Option<Entered>, Failure> {
        match <Entered as FromRequestParts<State>>::from_request_parts(parts, hosting).await {
            Ok(entered) => Ok(Some(entered)),
            Err(Failure(error)) if error.code() == "authentication" => Ok(None),
            Err(failure) => Err(failure),
        }
    }
}
