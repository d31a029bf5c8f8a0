//! Repeated requests: an `Idempotency-Key` makes a repeat harmless.

use serde_json::json;

use crate::world::{World, on_both, values};

on_both! {
    a_repeat_gets_the_first_answer_and_makes_nothing,
    a_key_stands_for_one_request_of_one_user,
    twenty_at_once_make_one_record,
    a_refused_request_can_be_mended_under_the_same_key,
}

async fn a_repeat_gets_the_first_answer_and_makes_nothing(world: World) {
    let key = [("idempotency-key", "order-7")];
    let first = world.rep.ask("POST", "/accounts", &key, json!({"name": "Once"})).await;
    let again = world.rep.ask("POST", "/accounts", &key, json!({"name": "Once"})).await;
    assert_eq!(first.expect(201), again.expect(201));
    assert_eq!(values(&world.rep.list("accounts", json!({})).await, "name"), ["Once"]);
}

async fn a_key_stands_for_one_request_of_one_user(world: World) {
    let key = [("idempotency-key", "shared")];
    world.rep.ask("POST", "/accounts", &key, json!({"name": "Mine"})).await.expect(201);
    let other = world.rep.ask("POST", "/accounts", &key, json!({"name": "Other"})).await;
    assert_eq!(other.problem(422), "idempotency_mismatch");
    let path = world.rep.ask("POST", "/leads", &key, json!({"name": "Mine"})).await;
    assert_eq!(path.problem(422), "idempotency_mismatch");
    let theirs = world.other_rep.ask("POST", "/accounts", &key, json!({"name": "Mine"})).await;
    assert_eq!(theirs.expect(201)["owner"]["id"], json!(world.other_rep.user));
}

async fn twenty_at_once_make_one_record(world: World) {
    let requests: Vec<_> = (0..20)
        .map(|_| {
            let rep = world.rep.clone();
            let key = [("idempotency-key", "at-once")];
            tokio::spawn(
                async move { rep.ask("POST", "/accounts", &key, json!({"name": "One"})).await },
            )
        })
        .collect();
    let mut ids = Vec::new();
    for request in requests {
        let answer = request.await.expect("an answer");
        answer.expect(201);
        ids.push(answer.id());
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(values(&world.rep.list("accounts", json!({})).await, "id"), ids);
}

async fn a_refused_request_can_be_mended_under_the_same_key(world: World) {
    let key = [("idempotency-key", "mended")];
    world.rep.ask("POST", "/accounts", &key, json!({"name": ""})).await.expect(422);
    world.rep.ask("POST", "/accounts", &key, json!({"name": "Mended"})).await.expect(201);
}
