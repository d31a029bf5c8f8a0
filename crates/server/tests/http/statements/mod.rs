//! The statements themselves: how many each door takes, and that a cluster which spreads schemas over machines
//! (Citus) could run every one of them.

mod counts;
mod heard;
mod rules;

use serde_json::json;

use crate::canary::doors;
use crate::matrix::records::Records;
use crate::world::{Database, World};

/// Makes a workspace do everything that it can do.
async fn tour(world: &World) {
    let records = Records::make(world).await;
    for client in [&world.admin, &world.rep] {
        doors::everything(world, client, &records).await;
    }
    let one = world.admin.make("accounts", json!({"name": "One", "phone": "13800000001"})).await;
    let two = world.admin.make("accounts", json!({"name": "Two"})).await;
    world.admin.make("contacts", json!({"name": "C", "account": two})).await;
    let merged = world.admin.post(&format!("/accounts/{one}/merge"), json!({"other": two})).await;
    let act = merged.expect(200)["id"].as_str().expect("an id").to_owned();
    world.admin.post(&format!("/bulk/{act}/undo"), json!({})).await.expect(200);
    let bulk = json!({"action": "update", "ids": [one, two], "values": {"description": "both"}});
    world.admin.post("/accounts/bulk", bulk).await.expect(200);
    let lead = world.admin.make("leads", json!({"name": "Wang", "company": "Wang Ltd"})).await;
    world.admin.post(&format!("/leads/{lead}/commands/convert"), json!({})).await;
    let file = world.admin.upload("a.csv", "name,parent\nThree,One\nFour,Two\n").await;
    let mapping = json!({"object": "account", "policy": "create_or_update", "match_on": ["name"],
        "columns": {"name": {"field": "name"}, "parent": {"field": "parent.name"}},
        "links": {"parent": {"match": ["name"], "if_missing": "create"}}});
    let import = world.admin.post("/imports", json!({"file": file, "mapping": mapping})).await.id();
    while world.admin.record("imports", &import).await["status"] != "done" {
        world.workspace.do_one_job().await.expect("a job");
    }
    world.admin.post(&format!("/imports/{import}/commands/undo"), json!({})).await;
    while world.workspace.do_one_job().await.expect("a job") {}
    world.admin.set("accounts", &one, json!({"name": "Once more"})).await;
    world
        .admin
        .ask("DELETE", &format!("/accounts/{one}"), &[("if-match", "\"9\"")], json!(null))
        .await;
    world.workspace.clock.advance(jiff::SignedDuration::from_hours(48));
    world.workspace.begin_day().await.expect("a day");
    let report = world.workspace.doctor(true, true).await.expect("a report");
    assert!(report.is_well(), "{:?}", report.words(model::Language::En));
    world.admin.post("/backup", json!({})).await.expect(200);
}

#[test]
fn every_statement_is_one_that_a_spread_cluster_can_run() {
    heard::listen();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let faults = runtime.expect("a runtime").block_on(async {
        let world = World::open(Database::Postgres).await;
        let app::workspace::Place::Postgres { schema, .. } = world.workspace.store.place() else {
            panic!("PostgreSQL")
        };
        tour(&world).await;
        let statements = heard::all();
        assert!(statements.len() > 300, "{} statements", statements.len());
        eprintln!("{} different statements", statements.len());
        let mut faults = Vec::new();
        for sql in &statements {
            faults.extend(rules::broken(sql, &schema).map(|rule| format!("{rule}: {sql:.600}")));
        }
        faults
    });
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
