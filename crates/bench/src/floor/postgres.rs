//! The floor on PostgreSQL: some connections in turn, prepared statements, one transaction a write.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Row, Statement};
use uuid::Uuid;

use super::{BOARD, Contact, LIST, Link, ORDER, Page, instant};
use crate::Outcome;

/// Connections in turn; requests share them.
const CONNECTIONS: usize = 8;

struct Lane {
    client: Client,
    list: Statement,
    board: Statement,
    insert: Statement,
}

struct Lanes {
    all: Vec<Lane>,
    next: AtomicUsize,
}

impl Lanes {
    fn take(&self) -> &Lane {
        &self.all[self.next.fetch_add(1, Ordering::Relaxed) % self.all.len()]
    }
}

/// A connection whose names are found in `schema`.
///
/// # Errors
/// The server's.
pub async fn connect(dsn: &str, schema: &str) -> Outcome<Client> {
    let (client, connection) = tokio_postgres::connect(dsn, NoTls).await?;
    tokio::spawn(connection);
    client.batch_execute(&format!("SET search_path TO \"{schema}\"")).await?;
    Ok(client)
}

/// Serves the floor over `schema` for reads and `copy`, a schema with the same tables, for writes.
///
/// # Errors
/// The server's.
pub fn serve(dsn: String, schema: String, copy: String) -> Outcome<()> {
    super::serve(async move {
        let mut all = Vec::new();
        for _ in 0..CONNECTIONS {
            let client = connect(&dsn, &schema).await?;
            let list = client.prepare(&format!("{LIST}{ORDER}")).await?;
            let board = client.prepare(BOARD).await?;
            let insert = client.prepare(&insert_text(&client, &copy).await?).await?;
            all.push(Lane { client, list, board, insert });
        }
        let lanes = Arc::new(Lanes { all, next: AtomicUsize::new(0) });
        Ok(Router::new()
            .route("/contacts", get(list))
            .route("/contacts", post(create))
            .route("/board", get(board))
            .with_state(lanes))
    })
}

/// The statement that inserts a whole contact from texts, and its words: one commit.
///
/// # Errors
/// The server's.
pub async fn insert_text(client: &Client, schema: &str) -> Outcome<String> {
    let rows = client
        .query(
            "SELECT column_name, udt_name FROM information_schema.columns WHERE table_schema = $1 \
             AND table_name = 'contacts' ORDER BY ordinal_position",
            &[&schema],
        )
        .await?;
    let of = |(index, row): (usize, &Row)| {
        let kind: String = row.get(1);
        match kind.as_str() {
            "bytea" => format!("decode(${}::text, 'hex')", index + 1),
            kind => format!("${}::text::{kind}", index + 1),
        }
    };
    let values: Vec<String> = rows.iter().enumerate().map(of).collect();
    let words = rows.len() + 1;
    Ok(format!(
        "WITH row AS (INSERT INTO \"{schema}\".contacts VALUES ({})) \
         INSERT INTO \"{schema}\".gx_search_doc (object, record_id, words) \
         VALUES ('contact', $1::text::uuid, array_to_tsvector(string_to_array(${words}, ' ')))",
        values.join(", ")
    ))
}

fn contact(row: &Row) -> Outcome<Contact> {
    let link = |index: usize| {
        let id: Option<Uuid> = row.get(index);
        id.map(|id| Link { id: id.to_string(), title: row.get(index + 1) })
    };
    Ok(Contact {
        id: row.get::<_, Uuid>(0).to_string(),
        version: row.get(1),
        name: row.get(2),
        account: link(3),
        job_title: row.get(5),
        mobile: row.get(6),
        email: row.get(7),
        city: row.get(8),
        decision_role: row.get(9),
        last_contact_at: row.get::<_, Option<i64>>(10).map(instant).transpose()?,
        owner: link(11),
        updated_at: instant(row.get(13))?,
    })
}

async fn list(State(lanes): State<Arc<Lanes>>) -> impl IntoResponse {
    let lane = lanes.take();
    let page = async {
        let rows = lane.client.query(&lane.list, &[]).await?;
        let mut items = rows.iter().map(contact).collect::<Outcome<Vec<Contact>>>()?;
        items.truncate(50);
        Ok(serde_json::to_string(&Page { items, next: Some("x".repeat(80)) })?)
    };
    json(page.await)
}

async fn board(State(lanes): State<Arc<Lanes>>) -> impl IntoResponse {
    let lane = lanes.take();
    let groups = async {
        let rows = lane.client.query(&lane.board, &[]).await?;
        let group = |row: &Row| -> (Option<Uuid>, Option<Uuid>, i64, i64) {
            (row.get(0), row.get(1), row.get(2), row.get(3))
        };
        let groups: Vec<_> = rows.iter().map(group).collect();
        Ok(serde_json::to_string(&groups)?)
    };
    json(groups.await)
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

#[derive(serde::Deserialize)]
struct Given {
    row: Vec<Option<String>>,
    words: String,
}

/// Inserts the row of a body `{"row": [text or null, …], "words": "…"}`; answers when it is on the disk.
async fn create(State(lanes): State<Arc<Lanes>>, body: String) -> StatusCode {
    let Ok(mut given) = serde_json::from_str::<Given>(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    given.row[0] = Some(Uuid::now_v7().to_string());
    let lane = lanes.take();
    let mut cells: Vec<&(dyn ToSql + Sync)> = given.row.iter().map(|cell| cell as _).collect();
    cells.push(&given.words);
    match lane.client.execute(&lane.insert, &cells).await {
        Ok(_) => StatusCode::CREATED,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
