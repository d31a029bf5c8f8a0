//! What the host decides: where to listen, where data live. Flags over environment over `guanxi.toml` over defaults.

use std::collections::BTreeMap;
use std::net::SocketAddr;
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
