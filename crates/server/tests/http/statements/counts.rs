//! How many statements each door takes: a list must not take more when it holds more, and no door grows unseen.

use serde_json::{Value, json};

use super::heard;
use crate::client::Client;
use crate::world::{Database, World};

/// The statements of one request, its session's included, after everything that is kept has been read once.
async fn taken(client: &Client, method: &str, path: &str, body: &Value) -> u64 {
    let before = heard::count();
    let answer = client.ask(method, path, &[], body.clone()).await;
    assert!(answer.status < 300, "{method} {path}: {:#}", answer.body);
    heard::count() - before
}

async fn counts(world: World) -> Vec<(&'static str, u64)> {
    let rep = &world.rep;
    let account = rep.make("accounts", json!({"name": "First"})).await;
    let mut lists = Vec::new();
    for round in 0..2 {
        if round == 1 {
            for n in 0..30 {
                let id = rep.make("accounts", json!({"name": format!("Account {n}")})).await;
                rep.make("contacts", json!({"name": "C", "account": id})).await;
            }
        }
        rep.get("/accounts?expand=owner").await.expect(200);
        lists.push(taken(rep, "GET", "/accounts?expand=owner", &Value::Null).await);
    }
    assert!(lists[1] <= lists[0] + 2, "a list of one and of thirty: {lists:?}");
    let path = format!("/accounts/{account}");
    let version = |n: i64| json!({"name": format!("Name {n}"), "version": n});
    let mut all = vec![
        ("list", lists[1]),
        ("get", taken(rep, "GET", &path, &Value::Null).await),
        ("timeline", taken(rep, "GET", &format!("{path}/timeline"), &Value::Null).await),
        ("search", taken(rep, "GET", "/search?q=account", &Value::Null).await),
        ("aggregate", taken(rep, "GET", "/accounts/aggregate?group=owner", &Value::Null).await),
        ("create", taken(rep, "POST", "/accounts", &json!({"name": "Made"})).await),
        ("update", taken(rep, "PATCH", &path, &version(1)).await),
    ];
    let list = rep.list("accounts", json!({"limit": 20, "q": "account"})).await;
    let ids = crate::world::values(&list, "id");
    let bulk = json!({"action": "update", "ids": ids, "values": {"description": "x"}});
    all.push(("bulk of 20", taken(rep, "POST", "/accounts/bulk", &bulk).await));
    let doomed = rep.make("accounts", json!({"name": "Doomed"})).await;
    let before = heard::count();
    let headers = [("if-match", "\"1\"")];
    rep.ask("DELETE", &format!("/accounts/{doomed}"), &headers, Value::Null).await.expect(204);
    all.push(("delete", heard::count() - before));
    all
}

#[test]
fn no_door_takes_more_statements_than_it_is_known_to() {
    heard::listen();
    for database in [Database::Sqlite, Database::Postgres] {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let counted = runtime.expect("a runtime").block_on(async {
            // What runs by itself in the background is not told apart: it is little, and the limits have room for it.
            counts(World::open(database).await).await
        });
        eprintln!("{database:?}: {counted:?}");
        for (door, count) in counted {
            let most = MOST.iter().find(|(known, _)| *known == door).map_or(0, |(_, most)| *most);
            assert!(
                count <= most,
                "{database:?}: {door} takes {count} statements, {most} are known"
            );
        }
    }
}

/// The statements that each door may take: its session and rights, its work, and two of the background.
const MOST: [(&str, u64); 9] = [
    ("list", 10),
    ("get", 13),
    ("timeline", 12),
    // One for each object that is searched.
    ("search", 50),
    ("aggregate", 6),
    ("create", 20),
    ("update", 21),
    ("bulk of 20", 150),
    ("delete", 18),
];
