//! What happened to a record: history, the record as it was, its timeline, and why somebody sees it.

use serde_json::{Value, json};

use crate::world::{World, on_both};

on_both! {
    history_says_who_changed_what,
    a_record_is_shown_as_it_was,
    a_timeline_holds_what_was_done_and_changed,
    a_timeline_shows_what_lists_show,
    history_keeps_hidden_fields_to_itself,
    explain_says_why_somebody_sees_a_record,
    a_shared_record_is_seen_until_the_last_day,
}

async fn history_says_who_changed_what(world: World) {
    let account = world.rep.make("accounts", json!({"name": "One"})).await;
    world
        .manager
        .set("accounts", &account, json!({"name": "Two", "owner": world.manager.user}))
        .await;
    world.manager.delete(&format!("/accounts/{account}")).await.expect(204);
    world.manager.post(&format!("/accounts/{account}/restore"), json!({})).await.expect(200);
    let path = format!("/accounts/{account}/history");
    let answer = world.manager.get(&path).await;
    let items = answer.expect(200)["items"].as_array().expect("items");
    let actions: Vec<&str> = items.iter().filter_map(|item| item["action"].as_str()).collect();
    assert_eq!(actions, ["restore", "delete", "update", "create"]);
    let change = &items[2];
    assert_eq!(change["actor"]["title"], "Mina");
    assert_eq!(change["cause"]["kind"], "request");
    assert_eq!(change["changes"][0], json!({"field": "name", "old": "One", "new": "Two"}));
    assert_eq!(change["changes"][1]["old"]["title"], "Rong");
    assert_eq!(change["changes"][1]["new"]["title"], "Mina");
    let first = world.manager.get(&format!("{path}?limit=3")).await;
    let next = first.expect(200)["next"].as_str().expect("more").to_owned();
    let rest = world.manager.get(&format!("{path}?cursor={next}")).await;
    assert_eq!(rest.expect(200)["items"][0]["action"], "create");
    assert_eq!(rest.body["next"], Value::Null);
    assert_eq!(
        world.rep.get(&path).await.problem(404),
        "not_found",
        "given away, and so out of sight"
    );
}

async fn a_record_is_shown_as_it_was(world: World) {
    let rep = &world.rep;
    let account = rep.make("accounts", json!({"name": "One", "relations": ["customer"]})).await;
    let made = rep.record("accounts", &account).await;
    let before = world.workspace.clock.now();
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    rep.set("accounts", &account, json!({"name": "Two", "relations": ["partner"], "level": "A"}))
        .await;
    let was = rep.get(&format!("/accounts/{account}?as_of={before}")).await;
    for field in ["name", "relations", "level", "version", "owner"] {
        assert_eq!(was.expect(200)[field], made[field], "{field}");
    }
    let never = rep.get(&format!("/accounts/{account}?as_of=2001-01-01T00:00:00Z")).await;
    assert_eq!(never.problem(404), "not_found");
}

async fn a_timeline_holds_what_was_done_and_changed(world: World) {
    let rep = &world.rep;
    let account = rep.make("accounts", json!({"name": "One"})).await;
    rep.make("activities", json!({"subject": "Called", "account": account})).await;
    rep.make("tasks", json!({"subject": "Call again", "account": account})).await;
    rep.set("accounts", &account, json!({"level": "A"})).await;
    let answer = rep.get(&format!("/accounts/{account}/timeline")).await;
    let kinds: Vec<&str> = answer.expect(200)["items"]
        .as_array()
        .expect("items")
        .iter()
        .filter_map(|i| i["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["change", "task", "activity", "change"]);
    let only =
        rep.get(&format!("/accounts/{account}/timeline?kinds=activity,change&limit=2")).await;
    let items = only.expect(200)["items"].as_array().expect("items");
    let kinds: Vec<&str> = items.iter().filter_map(|item| item["kind"].as_str()).collect();
    assert_eq!(kinds, ["change", "activity"]);
    assert!(only.body["next"].is_string());
    let theirs = world.other_rep.get(&format!("/accounts/{account}/timeline")).await;
    assert_eq!(theirs.problem(404), "not_found");
}

/// What is part of a record is not asked of one by one: it must come to the same as when it is.
async fn a_timeline_shows_what_lists_show(world: World) {
    let account = world.rep.make("accounts", json!({"name": "One"})).await;
    for owner in [&world.rep, &world.other_rep, &world.manager] {
        let values = json!({"subject": "Call", "account": account, "owner": owner.user});
        world.admin.make("activities", values.clone()).await;
        world.admin.make("tasks", values).await;
    }
    let narrow = world.key(&world.rep, "account:read task:read").await;
    let readers = [&world.rep, &world.other_rep, &world.manager, &world.admin, &narrow];
    let mut shown = Vec::new();
    for deleted in [false, true] {
        if deleted {
            world.admin.delete(&format!("/accounts/{account}")).await.expect(204);
        }
        for (number, reader) in readers.iter().enumerate() {
            let path = format!("/accounts/{account}/timeline?kinds=activity,task");
            let answer = reader.get(&path).await;
            if answer.status != 200 {
                continue;
            }
            let items = answer.expect(200)["items"].as_array().expect("items").clone();
            for (kind, plural) in [("activity", "activities"), ("task", "tasks")] {
                let filter = json!({"field": "account", "op": "eq", "value": account});
                let listed = reader.list(plural, json!({"filter": filter})).await;
                let mut listed = match listed.status {
                    200 => crate::world::values(&listed, "id"),
                    _ => Vec::new(),
                };
                let of_kind = items.iter().filter(|item| item["kind"] == kind);
                let mut told: Vec<String> = of_kind
                    .filter_map(|item| item["record"]["id"].as_str().map(str::to_owned))
                    .collect();
                listed.sort();
                told.sort();
                assert_eq!(told, listed, "{kind} for reader {number}, deleted: {deleted}");
                shown.push(told.len());
            }
        }
    }
    assert!(shown.contains(&3) && shown.contains(&0), "{shown:?}");
}

async fn history_keeps_hidden_fields_to_itself(world: World) {
    let product = world.admin.make("products", json!({"name": "Chair", "cost": "51.37"})).await;
    world.admin.set("products", &product, json!({"cost": "62.48", "unit": "piece"})).await;
    for path in ["history", "timeline"] {
        let answer = world.rep.get(&format!("/products/{product}/{path}")).await;
        let text = answer.expect(200).to_string();
        assert!(text.contains("piece"));
        assert!(
            !text.contains("62.48") && !text.contains("51.37") && !text.contains("cost"),
            "{path}: {text}"
        );
    }
}

async fn explain_says_why_somebody_sees_a_record(world: World) {
    let account = world.rep.make("accounts", json!({"name": "One"})).await;
    let contact = world.rep.make("contacts", json!({"name": "Li", "account": account})).await;
    let codes = async |path: &str, user: &str| {
        let answer = world.admin.get(&format!("/{path}/explain?user={user}")).await;
        let reasons = answer.expect(200)["reasons"].as_array().expect("reasons").iter();
        let codes: Vec<String> =
            reasons.filter_map(|r| r["code"].as_str().map(str::to_owned)).collect();
        (answer.body["visible"] == json!(true), codes.join(" "))
    };
    let account_path = format!("accounts/{account}");
    for (client, visible, reasons) in [
        (&world.admin, true, "administrator"),
        (&world.rep, true, "owner"),
        (&world.manager, true, "reach"),
        (&world.read_only, true, "scope_all"),
        (&world.other_rep, false, "out_of_reach"),
        (&world.no_role, false, "no_right"),
    ] {
        assert_eq!(codes(&account_path, &client.user).await, (visible, reasons.to_owned()));
    }
    let contact_path = format!("contacts/{contact}");
    assert_eq!(codes(&contact_path, &world.rep.user).await, (true, "owner through".to_owned()));
    let field = format!("/{contact_path}/explain?user={}&field=mobile", world.read_only.user);
    let answer = world.admin.in_language("zh-CN").get(&field).await;
    assert_eq!(answer.expect(200)["reasons"][2]["code"], "field_masked");
    assert_eq!(answer.body["reasons"][2]["text"], "角色设置遮盖了此字段的值。");
}

async fn a_shared_record_is_seen_until_the_last_day(world: World) {
    let account = world.rep.make("accounts", json!({"name": "One"})).await;
    let path = format!("/accounts/{account}");
    let today = world.workspace.now().today();
    let share = json!({"about": {"object": "account", "id": account}, "user": world.other_rep.user,
                       "level": "read", "expires_on": today.to_string()});
    assert_eq!(world.other_rep.post("/record_members", share.clone()).await.status, 422);
    let member = world.rep.make("record_members", share).await;
    world.other_rep.get(&path).await.expect(200);
    let changed = world.other_rep.patch(&path, json!({"name": "Two", "version": 1})).await;
    assert_eq!(changed.problem(403), "forbidden");
    world.rep.set("record_members", &member, json!({"level": "write"})).await;
    world.other_rep.patch(&path, json!({"name": "Two", "version": 1})).await.expect(200);
    assert_eq!(world.other_rep.delete(&path).await.problem(403), "forbidden");
    world
        .rep
        .set(
            "record_members",
            &member,
            json!({"expires_on": today.yesterday().expect("a day").to_string()}),
        )
        .await;
    assert_eq!(world.other_rep.get(&path).await.problem(404), "not_found");
}
