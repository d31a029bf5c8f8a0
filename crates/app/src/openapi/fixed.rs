//! The operations that do not belong to an object's list: signing in, search, schema, files, imports, exports.

use serde_json::{Value as Json, json};

use super::{Document, Operation, schema_ref};

/// The groups of these operations.
pub(super) fn tags() -> Vec<Json> {
    [
        ("session", "Signing in and one's own account"),
        ("workspace", "The workspace as a whole"),
        ("exchange", "Files, imports and exports"),
        ("administration", "Looking after people, rights and data"),
    ]
    .into_iter()
    .map(|(name, description)| json!({"name": name, "description": description}))
    .collect()
}

/// Adds them all.
pub(super) fn add(document: &mut Document) {
    add_session(document);
    add_account(document);
    super::care::add(document);
    add_workspace(document);
    add_files(document);
    add_imports(document);
    add_exports(document);
}

pub(super) fn text() -> Json {
    json!({"type": "string"})
}

/// An object with these properties, of which those before `required` must be there.
pub(super) fn object(required: usize, properties: &[(&str, Json)]) -> Json {
    let names: Vec<&str> = properties.iter().take(required).map(|(name, _)| *name).collect();
    let properties: serde_json::Map<String, Json> =
        properties.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    json!({"type": "object", "properties": properties, "required": names})
}

fn add_session(document: &mut Document) {
    let state = Operation::new(
        "setup_state",
        "session",
        "Whether the workspace waits for its first administrator",
    )
    .open()
    .answers(200, object(1, &[("needed", json!({"type": "boolean"}))]));
    document.add("get", "/setup", state);
    let set_up = Operation::new("set_up", "session", "Make the first administrator, once")
        .open()
        .body(object(
            5,
            &[
                ("company", text()),
                ("name", text()),
                ("email", json!({"type": "string", "format": "email"})),
                ("password", json!({"type": "string", "minLength": 10, "maxLength": 256})),
                ("token", text()),
                ("locale", json!({"enum": ["zh-CN", "en"]})),
                ("currency", json!({"type": "string", "minLength": 3, "maxLength": 3})),
                ("country", json!({"type": "string", "minLength": 2, "maxLength": 2})),
                ("time_zone", text()),
                ("sample", json!({"type": "boolean"})),
            ],
        ))
        .answers(200, schema_ref("Me"));
    document.add("post", "/setup", set_up);
    let sign_in = Operation::new("sign_in", "session", "Sign in")
        .open()
        .body(object(2, &[("email", text()), ("password", text()), ("code", text())]))
        .answers(200, schema_ref("Me"));
    document.add("post", "/session", sign_in);
    document.add(
        "delete",
        "/session",
        Operation::new("sign_out", "session", "Sign out").answers_nothing(),
    );
}

fn add_account(document: &mut Document) {
    let me = Operation::new("me", "session", "Who is signed in, and where")
        .answers(200, schema_ref("Me"));
    document.add("get", "/me", me);
    let title = "Change one's language, time zone and preferences";
    let update = Operation::new("update_me", "session", title)
        .body(object(
            0,
            &[
                ("locale", json!({"enum": ["zh-CN", "en"]})),
                ("time_zone", text()),
                ("preferences", schema_ref("Preferences")),
            ],
        ))
        .answers(200, schema_ref("Me"));
    document.add("patch", "/me", update);
    let password = Operation::new("change_password", "session", "Change one's password")
        .body(object(2, &[("current", text()), ("new", text())]))
        .answers_nothing();
    document.add("post", "/me/password", password);
    let sessions = Operation::new("my_sessions", "session", "Where one is signed in").answers(
        200,
        object(1, &[("items", json!({"type": "array", "items": schema_ref("Session")}))]),
    );
    document.add("get", "/me/sessions", sessions);
    let end =
        Operation::new("end_session", "session", "Sign out there").with(&["id"]).answers_nothing();
    document.add("delete", "/me/sessions/{id}", end);
}

fn add_workspace(document: &mut Document) {
    let schema = Operation::new("schema", "workspace", "What the UI is drawn from")
        .answers(200, json!({"type": "object"}));
    document.add("get", "/schema", schema);
    let openapi = Operation::new("openapi", "workspace", "This document")
        .answers(200, json!({"type": "object"}));
    document.add("get", "/openapi.json", openapi);
    let hit = object(
        3,
        &[
            ("object", text()),
            ("id", text()),
            ("title", schema_ref("Title")),
            ("subtitle", schema_ref("Title")),
        ],
    );
    let search = Operation::new("search", "workspace", "Find records by their words, newest first")
        .with(&["q", "limit"])
        .parameter(json!({"name": "objects", "in": "query", "schema": text(),
                          "description": "Names of objects, with commas; all that are searched when left out."}))
        .answers(200, object(1, &[("items", json!({"type": "array", "items": hit}))]));
    document.add("get", "/search", search);
    let events = Operation::new("events", "workspace", "What changes, as server-sent events")
        .parameter(json!({"name": "Last-Event-ID", "in": "header", "schema": {"type": "integer"},
                          "description": "Goes on after this event."}))
        .answers_bytes("text/event-stream");
    document.add("get", "/events", events);
    let undo = Operation::new("undo_bulk", "workspace", "Undo a change of many records")
        .with(&["id"])
        .answers(
            200,
            object(
                1,
                &[
                    ("done", json!({"type": "integer"})),
                    ("left", json!({"type": "array", "items": text()})),
                ],
            ),
        );
    document.add("post", "/bulk/{id}/undo", undo);
}

fn add_files(document: &mut Document) {
    let put = Operation::new("put_file", "exchange", "Keep a file")
        .parameter(
            json!({"name": "X-File-Name", "in": "header", "required": true, "schema": text(),
                          "description": "Percent-encoded UTF-8."}),
        )
        .bytes()
        .answers(201, json!({"type": "object"}));
    document.add("post", "/files", put);
    let content = Operation::new("file_content", "exchange", "The bytes of a file")
        .with(&["id"])
        .answers_bytes("application/octet-stream");
    document.add("get", "/files/{id}/content", content);
}

fn add_imports(document: &mut Document) {
    let record = || json!({"type": "object"});
    let inspect =
        Operation::new("inspect_import", "exchange", "What is in a file, and where it might go")
            .body(object(1, &[("file", text()), ("object", text())]))
            .answers(200, record());
    document.add("post", "/imports/inspect", inspect);
    let create = Operation::new("start_import", "exchange", "Import a file, or try it")
        .body(object(
            1,
            &[
                ("file", text()),
                ("mapping", record()),
                ("mapping_id", text()),
                ("dry_run", json!({"type": "boolean"})),
            ],
        ))
        .answers(202, record());
    document.add("post", "/imports", create);
    let preview = Operation::new("preview_import", "exchange", "What a trial run would do")
        .with(&["id"])
        .answers(200, record());
    document.add("get", "/imports/{id}/preview", preview);
    for (command, summary) in
        [("run", "Run it after a trial"), ("cancel", "Stop it"), ("undo", "Undo all of it")]
    {
        let operation = Operation::new(format!("{command}_import"), "exchange", summary)
            .with(&["id"])
            .answers(202, record());
        document.add("post", &format!("/imports/{{id}}/commands/{command}"), operation);
    }
    let errors = Operation::new(
        "import_errors",
        "exchange",
        "The rows that were not taken, with the reasons",
    )
    .with(&["id"])
    .answers_bytes("text/csv");
    document.add("get", "/imports/{id}/errors", errors);
}

fn add_exports(document: &mut Document) {
    let create = Operation::new("start_export", "exchange", "Take a list away in a file")
        .body(object(
            2,
            &[
                ("object", text()),
                ("format", json!({"enum": ["csv", "xlsx", "jsonl", "vcard"]})),
                ("filter", schema_ref("Filter")),
                ("q", text()),
                ("sort", text()),
                ("fields", json!({"type": "array", "items": text()})),
                ("raw", json!({"type": "boolean", "description": "Codes and field names; no guard against formulas."})),
            ],
        ))
        .answers(202, json!({"type": "object"}));
    document.add("post", "/exports", create);
    let content = Operation::new("export_content", "exchange", "The file of a finished export")
        .with(&["id"])
        .answers_bytes("application/octet-stream");
    document.add("get", "/exports/{id}/content", content);
    let cancel =
        Operation::new("cancel_export", "exchange", "Stop it").with(&["id"]).answers_nothing();
    document.add("post", "/exports/{id}/commands/cancel", cancel);
}
