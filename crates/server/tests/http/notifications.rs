//! Notifications: who is told of a write, and that reading them is one's own.

use serde_json::json;

use crate::client::Client;
use crate::world::{World, on_both};

on_both! {
    a_mention_is_told_once,
    what_is_given_is_told_and_many_in_one_line,
    reading_is_ones_own,
}

/// Kind and title of the client's notifications, oldest first.
async fn told(client: &Client) -> Vec<String> {
    let answer = client.list("notifications", json!({"sort": "at,id"})).await;
    let items = answer.expect(200)["items"].as_array().expect("items").clone();
    let own = items.iter().filter(|item| item["owner"]["id"] == json!(client.user));
    own.map(|item| format!("{} {} {}", item["kind"], item["title"], item["count"]).replace('"', ""))
        .collect()
}

async fn a_mention_is_told_once(world: World) {
    let text = format!(
        "Please ask @[Mina](user:{}) and @[me](user:{})",
        world.manager.user, world.rep.user
    );
    let activity = world
        .rep
        .make("activities", json!({"subject": "Called", "kind": "note", "content": text}))
        .await;
    assert_eq!(told(&world.manager).await, ["mention Called 1"]);
    assert!(told(&world.rep).await.is_empty(), "nobody is told of their own doing");
    world.rep.set("activities", &activity, json!({"content": format!("{text}!")})).await;
    assert_eq!(told(&world.manager).await, ["mention Called 1"]);
}

async fn what_is_given_is_told_and_many_in_one_line(world: World) {
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(world.manager.make("accounts", json!({"name": format!("Account {n}")})).await);
    }
    world.manager.set("accounts", &ids[0], json!({"owner": world.rep.user})).await;
    assert_eq!(told(&world.rep).await, ["assigned Account 0 1"]);
    let body = json!({"action": "update", "ids": ids, "values": {"owner": world.rep.user}});
    world.manager.post("/accounts/bulk", body).await.expect(200);
    assert_eq!(told(&world.rep).await, ["assigned Account 0 1", "assigned Account 1 4"]);
}

async fn reading_is_ones_own(world: World) {
    let account = world.manager.make("accounts", json!({"name": "One"})).await;
    world.manager.set("accounts", &account, json!({"owner": world.rep.user})).await;
    let found = world.rep.list("notifications", json!({})).await;
    let id = found.expect(200)["items"][0]["id"].clone();
    let read = async |client: &Client| {
        client.post("/notifications/read", json!({"ids": [id]})).await.expect(200)["read"].clone()
    };
    assert_eq!(read(&world.manager).await, 0);
    assert_eq!(read(&world.rep).await, 1);
    assert_eq!(read(&world.rep).await, 0);
    let unread = json!({"filter": {"field": "read_at", "op": "is_empty"}});
    assert_eq!(world.rep.list("notifications", unread).await.expect(200)["items"], json!([]));
    world.rep.post("/notifications/read", json!({})).await.expect(200);
}
