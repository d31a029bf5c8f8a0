//! What the host decides: where to listen, where data live. Flags over environment over `guanxi.toml` over defaults.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use app::workspace::Place;
use serde::Deserialize;

use crate::oidc::OidcConfig;

/// The file looked for in the working directory.
pub const FILE: &str = "guanxi.toml";

/// One workspace's placement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceConfig {
    /// A PostgreSQL connection string; SQLite in the data directory when there is none.
    pub database: Option<String>,
    /// The PostgreSQL schema; `ws_<name>` when there is none.
    pub schema: Option<String>,
    /// Host names that lead to this workspace.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// A provider at which people may sign in; needs `public_url`.
    pub oidc: Option<OidcConfig>,
}

/// How much one user, one program or one address may ask for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Requests a second of one user or key, on average; 0 sets no limit.
    pub requests_per_second: u32,
    /// Requests that may come at once after a pause.
    pub requests_at_once: u32,
    /// The same for what costs much: search, aggregates, exports, imports, backups.
    pub costly_per_second: u32,
    /// The same at once.
    pub costly_at_once: u32,
    /// Live updates that one user may listen to at the same time.
    pub listeners_per_user: usize,
    /// Seconds that a read may take.
    pub read_seconds: u64,
    /// Seconds within which a request's headers must be there.
    pub header_seconds: u64,
    /// Seconds of silence in the middle of a body, either way.
    pub silence_seconds: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            requests_per_second: 100,
            requests_at_once: 2_000,
            costly_per_second: 20,
            costly_at_once: 200,
            listeners_per_user: 20,
            read_seconds: 15,
            header_seconds: 10,
            silence_seconds: 30,
        }
    }
}

impl Limits {
    /// Any number of requests and listeners: for tests of other things, and for measuring.
    pub fn none() -> Limits {
        Limits {
            requests_per_second: 0,
            costly_per_second: 0,
            listeners_per_user: usize::MAX,
            ..Limits::default()
        }
    }
}

/// The whole configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The address to listen at.
    pub listen: SocketAddr,
    /// Where SQLite databases and files live.
    pub data: PathBuf,
    /// The address people use; `https` makes cookies secure.
    pub public_url: Option<String>,
    /// Reverse proxies in front of the program: what they say in `X-Forwarded-For` is believed, and nobody else.
    pub proxies: Vec<IpAddr>,
    /// Where numbers for Prometheus are given without signing in, such as `127.0.0.1:9420`; nowhere by default.
    pub metrics: Option<SocketAddr>,
    /// How much one may ask for.
    pub limits: Limits,
    /// Workspaces by name; one called `main` when there are none.
    pub workspaces: BTreeMap<String, WorkspaceConfig>,
    /// The file it was read from, if one was named.
    #[serde(skip)]
    pub file: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            listen: SocketAddr::from(([127, 0, 0, 1], 8420)),
            data: PathBuf::from("guanxi-data"),
            public_url: None,
            proxies: Vec::new(),
            metrics: None,
            limits: Limits::default(),
            workspaces: BTreeMap::new(),
            file: None,
        }
    }
}

impl Config {
    /// The configuration of `file`, or of `guanxi.toml` where there is one, or the defaults.
    ///
    /// # Errors
    /// What is wrong with the file, in one line with its place.
    pub fn read(file: Option<&Path>) -> Result<Config, String> {
        let path = file.map_or_else(|| PathBuf::from(FILE), Path::to_owned);
        let mut config = match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text)
                .map_err(|error| format!("{}: {}", path.display(), error.message()))?,
            Err(_) if file.is_none() => Config::default(),
            Err(error) => return Err(format!("{}: {error}", path.display())),
        };
        config.file = file.map(Path::to_owned);
        if config.workspaces.is_empty() {
            config.workspaces.insert("main".to_owned(), WorkspaceConfig::default());
        }
        if let Some(name) = config.workspaces.keys().find(|name| !is_name(name)) {
            return Err(format!(
                "{}: workspace {name}: use small letters, digits and _",
                path.display()
            ));
        }
        let signs_in_elsewhere = config.workspaces.values().any(|one| one.oidc.is_some());
        if signs_in_elsewhere && config.public_url.is_none() {
            return Err(format!("{}: sign-in by oidc needs public_url", path.display()));
        }
        Ok(config)
    }

    /// The same, read again from where it came; what flags said stays.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn again(&self) -> Result<Config, String> {
        let read = Config::read(self.file.as_deref())?;
        Ok(Config { listen: self.listen, data: self.data.clone(), ..read })
    }

    /// Where the workspace called `name` lives: the one place that decides it.
    pub fn placement(&self, name: &str) -> Option<Place> {
        let workspace = self.workspaces.get(name)?;
        Some(match &workspace.database {
            Some(dsn) => Place::Postgres {
                dsn: dsn.clone(),
                schema: workspace.schema.clone().unwrap_or_else(|| format!("ws_{name}")),
            },
            None => Place::Sqlite { dir: self.data.join(name) },
        })
    }

    /// Where the workspace's files live.
    pub fn files(&self, name: &str) -> PathBuf {
        self.data.join(name).join("files")
    }

    /// Whether people reach the program over HTTPS.
    pub fn is_secure(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 40
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
