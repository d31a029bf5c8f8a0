//! A clock that jumps: nothing comes back to life, nothing is done twice, and the order of writes stays.

use jiff::SignedDuration;
use serde_json::json;

use crate::world::{PASSWORD, World, on_both};

on_both! {
    a_clock_that_jumps_breaks_no_order_and_wakes_no_session,
}

async fn a_clock_that_jumps_breaks_no_order_and_wakes_no_session(world: World) {
    let clock = world.workspace.clock.clone();
    let mut made = Vec::new();
    for hours in [0, 1, -2, 24 * 10, -24 * 10, 25, -25] {
        clock.advance(SignedDuration::from_hours(hours));
        for _ in 0..3 {
            made.push(world.rep.make("accounts", json!({"name": "At some time"})).await);
        }
    }
    let mut distinct = made.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), made.len());
    let audit = world.admin.get("/audit?object=account&limit=200").await;
    let items = audit.expect(200)["items"].as_array().expect("items").clone();
    let mut order: Vec<String> =
        items.iter().filter_map(|item| item["record"]["id"].as_str().map(str::to_owned)).collect();
    order.reverse();
    assert_eq!(order, made, "in the order in which it was written, whatever the clock said");
    // A session that ended by time does not come back when the clock does.
    let right = json!({"email": "ada@example.com", "password": PASSWORD});
    let client = world.stranger.with_session(&world.stranger.post("/session", right).await);
    client.delete("/session").await.expect(204);
    clock.advance(-SignedDuration::from_hours(24 * 20));
    assert_eq!(client.get("/me").await.problem(401), "authentication");
    clock.advance(SignedDuration::from_hours(24 * 20));
    // A job that was due is done once, though the day came twice.
    let body = json!({"object": "account", "format": "csv"});
    let export = world.admin.post("/exports", body).await.id();
    for hours in [48, -48, 48] {
        clock.advance(SignedDuration::from_hours(hours));
        while world.workspace.do_one_job().await.expect("a job") {}
    }
    loop {
        let record = world.admin.record("exports", &export).await;
        if record["status"] == "done" {
            assert_eq!(record["rows_done"], json!(made.len()));
            break;
        }
        assert_ne!(record["status"], "failed", "{record:#}");
        tokio::task::yield_now().await;
    }
}
