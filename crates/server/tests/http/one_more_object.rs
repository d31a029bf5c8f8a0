//! Adding an object is one declaration: its table, addresses, list, form, history and rights follow by themselves.

use std::sync::Arc;

use app::Workspace;
use model::fields::build::{choice, link, money, name, owner};
use model::fields::opt;
use model::{Access, Object, Schema, View};
use serde_json::json;
use server::config::Config;
use server::hosting::Hosting;
use server::router::router;

use crate::client::Client;
use crate::world::{Database, placed, set_up, values};

/// The whole of what somebody writes who adds an object.
fn vessel() -> Object {
    Object::new("vessel", "vessels", ("Vessel", "船舶"), ("Vessels", "船舶"))
        .module("customer", "ship")
        .titled("name", Some("kind"))
        .access(Access::owned().through(&["account"]))
        .section(
            "main",
            "Vessel",
            "船舶",
            vec![
                name("name", "Name", "船名").required().indexed(),
                choice(
                    "kind",
                    "Kind",
                    "类型",
                    [opt("tanker", "Tanker", "油轮"), opt("ferry", "Ferry", "渡轮")],
                )
                .required()
                .default("ferry"),
                link("account", "account", "Operator", "运营方"),
                money("price", "Price", "价格"),
                owner(),
            ],
        )
        .view(View::list("all", "All vessels", "全部船舶", &["name", "kind", "account", "price"]))
}

/// The declared schema and one object more, in a workspace that is served.
async fn sea(database: Database, directory: &std::path::Path) -> (Arc<Hosting>, Client) {
    let (modules, mut objects) = objects::declared();
    objects.push(vessel());
    let schema = Schema::build(modules, objects).expect("a schema without faults");
    let mut config = Config { data: directory.to_owned(), ..Config::default() };
    config.workspaces.insert("sea".to_owned(), placed(database));
    let place = config.placement("sea").expect("a place");
    // The workspace is older than the object: a copy is kept, and the tables grow.
    let files = config.files("sea");
    drop(Workspace::open("sea", &place, &files, app::schema()).await.expect("an older workspace"));
    let workspace =
        Workspace::open("sea", &place, &config.files("sea"), schema).await.expect("a workspace");
    let hosting = Arc::new(Hosting::with(config, vec![workspace]).await.expect("a hosting"));
    let stranger = Client::new(router(hosting.clone()));
    (hosting, stranger)
}

async fn a_vessel_sails(database: Database) {
    let directory = tempfile::tempdir().expect("a directory");
    let (hosting, stranger) = sea(database, directory.path()).await;
    let admin = set_up(&stranger, &hosting.setup_tokens["sea"]).await;
    let role = admin.make("roles", json!({"name": "Captain", "code": "captain"})).await;
    for (action, scope) in [("read", "own"), ("create", "own"), ("update", "own")] {
        let right = json!({"role": role, "object": "vessel", "action": action, "scope": scope});
        admin.make("role_rights", right).await;
    }
    let mut captains = Vec::new();
    for name in ["Wei", "Zheng"] {
        let email = format!("{name}@example.com");
        let user =
            admin.make("users", json!({"name": name, "email": email, "roles": [role]})).await;
        let workspace = hosting.workspace("sea").expect("the workspace");
        let session =
            workspace.open_session(user.parse().expect("an id"), "", "").await.expect("a session");
        let mut captain = stranger.with_cookie(&format!("guanxi_sea={}", session.token));
        captain.csrf = captain.get("/me").await.expect(200)["csrf"].as_str().map(str::to_owned);
        captains.push(captain);
    }
    let [wei, zheng] = captains.as_slice() else { panic!("two captains") };
    drives_its_doors(wei, zheng).await;
    draws_its_form(&admin, wei).await;
    reads_a_file(&admin, &hosting).await;
}

/// An import and an export of it.
async fn reads_a_file(admin: &Client, hosting: &Hosting) {
    let file = admin
        .upload("fleet.csv", "Vessel,类型,Price,Operator\n海鸥,渡轮,7,Harbour\nGull,raft,8,\n")
        .await;
    let looked = admin.post("/imports/inspect", json!({"file": file, "object": "vessel"})).await;
    assert_eq!(looked.expect(200)["mapping"]["columns"]["类型"]["field"], "kind");
    let mapping = json!({"object": "vessel",
        "columns": {"Vessel": {"field": "name"}, "类型": {"field": "kind"}, "Price": {"field": "price"},
                    "Operator": {"field": "account.name"}},
        "links": {"account": {"match": ["name"], "if_missing": "create"}}});
    let begun = admin.post("/imports", json!({"file": file, "mapping": mapping})).await;
    let import = begun.id();
    let workspace = hosting.workspace("sea").expect("the workspace");
    while workspace.do_one_job().await.expect("a job") {}
    let done = loop {
        let import = admin.record("imports", &import).await;
        if import["status"] == "done" {
            break import;
        }
        assert_ne!(import["status"], "failed", "{import}");
        tokio::task::yield_now().await;
    };
    assert_eq!((&done["rows_created"], &done["rows_failed"]), (&json!(1), &json!(1)));
    let gull = admin.list("vessels", json!({"q": "海鸥", "expand": "account"})).await;
    assert_eq!(gull.expect(200)["items"][0]["account"]["name"], "Harbour");
    let errors = admin.get(&format!("/imports/{import}/errors")).await;
    assert!(errors.expect(200).as_str().is_some_and(|text| text.contains("raft")), "{errors:?}");
}

/// Table, addresses, list, search, aggregates, history and rights.
async fn drives_its_doors(wei: &Client, zheng: &Client) {
    assert_eq!(
        wei.post("/vessels", json!({"kind": "raft"})).await.faults(),
        ["kind: choice_unknown"]
    );
    assert_eq!(wei.post("/vessels", json!({})).await.faults(), ["name: required"]);
    let ship = wei.make("vessels", json!({"name": "东方之星", "price": "12.5"})).await;
    let path = format!("/vessels/{ship}");
    wei.patch(&path, json!({"price": "13", "version": 1})).await.expect(200);
    assert_eq!(values(&wei.list("vessels", json!({"q": "dfzx"})).await, "name"), ["东方之星"]);
    assert_eq!(values(&wei.get("/search?q=%E4%B8%9C%E6%96%B9").await, "object"), ["vessel"]);
    let sum = wei.get("/vessels/aggregate?group=kind&measure=sum:price").await;
    assert_eq!(
        sum.expect(200)["groups"][0],
        json!({"key": ["ferry"], "sum:price": {"amount": "13.00", "currency": "CNY"}})
    );
    let history = wei.get(&format!("{path}/history")).await;
    assert_eq!(history.expect(200)["items"][0]["changes"][0]["field"], "price");
    assert_eq!(wei.delete(&path).await.problem(403), "forbidden");
    assert_eq!(zheng.get(&path).await.problem(404), "not_found");
    assert_eq!(values(&zheng.list("vessels", json!({})).await, "name"), [""; 0]);
    let share = json!({"about": {"object": "vessel", "id": ship}, "user": zheng.get("/me").await.body["user"]["id"]});
    wei.make("record_members", share).await;
    assert_eq!(zheng.get(&path).await.expect(200)["price"]["amount"], "13.00");
}

/// The form and the document that programs read.
async fn draws_its_form(admin: &Client, wei: &Client) {
    let schema = wei.get("/schema").await;
    let objects = schema.expect(200)["objects"].as_array().expect("objects");
    let vessel = objects.iter().find(|object| object["name"] == "vessel").expect("the object");
    assert_eq!(vessel["label"], json!({"en": "Vessel", "zh-CN": "船舶"}));
    assert_eq!(vessel["actions"], json!(["read", "create", "update"]));
    assert_eq!(
        vessel["sections"][0]["fields"],
        json!(["name", "kind", "account", "price", "owner"])
    );
    assert_eq!(vessel["views"][0]["name"], "all");
    let theirs = admin.get("/schema").await;
    let account = theirs.expect(200)["objects"]
        .as_array()
        .expect("objects")
        .iter()
        .find(|o| o["name"] == "account");
    let related = account.expect("accounts")["related"].as_array().expect("related").clone();
    assert!(related.iter().any(|of| of["object"] == "vessel" && of["field"] == "account"));
}

#[test]
fn an_object_more_is_one_declaration() {
    for database in [Database::Sqlite, Database::Postgres] {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        runtime.expect("a runtime").block_on(a_vessel_sails(database));
    }
}
