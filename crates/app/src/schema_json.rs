//! The schema as one reader may know it: what the UI is drawn from.

use model::access::{FieldAccess, Rights};
use model::fields::{Default, Opt};
use model::filter::Op;
use model::object::Written;
use model::{Action, Field, Kind, Label, Object, Schema, Value, View};
use serde_json::{Value as Json, json};

use crate::Workspace;
use crate::access::Actor;

impl Workspace {
    /// The schema as the actor may know it.
    pub fn schema_json(&self, actor: &Actor) -> Json {
        let schema = self.schema();
        let profile = self.profile();
        let rights = &actor.rights;
        let known = |object: &&std::sync::Arc<Object>| rights.may(&schema, object, Action::Read);
        let objects: Vec<Json> = schema
            .objects()
            .filter(known)
            .map(|object| object_json(self, &schema, object, rights))
            .collect();
        let modules: Vec<Json> = schema
            .modules
            .iter()
            .map(|module| json!({"name": module.name, "label": label_json(&module.label)}))
            .collect();
        json!({
            "version": schema.version,
            "workspace": {
                "name": profile.name,
                "locale": profile.locale.tag(),
                "currency": profile.currency,
                "time_zone": profile.time_zone,
            },
            "modules": modules,
            "objects": objects,
        })
    }
}

fn label_json(label: &Label) -> Json {
    json!({"en": label.en, "zh-CN": label.zh})
}

fn object_json(workspace: &Workspace, schema: &Schema, object: &Object, rights: &Rights) -> Json {
    let visible = |name: &str| {
        object.field(name).is_some_and(|field| rights.field(object, field) > FieldAccess::Hidden)
    };
    let may = |action: &&Action| {
        let writes = !matches!(action, Action::Read | Action::Export);
        rights.may(schema, object, **action) && (object.written == Written::ByAll || !writes)
    };
    let actions: Vec<&str> = Action::ALL.iter().filter(may).map(|action| action.name()).collect();
    let sections: Vec<Json> = object
        .sections
        .iter()
        .map(|section| {
            let fields: Vec<&String> = section.fields.iter().filter(|name| visible(name)).collect();
            json!({"name": section.name, "label": label_json(&section.label), "fields": fields})
        })
        .collect();
    let fields: Vec<Json> = object
        .fields
        .iter()
        .filter(|field| visible(&field.name))
        .map(|field| field_json(workspace, field, rights.field(object, field)))
        .collect();
    let related: Vec<Json> = schema
        .children(&object.name)
        .iter()
        .filter_map(|child| {
            let declared = schema.object(&child.child)?;
            let field = declared.field(&child.link)?;
            let seen = rights.may(schema, declared, Action::Read)
                && rights.field(declared, field) >= FieldAccess::Read;
            let label = label_json(&declared.plural_label);
            seen.then(|| json!({"object": child.child, "field": child.link, "label": label}))
        })
        .collect();
    let commands: Vec<Json> = object
        .commands
        .iter()
        .filter(|_| rights.may(schema, object, Action::Update))
        .map(|command| {
            let inputs: Vec<Json> = command
                .inputs
                .iter()
                .map(|input| field_json(workspace, input, FieldAccess::Write))
                .collect();
            json!({"name": command.name, "label": label_json(&command.label), "inputs": inputs,
                   "tone": format!("{:?}", command.tone).to_lowercase(), "when": command.when})
        })
        .collect();
    json!({
        "name": object.name,
        "plural": object.plural,
        "label": label_json(&object.label),
        "plural_label": label_json(&object.plural_label),
        "module": object.module,
        "icon": object.icon,
        "title_field": object.title,
        "subtitle_field": object.subtitle,
        "searchable": object.is_searchable(),
        "hidden": object.hidden,
        "actions": actions,
        "sections": sections,
        "fields": fields,
        "views": object.views.iter().map(view_json).collect::<Vec<_>>(),
        "commands": commands,
        "related": related,
    })
}

fn view_json(view: &View) -> Json {
    let filter =
        view.filter.as_deref().and_then(|filter| serde_json::from_str::<Json>(filter).ok());
    json!({
        "name": view.name,
        "label": label_json(&view.label),
        "kind": view.kind.name(),
        "columns": view.columns,
        "sort": view.sort,
        "filter": filter,
        "group": view.group,
        "sum": view.sum,
        "date": view.date,
    })
}

fn options_json(options: &[Opt]) -> Json {
    options
        .iter()
        .map(|option| {
            json!({"value": option.value, "label": label_json(&option.label), "color": option.color})
        })
        .collect()
}

fn field_json(workspace: &Workspace, field: &Field, access: FieldAccess) -> Json {
    let writable =
        field.is_writable() && !model::object::SYSTEM_FIELDS.contains(&field.name.as_str());
    let schema = workspace.schema();
    let is_tree = field.kind.target().is_some_and(|target| schema.is_tree(target));
    let known = field.operators();
    let fitting = known.iter().filter(|op| is_tree || **op != Op::Under);
    let operators: Vec<&str> = fitting.map(|op| op.name()).collect();
    let clear = access >= FieldAccess::Read;
    let mut json = json!({
        "name": field.name,
        "kind": field.kind().name(),
        "label": label_json(&field.label),
        "help": field.help.as_ref().map(label_json),
        "required": field.required,
        "read_only": !writable,
        "unique": field.unique,
        "sortable": clear && field.kind().sortable() && !field.columns().is_empty(),
        "operators": if clear { operators } else { Vec::new() },
        "access": if writable { access.name() } else { access.min(FieldAccess::Read).name() },
        "default": default_json(workspace, field),
        "custom": field.custom,
    });
    if field.kind.is_computed() {
        json["result"] = json!(field.value_kind().as_kind().name());
    }
    match field.value_kind() {
        Kind::Choice(choice) => json["options"] = options_json(&choice.options),
        Kind::ManyChoices(choice) => json["options"] = options_json(&choice.options),
        Kind::Link(link) => json["target"] = json!(link.target),
        Kind::Links(links) => json["target"] = json!(links.target),
        Kind::Text(text) => json["max_chars"] = json!(text.chars_max),
        Kind::Number(number) => {
            json["min"] = json!(number.min);
            json["max"] = json!(number.max);
        }
        Kind::Percent(percent) => json["max"] = json!(percent.max),
        _ => {}
    }
    if field.kind().scale() > 0 {
        json["scale"] = json!(field.kind().scale());
    }
    json
}

fn default_json(workspace: &Workspace, field: &Field) -> Json {
    match &field.default {
        Some(Default::Value(value)) if *value != Value::Null => {
            field.kind().write_json(value, &workspace.setting())
        }
        Some(Default::Now) => json!("now"),
        Some(Default::Actor) => json!("me"),
        _ => Json::Null,
    }
}
