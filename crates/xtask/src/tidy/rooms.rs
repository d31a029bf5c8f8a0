//! Which walls each room (crate) has, and why. A new room needs a line here.

/// What a room may lean on, and what must be absent from it.
pub struct Room {
    pub name: &'static str,
    /// Our own crates it may depend on.
    pub ours: &'static [&'static str],
    /// Other people's crates that must be absent, by the start of their name.
    pub without: &'static [&'static str],
    /// Paths that must be absent from its source, tests apart.
    pub never: &'static [&'static str],
    pub why: &'static str,
}

/// Crates whose presence means input, output, a database or a scheduler of tasks.
const OUTSIDE: &[&str] = &[
    "tokio",
    "async",
    "futures",
    "smol",
    "axum",
    "hyper",
    "http",
    "tower",
    "reqwest",
    "rusqlite",
    "deadpool",
    "sea-query",
    "sqlx",
    "getrandom",
    "tempfile",
    "walkdir",
];

/// The clock, chance, the disk, the network, the environment and the terminal.
const IMPURE: &[&str] = &[
    "std::fs",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "UnixStream",
    "ToSocketAddrs",
    "std::process",
    "std::env",
    "std::os",
    "io::stdin",
    "io::stdout",
    "io::stderr",
    "thread::sleep",
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "Utc::now",
    "Local::now",
    "TimeZone::system",
    "Uuid::now_v7",
    "Uuid::new_v4",
    "rand::rng",
    "rand::random",
    "rand::thread_rng",
    "OsRng",
    "from_os_rng",
    "from_entropy",
];

const DATABASES: &[&str] =
    &["rusqlite", "libsqlite", "tokio-postgres", "postgres", "deadpool", "sea-query", "sqlx"];

const APP_WITHOUT: &[&str] = &[
    "axum",
    "hyper",
    "http",
    "tower",
    "rusqlite",
    "libsqlite",
    "tokio-postgres",
    "postgres",
    "deadpool",
    "sea-query",
    "sqlx",
];

const PURE: &str = "it is pure: it cannot fail for reasons outside its arguments";

const fn pure(name: &'static str, ours: &'static [&'static str]) -> Room {
    Room { name, ours, without: OUTSIDE, never: IMPURE, why: PURE }
}

pub const ROOMS: [Room; 14] = [
    pure("text", &[]),
    pure("formats", &[]),
    pure("mining", &[]),
    pure("studies", &["formats", "mining"]),
    pure("model", &["text"]),
    pure("objects", &["model", "text"]),
    pure("flow", &["model", "text"]),
    pure("demo", &["model", "text"]),
    Room {
        name: "store",
        ours: &["model", "text"],
        without: &["axum", "hyper", "http", "tower", "reqwest"],
        never: &[],
        why: "it knows databases and nothing else",
    },
    Room {
        name: "app",
        ours: &[
            "model", "objects", "flow", "text", "formats", "mining", "studies", "demo", "store",
        ],
        without: APP_WITHOUT,
        never: &[],
        why: "it has no HTTP and no SQL: every door and both databases lead to the same capabilities",
    },
    Room {
        name: "server",
        ours: &["app", "model", "text", "formats", "mining", "studies"],
        without: DATABASES,
        never: &[],
        why: "it is the doors, and has no rules or queries of its own",
    },
    Room { name: "pgtest", ours: &[], without: &[], never: &[], why: "tests lean on it" },
    Room {
        name: "bench",
        ours: &["app", "model", "pgtest", "server", "store"],
        without: &[],
        never: &[],
        why: "it is the product beside bare databases",
    },
    Room {
        name: "xtask",
        ours: &["pgtest"],
        without: &["tokio"],
        never: &[],
        why: "every check builds it first",
    },
];

pub fn room(name: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.name == name)
}
