//! A field's values as JSON Schema: as they are read and as they are written.

use model::access::FieldAccess;
use model::fields::{Default, Opt};
use model::{Field, Kind, Language};
use serde_json::{Value as Json, json};

use super::schema_ref;

/// What reading the field gives.
pub(super) fn read(field: &Field, access: FieldAccess, language: Language) -> Json {
    if access == FieldAccess::Masked {
        return described(
            field,
            json!({"type": ["string", "null"], "description": "Covered."}),
            language,
            true,
        );
    }
    let schema = match field.value_kind() {
        Kind::Text(_) | Kind::LongText(_) | Kind::Phone(_) | Kind::AutoNumber(_) => {
            nullable("string", None)
        }
        Kind::Email(_) => nullable("string", Some("email")),
        Kind::Url(_) => nullable("string", Some("uri")),
        Kind::Number(_) | Kind::Duration(_) => nullable("integer", Some("int64")),
        Kind::Decimal(_) | Kind::Percent(_) => or_null(schema_ref("Decimal")),
        Kind::Money(_) => or_null(schema_ref("Money")),
        Kind::Date(_) => nullable("string", Some("date")),
        Kind::Instant(_) => nullable("string", Some("date-time")),
        Kind::YesNo(_) => nullable("boolean", None),
        Kind::Choice(choice) => codes(&choice.options, true),
        Kind::ManyChoices(choices) => {
            json!({"type": "array", "items": codes(&choices.options, false)})
        }
        Kind::Link(_) if field.name == "id" => json!({"type": "string", "format": "uuid"}),
        Kind::Link(_) => or_null(schema_ref("Link")),
        Kind::Links(_) => json!({"type": "array", "items": schema_ref("Link")}),
        Kind::AnyLink(_) => or_null(schema_ref("AnyLink")),
        Kind::Formula(_) | Kind::Rollup(_) => json!({}),
    };
    described(field, schema, language, access < FieldAccess::Write || !is_written(field))
}

/// What writing the field takes.
pub(super) fn write(field: &Field, language: Language) -> Json {
    let text = |chars_max: usize| json!({"type": ["string", "null"], "maxLength": chars_max});
    let schema = match &field.kind {
        Kind::Text(kind) => text(kind.chars_max),
        Kind::LongText(_) => text(50_000),
        Kind::Phone(_) => text(60),
        Kind::Email(_) => json!({"type": ["string", "null"], "maxLength": 500, "format": "email"}),
        Kind::Url(_) => json!({"type": ["string", "null"], "maxLength": 2_000, "format": "uri"}),
        Kind::Number(kind) => {
            let mut schema = nullable("integer", Some("int64"));
            if let Some(min) = kind.min {
                schema["minimum"] = json!(min);
            }
            if let Some(max) = kind.max {
                schema["maximum"] = json!(max);
            }
            schema
        }
        Kind::Duration(_) => {
            json!({"type": ["integer", "null"], "minimum": 0, "description": "Seconds."})
        }
        Kind::Decimal(_) | Kind::Percent(_) => or_null(schema_ref("DecimalInput")),
        Kind::Money(_) => or_null(schema_ref("MoneyInput")),
        Kind::Link(_) => or_null(schema_ref("LinkInput")),
        Kind::Links(_) => {
            json!({"type": ["array", "null"], "items": schema_ref("LinkInput"), "maxItems": 200})
        }
        Kind::AnyLink(_) => or_null(schema_ref("AnyLinkInput")),
        Kind::Choice(choice) => codes(&choice.options, true),
        Kind::ManyChoices(choices) => {
            json!({"type": ["array", "null"], "items": codes(&choices.options, false)})
        }
        _ => return read(field, FieldAccess::Write, language),
    };
    described(field, schema, language, false)
}

/// Whether anybody writes the field through the API.
pub(super) fn is_written(field: &Field) -> bool {
    field.is_writable() && !model::object::SYSTEM_FIELDS.contains(&field.name.as_str())
}

/// Whether a new record is refused without it.
pub(super) fn is_required(field: &Field) -> bool {
    field.required && matches!(&field.default, None | Some(Default::Value(model::Value::Null)))
}

fn nullable(kind: &str, format: Option<&str>) -> Json {
    match format {
        Some(format) => json!({"type": [kind, "null"], "format": format}),
        None => json!({"type": [kind, "null"]}),
    }
}

fn or_null(schema: Json) -> Json {
    json!({"anyOf": [schema, {"type": "null"}]})
}

fn codes(options: &[Opt], or_null: bool) -> Json {
    let mut codes: Vec<Json> = options.iter().map(|option| json!(option.value)).collect();
    codes.extend(or_null.then_some(Json::Null));
    json!({"enum": codes})
}

fn described(field: &Field, mut schema: Json, language: Language, read_only: bool) -> Json {
    schema["title"] = json!(field.label.text(language));
    if let Some(help) = &field.help {
        schema["description"] = json!(help.text(language));
    }
    if read_only {
        schema["readOnly"] = json!(true);
    }
    schema["x-kind"] = json!(field.value_kind().as_kind().name());
    schema
}
