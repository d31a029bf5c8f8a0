//! Schemas, parameters and answers that many operations share.

use serde_json::{Map, Value as Json, json};

fn map(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

/// `components/schemas`.
pub(super) fn schemas() -> Map<String, Json> {
    let mut all = values();
    all.extend(answers());
    all.extend(problems());
    all
}

fn values() -> Map<String, Json> {
    let id = json!({"type": "string", "format": "uuid"});
    map(json!({
        "Title": {"type": ["string", "null"]},
        "Decimal": {"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$", "example": "12.5"},
        "DecimalInput": {"anyOf": [{"$ref": "#/components/schemas/Decimal"}, {"type": "number"}]},
        "Money": {"type": "object", "required": ["amount", "currency"], "properties": {
            "amount": {"$ref": "#/components/schemas/Decimal"},
            "currency": {"type": "string", "minLength": 3, "maxLength": 3}}},
        "MoneyInput": {"anyOf": [{"$ref": "#/components/schemas/Money"},
                                 {"$ref": "#/components/schemas/DecimalInput"}]},
        "Link": {"type": "object", "required": ["id", "title"], "properties": {
            "id": id, "title": {"$ref": "#/components/schemas/Title"}}},
        "LinkInput": {"anyOf": [id, {"type": "object", "required": ["id"], "properties": {"id": id}}]},
        "AnyLink": {"type": "object", "required": ["object", "id"], "properties": {
            "object": {"type": "string"}, "id": id, "title": {"$ref": "#/components/schemas/Title"}}},
        "AnyLinkInput": {"type": "object", "required": ["object", "id"], "properties": {
            "object": {"type": "string"}, "id": id}},
        "Filter": {"anyOf": [
            {"type": "object", "required": ["and"], "properties": {
                "and": {"type": "array", "items": {"$ref": "#/components/schemas/Filter"}}}},
            {"type": "object", "required": ["or"], "properties": {
                "or": {"type": "array", "items": {"$ref": "#/components/schemas/Filter"}}}},
            {"type": "object", "required": ["not"], "properties": {"not": {"$ref": "#/components/schemas/Filter"}}},
            {"type": "object", "required": ["search"], "properties": {"search": {"type": "string"}}},
            {"type": "object", "required": ["field", "op"], "properties": {
                "field": {"type": "string"}, "op": {"type": "string"}, "value": {}}}]},
        "Query": {"type": "object", "properties": {
            "filter": {"$ref": "#/components/schemas/Filter"}, "q": {"type": "string"},
            "sort": {"type": "array", "items": {"type": "string"}},
            "fields": {"type": "array", "items": {"type": "string"}},
            "expand": {"type": "array", "items": {"type": "string"}},
            "limit": {"type": "integer", "minimum": 1, "maximum": 200}, "cursor": {"type": "string"},
            "count": {"type": "boolean"}, "deleted": {"type": "boolean"}}},
    }))
}

fn answers() -> Map<String, Json> {
    let at = json!({"type": "string", "format": "date-time"});
    let actor = json!({"anyOf": [{"$ref": "#/components/schemas/Link"}, {"type": "null"}]});
    let next = json!({"type": ["string", "null"]});
    map(json!({
        "Count": {"type": "object", "required": ["value", "exact"], "properties": {
            "value": {"type": "integer"}, "exact": {"type": "boolean"}}},
        "Groups": {"type": "object", "required": ["groups", "truncated"], "properties": {
            "groups": {"type": "array", "items": {"type": "object", "required": ["key"], "properties": {
                "key": {"type": "array", "items": {}}, "count": {"type": "integer"}}}},
            "truncated": {"type": "boolean"}}},
        "BulkAnswer": {"type": "object", "required": ["id", "done", "failed"], "properties": {
            "id": {"type": "string", "format": "uuid"}, "done": {"type": "integer"},
            "failed": {"type": "array", "items": {"type": "object"}}}},
        "History": {"type": "object", "required": ["items", "next"], "properties": {"next": next, "items": {
            "type": "array", "items": {"type": "object", "properties": {
                "seq": {"type": "integer"}, "version": {"type": "integer"}, "at": at, "actor": actor,
                "cause": {"type": "object", "properties": {
                    "kind": {"enum": ["request", "import", "command", "bulk", "undo", "system"]},
                    "id": {"type": ["string", "null"]}}},
                "action": {"enum": ["create", "update", "delete", "restore"]},
                "changes": {"type": "array", "items": {"type": "object", "properties": {
                    "field": {"type": "string"}, "old": {}, "new": {}}}}}}}}},
        "Timeline": {"type": "object", "required": ["items", "next"], "properties": {"next": next, "items": {
            "type": "array", "items": {"type": "object", "properties": {
                "kind": {"type": "string"}, "at": at, "actor": actor,
                "record": {"type": "object"}, "change": {"type": "object"}}}}}},
        "Explanation": {"type": "object", "required": ["visible", "reasons"], "properties": {
            "visible": {"type": "boolean"}, "actions": {"type": "object"},
            "reasons": {"type": "array", "items": {"type": "object", "properties": {
                "code": {"type": "string"}, "text": {"type": "string"}}}}}},
        "Session": {"type": "object", "required": ["id", "current"], "properties": {
            "id": {"type": "string", "format": "uuid"}, "agent": {"type": "string"}, "address": {"type": "string"},
            "current": {"type": "boolean"}, "created_at": at, "seen_at": at}},
        "Me": {"type": "object", "required": ["user", "workspace"], "properties": {
            "user": {"type": "object"}, "csrf": {"type": "string"}, "workspace": {"type": "object"},
            "preferences": {"$ref": "#/components/schemas/Preferences"}}},
        "Preferences": {"type": "object", "additionalProperties": false, "properties": {
            "favourites": {"type": "array", "maxItems": 30, "items": {"type": "object", "required": ["object"],
                "properties": {"object": {"type": "string"}, "id": {"type": "string"}, "title": {"type": "string"}}}},
            "opens": {"type": "object", "additionalProperties": {"type": "string"}}}},
    }))
}

fn problems() -> Map<String, Json> {
    map(json!({
        "Problem": {"type": "object", "description": "RFC 9457.",
            "required": ["type", "title", "status", "code", "errors", "request_id"],
            "properties": {
                "type": {"type": "string", "format": "uri"}, "title": {"type": "string"},
                "status": {"type": "integer"}, "code": {"type": "string"}, "detail": {"type": "string"},
                "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldProblem"}},
                "request_id": {"type": "string"},
                "current": {"type": "object", "description": "With stale_version: the record as it is now."}}},
        "FieldProblem": {"type": "object", "required": ["field", "code", "message"], "properties": {
            "field": {"type": ["string", "null"]}, "code": {"type": "string"}, "message": {"type": "string"},
            "params": {"type": "object", "additionalProperties": {"type": "string"}}}},
    }))
}

/// `components/responses`.
pub(super) fn responses() -> Json {
    json!({"problem": {"description": "What is wrong, every bad field at once.", "content": {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}})
}

/// `components/parameters`.
pub(super) fn parameters() -> Json {
    let query = |name: &str, schema: Json, description: &str| json!({"name": name, "in": "query", "schema": schema, "description": description});
    let header = |name: &str, schema: Json, description: &str| json!({"name": name, "in": "header", "schema": schema, "description": description});
    let text = || json!({"type": "string"});
    let flag = || json!({"type": "boolean", "default": false});
    json!({
        "id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}},
        "filter": {"name": "filter", "in": "query", "description": "The filter, as JSON.", "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Filter"}}}},
        "q": query("q", text(), "Words that the records hold."),
        "sort": query("sort", text(), "Fields in order, with commas; - before a field for falling."),
        "fields": query("fields", text(), "Fields shown, with commas."),
        "expand": query("expand", text(), "Links whose whole records are shown, with commas."),
        "limit": query("limit", json!({"type": "integer", "minimum": 1, "maximum": 200, "default": 50}), "Records on the page."),
        "kinds": query("kinds", text(), "Only these kinds: names of objects, and change, separated by commas."),
        "cursor": query("cursor", text(), "Where the page begins: next of the page before."),
        "count": query("count", flag(), "Whether to count, up to 10,000."),
        "deleted": query("deleted", flag(), "The recycle bin instead of what is live."),
        "group": query("group", text(), "Fields to group by, with commas; days and moments as field:month."),
        "measure": query("measure", text(), "count, sum:field, avg:field, min:field, max:field, with commas."),
        "as_of": query("as_of", json!({"type": "string", "format": "date-time"}), "The record as it was then."),
        "user": query("user", json!({"type": "string", "format": "uuid"}), "Whose rights are explained."),
        "field": query("field", text(), "The field whose visibility is explained."),
        "if_match": header("If-Match", text(), "The version that is changed, as \"3\"; or version in the body."),
        "idempotency_key": header("Idempotency-Key", json!({"type": "string", "maxLength": 255}), "Makes a repeat harmless."),
        "accept_language": header("Accept-Language", json!({"type": "string", "example": "zh-CN"}), "The language of messages."),
    })
}

/// `components/securitySchemes`.
pub(super) fn security_schemes(workspace: &str) -> Json {
    json!({
        "session": {"type": "apiKey", "in": "cookie", "name": format!("guanxi_{workspace}"),
                    "description": "Given by POST /session; over HTTPS its name begins with __Host-."},
        "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token",
                 "description": "With the cookie, for changing calls: from GET /me."},
        "api_key": {"type": "http", "scheme": "bearer", "description": "gx_live_…"},
    })
}
