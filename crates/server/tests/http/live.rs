//! Live updates: a listener hears of what it may see, and of nothing else.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::client::Client;
use crate::world::{World, on_both};

on_both! {
    a_listener_hears_what_it_may_see_and_nothing_else,
    a_listener_goes_on_where_it_stopped,
    a_deactivated_listener_hears_nothing_more,
}

/// Longest wait for an event that must come.
const COMES: Duration = Duration::from_secs(10);

struct Listener {
    stream: BodyDataStream,
    text: String,
}

impl Listener {
    async fn of(client: &Client, headers: &[(&str, &str)]) -> Listener {
        let response = client.raw("GET", "/events", headers, Body::empty()).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Listener { stream: response.into_body().into_data_stream(), text: String::new() }
    }

    /// The next event of an account; none when the stream ended. A listener may still hear of what was written
    /// just before it began to listen, such as the firm's people.
    async fn next(&mut self) -> Option<Value> {
        loop {
            let event = self.any().await?;
            if event["object"] == "account" {
                return Some(event);
            }
        }
    }

    /// The data of the next event; none when the stream ended.
    async fn any(&mut self) -> Option<Value> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let data =
                    event.lines().find_map(|line| line.strip_prefix("data: ")).map(str::to_owned);
                self.text = rest.to_owned();
                if let Some(data) = data {
                    return Some(serde_json::from_str(&data).expect("JSON"));
                }
                continue;
            }
            let bytes =
                tokio::time::timeout(COMES, self.stream.next()).await.expect("an event in time")?;
            self.text.push_str(std::str::from_utf8(&bytes.expect("bytes")).expect("UTF-8"));
        }
    }

    /// The ids of events up to that of the record `last`.
    async fn until(&mut self, last: &str) -> Vec<String> {
        let mut ids = Vec::new();
        while ids.last().is_none_or(|id| id != last) {
            let event = self.next().await.expect("more");
            ids.push(event["id"].as_str().expect("an id").to_owned());
        }
        ids
    }
}

async fn a_listener_hears_what_it_may_see_and_nothing_else(world: World) {
    let mut rep = Listener::of(&world.rep, &[]).await;
    let mut boss = Listener::of(&world.manager, &[]).await;
    let theirs = world.other_rep.make("accounts", json!({"name": "Theirs"})).await;
    let mine = world.rep.make("accounts", json!({"name": "Mine"})).await;
    assert_eq!(rep.until(&mine).await, std::slice::from_ref(&mine));
    assert_eq!(boss.until(&mine).await, std::slice::from_ref(&mine));
    world.admin.set("accounts", &mine, json!({"owner": world.other_rep.user})).await;
    world.admin.set("accounts", &theirs, json!({"owner": world.rep.user})).await;
    let event = rep.next().await.expect("an event");
    assert_eq!(
        (&event["id"], &event["action"], &event["version"]),
        (&json!(theirs), &json!("update"), &json!(2))
    );
    assert_eq!(event.as_object().map(|event| event.len()), Some(5), "which record, not what of it");
}

async fn a_listener_goes_on_where_it_stopped(world: World) {
    let mut listener = Listener::of(&world.rep, &[]).await;
    let first = world.rep.make("accounts", json!({"name": "First"})).await;
    let event = listener.next().await.expect("an event");
    assert_eq!(event["id"], json!(first));
    let seq = event["seq"].to_string();
    drop(listener);
    let second = world.rep.make("accounts", json!({"name": "Second"})).await;
    let third = world.rep.make("accounts", json!({"name": "Third"})).await;
    let mut listener = Listener::of(&world.rep, &[("last-event-id", seq.as_str())]).await;
    assert_eq!(listener.until(&third).await, [second, third]);
}

async fn a_deactivated_listener_hears_nothing_more(world: World) {
    let mut listener = Listener::of(&world.rep, &[]).await;
    world.admin.set("users", &world.rep.user, json!({"active": false})).await;
    world.admin.make("accounts", json!({"name": "After", "owner": world.rep.user})).await;
    assert_eq!(listener.next().await, None);
}
