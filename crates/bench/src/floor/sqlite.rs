//! The floor on SQLite: a connection a thread for reads, a writer that groups what waits into one commit.

use std::cell::OnceCell;
use std::path::PathBuf;
use std::thread;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use crossbeam_channel::{Receiver, Sender, bounded};
use rusqlite::{Connection, Row, params_from_iter, types::Value};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::{BOARD, Contact, LIST, Link, ORDER, Page, instant};
use crate::Outcome;

/// Writes that share one commit, as in the product.
const GROUP_WRITES_MAX: usize = 64;

thread_local! {
    static READER: OnceCell<Connection> = const { OnceCell::new() };
}

struct Write {
    row: Vec<Value>,
    words: String,
    done: oneshot::Sender<()>,
}

#[derive(Clone)]
struct Floor {
    file: PathBuf,
    insert: Sender<Write>,
}

/// Serves the floor over `file` for reads and `copy`, a file with the same tables, for writes.
///
/// # Errors
/// The files cannot be opened.
pub fn serve(file: PathBuf, copy: PathBuf) -> Outcome<()> {
    super::serve(async move {
        let (insert, waiting) = bounded(4_096);
        let writer = open(&copy)?;
        thread::spawn(move || write_loop(&writer, &waiting));
        Ok(Router::new()
            .route("/contacts", get(list))
            .route("/contacts", post(create))
            .route("/board", get(board))
            .with_state(Floor { file, insert }))
    })
}

/// A connection set up as the product's.
///
/// # Errors
/// The file cannot be opened.
pub fn open(file: &std::path::Path) -> Outcome<Connection> {
    let connection = Connection::open(file)?;
    connection.set_prepared_statement_cache_capacity(256);
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 8_000)?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.pragma_update(None, "mmap_size", 1_073_741_824i64)?;
    Ok(connection)
}

fn with_reader<T>(floor: &Floor, work: impl FnOnce(&Connection) -> Outcome<T>) -> Outcome<T> {
    READER.with(|cell| {
        if cell.get().is_none() {
            let _ = cell.set(open(&floor.file)?);
        }
        work(cell.get().expect("it was set just now"))
    })
}

fn text(row: &Row, index: usize) -> rusqlite::Result<Option<String>> {
    row.get(index)
}

fn link(row: &Row, index: usize) -> rusqlite::Result<Option<Link>> {
    let id: Option<Vec<u8>> = row.get(index)?;
    let id = id.and_then(|id| Uuid::from_slice(&id).ok());
    Ok(id.map(|id| Link { id: id.to_string(), title: row.get(index + 1).ok().flatten() }))
}

fn contact(row: &Row) -> Outcome<Contact> {
    let id: Vec<u8> = row.get(0)?;
    let last: Option<i64> = row.get(10)?;
    Ok(Contact {
        id: Uuid::from_slice(&id)?.to_string(),
        version: row.get(1)?,
        name: text(row, 2)?,
        account: link(row, 3)?,
        job_title: text(row, 5)?,
        mobile: text(row, 6)?,
        email: text(row, 7)?,
        city: text(row, 8)?,
        decision_role: text(row, 9)?,
        last_contact_at: last.map(instant).transpose()?,
        owner: link(row, 11)?,
        updated_at: instant(row.get(13)?)?,
    })
}

async fn list(State(floor): State<Floor>) -> impl IntoResponse {
    let page = with_reader(&floor, |connection| {
        let mut statement = connection.prepare_cached(&format!("{LIST}{ORDER}"))?;
        let mut rows = statement.query([])?;
        let mut items = Vec::with_capacity(51);
        while let Some(row) = rows.next()? {
            items.push(contact(row)?);
        }
        items.truncate(50);
        Ok(serde_json::to_string(&Page { items, next: Some("x".repeat(80)) })?)
    });
    json(page)
}

async fn board(State(floor): State<Floor>) -> impl IntoResponse {
    let board = with_reader(&floor, |connection| {
        let mut statement = connection.prepare_cached(BOARD)?;
        let mut rows = statement.query([])?;
        let mut groups = Vec::new();
        while let Some(row) = rows.next()? {
            let (owner, stage): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get(0)?, row.get(1)?);
            let id = |id: Option<Vec<u8>>| id.and_then(|id| Uuid::from_slice(&id).ok());
            let (count, sum): (i64, i64) = (row.get(2)?, row.get(3)?);
            groups.push((id(owner), id(stage), count, sum));
        }
        Ok(serde_json::to_string(&groups)?)
    });
    json(board)
}

fn json(body: Outcome<String>) -> impl IntoResponse {
    match body {
        Ok(body) => (StatusCode::OK, [(header::CONTENT_TYPE, "application/json")], body),
        Err(error) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            [(header::CONTENT_TYPE, "text/plain")],
            error.to_string(),
        ),
    }
}

/// Inserts the row of a body `{"row": […], "words": "…"}`; answers when it is on the disk.
async fn create(State(floor): State<Floor>, body: String) -> StatusCode {
    let Ok(Given { row, words }) = serde_json::from_str::<Given>(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    let mut row: Vec<Value> = row.into_iter().map(value).collect();
    row[0] = Value::Blob(Uuid::now_v7().as_bytes().to_vec());
    let (done, wait) = oneshot::channel();
    let sent = floor.insert.send(Write { row, words, done });
    match (sent, wait.await) {
        (Ok(()), Ok(())) => StatusCode::CREATED,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[derive(serde::Deserialize)]
struct Given {
    row: Vec<serde_json::Value>,
    words: String,
}

/// `{"x": "hex"}` stands for bytes.
fn value(json: serde_json::Value) -> Value {
    match json {
        serde_json::Value::Number(number) => Value::Integer(number.as_i64().unwrap_or(0)),
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Object(bytes) => {
            let hex = bytes.get("x").and_then(|hex| hex.as_str()).unwrap_or("");
            let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap_or(0);
            Value::Blob((0..hex.len() / 2).map(|n| byte(2 * n)).collect())
        }
        _ => Value::Null,
    }
}

fn write_loop(connection: &Connection, waiting: &Receiver<Write>) {
    while let Ok(first) = waiting.recv() {
        let mut done = Vec::new();
        let mut next = Some(first);
        let _ = connection.execute_batch("BEGIN IMMEDIATE");
        while let Some(write) = next.take() {
            if insert(connection, &write.row, &write.words).is_ok() {
                done.push(write.done);
            }
            if done.len() < GROUP_WRITES_MAX {
                next = waiting.try_recv().ok();
            }
        }
        if connection.execute_batch("COMMIT").is_ok() {
            for done in done {
                let _ = done.send(());
            }
        }
    }
}

/// One row with its words, as cheaply as SQLite does it.
///
/// # Errors
/// SQLite's.
pub fn insert(connection: &Connection, row: &[Value], words: &str) -> rusqlite::Result<()> {
    thread_local! {
        static TEXT: OnceCell<String> = const { OnceCell::new() };
    }
    let marks = vec!["?"; row.len()].join(",");
    TEXT.with(|text| {
        let text = text.get_or_init(|| format!("INSERT INTO contacts VALUES ({marks})"));
        connection.prepare_cached(text)?.execute(params_from_iter(row))
    })?;
    connection
        .prepare_cached("INSERT INTO gx_search_doc (object, record_id) VALUES ('contact', ?1)")?
        .execute([&row[0]])?;
    connection
        .prepare_cached("INSERT INTO gx_search (rowid, words) VALUES (last_insert_rowid(), ?1)")?
        .execute([words])?;
    Ok(())
}

/// Makes `to` a file with the tables and indexes of contacts and of the search in `from`, and nothing in them.
///
/// # Errors
/// SQLite's.
pub fn same_tables(from: &std::path::Path, to: &std::path::Path) -> Outcome<()> {
    let (from, to) = (open(from)?, open(to)?);
    let mut statement = from.prepare(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name IN ('contacts', 'gx_search_doc', 'gx_search') \
         AND name NOT LIKE 'sqlite_%' ORDER BY type DESC",
    )?;
    let all: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for sql in all {
        to.execute_batch(&sql)?;
    }
    Ok(())
}

/// The first `limit` contacts as they lie in the table.
///
/// # Errors
/// SQLite's.
pub fn contact_rows(file: &std::path::Path, limit: usize) -> Outcome<Vec<Vec<Value>>> {
    let connection = open(file)?;
    let mut statement = connection.prepare("SELECT * FROM contacts LIMIT ?1")?;
    let columns = statement.column_count();
    let mut rows = statement.query([limit as i64])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push((0..columns).map(|index| row.get(index)).collect::<Result<Vec<Value>, _>>()?);
    }
    Ok(all)
}
