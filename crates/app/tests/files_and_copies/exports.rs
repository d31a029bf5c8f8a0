//! Exports: what one may take away, exactly, and nothing else.

use std::fs::File;
use std::io::Read;

use app::{Actor, Workspace};
use formats::{Cell, Options, open};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::world::{BOTH, On, World, id};

/// Texts that files mangle.
const HARD: [&str; 9] =
    ["=1+1", "'=1+1", "+86 138", "a;b\"c\"", "a,b", "-5", "北京🙂", "@SUM(A1)", "001"];

async fn run(world: &World, actor: &Actor, request: Json) -> (Uuid, Json) {
    let started = world.workspace.start_export(actor, &request).await.unwrap();
    assert_eq!(started["status"], "waiting");
    world.work_off().await;
    let export = id(&started);
    (export, world.workspace.get(&world.admin, "export", export, None).await.unwrap())
}

async fn table(
    workspace: &Workspace,
    actor: &Actor,
    export: Uuid,
) -> (Vec<String>, Vec<Vec<Cell>>) {
    let (meta, mut file) = workspace.open_export(actor, export).await.unwrap();
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).unwrap();
    let options = Options { strip_guard: true, ..Options::named(meta.name) };
    if bytes.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut table = open(std::io::Cursor::new(bytes), &options).unwrap();
    let headers = table.headers().to_vec();
    let rows = table.by_ref().map(|row| row.unwrap().cells).collect();
    (headers, rows)
}

fn column(headers: &[String], rows: &[Vec<Cell>], name: &str) -> Vec<String> {
    let index = headers
        .iter()
        .position(|header| header == name)
        .unwrap_or_else(|| panic!("{name} in {headers:?}"));
    rows.iter().map(|row| row[index].as_text().into_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_read_back_as_the_same_texts_in_every_format() {
    for on in BOTH {
        let world = World::new(on).await;
        for (number, text) in HARD.iter().enumerate() {
            let body = json!({"name": text, "description": format!("{text}\nline two"),
                              "external_id": format!("X{number}"), "industry": "retail"});
            world.make("account", body).await;
        }
        for format in ["csv", "xlsx", "jsonl"] {
            let request = json!({"object": "account", "format": format,
                                 "fields": ["name", "description", "industry", "owner", "owner.id", "created_at"]});
            let (export, record) = run(&world, &world.admin, request).await;
            assert_eq!(
                (&record["status"], &record["rows_done"]),
                (&json!("done"), &json!(HARD.len())),
                "{record}"
            );
            let (headers, rows) = table(&world.workspace, &world.admin, export).await;
            let people = format != "jsonl";
            let name =
                |label: &str, field: &str| if people { label.to_owned() } else { field.to_owned() };
            assert_eq!(column(&headers, &rows, &name("Name", "name")), HARD, "{format}");
            let descriptions = column(&headers, &rows, &headers[1].clone());
            assert_eq!(descriptions, HARD.map(|text| format!("{text}\nline two")), "{format}");
            let industry = if people { "Retail" } else { "retail" };
            assert!(
                column(&headers, &rows, &name("Industry", "industry"))
                    .iter()
                    .all(|cell| cell == industry)
            );
            assert!(
                column(&headers, &rows, "owner.id")
                    .iter()
                    .all(|cell| *cell == world.admin.user().to_string())
            );
            assert!(
                column(&headers, &rows, &name("Owner", "owner"))
                    .iter()
                    .all(|cell| cell == "Ada Admin")
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_guard_formulas_unless_raw() {
    let world = World::new(On::Sqlite).await;
    world.make("account", json!({"name": "=cmd|' /C calc'!A0"})).await;
    for (raw, line) in [(false, "'=cmd|' /C calc'!A0"), (true, "=cmd|' /C calc'!A0")] {
        let request = json!({"object": "account", "format": "csv", "fields": ["name"], "raw": raw});
        let (export, _) = run(&world, &world.admin, request).await;
        let (_, mut file) = world.workspace.open_export(&world.admin, export).await.unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        assert_eq!(text.starts_with('\u{feff}'), !raw);
        assert_eq!(text.lines().nth(1), Some(line));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_hold_what_their_owner_may_see_and_nobody_else_opens_them() {
    for on in BOTH {
        let world = World::new(on).await;
        let marketer = world.user("mia", "marketer").await;
        world
            .make(
                "contact",
                json!({"name": "Li Lei", "mobile": "13800138000", "owner": world.admin.user()}),
            )
            .await;
        // A marketer reads contacts, but takes none away.
        let request = json!({"object": "contact", "format": "csv"});
        let refused = world.workspace.start_export(&marketer, &request).await.unwrap_err();
        assert_eq!(refused.code(), "forbidden");
        let lead = json!({"name": "Own lead", "company": "C", "owner": marketer.user()});
        world.make("lead", lead).await;
        let (export, record) =
            run(&world, &marketer, json!({"object": "lead", "format": "csv"})).await;
        assert_eq!(record["status"], "done", "{record}");
        let refused = world.workspace.open_export(&world.admin, export).await.unwrap_err();
        assert_eq!(refused.code(), "not_found", "only the owner opens an export");
        let unknown = json!({"object": "product", "format": "csv", "fields": ["cost"]});
        let seller = world.user("sam", "salesperson").await;
        let refused = world.workspace.start_export(&seller, &unknown).await.unwrap_err();
        assert!(["forbidden", "invalid"].contains(&refused.code()), "{refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_of_people_who_left_stop() {
    for on in BOTH {
        let world = World::new(on).await;
        let marketer = world.user("mia", "marketer").await;
        let started = world
            .workspace
            .start_export(&marketer, &json!({"object": "lead", "format": "csv"}))
            .await;
        let started = started.unwrap();
        let user = world.workspace.get(&world.admin, "user", marketer.user(), None).await.unwrap();
        let version = user["version"].as_i64();
        let gone = json!({"active": false});
        world
            .workspace
            .update(&world.admin, "user", marketer.user(), version, &gone)
            .await
            .unwrap();
        world.work_off().await;
        let record = world.workspace.get(&world.admin, "export", id(&started), None).await.unwrap();
        assert_eq!(record["status"], "failed", "{record}");
        assert!(!record["error"].as_str().unwrap_or("").is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_are_cancelled_and_go_to_local_files() {
    let world = World::new(On::Sqlite).await;
    let account = world.make("account", json!({"name": "Acme", "phone": "13800138000"})).await;
    world
        .make("contact", json!({"name": "Li Lei", "account": account, "email": "li@acme.example"}))
        .await;
    let started = world
        .workspace
        .start_export(&world.admin, &json!({"object": "account", "format": "csv"}))
        .await;
    let export = id(&started.unwrap());
    world.workspace.cancel_export(&world.admin, export).await.unwrap();
    world.work_off().await;
    let record = world.workspace.get(&world.admin, "export", export, None).await.unwrap();
    assert_eq!(record["status"], "cancelled");
    assert_eq!(
        world.workspace.open_export(&world.admin, export).await.unwrap_err().code(),
        "not_found"
    );

    let to = world.dir.path().join("contacts.vcf");
    let request = json!({"object": "contact", "format": "vcard"});
    let mut seen = 0;
    let written = world
        .workspace
        .export_to(&world.admin, &request, &to, &mut |done, _| seen = done)
        .await
        .unwrap();
    assert_eq!((written.rows, seen), (1, 1));
    let mut text = String::new();
    File::open(&to).unwrap().read_to_string(&mut text).unwrap();
    for line in ["FN:Li Lei", "ORG:Acme", "EMAIL;PREF=1:li@acme.example"] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(
        world.workspace.export_to(&world.admin, &request, &to, &mut |_, _| ()).await.is_err(),
        "nothing is overwritten"
    );
    let no_cards = json!({"object": "product", "format": "vcard"});
    assert_eq!(
        world.workspace.start_export(&world.admin, &no_cards).await.unwrap_err().code(),
        "invalid"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_take_every_filter_that_lists_take() {
    for on in BOTH {
        let world = World::new(on).await;
        let parent =
            world.make("account", json!({"name": "Parent", "relations": ["customer"]})).await;
        world
            .make("account", json!({"name": "Child", "parent": parent, "industry": "retail"}))
            .await;
        for (filter, names) in [
            (json!({"not": {"field": "industry", "op": "eq", "value": "retail"}}), vec!["Parent"]),
            (json!({"field": "parent", "op": "under", "value": parent}), vec!["Child"]),
            (json!({"field": "industry", "op": "in", "value": []}), vec![]),
            (json!({"field": "relations", "op": "has_any", "value": ["customer"]}), vec!["Parent"]),
            (json!({"field": "relations", "op": "has_none", "value": ["customer"]}), vec!["Child"]),
            (json!({"search": "child"}), vec!["Child"]),
            (json!({"field": "parent.name", "op": "starts_with", "value": "Par"}), vec!["Child"]),
        ] {
            let request = json!({"object": "account", "format": "jsonl", "fields": ["name"], "filter": filter});
            let (export, record) = run(&world, &world.admin, request).await;
            assert_eq!(record["status"], "done", "{on:?} {filter} {record}");
            let (headers, rows) = table(&world.workspace, &world.admin, export).await;
            let found = if rows.is_empty() { vec![] } else { column(&headers, &rows, "name") };
            assert_eq!(found, names, "{on:?} {filter}");
        }
    }
}
