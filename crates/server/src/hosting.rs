//! The workspaces this process hosts, and which one a request is for.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use app::{Result, Workspace};

use crate::config::{Config, WorkspaceConfig};
use crate::doors::limits::Allowances;
use crate::metrics::Meter;
use crate::oidc::Provider;

/// Jobs of one workspace done at once, so that a long import holds up nobody's export.
const WORKERS: usize = 3;

/// The workspaces of this process.
pub struct Hosting {
    /// The configuration they were opened from.
    pub config: Config,
    /// The token that a workspace's set-up asks for, by workspace: only for those not set up yet.
    pub setup_tokens: HashMap<String, String>,
    /// What everybody may still ask for.
    pub allowances: Allowances,
    /// What was asked so far, in numbers.
    pub meter: Meter,
    workspaces: HashMap<String, Arc<Workspace>>,
    hosts: HashMap<String, String>,
    providers: HashMap<String, Arc<Provider>>,
    first: String,
}

impl Hosting {
    /// Opens every workspace of the configuration and starts its workers.
    ///
    /// # Errors
    /// The first workspace that cannot be opened.
    pub async fn open(config: Config) -> Result<Hosting> {
        let mut opened = Vec::new();
        for name in config.workspaces.keys() {
            let Some(place) = config.placement(name) else { continue };
            let (files, schema) = (config.files(name), app::schema());
            let read_time = Duration::from_secs(config.limits.read_seconds);
            opened.push(Workspace::open_with(name, &place, &files, schema, read_time).await?);
        }
        Hosting::with(config, opened).await
    }

    /// Hosts workspaces that are open already, such as one with objects of its own, and starts their workers.
    ///
    /// # Errors
    /// The first workspace whose database does not answer.
    pub async fn with(config: Config, opened: Vec<Workspace>) -> Result<Hosting> {
        let mut workspaces = HashMap::new();
        let mut setup_tokens = HashMap::new();
        for workspace in opened {
            let workspace = Arc::new(workspace);
            let name = workspace.name.clone();
            if workspace.needs_setup().await? {
                setup_tokens.insert(name.clone(), app::sign_in::random_token()?);
            }
            tokio::spawn(workspace.clone().watch_feed());
            tokio::spawn(workspace.clone().begin_days());
            for _ in 0..WORKERS {
                tokio::spawn(workspace.clone().work());
            }
            workspaces.insert(name, workspace);
        }
        let hosts = config.workspaces.iter().flat_map(|(name, settings)| {
            settings.hosts.iter().map(|host| (host.to_lowercase(), name.clone()))
        });
        let hosts = hosts.collect();
        let first = config.workspaces.keys().next().cloned().unwrap_or_default();
        let provider = |(name, one): (&String, &WorkspaceConfig)| {
            Some((name.clone(), Arc::new(Provider::new(one.oidc.clone()?))))
        };
        let providers = config.workspaces.iter().filter_map(provider).collect();
        let (allowances, meter) = (Allowances::of(&config.limits), Meter::default());
        Ok(Hosting { config, setup_tokens, allowances, meter, workspaces, hosts, providers, first })
    }

    /// Moves every workspace that `config` places elsewhere, one after another, while people work: its name, and
    /// what was left behind or what is in the way.
    pub async fn replace(&self, config: &Config) -> Vec<(String, Result<String>)> {
        let mut moved = Vec::new();
        for (name, workspace) in &self.workspaces {
            let Some(place) = config.placement(name) else { continue };
            if place != workspace.store.place() {
                moved.push((name.clone(), workspace.move_to(&place).await));
            }
        }
        moved
    }

    /// The provider at which people of the workspace may sign in.
    pub fn provider(&self, workspace: &str) -> Option<&Arc<Provider>> {
        self.providers.get(workspace)
    }

    /// The workspace called `name`.
    pub fn workspace(&self, name: &str) -> Option<&Arc<Workspace>> {
        self.workspaces.get(name)
    }

    /// The workspace that a host name leads to; the only one there is when none claims it.
    pub fn by_host(&self, host: &str) -> Option<&Arc<Workspace>> {
        let host = host.rsplit_once(':').map_or(host, |(name, _)| name).to_lowercase();
        match self.hosts.get(&host) {
            Some(name) => self.workspace(name),
            None if self.hosts.is_empty() || self.workspaces.len() == 1 => {
                self.workspace(&self.first)
            }
            None => None,
        }
    }

    /// All workspaces.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Workspace>> {
        self.workspaces.values()
    }
}
