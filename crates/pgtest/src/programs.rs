//! Where PostgreSQL's programs are on this machine. It runs none but `postgres --version`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Error;

const MAJOR_MIN: u32 = 15;

/// The directory with `initdb`, `pg_ctl` and `postgres` of the newest version installed.
pub fn directory() -> Result<PathBuf, Error> {
    let found = debian_directories().into_iter().chain(path_directories());
    let newest = found
        .filter(|directory| is_complete(directory))
        .filter_map(|directory| Some((major(&directory)?, directory)))
        .max_by_key(|(major, _)| *major);
    match newest {
        None => Err(Error::NotInstalled),
        Some((major, path)) if major < MAJOR_MIN => Err(Error::TooOld { path, major }),
        Some((_, path)) => Ok(path),
    }
}

/// Debian keeps the server's programs off PATH, one directory for each major version.
fn debian_directories() -> Vec<PathBuf> {
    let Ok(versions) = std::fs::read_dir("/usr/lib/postgresql") else { return Vec::new() };
    versions.flatten().map(|version| version.path().join("bin")).collect()
}

fn path_directories() -> Vec<PathBuf> {
    std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default()
}

fn is_complete(directory: &Path) -> bool {
    ["initdb", "pg_ctl", "postgres"].iter().all(|name| directory.join(name).is_file())
}

/// The major version, from a line like `postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)`.
fn major(directory: &Path) -> Option<u32> {
    let output = Command::new(directory.join("postgres")).arg("--version").output().ok()?;
    major_in(&String::from_utf8_lossy(&output.stdout))
}

fn major_in(line: &str) -> Option<u32> {
    let version = line.split_once("(PostgreSQL) ")?.1;
    version.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_postgres_prints() {
        assert_eq!(major_in("postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)\n"), Some(15));
        assert_eq!(major_in("postgres (PostgreSQL) 18beta2\n"), Some(18));
        assert_eq!(major_in("postgres: command not found"), None);
    }
}
