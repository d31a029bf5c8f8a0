//! The program behind a socket of this machine, as `guanxi serve` puts it there: for what only shows on the wire.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use server::hosting::Hosting;
use server::router::router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::client::Client;

/// Longest wait for an answer.
const COMES: Duration = Duration::from_secs(30);

/// A served program; it stops when this is dropped.
pub struct Served {
    pub address: SocketAddr,
    _stop: watch::Sender<bool>,
}

impl Served {
    pub async fn of(hosting: &Arc<Hosting>) -> Served {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = watch::channel(false);
        let (app, limits) = (router(hosting.clone()), hosting.config.limits.clone());
        tokio::spawn(async move {
            server::listening::serve(listener, app, &limits, stopped).await;
        });
        Served { address, _stop: stop }
    }

    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    /// What comes back on a new connection until the other side closes it.
    pub async fn say(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect().await;
        // The other side may have had enough before the end.
        let _ = stream.write_all(bytes).await;
        rest(&mut stream).await
    }

    /// The status of a plain request of its own.
    pub async fn status(&self, path: &str) -> u16 {
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        status(&self.say(request.as_bytes()).await)
    }
}

/// What else comes until the other side closes.
pub async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(COMES, stream.read_to_end(&mut bytes)).await;
    // A connection that is cut is closed, too.
    let _ = read.expect("the other side closes in time");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The status of the first answer; 0 when there is none.
pub fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// The head of a request of this client, without its last empty line.
pub fn head(client: &Client, method: &str, path: &str) -> String {
    format!(
        "{method} /api/v1{path} HTTP/1.1\r\nhost: localhost\r\ncookie: {}\r\nx-csrf-token: {}\r\n",
        client.cookie.as_deref().unwrap_or(""),
        client.csrf.as_deref().unwrap_or("")
    )
}
