//! Commands: a lead is converted once, deals are won and lost, stages ask for their fields.

use serde_json::{Value, json};

use crate::world::{World, on_both, values};

on_both! {
    a_lead_is_converted_once,
    a_lead_that_seems_known_is_not_converted_unasked,
    two_who_convert_at_once_make_one_account,
    a_deal_is_won_lost_and_reopened,
    a_stage_asks_for_its_fields,
    a_command_needs_the_right_to_change,
}

async fn a_lead_is_converted_once(world: World) {
    let rep = &world.rep;
    let lead = rep
        .make("leads", json!({"name": "Han Mei", "company": "Blue Kite", "mobile": "13800138000", "industry": "retail"}))
        .await;
    let path = format!("/leads/{lead}/commands/convert");
    let answer = rep.post(&path, json!({"amount": "900", "opportunity_name": "First order"})).await;
    let record = &answer.expect(200)["record"];
    assert_eq!(record["status"], "converted");
    assert_eq!(record["converted_account"]["title"], "Blue Kite");
    let made: Vec<&str> = answer.body["made"]
        .as_array()
        .expect("made")
        .iter()
        .filter_map(|m| m["object"].as_str())
        .collect();
    assert_eq!(made, ["account", "contact", "opportunity"]);
    let opportunity = rep.list("opportunities", json!({})).await;
    assert_eq!(opportunity.expect(200)["items"][0]["amount"]["amount"], "900.00");
    assert_eq!(opportunity.body["items"][0]["account"]["title"], "Blue Kite");
    assert_eq!(rep.post(&path, json!({})).await.problem(422), "command_unavailable");
    let kept = rep.patch(&format!("/leads/{lead}"), json!({"name": "Other", "version": 2})).await;
    assert_eq!(kept.faults(), ["name: finished"]);
    assert_eq!(rep.list("accounts", json!({"count": true})).await.expect(200)["count"]["value"], 1);
}

async fn a_lead_that_seems_known_is_not_converted_unasked(world: World) {
    let rep = &world.rep;
    let account = rep.make("accounts", json!({"name": "Blue Kite"})).await;
    let lead = rep.make("leads", json!({"name": "Han Mei", "company": "Blue Kite"})).await;
    let path = format!("/leads/{lead}/commands/convert");
    assert_eq!(rep.post(&path, json!({})).await.faults(), ["account: duplicate"]);
    let theirs = world.other_rep.make("accounts", json!({"name": "Theirs"})).await;
    assert_eq!(
        rep.post(&path, json!({"account": theirs})).await.faults(),
        ["account: link_unknown"]
    );
    let bad = rep.post(&path, json!({"amount": "much", "wish": 1})).await;
    assert_eq!(bad.faults(), ["amount: number_format", "wish: unknown_field"]);
    let into = rep.post(&path, json!({"account": account, "create_opportunity": false})).await;
    assert_eq!(into.expect(200)["record"]["converted_account"]["id"], json!(account));
    assert_eq!(into.body["record"]["converted_opportunity"], Value::Null);
}

async fn two_who_convert_at_once_make_one_account(world: World) {
    let lead = world.rep.make("leads", json!({"name": "Han Mei", "company": "Blue Kite"})).await;
    let path = format!("/leads/{lead}/commands/convert");
    let (one, other) = tokio::join!(
        world.rep.post(&path, json!({"force_new": true})),
        world.manager.post(&path, json!({"force_new": true}))
    );
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses[0], 200);
    assert!(statuses[1] == 422 || statuses[1] == 409, "{statuses:?}");
    assert_eq!(values(&world.admin.list("accounts", json!({})).await, "name"), ["Blue Kite"]);
}

async fn a_deal_is_won_lost_and_reopened(world: World) {
    let rep = &world.rep;
    let deal =
        rep.make("opportunities", json!({"name": "Chairs", "expected_amount": "1000"})).await;
    let command = async |name: &str, inputs: Value| {
        rep.post(&format!("/opportunities/{deal}/commands/{name}"), inputs).await
    };
    let record = rep.record("opportunities", &deal).await;
    assert_eq!(record["weighted_amount"]["amount"], "100.00", "ten per cent in the first stage");
    assert_eq!(command("lose", json!({})).await.faults(), ["lost_reason: required"]);
    let lost = command("lose", json!({"lost_reason": "price", "lost_note": "Too dear"})).await;
    assert_eq!(lost.expect(200)["record"]["status"], "lost");
    assert_eq!(lost.body["record"]["forecast"], "omitted");
    assert_eq!(command("win", json!({})).await.problem(422), "command_unavailable");
    let open = command("reopen", json!({})).await;
    assert_eq!(open.expect(200)["record"]["lost_reason"], Value::Null);
    let won = command("win", json!({})).await;
    assert_eq!(won.expect(200)["record"]["status"], "won");
    assert_eq!(won.body["record"]["probability"], "100");
    assert_eq!(won.body["record"]["weighted_amount"]["amount"], "1000.00");
    assert!(won.body["record"]["closed_at"].is_string());
    assert_eq!(command("explode", json!({})).await.problem(404), "not_found");
    let stages = rep.list("stage_changes", json!({"sort": "left_at"})).await;
    assert_eq!(values(&stages, "opportunity").len(), 3);
}

async fn a_stage_asks_for_its_fields(world: World) {
    let proposal = world.admin.find("stages", "name", "Proposal").await;
    world
        .admin
        .set("stages", &proposal, json!({"required_fields": " expected_amount  close_on"}))
        .await;
    let rep = &world.rep;
    let deal = rep.make("opportunities", json!({"name": "Chairs"})).await;
    let path = format!("/opportunities/{deal}");
    let moved = rep.patch(&path, json!({"stage": proposal, "version": 1})).await;
    assert_eq!(moved.faults(), ["close_on: step_needs", "expected_amount: step_needs"]);
    let filled =
        json!({"stage": proposal, "version": 1, "expected_amount": "10", "close_on": "2027-01-31"});
    rep.patch(&path, filled).await.expect(200);
    let emptied = rep.patch(&path, json!({"close_on": null, "version": 2})).await;
    assert_eq!(emptied.faults(), ["close_on: step_needs"]);
    let other = world
        .admin
        .make("pipelines", json!({"name": "Renewals", "code": "renewals", "position": 5}))
        .await;
    let stage = json!({"name": "Start", "pipeline": other, "position": 1, "probability": "50"});
    let elsewhere = world.admin.make("stages", stage).await;
    let mixed = json!({"name": "Mixed", "pipeline": rep.record("opportunities", &deal).await["pipeline"], "stage": elsewhere});
    assert_eq!(rep.post("/opportunities", mixed).await.faults(), ["stage: step_elsewhere"]);
}

async fn a_command_needs_the_right_to_change(world: World) {
    let deal = world.rep.make("opportunities", json!({"name": "Chairs"})).await;
    let path = format!("/opportunities/{deal}/commands/win");
    assert_eq!(world.read_only.post(&path, json!({})).await.problem(403), "forbidden");
    assert_eq!(world.other_rep.post(&path, json!({})).await.problem(404), "not_found");
    assert_eq!(world.no_role.post(&path, json!({})).await.problem(404), "not_found");
    world.manager.post(&path, json!({})).await.expect(200);
}
