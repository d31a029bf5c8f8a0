//! Every door that reads, opened by one caller at every record: all that comes out, headers and files included.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::client::Client;
use crate::matrix::operations;
use crate::matrix::records::Records;
use crate::world::World;

/// How long a listener waits for what happened before it came.
const LISTENS: Duration = Duration::from_millis(500);

/// The answers by door: headers and body in one text.
pub async fn everything(
    world: &World,
    client: &Client,
    records: &Records,
) -> Vec<(String, String)> {
    let mut answers = Vec::new();
    let document = world.admin.get("/openapi.json").await;
    let schema = world.workspace.schema();
    for (method, path) in operations(document.expect(200)) {
        let plural = path.split('/').nth(1).unwrap_or("").to_owned();
        let object = schema.by_plural(&plural).map(|object| object.name.clone());
        if path == "/events" {
            answers.push((path, listened(client).await));
        } else if path.contains("{id}") {
            let Some(object) = object else { continue };
            for index in 0..3 {
                let path = path.replace("{id}", records.id(&object, index));
                answers.push(ask(client, &method, &path).await);
            }
        } else if method == "get" {
            answers.push(ask(client, &method, &path).await);
        }
    }
    let listed = client.get("/schema").await;
    for object in listed.body["objects"].as_array().into_iter().flatten() {
        answers.extend(of_object(client, object).await);
    }
    for words in ["qcnry", "7340000", "138734", "Record", "q", "73400000001"] {
        answers.push(ask(client, "get", &format!("/search?q={words}&limit=200")).await);
    }
    answers.extend(exports(world, client).await);
    answers
}

async fn ask(client: &Client, method: &str, path: &str) -> (String, String) {
    // Changes are refused by their version or their inputs: what a refusal tells is looked at as well.
    let (headers, body): (&[(&str, &str)], Value) = match method {
        "get" => (&[], Value::Null),
        "delete" => (&[("if-match", "\"0\"")], Value::Null),
        "patch" => (&[("if-match", "\"0\"")], json!({"no_such_field": 1})),
        _ => (&[], json!({"no_such_input": 1})),
    };
    if method == "post" && (path.ends_with("/restore") || path.ends_with("/invite")) {
        return (path.to_owned(), String::new());
    }
    let answer = client.ask(&method.to_uppercase(), path, headers, body).await;
    (format!("{method} {path}"), format!("{:?} {}", answer.headers, answer.body))
}

/// Lists in every order and group that the caller's schema offers, with links expanded.
async fn of_object(client: &Client, object: &Value) -> Vec<(String, String)> {
    let plural = object["plural"].as_str().unwrap_or("");
    let mut answers = Vec::new();
    let mut links = Vec::new();
    for field in object["fields"].as_array().into_iter().flatten() {
        let name = field["name"].as_str().unwrap_or("");
        answers.push(ask(client, "get", &format!("/{plural}?sort={name}&limit=200")).await);
        let group = format!("/{plural}/aggregate?group={name}&measure=count,min:{name},max:{name}");
        answers.push(ask(client, "get", &group).await);
        if matches!(field["kind"].as_str(), Some("link" | "person")) {
            links.push(name);
        }
    }
    let expand = links.join(",");
    for query in [format!("expand={expand}"), "deleted=true".to_owned(), "count=true".to_owned()] {
        answers.push(ask(client, "get", &format!("/{plural}?{query}&limit=200")).await);
    }
    answers
}

async fn listened(client: &Client) -> String {
    let headers = [("last-event-id", "0")];
    let answer = client.raw("GET", "/events", &headers, Body::empty()).await;
    let mut all = format!("{:?}", answer.headers());
    let mut stream = answer.into_body().into_data_stream();
    while let Ok(Some(Ok(bytes))) = tokio::time::timeout(LISTENS, stream.next()).await {
        all.push_str(&String::from_utf8_lossy(&bytes));
    }
    all
}

/// What those who may export find in the files.
async fn exports(world: &World, client: &Client) -> Vec<(String, String)> {
    let mut answers = Vec::new();
    for object in ["account", "contact", "opportunity", "lead", "activity"] {
        for format in ["csv", "jsonl"] {
            let body = json!({"object": object, "format": format, "raw": true});
            let begun = client.post("/exports", body).await;
            if begun.status != 202 {
                answers.push((format!("export {object}"), begun.body.to_string()));
                continue;
            }
            let id = begun.id();
            while client.get(&format!("/exports/{id}")).await.body["status"] != "done" {
                world.workspace.do_one_job().await.expect("a job");
            }
            let path = format!("/exports/{id}/content");
            let answer = client.raw("GET", &path, &[], Body::empty()).await;
            let bytes = to_bytes(answer.into_body(), 10 << 20).await.expect("bytes");
            let text = String::from_utf8_lossy(&bytes).into_owned();
            answers.push((format!("export {object} as {format}"), text));
        }
    }
    answers
}
