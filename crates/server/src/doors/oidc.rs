//! The doors to signing in at another provider: which there is, the way there, and the way back.

use std::sync::Arc;

use app::elsewhere::Identity;
use axum::Json;
use axum::extract::{ConnectInfo, Query, State as Held};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};
use std::net::SocketAddr;

use super::account::From;
use super::enter::{State, Visited, cookie, cookie_name};
use super::problem::Failure;
use super::session::session_cookie;
use crate::oidc::{Claims, Expected, Provider, Wrong, read};

/// What the way there is told.
#[derive(Deserialize)]
pub struct Begin {
    #[serde(default)]
    next: String,
}

/// What the way back brings.
#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
}

/// `GET /session/oidc`: what the button says; null where there is none.
pub async fn ways(visited: Visited, Held(hosting): Held<State>) -> Json<Value> {
    let provider = hosting.provider(&visited.workspace.name);
    Json(json!({"name": provider.map(|provider| &provider.config.name)}))
}

/// `GET /session/oidc/begin`: to the provider's page.
pub async fn begin(
    visited: Visited,
    Held(hosting): Held<State>,
    Query(given): Query<Begin>,
) -> Result<Response, Failure> {
    let workspace = &visited.workspace;
    let Some(provider) = hosting.provider(&workspace.name) else {
        return Err(Failure(app::Error::not_found()));
    };
    let (nonce, verifier) = (app::sign_in::random_token()?, app::sign_in::random_token()?);
    let remembered = json!({"nonce": nonce, "verifier": verifier, "next": safe(&given.next)});
    let state = workspace.begin_elsewhere(&remembered.to_string()).await?;
    let redirect = redirect(&hosting, &workspace.name);
    let (asked, sent) = (provider.clone(), state.clone());
    let url = blocking(move || asked.authorize_url(&redirect, &sent, &nonce, &verifier)).await;
    match url {
        Ok(url) => {
            let name = held(&hosting, &visited);
            let cookie = crumb(&hosting, &format!("{name}={state}"), 600);
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, url), (header::SET_COOKIE, cookie)])
                .into_response())
        }
        Err(wrong) => Ok(back_to_sign_in(&hosting, &visited, &wrong)),
    }
}

/// `GET /session/oidc/callback`: from the provider's page, signed in or back to where one began.
pub async fn callback(
    visited: Visited,
    Held(hosting): Held<State>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Query(back): Query<Back>,
) -> Result<Response, Failure> {
    let came = come_back(&visited, &hosting, &headers, back).await;
    let (identity, next) = match came {
        Ok(came) => came,
        Err(wrong) => return Ok(back_to_sign_in(&hosting, &visited, &wrong)),
    };
    let from = From::of(address, &headers);
    match visited.workspace.sign_in_elsewhere(&identity, from.origin()).await {
        Ok(signed_in) => {
            let over = crumb(&hosting, &format!("{}=", held(&hosting, &visited)), 0);
            let cookie = session_cookie(&hosting, &visited.workspace, &signed_in.token);
            let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, next)]).into_response();
            for cookie in [cookie, over] {
                let value = cookie.parse().expect("tokens are letters, digits, - and _");
                response.headers_mut().append(header::SET_COOKIE, value);
            }
            Ok(response)
        }
        Err(error) if error.code() == "sign_in_failed" => {
            Ok(back_to_sign_in(&hosting, &visited, &Wrong("no active user is meant".to_owned())))
        }
        Err(error) => Err(Failure(error)),
    }
}

/// Who came back, and where to go on.
async fn come_back(
    visited: &Visited,
    hosting: &State,
    headers: &HeaderMap,
    back: Back,
) -> Result<(Identity, String), Wrong> {
    let workspace = &visited.workspace;
    let wrong = |what: &str| Wrong(what.to_owned());
    let provider = hosting.provider(&workspace.name).ok_or_else(|| wrong("no provider"))?.clone();
    // The browser that began is the one that comes back: nobody is signed in as somebody else by a link.
    if back.state.is_empty() || cookie(headers, &held(hosting, visited)) != Some(&*back.state) {
        return Err(wrong("another browser began, or none"));
    }
    let remembered = workspace.end_elsewhere(&back.state).await;
    let remembered = remembered.map_err(|error| wrong(error.code()))?;
    let remembered: Value = serde_json::from_str(&remembered).unwrap_or_default();
    let text = |name: &str| remembered[name].as_str().unwrap_or("").to_owned();
    let (nonce, verifier, next) = (text("nonce"), text("verifier"), text("next"));
    if back.code.is_empty() {
        return Err(wrong("the provider refused"));
    }
    let now_s = workspace.clock.now().as_second();
    let redirect = redirect(hosting, &workspace.name);
    let issuer = provider.config.issuer.clone();
    let claims = blocking(move || {
        let token = provider.exchange(&back.code, &redirect, &verifier)?;
        identify(&provider, &token, &nonce, now_s)
    });
    let Claims { subject, email } = claims.await?;
    Ok((Identity { issuer, subject, email }, next))
}

/// The token's claims; a provider that changed its keys is asked for them once more.
fn identify(
    provider: &Arc<Provider>,
    token: &str,
    nonce: &str,
    now_s: i64,
) -> Result<Claims, Wrong> {
    let config = &provider.config;
    let expected = Expected { issuer: &config.issuer, client_id: &config.client_id, nonce, now_s };
    read(token, &provider.keys(false)?, expected)
        .or_else(|_| read(token, &provider.keys(true)?, expected))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Wrong> + Send + 'static,
) -> Result<T, Wrong> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(Wrong(error.to_string())))
}

fn back_to_sign_in(hosting: &State, visited: &Visited, wrong: &Wrong) -> Response {
    tracing::warn!(workspace = visited.workspace.name, %wrong, "a sign-in elsewhere failed");
    let over = crumb(hosting, &format!("{}=", held(hosting, visited)), 0);
    let place = format!("{}/sign-in?problem=elsewhere", base(hosting, &visited.workspace.name));
    (StatusCode::SEE_OTHER, [(header::LOCATION, place), (header::SET_COOKIE, over)]).into_response()
}

/// The name of the cookie that holds a sign-in under way.
fn held(hosting: &State, visited: &Visited) -> String {
    format!("{}_elsewhere", cookie_name(&visited.workspace, hosting.config.is_secure()))
}

fn crumb(hosting: &State, pair: &str, seconds: u32) -> String {
    let secure = if hosting.config.is_secure() { "; Secure" } else { "" };
    format!("{pair}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

/// The workspace's own address, whatever the request says of itself.
fn base(hosting: &State, workspace: &str) -> String {
    let public = hosting.config.public_url.as_deref().unwrap_or("");
    format!("{}/w/{workspace}", public.trim_end_matches('/'))
}

fn redirect(hosting: &State, workspace: &str) -> String {
    format!("{}/api/v1/session/oidc/callback", base(hosting, workspace))
}

/// Only a path of this site may be gone on to.
fn safe(next: &str) -> String {
    let outside = next.starts_with("//") || next.starts_with("/\\");
    if !next.starts_with('/') || outside || next.chars().any(char::is_control) {
        return "/".to_owned();
    }
    // What a header cannot hold is written in another way.
    let plain = |c: char| c.is_ascii_graphic();
    next.chars()
        .map(|c| match plain(c) {
            true => c.to_string(),
            false => utf8_percent_encode(&c.to_string(), NON_ALPHANUMERIC).to_string(),
        })
        .collect()
}
