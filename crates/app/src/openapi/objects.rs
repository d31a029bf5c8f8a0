//! The operations that every object has, and the schemas of its records.

use model::access::FieldAccess;
use model::object::Written;
use model::{Action, Object};
use serde_json::{Map, Value as Json, json};

use super::{Document, Operation, fields, schema_ref};
use crate::Workspace;
use crate::access::Actor;

/// Objects that are made by a door of their own.
const OWN_DOORS: [&str; 3] = [crate::files::OBJECT, crate::exports::OBJECT, "import"];

/// Adds the object's operations and schemas, if the actor may know of it; whether so.
pub(super) fn add(
    document: &mut Document,
    workspace: &Workspace,
    object: &Object,
    actor: &Actor,
) -> bool {
    let schema = workspace.schema();
    let may = |action: Action| {
        let writes = !matches!(action, Action::Read | Action::Export);
        actor.rights.may(&schema, object, action) && (object.written == Written::ByAll || !writes)
    };
    if !may(Action::Read) {
        return false;
    }
    add_schemas(document, object, actor);
    add_reads(document, object);
    if may(Action::Create) && !OWN_DOORS.contains(&object.name.as_str()) {
        let create = Operation::new(format!("create_{}", object.name), &object.plural, "Create")
            .with(&["idempotency_key"])
            .body(schema_ref(&format!("{}_create", object.name)))
            .answers(201, schema_ref(&object.name));
        document.add("post", &format!("/{}", object.plural), create);
    }
    if may(Action::Update) {
        add_updates(document, object, actor);
        add_merge(document, object);
    }
    if may(Action::Delete) {
        add_deletes(document, object);
    }
    if may(Action::Update) || may(Action::Delete) {
        let bulk = Operation::new(format!("bulk_{}", object.plural), &object.plural, "Change many")
            .body(bulk_schema(object))
            .answers(200, schema_ref("BulkAnswer"));
        document.add("post", &format!("/{}/bulk", object.plural), bulk);
    }
    true
}

fn add_reads(document: &mut Document, object: &Object) {
    let (name, plural) = (&object.name, &object.plural);
    let page = schema_ref(&format!("{name}_page"));
    let list = Operation::new(format!("list_{plural}"), plural, "List")
        .with(&["filter", "q", "sort", "fields", "expand", "limit", "cursor", "count", "deleted"])
        .answers(200, page.clone());
    document.add("get", &format!("/{plural}"), list);
    let query =
        Operation::new(format!("query_{plural}"), plural, "List, with the parameters in the body")
            .body(schema_ref("Query"))
            .answers(200, page);
    document.add("post", &format!("/{plural}/query"), query);
    let aggregate = Operation::new(format!("aggregate_{plural}"), plural, "Count and sum by group")
        .with(&["group", "measure", "filter"])
        .answers(200, schema_ref("Groups"));
    document.add("get", &format!("/{plural}/aggregate"), aggregate);
    let get = Operation::new(format!("get_{name}"), plural, "Get")
        .with(&["id", "fields", "expand", "as_of"])
        .answers(200, schema_ref(name));
    document.add("get", &format!("/{plural}/{{id}}"), get);
    let history =
        Operation::new(format!("history_of_{name}"), plural, "Who changed what, newest first")
            .with(&["id", "limit", "cursor"])
            .answers(200, schema_ref("History"));
    document.add("get", &format!("/{plural}/{{id}}/history"), history);
    let timeline = Operation::new(
        format!("timeline_of_{name}"),
        plural,
        "What was done with it, newest first",
    )
    .with(&["id", "kinds", "limit", "cursor"])
    .answers(200, schema_ref("Timeline"));
    document.add("get", &format!("/{plural}/{{id}}/timeline"), timeline);
    let explain =
        Operation::new(format!("explain_{name}"), plural, "Why somebody can or cannot see it")
            .with(&["id", "user", "field"])
            .answers(200, schema_ref("Explanation"));
    document.add("get", &format!("/{plural}/{{id}}/explain"), explain);
}

fn add_updates(document: &mut Document, object: &Object, actor: &Actor) {
    let (name, plural) = (&object.name, &object.plural);
    let update = Operation::new(format!("update_{name}"), plural, "Change")
        .with(&["id", "if_match"])
        .body(schema_ref(&format!("{name}_update")))
        .answers(200, schema_ref(name));
    document.add("patch", &format!("/{plural}/{{id}}"), update);
    for command in &object.commands {
        let label = command.label.text(actor.language);
        let mut properties = Map::new();
        for input in &command.inputs {
            properties.insert(input.name.clone(), fields::write(input, actor.language));
        }
        let required: Vec<&str> = command
            .inputs
            .iter()
            .filter(|input| fields::is_required(input))
            .map(|i| i.name.as_str())
            .collect();
        let body = json!({"type": "object", "properties": properties, "required": required,
                          "additionalProperties": false});
        let answer = json!({"type": "object", "required": ["record", "made"], "properties": {
            "record": schema_ref(name), "made": {"type": "array", "items": schema_ref("AnyLink")}}});
        let operation = Operation::new(format!("{}_{name}", command.name), plural, label)
            .with(&["id"])
            .body(body)
            .answers(200, answer);
        document.add("post", &format!("/{plural}/{{id}}/commands/{}", command.name), operation);
    }
}

fn add_merge(document: &mut Document, object: &Object) {
    let names = json!({"type": "array", "items": {"type": "string"}});
    let body = json!({"type": "object", "required": ["other"], "properties": {
        "other": {"type": "string", "format": "uuid"},
        "version": {"type": "integer"},
        "other_version": {"type": "integer"},
        "take": names,
        "join": names,
        "dry_run": {"type": "boolean"}}});
    let moved = json!({"type": "array", "items": {"type": "object"}});
    let answer = json!({"type": "object", "required": ["id", "record", "moved"], "properties": {
        "id": {"type": ["string", "null"], "format": "uuid"},
        "record": schema_ref(&object.name), "moved": moved}});
    let merge = Operation::new(
        format!("merge_{}", object.name),
        &object.plural,
        "Merge another record into it; undone like a bulk",
    )
    .with(&["id"])
    .body(body)
    .answers(200, answer);
    document.add("post", &format!("/{}/{{id}}/merge", object.plural), merge);
}

fn add_deletes(document: &mut Document, object: &Object) {
    let (name, plural) = (&object.name, &object.plural);
    let delete = Operation::new(format!("delete_{name}"), plural, "To the recycle bin")
        .with(&["id", "if_match"])
        .answers_nothing();
    document.add("delete", &format!("/{plural}/{{id}}"), delete);
    let restore = Operation::new(format!("restore_{name}"), plural, "Out of the recycle bin")
        .with(&["id"])
        .answers(200, schema_ref(name));
    document.add("post", &format!("/{plural}/{{id}}/restore"), restore);
}

fn bulk_schema(object: &Object) -> Json {
    let mut actions = vec!["update", "delete", "restore"];
    actions.extend(object.commands.iter().map(|command| command.name));
    json!({
        "type": "object",
        "required": ["action"],
        "properties": {
            "action": {"enum": actions},
            "ids": {"type": "array", "items": {"type": "string", "format": "uuid"}, "maxItems": 1000},
            "filter": schema_ref("Filter"),
            "values": {"type": "object"},
        },
    })
}

fn add_schemas(document: &mut Document, object: &Object, actor: &Actor) {
    let language = actor.language;
    let (mut all, mut written, mut required) = (Map::new(), Map::new(), Vec::new());
    for field in &object.fields {
        let access = actor.rights.field(object, field);
        if access == FieldAccess::Hidden {
            continue;
        }
        all.insert(field.name.clone(), fields::read(field, access, language));
        if access == FieldAccess::Write && fields::is_written(field) {
            written.insert(field.name.clone(), fields::write(field, language));
            required.extend(fields::is_required(field).then_some(field.name.as_str()));
        }
    }
    all.insert(
        "_masked".to_owned(),
        json!({"type": "array", "items": {"type": "string"}, "readOnly": true}),
    );
    all.insert(
        "_can".to_owned(),
        json!({"type": "array", "items": {"type": "string"}, "readOnly": true}),
    );
    let title = object.label.text(language);
    let name = &object.name;
    let create = json!({"title": title, "type": "object", "properties": written, "required": required,
                        "additionalProperties": false});
    written.insert("version".to_owned(), json!({"type": "integer", "format": "int64"}));
    let update = json!({"title": title, "type": "object", "properties": written, "additionalProperties": false});
    let record =
        json!({"title": title, "type": "object", "properties": all, "required": ["id", "version"]});
    let page = json!({"type": "object", "required": ["items", "next"], "properties": {
        "items": {"type": "array", "items": schema_ref(name)},
        "next": {"type": ["string", "null"]},
        "count": schema_ref("Count")}});
    document.schemas.insert(name.clone(), record);
    if object.written == Written::ByAll {
        document.schemas.insert(format!("{name}_create"), create);
        document.schemas.insert(format!("{name}_update"), update);
    }
    document.schemas.insert(format!("{name}_page"), page);
}
