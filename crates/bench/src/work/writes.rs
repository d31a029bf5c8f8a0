//! Single creates, durable, under sixteen writers.

use std::time::Instant;

use serde_json::json;

use super::{Bench, CONNECTIONS, TIME, is_sqlite};
use crate::Outcome;
use crate::floor::{postgres, sqlite};
use crate::load::{post, run};
use crate::table::Goal;
use store::Place;

/// Contacts one by one, beside bare inserts one by one.
///
/// # Errors
/// The network's.
pub async fn create(bench: &mut Bench<'_>) -> Outcome<()> {
    let account = first_account(bench).await?;
    let (headers, owner) = (bench.world.rep.clone(), bench.world.rep_id.clone());
    let make = move |connection: usize, number: usize| {
        let body = json!({"name": format!("王小明 {connection} {number}"), "account": account, "owner": owner,
                          "mobile": "+8613800138000", "email": "w@example.org", "city": "上海"});
        post("/api/v1/contacts", &headers, &body.to_string())
    };
    let product = run(&bench.world.server, CONNECTIONS, TIME, make).await?;
    let body = floor_body(bench).await?;
    let made = Instant::now();
    let floor = run(bench.floor, CONNECTIONS, TIME, move |connection, number| {
        // The external id is unique.
        let own = format!("F{connection}-{number}-{}", made.elapsed().as_nanos());
        post("/contacts", "", &body.replace("\"@external\"", &format!("\"{own}\"")))
    });
    let floor = floor.await?;
    let shown = |figures: &crate::load::Figures| {
        format!("{:.0}/s, {:.3} ms CPU, p99 {:.1} ms", figures.rate, figures.cpu_ms, figures.p99_ms)
    };
    let ratio = product.rate / floor.rate;
    bench.table.line(
        "create, 16 writers",
        &shown(&product),
        &shown(&floor),
        (ratio, ""),
        Goal::AtLeast(0.4),
    );
    bench.costs.push(("create".to_owned(), product.cpu_ms));
    Ok(())
}

async fn first_account(bench: &Bench<'_>) -> Outcome<String> {
    let mut connection = crate::load::Connection::open(bench.world.server.address).await?;
    let request = crate::load::get("/api/v1/accounts?limit=1&fields=id", &bench.world.rep);
    let answer: serde_json::Value = serde_json::from_slice(&connection.ask(&request).await?.body)?;
    Ok(answer["items"][0]["id"].as_str().ok_or("no account")?.to_owned())
}

/// A contact as it lies in the table, with the words that find one like it.
async fn floor_body(bench: &Bench<'_>) -> Outcome<String> {
    let words = "王小 小明 wang xiao ming wxm wangxiaoming 13800138000 0138000 8000 w@example.org zqx0contact";
    if is_sqlite(bench.world) {
        let Place::Sqlite { dir } = &bench.world.place else { return Err("a directory".into()) };
        let row = sqlite::contact_rows(&dir.join("guanxi.db"), 1)?.pop().ok_or("no contact")?;
        let cell = |value: &rusqlite::types::Value| match value {
            rusqlite::types::Value::Integer(number) => json!(number),
            rusqlite::types::Value::Text(text) if is_external(text) => json!("@external"),
            rusqlite::types::Value::Text(text) => json!(text),
            rusqlite::types::Value::Blob(bytes) => json!({"x": hex(bytes)}),
            _ => json!(null),
        };
        let row: Vec<_> = row.iter().map(cell).collect();
        return Ok(json!({"row": row, "words": words}).to_string());
    }
    let Place::Postgres { dsn, schema } = &bench.world.place else { return Err("a DSN".into()) };
    let client = postgres::connect(dsn, schema).await?;
    let row = client.query_one("SELECT to_json(t)::text FROM contacts t LIMIT 1", &[]).await?;
    let row: serde_json::Map<String, serde_json::Value> = serde_json::from_str(row.get(0))?;
    let cell = |value: &serde_json::Value| match value {
        serde_json::Value::Null => json!(null),
        serde_json::Value::String(text) if is_external(text) => json!("@external"),
        serde_json::Value::String(text) => json!(text.strip_prefix("\\x").unwrap_or(text)),
        other => json!(other.to_string()),
    };
    let row: Vec<_> = row.values().map(cell).collect();
    Ok(json!({"row": row, "words": words}).to_string())
}

fn is_external(text: &str) -> bool {
    text.strip_prefix('C').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
