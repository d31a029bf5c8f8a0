//! The OpenAPI 3.1 document of a workspace, made from its schema for one reader. What is hidden from the reader is
//! not in it, and neither is what the reader may never do.

mod care;
mod fields;
mod fixed;
mod objects;
mod schemas;

use serde_json::{Map, Value as Json, json};

use crate::Workspace;
use crate::access::Actor;

impl Workspace {
    /// The document as the actor may know it; texts in the actor's language.
    pub fn openapi_json(&self, actor: &Actor) -> Json {
        let schema = self.schema();
        let mut document = Document::default();
        fixed::add(&mut document);
        let mut tags = fixed::tags();
        for object in schema.objects() {
            if objects::add(&mut document, self, object, actor) {
                tags.push(json!({"name": object.plural, "description": object.plural_label.text(actor.language)}));
            }
        }
        let mut schemas = schemas::schemas();
        schemas.extend(document.schemas);
        json!({
            "openapi": "3.1.0",
            "info": {
                "title": format!("{} · Guanxi", self.profile().name),
                "version": env!("CARGO_PKG_VERSION"),
                "description": "Generated from the workspace's schema, for the rights of whoever asked for it.",
                "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
                "x-schema-version": schema.version,
            },
            "servers": [{"url": "/api/v1"}],
            "security": [{"session": [], "csrf": []}, {"api_key": []}],
            "tags": tags,
            "paths": document.paths,
            "components": {
                "schemas": schemas,
                "parameters": schemas::parameters(),
                "responses": schemas::responses(),
                "securitySchemes": schemas::security_schemes(&self.name),
            },
        })
    }
}

/// The parts of a document as they come together.
#[derive(Default)]
struct Document {
    paths: Map<String, Json>,
    schemas: Map<String, Json>,
}

impl Document {
    /// Adds an operation.
    fn add(&mut self, method: &str, path: &str, operation: Operation) {
        let operations = self.paths.entry(path.to_owned()).or_insert_with(|| json!({}));
        operations[method] = operation.json();
    }
}

/// One operation on its way into the document.
struct Operation {
    id: String,
    tag: String,
    summary: String,
    parameters: Vec<Json>,
    body: Option<Json>,
    answers: Map<String, Json>,
    /// Whether one must be signed in.
    is_open: bool,
}

impl Operation {
    fn new(id: impl Into<String>, tag: &str, summary: impl Into<String>) -> Operation {
        let parameters = vec![json!({"$ref": "#/components/parameters/accept_language"})];
        Operation {
            id: id.into(),
            tag: tag.to_owned(),
            summary: summary.into(),
            parameters,
            body: None,
            answers: Map::new(),
            is_open: false,
        }
    }

    /// With parameters of `components/parameters`.
    fn with(mut self, names: &[&str]) -> Operation {
        self.parameters.extend(
            names.iter().map(|name| json!({"$ref": format!("#/components/parameters/{name}")})),
        );
        self
    }

    /// With a parameter of its own.
    fn parameter(mut self, parameter: Json) -> Operation {
        self.parameters.push(parameter);
        self
    }

    /// With a JSON body of this schema.
    fn body(mut self, schema: Json) -> Operation {
        self.body =
            Some(json!({"required": true, "content": {"application/json": {"schema": schema}}}));
        self
    }

    /// With a body of bytes.
    fn bytes(mut self) -> Operation {
        self.body = Some(json!({"required": true, "content": {"application/octet-stream": {}}}));
        self
    }

    /// Answers with JSON of this schema.
    fn answers(mut self, status: u16, schema: Json) -> Operation {
        let words = if status == 202 { "Accepted: it goes on in the background." } else { "Done." };
        let answer =
            json!({"description": words, "content": {"application/json": {"schema": schema}}});
        self.answers.insert(status.to_string(), answer);
        self
    }

    /// Answers with nothing.
    fn answers_nothing(mut self) -> Operation {
        self.answers.insert("204".to_owned(), json!({"description": "Done."}));
        self
    }

    /// Answers with bytes of this media type.
    fn answers_bytes(mut self, media_type: &str) -> Operation {
        self.answers
            .insert("200".to_owned(), json!({"description": "Done.", "content": {media_type: {}}}));
        self
    }

    /// Nobody need be signed in.
    fn open(mut self) -> Operation {
        self.is_open = true;
        self
    }

    fn json(self) -> Json {
        let mut answers = self.answers;
        answers.insert("default".to_owned(), json!({"$ref": "#/components/responses/problem"}));
        let mut json = json!({"operationId": self.id, "tags": [self.tag], "summary": self.summary});
        if !self.parameters.is_empty() {
            json["parameters"] = Json::Array(self.parameters);
        }
        if let Some(body) = self.body {
            json["requestBody"] = body;
        }
        json["responses"] = Json::Object(answers);
        if self.is_open {
            json["security"] = json!([]);
        }
        json
    }
}

/// A reference to a schema.
fn schema_ref(name: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{name}")})
}
