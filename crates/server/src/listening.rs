//! Listening: connections are taken, held to their limits (headers in time, no endless silence, so many and no more),
//! and let go when the program stops. Only HTTP/1.1: in front of it stands, if any, a proxy.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::Sleep;
use tower::ServiceExt;

use crate::config::Limits;

/// Connections at the same time, where the system allows that many open files.
const CONNECTIONS_MAX: usize = 10_000;
/// Open files that are left for databases, files and the health check.
const FILES_KEPT: usize = 128;
/// Pause after the system had no room for another connection.
const NO_ROOM_PAUSE: Duration = Duration::from_millis(50);
/// Headers of one request.
const HEADERS_MAX: usize = 100;
/// Bytes of a request's head, and what is read ahead of a body.
const HEAD_BYTES_MAX: usize = 64 * 1024;

/// How long one that was taken and has said nothing yet is listened to when the program stops: its request may be on
/// the way.
const FIRST_WORD: Duration = Duration::from_millis(300);

/// What is told to whom there is no room for.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n\
                      Connection: close\r\n\r\n";

/// Serves `app` until `stopped` is told, and then until what is under way has ended.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    limits: &Limits,
    mut stopped: watch::Receiver<bool>,
) {
    let room = Arc::new(Semaphore::new(connections_max()));
    let (ended, all_ended) = watch::channel(());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.wait_for(|stop| *stop) => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) if is_of_one_connection(&error) => continue,
            Err(error) => {
                // No file is free, or no memory: it passes, and who listens must outlive it.
                tracing::warn!(%error, "no connection can be taken");
                tokio::time::sleep(NO_ROOM_PAUSE).await;
                continue;
            }
        };
        let Ok(permit) = room.clone().try_acquire_owned() else {
            tokio::spawn(refuse(stream));
            continue;
        };
        let connection =
            Connection { peer, permit, stopped: stopped.clone(), limits: limits.clone() };
        let (app, held) = (app.clone(), all_ended.clone());
        tokio::spawn(async move {
            connection.serve(stream, app).await;
            drop(held);
        });
    }
    drop(listener);
    drop(all_ended);
    ended.closed().await;
}

/// Errors of a connection that went away before it was taken.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}

/// As many as the system allows files, less those that others need.
fn connections_max() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let files = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    let files = files.unwrap_or(CONNECTIONS_MAX);
    files.saturating_sub(FILES_KEPT).clamp(files / 2, CONNECTIONS_MAX)
}

async fn refuse(mut stream: TcpStream) {
    // Whoever does not even read this gets nothing.
    let _ = tokio::time::timeout(Duration::from_secs(1), stream.write_all(FULL)).await;
}

struct Connection {
    peer: SocketAddr,
    permit: OwnedSemaphorePermit,
    stopped: watch::Receiver<bool>,
    limits: Limits,
}

impl Connection {
    async fn serve(mut self, stream: TcpStream, app: Router) {
        // Small answers are sent at once.
        let _ = stream.set_nodelay(true);
        let silence = Duration::from_secs(self.limits.silence_seconds);
        let heard = Arc::new(AtomicBool::new(false));
        let io = TokioIo::new(Patient { stream, silence, waiting: None, heard: heard.clone() });
        let peer = self.peer;
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            app.clone().oneshot(request)
        });
        let mut builder = http1::Builder::new();
        builder
            .timer(TokioTimer::new())
            .header_read_timeout(Duration::from_secs(self.limits.header_seconds))
            .max_headers(HEADERS_MAX)
            .max_buf_size(HEAD_BYTES_MAX);
        let connection = builder.serve_connection(io, service);
        let mut connection = std::pin::pin!(connection);
        tokio::select! {
            // How a connection ended is its client's affair.
            _ = connection.as_mut() => return,
            _ = self.stopped.wait_for(|stop| *stop) => {}
        }
        if !heard.load(Ordering::Relaxed) {
            // Whom nothing was heard of yet hyper would close without an answer.
            tokio::select! {
                _ = connection.as_mut() => return,
                () = tokio::time::sleep(FIRST_WORD) => {}
            }
        }
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
        drop(self.permit);
    }
}

/// A stream that gives up on a reader who takes nothing for too long.
struct Patient {
    stream: TcpStream,
    /// Whether anything has been read.
    heard: Arc<AtomicBool>,
    silence: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    /// Notes whether a write went on; an error when it has been waiting for too long.
    fn judge<T>(
        &mut self,
        context: &mut Context,
        poll: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if poll.is_ready() {
            self.waiting = None;
            return poll;
        }
        let silence = self.silence;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep(silence)));
        ready!(waiting.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context,
        buffer: &mut ReadBuf,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let poll = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.heard.store(true, Ordering::Relaxed);
        }
        poll
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judge(context, poll)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context,
        bytes: &[io::IoSlice],
    ) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.judge(context, poll)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
        let poll = Pin::new(&mut self.stream).poll_flush(context);
        self.judge(context, poll)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
