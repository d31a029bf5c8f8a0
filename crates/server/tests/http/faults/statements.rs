//! A statement that takes too long is stopped and answered; others go on.

use std::time::Duration;

use app::Workspace;
use serde_json::json;
use server::config::{Config, Limits};
use server::hosting::Hosting;
use server::router::router;

use crate::client::Client;
use crate::world::{Database, World, placed, run_alone};

/// The administrator in a workspace whose reads may take `time`, over the same data as `world`.
async fn impatient(world: World, time: Duration) -> (Client, World, tempfile::TempDir) {
    let place = world.workspace.store.place();
    let files = tempfile::tempdir().expect("a directory");
    let mut config = Config { limits: Limits::none(), ..Config::default() };
    config.workspaces.insert("main".to_owned(), server::config::WorkspaceConfig::default());
    let workspace = Workspace::open_with("main", &place, files.path(), app::schema(), time).await;
    let hosting = Hosting::with(config, vec![workspace.expect("a workspace")]).await;
    let stranger = Client::new(router(std::sync::Arc::new(hosting.expect("a hosting"))));
    let mut client = stranger.clone();
    client.cookie = world.admin.cookie.clone();
    client.csrf = world.admin.csrf.clone();
    (client, world, files)
}

#[test]
fn a_slow_read_on_sqlite_is_stopped() {
    run_alone(async {
        let directory = tempfile::tempdir().expect("a directory");
        let files = directory.path().join("files");
        let place = app::workspace::Place::Sqlite { dir: directory.path().join("main") };
        let open = async |time| {
            Workspace::open_with("main", &place, &files, app::schema(), time).await.expect("opens")
        };
        let workspace = open(Duration::from_secs(15)).await;
        let system = app::Actor::system();
        for n in 0..600 {
            let values =
                json!({"name": format!("Account {n}"), "description": "words ".repeat(20)});
            workspace.create(&system, "account", &values, None).await.expect("a record");
        }
        drop(workspace);
        let workspace = loop {
            // The file is free as soon as the last thread of the first has gone.
            let again = Workspace::open_with("main", &place, &files, app::schema(), Duration::ZERO);
            match again.await {
                Ok(workspace) => break workspace,
                Err(_) => tokio::task::yield_now().await,
            }
        };
        let aggregate =
            workspace.aggregate(&system, "account", "created_at:day,level", "count", None).await;
        let error = aggregate.expect_err("too slow");
        assert_eq!((error.code(), error.status()), ("timeout", 504));
        // What is quick is answered as ever, by the same connections.
        for _ in 0..8 {
            workspace.needs_setup().await.expect("an answer");
        }
        workspace.create(&system, "account", &json!({"name": "x"}), None).await.expect("a record");
    });
}

#[test]
fn a_slow_read_on_postgres_is_stopped() {
    run_alone(async {
        let world = World::open_with(placed(Database::Postgres), Limits::none()).await;
        let (client, world, _files) = impatient(world, Duration::from_millis(800)).await;
        let app::workspace::Place::Postgres { dsn, schema } = world.workspace.store.place() else {
            panic!("PostgreSQL")
        };
        client.get("/accounts").await.expect(200);
        // Somebody holds the table; whoever reads it waits.
        let mut holder = pgtest::Session::open(&dsn).expect("a session");
        let lock = format!("BEGIN; LOCK TABLE \"{schema}\".accounts IN ACCESS EXCLUSIVE MODE");
        holder.run(&lock).expect("a lock");
        let slow = client.get("/accounts").await;
        assert_eq!(slow.problem(504), "timeout");
        assert!(slow.headers.contains_key("retry-after"));
        client.get("/products").await.expect(200);
        holder.run("ROLLBACK").expect("an end");
        client.get("/accounts").await.expect(200);
    });
}
