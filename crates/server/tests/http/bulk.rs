//! One act on many records: by ids and by filter, within the caller's rights, and undone whole.

use serde_json::{Value, json};

use crate::client::Client;
use crate::world::{World, on_both, values};

on_both! {
    a_bulk_does_what_the_caller_may_and_names_the_rest,
    a_filter_reaches_only_what_the_caller_sees,
    a_bulk_is_undone_but_for_what_changed_since,
    many_are_deleted_and_come_back,
    a_command_is_done_on_many,
    a_bulk_without_a_target_or_act_is_refused,
}

async fn accounts(client: &Client, count: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for n in 0..count {
        ids.push(
            client.make("accounts", json!({"name": format!("Account {n}"), "level": "B"})).await,
        );
    }
    ids
}

async fn levels(client: &Client) -> Vec<String> {
    values(&client.list("accounts", json!({"sort": "name,created_at"})).await, "level")
}

async fn a_bulk_does_what_the_caller_may_and_names_the_rest(world: World) {
    let mine = accounts(&world.rep, 3).await;
    let theirs = accounts(&world.other_rep, 1).await.remove(0);
    let ids = json!([mine[0], theirs, mine[1], mine[1]]);
    let answer = world
        .rep
        .post("/accounts/bulk", json!({"action": "update", "ids": ids, "values": {"level": "A"}}))
        .await;
    assert_eq!(answer.expect(200)["done"], 2);
    assert_eq!(answer.body["failed"][0]["id"], json!(theirs));
    assert_eq!(answer.body["failed"][0]["code"], "not_found");
    assert_eq!(answer.body["failed"].as_array().map(Vec::len), Some(1));
    assert_eq!(levels(&world.rep).await, ["A", "A", "B"]);
    assert_eq!(levels(&world.other_rep).await, ["B"]);
}

async fn a_filter_reaches_only_what_the_caller_sees(world: World) {
    accounts(&world.rep, 3).await;
    accounts(&world.other_rep, 2).await;
    let filter = json!({"field": "level", "op": "eq", "value": "B"});
    let body = json!({"action": "update", "filter": filter, "values": {"level": "C"}});
    assert_eq!(world.manager.post("/accounts/bulk", body).await.expect(200)["done"], 3);
    assert_eq!(levels(&world.other_rep).await, ["B", "B"]);
    let read_only = json!({"action": "update", "filter": {"and": []}, "values": {"level": "D"}});
    let answer = world.read_only.post("/accounts/bulk", read_only).await;
    assert_eq!(answer.body["done"].as_i64().unwrap_or(0), 0, "{}", answer.body);
    assert_eq!(levels(&world.rep).await, ["C", "C", "C"]);
}

async fn a_bulk_is_undone_but_for_what_changed_since(world: World) {
    let ids = accounts(&world.rep, 3).await;
    let body = json!({"action": "update", "ids": ids, "values": {"level": "A"}});
    let bulk = world.rep.post("/accounts/bulk", body).await.id();
    world.rep.set("accounts", &ids[1], json!({"level": "D"})).await;
    let stranger = world.other_rep.post(&format!("/bulk/{bulk}/undo"), json!({})).await;
    assert_eq!(stranger.problem(404), "not_found");
    let undone = world.rep.post(&format!("/bulk/{bulk}/undo"), json!({})).await;
    assert_eq!(undone.expect(200)["done"], 2);
    assert_eq!(undone.body["left"], json!([ids[1]]));
    assert_eq!(levels(&world.rep).await, ["B", "D", "B"]);
}

async fn many_are_deleted_and_come_back(world: World) {
    let ids = accounts(&world.rep, 5).await;
    let bulk = world.rep.post("/accounts/bulk", json!({"action": "delete", "ids": ids[..4]})).await;
    assert_eq!(bulk.expect(200)["done"], 4);
    assert_eq!(levels(&world.rep).await.len(), 1);
    let undone = world.rep.post(&format!("/bulk/{}/undo", bulk.id()), json!({})).await;
    assert_eq!(undone.expect(200)["done"], 4);
    assert_eq!(levels(&world.rep).await.len(), 5);
    world.rep.post("/accounts/bulk", json!({"action": "delete", "ids": ids})).await.expect(200);
    let restored = world.rep.post("/accounts/bulk", json!({"action": "restore", "ids": ids})).await;
    assert_eq!(restored.expect(200)["done"], 5);
}

async fn a_command_is_done_on_many(world: World) {
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(world.rep.make("tasks", json!({"subject": format!("Call {n}")})).await);
    }
    world.rep.post(&format!("/tasks/{}/commands/complete", ids[0]), json!({})).await.expect(200);
    let answer = world.rep.post("/tasks/bulk", json!({"action": "complete", "ids": ids})).await;
    assert_eq!(answer.expect(200)["done"], 2);
    assert_eq!(answer.body["failed"][0]["code"], "command_unavailable");
}

async fn a_bulk_without_a_target_or_act_is_refused(world: World) {
    let post = async |body: Value| world.rep.post("/accounts/bulk", body).await;
    assert_eq!(post(json!({"ids": []})).await.faults(), ["action: required"]);
    assert_eq!(post(json!({"action": "delete"})).await.faults(), ["ids: required"]);
    assert_eq!(
        post(json!({"action": "delete", "ids": ["1"]})).await.faults(),
        ["ids: links_expected"]
    );
    assert_eq!(post(json!({"action": "explode", "ids": []})).await.problem(404), "not_found");
    let many: Vec<String> =
        (0..1_001).map(|n| format!("00000000-0000-0000-0000-{n:012}")).collect();
    assert_eq!(post(json!({"action": "delete", "ids": many})).await.faults(), ["ids: too_many"]);
}
