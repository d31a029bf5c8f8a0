//! A firm to test on: the real router over an empty database of either kind, with people of several roles. Not a
//! mock: every request goes through the same doors as a browser's.

use std::path::Path;
use std::sync::Arc;

use app::Workspace;
use serde_json::{Value, json};
use server::config::{Config, Limits, WorkspaceConfig};
use server::hosting::Hosting;
use server::router::router;
use tempfile::TempDir;

use super::client::{Answer, Client};

/// The databases everything is tested on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
}

/// Makes two tests of each function: one a database. The function is given a fresh world and cannot know which.
macro_rules! on_both {
    ($($test:ident),* $(,)?) => {
        mod sqlite {
            $(#[test]
            fn $test() {
                crate::world::run(crate::world::Database::Sqlite, super::$test);
            })*
        }
        mod postgres {
            $(#[test]
            fn $test() {
                crate::world::run(crate::world::Database::Postgres, super::$test);
            })*
        }
    };
}
pub(crate) use on_both;

/// Runs one test in a world of its own.
pub fn run<F: Future<Output = ()>>(database: Database, test: fn(World) -> F) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(async move { test(World::open(database).await).await });
}

/// Runs work that makes its worlds itself.
pub fn run_alone(work: impl Future<Output = ()>) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(work);
}

/// Runs one test on both databases, each with these limits.
pub fn run_limited<F: Future<Output = ()>>(limits: &Limits, test: fn(World) -> F) {
    for database in [Database::Sqlite, Database::Postgres] {
        run_alone(async { test(World::open_with(placed(database), limits.clone()).await).await });
    }
}

/// A firm with people:
///
/// ```text
/// Head office: Ada (administrator), Rita (read only)
///   North: Mina (sales manager)
///     North 1: Rong (salesperson, reports to Mina)
///   South: Sam (salesperson)
/// nowhere: Nobody (no role)
/// ```
pub struct World {
    pub workspace: Arc<Workspace>,
    /// Nobody: no cookie, no key.
    pub stranger: Client,
    pub admin: Client,
    pub manager: Client,
    pub rep: Client,
    pub other_rep: Client,
    pub read_only: Client,
    pub no_role: Client,
    /// A key of the administrator that may only read.
    pub read_key: Client,
    pub hosting: Arc<Hosting>,
    directory: TempDir,
}

/// Where a workspace called `name` lives.
pub fn placed(database: Database) -> WorkspaceConfig {
    match database {
        Database::Sqlite => WorkspaceConfig::default(),
        Database::Postgres => {
            let cluster = pgtest::shared();
            WorkspaceConfig {
                database: Some(cluster.dsn().to_owned()),
                schema: Some(cluster.fresh_schema_name()),
                ..WorkspaceConfig::default()
            }
        }
    }
}

/// Opens workspaces as `guanxi serve` does.
pub async fn host(
    directory: &TempDir,
    workspaces: impl IntoIterator<Item = (&str, WorkspaceConfig)>,
) -> Arc<Hosting> {
    host_with(directory, workspaces, Limits::none()).await
}

/// The same, with limits.
pub async fn host_with(
    directory: &TempDir,
    workspaces: impl IntoIterator<Item = (&str, WorkspaceConfig)>,
    limits: Limits,
) -> Arc<Hosting> {
    let workspaces =
        workspaces.into_iter().map(|(name, config)| (name.to_owned(), config)).collect();
    let config =
        Config { data: directory.path().to_owned(), workspaces, limits, ..Config::default() };
    Arc::new(Hosting::open(config).await.expect("workspaces that open"))
}

/// The first administrator's set-up, by the API; the browser that did it.
pub async fn set_up(stranger: &Client, token: &str) -> Client {
    let answer = stranger
        .post(
            "/setup",
            json!({"company": "Orderly Office", "locale": "en", "currency": "CNY", "time_zone": "Asia/Shanghai",
                   "name": "Ada", "email": "ada@example.com", "password": PASSWORD, "token": token}),
        )
        .await;
    answer.expect(201);
    stranger.with_session(&answer)
}

/// What everybody signs in with who has a password.
pub const PASSWORD: &str = "correct horse battery";

impl World {
    pub async fn open(database: Database) -> World {
        World::open_with(placed(database), Limits::none()).await
    }

    /// A world with limits, wherever it lives.
    pub async fn open_with(place: WorkspaceConfig, limits: Limits) -> World {
        let directory = tempfile::tempdir().expect("a directory");
        let hosting = host_with(&directory, [("main", place)], limits).await;
        let workspace = hosting.workspace("main").expect("the workspace").clone();
        let token = hosting.setup_tokens["main"].clone();
        let stranger = Client::new(router(hosting.clone()));
        let admin = set_up(&stranger, &token).await;
        let people = People { workspace: &workspace, stranger: &stranger, admin: &admin };
        let north = people.department("North", None).await;
        let north_1 = people.department("North 1", Some(&north)).await;
        let south = people.department("South", None).await;
        let manager = people.user("Mina", Some("sales_manager"), Some(&north), None).await;
        let rep = people.user("Rong", Some("salesperson"), Some(&north_1), Some(&manager)).await;
        let other_rep = people.user("Sam", Some("salesperson"), Some(&south), None).await;
        let read_only = people.user("Rita", Some("read_only"), None, None).await;
        let no_role = people.user("Nobody", None, None, None).await;
        let read_key = people.key(&admin, "*:read").await;
        World {
            workspace,
            stranger,
            admin,
            manager,
            rep,
            other_rep,
            read_only,
            no_role,
            read_key,
            hosting,
            directory,
        }
    }

    /// Where the workspace's data are.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// A key of `holder` with these scopes.
    pub async fn key(&self, holder: &Client, scopes: &str) -> Client {
        let people =
            People { workspace: &self.workspace, stranger: &self.stranger, admin: &self.admin };
        people.key(holder, scopes).await
    }
}

struct People<'w> {
    workspace: &'w Workspace,
    stranger: &'w Client,
    admin: &'w Client,
}

impl People<'_> {
    async fn department(&self, name: &str, parent: Option<&String>) -> String {
        self.admin.make("departments", json!({"name": name, "parent": parent})).await
    }

    /// A user who is signed in; without a password, whose hashing takes long.
    async fn user(
        &self,
        name: &str,
        role: Option<&str>,
        department: Option<&String>,
        manager: Option<&Client>,
    ) -> Client {
        let roles = match role {
            Some(code) => vec![self.admin.find("roles", "code", code).await],
            None => vec![],
        };
        let email = format!("{}@example.com", name.to_lowercase());
        let values = json!({"name": name, "email": email, "roles": roles, "department": department,
                            "manager": manager.map(|manager| &manager.user)});
        let user = self.admin.make("users", values).await;
        let id = user.parse().expect("an id");
        let signed_in =
            self.workspace.open_session(id, "test", "127.0.0.1").await.expect("a session");
        let mut client = self.stranger.with_cookie(&format!("guanxi_main={}", signed_in.token));
        let me = client.get("/me").await;
        client.csrf = me.expect(200)["csrf"].as_str().map(str::to_owned);
        client.user = user;
        client
    }

    async fn key(&self, holder: &Client, scopes: &str) -> Client {
        let id = holder.user.parse().expect("an id");
        let rights = self.workspace.rights(id).await.expect("rights");
        let actor = app::Actor { rights, language: model::Language::En };
        let made =
            self.workspace.make_api_key(&actor, &json!({"name": "Key", "scopes": scopes})).await;
        let key = made.expect("a key")["key"].as_str().expect("the key").to_owned();
        let mut client = self.stranger.with_key(&key);
        client.user = holder.user.clone();
        client
    }
}

/// The values of `field` of a list's records.
pub fn values(answer: &Answer, field: &str) -> Vec<String> {
    let items = answer.expect(200)["items"].as_array().expect("items").iter();
    items
        .map(|item| match &item[field] {
            Value::String(text) => text.clone(),
            Value::Null => "-".to_owned(),
            other => other.to_string(),
        })
        .collect()
}
