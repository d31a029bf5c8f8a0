//! Measures how fast the demo firm is loaded, backed up, looked through and taken away:
//! `cargo run --release -p app --example demo_rate -- 0.1`.

use std::sync::Arc;
use std::time::Instant;

use app::workspace::Place;
use app::{Actor, Workspace};
use model::Language;
use serde_json::json;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scale: f64 = std::env::args().nth(1).map_or(Ok(0.1), |scale| scale.parse())?;
    let dir = tempfile::tempdir()?;
    let place = match std::env::var("GUANXI_TEST_PG") {
        Ok(dsn) => Place::Postgres { dsn, schema: format!("rate_{}", std::process::id()) },
        Err(_) => Place::Sqlite { dir: dir.path().join("data") },
    };
    let files = dir.path().join("files");
    let workspace = Arc::new(Workspace::open("main", &place, &files, app::schema()).await?);
    let timed = |what: &str, rows: u64, since: Instant| {
        let seconds = since.elapsed().as_secs_f64();
        println!("{what}: {rows} in {seconds:.1} s, {:.0} a second", rows as f64 / seconds);
    };
    let since = Instant::now();
    let mut last = 0;
    let firm = workspace.load_demo(7, scale, Language::Zh, &mut |done| last = done).await?;
    timed("loaded", firm.records.max(last), since);
    let since = Instant::now();
    let to = dir.path().join("accounts.xlsx");
    let request = json!({"object": "activity", "format": "csv"});
    let written = workspace.export_to(&Actor::system(), &request, &to, &mut |_, _| ()).await?;
    timed("exported", written.rows, since);
    let since = Instant::now();
    let backup = dir.path().join("firm.backup");
    let report = workspace.backup(&backup).await?;
    timed("backed up", report.rows, since);
    println!("backup of {} bytes", report.bytes);
    let since = Instant::now();
    let again = Place::Sqlite { dir: dir.path().join("again") };
    let restored =
        app::backup::restore(&backup, &again, &dir.path().join("again-files"), app::schema())
            .await?;
    timed("restored", restored.rows, since);
    let since = Instant::now();
    let found = workspace.doctor(false, false).await?;
    timed("looked through", report.rows, since);
    println!("{}", found.words(Language::En).join("\n"));
    Ok(())
}
