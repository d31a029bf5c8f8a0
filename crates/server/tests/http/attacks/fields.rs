//! Fields that are hidden or masked, secrets, and fields that nobody may set.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::client::Client;
use crate::world::{World, on_both};

on_both! {
    a_hidden_field_has_no_door,
    a_masked_field_is_masked_at_every_door_and_orders_nothing,
    secrets_are_in_no_answer,
    fields_of_the_program_are_never_taken,
}

const SECRET: &str = "13912345678";

/// Hides or masks a field of accounts for salespeople; the account of the salesperson.
async fn guarded(world: &World, access: &str) -> String {
    let role = world.admin.find("roles", "code", "salesperson").await;
    let right = json!({"role": role, "object": "account", "field": "phone", "access": access});
    world.admin.make("role_field_rights", right).await;
    let values = json!({"name": "Guarded", "phone": SECRET, "owner": world.rep.user});
    let account = world.admin.make("accounts", values).await;
    world.admin.set("accounts", &account, json!({"phone": "13900000000"})).await;
    world.admin.set("accounts", &account, json!({"phone": SECRET})).await;
    account
}

/// Everything that is answered at the doors to this account, as one text.
async fn all_doors(client: &Client, account: &str) -> String {
    let mut all = String::new();
    for path in [
        "",
        "?fields=name,phone",
        "/history",
        "/timeline",
        "/timeline?kinds=change",
        "/explain?field=phone",
    ] {
        all += &client.get(&format!("/accounts/{account}{path}")).await.body.to_string();
    }
    for path in ["/accounts", "/accounts?fields=phone", "/contacts?expand=account", "/schema"] {
        all += &client.get(path).await.body.to_string();
    }
    for words in [SECRET, "12345678", "139"] {
        let found = client.get(&format!("/search?q={words}")).await;
        assert!(!found.body.to_string().contains("Guarded"), "found by {words}");
        all += &found.body.to_string();
    }
    all
}

async fn a_hidden_field_has_no_door(world: World) {
    let account = guarded(&world, "hidden").await;
    world
        .admin
        .make("contacts", json!({"name": "C", "account": account, "owner": world.rep.user}))
        .await;
    let told = all_doors(&world.rep, &account).await;
    assert!(!told.contains(SECRET) && !told.contains("5678"), "{told}");
    let condition = json!({"field": "phone", "op": "eq", "value": SECRET});
    let through = json!({"field": "account.phone", "op": "is_not_empty"});
    for (plural, filter) in [("accounts", condition), ("contacts", through)] {
        let hidden = world.rep.list(plural, json!({"filter": filter})).await;
        let unknown = json!({"filter": {"field": "no_such", "op": "eq", "value": "x"}});
        let unknown = world.rep.list(plural, unknown).await;
        assert_eq!((hidden.status, unknown.status), (422, 422));
        assert_eq!(
            hidden.body["errors"][0]["code"], unknown.body["errors"][0]["code"],
            "hidden looks like unknown"
        );
    }
    for path in ["/accounts?sort=phone", "/accounts/aggregate?group=phone"] {
        world.rep.get(path).await.expect(422);
    }
    let change = json!({"phone": "1", "version": 3});
    world.rep.patch(&format!("/accounts/{account}"), change).await.expect(422);
    world.manager.get(&format!("/accounts/{account}")).await.expect(200);
}

async fn a_masked_field_is_masked_at_every_door_and_orders_nothing(world: World) {
    let account = guarded(&world, "masked").await;
    let seen = world.rep.record("accounts", &account).await;
    assert_eq!(seen["_masked"], json!(["phone"]));
    assert!(seen["phone"].as_str().is_some_and(|phone| phone.starts_with('•')), "{seen}");
    assert!(!all_doors(&world.rep, &account).await.contains(SECRET));
    for path in ["/accounts?sort=phone", "/accounts/aggregate?group=phone"] {
        world.rep.get(path).await.expect(422);
    }
    let guess = json!({"field": "phone", "op": "starts_with", "value": "139"}).to_string();
    let guess = utf8_percent_encode(&guess, NON_ALPHANUMERIC);
    world.rep.get(&format!("/accounts?filter={guess}")).await.expect(422);
}

async fn secrets_are_in_no_answer(world: World) {
    let made = world.admin.post("/api_keys", json!({"name": "Key", "scopes": "*:read"})).await;
    let key = made.expect(201)["key"].as_str().expect("the key").to_owned();
    let secret = key.rsplit('_').next().expect("its secret").to_owned();
    let code = json!({"password": crate::world::PASSWORD});
    let code = world.admin.post("/me/code", code).await.expect(200)["secret"].clone();
    let code = code.as_str().expect("a secret").to_owned();
    let invited =
        world.admin.post(&format!("/users/{}/invite", world.no_role.user), json!({})).await;
    let invitation = invited.expect(200)["token"].as_str().expect("a token").to_owned();
    let cookie = world.admin.cookie.clone().unwrap_or_default();
    let token = cookie.split_once('=').map_or("", |(_, token)| token);
    let document = world.admin.get("/openapi.json").await;
    let mut all = String::new();
    for (method, path) in crate::matrix::operations(document.expect(200)) {
        if method == "get" && !path.contains("{id}") && path != "/events" {
            all += &world.admin.get(&path).await.body.to_string();
        }
    }
    let user = format!("/users/{}", world.admin.user);
    for path in [user.clone(), format!("{user}/history"), format!("{user}/timeline")] {
        all += &world.admin.get(&path).await.body.to_string();
    }
    for secret in [secret.as_str(), &code, &invitation, token, "$argon2"] {
        assert!(!all.contains(secret), "a secret is given");
    }
    // What is shown of a key is its beginning.
    assert!(all.contains(&key[8..16]));
    // As the bytes on the disk hold it neither; on PostgreSQL the same statements write.
    for entry in std::fs::read_dir(world.directory().join("main")).expect("the data") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            let bytes = std::fs::read(&path).expect("bytes");
            for secret in [secret.as_str(), &invitation, token] {
                assert!(!contains(&bytes, secret.as_bytes()), "in {}", path.display());
            }
        }
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

async fn fields_of_the_program_are_never_taken(world: World) {
    let schema = world.rep.get("/schema").await;
    let mut tried = 0;
    for object in schema.expect(200)["objects"].as_array().expect("objects") {
        let plural = object["plural"].as_str().expect("a plural");
        let creates = object["actions"].as_array().expect("actions").contains(&json!("create"));
        if !creates || ["imports", "exports", "files", "api_keys"].contains(&plural) {
            continue;
        }
        for name in [
            "id",
            "tenant_id",
            "created_at",
            "created_by",
            "updated_at",
            "deleted_at",
            "is_admin",
            "administrator",
            "stage_entered_at",
            "amount_base",
            "approved_by",
            "_can",
            "__proto__",
            "constructor",
        ] {
            let answer = world.rep.post(&format!("/{plural}"), json!({name: "x"})).await;
            let errors = answer.expect(422)["errors"].to_string();
            assert!(errors.contains(&format!("\"{name}\"")), "{plural}: {name} is named: {errors}");
            tried += 1;
        }
        for field in object["fields"].as_array().expect("fields") {
            // The version is what a change names.
            if field["read_only"] == json!(true) && field["name"] != "version" {
                let name = field["name"].as_str().expect("a name");
                let body: Value = json!({name: null});
                let answer = world.rep.post(&format!("/{plural}"), body).await;
                assert_eq!(answer.status, 422, "{plural}.{name}");
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "{tried} fields");
}
