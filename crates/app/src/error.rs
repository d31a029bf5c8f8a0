//! What can be wrong with a request, in the terms of RFC 9457: a code, a status and the problems of its fields.

use model::{Language, Problem, messages};
use serde_json::{Value as Json, json};
use store::{Refuse, StoreError};

/// Why something was not done.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// Fields that need another look, all at once.
    #[error("invalid: {0:?}")]
    Invalid(Vec<Problem>),
    /// A refusal by its code, with parameters of its words.
    #[error("{}", .0.code)]
    Refused(Problem),
    /// The record changed since it was read: the record as it is now, as JSON.
    #[error("stale version")]
    Stale(Box<Json>),
    /// The store's.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Every refusal's status, one table for all doors.
const STATUS: &[(&str, u16)] = &[
    ("authentication", 401),
    ("sign_in_failed", 401),
    ("code_required", 401),
    ("code_wrong", 401),
    ("passkey_refused", 401),
    ("csrf", 403),
    ("forbidden", 403),
    ("scope", 403),
    ("setup_token", 403),
    ("see_as_read_only", 403),
    ("not_found", 404),
    ("object_unknown", 404),
    ("method", 405),
    ("conflict", 409),
    ("setup_done", 409),
    ("stale_version", 409),
    ("too_large", 413),
    ("file_large", 413),
    ("version_required", 428),
    ("body_slow", 408),
    ("rate_limited", 429),
    ("too_many_attempts", 429),
    ("unavailable", 503),
    ("timeout", 504),
    ("disk_failed", 503),
    ("damaged", 503),
    ("disk_full", 507),
    ("internal", 500),
    ("bad_json", 400),
];

impl Error {
    /// A refusal by its code.
    pub fn refused(code: &'static str) -> Error {
        Error::Refused(Problem::new(code))
    }

    /// There is no such record, or it may not be seen: the two look alike.
    pub fn not_found() -> Error {
        Error::refused("not_found")
    }

    /// One field that needs another look.
    pub fn field(field: &str, code: &'static str) -> Error {
        Error::Invalid(vec![Problem::of(field, code)])
    }

    /// The code.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Invalid(_) => "invalid",
            Error::Refused(problem) => problem.code,
            Error::Stale(_) => "stale_version",
            Error::Store(error) => match error {
                StoreError::Unique { .. } | StoreError::Conflict | StoreError::Stale => "conflict",
                StoreError::DiskFull => "disk_full",
                StoreError::DiskFailed(_) => "disk_failed",
                StoreError::Damaged(_) => "damaged",
                StoreError::Timeout => "timeout",
                StoreError::Unavailable(_) | StoreError::InUse(_) => "unavailable",
                _ => "internal",
            },
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        let code = self.code();
        STATUS.iter().find(|(known, _)| *known == code).map_or(422, |(_, status)| *status)
    }

    /// The problem document, in `language`.
    pub fn to_json(&self, language: Language, request_id: &str) -> Json {
        let code = self.code();
        let mut params = match self {
            Error::Refused(problem) => problem.params.clone(),
            _ => Vec::new(),
        };
        params.push(("request_id", request_id.to_owned()));
        let problems: Vec<&Problem> = match self {
            Error::Invalid(problems) => problems.iter().collect(),
            Error::Refused(problem) if problem.field.is_some() => vec![problem],
            _ => Vec::new(),
        };
        let title = messages::render(code, &params, language);
        let mut document = json!({
            "type": format!("urn:guanxi:problem:{code}"),
            "title": title,
            "status": self.status(),
            "code": code,
            "detail": title,
            "errors": problems.iter().map(|problem| problem_json(problem, language)).collect::<Vec<_>>(),
            "request_id": request_id,
        });
        if let Error::Stale(current) = self {
            document["current"] = current.as_ref().clone();
        }
        document
    }
}

/// One problem as JSON, in `language`.
pub fn problem_json(problem: &Problem, language: Language) -> Json {
    let params: serde_json::Map<String, Json> = problem
        .params
        .iter()
        .map(|(name, value)| ((*name).to_owned(), Json::String(value.clone())))
        .collect();
    json!({
        "field": problem.field,
        "code": problem.code,
        "message": problem.message(language),
        "params": params,
    })
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Error {
        Error::Invalid(vec![problem])
    }
}

impl Refuse for Error {
    fn into_store(self) -> Result<StoreError, Error> {
        match self {
            Error::Store(error) => Ok(error),
            other => Err(other),
        }
    }
}
