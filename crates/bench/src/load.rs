//! Requests over keep-alive connections: as many as they answer, and how long each took. HTTP/1.1 by hand, so that
//! the client costs little of the two cores it shares with the server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Outcome;
use crate::child::Server;

/// One connection.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
}

/// What a server answered.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// The network's.
    pub async fn open(address: SocketAddr) -> Outcome<Connection> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Connection { stream, buffer: vec![0; 1 << 20], filled: 0 })
    }

    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// The network's; an answer without a length.
    pub async fn ask(&mut self, request: &[u8]) -> Outcome<Answer> {
        self.stream.write_all(request).await?;
        loop {
            let read = self.stream.read(&mut self.buffer[self.filled..]).await?;
            if read == 0 {
                return Err("the server closed the connection".into());
            }
            self.filled += read;
            let Some(head) = find(&self.buffer[..self.filled], b"\r\n\r\n") else { continue };
            let words = std::str::from_utf8(&self.buffer[..head])?;
            let status = words.get(9..12).ok_or("no status")?.parse()?;
            let mut headers = words.lines().filter_map(|line| line.split_once(": "));
            let length = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            let length = length.map_or(Ok(0), |(_, length)| length.parse::<usize>())?;
            let end = head + 4 + length;
            if end > self.buffer.len() {
                self.buffer.resize(end, 0);
            }
            if self.filled < end {
                continue;
            }
            let body = self.buffer[head + 4..end].to_vec();
            self.filled = 0;
            return Ok(Answer { status, body });
        }
    }
}

fn find(all: &[u8], what: &[u8]) -> Option<usize> {
    all.windows(what.len()).position(|window| window == what)
}

/// A GET as somebody, with these headers.
pub fn get(path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n").into_bytes()
}

/// A POST of JSON as somebody, with these headers.
pub fn post(path: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Content-Type: application/json\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// What a run of requests came to.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// Answers a second.
    pub rate: f64,
    /// Milliseconds of the server's processor time an answer.
    pub cpu_ms: f64,
    /// Milliseconds, half of the answers took less.
    pub p50_ms: f64,
    /// Milliseconds, 99 of 100 answers took less.
    pub p99_ms: f64,
}

/// Sends what `make` makes (connection, number) over `connections` for `time`.
///
/// # Errors
/// The network's; an answer that is not 2xx.
pub async fn run<M>(
    server: &Server,
    connections: usize,
    time: Duration,
    make: M,
) -> Outcome<Figures>
where
    M: Fn(usize, usize) -> Vec<u8> + Send + Sync + 'static,
{
    let make = Arc::new(make);
    // A first answer each, so that what is made once is made before.
    let mut warm = Connection::open(server.address).await?;
    warm.ask(&make(connections, 0)).await?;
    let (cpu, began) = (server.cpu_seconds(), Instant::now());
    let mut tasks = Vec::new();
    for number in 0..connections {
        let (make, address) = (make.clone(), server.address);
        tasks.push(tokio::spawn(async move {
            let run = async {
                let mut connection = Connection::open(address).await?;
                let mut took = Vec::new();
                while began.elapsed() < time {
                    let request = make(number, took.len());
                    let sent = Instant::now();
                    let answer = connection.ask(&request).await?;
                    took.push(sent.elapsed().as_secs_f64() * 1e3);
                    if !(200..300).contains(&answer.status) {
                        let body = String::from_utf8_lossy(&answer.body).into_owned();
                        return Err(format!("{}: {body}", answer.status).into());
                    }
                }
                Outcome::Ok(took)
            };
            run.await.map_err(|error| error.to_string())
        }));
    }
    let mut took = Vec::new();
    for task in tasks {
        took.extend(task.await??);
    }
    let (seconds, count) = (began.elapsed().as_secs_f64(), took.len());
    let cpu = server.cpu_seconds() - cpu;
    took.sort_by(f64::total_cmp);
    let at = |part: f64| took.get((count as f64 * part) as usize).copied().unwrap_or(0.0);
    Ok(Figures {
        rate: count as f64 / seconds,
        cpu_ms: cpu * 1e3 / count.max(1) as f64,
        p50_ms: at(0.5),
        p99_ms: at(0.99),
    })
}

/// Milliseconds between two requests of somebody who only looks.
const PACE: Duration = Duration::from_millis(20);

/// Somebody who asks for one thing again and again, unhurried.
pub struct Paced {
    stop: tokio::sync::oneshot::Sender<()>,
    task: tokio::task::JoinHandle<Result<Vec<f64>, String>>,
}

/// Asks for one thing again and again until stopped.
pub fn paced(address: SocketAddr, request: Vec<u8>) -> Paced {
    let (stop, mut stopped) = tokio::sync::oneshot::channel();
    let run = async move {
        let mut connection = Connection::open(address).await?;
        let mut took = Vec::new();
        while stopped.try_recv().is_err() {
            let sent = Instant::now();
            let answer = connection.ask(&request).await?;
            if answer.status != 200 {
                return Err(format!("{}", answer.status).into());
            }
            took.push(sent.elapsed().as_secs_f64() * 1e3);
            tokio::time::sleep(PACE).await;
        }
        Outcome::Ok(took)
    };
    let task = tokio::spawn(async move { run.await.map_err(|error| error.to_string()) });
    Paced { stop, task }
}

impl Paced {
    /// Stops asking; how long answers took.
    ///
    /// # Errors
    /// The network's.
    pub async fn stop(self) -> Outcome<Figures> {
        let _ = self.stop.send(());
        let mut took = self.task.await??;
        took.sort_by(f64::total_cmp);
        let at = |part: f64| took.get((took.len() as f64 * part) as usize).copied().unwrap_or(0.0);
        Ok(Figures { p50_ms: at(0.5), p99_ms: at(0.99), ..Figures::default() })
    }
}
