//! What can go wrong while a cluster is started or stopped, each with what to do about it.

use std::path::PathBuf;

/// Why there is no cluster.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No `initdb`, `pg_ctl` and `postgres` were found together in one directory.
    #[error(
        "PostgreSQL is not installed: no initdb, pg_ctl and postgres in /usr/lib/postgresql/*/bin \
         or on PATH. On Debian: apt-get install postgresql-15"
    )]
    NotInstalled,

    /// The newest version found cannot make the clusters the tests need.
    #[error(
        "{path} is PostgreSQL {major}, 15 or newer is needed. On Debian: apt-get install postgresql-15"
    )]
    TooOld { path: PathBuf, major: u32 },

    /// Run as root, which PostgreSQL refuses, on a machine without a user to run it as.
    #[error(
        "PostgreSQL does not run as root, and there is neither a user `postgres` nor `nobody` to \
         run it as. Run the tests as an ordinary user, or: apt-get install postgresql-15"
    )]
    NoPlainUser,

    /// Neither the temporary directory nor `/tmp` can hold a cluster.
    #[error(
        "no directory for the cluster: {tried} must be writable, reachable by the user PostgreSQL \
         runs as, and short enough for a socket's path. Set TMPDIR to such a directory"
    )]
    NoDirectory { tried: String },

    /// A program of PostgreSQL ended with an error.
    #[error("{program} failed: {output}")]
    Program { program: &'static str, output: String },

    /// The cluster was named by the environment; it is not ours to stop or start.
    #[error("this server was given by {}, it is not stopped or started here", crate::SHARED_DSN)]
    NotOurs,

    /// The system refused a file or a process.
    #[error("{doing}: {source}")]
    System {
        doing: &'static str,
        #[source]
        source: std::io::Error,
    },
}

impl Error {
    /// For `map_err`: the system's error together with what was being done.
    pub(crate) fn system(doing: &'static str) -> impl FnOnce(std::io::Error) -> Error {
        move |source| Error::System { doing, source }
    }
}
