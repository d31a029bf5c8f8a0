//! The doors to records: the same for every object.

use app::records::{BulkAction, BulkTarget, KEY_CHARS_MAX, ListRequest, Repeat};
use app::{Error, Workspace};
use axum::Json;
use axum::extract::{Path, Query};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use model::{Action, Problem};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::enter::{Entered, text};
use super::problem::{Failure, JsonBody};

type Answer = Result<Json<Value>, Failure>;

/// The parameters of a list, in the query string.
#[derive(Debug, Default, Deserialize)]
pub struct ListParameters {
    filter: Option<String>,
    q: Option<String>,
    sort: Option<String>,
    fields: Option<String>,
    expand: Option<String>,
    limit: Option<usize>,
    cursor: Option<String>,
    #[serde(default)]
    count: bool,
    #[serde(default)]
    deleted: bool,
}

/// The object's name from its plural in the path.
pub(super) fn named(workspace: &Workspace, plural: &str) -> Result<String, Failure> {
    let schema = workspace.schema();
    let found = schema.by_plural(plural).map(|object| object.name.clone());
    found.ok_or_else(|| {
        Failure(Error::Refused(Problem::new("object_unknown").with("object", plural)))
    })
}

pub(super) fn id(text: &str) -> Result<Uuid, Failure> {
    Uuid::parse_str(text).map_err(|_| Failure(Error::not_found()))
}

fn words(text: Option<String>) -> Vec<String> {
    let text = text.unwrap_or_default();
    text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn some_words(text: Option<String>) -> Option<Vec<String>> {
    Some(words(text)).filter(|words| !words.is_empty())
}

fn filter(text: Option<&str>) -> Result<Option<Value>, Failure> {
    let parse = |text: &str| {
        serde_json::from_str(text).map_err(|_| Failure(Problem::of("filter", "filter_json").into()))
    };
    text.filter(|text| !text.is_empty()).map(parse).transpose()
}

/// `GET /{objects}`
pub async fn list(
    entered: Entered,
    Path(plural): Path<String>,
    Query(given): Query<ListParameters>,
) -> Result<Response, Failure> {
    let name = named(&entered.workspace, &plural)?;
    let request = ListRequest {
        filter: filter(given.filter.as_deref())?,
        q: given.q,
        sort: given.sort,
        fields: some_words(given.fields),
        expand: words(given.expand),
        limit: given.limit,
        cursor: given.cursor,
        count: given.count,
        deleted: given.deleted,
    };
    Ok(json_text(entered.workspace.list_text(&entered.actor, &name, request).await?))
}

/// JSON that is text already.
fn json_text(text: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}

/// `POST /{objects}/query`
pub async fn query(
    entered: Entered,
    Path(plural): Path<String>,
    JsonBody(body): JsonBody,
) -> Result<Response, Failure> {
    let name = named(&entered.workspace, &plural)?;
    let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
    let list = |key: &str| -> Option<Vec<String>> {
        match body.get(key) {
            Some(Value::String(text)) => some_words(Some(text.clone())),
            Some(Value::Array(all)) => {
                Some(all.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            }
            _ => None,
        }
    };
    let flag = |key: &str| body.get(key).and_then(Value::as_bool).unwrap_or(false);
    let request = ListRequest {
        filter: body.get("filter").cloned(),
        q: text("q"),
        sort: list("sort").map(|sort| sort.join(",")),
        fields: list("fields"),
        expand: list("expand").unwrap_or_default(),
        limit: body.get("limit").and_then(Value::as_u64).map(|limit| limit as usize),
        cursor: text("cursor"),
        count: flag("count"),
        deleted: flag("deleted"),
    };
    Ok(json_text(entered.workspace.list_text(&entered.actor, &name, request).await?))
}

/// The parameters of an aggregate.
#[derive(Debug, Deserialize)]
pub struct AggregateParameters {
    #[serde(default)]
    group: String,
    #[serde(default)]
    measure: String,
    filter: Option<String>,
}

/// `GET /{objects}/aggregate`
pub async fn aggregate(
    entered: Entered,
    Path(plural): Path<String>,
    Query(given): Query<AggregateParameters>,
) -> Answer {
    let name = named(&entered.workspace, &plural)?;
    let filter = filter(given.filter.as_deref())?;
    let measure = if given.measure.is_empty() { "count" } else { &given.measure };
    let answer =
        entered.workspace.aggregate(&entered.actor, &name, &given.group, measure, filter.as_ref());
    Ok(Json(answer.await?))
}

/// `POST /{objects}`
pub async fn create(
    entered: Entered,
    Path(plural): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Response, Failure> {
    let name = named(&entered.workspace, &plural)?;
    let key = text(&headers, "idempotency-key");
    if key.chars().count() > KEY_CHARS_MAX {
        return Err(Failure(
            Problem::of("Idempotency-Key", "text_long").with("max", KEY_CHARS_MAX).into(),
        ));
    }
    let repeat = (!key.is_empty()).then(|| {
        let what = Sha256::digest(format!("POST {plural} {body}").as_bytes());
        let fingerprint = what.iter().map(|byte| format!("{byte:02x}")).collect();
        Repeat { key: key.to_owned(), fingerprint }
    });
    let made = if name == "api_key" {
        entered.workspace.make_api_key(&entered.actor, &body).await?
    } else {
        entered.workspace.create(&entered.actor, &name, &body, repeat).await?
    };
    Ok((StatusCode::CREATED, Json(made)).into_response())
}

/// The parameters of one record.
#[derive(Debug, Deserialize)]
pub struct RecordParameters {
    fields: Option<String>,
    as_of: Option<String>,
}

/// `GET /{objects}/{id}`
pub async fn get(
    entered: Entered,
    Path((plural, record)): Path<(String, String)>,
    Query(given): Query<RecordParameters>,
) -> Answer {
    let name = named(&entered.workspace, &plural)?;
    let record = id(&record)?;
    let answer = match given.as_of {
        None => {
            entered.workspace.get(&entered.actor, &name, record, some_words(given.fields)).await?
        }
        Some(at) => {
            let at =
                at.parse().map_err(|_| Problem::of("as_of", "instant_format").with("value", &at));
            entered.workspace.as_of(&entered.actor, &name, record, at.map_err(Error::from)?).await?
        }
    };
    Ok(Json(answer))
}

/// The version of `If-Match: "3"`.
fn version(headers: &HeaderMap) -> Option<i64> {
    text(headers, "if-match").trim_start_matches("W/").trim_matches('"').parse().ok()
}

/// `PATCH /{objects}/{id}`
pub async fn update(
    entered: Entered,
    Path((plural, record)): Path<(String, String)>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Answer {
    let name = named(&entered.workspace, &plural)?;
    let version = version(&headers);
    let answer =
        entered.workspace.update(&entered.actor, &name, id(&record)?, version, &body).await?;
    Ok(Json(answer))
}

/// `DELETE /{objects}/{id}`
pub async fn delete(
    entered: Entered,
    Path((plural, record)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<StatusCode, Failure> {
    let name = named(&entered.workspace, &plural)?;
    entered.workspace.delete(&entered.actor, &name, id(&record)?, version(&headers)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /{objects}/{id}/restore`
pub async fn restore(entered: Entered, Path((plural, record)): Path<(String, String)>) -> Answer {
    let name = named(&entered.workspace, &plural)?;
    Ok(Json(entered.workspace.restore(&entered.actor, &name, id(&record)?).await?))
}

/// `POST /{objects}/bulk`
pub async fn bulk(
    entered: Entered,
    Path(plural): Path<String>,
    JsonBody(body): JsonBody,
) -> Answer {
    let name = named(&entered.workspace, &plural)?;
    let values = body.get("values").cloned().unwrap_or_else(|| json!({}));
    let action = match body.get("action").and_then(Value::as_str) {
        Some("update") => BulkAction::Update(values),
        Some("delete") => BulkAction::Delete,
        Some("restore") => BulkAction::Restore,
        Some(command) => BulkAction::Command(command.to_owned(), values),
        None => return Err(Failure(Error::field("action", "required"))),
    };
    let target = match (body.get("ids"), body.get("filter")) {
        (Some(Value::Array(ids)), None) => {
            let ids: Option<Vec<Uuid>> =
                ids.iter().map(|id| Uuid::parse_str(id.as_str()?).ok()).collect();
            BulkTarget::Ids(ids.ok_or_else(|| Failure(Error::field("ids", "links_expected")))?)
        }
        (None, Some(filter)) => BulkTarget::Filter(filter.clone()),
        _ => return Err(Failure(Error::field("ids", "required"))),
    };
    let outcome = entered.workspace.bulk(&entered.actor, &name, action, target).await?;
    Ok(Json(outcome.json(&entered.actor)))
}

/// `POST /bulk/{id}/undo`
pub async fn undo_bulk(entered: Entered, Path(bulk): Path<String>) -> Answer {
    let bulk = id(&bulk)?;
    // Only who sees the bulk, its owner, undoes it.
    let seen = entered.workspace.get(&entered.actor, "bulk", bulk, None).await?;
    // What was changed by right is put back by right: not by a key that only reads.
    let name = seen.get("object").and_then(Value::as_str).unwrap_or("");
    let object = entered.workspace.object(name)?;
    let schema = entered.workspace.schema();
    let may = |action| entered.actor.rights.may(&schema, &object, action);
    if !may(Action::Update) && !may(Action::Delete) {
        return Err(Failure(Error::refused("forbidden")));
    }
    let (done, left) = entered.workspace.undo(&entered.actor, bulk).await?;
    Ok(Json(json!({"done": done, "left": left})))
}

/// `POST /{objects}/{id}/commands/{command}`
pub async fn command(
    entered: Entered,
    Path((plural, record, command)): Path<(String, String, String)>,
    JsonBody(body): JsonBody,
) -> Answer {
    let name = named(&entered.workspace, &plural)?;
    Ok(Json(entered.workspace.command(&entered.actor, &name, id(&record)?, &command, &body).await?))
}

/// The parameters of a page that goes back in time.
#[derive(Debug, Deserialize)]
pub struct BackParameters {
    cursor: Option<i64>,
    limit: Option<usize>,
    /// Of a timeline: only these kinds.
    kinds: Option<String>,
}

/// `GET /{objects}/{id}/history`
pub async fn history(
    entered: Entered,
    Path((plural, record)): Path<(String, String)>,
    Query(given): Query<BackParameters>,
) -> Answer {
    let name = named(&entered.workspace, &plural)?;
    let limit = given.limit.unwrap_or(50);
    let answer =
        entered.workspace.history(&entered.actor, &name, id(&record)?, given.cursor, limit);
    Ok(Json(answer.await?))
}

/// `GET /{objects}/{id}/timeline`
pub async fn timeline(
    entered: Entered,
    Path((plural, record)): Path<(String, String)>,
    Query(given): Query<BackParameters>,
) -> Answer {
    let name = named(&entered.workspace, &plural)?;
    let (limit, kinds) = (given.limit.unwrap_or(50), some_words(given.kinds));
    let (workspace, actor) = (&entered.workspace, &entered.actor);
    let answer = workspace.timeline(actor, &name, id(&record)?, kinds, given.cursor, limit);
    Ok(Json(answer.await?))
}

/// The parameters of an explanation.
#[derive(Debug, Deserialize)]
pub struct ExplainParameters {
    user: Option<Uuid>,
    field: Option<String>,
}

/// `GET /{objects}/{id}/explain`
pub async fn explain(
    entered: Entered,
    Path((plural, record)): Path<(String, String)>,
    Query(given): Query<ExplainParameters>,
) -> Answer {
    let name = named(&entered.workspace, &plural)?;
    let user = given.user.unwrap_or(entered.actor.user());
    let field = given.field.as_deref();
    let answer = entered.workspace.explain(&entered.actor, &name, id(&record)?, user, field);
    Ok(Json(answer.await?))
}

/// The parameters of a search.
#[derive(Debug, Deserialize)]
pub struct SearchParameters {
    #[serde(default)]
    q: String,
    objects: Option<String>,
    limit: Option<usize>,
}

/// `GET /search`
pub async fn search(entered: Entered, Query(given): Query<SearchParameters>) -> Answer {
    let objects = some_words(given.objects);
    let limit = given.limit.unwrap_or(20);
    let answer = entered.workspace.search(&entered.actor, &given.q, objects, limit);
    Ok(Json(answer.await?))
}
