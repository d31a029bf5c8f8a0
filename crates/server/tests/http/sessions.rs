//! Who gets in: set-up once, sessions, CSRF tokens, API keys and their scopes.

use serde_json::{Value, json};

use crate::world::{PASSWORD, World, on_both};

on_both! {
    set_up_happens_once,
    a_wrong_password_and_a_wrong_name_look_alike,
    guessing_is_slowed_down,
    a_session_begins_and_ends,
    a_change_needs_the_sessions_own_token,
    a_deactivated_user_is_out_at_once,
    a_role_taken_away_counts_at_once,
    a_key_does_what_its_scopes_say,
    a_key_is_shown_once_and_can_be_revoked,
    a_user_changes_their_own_preferences_and_password,
    favourites_and_first_views_follow_the_user,
    nobody_gets_anything,
}

async fn set_up_happens_once(world: World) {
    assert_eq!(world.stranger.get("/setup").await.expect(200), &json!({"needed": false}));
    let again = world.stranger.post("/setup", json!({"company": "x", "token": ""})).await;
    assert_eq!(again.problem(409), "setup_done");
}

async fn a_wrong_password_and_a_wrong_name_look_alike(world: World) {
    let sign_in = async |email: &str, password: &str| {
        let answer =
            world.stranger.post("/session", json!({"email": email, "password": password})).await;
        assert_eq!(answer.problem(401), "sign_in_failed");
        assert!(!answer.headers.contains_key("set-cookie"));
        let mut body = answer.body;
        body["request_id"] = Value::Null;
        body
    };
    let wrong = sign_in("ada@example.com", "not the password").await;
    assert_eq!(sign_in("nobody@nowhere.example", PASSWORD).await, wrong);
    assert_eq!(sign_in("rong@example.com", "").await, wrong, "somebody without a password");
    let right = world
        .stranger
        .post("/session", json!({"email": " Ada@Example.com ", "password": PASSWORD}))
        .await;
    assert_eq!(right.expect(200)["user"]["name"], "Ada");
    let cookie = right.headers["set-cookie"].to_str().expect("a cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
}

async fn guessing_is_slowed_down(world: World) {
    let mut statuses = Vec::new();
    for n in 0..12 {
        let guess = json!({"email": "ada@example.com", "password": format!("guess number {n}")});
        statuses.push(world.stranger.post("/session", guess).await.status);
    }
    assert_eq!(statuses[..10], [401; 10]);
    assert_eq!(statuses[10..], [429; 2]);
    world.workspace.clock.advance(jiff::SignedDuration::from_mins(6));
    let right = json!({"email": "ada@example.com", "password": PASSWORD});
    world.stranger.post("/session", right).await.expect(200);
}

async fn a_session_begins_and_ends(world: World) {
    let right = json!({"email": "ada@example.com", "password": PASSWORD});
    let client = world.stranger.with_session(&world.stranger.post("/session", right).await);
    let sessions = client.get("/me/sessions").await;
    let current: Vec<&Value> = sessions.expect(200)["items"]
        .as_array()
        .expect("items")
        .iter()
        .filter(|s| s["current"] == true)
        .collect();
    assert_eq!(current.len(), 1);
    let theirs = format!("/me/sessions/{}", current[0]["id"].as_str().expect("an id"));
    assert_eq!(world.rep.delete(&theirs).await.problem(404), "not_found", "another user's session");
    client.get("/me").await.expect(200);
    client.delete("/session").await.expect(204);
    assert_eq!(client.get("/me").await.problem(401), "authentication");
    world.admin.get("/me").await.expect(200);
    world.workspace.clock.advance(jiff::SignedDuration::from_hours(24 * 15));
    assert_eq!(
        world.admin.get("/me").await.problem(401),
        "authentication",
        "two weeks without use"
    );
}

async fn a_change_needs_the_sessions_own_token(world: World) {
    let mut client = world.rep.clone();
    for csrf in [None, Some("x".to_owned()), world.manager.csrf.clone()] {
        client.csrf = csrf;
        assert_eq!(client.post("/accounts", json!({"name": "x"})).await.problem(403), "csrf");
        client.get("/accounts").await.expect(200);
    }
    let cross = [("sec-fetch-site", "cross-site")];
    assert_eq!(
        world.rep.ask("POST", "/accounts", &cross, json!({"name": "x"})).await.problem(403),
        "csrf"
    );
    assert_eq!(world.rep.ask("DELETE", "/session", &cross, Value::Null).await.problem(403), "csrf");
    let method = [("x-http-method-override", "DELETE")];
    world.rep.ask("GET", "/accounts", &method, Value::Null).await.expect(200);
}

async fn a_deactivated_user_is_out_at_once(world: World) {
    let key = world.key(&world.rep, "*:*").await;
    key.get("/accounts").await.expect(200);
    world.admin.set("users", &world.rep.user, json!({"active": false})).await;
    assert_eq!(world.rep.get("/accounts").await.problem(401), "authentication");
    assert_eq!(key.get("/accounts").await.problem(401), "authentication");
    world.admin.set("users", &world.rep.user, json!({"active": true})).await;
    world.rep.get("/accounts").await.expect(200);
}

async fn a_role_taken_away_counts_at_once(world: World) {
    let account = world.rep.make("accounts", json!({"name": "One"})).await;
    world.admin.set("users", &world.rep.user, json!({"roles": []})).await;
    assert_eq!(world.rep.get(&format!("/accounts/{account}")).await.problem(404), "not_found");
    assert_eq!(world.rep.post("/accounts", json!({"name": "Two"})).await.problem(403), "forbidden");
}

async fn a_key_does_what_its_scopes_say(world: World) {
    let account = world.rep.make("accounts", json!({"name": "One"})).await;
    let path = format!("/accounts/{account}");
    for (scopes, read_accounts, change_account, read_contacts) in [
        ("accounts:read", 200, 403, 0),
        ("accounts:read accounts:update", 200, 200, 0),
        ("*:read", 200, 403, 1),
        ("contacts:read", 404, 404, 1),
        ("", 200, 200, 1),
    ] {
        let key = world.key(&world.rep, scopes).await;
        assert_eq!(key.get(&path).await.status, read_accounts, "{scopes}");
        let version = world.rep.record("accounts", &account).await["version"].clone();
        let change = json!({"name": format!("by {scopes}"), "version": version});
        assert_eq!(key.patch(&path, change).await.status, change_account, "{scopes}");
        world.rep.make("contacts", json!({"name": scopes.len().to_string()})).await;
        let contacts = crate::world::values(&key.list("contacts", json!({})).await, "id").len();
        assert_eq!(contacts > 0, read_contacts > 0, "{scopes}");
    }
    // A key has no more than its holder, whatever its scopes say.
    let key = world.key(&world.read_only, "*:*").await;
    assert_eq!(
        key.patch(&path, json!({"name": "x", "version": 1})).await.problem(403),
        "forbidden"
    );
}

async fn a_key_is_shown_once_and_can_be_revoked(world: World) {
    let made = world.rep.post("/api_keys", json!({"name": "Reports", "scopes": "*:read"})).await;
    let secret = made.expect(201)["key"].as_str().expect("the key").to_owned();
    assert!(secret.starts_with("gx_live_"));
    let key = world.stranger.with_key(&secret);
    key.get("/me").await.expect(200);
    let listed = world.rep.list("api_keys", json!({})).await;
    assert!(!listed.expect(200).to_string().contains(&secret));
    assert_eq!(
        world.other_rep.get(&format!("/api_keys/{}", made.id())).await.problem(404),
        "not_found"
    );
    world.rep.set("api_keys", &made.id(), json!({"revoked": true})).await;
    assert_eq!(key.get("/me").await.problem(401), "authentication");
    assert_eq!(
        world.stranger.with_key("gx_live_x").get("/me").await.problem(401),
        "authentication"
    );
}

async fn a_user_changes_their_own_preferences_and_password(world: World) {
    let me =
        world.no_role.patch("/me", json!({"locale": "zh-CN", "time_zone": "Europe/Berlin"})).await;
    assert_eq!(me.expect(200)["user"]["locale"], "zh-CN");
    let bad = world.no_role.patch("/me", json!({"time_zone": "Moon/Base"})).await;
    assert_eq!(bad.faults(), ["time_zone: time_zone"]);
    let right = json!({"email": "ada@example.com", "password": PASSWORD});
    let elsewhere = world.stranger.with_session(&world.stranger.post("/session", right).await);
    let change = async |current: &str, new: &str| {
        world.admin.post("/me/password", json!({"current": current, "new": new})).await
    };
    assert_eq!(change("wrong", "a new long phrase").await.faults(), ["current: password_wrong"]);
    assert_eq!(change(PASSWORD, "short").await.faults(), ["new: password_short"]);
    assert_eq!(change(PASSWORD, "password1234").await.faults(), ["new: password_common"]);
    change(PASSWORD, "a new long phrase").await.expect(204);
    world.admin.get("/me").await.expect(200);
    assert_eq!(
        elsewhere.get("/me").await.problem(401),
        "authentication",
        "every other session ends"
    );
}

async fn favourites_and_first_views_follow_the_user(world: World) {
    let favourites =
        json!([{"object": "account"}, {"object": "contact", "id": "1", "title": "张三"}]);
    let kept = json!({"preferences": {"favourites": favourites}});
    world.rep.patch("/me", kept).await.expect(200);
    let opens = json!({"preferences": {"opens": {"account": "mine"}}});
    assert_eq!(
        world.rep.patch("/me", opens).await.expect(200)["preferences"],
        json!({"favourites": favourites, "opens": {"account": "mine"}})
    );
    let other = world.other_rep.get("/me").await;
    assert_eq!(other.expect(200)["preferences"], json!({"favourites": [], "opens": {}}));
    let many: Vec<Value> =
        (0..31).map(|n| json!({"object": "account", "id": n.to_string()})).collect();
    for wrong in [
        json!({"favourites": many}),
        json!({"favourites": [{"title": "of nothing"}]}),
        json!({"opens": {"account": "x".repeat(301)}}),
        json!({"colour": "green"}),
        json!("none"),
    ] {
        let answer = world.rep.patch("/me", json!({"preferences": wrong})).await;
        assert_eq!(answer.faults(), ["preferences: invalid"], "{wrong}");
    }
    assert_eq!(world.rep.get("/me").await.expect(200)["preferences"]["favourites"], favourites);
}

async fn nobody_gets_anything(world: World) {
    for path in [
        "/me",
        "/schema",
        "/accounts",
        "/search?q=a",
        "/events",
        "/me/sessions",
        "/accounts/aggregate",
    ] {
        assert_eq!(world.stranger.get(path).await.problem(401), "authentication", "{path}");
    }
    let forged = world.stranger.with_cookie("guanxi_main=abc");
    assert_eq!(forged.get("/me").await.problem(401), "authentication");
    let cached = world.rep.get("/me").await;
    assert_eq!(cached.headers["cache-control"], "no-store");
    assert_eq!(cached.headers["x-content-type-options"], "nosniff");
}
