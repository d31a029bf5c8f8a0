//! Merging two records: what leads to the one leads to the other, within the caller's rights, and undone whole.

use serde_json::{Value, json};

use crate::client::Client;
use crate::world::{World, on_both, values};

on_both! {
    a_merge_takes_chosen_values_and_moves_what_led_there,
    a_trial_tells_the_same_and_writes_nothing,
    a_merge_is_undone_whole,
    a_merge_needs_the_right_to_change_the_one_and_delete_the_other,
    a_merge_names_what_is_wrong_with_it,
}

struct Twins {
    kept: String,
    gone: String,
    contact: String,
}

async fn twins(client: &Client) -> Twins {
    let kept = client
        .make(
            "accounts",
            json!({"name": "Blue Kite", "phone": "13800138000", "relations": ["customer"]}),
        )
        .await;
    let gone = client
        .make(
            "accounts",
            json!({"name": "Blue Kite Ltd", "external_id": "B-7", "relations": ["partner"], "description": "Pays late"}),
        )
        .await;
    let contact = client.make("contacts", json!({"name": "Han Mei", "account": gone})).await;
    client.make("activities", json!({"subject": "Called", "account": gone})).await;
    client.set("accounts", &kept, json!({"parent": gone})).await;
    Twins { kept, gone, contact }
}

fn wish(twins: &Twins) -> Value {
    json!({"other": twins.gone, "take": ["name", "external_id"], "join": ["relations", "description"]})
}

/// Object, field and count of what moved.
fn moved(answer: &Value) -> Vec<String> {
    let moved = answer["moved"].as_array().expect("moved").iter();
    moved
        .map(|m| format!("{}.{} {}", m["object"], m["field"], m["count"]).replace('"', ""))
        .collect()
}

async fn a_merge_takes_chosen_values_and_moves_what_led_there(world: World) {
    let rep = &world.rep;
    let twins = twins(rep).await;
    let answer = rep.post(&format!("/accounts/{}/merge", twins.kept), wish(&twins)).await;
    let record = answer.expect(200)["record"].clone();
    assert_eq!(record["name"], "Blue Kite Ltd");
    assert_eq!(record["external_id"], "B-7");
    assert_eq!(record["phone"], "+8613800138000");
    assert_eq!(record["relations"], json!(["customer", "partner"]));
    assert_eq!(record["description"], "Pays late");
    assert_eq!(record["parent"], Value::Null, "the other was its parent");
    assert_eq!(record["contact_count"], 1, "roll-ups follow");
    assert_eq!(
        moved(&answer.body),
        ["account.parent 1", "activity.account 1", "contact.account 1"]
    );
    assert_eq!(answer.body["moved"][2]["first"][0]["title"], "Han Mei");
    let contact = rep.record("contacts", &twins.contact).await;
    assert_eq!(contact["account"]["id"], json!(twins.kept));
    assert_eq!(values(&rep.list("accounts", json!({})).await, "name"), ["Blue Kite Ltd"]);
    assert!(rep.record("accounts", &twins.gone).await["deleted_at"].is_string());
}

async fn a_trial_tells_the_same_and_writes_nothing(world: World) {
    let rep = &world.rep;
    let twins = twins(rep).await;
    let mut body = wish(&twins);
    body["dry_run"] = json!(true);
    let answer = rep.post(&format!("/accounts/{}/merge", twins.kept), body).await;
    assert_eq!(answer.expect(200)["record"]["name"], "Blue Kite Ltd");
    assert_eq!(answer.body["id"], Value::Null);
    assert_eq!(moved(&answer.body).len(), 3);
    assert_eq!(rep.record("accounts", &twins.kept).await["name"], "Blue Kite");
    let contact = rep.record("contacts", &twins.contact).await;
    assert_eq!(contact["account"]["id"], json!(twins.gone));
    assert_eq!(contact["version"], 1);
}

async fn a_merge_is_undone_whole(world: World) {
    let rep = &world.rep;
    let twins = twins(rep).await;
    let answer = rep.post(&format!("/accounts/{}/merge", twins.kept), wish(&twins)).await;
    let act = answer.expect(200)["id"].as_str().expect("the act").to_owned();
    let undone = rep.post(&format!("/bulk/{act}/undo"), json!({})).await;
    assert_eq!(undone.expect(200)["left"], json!([]));
    let kept = rep.record("accounts", &twins.kept).await;
    assert_eq!((&kept["name"], &kept["external_id"]), (&json!("Blue Kite"), &Value::Null));
    assert_eq!(kept["parent"]["id"], json!(twins.gone));
    assert_eq!(kept["contact_count"], 0);
    let gone = rep.record("accounts", &twins.gone).await;
    assert_eq!((&gone["deleted_at"], &gone["external_id"]), (&Value::Null, &json!("B-7")));
    assert_eq!(gone["contact_count"], 1);
}

async fn a_merge_needs_the_right_to_change_the_one_and_delete_the_other(world: World) {
    let theirs = world.other_rep.make("accounts", json!({"name": "Theirs"})).await;
    let mine = world.rep.make("accounts", json!({"name": "Mine"})).await;
    let merge = async |client: &Client, kept: &str, gone: &str| {
        client.post(&format!("/accounts/{kept}/merge"), json!({"other": gone})).await
    };
    assert_eq!(merge(&world.rep, &mine, &theirs).await.problem(404), "not_found");
    assert_eq!(merge(&world.rep, &theirs, &mine).await.problem(404), "not_found");
    assert_eq!(merge(&world.read_only, &mine, &theirs).await.problem(403), "forbidden");
    let order = world.rep.make("orders", json!({"account": mine})).await;
    let other = world.rep.make("orders", json!({"account": mine})).await;
    let kept = world.rep.post(&format!("/orders/{order}/merge"), json!({"other": other})).await;
    assert_eq!(kept.problem(403), "forbidden", "a salesperson deletes no orders");
    merge(&world.admin, &mine, &theirs).await.expect(200);
}

async fn a_merge_names_what_is_wrong_with_it(world: World) {
    let rep = &world.rep;
    let twins = twins(rep).await;
    let merge =
        async |body: Value| rep.post(&format!("/accounts/{}/merge", twins.kept), body).await;
    assert_eq!(merge(json!({})).await.faults(), ["other: required"]);
    assert_eq!(merge(json!({"other": twins.kept})).await.faults(), ["other: loop"]);
    let fields =
        json!({"other": twins.gone, "take": ["created_at", "nothing"], "join": ["contact_count"]});
    assert_eq!(
        merge(fields).await.faults(),
        ["contact_count: read_only", "created_at: read_only", "nothing: unknown_field"]
    );
    let stale = json!({"other": twins.gone, "version": 1});
    assert_eq!(merge(stale).await.problem(409), "stale_version");
    let stale = json!({"other": twins.gone, "other_version": 9});
    assert_eq!(merge(stale).await.problem(409), "stale_version");
}
