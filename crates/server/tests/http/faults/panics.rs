//! A panic in one request is that request's: it is answered, logged, and leaves nothing behind.

use std::sync::Arc;

use app::Workspace;
use model::fields::build::{name, owner};
use model::{Access, Draft, Object, Problem, Schema};
use serde_json::json;
use server::config::{Config, Limits};
use server::hosting::Hosting;
use server::router::router;

use crate::client::Client;
use crate::world::{Database, placed, run_alone, set_up};

fn explode(_: &Draft) -> Vec<Problem> {
    panic!("a hook that panics")
}

fn bomb() -> Object {
    Object::new("bomb", "bombs", ("Bomb", "炸弹"), ("Bombs", "炸弹"))
        .module("customer", "bomb")
        .titled("name", None)
        .access(Access::owned())
        .section("main", "Bomb", "炸弹", vec![name("name", "Name", "名称"), owner()])
        .check(explode)
}

#[test]
fn a_panic_is_one_requests_and_nobody_elses() {
    for database in [Database::Sqlite, Database::Postgres] {
        run_alone(async move {
            let directory = tempfile::tempdir().expect("a directory");
            let (modules, mut objects) = objects::declared();
            objects.push(bomb());
            let schema = Schema::build(modules, objects).expect("a schema without faults");
            let mut config = Config {
                data: directory.path().to_owned(),
                limits: Limits::none(),
                ..Config::default()
            };
            config.workspaces.insert("main".to_owned(), placed(database));
            let place = config.placement("main").expect("a place");
            let workspace = Workspace::open("main", &place, &config.files("main"), schema).await;
            let hosting = Hosting::with(config, vec![workspace.expect("a workspace")]).await;
            let hosting = Arc::new(hosting.expect("a hosting"));
            let stranger = Client::new(router(hosting.clone()));
            let admin = set_up(&stranger, &hosting.setup_tokens["main"]).await;
            let mut others = Vec::new();
            for n in 0..200 {
                let answer = admin.post("/bombs", json!({"name": "x"})).await;
                assert_eq!(answer.problem(500), "internal");
                assert!(answer.body["request_id"].is_string());
                assert!(!answer.body.to_string().contains("panic"), "{:#}", answer.body);
                if n % 20 == 0 {
                    others.push(admin.make("accounts", json!({"name": "Fine"})).await);
                }
            }
            let list = admin.list("accounts", json!({"count": true})).await;
            assert_eq!(list.expect(200)["count"]["value"], json!(others.len()));
            let list = admin.list("bombs", json!({"count": true})).await;
            assert_eq!(list.expect(200)["count"]["value"], json!(0));
        });
    }
}
