//! Throw-away PostgreSQL clusters for tests: started here, gone with the test. Not a client.
//!
//! ```no_run
//! let cluster = pgtest::shared();
//! let schema = cluster.fresh_schema_name();
//! println!("connect to {} and create schema {schema}", cluster.dsn());
//! ```
//!
//! A test that only needs *a* PostgreSQL takes [`shared`] and works in a schema of its own. A test
//! that stops servers, or needs several side by side, starts its own with [`Cluster::start`].

mod cluster;
mod error;
mod keeper;
mod owner;
mod programs;
mod session;

pub use cluster::{Cluster, Options};
pub use error::Error;
pub use session::Session;

use std::sync::OnceLock;

/// The environment variable that names a running server (a DSN) to use instead of starting one.
///
/// A runner that gives each test a process of its own sets it once, so that all share one cluster.
pub const SHARED_DSN: &str = "GUANXI_TEST_PG";

/// The cluster all tests of this process share: the one [`SHARED_DSN`] names, else one started on
/// first use, which ends when the process does, however it ends.
///
/// # Panics
///
/// When no cluster can be started; the message says what to install. A missing server must fail
/// a test, never skip it.
#[track_caller]
pub fn shared() -> &'static Cluster {
    static SHARED: OnceLock<Result<Cluster, Error>> = OnceLock::new();
    match SHARED.get_or_init(given_or_started) {
        Ok(cluster) => cluster,
        Err(error) => panic!("no PostgreSQL to test on: {error}"),
    }
}

/// Whether clusters can be started here, without starting one; the error says what to install.
pub fn installed() -> Result<(), Error> {
    programs::directory().map(|_| ())
}

fn given_or_started() -> Result<Cluster, Error> {
    match std::env::var(SHARED_DSN) {
        Ok(dsn) if !dsn.is_empty() => Ok(Cluster::given(dsn)),
        _ => Cluster::start(),
    }
}
