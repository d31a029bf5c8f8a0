//! Signing in with a second factor, invitations, seeing as another user, and what is written down about it.

use jiff::SignedDuration;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::client::{Answer, Client};
use crate::world::{PASSWORD, World, on_both, values};

on_both! {
    a_code_is_asked_for_once_it_is_confirmed,
    a_code_and_a_recovery_code_are_good_once,
    an_administrator_lets_in_who_lost_the_device,
    an_invitation_is_good_once,
    who_is_deactivated_has_no_way_in,
    an_administrator_sees_what_another_sees_and_changes_nothing,
    passkeys_need_an_address_that_is_a_name,
    what_happened_about_access_is_written_down,
    the_audit_log_is_for_administrators,
    the_firm_is_changed_by_administrators,
}

/// The code that the app would show now.
pub fn code(world: &World, secret: &str) -> String {
    let secret = Secret::try_from_base32(secret).expect("a secret");
    let generator = Builder::new().with_secret(secret).build_noncompliant();
    let now = world.workspace.clock.now().as_second().unsigned_abs();
    generator.generate(now).to_string()
}

/// Turns codes on for the administrator: the secret and the recovery codes.
async fn turn_on(world: &World) -> (String, Vec<String>) {
    let wrong = world.admin.post("/me/code", json!({"password": "not it"})).await;
    assert_eq!(wrong.faults(), ["password: password_wrong"]);
    let begun = world.admin.post("/me/code", json!({"password": PASSWORD})).await;
    let secret = begun.expect(200)["secret"].as_str().expect("a secret").to_owned();
    assert!(begun.body["uri"].as_str().is_some_and(|uri| uri.starts_with("otpauth://totp/")));
    let refused = world.admin.post("/me/code/confirm", json!({"code": "000000"})).await;
    assert_eq!(refused.faults(), ["code: code_wrong"]);
    let confirmed =
        world.admin.post("/me/code/confirm", json!({"code": code(world, &secret)})).await;
    let recovery = confirmed.expect(200)["recovery"].as_array().expect("codes").iter();
    (secret, recovery.filter_map(|c| c.as_str().map(str::to_owned)).collect())
}

async fn sign_in(world: &World, code: &str) -> Answer {
    let body = json!({"email": "ada@example.com", "password": PASSWORD, "code": code});
    world.stranger.post("/session", body).await
}

async fn a_code_is_asked_for_once_it_is_confirmed(world: World) {
    world.admin.post("/me/code", json!({"password": PASSWORD})).await.expect(200);
    sign_in(&world, "").await.expect(200);
    assert_eq!(world.admin.get("/me/security").await.expect(200)["code"], false);
    let (secret, recovery) = turn_on(&world).await;
    assert_eq!(recovery.len(), 8);
    let security = world.admin.get("/me/security").await;
    assert_eq!(security.expect(200)["code"], true);
    assert_eq!(security.body["recovery_left"], 8);
    assert_eq!(sign_in(&world, "").await.problem(401), "code_required");
    world.workspace.clock.advance(SignedDuration::from_secs(60));
    sign_in(&world, &code(&world, &secret)).await.expect(200);
    let wrong =
        json!({"email": "ada@example.com", "password": "wrong", "code": code(&world, &secret)});
    assert_eq!(world.stranger.post("/session", wrong).await.problem(401), "sign_in_failed");
    let again = world.admin.post("/me/code", json!({"password": PASSWORD})).await;
    assert_eq!(again.problem(409), "conflict", "what works is not replaced");
    world.admin.post("/me/code/remove", json!({"password": PASSWORD})).await.expect(204);
    sign_in(&world, "").await.expect(200);
}

async fn a_code_and_a_recovery_code_are_good_once(world: World) {
    let (secret, recovery) = turn_on(&world).await;
    assert_eq!(
        sign_in(&world, &code(&world, &secret)).await.problem(401),
        "code_wrong",
        "the code that was confirmed is used up"
    );
    world.workspace.clock.advance(SignedDuration::from_secs(60));
    let one = code(&world, &secret);
    sign_in(&world, &one).await.expect(200);
    assert_eq!(sign_in(&world, &one).await.problem(401), "code_wrong");
    sign_in(&world, &recovery[0].to_uppercase()).await.expect(200);
    assert_eq!(sign_in(&world, &recovery[0]).await.problem(401), "code_wrong");
    assert_eq!(world.admin.get("/me/security").await.expect(200)["recovery_left"], 7);
}

async fn an_administrator_lets_in_who_lost_the_device(world: World) {
    turn_on(&world).await;
    let path = format!("/users/{}/reset_second_factor", world.admin.user);
    assert_eq!(world.manager.post(&path, json!({})).await.problem(403), "forbidden");
    world.admin.post(&path, json!({})).await.expect(204);
    assert_eq!(world.admin.get("/me").await.problem(401), "authentication", "sessions end");
    sign_in(&world, "").await.expect(200);
}

async fn invited(world: &World, client: &Client, user: &str) -> Answer {
    let _ = world;
    client.post(&format!("/users/{user}/invite"), json!({})).await
}

async fn an_invitation_is_good_once(world: World) {
    let user = world.admin.make("users", json!({"name": "Nia", "email": "nia@example.com"})).await;
    assert_eq!(invited(&world, &world.manager, &user).await.problem(403), "forbidden");
    let first = invited(&world, &world.admin, &user).await.expect(200)["token"].clone();
    let token = invited(&world, &world.admin, &user).await.expect(200)["token"].clone();
    let shown = |token: &Value| format!("/invitation?token={}", token.as_str().unwrap_or(""));
    assert_eq!(world.stranger.get(&shown(&first)).await.problem(422), "ticket_invalid");
    let page = world.stranger.get(&shown(&token)).await;
    assert_eq!(page.expect(200)["name"], "Nia");
    assert_eq!(page.body["email"], "nia@example.com");
    let take = async |password: &str| {
        world.stranger.post("/invitation", json!({"token": token, "password": password})).await
    };
    assert_eq!(take("short").await.faults(), ["password: password_short"]);
    let taken = take("quite a long sentence").await;
    assert_eq!(taken.expect(201)["user"]["name"], "Nia");
    let client = world.stranger.with_session(&taken);
    client.get("/me").await.expect(200);
    assert_eq!(take("quite a long sentence").await.problem(422), "ticket_invalid");
    let late = invited(&world, &world.admin, &user).await.expect(200)["token"].clone();
    world.workspace.clock.advance(SignedDuration::from_hours(24 * 8));
    assert_eq!(world.stranger.get(&shown(&late)).await.problem(422), "ticket_invalid");
}

async fn who_is_deactivated_has_no_way_in(world: World) {
    let user = world.admin.make("users", json!({"name": "Nia", "email": "nia@example.com"})).await;
    let token = invited(&world, &world.admin, &user).await.expect(200)["token"].clone();
    world.admin.set("users", &user, json!({"active": false})).await;
    let body = json!({"token": token, "password": "quite a long sentence"});
    assert_eq!(world.stranger.post("/invitation", body).await.problem(422), "ticket_invalid");
    assert_eq!(invited(&world, &world.admin, &user).await.problem(404), "not_found");
}

async fn an_administrator_sees_what_another_sees_and_changes_nothing(world: World) {
    let mine = world.rep.make("accounts", json!({"name": "Mine"})).await;
    world.other_rep.make("accounts", json!({"name": "Theirs"})).await;
    let begin = json!({"user": world.rep.user});
    assert_eq!(world.manager.post("/me/see_as", begin.clone()).await.problem(403), "forbidden");
    let begun = world.admin.post("/me/see_as", begin).await;
    let token = begun.expect(200)["token"].as_str().expect("a token").to_owned();
    let seen = [("x-see-as", token.as_str())];
    let ask = async |client: &Client, method: &str, path: &str, body: Value| {
        client.ask(method, path, &seen, body).await
    };
    let admin = &world.admin;
    assert_eq!(values(&ask(admin, "GET", "/accounts", Value::Null).await, "name"), ["Mine"]);
    let me = ask(admin, "GET", "/me", Value::Null).await;
    assert_eq!(me.expect(200)["user"]["id"], json!(world.rep.user));
    assert_eq!(me.body["seen_by"]["id"], json!(world.admin.user));
    assert_eq!(values(&ask(admin, "POST", "/accounts/query", json!({})).await, "name"), ["Mine"]);
    let path = format!("/accounts/{mine}");
    for (method, path, body) in [
        ("PATCH", path.as_str(), json!({"name": "x", "version": 1})),
        ("DELETE", path.as_str(), Value::Null),
        ("POST", "/accounts", json!({"name": "x"})),
        ("GET", "/me/sessions", Value::Null),
        ("GET", "/me/security", Value::Null),
    ] {
        let answer = ask(admin, method, path, body).await;
        assert_eq!(answer.problem(403), "see_as_read_only", "{method} {path}");
    }
    let stolen = ask(&world.manager, "GET", "/accounts", Value::Null).await;
    assert_eq!(stolen.problem(422), "ticket_invalid", "another session's");
    world.workspace.clock.advance(SignedDuration::from_hours(2));
    assert_eq!(ask(admin, "GET", "/accounts", Value::Null).await.problem(422), "ticket_invalid");
}

async fn passkeys_need_an_address_that_is_a_name(world: World) {
    let begin = async |origin: &str| {
        let headers = [("origin", origin)];
        world.admin.ask("POST", "/me/passkeys/begin", &headers, json!({"password": PASSWORD})).await
    };
    assert_eq!(begin("http://127.0.0.1:8420").await.problem(422), "passkey_unavailable");
    let begun = begin("https://crm.example.com").await;
    let options = &begun.expect(200)["options"]["publicKey"];
    assert_eq!(options["rp"]["id"], "crm.example.com");
    assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
    let ticket = begun.body["ticket"].clone();
    let headers = [("origin", "https://crm.example.com")];
    let forged = json!({"ticket": ticket, "credential": {"id": "x"}, "name": "Phone"});
    let refused = world.admin.ask("POST", "/me/passkeys", &headers, forged.clone()).await;
    assert_eq!(refused.problem(401), "passkey_refused");
    let again = world.admin.ask("POST", "/me/passkeys", &headers, forged).await;
    assert_eq!(again.problem(422), "ticket_invalid", "a ceremony is tried once");
    let sign_in = world.stranger.ask("POST", "/session/passkey/begin", &headers, json!({})).await;
    let ticket = sign_in.expect(200)["ticket"].clone();
    let forged = json!({"ticket": ticket, "credential": {}});
    let refused = world.stranger.ask("POST", "/session/passkey", &headers, forged).await;
    assert_eq!(refused.problem(401), "passkey_refused");
}

async fn what_happened_about_access_is_written_down(world: World) {
    let wrong = json!({"email": "ada@example.com", "password": "wrong"});
    world.stranger.post("/session", wrong).await;
    sign_in(&world, "").await.expect(200);
    world.admin.post("/me/see_as", json!({"user": world.rep.user})).await.expect(200);
    let events = world.admin.list("security_events", json!({"sort": "at,id"})).await;
    let kinds = values(&events, "kind");
    let last: Vec<&str> = kinds.iter().rev().take(3).rev().map(String::as_str).collect();
    assert_eq!(last, ["sign_in_failed", "sign_in", "see_as"]);
    let seen = events.body["items"].as_array().and_then(|items| items.last()).expect("an event");
    assert_eq!(seen["detail"], "rong@example.com");
    assert!(values(&world.rep.list("security_events", json!({})).await, "kind").is_empty());
}

async fn the_audit_log_is_for_administrators(world: World) {
    let account = world.rep.make("accounts", json!({"name": "One"})).await;
    world.rep.set("accounts", &account, json!({"name": "Two"})).await;
    let log = world.admin.get("/audit?object=account").await;
    let items = log.expect(200)["items"].as_array().expect("items");
    assert_eq!(items.len(), 2);
    assert_eq!(items[0]["record"], json!({"object": "account", "id": account, "title": "Two"}));
    assert_eq!(items[0]["changes"][0]["old"], "One");
    let path = format!("/audit?actor={}&limit=1", world.rep.user);
    let page = world.admin.get(&path).await;
    assert_eq!(page.expect(200)["items"][0]["action"], "update");
    let next = page.body["next"].as_str().expect("more").to_owned();
    let rest = world.admin.get(&format!("{path}&cursor={next}")).await;
    assert_eq!(rest.expect(200)["items"][0]["action"], "create");
    assert_eq!(world.manager.get("/audit").await.problem(403), "forbidden");
}

async fn the_firm_is_changed_by_administrators(world: World) {
    let change = json!({"name": "Blue Kite", "time_zone": "Europe/Berlin"});
    let changed = world.admin.patch("/workspace", change).await;
    assert_eq!(changed.expect(200)["name"], "Blue Kite");
    assert_eq!(world.rep.get("/me").await.expect(200)["workspace"]["time_zone"], "Europe/Berlin");
    let bad = json!({"name": " ", "time_zone": "Moon/Base", "currency": "XXX", "country": "china"});
    assert_eq!(
        world.admin.patch("/workspace", bad).await.faults(),
        [
            "country: choice_unknown",
            "currency: read_only",
            "name: required",
            "time_zone: time_zone"
        ]
    );
}
