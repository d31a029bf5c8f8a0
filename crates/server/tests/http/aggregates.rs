//! Counts and sums by group, over exactly what the reader may list.

use serde_json::{Value, json};

use crate::client::Client;
use crate::world::{World, on_both};

on_both! {
    amounts_are_summed_by_owner_and_stage,
    moments_are_grouped_by_the_firms_months,
    an_aggregate_counts_what_the_list_lists,
    what_cannot_be_summed_is_refused,
}

/// Keys and measures of the groups, sorted, as text.
async fn groups(client: &Client, path: &str) -> Vec<String> {
    let answer = client.get(path).await;
    let mut groups: Vec<String> = answer.expect(200)["groups"]
        .as_array()
        .expect("groups")
        .iter()
        .map(|group| {
            let key = |key: &Value| key.get("title").unwrap_or(key).to_string().replace('"', "");
            let keys: Vec<String> =
                group["key"].as_array().expect("a key").iter().map(key).collect();
            let measures =
                group.as_object().expect("a group").iter().filter(|(name, _)| *name != "key");
            let shown = measures.map(|(name, value)| {
                format!(
                    "{name}={}",
                    value.get("amount").unwrap_or(value).to_string().replace('"', "")
                )
            });
            format!("{}: {}", keys.join("/"), shown.collect::<Vec<_>>().join(" "))
        })
        .collect();
    groups.sort();
    groups
}

async fn amounts_are_summed_by_owner_and_stage(world: World) {
    for (client, amount) in
        [(&world.rep, "100.10"), (&world.rep, "200.20"), (&world.other_rep, "50")]
    {
        client.make("opportunities", json!({"name": "Deal", "expected_amount": amount})).await;
    }
    let path = "/opportunities/aggregate?group=owner,stage&measure=count,sum:amount,avg:amount,max:expected_amount";
    assert_eq!(
        groups(&world.admin, path).await,
        [
            "Rong/New: count=2 sum:amount=300.30 avg:amount=150.15 max:expected_amount=200.20",
            "Sam/New: count=1 sum:amount=50.00 avg:amount=50.00 max:expected_amount=50.00",
        ]
    );
    assert_eq!(
        groups(&world.other_rep, "/opportunities/aggregate?measure=sum:amount").await,
        [": sum:amount=50.00"]
    );
    let by_path = "/opportunities/aggregate?group=owner.department&measure=count";
    assert_eq!(groups(&world.admin, by_path).await, ["North 1: count=2", "South: count=1"]);
}

async fn moments_are_grouped_by_the_firms_months(world: World) {
    // Half past midnight of the first of March in Shanghai is still February in UTC.
    for at in ["2026-01-15T04:00:00Z", "2026-02-28T16:30:00Z", "2026-03-09T01:00:00Z"] {
        world.rep.make("orders", json!({"ordered_at": at})).await;
    }
    let by =
        async |group: &str| groups(&world.rep, &format!("/orders/aggregate?group={group}")).await;
    for group in ["ordered_on", "ordered_at"] {
        assert_eq!(
            by(&format!("{group}:month")).await,
            ["2026-01-01: count=1", "2026-03-01: count=2"],
            "{group}"
        );
        assert_eq!(by(&format!("{group}:quarter")).await, ["2026-01-01: count=3"], "{group}");
        assert_eq!(by(&format!("{group}:year")).await, ["2026-01-01: count=3"], "{group}");
        assert_eq!(by(&format!("{group}:week")).await.len(), 3, "{group}");
    }
    let days = ["2026-01-15: count=1", "2026-03-01: count=1", "2026-03-09: count=1"];
    assert_eq!(by("ordered_on").await, days);
}

async fn an_aggregate_counts_what_the_list_lists(world: World) {
    for n in 0..9 {
        let client = [&world.rep, &world.other_rep, &world.manager][n % 3];
        let account = client
            .make("accounts", json!({"name": format!("n{n}"), "level": (["A", "B"])[n % 2]}))
            .await;
        client.make("contacts", json!({"name": format!("c{n}"), "account": account})).await;
    }
    let search = json!({"search": "n"});
    for client in [
        &world.rep,
        &world.other_rep,
        &world.manager,
        &world.admin,
        &world.read_only,
        &world.no_role,
    ] {
        for plural in ["accounts", "contacts"] {
            let list = client.list(plural, json!({"count": true, "limit": 200})).await;
            let listed = list.expect(200)["items"].as_array().map_or(0, Vec::len) as u64;
            // Who may not see the field may not group by it either.
            let group = if client.user == world.no_role.user { "" } else { "owner" };
            let groups = client.get(&format!("/{plural}/aggregate?group={group}")).await;
            let grouped = groups.expect(200)["groups"].as_array().expect("groups").iter();
            assert_eq!(grouped.map(|g| g["count"].as_u64().unwrap_or(0)).sum::<u64>(), listed);
            assert_eq!(list.body["count"]["value"], json!(listed));
            let hits = client.list(plural, json!({"filter": search, "limit": 200})).await;
            let known = crate::world::values(&list, "id");
            assert!(crate::world::values(&hits, "id").iter().all(|hit| known.contains(hit)));
            let found = client
                .get(&format!("/search?q=n&objects={}&limit=200", &plural[..plural.len() - 1]))
                .await;
            assert!(crate::world::values(&found, "id").iter().all(|hit| known.contains(hit)));
        }
    }
}

async fn what_cannot_be_summed_is_refused(world: World) {
    let ask =
        async |query: &str| world.rep.get(&format!("/accounts/aggregate?{query}")).await.faults();
    assert_eq!(ask("group=nothing").await, ["group: unknown_field"]);
    assert_eq!(ask("group=description").await, ["group: not_groupable"]);
    assert_eq!(ask("group=name:month").await, ["group: not_groupable"]);
    assert_eq!(ask("group=created_at:eon").await, ["group: not_groupable"]);
    assert_eq!(ask("measure=sum:name").await, ["measure: not_aggregatable"]);
    assert_eq!(ask("measure=median:founded_year").await, ["measure: not_aggregatable"]);
    assert_eq!(ask("group=level,kind,industry,source,city").await, ["group: too_many"]);
}
