//! Every operation of the OpenAPI document, by every role, on records of every ownership: what happens is what the one
//! table says, and an operation that no row covers fails.

pub mod records;
pub mod table;

use std::collections::BTreeSet;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::world::{World, on_both, values};
use records::Records;
use table::{CALLERS, CLASSES, FIXED, RECORDS};

on_both! {
    every_operation_does_what_the_table_says,
}

/// An id that nothing has.
pub const NOTHING: &str = "00000000-0000-7000-8000-000000000000";

pub fn callers(world: &World) -> [&Client; 8] {
    [
        &world.admin,
        &world.manager,
        &world.rep,
        &world.other_rep,
        &world.read_only,
        &world.no_role,
        &world.read_key,
        &world.stranger,
    ]
}

/// Method and path of every operation of the document.
pub fn operations(document: &Value) -> Vec<(String, String)> {
    let paths = document["paths"].as_object().expect("paths");
    let methods = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().expect("methods");
        methods.keys().map(move |method| (method.clone(), path.clone()))
    });
    methods.collect()
}

async fn every_operation_does_what_the_table_says(world: World) {
    let mut records = Records::make(&world).await;
    let document = world.admin.get("/openapi.json").await;
    let operations = operations(document.expect(200));
    assert!(operations.len() > 300, "the document has {} operations", operations.len());
    let mut faults: BTreeSet<String> = BTreeSet::new();
    // Reading comes first: later rows make and delete.
    for act in ["read", "change", "delete", "create"] {
        for (method, path) in &operations {
            if let Some(row) = Row::of(&world, method, path).filter(|row| row.act == act) {
                faults.extend(row.check(&world, &mut records).await);
            }
        }
    }
    let fixed: Vec<Vec<&str>> = FIXED
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
        .collect();
    for row in &fixed {
        faults.extend(check_fixed(&world, row).await);
    }
    for (method, path) in &operations {
        let is_fixed = fixed.iter().any(|row| row[0] == method && row[1] == path);
        if !is_fixed && Row::of(&world, method, path).is_none() {
            faults.insert(format!("{method} {path} has no row"));
        }
    }
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

async fn check_fixed(world: &World, row: &[&str]) -> Vec<String> {
    let [method, path, body, statuses @ ..] = row else { panic!("a row: {row:?}") };
    assert_eq!(statuses.len(), CALLERS.len(), "{row:?}");
    let body = match *body {
        "-" => Value::Null,
        body => serde_json::from_str(&body.replace("{id}", NOTHING)).expect("a body"),
    };
    let mut faults = Vec::new();
    for ((caller, client), status) in CALLERS.iter().zip(callers(world)).zip(statuses) {
        let path = path.replace("{id}", NOTHING);
        // Live updates never end: their answer is known before the first.
        let answered = if path == "/events" {
            client.raw("GET", &path, &[], axum::body::Body::empty()).await.status().as_u16()
        } else {
            client
                .ask(&method.to_uppercase(), &path, &[("x-file-name", "a.txt")], body.clone())
                .await
                .status
        };
        if answered.to_string() != *status {
            faults
                .push(format!("{method} {path} by {caller}: {answered}, the table says {status}"));
        }
    }
    faults
}

/// An operation on records with its row of the table.
struct Row {
    method: String,
    /// What follows the object's path: `/{id}/history`.
    door: String,
    object: String,
    plural: String,
    act: &'static str,
    /// Three letters for each caller but nobody.
    letters: Vec<Vec<char>>,
}

impl Row {
    fn of(world: &World, method: &str, path: &str) -> Option<Row> {
        let plural = path.trim_start_matches('/').split('/').next()?.to_owned();
        let door = path[1 + plural.len()..].to_owned();
        let schema = world.workspace.schema();
        let object = schema.by_plural(&plural)?.name.clone();
        let act = match (method, door.as_str()) {
            (
                "get",
                "" | "/aggregate" | "/{id}" | "/{id}/history" | "/{id}/timeline" | "/{id}/explain",
            )
            | ("post", "/query") => "read",
            ("get", "/{id}/content") if object == "file" => "read",
            ("patch", "/{id}") | ("post", "/bulk" | "/{id}/merge") => "change",
            ("post", door)
                if door.starts_with("/{id}/commands/")
                    && !["import", "export"].contains(&object.as_str()) =>
            {
                "change"
            }
            ("delete", "/{id}") | ("post", "/{id}/restore") => "delete",
            ("post", "") if !["import", "export", "file"].contains(&object.as_str()) => "create",
            _ => return None,
        };
        let (class, _) = CLASSES.iter().find(|(_, objects)| objects.contains(&object.as_str()))?;
        let letters = RECORDS.lines().find_map(|line| {
            let rest = line.trim().strip_prefix(class)?.trim().strip_prefix(act)?;
            Some(rest.split_whitespace().map(|letters| letters.chars().collect()).collect())
        })?;
        Some(Row { method: method.to_uppercase(), door, object, plural, act, letters })
    }

    /// Whether each caller has the same letter for all records.
    fn is_of_all(&self) -> bool {
        self.letters.iter().all(|letters| letters.iter().all(|letter| *letter == letters[0]))
    }

    async fn check(&self, world: &World, records: &mut Records) -> Vec<String> {
        let mut faults = Vec::new();
        for (column, client) in callers(world).into_iter().enumerate() {
            for index in 0..3 {
                // Where nobody's rights depend on whose it is, one record says it all; so it does to nobody.
                if index > 0 && (column == 7 || self.is_of_all()) {
                    continue;
                }
                let letter = self.letters.get(column).map_or('a', |letters| letters[index]);
                let seen = self.ask(world, client, records, index).await;
                if seen != self.expected(letter) {
                    let owner = CALLERS[index + 1];
                    faults.push(format!(
                        "{} /{}{} by {} on the {owner}'s: {seen}, the table says {letter}",
                        self.method, self.plural, self.door, CALLERS[column]
                    ));
                }
            }
        }
        faults
    }

    /// What a caller with this letter sees; `a` is nobody.
    fn expected(&self, letter: char) -> &'static str {
        match (letter, self.door.as_str()) {
            ('a', _) => "401",
            ('y', "" | "/query") if self.act == "read" => "in the list",
            (_, "" | "/query") if self.act == "read" => "not in the list",
            (_, "/aggregate") => "200",
            ('y', "/bulk") => "done",
            ('f', "/bulk") => "forbidden",
            (_, "/bulk") => "not_found",
            ('f', _) => "403",
            ('n', _) => "404",
            ('l', _) => "422 link_unknown",
            (_, "") => "201",
            // An act that is allowed goes on to the version or the inputs, which are wrong so that nothing changes.
            (_, "/{id}") if self.act != "read" => "409",
            (_, door) if door.starts_with("/{id}/commands/") || door == "/{id}/merge" => "422",
            _ => "200",
        }
    }

    async fn ask(
        &self,
        world: &World,
        client: &Client,
        records: &mut Records,
        index: usize,
    ) -> String {
        let id = records.id(&self.object, index).to_owned();
        let path = format!("/{}{}", self.plural, self.door.replace("{id}", &id));
        let ask = async |headers: &[(&str, &str)], body: Value| {
            client.ask(&self.method, &path, headers, body).await
        };
        match (self.method.as_str(), self.door.as_str()) {
            ("GET", "") => {
                let filter =
                    utf8_percent_encode(&only(&id).to_string(), NON_ALPHANUMERIC).to_string();
                in_list(&client.get(&format!("{path}?filter={filter}")).await)
            }
            ("POST", "/query") => in_list(&ask(&[], json!({"filter": only(&id)})).await),
            ("GET", _) => ask(&[], Value::Null).await.status.to_string(),
            ("PATCH", _) => ask(&[("if-match", "\"0\"")], json!({})).await.status.to_string(),
            ("DELETE", _) => ask(&[("if-match", "\"0\"")], Value::Null).await.status.to_string(),
            ("POST", "/bulk") => {
                let answer = ask(&[], json!({"action": "update", "ids": [id], "values": {}})).await;
                match (answer.status, answer.body["failed"][0]["code"].as_str()) {
                    (200, None) => "done".to_owned(),
                    (200, Some(code)) => code.to_owned(),
                    (status, _) => status.to_string(),
                }
            }
            ("POST", "/{id}/restore") => {
                world.admin.delete(&path.replace("/restore", "")).await;
                let answer = ask(&[], json!({})).await;
                world.admin.post(&path, json!({})).await;
                answer.status.to_string()
            }
            ("POST", "") => {
                let answer = ask(&[], records.values(&self.object, index)).await;
                let faults = &answer.body["errors"];
                let is_link = answer.status == 422 && faults.to_string().contains("link_unknown");
                if is_link { "422 link_unknown".to_owned() } else { answer.status.to_string() }
            }
            _ => ask(&[], json!({"no_such_input": 1})).await.status.to_string(),
        }
    }
}

/// The filter that only this record passes.
fn only(id: &str) -> Value {
    json!({"field": "id", "op": "eq", "value": id})
}

fn in_list(answer: &Answer) -> String {
    if answer.status != 200 {
        return answer.status.to_string();
    }
    if values(answer, "id").is_empty() { "not in the list" } else { "in the list" }.to_owned()
}
