//! Several workspaces in one process: each has its own people and records, wherever it lives.

use axum::Router;
use serde_json::json;
use server::config::WorkspaceConfig;
use server::router::router;

use crate::client::Client;
use crate::world::{Database, World, host, on_both, placed, run, set_up, values};

on_both! {
    a_single_workspace_answers_to_every_host_name,
}

async fn a_single_workspace_answers_to_every_host_name(world: World) {
    let elsewhere = world.admin.at("", "crm.example.com:8420");
    elsewhere.get("/me").await.expect(200);
    world.admin.at("/w/main", "localhost").get("/me").await.expect(200);
    assert_eq!(world.admin.at("/w/other", "localhost").get("/me").await.problem(404), "not_found");
}

fn hosted(mut config: WorkspaceConfig, host: &str) -> WorkspaceConfig {
    config.hosts = vec![host.to_owned()];
    config
}

/// A workspace's administrator, who reaches it by its path, and one account.
async fn firm(app: &Router, name: &str, token: &str) -> (Client, String) {
    let admin =
        set_up(&Client::new(app.clone()).at(&format!("/w/{name}"), "localhost"), token).await;
    let account = admin.make("accounts", json!({"name": format!("Account of {name}")})).await;
    (admin, account)
}

async fn workspaces_do_not_see_each_other(one: WorkspaceConfig, two: WorkspaceConfig) {
    let directory = tempfile::tempdir().expect("a directory");
    let workspaces = [("one", hosted(one, "one.example")), ("two", hosted(two, "two.example"))];
    let hosting = host(&directory, workspaces).await;
    let tokens = hosting.setup_tokens.clone();
    let app = router(hosting);
    let wrong = Client::new(app.clone()).at("/w/one", "localhost");
    let body = json!({"company": "x", "name": "x", "email": "x@example.com", "password": "a long phrase", "token": tokens["two"]});
    assert_eq!(wrong.post("/setup", body).await.problem(403), "setup_token");
    let (one, account) = firm(&app, "one", &tokens["one"]).await;
    let (two, _) = firm(&app, "two", &tokens["two"]).await;
    assert_eq!(values(&two.list("accounts", json!({})).await, "name"), ["Account of two"]);
    assert_eq!(two.get(&format!("/accounts/{account}")).await.problem(404), "not_found");
    let strayed = one.at("/w/two", "localhost");
    assert_eq!(strayed.get("/me").await.problem(401), "authentication");
    // The cookie's name says the workspace; its token under the other's name is worth nothing.
    let token = one
        .cookie
        .as_deref()
        .and_then(|cookie| cookie.split_once('='))
        .map_or("", |(_, token)| token);
    let forged = strayed.with_cookie(&format!("guanxi_two={token}"));
    assert_eq!(forged.get("/me").await.problem(401), "authentication");
    let by_host = one.at("", "ONE.example:443");
    assert_eq!(values(&by_host.list("accounts", json!({})).await, "name"), ["Account of one"]);
    assert_eq!(one.at("", "two.example").get("/me").await.problem(401), "authentication");
    assert_eq!(one.at("", "three.example").get("/me").await.problem(404), "not_found");
}

#[test]
fn workspaces_on_one_database_do_not_see_each_other() {
    for database in [Database::Sqlite, Database::Postgres] {
        run_alone(workspaces_do_not_see_each_other(placed(database), placed(database)));
    }
}

#[test]
fn workspaces_live_where_their_placement_says() {
    let other = pgtest::Cluster::start().expect("a second cluster");
    let elsewhere =
        WorkspaceConfig { database: Some(other.dsn().to_owned()), ..WorkspaceConfig::default() };
    run_alone(workspaces_do_not_see_each_other(placed(Database::Postgres), elsewhere.clone()));
    // The second cluster holds its firm whole: another process opens it there.
    run_alone(async move {
        let directory = tempfile::tempdir().expect("a directory");
        let hosting = host(&directory, [("two", elsewhere)]).await;
        assert!(hosting.setup_tokens.is_empty());
        let workspace = hosting.workspace("two").expect("the workspace");
        let list = workspace
            .list(&app::Actor::system(), "account", app::records::ListRequest::default())
            .await;
        assert_eq!(list.expect("a list").items[0]["name"], "Account of two");
    });
}

/// People write while their workspace goes from `from` to `to`: nobody is refused, nothing is lost, all stay signed in.
async fn moves_while_people_work(from: WorkspaceConfig, to: WorkspaceConfig) {
    let directory = tempfile::tempdir().expect("a directory");
    let hosting = host(&directory, [("main", from)]).await;
    let stranger = Client::new(router(hosting.clone()));
    let admin = set_up(&stranger, &hosting.setup_tokens["main"]).await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let (admin, stopped) = (admin.clone(), stopped.clone());
            tokio::spawn(async move {
                let mut made = Vec::new();
                while !*stopped.borrow() {
                    let name = format!("王小明 {writer} {}", made.len());
                    let id = admin.make("accounts", json!({"name": name})).await;
                    admin.get(&format!("/accounts/{id}")).await.expect(200);
                    made.push(name);
                }
                made
            })
        })
        .collect();
    let made_before = || async {
        admin.list("accounts", json!({"count": true})).await.body["count"]["value"].as_u64()
    };
    while made_before().await < Some(40) {
        tokio::task::yield_now().await;
    }
    let mut config = hosting.config.clone();
    config.workspaces.insert("main".to_owned(), to);
    let moved = hosting.replace(&config).await;
    assert!(matches!(moved.as_slice(), [(name, Ok(_))] if name == "main"), "{moved:?}");
    let at_the_move = made_before().await;
    while made_before().await < at_the_move.map(|made| made + 20) {
        tokio::task::yield_now().await;
    }
    stop.send(true).expect("writers that listen");
    let mut all = Vec::new();
    for writer in writers {
        all.extend(writer.await.expect("a writer that nobody refused"));
    }
    let query = json!({"count": true, "q": "wxm", "limit": 1});
    let found = admin.list("accounts", query).await;
    assert_eq!(found.expect(200)["count"], json!({"value": all.len(), "exact": true}));
    let workspace = hosting.workspace("main").expect("the workspace");
    assert_eq!(Some(workspace.store.place()), config.placement("main"));
    let report = workspace.doctor(false, false).await.expect("a report");
    assert!(report.is_well(), "{:?}", report.words(model::Language::En));
}

#[test]
fn a_workspace_moves_to_another_cluster_while_people_work() {
    let other = pgtest::Cluster::start().expect("a second cluster");
    let there = || WorkspaceConfig {
        database: Some(other.dsn().to_owned()),
        schema: Some(other.fresh_schema_name()),
        ..WorkspaceConfig::default()
    };
    run_alone(moves_while_people_work(placed(Database::Postgres), there()));
    run_alone(moves_while_people_work(placed(Database::Sqlite), there()));
}

fn run_alone(work: impl Future<Output = ()>) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(work);
}

#[test]
fn a_second_server_on_the_same_sqlite_file_is_refused() {
    async fn second(world: World) {
        let place = app::workspace::Place::Sqlite { dir: world.directory().join("main") };
        let second =
            app::Workspace::open("main", &place, &world.directory().join("files"), app::schema())
                .await;
        assert_eq!(second.err().map(|error| error.code()), Some("unavailable"));
    }
    run(Database::Sqlite, second);
}
