//! Problems as answers: every error of every door becomes one document, in the caller's language.

use std::time::Instant;

use app::Error;
use axum::body::Body;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use model::{Language, Problem};
use serde_json::Value as Json;
use tower_http::timeout::TimeoutError;
use uuid::Uuid;

use super::enter::text;

/// Bytes of a JSON body.
pub const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// An error on its way out; `render` puts it into words.
#[derive(Debug)]
pub struct Failure(pub Error);

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure(error.into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(self.0);
        response
    }
}

/// The request's number, in every answer and in the log.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Gives each request a number, and each error its words.
pub async fn render(mut request: Request, next: Next) -> Response {
    let id = Uuid::now_v7().simple().to_string();
    let headers = request.headers();
    let language = Language::parse(text(headers, "accept-language")).unwrap_or_default();
    let is_api = request.uri().path().starts_with("/api/");
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    request.extensions_mut().insert(RequestId(id.clone()));
    let began = Instant::now();
    let mut response = next.run(request).await;
    let error = response.extensions_mut().remove::<Error>().or_else(|| {
        let plain = !response.headers().contains_key(header::CONTENT_TYPE)
            || text(response.headers(), "content-type").starts_with("text/plain");
        (is_api && plain).then(|| from_status(response.status(), method.as_str())).flatten()
    });
    if let Some(error) = error {
        if error.status() >= 500 {
            tracing::error!(request_id = id, %method, path, %error, "failed");
        }
        response = document(&error, language, &id);
    }
    // The path alone: what is asked for behind the question mark may be somebody's name or a token.
    let (status, micros) = (response.status().as_u16(), began.elapsed().as_micros());
    tracing::info!(request_id = id, %method, path, status, micros, "answered");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

fn document(error: &Error, language: Language, id: &str) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = Response::new(Body::from(error.to_json(language, id).to_string()));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    if matches!(status.as_u16(), 429 | 503 | 504 | 507) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

/// The framework's own plain answers, as errors of ours.
fn from_status(status: StatusCode, method: &str) -> Option<Error> {
    Some(match status.as_u16() {
        404 => Error::not_found(),
        405 => Error::Refused(Problem::new("method").with("method", method)),
        413 => Error::Refused(Problem::new("too_large").with("max", BODY_BYTES_MAX)),
        400..=499 => Error::Refused(Problem::new("bad_json").with("detail", status.as_str())),
        500..=599 => Error::refused("internal"),
        _ => return None,
    })
}

/// Whether a body failed because nothing came for too long.
pub(super) fn is_slow(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut error = Some(error);
    while let Some(one) = error {
        if one.is::<TimeoutError>() {
            return true;
        }
        error = one.source();
    }
    false
}

/// A JSON body.
pub struct JsonBody(pub Json);

impl<S: Send + Sync> FromRequest<S> for JsonBody {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<JsonBody, Failure> {
        let kind = text(request.headers(), "content-type").to_ascii_lowercase();
        // Only JSON: a form of another site cannot send it without asking first.
        if !kind.is_empty() && !kind.starts_with("application/json") && !kind.contains("+json") {
            return Err(Failure(Error::Refused(Problem::new("bad_json").with("detail", kind))));
        }
        let said = text(request.headers(), "content-length").parse::<usize>();
        if said.is_ok_and(|bytes| bytes > BODY_BYTES_MAX) {
            let problem = Problem::new("too_large").with("max", BODY_BYTES_MAX);
            return Err(Failure(Error::Refused(problem)));
        }
        let bytes =
            axum::body::Bytes::from_request(request, state).await.map_err(|error| match error {
                BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => {
                    Failure(Error::Refused(Problem::new("too_large").with("max", BODY_BYTES_MAX)))
                }
                other if is_slow(&other) => Failure(Error::refused("body_slow")),
                other => Failure(Error::Refused(Problem::new("bad_json").with("detail", other))),
            })?;
        if bytes.is_empty() {
            return Ok(JsonBody(Json::Object(serde_json::Map::new())));
        }
        let json = serde_json::from_slice(&bytes);
        json.map(JsonBody).map_err(|error| {
            Failure(Error::Refused(Problem::new("bad_json").with("detail", error)))
        })
    }
}
