//! Ways into an account that is not one's own: invitations, guesses, half a sign-in, rights that are gone.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::client::Client;
use crate::world::{PASSWORD, World, on_both};

on_both! {
    an_invitation_is_kept_as_a_hash_bound_to_one_person_and_one_use,
    an_address_that_is_known_answers_as_one_that_is_not,
    guesses_wait_by_account_network_and_no_longer_than_they_must,
    whom_a_proxy_names_is_believed_only_of_a_known_proxy,
    codes_cannot_be_guessed_or_passed_by,
    rights_that_are_gone_are_gone_with_the_next_request,
    a_password_cannot_be_guessed_from_an_open_session,
}

async fn an_invitation_is_kept_as_a_hash_bound_to_one_person_and_one_use(world: World) {
    let path = format!("/users/{}/invite", world.no_role.user);
    let first = world.admin.post(&path, json!({})).await.expect(200)["token"].clone();
    let second = world.admin.post(&path, json!({})).await.expect(200)["token"].clone();
    let take = async |token: &Value, more: Value| {
        let mut body = json!({"token": token, "password": "a long new phrase"});
        for (name, value) in more.as_object().expect("fields") {
            body[name] = value.clone();
        }
        world.stranger.post("/invitation", body).await
    };
    assert_eq!(take(&first, json!({})).await.status, 422, "a later one takes the earlier back");
    world.workspace.clock.advance(SignedDuration::from_hours(24 * 8));
    assert_eq!(take(&second, json!({})).await.status, 422, "after a week");
    world.workspace.clock.advance(-SignedDuration::from_hours(24 * 8));
    let more = json!({"email": "ada@example.com", "roles": ["administrator"], "administrator": true,
                      "user": world.admin.user});
    let taken = take(&second, more).await;
    assert_eq!(taken.expect(201)["user"]["email"], "nobody@example.com");
    assert_eq!(taken.body["user"]["administrator"], json!(false), "no more rights than before");
    assert_eq!(take(&second, json!({})).await.status, 422, "used");
    for (action, path) in [("deactivated", &path)] {
        let token = world.admin.post(path, json!({})).await.expect(200)["token"].clone();
        world.admin.set("users", &world.no_role.user, json!({"active": false})).await;
        assert!(take(&token, json!({})).await.status >= 400, "{action}");
    }
}

async fn an_address_that_is_known_answers_as_one_that_is_not(world: World) {
    let ask = async |email: &str| {
        let body = json!({"email": email, "password": "some wrong words"});
        let began = std::time::Instant::now();
        let mut answer = world.stranger.post("/session", body).await;
        answer.body["request_id"] = Value::Null;
        ((answer.status, answer.body), began.elapsed())
    };
    let (mut known_took, mut unknown_took) = (Duration::MAX, Duration::MAX);
    for _ in 0..3 {
        let (known, took) = ask("ada@example.com").await;
        known_took = known_took.min(took);
        let (unknown, took) = ask("nobody@nowhere.example").await;
        unknown_took = unknown_took.min(took);
        assert_eq!(known, unknown);
    }
    // The same hashing is done for both: one is not a small part of the other.
    let ratio = known_took.as_secs_f64() / unknown_took.as_secs_f64();
    assert!((0.2..5.0).contains(&ratio), "{known_took:?} and {unknown_took:?}");
}

async fn guess(client: &Client, email: &str) -> u16 {
    client.post("/session", json!({"email": email, "password": "some wrong words"})).await.status
}

async fn guesses_wait_by_account_network_and_no_longer_than_they_must(world: World) {
    // Sixteen thousand million addresses of one customer count as one.
    for n in 0..10 {
        let one = world.stranger.at_address(&format!("2001:db8:1:1::{n:x}"));
        assert_eq!(guess(&one, "ada@example.com").await, 401);
    }
    let there = world.stranger.at_address("2001:db8:1:1:ffff::1");
    assert_eq!(guess(&there, "ada@example.com").await, 429);
    let spoofed = [("x-forwarded-for", "203.0.113.77")];
    let body = json!({"email": "ada@example.com", "password": "some wrong words"});
    assert_eq!(there.ask("POST", "/session", &spoofed, body).await.status, 429);
    // Ada is not locked out of her own account by somebody elsewhere.
    let right = json!({"email": "ada@example.com", "password": PASSWORD});
    let ada = world.stranger.at_address("198.51.100.7");
    ada.post("/session", right.clone()).await.expect(200);
    // Many accounts from one network wait, too.
    let network = world.stranger.at_address("203.0.113.9");
    let mut statuses = Vec::new();
    for n in 0..52 {
        statuses.push(guess(&network, &format!("person{n}@example.com")).await);
    }
    assert_eq!((statuses[49], statuses[50]), (401, 429));
    world.workspace.clock.advance(SignedDuration::from_mins(6));
    assert_eq!(guess(&network, "person1@example.com").await, 401);
    there.post("/session", right).await.expect(200);
}

async fn whom_a_proxy_names_is_believed_only_of_a_known_proxy(world: World) {
    let body = json!({"email": "ada@example.com", "password": PASSWORD});
    let headers = [("x-forwarded-for", "203.0.113.77")];
    let answer = world.stranger.ask("POST", "/session", &headers, body).await;
    let client = world.stranger.with_session(&answer);
    let sessions = client.get("/me/sessions").await;
    assert!(!sessions.expect(200).to_string().contains("203.0.113.77"));
    assert!(world.hosting.config.proxies.is_empty(), "nobody is believed unless named");
}

async fn codes_cannot_be_guessed_or_passed_by(world: World) {
    let begun = world.admin.post("/me/code", json!({"password": PASSWORD})).await;
    let secret = begun.expect(200)["secret"].as_str().expect("a secret").to_owned();
    let wrong = world.admin.post("/me/code/confirm", json!({"code": "000000"})).await;
    assert!(wrong.status >= 400, "not confirmed by a guess");
    let code = crate::second_factor::code(&world, &secret);
    world.admin.post("/me/code/confirm", json!({"code": code})).await.expect(200);
    let half = json!({"email": "ada@example.com", "password": PASSWORD});
    let asked = world.stranger.post("/session", half.clone()).await;
    assert_eq!(asked.problem(401), "code_required");
    assert!(!asked.headers.contains_key("set-cookie"), "half a sign-in is no session");
    let mut statuses = Vec::new();
    for n in 0..12 {
        let mut body = half.clone();
        body["code"] = json!(format!("{:06}", 111_111 + n));
        statuses.push(world.stranger.post("/session", body).await.status);
    }
    assert_eq!((statuses[9], statuses[10]), (401, 429), "{statuses:?}");
    let off = world.admin.post("/me/code/remove", json!({"password": "not the password"})).await;
    assert_eq!(off.faults(), ["password: password_wrong"]);
}

async fn rights_that_are_gone_are_gone_with_the_next_request(world: World) {
    let key = world.key(&world.rep, "*:*").await;
    let mine = world.rep.make("accounts", json!({"name": "Mine"})).await;
    let path = format!("/accounts/{mine}");
    key.get(&path).await.expect(200);
    world.admin.set("users", &world.rep.user, json!({"roles": []})).await;
    assert_eq!(key.get(&path).await.problem(404), "not_found");
    assert_eq!(world.rep.get(&path).await.problem(404), "not_found");
    let role = world.admin.find("roles", "code", "salesperson").await;
    world.admin.set("users", &world.rep.user, json!({"roles": [role]})).await;
    world.rep.get(&path).await.expect(200);
    world.admin.set("users", &world.rep.user, json!({"active": false})).await;
    for client in [&world.rep, &key] {
        assert_eq!(client.get(&path).await.problem(401), "authentication");
    }
    let new = json!({"current": PASSWORD, "new": "another long phrase"});
    let body = json!({"email": "ada@example.com", "password": PASSWORD});
    let second = world.stranger.with_session(&world.stranger.post("/session", body).await);
    world.admin.post("/me/password", new).await.expect(204);
    assert_eq!(second.get("/me").await.problem(401), "authentication", "other sessions end");
    world.admin.get("/me").await.expect(200);
}

async fn a_password_cannot_be_guessed_from_an_open_session(world: World) {
    let guess = json!({"current": "some wrong words", "new": "another long phrase"});
    let mut statuses = Vec::new();
    for _ in 0..12 {
        statuses.push(world.admin.post("/me/password", guess.clone()).await.status);
    }
    assert_eq!((statuses[9], statuses[10]), (422, 429), "{statuses:?}");
}
