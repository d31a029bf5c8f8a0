//! What goes into the log: as much as the host asks for, but never what statements hold.

use tracing_subscriber::EnvFilter;

/// How much is logged by the words of `GUANXI_LOG`. PostgreSQL's driver writes the values of every statement at its
/// chattier levels: it is heard only when something is wrong.
pub fn filter(words: &str) -> EnvFilter {
    let level = EnvFilter::try_new(words).unwrap_or_else(|_| EnvFilter::new("warn"));
    let quiet = "tokio_postgres=warn".parse().expect("it is written as directives are");
    level.add_directive(quiet)
}
