//! Doors by other paths, methods and roles: none leads past the guard.

use axum::body::Body;
use serde_json::{Value, json};

use crate::matrix::operations;
use crate::world::{World, on_both};

on_both! {
    odd_paths_and_methods_do_not_pass_the_guard,
    nobody_enters_but_where_it_says_so,
    a_reading_key_changes_nothing,
    problems_tell_nothing_of_the_inside,
    what_is_private_is_not_kept_by_caches,
    no_answer_is_built_from_the_host_header,
    numbers_are_for_administrators_and_name_nobody,
}

/// What a stranger may ask for: signing in and what leads there.
const OPEN: [&str; 10] = [
    "get /setup",
    "post /setup",
    "post /session",
    "post /session/passkey",
    "post /session/passkey/begin",
    "get /session/oidc",
    "get /session/oidc/begin",
    "get /session/oidc/callback",
    "get /invitation",
    "post /invitation",
];

async fn odd_paths_and_methods_do_not_pass_the_guard(world: World) {
    let account = world.other_rep.make("accounts", json!({"name": "Theirs"})).await;
    for path in [
        format!("/accounts/{account}/"),
        format!("//accounts/{account}"),
        format!("/accounts//{account}"),
        format!("/accounts/{account};x=1"),
        format!("/accounts/%2e%2e/accounts/{account}"),
        format!("/accounts/../accounts/{account}"),
        format!("/ACCOUNTS/{account}"),
        format!("/accounts/{}", account.to_uppercase()),
        format!("/accounts/{account}%00"),
        format!("/accounts/{account}.json"),
        format!("/accounts/{account}%2fhistory"),
    ] {
        for client in [&world.stranger, &world.rep] {
            for method in ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "PROPFIND"] {
                let answer = client.raw(method, &path, &[], Body::empty()).await;
                let status = answer.status().as_u16();
                assert!(matches!(status, 400..=499), "{method} {path}: {status}");
            }
        }
    }
    let path = format!("/accounts/{account}");
    for header in ["x-http-method-override", "x-http-method", "x-method-override"] {
        let answer = world.other_rep.ask("GET", &path, &[(header, "DELETE")], Value::Null).await;
        answer.expect(200);
        let posted = world.other_rep.ask("POST", &path, &[(header, "DELETE")], json!({})).await;
        assert_eq!(posted.problem(405), "method");
    }
    let head = world.rep.raw("HEAD", &path, &[], Body::empty()).await;
    assert_eq!(head.status(), 404);
    world.other_rep.record("accounts", &account).await;
}

async fn nobody_enters_but_where_it_says_so(world: World) {
    let document = world.admin.get("/openapi.json").await;
    for (method, path) in operations(document.expect(200)) {
        let open = OPEN.contains(&format!("{method} {path}").as_str());
        let path = path.replace("{id}", crate::matrix::NOTHING);
        let body = if method == "get" { Value::Null } else { json!({}) };
        let answer = world.stranger.ask(&method.to_uppercase(), &path, &[], body).await;
        // Signing in refuses what is wrong, which is another thing than the guard.
        let is_guarded = answer.status == 401 && answer.body["code"] == "authentication";
        assert_eq!(is_guarded, !open, "{method} {path}: {:#}", answer.body);
    }
}

async fn a_reading_key_changes_nothing(world: World) {
    let document = world.admin.get("/openapi.json").await;
    let before = world.admin.get("/audit?limit=1").await.expect(200)["items"][0]["seq"].clone();
    for (method, path) in operations(document.expect(200)) {
        let reads = method == "get" || path.ends_with("/query") || path.ends_with("/inspect");
        let open = OPEN.contains(&format!("{method} {path}").as_str());
        if reads || open || path == "/session" {
            continue;
        }
        let path = path.replace("{id}", crate::matrix::NOTHING);
        let answer = world.read_key.ask(&method.to_uppercase(), &path, &[], json!({})).await;
        let is_refused = matches!(answer.status, 403 | 404 | 422 | 428);
        assert!(is_refused, "{method} {path}: {}", answer.status);
        if !path.contains(crate::matrix::NOTHING) && !path.ends_with("/bulk") {
            assert!(matches!(answer.status, 403 | 422), "{method} {path}: {}", answer.status);
        }
    }
    let after = world.admin.get("/audit?limit=1").await.expect(200)["items"][0]["seq"].clone();
    assert_eq!(before, after, "nothing was written");
    let contacts = world.key(&world.admin, "contacts:read").await;
    world.admin.make("opportunities", json!({"name": "Deal"})).await;
    let list = contacts.list("opportunities", json!({})).await;
    assert!(list.status == 403 || list.body["items"] == json!([]), "{:#}", list.body);
}

async fn problems_tell_nothing_of_the_inside(world: World) {
    let tries = [
        ("GET", "/accounts/not-an-id", Value::Null),
        ("GET", "/accounts?sort=name;drop", Value::Null),
        ("GET", "/accounts?filter=%7B", Value::Null),
        ("GET", "/accounts?limit=minus", Value::Null),
        ("GET", "/accounts?cursor=AAAA", Value::Null),
        ("GET", "/nothing", Value::Null),
        ("POST", "/accounts", json!([1, 2])),
        ("POST", "/accounts", json!({"name": {"a": 1}})),
        ("POST", "/accounts/query", json!({"filter": {"and": 5}})),
        ("PUT", "/accounts", json!({})),
        ("POST", "/imports", json!({"file": 5, "mapping": "x"})),
        ("POST", "/exports", json!({"object": "account", "format": "exe"})),
    ];
    for (method, path, body) in tries {
        let answer = world.admin.ask(method, path, &[], body).await;
        assert!(matches!(answer.status, 400..=499), "{method} {path}: {:#}", answer.body);
        assert_eq!(answer.headers["content-type"], "application/problem+json", "{method} {path}");
        for field in ["type", "title", "status", "code", "request_id"] {
            assert!(!answer.body[field].is_null(), "{method} {path}: {field}");
        }
        let told = answer.body.to_string().to_lowercase();
        for inside in ["select ", "insert ", "sqlite", "postgres", ".rs", "/src/", "panicked"] {
            assert!(!told.contains(inside), "{method} {path}: {told}");
        }
    }
}

async fn what_is_private_is_not_kept_by_caches(world: World) {
    let account = world.rep.make("accounts", json!({"name": "Mine"})).await;
    for path in ["/me", "/accounts", &format!("/accounts/{account}"), "/schema", "/openapi.json"] {
        let answer = world.rep.get(path).await;
        answer.expect(200);
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
        assert!(!answer.headers.contains_key("etag"), "{path}");
    }
    for path in ["/me.css", "/accounts/x.css", "/me/x.css", "/accounts;x.css"] {
        let answer = world.rep.get(path).await;
        assert!(matches!(answer.status, 404 | 405), "{path}: {}", answer.status);
    }
}

async fn no_answer_is_built_from_the_host_header(world: World) {
    let evil = world.admin.at("", "evil.example");
    let headers = [("x-forwarded-host", "evil.example"), ("referer", "https://evil.example/")];
    let invite = format!("/users/{}/invite", world.no_role.user);
    for (method, path) in [("POST", invite.as_str()), ("GET", "/me"), ("GET", "/accounts")] {
        let body = if method == "GET" { Value::Null } else { json!({}) };
        let answer = evil.ask(method, path, &headers, body).await;
        answer.expect(200);
        let all = format!("{} {:?}", answer.body, answer.headers);
        assert!(!all.contains("evil.example"), "{all}");
    }
}

async fn numbers_are_for_administrators_and_name_nobody(world: World) {
    world.rep.make("accounts", json!({"name": "Secret Client"})).await;
    let ask = async |client: &crate::client::Client| {
        client.at("", "localhost").outside("GET", "/metrics").await
    };
    for client in [&world.stranger, &world.rep, &world.manager, &world.read_only, &world.read_key] {
        assert!(matches!(ask(client).await.status, 401 | 403));
    }
    let numbers = ask(&world.admin).await;
    let text = numbers.expect(200).as_str().expect("text");
    for line in
        ["guanxi_requests_total{status=\"2xx\"}", "guanxi_workspace_ready{workspace=\"main\"} 1"]
    {
        assert!(text.contains(line), "{text}");
    }
    assert!(!text.contains("Secret") && !text.contains('@'), "{text}");
}
