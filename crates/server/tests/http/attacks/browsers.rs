//! Pages of other sites, and cookies: what a browser can be made to do.

use axum::body::Body;
use serde_json::json;
use server::config::Config;

use crate::world::{PASSWORD, World, on_both};

on_both! {
    a_page_of_another_site_changes_nothing,
    another_sessions_token_is_refused,
    no_other_origin_is_let_in,
    reading_never_changes_anything,
    every_sign_in_makes_a_session_of_its_own,
}

async fn a_page_of_another_site_changes_nothing(world: World) {
    let mut client = world.rep.clone();
    client.csrf = None;
    // What a form or a simple fetch of another site can send with the cookie: no header of ours.
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let body = Body::from("{\"name\": \"x\"}");
        let answer = client.raw("POST", "/accounts", &[("content-type", kind)], body).await;
        assert_eq!(answer.status(), 403, "{kind}");
    }
    for site in ["cross-site", "same-site"] {
        let headers = [("sec-fetch-site", site)];
        let answer = client.ask("POST", "/accounts", &headers, json!({"name": "x"})).await;
        assert_eq!(answer.problem(403), "csrf");
    }
    let sign_in = json!({"email": "ada@example.com", "password": PASSWORD});
    let cross = [("sec-fetch-site", "cross-site")];
    let forced = world.stranger.ask("POST", "/session", &cross, sign_in).await;
    assert_eq!(forced.problem(403), "csrf", "nobody is signed in by another site");
}

async fn another_sessions_token_is_refused(world: World) {
    let mut client = world.rep.clone();
    client.csrf = world.other_rep.csrf.clone();
    let answer = client.post("/accounts", json!({"name": "x"})).await;
    assert_eq!(answer.problem(403), "csrf");
}

async fn no_other_origin_is_let_in(world: World) {
    for origin in ["null", "https://evil.com", "http://localhost.evil.com", "http://localhost"] {
        for method in ["GET", "OPTIONS"] {
            let headers = [("origin", origin), ("access-control-request-method", "POST")];
            let answer = world.rep.raw(method, "/accounts", &headers, Body::empty()).await;
            let names: Vec<&str> = answer.headers().keys().map(|name| name.as_str()).collect();
            assert!(!names.iter().any(|name| name.starts_with("access-control")), "{names:?}");
        }
    }
}

async fn reading_never_changes_anything(world: World) {
    let seq =
        async || world.admin.get("/audit?limit=1").await.expect(200)["items"][0]["seq"].clone();
    let document = world.admin.get("/openapi.json").await;
    let before = seq().await;
    let account = world.rep.make("accounts", json!({"name": "One"})).await;
    let made = seq().await;
    assert_ne!(before, made);
    for (method, path) in crate::matrix::operations(document.expect(200)) {
        if method == "get" && path != "/events" {
            world.rep.get(&path.replace("{id}", &account)).await;
        }
    }
    assert_eq!(seq().await, made);
}

async fn every_sign_in_makes_a_session_of_its_own(world: World) {
    let sign_in = json!({"email": "ada@example.com", "password": PASSWORD});
    let fixed = world.stranger.with_cookie("guanxi_main=chosen-by-somebody-else");
    let first = fixed.post("/session", sign_in.clone()).await;
    let second = world.stranger.with_session(&first).post("/session", sign_in).await;
    let cookie = |answer: &crate::client::Answer| -> String {
        answer.headers["set-cookie"].to_str().expect("a cookie").to_owned()
    };
    first.expect(200);
    assert!(!cookie(&first).contains("chosen"));
    assert_ne!(cookie(&first), cookie(&second));
    let client = world.stranger.with_session(&first);
    client.delete("/session").await.expect(204);
    assert_eq!(client.get("/me").await.problem(401), "authentication", "the old one is dead");
    assert_eq!(fixed.get("/me").await.problem(401), "authentication");
    let secure =
        Config { public_url: Some("https://crm.example.com".to_owned()), ..Config::default() };
    let name = server::doors::enter::cookie_name(&world.workspace, secure.is_secure());
    assert_eq!(name, "__Host-guanxi_main");
    let page = world.stranger.outside("GET", "/").await;
    assert_eq!(page.headers["x-frame-options"], "DENY");
}
