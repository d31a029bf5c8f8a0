//! `guanxi serve`: opens the workspaces, says where they are, serves until told to stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{Context, Failed};
use crate::hosting::Hosting;
use crate::listening;
use crate::router::{host_router, router};

/// Longest wait for requests under way when told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// What `serve` takes.
#[derive(Args)]
pub struct Serve {
    /// The address to listen at, such as 0.0.0.0:8420.
    #[arg(long, env = "GUANXI_LISTEN")]
    listen: Option<SocketAddr>,
    /// The address people use, such as <https://crm.example.com>.
    #[arg(long, env = "GUANXI_PUBLIC_URL")]
    public_url: Option<String>,
}

/// Serves until told to stop.
///
/// # Errors
/// A port in use, a workspace that cannot be opened: what is wrong and how to mend it.
pub async fn run(mut context: Context, serve: Serve) -> Result<(), Failed> {
    start_log();
    if let Some(listen) = serve.listen {
        context.config.listen = listen;
    }
    context.config.public_url = serve.public_url.or(context.config.public_url);
    let hosting = Arc::new(Hosting::open(context.config).await?);
    listen(hosting).await
}

/// Starts the log on standard error; `GUANXI_LOG` says how much, `GUANXI_LOG_FORMAT=json` one object a line.
pub fn start_log() {
    let words = std::env::var("GUANXI_LOG").unwrap_or_else(|_| "warn".to_owned());
    let level = crate::log::filter(&words);
    let log = tracing_subscriber::fmt().with_env_filter(level).with_writer(std::io::stderr);
    // Starting it twice in one process is no harm.
    let _ = match std::env::var("GUANXI_LOG_FORMAT").as_deref() {
        Ok("json") => log.json().flatten_event(true).try_init(),
        _ => log.try_init(),
    };
}

/// Listens, says where, and serves until told to stop.
///
/// # Errors
/// The address cannot be listened at.
pub async fn listen(hosting: Arc<Hosting>) -> Result<(), Failed> {
    let address = hosting.config.listen;
    let listener = TcpListener::bind(address).await.map_err(|error| {
        Failed::because(format!(
            "cannot listen at {address}: {error}; choose another with --listen"
        ))
    })?;
    let address = listener.local_addr().map_err(Failed::because)?;
    let public = hosting.config.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    eprintln!("Guanxi serves at {public}");
    for (name, token) in &hosting.setup_tokens {
        let path =
            if hosting.config.workspaces.len() > 1 { format!("/w/{name}") } else { String::new() };
        eprintln!("Set up workspace “{name}”: {public}{path}/setup?token={token}");
    }
    let (stop, mut stopped) = watch::channel(false);
    tokio::spawn(async move {
        wait_for_signal().await;
        let _ = stop.send(true);
    });
    tokio::spawn(follow_config(hosting.clone()));
    if let Some(address) = hosting.config.metrics {
        let listener = TcpListener::bind(address).await.map_err(|error| {
            Failed::because(format!("cannot give metrics at {address}: {error}"))
        })?;
        let (limits, told) = (hosting.config.limits.clone(), stopped.clone());
        let app = host_router(hosting.clone());
        tokio::spawn(async move { listening::serve(listener, app, &limits, told).await });
    }
    let limits = hosting.config.limits.clone();
    let server = listening::serve(listener, router(hosting), &limits, stopped.clone());
    tokio::pin!(server);
    tokio::select! {
        () = &mut server => return Ok(()),
        _ = stopped.wait_for(|stop| *stop) => {}
    }
    // Live updates never end by themselves: those that are left are cut.
    let _ = tokio::time::timeout(GRACE, server).await;
    Ok(())
}

/// Reads the configuration again at each SIGHUP, and moves the workspaces that it places elsewhere.
async fn follow_config(hosting: Arc<Hosting>) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut hang_up) = signal(SignalKind::hangup()) else { return };
    while hang_up.recv().await.is_some() {
        let config = match hosting.config.again() {
            Ok(config) => config,
            Err(words) => {
                eprintln!("The configuration stays as it was: {words}");
                continue;
            }
        };
        for (name, moved) in hosting.replace(&config).await {
            match moved {
                Ok(left) => {
                    eprintln!("Workspace “{name}” has moved; what was there is called {left}.")
                }
                Err(error) => eprintln!("Workspace “{name}” stays where it was: {error}"),
            }
        }
    }
}

async fn wait_for_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
