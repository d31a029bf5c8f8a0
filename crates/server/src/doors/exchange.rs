//! The doors to files and exports: bytes in, bytes out.

use app::files::{FileMeta, disposition};
use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::TryStreamExt;
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_util::io::{ReaderStream, StreamReader};
use uuid::Uuid;

use super::enter::{Entered, text};
use super::problem::{Failure, JsonBody};

type Answer = Result<Json<Value>, Failure>;

/// What a file is about.
#[derive(Debug, Deserialize)]
pub struct About {
    object: Option<String>,
    id: Option<Uuid>,
}

/// `POST /files`: the raw bytes; the name in `X-File-Name`.
pub async fn upload(
    entered: Entered,
    Query(about): Query<About>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let name = percent_decode_str(text(&headers, "x-file-name")).decode_utf8_lossy().into_owned();
    let bytes = body.into_data_stream().map_err(std::io::Error::other);
    let reader = std::pin::pin!(StreamReader::new(bytes));
    let about = about.object.zip(about.id);
    let file = entered.workspace.put_file(&entered.actor, &name, about, reader).await?;
    Ok((StatusCode::CREATED, Json(file)).into_response())
}

/// `GET /files/{id}/content`
pub async fn download(entered: Entered, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let (meta, file) = entered.workspace.open_file(&entered.actor, id).await?;
    Ok(bytes(&meta, file))
}

/// A file of known size as a download.
fn bytes(meta: &FileMeta, file: std::fs::File) -> Response {
    let mut response = stream(&meta.name, &meta.content_type, file);
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(meta.size));
    response
}

/// A file as a download: never drawn by the browser as a page of ours.
pub(super) fn stream(name: &str, content_type: &str, file: std::fs::File) -> Response {
    let body = Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(file)));
    let headers = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition(name)),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    (headers, body).into_response()
}

/// `POST /exports`
pub async fn start_export(entered: Entered, JsonBody(body): JsonBody) -> Result<Response, Failure> {
    let export = entered.workspace.start_export(&entered.actor, &body).await?;
    Ok((StatusCode::ACCEPTED, Json(export)).into_response())
}

/// `GET /exports/{id}/content`
pub async fn export_content(entered: Entered, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let (meta, file) = entered.workspace.open_export(&entered.actor, id).await?;
    Ok(bytes(&meta, file))
}

/// `POST /exports/{id}/commands/cancel`
pub async fn cancel_export(entered: Entered, Path(id): Path<Uuid>) -> Answer {
    entered.workspace.cancel_export(&entered.actor, id).await?;
    let record = entered.workspace.get(&entered.actor, "export", id, None).await?;
    Ok(Json(json!({"record": record, "made": []})))
}
