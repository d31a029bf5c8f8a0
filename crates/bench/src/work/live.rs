//! Live updates: a thousand listeners, one change.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Bench;
use crate::Outcome;
use crate::load::{Connection, get, post};
use crate::table::Goal;

/// Listeners.
const LISTENERS: usize = 1_000;
/// Longest wait for all to be told.
const WAIT: Duration = Duration::from_secs(20);

/// Opens the listeners, makes one change, and waits until each was told of it.
///
/// # Errors
/// The network's.
pub async fn listeners(bench: &mut Bench<'_>) -> Outcome<()> {
    let server = &bench.world.server;
    let before = server.memory_mb();
    let mut open = Vec::new();
    for _ in 0..LISTENERS {
        let mut stream = TcpStream::connect(server.address).await?;
        stream.write_all(&get("/api/v1/events", &bench.world.admin)).await?;
        let mut head = [0u8; 4096];
        let read = stream.read(&mut head).await?;
        if !head[..read].starts_with(b"HTTP/1.1 200") {
            return Err(String::from_utf8_lossy(&head[..read]).into_owned().into());
        }
        open.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    let each_kb = (server.memory_mb() - before) * 1024.0 / LISTENERS as f64;
    let began = Instant::now();
    let told: Vec<_> = open
        .into_iter()
        .map(|mut stream| {
            tokio::spawn(async move {
                let mut said = Vec::new();
                let mut buffer = [0u8; 4096];
                while !said.windows(13).any(|window| window == b"event: change") {
                    let read = stream.read(&mut buffer).await.unwrap_or(0);
                    if read == 0 {
                        return None;
                    }
                    said.extend_from_slice(&buffer[..read]);
                }
                Some(began.elapsed())
            })
        })
        .collect();
    let mut connection = Connection::open(server.address).await?;
    let body = json!({"name": "One change"}).to_string();
    connection.ask(&post("/api/v1/accounts", &bench.world.admin, &body)).await?;
    let mut last = Duration::ZERO;
    for task in told {
        let heard = tokio::time::timeout(WAIT, task).await??;
        last = last.max(heard.ok_or("a listener was cut off")?);
    }
    let seconds = last.as_secs_f64();
    bench.table.line("1,000 listeners, last told", "", "", (seconds, " s"), Goal::AtMost(1.0));
    bench.table.line("– memory a listener", "", "", (each_kb, " KB"), Goal::AtMost(25.0));
    Ok(())
}
