//! Too much of something: requests, listeners, depth, size; and repeated keys of others.

use std::time::{Duration, Instant};

use axum::body::Body;
use serde_json::{Value, json};
use server::config::Limits;

use crate::client::Client;
use crate::world::{World, on_both, run_limited};

on_both! {
    deep_wide_and_odd_json_is_refused_at_once,
    a_filter_has_so_many_parts_and_no_more,
    a_body_has_so_many_bytes_and_no_more,
    an_idempotency_key_is_its_users_own,
    there_is_no_account_with_a_known_password,
}

async fn raw_status(client: &Client, path: &str, text: String) -> u16 {
    let headers = [("content-type", "application/json")];
    client.raw("POST", path, &headers, Body::from(text)).await.status().as_u16()
}

async fn deep_wide_and_odd_json_is_refused_at_once(world: World) {
    let keys: Vec<String> = (0..100_000).map(|n| format!("\"k{n}\":{n}")).collect();
    let cases = [
        format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)),
        format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000)),
        format!("{{{}}}", keys.join(",")),
        "{\"name\": 1e999}".to_owned(),
        "{\"name\": \"\\ud800\"}".to_owned(),
        "{\"name\": \"a\", \"name\": {}}".to_owned(),
        "\u{feff}{}".to_owned(),
        "NaN".to_owned(),
        "{\"name\": 0x10}".to_owned(),
        "{\"name\": \"\u{0}\"}".to_owned(),
    ];
    for text in cases {
        for path in ["/accounts", "/accounts/query", "/accounts/bulk", "/imports", "/exports"] {
            let began = Instant::now();
            let status = raw_status(&world.admin, path, text.clone()).await;
            // What no door knows is left alone where there is nothing to write.
            let is_fine =
                matches!(status, 400..=499) || (path.ends_with("/query") && status == 200);
            assert!(is_fine, "{path} {text:.40}: {status}");
            let took = began.elapsed();
            assert!(took < Duration::from_secs(10), "{path} {text:.40}: {took:?}");
        }
    }
    world.admin.get("/me").await.expect(200);
}

async fn a_filter_has_so_many_parts_and_no_more(world: World) {
    let leaf = json!({"field": "name", "op": "eq", "value": "x"});
    let deep = (0..40).fold(leaf.clone(), |filter, _| json!({"not": filter}));
    let wide = json!({"or": vec![leaf.clone(); 10_000]});
    let long = json!({"field": "name", "op": "in", "value": vec!["x"; 200_000]});
    for filter in [deep, wide, long] {
        let began = Instant::now();
        let answer = world.rep.list("accounts", json!({"filter": filter})).await;
        assert_eq!(answer.status, 422, "{:.80}", answer.body.to_string());
        assert!(began.elapsed() < Duration::from_secs(10));
    }
    let allowed = json!({"or": vec![leaf; 90]});
    world.rep.list("accounts", json!({"filter": allowed})).await.expect(200);
}

async fn a_body_has_so_many_bytes_and_no_more(world: World) {
    let large = format!("{{\"name\": \"{}\"}}", "x".repeat(10 << 20));
    for path in ["/accounts", "/accounts/query", "/session", "/imports"] {
        assert_eq!(raw_status(&world.admin, path, large.clone()).await, 413, "{path}");
    }
    let long = json!({"name": "x".repeat(1 << 20)});
    assert_eq!(world.admin.post("/accounts", long).await.faults(), ["name: text_long"]);
}

async fn an_idempotency_key_is_its_users_own(world: World) {
    let key = [("idempotency-key", "one-key")];
    let first = world.rep.ask("POST", "/accounts", &key, json!({"name": "Mine"})).await;
    let theirs = world.other_rep.ask("POST", "/accounts", &key, json!({"name": "Mine"})).await;
    assert_ne!(first.id(), theirs.id(), "never another's answer");
    let other = world.rep.ask("POST", "/accounts", &key, json!({"name": "Other"})).await;
    assert_eq!(other.problem(422), "idempotency_mismatch");
    let long = "k".repeat(10_000);
    let long = [("idempotency-key", long.as_str())];
    world.rep.ask("POST", "/accounts", &long, json!({"name": "Long"})).await.expect(422);
}

async fn there_is_no_account_with_a_known_password(world: World) {
    for email in ["admin", "admin@example.com", "root@localhost", "rong@example.com"] {
        for password in ["", "admin", "password", "guanxi", "123456", "correct horse"] {
            let body = json!({"email": email, "password": password});
            let answer = world.stranger.at_address("203.0.113.1").post("/session", body).await;
            assert!(matches!(answer.status, 401 | 429), "{email} {password}");
        }
    }
    let demo = world.stranger.post("/demo", json!({})).await;
    assert!(demo.status == 404 || demo.status == 401 || demo.status == 405, "{}", demo.status);
}

async fn too_many_requests(world: World) {
    let mut last = world.rep.get("/me").await;
    let mut admitted = 0;
    while last.status == 200 && admitted < 100 {
        admitted += 1;
        last = world.rep.get("/me").await;
    }
    // Some more than were there at once, for time went by.
    assert!((30..60).contains(&admitted), "{admitted} were admitted");
    assert_eq!(last.problem(429), "rate_limited");
    assert!(last.headers.contains_key("retry-after"));
    let told = last.headers["ratelimit"].to_str().expect("text").to_owned();
    assert!(told.starts_with("\"usual\";r=0;t="), "{told}");
    assert!(last.headers["ratelimit-policy"].to_str().expect("text").starts_with("\"usual\";q=40"));
    // Others have buckets of their own, and so has a key.
    world.other_rep.get("/me").await.expect(200);
}

#[test]
fn a_user_asks_so_often_and_no_more() {
    let limits = Limits { requests_per_second: 1, requests_at_once: 40, ..Limits::none() };
    run_limited(&limits, too_many_requests);
}

async fn too_many_searches(world: World) {
    let asked = (0..12).map(|_| world.rep.get("/search?q=x"));
    let answers = futures_util::future::join_all(asked).await;
    let refused = answers.iter().filter(|answer| answer.status == 429).count();
    let answered = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(refused + answered, 12);
    assert!(answered >= 3 && refused >= 3, "{answered} were answered, {refused} refused");
    world.rep.get("/accounts").await.expect(200);
}

#[test]
fn what_costs_much_has_a_measure_of_its_own() {
    let limits = Limits { costly_per_second: 1, costly_at_once: 3, ..Limits::none() };
    run_limited(&limits, too_many_searches);
}

async fn too_many_listeners(world: World) {
    let mut open = Vec::new();
    for _ in 0..3 {
        open.push(world.rep.raw("GET", "/events", &[], Body::empty()).await);
    }
    assert!(open.iter().all(|answer| answer.status() == 200));
    let more = world.rep.ask("GET", "/events", &[], Value::Null).await;
    assert_eq!(more.problem(429), "rate_limited");
    let others = world.other_rep.raw("GET", "/events", &[], Body::empty()).await;
    assert_eq!(others.status(), 200);
    open.pop();
    let again = world.rep.raw("GET", "/events", &[], Body::empty()).await;
    assert_eq!(again.status(), 200, "who stops listening makes room");
}

#[test]
fn a_user_listens_so_often_and_no_more() {
    run_limited(&Limits { listeners_per_user: 3, ..Limits::none() }, too_many_listeners);
}
