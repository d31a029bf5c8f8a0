//! Records of others: by their id, nested, as a link, in bulk, merged, and as an event.

use serde_json::{Value, json};

use crate::client::Answer;
use crate::matrix::records::Records;
use crate::matrix::{NOTHING, operations};
use crate::world::{World, on_both, values};

on_both! {
    anothers_id_is_as_unknown_as_no_id,
    an_id_of_another_workspace_is_unknown,
    a_part_of_anothers_record_is_unknown,
    a_link_to_anothers_record_is_refused_and_nothing_is_made,
    a_bulk_leaves_others_records_alone,
    a_bulk_by_filter_counts_for_itself,
    a_merge_shows_nobody_more,
    a_file_of_another_is_not_given_nor_taken_along,
}

/// An answer without what differs each time.
fn told(answer: &Answer, id: &str) -> (u16, String) {
    let mut body = answer.body.clone();
    body["request_id"] = Value::Null;
    (answer.status, body.to_string().replace(id, "the id"))
}

async fn anothers_id_is_as_unknown_as_no_id(world: World) {
    let records = Records::make(&world).await;
    let document = world.admin.get("/openapi.json").await;
    let schema = world.workspace.schema();
    let mut asked = 0;
    for (method, path) in operations(document.expect(200)) {
        let plural = path.split('/').nth(1).unwrap_or("");
        let Some(object) = schema.by_plural(plural).filter(|object| object.access.owned) else {
            continue;
        };
        if !path.contains("/{id}") {
            continue;
        }
        let theirs = records.id(&object.name, 2).to_owned();
        let mut answers = Vec::new();
        for id in [theirs.as_str(), NOTHING] {
            let headers = [("if-match", "\"1\"")];
            let body = if method == "get" || method == "delete" { Value::Null } else { json!({}) };
            let path = path.replace("{id}", id);
            let answer = world.rep.ask(&method.to_uppercase(), &path, &headers, body).await;
            answers.push(told(&answer, id));
        }
        assert_eq!(answers[0], answers[1], "{method} {path}: another's id, then no id");
        assert!(matches!(answers[0].0, 404 | 403 | 422), "{method} {path}: {answers:?}");
        asked += 1;
    }
    assert!(asked > 60, "{asked} operations");
}

async fn an_id_of_another_workspace_is_unknown(world: World) {
    let theirs = World::open_with(
        server::config::WorkspaceConfig::default(),
        server::config::Limits::none(),
    )
    .await;
    let account = theirs.admin.make("accounts", json!({"name": "Of another firm"})).await;
    for path in ["", "/history", "/timeline", "/explain"] {
        let answer = world.admin.get(&format!("/accounts/{account}{path}")).await;
        assert_eq!(answer.problem(404), "not_found");
    }
    let link = world.admin.post("/contacts", json!({"name": "x", "account": account})).await;
    assert_eq!(link.faults(), ["account: link_unknown"]);
}

async fn a_part_of_anothers_record_is_unknown(world: World) {
    let account = world.other_rep.make("accounts", json!({"name": "Theirs"})).await;
    let part = json!({"label": "Depot", "account": account});
    let part = world.other_rep.make("addresses", part).await;
    let path = format!("/addresses/{part}");
    assert_eq!(world.rep.get(&path).await.problem(404), "not_found");
    let change = json!({"label": "x", "version": 1});
    assert_eq!(world.rep.patch(&path, change).await.problem(404), "not_found");
    assert_eq!(world.rep.delete(&path).await.problem(404), "not_found");
    let mine = world.rep.make("accounts", json!({"name": "Mine"})).await;
    let moved = json!({"filter": {"field": "account", "op": "eq", "value": mine}});
    assert!(values(&world.rep.list("addresses", moved).await, "id").is_empty());
}

async fn a_link_to_anothers_record_is_refused_and_nothing_is_made(world: World) {
    let theirs = world.other_rep.make("accounts", json!({"name": "Theirs"})).await;
    let file = world.other_rep.upload("theirs.csv", "a,b").await;
    let tries = [
        ("contacts", json!({"name": "x", "account": theirs}), "account: link_unknown"),
        ("opportunities", json!({"name": "x", "account": theirs}), "account: link_unknown"),
        ("accounts", json!({"name": "x", "parent": theirs}), "parent: link_unknown"),
    ];
    for (plural, body, fault) in tries {
        assert_eq!(world.rep.post(&format!("/{plural}"), body).await.faults(), [fault]);
        assert!(values(&world.rep.list(plural, json!({})).await, "id").is_empty(), "{plural}");
    }
    let about = json!({"subject": "x", "about": {"object": "account", "id": theirs}});
    assert_eq!(world.rep.post("/activities", about).await.status, 422);
    let about = json!({"subject": "x", "about": {"object": "file", "id": file}});
    assert_eq!(world.rep.post("/activities", about).await.status, 422);
}

async fn a_bulk_leaves_others_records_alone(world: World) {
    let mine = world.rep.make("accounts", json!({"name": "Mine"})).await;
    let theirs = world.other_rep.make("accounts", json!({"name": "Theirs"})).await;
    let before = world.other_rep.record("accounts", &theirs).await;
    for body in [
        json!({"action": "update", "values": {"name": "Taken"}}),
        json!({"action": "update", "values": {"owner": world.rep.user}}),
        json!({"action": "delete"}),
        json!({"action": "restore"}),
    ] {
        let mut body = body;
        body["ids"] = json!([mine, theirs]);
        let answer = world.rep.post("/accounts/bulk", body).await;
        let failed = answer.expect(200)["failed"].as_array().expect("failed").clone();
        let ids: Vec<&str> = failed.iter().filter_map(|one| one["id"].as_str()).collect();
        assert!(ids.contains(&theirs.as_str()), "{:#}", answer.body);
    }
    assert_eq!(world.other_rep.record("accounts", &theirs).await, before);
    world.rep.record("accounts", &mine).await;
}

async fn a_bulk_by_filter_counts_for_itself(world: World) {
    for name in ["One", "Two"] {
        world.rep.make("accounts", json!({"name": name})).await;
    }
    let theirs = world.other_rep.make("accounts", json!({"name": "Theirs"})).await;
    let all = json!({"action": "update", "filter": {"field": "name", "op": "is_not_empty"},
                     "count": 3, "ids_total": 3, "values": {"name": "Same"}});
    let answer = world.rep.post("/accounts/bulk", all).await;
    assert_eq!(answer.expect(200)["done"], json!(2));
    assert_eq!(world.other_rep.record("accounts", &theirs).await["name"], "Theirs");
}

async fn a_merge_shows_nobody_more(world: World) {
    let mine = world.rep.make("accounts", json!({"name": "Mine"})).await;
    let theirs = world.other_rep.make("accounts", json!({"name": "Theirs"})).await;
    world.other_rep.make("contacts", json!({"name": "Secret", "account": theirs})).await;
    for (winner, loser) in [(&mine, &theirs), (&theirs, &mine)] {
        let answer =
            world.rep.post(&format!("/accounts/{winner}/merge"), json!({"other": loser})).await;
        assert!(matches!(answer.status, 404 | 422), "{:#}", answer.body);
    }
    assert!(values(&world.rep.list("contacts", json!({})).await, "name").is_empty());
    // Merged by who may: the contact goes where its owner's rights end, and the other owner still sees it.
    world
        .admin
        .post(&format!("/accounts/{theirs}/merge"), json!({"other": mine}))
        .await
        .expect(200);
    assert!(values(&world.rep.list("contacts", json!({})).await, "name").is_empty());
    assert_eq!(values(&world.other_rep.list("contacts", json!({})).await, "name"), ["Secret"]);
}

async fn a_file_of_another_is_not_given_nor_taken_along(world: World) {
    let file = world.other_rep.upload("theirs.csv", "name\nSecret").await;
    let path = format!("/files/{file}/content");
    for headers in [&[][..], &[("range", "bytes=0-3")][..]] {
        let answer = world.rep.ask("GET", &path, headers, Value::Null).await;
        assert_eq!(answer.problem(404), "not_found");
    }
    let inspect = json!({"file": file, "object": "account"});
    let looked = world.rep.post("/imports/inspect", inspect).await;
    assert_eq!(looked.problem(404), "not_found");
    let mapping = json!({"object": "account", "columns": {"name": {"field": "name"}}});
    let begun = world.rep.post("/imports", json!({"file": file, "mapping": mapping})).await;
    assert_eq!(begun.problem(404), "not_found");
}
