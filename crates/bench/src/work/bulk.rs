//! Many rows in and out: an import beside batched inserts, an export beside a SELECT written as CSV.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::time::{Duration, Instant};

use rusqlite::types::Value;
use serde_json::{Value as Json, json};
use store::Place;

use super::{Bench, copy_of};
use crate::Outcome;
use crate::dice::Dice;
use crate::floor::{postgres, sqlite};
use crate::load::{Connection, get, paced, post};
use crate::rows;
use crate::table::{Goal, Table};
use crate::world::{Loaded, World};

/// Rows of one bare transaction.
const FLOOR_ROWS: usize = 1_000;

/// The import that loaded the firm, beside bare inserts of the same rows.
///
/// # Errors
/// The database's.
pub async fn import(world: &World, loaded: &Loaded, table: &mut Table) -> Outcome<()> {
    let Place::Sqlite { dir } = &world.place else {
        return import_beside_postgres(world, loaded, table).await;
    };
    let file = dir.join("guanxi.db");
    let copy = copy_of(&world.dir);
    sqlite::same_tables(&file, &copy)?;
    let floor = bare_inserts(world, &file, &copy)?;
    std::fs::remove_file(&copy)?;
    lines(loaded, floor, table);
    meanwhile(world, loaded, table).await
}

fn lines(loaded: &Loaded, floor: f64, table: &mut Table) {
    let (rate, memory) = (loaded.rate, loaded.memory_mb);
    let (product, bare) = (format!("{rate:.0} rows/s"), format!("{floor:.0} rows/s"));
    table.line("import of contacts", &product, &bare, (rate / floor, ""), Goal::AtLeast(0.35));
    table.line("– its memory", "", "", (memory, " MB"), Goal::AtMost(300.0));
}

async fn meanwhile(world: &World, loaded: &Loaded, table: &mut Table) -> Outcome<()> {
    let idle = paced(world.server.address, get("/api/v1/accounts?limit=50", &world.rep));
    tokio::time::sleep(Duration::from_secs(3)).await;
    let idle = idle.stop().await?;
    let words = |p99: f64| format!("p99 {p99:.1} ms");
    let (busy, quiet) = (loaded.meanwhile.p99_ms, idle.p99_ms);
    let ratio = busy / quiet;
    table.line("– a list meanwhile", &words(busy), &words(quiet), (ratio, " ×"), Goal::AtMost(2.0));
    Ok(())
}

/// The schema's object for contacts gives the words of each row, made before the time is taken.
fn bare_inserts(world: &World, file: &std::path::Path, copy: &std::path::Path) -> Outcome<f64> {
    let (from, to) = (sqlite::open(file)?, sqlite::open(copy)?);
    let columns = from.prepare("SELECT * FROM contacts LIMIT 0")?.column_count();
    let mut page = from.prepare("SELECT * FROM contacts WHERE id > ?1 ORDER BY id LIMIT ?2")?;
    let (mut after, mut dice) = (vec![0u8], Dice::new(12));
    let (mut took, mut count) = (Duration::ZERO, 0);
    loop {
        let mut rows = page.query((&after, FLOOR_ROWS as i64))?;
        let mut batch: Vec<(Vec<Value>, String)> = Vec::with_capacity(FLOOR_ROWS);
        while let Some(row) = rows.next()? {
            let cells = (0..columns).map(|index| row.get(index)).collect::<Result<Vec<Value>, _>>();
            let contact = rows::contact(&mut dice, count + batch.len(), world.size);
            batch.push((cells?, words(&contact)));
        }
        let Some((last, _)) = batch.last() else { break };
        if let Value::Blob(id) = &last[0] {
            after = id.clone();
        }
        let began = Instant::now();
        to.execute_batch("BEGIN IMMEDIATE")?;
        for (row, words) in &batch {
            sqlite::insert(&to, row, words)?;
        }
        to.execute_batch("COMMIT")?;
        took += began.elapsed();
        count += batch.len();
    }
    Ok(count as f64 / took.as_secs_f64())
}

/// The words that find a contact, as the product's own declaration makes them.
fn words(contact: &rows::Contact) -> String {
    thread_local! {
        static CONTACT: std::sync::Arc<model::Object> =
            app::schema().object("contact").expect("contacts are declared").clone();
    }
    CONTACT.with(|object| {
        let mut record = model::Record::empty(object);
        let [job, mobile, email, city, _, external] = &contact.rest;
        let fields = ["name", "job_title", "mobile", "email", "city", "external_id"];
        for (field, text) in fields.iter().zip([&contact.name, job, mobile, email, city, external])
        {
            record.set(object, field, text.as_str());
        }
        store::search_words(object, &record)
    })
}

async fn import_beside_postgres(world: &World, loaded: &Loaded, table: &mut Table) -> Outcome<()> {
    let Place::Postgres { dsn, schema } = &world.place else { return Err("a DSN".into()) };
    let client = postgres::connect(dsn, schema).await?;
    // As few round trips as a database has: rows go from table to table within the server.
    client
        .batch_execute(
            "CREATE TABLE bare_contacts (LIKE contacts INCLUDING ALL);
             CREATE TABLE bare_words (LIKE gx_search_doc INCLUDING ALL);",
        )
        .await?;
    let began = Instant::now();
    client
        .batch_execute(
            "INSERT INTO bare_contacts SELECT * FROM contacts;
             INSERT INTO bare_words (object, record_id, words)
               SELECT object, record_id, words FROM gx_search_doc WHERE object = 'contact';",
        )
        .await?;
    let floor = world.size.contacts as f64 / began.elapsed().as_secs_f64();
    client.batch_execute("DROP TABLE bare_contacts; DROP TABLE bare_words").await?;
    lines(loaded, floor, table);
    meanwhile(world, loaded, table).await
}

/// All contacts as CSV, beside a bare SELECT written as CSV.
///
/// # Errors
/// The database's.
pub async fn export(bench: &mut Bench<'_>) -> Outcome<()> {
    let world = bench.world;
    let mut connection = Connection::open(world.server.address).await?;
    let fields: Vec<&str> = crate::floor::FIELDS.split(',').collect();
    let body = json!({"object": "contact", "format": "csv", "fields": fields}).to_string();
    let began = Instant::now();
    let export = connection.ask(&post("/api/v1/exports", &world.admin, &body)).await?;
    let export: Json = serde_json::from_slice(&export.body)?;
    let id = export["id"].as_str().ok_or_else(|| format!("no export: {export}"))?;
    let rows = loop {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let answer = connection.ask(&get(&format!("/api/v1/exports/{id}"), &world.admin)).await?;
        let state: Json = serde_json::from_slice(&answer.body)?;
        match state["status"].as_str() {
            Some("waiting" | "running") => {}
            Some("done") => break state["rows_done"].as_f64().unwrap_or(0.0),
            _ => return Err(format!("{state}").into()),
        }
    };
    let product = rows / began.elapsed().as_secs_f64();
    let to = world.dir.join("bare.csv");
    let floor = match &world.place {
        Place::Sqlite { dir } => bare_csv(&dir.join("guanxi.db"), &to)?,
        Place::Postgres { dsn, schema } => bare_copy(dsn, schema).await?,
    };
    let (shown, bare) = (format!("{product:.0} rows/s"), format!("{floor:.0} rows/s"));
    bench.table.line(
        "export of contacts",
        &shown,
        &bare,
        (product / floor, ""),
        Goal::AtLeast(0.5),
    );
    bench.costs.push(("export, 1,000 rows".to_owned(), 1e6 / product));
    Ok(())
}

fn bare_csv(file: &std::path::Path, to: &std::path::Path) -> Outcome<f64> {
    let connection = sqlite::open(file)?;
    let began = Instant::now();
    let mut to = BufWriter::new(File::create(to)?);
    let mut statement = connection.prepare(crate::floor::LIST)?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        for index in 0..columns {
            match row.get_ref(index)? {
                rusqlite::types::ValueRef::Integer(number) => write!(to, "{number},")?,
                rusqlite::types::ValueRef::Text(text) => {
                    to.write_all(text)?;
                    to.write_all(b",")?;
                }
                _ => to.write_all(b",")?,
            }
        }
        to.write_all(b"\n")?;
        count += 1;
    }
    to.flush()?;
    Ok(f64::from(count) / began.elapsed().as_secs_f64())
}

async fn bare_copy(dsn: &str, schema: &str) -> Outcome<f64> {
    let client = postgres::connect(dsn, schema).await?;
    let began = Instant::now();
    // The server writes the texts; nothing crosses to the client but the count.
    let text = format!("SELECT COUNT(x::text) FROM ({}) x", crate::floor::LIST);
    let count: i64 = client.query_one(&text, &[]).await?.get(0);
    Ok(count as f64 / began.elapsed().as_secs_f64())
}
