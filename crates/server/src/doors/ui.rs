//! The UI: embedded files, and its page for every other path.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use super::enter::text;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Dist;

/// Everything the browser may load comes from here; styles are also set by script.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; frame-src blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/// A file of the UI, or its page.
pub async fn file(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let hashed = path.starts_with("assets/");
    let found = Dist::get(path).map(|file| (path, file));
    let page = || Dist::get("index.html").map(|file| ("index.html", file));
    let Some((name, file)) = found.or_else(|| if hashed { None } else { page() }) else {
        return (StatusCode::NOT_FOUND, "The UI is not part of this build.").into_response();
    };
    let tag = format!("\"{}\"", hex(&file.metadata.sha256_hash()));
    if text(&headers, "if-none-match") == tag {
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
    if name == "index.html" {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    }
    response
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}
