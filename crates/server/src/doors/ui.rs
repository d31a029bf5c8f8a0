//! The UI: embedded files, and its page for every other path, with what its first view asks for.

use axum::body::Body;
use axum::extract::{OptionalFromRequestParts, Request, State as Shared};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};
use serde_json::json;

use super::enter::{Entered, State, text};

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Dist;

/// Everything the browser may load comes from here; styles are also set by script.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; frame-src blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/// A file of the UI, or its page.
pub async fn file(Shared(hosting): Shared<State>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let path = parts.uri.path().trim_start_matches('/').to_owned();
    if path.starts_with("api/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let hashed = path.starts_with("assets/");
    let page = path.is_empty() || path == "index.html" || (!hashed && Dist::get(&path).is_none());
    if page {
        return match Dist::get("index.html") {
            Some(file) => page_for(&mut parts, &hosting, file).await,
            None => (StatusCode::NOT_FOUND, "The UI is not part of this build.").into_response(),
        };
    }
    match Dist::get(&path) {
        Some(file) => stored(&parts, file, hashed),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The page. Whoever is signed in gets their account and the schema with it, so that the first view waits for one
/// request and not for three; such a page belongs to one person and is not kept anywhere.
async fn page_for(parts: &mut Parts, hosting: &State, file: EmbeddedFile) -> Response {
    let entered = <Entered as OptionalFromRequestParts<State>>::from_request_parts(parts, hosting);
    let boot = match entered.await {
        Ok(Some(entered)) if entered.session.is_some() => boot_of(entered).await,
        _ => None,
    };
    let mut response = match (boot, std::str::from_utf8(&file.data)) {
        (Some(boot), Ok(html)) => {
            let kind = (header::CONTENT_TYPE, "text/html; charset=utf-8");
            let kept = (header::CACHE_CONTROL, "no-store");
            ([kind, kept], html.replacen("</head>", &format!("{boot}</head>"), 1)).into_response()
        }
        _ => stored(parts, file, false),
    };
    let policy = HeaderValue::from_static(POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// The answers the first view begins with, as a block of data: no script, so the policy needs no exception.
async fn boot_of(entered: Entered) -> Option<String> {
    let mut me = entered.workspace.me(&entered.actor).await.ok()?;
    me["csrf"] = json!(entered.session.as_ref().map(|session| &session.csrf));
    let schema = entered.workspace.schema_json(&entered.actor);
    // Without `<` nothing in it can end the block.
    let data = json!({"/me": me, "/schema": schema}).to_string().replace('<', "\\u003c");
    Some(format!("<script type=\"application/json\" id=\"boot\">{data}</script>"))
}

fn stored(parts: &Parts, file: EmbeddedFile, hashed: bool) -> Response {
    let tag = format!("\"{}\"", hex(&file.metadata.sha256_hash()));
    if text(&parts.headers, "if-none-match") == tag {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let kind = file.metadata.mimetype().to_owned();
    let mut response = Response::new(Body::from(file.data));
    let headers = response.headers_mut();
    let cache = if hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    for (name, value) in [(header::CONTENT_TYPE, kind), (header::ETAG, tag)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}
