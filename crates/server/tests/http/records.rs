//! Making, changing, deleting and restoring single records.

use serde_json::{Value, json};

use crate::world::{World, on_both, values};

on_both! {
    a_record_is_made_read_changed_and_deleted,
    every_bad_field_is_named_at_once_in_both_languages,
    a_change_needs_the_present_version,
    system_fields_and_unknown_fields_are_not_taken,
    the_recycle_bin_keeps_a_record_with_its_parts,
    a_unique_value_is_free_again_after_its_record_is_deleted,
    a_tree_stays_a_tree,
    links_lead_to_what_one_may_see,
    chosen_fields_and_expanded_links_are_shown,
    numbers_follow_each_other,
    hostile_paths_and_bodies_are_refused_in_our_words,
}

async fn a_record_is_made_read_changed_and_deleted(world: World) {
    let rep = &world.rep;
    let made = rep
        .post(
            "/accounts",
            json!({"name": "  Harbour Trade  ", "annual_revenue": "1200.5", "relations": ["customer"],
                   "industry": "retail", "phone": "021-6888 8888", "founded_year": 1998}),
        )
        .await;
    let account = made.expect(201);
    assert_eq!(account["name"], "Harbour Trade");
    assert_eq!(account["version"], 1);
    assert_eq!(account["annual_revenue"], json!({"amount": "1200.50", "currency": "CNY"}));
    assert_eq!(account["relations"], json!(["customer"]));
    assert_eq!(account["kind"], "company");
    assert_eq!(account["owner"]["id"], json!(rep.user));
    assert_eq!(account["created_by"]["title"], "Rong");
    let path = format!("/accounts/{}", made.id());
    let read = rep.get(&path).await;
    assert_eq!(read.expect(200)["_can"], json!(["update", "delete"]));
    let changed = rep
        .ask("PATCH", &path, &[("if-match", "\"1\"")], json!({"name": "Harbour", "industry": null}))
        .await;
    assert_eq!(changed.expect(200)["version"], 2);
    assert_eq!(changed.body["industry"], Value::Null);
    assert_eq!(changed.body["founded_year"], 1998);
    let same = rep.patch(&path, json!({"name": "Harbour", "version": 2})).await;
    assert_eq!(same.expect(200)["version"], 2, "nothing changed, so nothing was written");
    rep.delete(&path).await.expect(204);
    assert_eq!(rep.delete(&path).await.problem(404), "not_found");
    assert_eq!(values(&rep.list("accounts", json!({})).await, "name"), [""; 0]);
}

async fn every_bad_field_is_named_at_once_in_both_languages(world: World) {
    let bad = json!({"kind": "planet", "email": "nobody", "annual_revenue": "much", "founded_year": 12,
                     "website": 7, "owner": "me", "parent": "00000000-0000-0000-0000-000000000001"});
    let english = world.rep.post("/accounts", bad.clone()).await;
    let faults = english.faults();
    let named: Vec<&str> = faults.iter().filter_map(|fault| fault.split(':').next()).collect();
    assert_eq!(named, ["annual_revenue", "email", "founded_year", "kind", "owner", "website"]);
    let chinese = world.rep.in_language("zh-CN").post("/accounts", bad).await;
    assert_eq!(chinese.faults(), faults);
    assert_eq!(english.headers["content-type"], "application/problem+json");
    assert_eq!(english.body["title"], "Some fields need another look.");
    assert_eq!(chinese.body["title"], "部分字段需要修改。");
    let errors = |answer: &Value| answer["errors"].as_array().expect("errors").clone();
    for (en, zh) in errors(&english.body).iter().zip(errors(&chinese.body)) {
        assert!(en["message"].as_str().is_some_and(|m| m.is_ascii() || m.contains('“')), "{en}");
        assert!(zh["message"].as_str().is_some_and(|m| !m.is_ascii()), "{zh}");
    }
    let missing = world
        .rep
        .post("/accounts", json!({"parent": "00000000-0000-0000-0000-000000000001"}))
        .await;
    assert_eq!(missing.faults(), ["name: required", "parent: link_unknown"]);
}

async fn a_change_needs_the_present_version(world: World) {
    let id = world.rep.make("accounts", json!({"name": "One"})).await;
    let path = format!("/accounts/{id}");
    assert_eq!(
        world.rep.patch(&path, json!({"name": "Two"})).await.problem(428),
        "version_required"
    );
    world.manager.patch(&path, json!({"name": "Two", "version": 1})).await.expect(200);
    let stale = world.rep.patch(&path, json!({"name": "Three", "version": 1})).await;
    assert_eq!(stale.problem(409), "stale_version");
    assert_eq!(stale.body["current"]["name"], "Two");
    assert_eq!(stale.body["current"]["version"], 2);
    let stale = world.rep.ask("DELETE", &path, &[("if-match", "\"1\"")], Value::Null).await;
    assert_eq!(stale.problem(409), "stale_version");
    let writers: Vec<_> = (0..8)
        .map(|n| {
            let (rep, path) = (world.rep.clone(), path.clone());
            tokio::spawn(async move {
                rep.patch(&path, json!({"name": format!("At once {n}"), "version": 2})).await.status
            })
        })
        .collect();
    let mut statuses = Vec::new();
    for writer in writers {
        statuses.push(writer.await.expect("an answer"));
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409, 409, 409, 409, 409]);
}

async fn system_fields_and_unknown_fields_are_not_taken(world: World) {
    let id = world.rep.make("accounts", json!({"name": "Kept"})).await;
    let before = world.rep.record("accounts", &id).await;
    for (field, value) in [
        ("id", json!("00000000-0000-0000-0000-000000000001")),
        ("created_at", json!("2001-01-01T00:00:00Z")),
        ("created_by", json!(world.admin.user)),
        ("deleted_at", json!("2001-01-01T00:00:00Z")),
        ("updated_by", json!(world.admin.user)),
        ("won_amount", json!("5")),
        ("is_admin", json!(true)),
        ("tenant_id", json!("x")),
    ] {
        let answer =
            world.rep.patch(&format!("/accounts/{id}"), json!({"version": 1, field: value})).await;
        assert!(matches!(answer.status, 200 | 422), "{field}: {}", answer.status);
    }
    assert_eq!(world.rep.record("accounts", &id).await, before);
}

async fn the_recycle_bin_keeps_a_record_with_its_parts(world: World) {
    let rep = &world.rep;
    let account = rep.make("accounts", json!({"name": "Parts"})).await;
    let kept = rep.make("addresses", json!({"account": account, "label": "Dock"})).await;
    let gone = rep.make("addresses", json!({"account": account, "label": "Old dock"})).await;
    rep.delete(&format!("/addresses/{gone}")).await.expect(204);
    rep.delete(&format!("/accounts/{account}")).await.expect(204);
    assert_eq!(values(&rep.list("addresses", json!({})).await, "label"), [""; 0]);
    assert_eq!(values(&rep.list("accounts", json!({"deleted": true})).await, "name"), ["Parts"]);
    let deleted = rep.record("accounts", &account).await;
    assert!(deleted["deleted_at"].is_string());
    let changed = rep
        .patch(
            &format!("/accounts/{account}"),
            json!({"name": "No", "version": deleted["version"]}),
        )
        .await;
    assert_eq!(changed.problem(404), "not_found");
    let theirs = world.other_rep.post(&format!("/accounts/{account}/restore"), json!({})).await;
    assert_eq!(theirs.problem(404), "not_found");
    let restored = rep.post(&format!("/accounts/{account}/restore"), json!({})).await;
    assert_eq!(restored.expect(200)["deleted_at"], Value::Null);
    let addresses = rep.list("addresses", json!({})).await;
    assert_eq!(values(&addresses, "id"), [kept], "what was deleted before stays deleted");
    assert_eq!(
        rep.post(&format!("/accounts/{account}/restore"), json!({})).await.problem(404),
        "not_found"
    );
}

async fn a_unique_value_is_free_again_after_its_record_is_deleted(world: World) {
    let rep = &world.rep;
    let first = rep.make("accounts", json!({"name": "First", "external_id": "X-1"})).await;
    let taken =
        world.other_rep.post("/accounts", json!({"name": "Second", "external_id": "X-1"})).await;
    assert_eq!(taken.faults(), ["external_id: unique"]);
    rep.delete(&format!("/accounts/{first}")).await.expect(204);
    rep.make("accounts", json!({"name": "Second", "external_id": "X-1"})).await;
    let back = rep.post(&format!("/accounts/{first}/restore"), json!({})).await;
    assert_eq!(back.faults(), ["external_id: unique"]);
}

async fn a_tree_stays_a_tree(world: World) {
    let admin = &world.admin;
    let top = admin.make("departments", json!({"name": "Top"})).await;
    let middle = admin.make("departments", json!({"name": "Middle", "parent": top})).await;
    let low = admin.make("departments", json!({"name": "Low", "parent": middle})).await;
    for (id, parent) in [(&top, &low), (&top, &top), (&middle, &low)] {
        let answer = admin
            .patch(&format!("/departments/{id}"), json!({"parent": parent, "version": 1}))
            .await;
        assert!(answer.faults().contains(&"parent: loop".to_owned()));
    }
}

async fn links_lead_to_what_one_may_see(world: World) {
    let theirs = world.other_rep.make("accounts", json!({"name": "Theirs"})).await;
    for (plural, link) in
        [("contacts", "account"), ("accounts", "parent"), ("opportunities", "account")]
    {
        let answer =
            world.rep.post(&format!("/{plural}"), json!({"name": "Mine", link: theirs})).await;
        assert_eq!(answer.faults(), [format!("{link}: link_unknown")]);
    }
    let nested = world.rep.post("/addresses", json!({"account": theirs, "label": "Here"})).await;
    assert_eq!(nested.faults(), ["account: link_unknown"]);
}

async fn chosen_fields_and_expanded_links_are_shown(world: World) {
    let rep = &world.rep;
    let account = rep.make("accounts", json!({"name": "Whole", "city": "上海"})).await;
    rep.make("contacts", json!({"name": "Li Lei", "account": account})).await;
    let chosen = rep.get("/contacts?fields=name,account").await;
    let keys: Vec<&String> =
        chosen.expect(200)["items"][0].as_object().expect("a record").keys().collect();
    assert_eq!(keys, ["id", "version", "name", "account"]);
    let expanded = rep.get("/contacts?expand=account").await;
    assert_eq!(expanded.expect(200)["items"][0]["account"]["city"], "上海");
    assert_eq!(rep.get("/contacts?expand=nothing").await.faults(), ["expand: unknown_field"]);
}

async fn numbers_follow_each_other(world: World) {
    let makers: Vec<_> = (0..10)
        .map(|n| {
            let rep = world.rep.clone();
            tokio::spawn(async move {
                rep.make("accounts", json!({"name": format!("Account {n}")})).await
            })
        })
        .collect();
    for maker in makers {
        maker.await.expect("an account");
    }
    let mut numbers = values(&world.rep.list("accounts", json!({})).await, "number");
    numbers.sort_by_key(|number| number.trim_start_matches('A').parse::<u32>().expect("a number"));
    let wanted: Vec<u32> = (1..=10).collect();
    let given: Vec<u32> =
        numbers.iter().map(|n| n.trim_start_matches('A').parse().expect("a number")).collect();
    assert_eq!(given, wanted, "without gaps and without doubles");
}

async fn hostile_paths_and_bodies_are_refused_in_our_words(world: World) {
    let rep = &world.rep;
    assert_eq!(rep.get("/planets").await.problem(404), "object_unknown");
    assert_eq!(rep.get("/accounts/1").await.problem(404), "not_found");
    assert_eq!(rep.get("/accounts/%27;drop").await.problem(404), "not_found");
    assert_eq!(rep.ask("PUT", "/accounts", &[], json!({})).await.problem(405), "method");
    assert_eq!(rep.get("/accounts?limit=100000").await.faults(), ["limit: limit_range"]);
    assert_eq!(rep.get("/accounts?cursor=abc").await.faults(), ["cursor: cursor"]);
    assert_eq!(rep.get("/accounts?filter=%7B").await.faults(), ["filter: filter_json"]);
    let sort = rep.list("accounts", json!({"sort": "name;drop table accounts"})).await;
    assert_eq!(sort.faults(), ["sort: unknown_field"]);
    let array = rep.post("/accounts", json!(["name"])).await;
    assert_eq!(array.status, 422);
    let deep = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
    let response =
        rep.raw("POST", "/accounts", &[("content-type", "application/json")], deep.into()).await;
    assert_eq!(response.status(), 400);
    let form = rep.raw("POST", "/accounts", &[("content-type", "text/plain")], "{}".into()).await;
    assert_eq!(form.status(), 400);
    let nul = rep.post("/accounts", json!({"name": "a\u{0}b"})).await;
    assert_eq!(nul.faults(), ["name: text_control"]);
}
