//! Backups: made while others write, put back on either database, refused when they are not what they were.

use std::fs;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use app::backup::{restore, verify};
use app::workspace::Place;
use app::{Actor, Workspace};
use model::Language;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use super::world::{BOTH, On, World, id, place};

async fn filled(on: On) -> World {
    let world = World::new(on).await;
    let account =
        world.make("account", json!({"name": "北京启明", "relations": ["customer"]})).await;
    let tag = world.make("tag", json!({"name": "VIP"})).await;
    let contact =
        json!({"name": "李雷", "account": account, "tags": [tag], "birthday": "1990-02-03"});
    world.make("contact", contact).await;
    world
        .workspace
        .put_file(&world.admin, "a.txt", Some(("account".to_owned(), account)), &b"bytes"[..])
        .await
        .unwrap();
    world.workspace.delete(&world.admin, "tag", tag, None).await.unwrap();
    world
}

/// Every table but what belongs to the place.
async fn everything(workspace: &Workspace) -> Vec<(String, Vec<String>)> {
    let dump = |tx: &mut store::Tx| {
        let mut all = Vec::new();
        for table in tx.copied_tables() {
            let rows = tx.copied_rows(&table, None, 100_000)?;
            // Bytes that one database takes for an id are bytes on the other.
            let rows = rows.iter().map(|row| {
                row.iter()
                    .zip(&table.columns)
                    .map(|(cell, (_, column))| match (column, cell) {
                        (model::fields::Column::Bytes, store::Cell::Uuid(id)) => {
                            format!("{:?}", store::Cell::Bytes(id.as_bytes().to_vec()))
                        }
                        (_, cell) => format!("{cell:?}"),
                    })
                    .collect::<Vec<_>>()
                    .join(" ")
            });
            all.push((table.name.clone(), rows.collect()));
        }
        Ok(all)
    };
    workspace.store.read(dump).await.unwrap()
}

async fn found(workspace: &Workspace, actor: &Actor, words: &str) -> usize {
    let hits: Json = workspace.search(actor, words, None, 10).await.unwrap();
    hits["items"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_restore_on_either_database_as_they_were() {
    for from in BOTH {
        let world = filled(from).await;
        let to = world.dir.path().join("firm.backup");
        let report = world.workspace.backup(&to).await.unwrap();
        assert_eq!((report.files, report.damaged.len()), (1, 0));
        assert!(report.rows > 100);
        assert!(world.workspace.backup(&to).await.is_err(), "no backup is overwritten");
        for onto in BOTH {
            let dir = TempDir::new().unwrap();
            let (place, files) = place(onto, &dir);
            let restored = restore(&to, &place, &files, app::schema()).await.unwrap();
            assert_eq!(
                (restored.rows, restored.files),
                (report.rows, report.files),
                "{from:?} {onto:?}"
            );
            let copy =
                Arc::new(Workspace::open("main", &place, &files, app::schema()).await.unwrap());
            assert_eq!(
                everything(&copy).await,
                everything(&world.workspace).await,
                "{from:?} {onto:?}"
            );
            let admin = Actor {
                rights: copy.rights(world.admin.user()).await.unwrap(),
                language: Language::En,
            };
            assert_eq!(found(&copy, &admin, "启明").await, 1);
            copy.sign_in("ada@firm.example", "a long sentence", "", Default::default())
                .await
                .unwrap();
            let file = copy.list(&admin, "file", Default::default()).await.unwrap().items;
            let (_, mut bytes) = copy.open_file(&admin, id(&file[0])).await.unwrap();
            let mut text = String::new();
            bytes.read_to_string(&mut text).unwrap();
            assert_eq!(text, "bytes");
            // It goes on: numbers and the history count on from where they were.
            copy.create(&admin, "account", &json!({"name": "After"}), None).await.unwrap();
            assert!(copy.doctor(false, false).await.unwrap().is_well());
            let again = restore(&to, &place, &files, app::schema()).await.unwrap_err();
            assert!(["place_taken", "unavailable"].contains(&again.code()), "{again:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_are_one_moment_while_others_write() {
    for on in BOTH {
        let world = filled(on).await;
        let (workspace, admin) = (world.workspace.clone(), world.admin.clone());
        let writer = tokio::spawn(async move {
            for number in 0..60 {
                let account = workspace
                    .create(&admin, "account", &json!({"name": format!("A{number}")}), None)
                    .await;
                let body = json!({"name": format!("C{number}"), "account": account.unwrap()["id"]});
                workspace.create(&admin, "contact", &body, None).await.unwrap();
            }
        });
        let to = world.dir.path().join("busy.backup");
        world.workspace.backup(&to).await.unwrap();
        writer.await.unwrap();
        let dir = TempDir::new().unwrap();
        let (place, files) = place(On::Sqlite, &dir);
        restore(&to, &place, &files, app::schema()).await.unwrap();
        let copy = Workspace::open("main", &place, &files, app::schema()).await.unwrap();
        let report = copy.doctor(false, false).await.unwrap();
        assert!(report.is_well(), "{:?}", report.words(Language::En));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_rotted_are_named_and_left_out() {
    let world = filled(On::Sqlite).await;
    let put = world.workspace.put_file(&world.admin, "b.txt", None, &b"more"[..]).await.unwrap();
    let sha256 = put["sha256"].as_str().unwrap();
    fs::write(app::files::path_of(&world.workspace.files, sha256).unwrap(), "rotten").unwrap();
    let to = world.dir.path().join("firm.backup");
    let report = world.workspace.backup(&to).await.unwrap();
    assert_eq!((report.files, report.damaged), (1, vec![sha256.to_owned()]));
    let dir = TempDir::new().unwrap();
    let (place, files) = place(On::Sqlite, &dir);
    assert_eq!(restore(&to, &place, &files, app::schema()).await.unwrap().files, 1);
}

fn spoil(path: &Path, at: SeekFrom) {
    let mut file = fs::File::options().read(true).write(true).open(path).unwrap();
    file.seek(at).unwrap();
    let mut byte = [0];
    file.read_exact(&mut byte).unwrap();
    file.seek(SeekFrom::Current(-1)).unwrap();
    file.write_all(&[byte[0] ^ 0x40]).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn damaged_backups_touch_nothing() {
    let world = filled(On::Sqlite).await;
    let whole = world.dir.path().join("firm.backup");
    let bytes = world.workspace.backup(&whole).await.unwrap().bytes;
    verify(&whole).await.unwrap();
    for at in [100, bytes / 3, bytes / 2, bytes * 2 / 3, bytes - 30] {
        let spoilt = world.dir.path().join(format!("spoilt-{at}"));
        fs::copy(&whole, &spoilt).unwrap();
        spoil(&spoilt, SeekFrom::Start(at));
        // A flipped bit in a name or date of the archive itself may change nothing that counts.
        let Err(error) = verify(&spoilt).await else { continue };
        assert_eq!(error.code(), "backup_damaged", "{at}");
        let dir = TempDir::new().unwrap();
        let place = Place::Sqlite { dir: dir.path().join("data") };
        let refused =
            restore(&spoilt, &place, &dir.path().join("files"), app::schema()).await.unwrap_err();
        assert_eq!(refused.code(), "backup_damaged");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0, "nothing was made");
    }
    let cut = world.dir.path().join("cut");
    fs::write(&cut, &fs::read(&whole).unwrap()[..bytes as usize / 2]).unwrap();
    assert_eq!(verify(&cut).await.unwrap_err().code(), "backup_damaged");
}
