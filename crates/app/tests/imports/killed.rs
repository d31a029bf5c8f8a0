//! The program is killed in the middle of an import; the next start goes on, and the result is the same.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use app::imports::Mapping;
use app::workspace::{Place, Workspace};
use app::{Actor, sign_in::Beginning, workspace::Profile};
use jiff::SignedDuration;
use model::Language;
use serde_json::json;
use tempfile::TempDir;

use crate::desk::expect_counts;
use crate::world::World;

const CHILD: &str = "GUANXI_TEST_IMPORT_CHILD";
const ROWS: i64 = 20_000;
/// The child is killed after so many rows.
const KILLED_AFTER: i64 = 6_000;

fn mapping() -> Mapping {
    let json = json!({
        "object": "order_line",
        "columns": {
            "Order": {"field": "order.external_id"},
            "Firm": {"field": "order.account.name"},
            "Item": {"field": "product.name"},
            "Qty": {"field": "quantity"},
            "Price": {"field": "unit_price"}
        },
        "links": {
            "order": {"match": ["external_id"], "if_missing": "create"},
            "order.account": {"match": ["name"], "if_missing": "create"},
            "product": {"match": ["name"], "if_missing": "create"}
        },
        "constants": {"order.ordered_at": "2026-01-01T00:00:00Z"}
    });
    Mapping::read(&json).unwrap()
}

fn text() -> String {
    let mut text = "Order,Firm,Item,Qty,Price\n".to_owned();
    for row in 0..ROWS {
        let quantity = if row % 997 == 0 { "none".to_owned() } else { (row % 7 + 1).to_string() };
        text.push_str(&format!(
            "{},Firm {},Item {},{quantity},{}.25\n",
            row / 5,
            row / 5 % 90,
            row % 211,
            row % 40
        ));
    }
    text
}

async fn open(dir: &Path) -> Arc<Workspace> {
    let place = Place::Sqlite { dir: dir.join("data") };
    Arc::new(Workspace::open("main", &place, &dir.join("files"), app::schema()).await.unwrap())
}

async fn set_up(dir: &Path) -> Arc<Workspace> {
    let workspace = open(dir).await;
    let beginning = Beginning {
        profile: Profile { locale: Language::En, ..Profile::default() },
        name: "Ada Admin".to_owned(),
        email: "ada@firm.example".to_owned(),
        password: "a long sentence".to_owned(),
    };
    workspace.set_up(beginning).await.unwrap();
    std::fs::write(dir.join("rows.csv"), text()).unwrap();
    workspace
}

/// Not a test of its own: what the killed program does.
#[tokio::test]
async fn child() {
    let Ok(dir) = std::env::var(CHILD) else { return };
    let dir = Path::new(&dir);
    let workspace = open(dir).await;
    let mut told = |done: i64, _: i64| println!("\ndone {done}");
    workspace
        .import_path(&Actor::system(), &dir.join("rows.csv"), mapping(), false, &mut told)
        .await
        .unwrap();
}

#[tokio::test]
async fn an_import_that_was_killed_goes_on_and_comes_out_the_same() {
    let whole = TempDir::new().unwrap();
    let workspace = set_up(whole.path()).await;
    let path = whole.path().join("rows.csv");
    let record = workspace
        .import_path(&Actor::system(), &path, mapping(), false, &mut |_, _| ())
        .await
        .unwrap();
    let failed = (0..ROWS).filter(|row| row % 997 == 0).count() as i64;
    expect_counts(&record, "done", [ROWS - failed, 0, 0, failed]);
    let expected = World { workspace, admin: Actor::system(), dir: whole };

    let killed = TempDir::new().unwrap();
    drop(set_up(killed.path()).await);
    kill_in_the_middle(killed.path());
    let workspace = open(killed.path()).await;
    let world = World { workspace, admin: Actor::system(), dir: killed };
    let import = world.all("import").await.remove(0);
    assert_eq!(import["status"], "running");
    // The killed program's lease runs out.
    world.workspace.clock.advance(SignedDuration::from_mins(3));
    world.work_off().await;
    let import = world.all("import").await.remove(0);
    expect_counts(&import, "done", [ROWS - failed, 0, 0, failed]);
    assert_eq!(world.shape().await, expected.shape().await);
    World::expect_well(&world.workspace.doctor(false, false).await.unwrap());
}

fn kill_in_the_middle(dir: &Path) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["killed::child", "--exact", "--nocapture"])
        .env(CHILD, dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    for line in lines {
        let done = line.unwrap().strip_prefix("done ").and_then(|done| done.parse::<i64>().ok());
        if done.is_some_and(|done| done >= KILLED_AFTER) {
            break;
        }
    }
    child.kill().unwrap();
    assert!(!child.wait().unwrap().success(), "it was over before it was killed");
}
