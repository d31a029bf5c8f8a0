//! What depends on today changes when a day begins, though nobody writes.

use jiff::{SignedDuration, ToSpan};
use serde_json::json;

use crate::world::{World, on_both};

on_both! {
    what_was_shared_until_yesterday_is_seen_no_more,
    months_that_are_over_count_no_more_in_the_morning,
}

async fn what_was_shared_until_yesterday_is_seen_no_more(world: World) {
    let account = world.rep.make("accounts", json!({"name": "Shared for a day"})).await;
    let today = world.workspace.now().today().to_string();
    let share = json!({"about": {"object": "account", "id": account}, "user": world.other_rep.user, "expires_on": today});
    world.rep.make("record_members", share).await;
    let path = format!("/accounts/{account}");
    world.other_rep.get(&path).await.expect(200);
    world.workspace.clock.advance(SignedDuration::from_hours(48));
    assert!(world.workspace.begin_day().await.expect("a day"));
    assert_eq!(world.other_rep.get(&path).await.problem(404), "not_found");
    assert!(!world.workspace.begin_day().await.expect("the same day"));
}

async fn months_that_are_over_count_no_more_in_the_morning(world: World) {
    let account = world.rep.make("accounts", json!({"name": "Once"})).await;
    let product = world.admin.make("products", json!({"name": "Chair", "price": "10"})).await;
    let long_ago = world.workspace.now().today().saturating_sub(360.days());
    let order = json!({"account": account, "ordered_at": format!("{long_ago}T12:00:00Z")});
    let order = world.rep.make("orders", order).await;
    let line = json!({"order": order, "product": product, "quantity": "2", "unit_price": "10"});
    world.rep.make("order_lines", line).await;
    world.rep.set("orders", &order, json!({"status": "completed"})).await;
    let id = account.parse().expect("an id");
    // Not over HTTP: sessions do not last a month.
    let revenue = async || {
        let actor = app::Actor::system();
        let record = world.workspace.get(&actor, "account", id, None).await.expect("the account");
        record["revenue_12m"]["amount"].clone()
    };
    assert_eq!(revenue().await, "20.00");
    world.workspace.clock.advance(SignedDuration::from_hours(24 * 30));
    assert!(world.workspace.begin_day().await.expect("a day"));
    assert_eq!(revenue().await, "0.00");
}
