//! The OpenAPI document: whole, and no more than its reader may know.

use std::collections::HashSet;

use serde_json::Value as Json;

use super::world::{On, World};

fn each(json: &Json, see: &mut dyn FnMut(&Json)) {
    see(json);
    match json {
        Json::Object(parts) => parts.values().for_each(|part| each(part, see)),
        Json::Array(parts) => parts.iter().for_each(|part| each(part, see)),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn openapi_is_whole() {
    let world = World::new(On::Sqlite).await;
    let document = world.workspace.openapi_json(&world.admin);
    each(&document, &mut |part| {
        if let Some(to) = part.get("$ref").and_then(Json::as_str) {
            assert!(document.pointer(to.trim_start_matches('#')).is_some(), "{to} leads nowhere");
        }
    });
    let mut ids = HashSet::new();
    let tags: HashSet<&str> = document["tags"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|tag| tag["name"].as_str())
        .collect();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(ids.insert(id.to_owned()), "{id} twice");
            assert!(tags.contains(operation["tags"][0].as_str().unwrap()), "{method} {path}");
            let named = operation["parameters"]
                .as_array()
                .unwrap()
                .iter()
                .any(|p| p["$ref"] == "#/components/parameters/id");
            assert_eq!(path.contains("{id}"), named, "{method} {path}");
            assert!(operation["responses"].as_object().unwrap().len() >= 2, "{method} {path}");
        }
    }
    assert!(ids.len() > 200, "{}", ids.len());
    let account = &document["components"]["schemas"]["account_create"];
    assert_eq!(account["required"], serde_json::json!(["name"]));
    assert!(account["properties"].get("revenue_12m").is_none(), "nobody writes what is computed");
    if let Ok(path) = std::env::var("GUANXI_OPENAPI_TO") {
        std::fs::write(path, document.to_string()).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn openapi_tells_nobody_of_what_is_hidden() {
    let world = World::new(On::Sqlite).await;
    let seller = world.user("sam", "salesperson").await;
    let document = world.workspace.openapi_json(&seller);
    assert!(document["components"]["schemas"]["product"]["properties"].get("cost").is_none());
    assert!(document["paths"].get("/jobs").is_none());
    assert!(
        document["paths"]["/products"].get("post").is_none(),
        "a salesperson makes no products"
    );
}
