//! Roll-ups and formulas: true after every way of writing.

use serde_json::{Value, json};

use crate::client::Client;
use crate::world::{World, on_both};

on_both! {
    sums_follow_every_way_of_writing,
    a_line_changes_its_order_its_account_and_its_product,
    the_last_contact_is_the_latest_call,
    months_that_are_over_no_longer_count,
}

async fn open_amount(client: &Client, account: &str) -> String {
    let record = client.record("accounts", account).await;
    let count = record["opportunity_count"].as_i64().unwrap_or(-1);
    format!("{count}: {}", record["open_opportunity_amount"]["amount"].as_str().unwrap_or("-"))
}

async fn sums_follow_every_way_of_writing(world: World) {
    let rep = &world.rep;
    let one = rep.make("accounts", json!({"name": "One"})).await;
    let two = rep.make("accounts", json!({"name": "Two"})).await;
    let deal = rep
        .make("opportunities", json!({"name": "a", "account": one, "expected_amount": "10"}))
        .await;
    rep.make("opportunities", json!({"name": "b", "account": one, "expected_amount": "5.50"}))
        .await;
    let sums = async || (open_amount(rep, &one).await, open_amount(rep, &two).await);
    let both = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(sums().await, both("2: 15.50", "0: 0.00"));
    rep.set("opportunities", &deal, json!({"expected_amount": "20"})).await;
    assert_eq!(sums().await, both("2: 25.50", "0: 0.00"));
    rep.set("opportunities", &deal, json!({"account": two})).await;
    assert_eq!(sums().await, both("1: 5.50", "1: 20.00"));
    rep.delete(&format!("/opportunities/{deal}")).await.expect(204);
    assert_eq!(sums().await, both("1: 5.50", "0: 0.00"));
    rep.post(&format!("/opportunities/{deal}/restore"), json!({})).await.expect(200);
    assert_eq!(sums().await, both("1: 5.50", "1: 20.00"));
    let bulk = json!({"action": "update", "ids": [deal], "values": {"account": one}});
    let bulk = rep.post("/opportunities/bulk", bulk).await.id();
    assert_eq!(sums().await, both("2: 25.50", "0: 0.00"));
    rep.post(&format!("/bulk/{bulk}/undo"), json!({})).await.expect(200);
    assert_eq!(sums().await, both("1: 5.50", "1: 20.00"));
    rep.post(&format!("/opportunities/{deal}/commands/win"), json!({})).await.expect(200);
    assert_eq!(sums().await, both("1: 5.50", "1: 0.00"));
    assert_eq!(rep.record("accounts", &two).await["won_amount"]["amount"], "20.00");
    rep.set("opportunities", &deal, json!({"account": null})).await;
    assert_eq!(sums().await, both("1: 5.50", "0: 0.00"));
}

async fn a_line_changes_its_order_its_account_and_its_product(world: World) {
    let rep = &world.rep;
    let product = world.admin.make("products", json!({"name": "Chair", "price": "99.90"})).await;
    let account = rep.make("accounts", json!({"name": "One"})).await;
    let order = rep.make("orders", json!({"account": account})).await;
    let line = rep
        .make(
            "order_lines",
            json!({"order": order, "product": product, "quantity": "3", "discount": "10"}),
        )
        .await;
    let sums = async || {
        let amount = |record: &Value, field: &str| {
            record[field]["amount"].as_str().unwrap_or("-").to_owned()
        };
        let order = rep.record("orders", &order).await;
        let account = rep.record("accounts", &account).await;
        let product = rep.record("products", &product).await;
        [
            amount(&order, "total"),
            amount(&account, "revenue_12m"),
            amount(&product, "revenue"),
            product["sold_quantity"].as_str().unwrap_or("-").to_owned(),
        ]
    };
    assert_eq!(sums().await, ["269.73", "269.73", "269.73", "3"]);
    rep.set("order_lines", &line, json!({"quantity": "1.5", "discount": null})).await;
    assert_eq!(sums().await, ["149.85", "149.85", "149.85", "1.5"]);
    rep.post(&format!("/orders/{order}/commands/cancel"), json!({})).await.expect(200);
    assert_eq!(sums().await, ["149.85", "0.00", "149.85", "1.5"]);
    rep.set("orders", &order, json!({"ordered_at": "2020-01-01T00:00:00Z"})).await;
    world.admin.delete(&format!("/orders/{order}")).await.expect(204);
    assert_eq!(rep.record("products", &product).await["revenue"]["amount"], "0.00");
}

async fn the_last_contact_is_the_latest_call(world: World) {
    let rep = &world.rep;
    let account = rep.make("accounts", json!({"name": "One"})).await;
    let call =
        |kind: &str, at: &str| json!({"subject": "x", "kind": kind, "account": account, "at": at});
    rep.make("activities", call("call", "2026-03-01T00:00:00Z")).await;
    let latest = rep.make("activities", call("visit", "2026-05-01T00:00:00Z")).await;
    rep.make("activities", call("note", "2026-07-01T00:00:00Z")).await;
    let last = async || rep.record("accounts", &account).await["last_contact_at"].clone();
    assert_eq!(last().await, "2026-05-01T00:00:00Z");
    rep.delete(&format!("/activities/{latest}")).await.expect(204);
    assert_eq!(last().await, "2026-03-01T00:00:00Z");
    rep.post(&format!("/activities/{latest}/restore"), json!({})).await.expect(200);
    rep.set("activities", &latest, json!({"at": "2026-02-01T00:00:00Z"})).await;
    assert_eq!(last().await, "2026-03-01T00:00:00Z");
}

async fn months_that_are_over_no_longer_count(world: World) {
    let rep = &world.rep;
    let account = rep.make("accounts", json!({"name": "One"})).await;
    for (at, price) in [("2001-05-01T00:00:00Z", "7"), ("", "11")] {
        let mut order = json!({"account": account});
        if !at.is_empty() {
            order["ordered_at"] = json!(at);
        }
        let order = rep.make("orders", order).await;
        rep.make("order_lines", json!({"order": order, "description": "x", "unit_price": price}))
            .await;
    }
    let record = rep.record("accounts", &account).await;
    assert_eq!(record["revenue_12m"]["amount"], "11.00");
    assert_eq!(record["revenue_total"]["amount"], "18.00");
    assert_eq!(record["order_count"], 2);
}
