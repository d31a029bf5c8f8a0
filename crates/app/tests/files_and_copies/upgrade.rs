//! A workspace opened by a program that declares more: its tables follow, and the database as it was is kept beside it.

use app::Workspace;
use model::fields::build::name;
use model::{Object, Schema};
use tempfile::TempDir;

use crate::world::{BOTH, On, place};

#[tokio::test]
async fn a_changed_schema_keeps_a_copy_of_what_was() {
    for on in BOTH {
        let dir = TempDir::new().unwrap();
        let (place, files) = place(on, &dir);
        drop(Workspace::open("main", &place, &files, app::schema()).await.unwrap());
        let (modules, mut declared) = objects::declared();
        let vessel = Object::new("vessel", "vessels", ("Vessel", "船舶"), ("Vessels", "船舶"))
            .module("customer", "ship")
            .section("main", "Vessel", "船舶", vec![name("name", "Name", "船名").required()]);
        declared.push(vessel);
        let schema = Schema::build(modules, declared).unwrap();
        let workspace = Workspace::open("main", &place, &files, schema).await.unwrap();
        assert!(workspace.object("vessel").is_ok());
        if let On::Sqlite = on {
            let entries = std::fs::read_dir(dir.path().join("data")).unwrap();
            let copy = entries
                .filter_map(Result::ok)
                .find(|entry| entry.file_name().to_string_lossy().starts_with("before-change-"));
            assert!(copy.expect("a copy").metadata().unwrap().len() > 0);
        }
    }
}

#[tokio::test]
async fn a_newer_format_is_refused_in_words() {
    for on in BOTH {
        let dir = TempDir::new().unwrap();
        let (place, files) = place(on, &dir);
        let workspace = Workspace::open("main", &place, &files, app::schema()).await.unwrap();
        workspace.store.write(|tx| tx.set_meta("format", "999")).await.unwrap();
        drop(workspace);
        let error = loop {
            let opened = Workspace::open("main", &place, &files, app::schema()).await;
            let error = opened.err().expect("a refusal").to_string();
            // The threads of the first may have the file for a moment longer.
            if !error.contains("another server works on") {
                break error;
            }
            tokio::task::yield_now().await;
        };
        assert!(error.contains("999") && error.contains("use the newer program"), "{error}");
    }
}
