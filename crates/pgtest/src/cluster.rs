//! One PostgreSQL cluster: a data directory, a server on loopback, and a DSN to reach it.

use std::collections::hash_map::RandomState;
use std::fmt::Write;
use std::hash::{BuildHasher, Hasher};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::keeper::Keeper;
use crate::owner::Home;
use crate::{Error, programs};

/// A free port may be taken by somebody else between finding and using it.
const START_ATTEMPTS_MAX: u32 = 4;
const LOG_TAIL_LINES: usize = 20;

/// How a cluster is set up. The default is right for tests of behaviour.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether a commit waits for the disk. Off unless the test is about durability or speed.
    pub fsync: bool,
    pub connections_max: u32,
    /// Further settings of `postgresql.conf`, name and value; a later one wins.
    pub settings: Vec<(String, String)>,
}

impl Default for Options {
    fn default() -> Options {
        Options { fsync: false, connections_max: 200, settings: Vec::new() }
    }
}

/// A running server and the way to reach it. Dropping it stops the server and removes its files.
///
/// Text is compared by the rules of a language (ICU, `en-US`), as on most real servers, so that a
/// query that wants the order of bytes has to say `COLLATE "C"` and is caught here if it does not.
pub struct Cluster {
    dsn: String,
    own: Option<Own>,
}

/// What is ours to stop and remove. The keeper comes first, so that it is dropped first.
struct Own {
    _keeper: Keeper,
    home: Home,
    pg_ctl: PathBuf,
    port: u16,
}

impl Cluster {
    /// Starts a fresh, empty cluster; it takes about two seconds.
    pub fn start() -> Result<Cluster, Error> {
        Cluster::start_with(&Options::default())
    }

    /// Starts a fresh, empty cluster set up as asked.
    pub fn start_with(options: &Options) -> Result<Cluster, Error> {
        let programs = programs::directory()?;
        let pg_ctl = programs.join("pg_ctl");
        let home = Home::create(&format!("guanxi-pg-{}", unique()))?;
        let keeper = Keeper::start(&home, &pg_ctl)?;
        let password = format!("{:016x}", random());
        make_data_directory(&home, &programs.join("initdb"), &password)?;
        let port = start_on_free_port(&home, &pg_ctl, options)?;
        let dsn = format!("postgres://guanxi:{password}@127.0.0.1:{port}/postgres");
        Ok(Cluster { dsn, own: Some(Own { _keeper: keeper, home, pg_ctl, port }) })
    }

    /// A server somebody else started, and will stop.
    pub(crate) fn given(dsn: String) -> Cluster {
        Cluster { dsn, own: None }
    }

    /// How to reach the server, as a superuser: `postgres://user:password@127.0.0.1:port/postgres`.
    pub fn dsn(&self) -> &str {
        &self.dsn
    }

    /// The directory of the server's Unix socket; `None` for a server that was given.
    pub fn socket_directory(&self) -> Option<&Path> {
        self.own.as_ref().map(|own| own.home.path.as_path())
    }

    /// The port on 127.0.0.1 and in the socket's name; `None` for a server that was given.
    pub fn port(&self) -> Option<u16> {
        self.own.as_ref().map(|own| own.port)
    }

    /// A schema name no other test has, in this process or in another on the same server.
    /// The schema does not exist yet; at most 40 bytes of `[a-z0-9_]`, starting with a letter.
    pub fn fresh_schema_name(&self) -> String {
        format!("test_{}", unique())
    }

    /// Stops the server at once, as a crash would: open connections break, and what was not
    /// written is recovered from its log by [`Cluster::resume`].
    pub fn stop(&self) -> Result<(), Error> {
        let own = self.own.as_ref().ok_or(Error::NotOurs)?;
        let mut stop = own.home.command(&own.pg_ctl);
        stop.args(["stop", "-s", "-m", "immediate", "-D"]).arg(own.home.path.join("data"));
        run("pg_ctl stop", &mut stop)
    }

    /// Starts a stopped server again, with its data, on the same port.
    pub fn resume(&self) -> Result<(), Error> {
        let own = self.own.as_ref().ok_or(Error::NotOurs)?;
        start_server(&own.home, &own.pg_ctl, own.port)
    }
}

fn make_data_directory(home: &Home, initdb: &Path, password: &str) -> Result<(), Error> {
    let password_file = home.write("password", password)?;
    let mut command = home.command(initdb);
    command
        .args(["--no-sync", "--encoding=UTF8", "--locale=C", "--username=guanxi"])
        .args(["--locale-provider=icu", "--icu-locale=en-US"])
        // Other users of the machine reach the port too, and a superuser can run programs.
        .args(["--auth=password", "--pwfile"])
        .arg(&password_file)
        .arg("--pgdata")
        .arg(home.path.join("data"));
    run("initdb", &mut command)?;
    std::fs::remove_file(password_file).map_err(Error::system("removing the password file"))
}

fn start_on_free_port(home: &Home, pg_ctl: &Path, options: &Options) -> Result<u16, Error> {
    let mut attempt = 1;
    loop {
        let port = free_port()?;
        home.write("server.conf", &settings(home, port, options))?;
        match start_server(home, pg_ctl, port) {
            Ok(()) => return Ok(port),
            Err(_) if attempt < START_ATTEMPTS_MAX => attempt += 1,
            Err(error) => return Err(error),
        }
    }
}

/// The whole configuration; it stands for `postgresql.conf`, which is left as `initdb` wrote it.
fn settings(home: &Home, port: u16, options: &Options) -> String {
    let on_off = |is_on: bool| if is_on { "on" } else { "off" };
    let mut text = String::new();
    let mut set = |name: &str, value: &str| {
        let value = value.replace('\'', "''");
        writeln!(text, "{name} = '{value}'").expect("writing to a string does not fail");
    };
    set("listen_addresses", "127.0.0.1");
    set("port", &port.to_string());
    set("unix_socket_directories", &home.path.display().to_string());
    set("max_connections", &options.connections_max.to_string());
    set("shared_buffers", "64MB");
    set("fsync", on_off(options.fsync));
    set("full_page_writes", on_off(options.fsync));
    set("timezone", "UTC");
    set("log_timezone", "UTC");
    for (name, value) in &options.settings {
        set(name, value);
    }
    text
}

/// `pg_ctl` waits until the server answers, and fails when it does not.
fn start_server(home: &Home, pg_ctl: &Path, port: u16) -> Result<(), Error> {
    let log = home.path.join("server.log");
    let mut command = home.command(pg_ctl);
    command.args(["start", "-s", "-w", "-t", "60", "-D"]).arg(home.path.join("data"));
    command.arg("-l").arg(&log).arg("-o");
    command.arg(format!("-c config_file={}/server.conf -p {port}", home.path.display()));
    run("pg_ctl start", &mut command).map_err(|error| match error {
        Error::Program { program, output } => {
            let text = std::fs::read_to_string(&log).unwrap_or_default();
            let lines: Vec<&str> = text.lines().collect();
            let tail = lines[lines.len().saturating_sub(LOG_TAIL_LINES)..].join("\n");
            Error::Program { program, output: format!("{output}\n{tail}") }
        }
        other => other,
    })
}

fn run(program: &'static str, command: &mut Command) -> Result<(), Error> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(Error::system("starting a program of PostgreSQL"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = [output.stderr, output.stdout].concat();
    Err(Error::Program { program, output: String::from_utf8_lossy(&text).trim().to_owned() })
}

fn free_port() -> Result<u16, Error> {
    let listener =
        TcpListener::bind("127.0.0.1:0").map_err(Error::system("finding a free port"))?;
    Ok(listener.local_addr().map_err(Error::system("finding a free port"))?.port())
}

/// Different for each call, in all processes of the machine: process, call, and chance.
fn unique() -> String {
    static CALLS: AtomicU32 = AtomicU32::new(0);
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    format!("{}_{call}_{:08x}", std::process::id(), random() as u32)
}

/// The standard library seeds each process's hash maps from the system's random numbers.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_server_is_not_ours_to_stop() {
        let cluster = Cluster::given("postgres://somebody@example.test/theirs".to_owned());
        assert_eq!(cluster.dsn(), "postgres://somebody@example.test/theirs");
        assert_eq!((cluster.port(), cluster.socket_directory()), (None, None));
        assert!(matches!(cluster.stop(), Err(Error::NotOurs)));
        assert!(matches!(cluster.resume(), Err(Error::NotOurs)));
    }

    #[test]
    fn a_later_setting_wins_and_quotes_are_safe() {
        let home = Home::create(&format!("guanxi-pg-{}", unique())).unwrap();
        let options = Options {
            settings: vec![("search_path".to_owned(), "o'hara".to_owned())],
            ..Options::default()
        };
        let text = settings(&home, 5433, &options);
        std::fs::remove_dir(&home.path).unwrap();
        assert!(text.contains("port = '5433'\n"), "{text}");
        assert!(text.ends_with("search_path = 'o''hara'\n"), "{text}");
    }
}
