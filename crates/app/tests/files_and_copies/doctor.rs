//! The doctor: finds what was broken on purpose, mends what can be mended, and leaves the rest in words.

use std::fs;
use std::time::{Duration, SystemTime};

use app::files::path_of;
use model::Language;
use serde_json::json;

use super::world::{BOTH, On, World};

fn count(report: &app::doctor::Report, name: &str) -> usize {
    report.checks.iter().find(|check| check.name == name).map_or(usize::MAX, |check| check.found)
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_finds_nothing_wrong_with_a_new_firm() {
    for on in BOTH {
        let world = World::new(on).await;
        let report = world.workspace.doctor(false, false).await.unwrap();
        assert!(report.is_well(), "{:?}", report.words(Language::En));
        assert!(report.words(Language::Zh).iter().all(|line| line.starts_with('✓')));
        assert_eq!(report.json()["well"], true);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_finds_and_mends_what_is_derived() {
    for on in BOTH {
        let world = World::new(on).await;
        let account = world.make("account", json!({"name": "Orderly"})).await;
        world
            .make("activity", json!({"kind": "call", "subject": "Hello", "account": account}))
            .await;
        // Taken away behind everybody's back: what was derived of it stays.
        let activity: uuid::Uuid = super::world::id(&world.all("activity").await[0]);
        world.workspace.store.write(move |tx| tx.purge("activity", activity)).await.unwrap();
        let report = world.workspace.doctor(false, false).await.unwrap();
        assert!(count(&report, "computed") > 0, "{:?}", report.words(Language::En));
        assert!(!report.is_well());
        let again = world.workspace.doctor(false, false).await.unwrap();
        assert_eq!(count(&again, "computed"), count(&report, "computed"), "looking mends nothing");
        let mended = world.workspace.doctor(true, true).await.unwrap();
        assert!(mended.is_well(), "{:?}", mended.words(Language::En));
        assert_eq!(count(&world.workspace.doctor(false, false).await.unwrap(), "computed"), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_compares_files_with_their_records() {
    let world = World::new(On::Sqlite).await;
    let files = &world.workspace.files;
    let mut hashes = Vec::new();
    for text in ["one", "two", "three"] {
        let put =
            world.workspace.put_file(&world.admin, "a.txt", None, text.as_bytes()).await.unwrap();
        hashes.push(put["sha256"].as_str().unwrap().to_owned());
    }
    fs::remove_file(path_of(files, &hashes[0]).unwrap()).unwrap();
    fs::write(path_of(files, &hashes[1]).unwrap(), "TWO").unwrap();
    // SHA-256 of the empty text: kept by nobody's wish, and for long.
    let empty =
        path_of(files, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855").unwrap();
    fs::create_dir_all(empty.parent().unwrap()).unwrap();
    let file = fs::File::create(&empty).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(3 * 24 * 3_600)).unwrap();
    let report = world.workspace.doctor(false, false).await.unwrap();
    let counts =
        ["files_missing", "files_damaged", "files_unneeded"].map(|name| count(&report, name));
    assert_eq!(counts, [1, 1, 1], "{:?}", report.words(Language::En));
    let mended = world.workspace.doctor(true, false).await.unwrap();
    assert!(!mended.is_well(), "bytes that are gone cannot be mended");
    assert!(!empty.exists());
}
