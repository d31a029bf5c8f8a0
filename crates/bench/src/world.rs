//! The firm the measures are taken on: made through the product's own doors, then served in a process of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::sign_in::Beginning;
use app::workspace::{Place, Profile, Workspace};
use app::{Actor, records};
use model::{Language, Uuid};
use serde_json::{Value as Json, json};

use crate::Outcome;
use crate::child::Server;
use crate::load::{Connection, Figures, get, paced, post};
use crate::rows::{self, DEPARTMENTS, Size, USERS};

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    /// Embedded.
    Sqlite,
    /// A cluster of our own, on the same disk, with durable commits.
    Postgres,
}

/// What a kept firm is entered with.
const KEPT: &str = "kept.json";

/// The firm, served.
pub struct World {
    /// Which database it lives in.
    pub database: Database,
    /// How much of it there is.
    pub size: Size,
    /// The server.
    pub server: Server,
    /// Headers of the administrator.
    pub admin: String,
    /// Headers of a salesperson who sees a department.
    pub rep: String,
    /// The salesperson's id.
    pub rep_id: String,
    /// Files of the bench.
    pub dir: PathBuf,
    /// Where the workspace lives.
    pub place: Place,
    config: PathBuf,
}

/// How the loading went.
pub struct Loaded {
    /// Contacts a second.
    pub rate: f64,
    /// Megabytes of memory while contacts were imported, at most.
    pub memory_mb: f64,
    /// A list's answers meanwhile.
    pub meanwhile: Figures,
}

impl World {
    /// Makes the firm in `dir` and serves it, empty of customers.
    ///
    /// # Errors
    /// What the product says.
    pub async fn begin(dir: &Path, dsn: Option<&str>, size: Size) -> Outcome<World> {
        let place = match dsn {
            None => Place::Sqlite { dir: dir.join("main") },
            Some(dsn) => {
                Place::Postgres { dsn: dsn.to_owned(), schema: format!("bench_{}", size.contacts) }
            }
        };
        let database = dsn.map_or(Database::Sqlite, |_| Database::Postgres);
        let files = dir.join("main").join("files");
        let workspace = Arc::new(Workspace::open("main", &place, &files, app::schema()).await?);
        let people = People::make(&workspace).await?;
        drop(workspace);
        let config = dir.join("guanxi.toml");
        let workspaces = match &place {
            Place::Sqlite { .. } => "[workspaces.main]\n".to_owned(),
            Place::Postgres { dsn, schema } => {
                format!("[workspaces.main]\ndatabase = \"{dsn}\"\nschema = \"{schema}\"\n")
            }
        };
        // The bench asks for more than people do.
        let limits = "[limits]\nrequests_per_second = 0\ncostly_per_second = 0\n\
                      listeners_per_user = 5000\n";
        std::fs::write(&config, format!("{limits}{workspaces}"))?;
        let server = serve(&config, dir)?;
        let admin = headers(&server, &people.admin).await?;
        let rep = headers(&server, &people.rep).await?;
        let rep_id = people.rep_id.to_string();
        let dir = dir.to_owned();
        Ok(World { database, size, server, admin, rep, rep_id, dir, place, config })
    }

    /// Imports accounts, contacts and opportunities through the server; measures the contacts.
    ///
    /// # Errors
    /// A row that is not taken.
    pub async fn load(&self) -> Outcome<Loaded> {
        let size = self.size;
        let path = |name: &str| self.dir.join(name);
        rows::write_accounts(&path("accounts.csv"), size)?;
        rows::write_contacts(&path("contacts.csv"), size)?;
        rows::write_opportunities(&path("opportunities.csv"), size)?;
        self.import("accounts.csv", &accounts(), size.accounts()).await?;
        let list = get("/api/v1/accounts?limit=50", &self.rep);
        let meanwhile = paced(self.server.address, list);
        let loaded = self.import("contacts.csv", &contacts(), size.contacts).await?;
        let meanwhile = meanwhile.stop().await?;
        self.import("opportunities.csv", &opportunities(), size.opportunities()).await?;
        Ok(Loaded { rate: loaded.0, memory_mb: loaded.1, meanwhile })
    }

    async fn import(&self, file: &str, mapping: &Json, expected: usize) -> Outcome<(f64, f64)> {
        let mut connection = Connection::open(self.server.address).await?;
        let bytes = std::fs::read(self.dir.join(file))?;
        let head = format!(
            "POST /api/v1/files HTTP/1.1\r\nHost: localhost\r\n{}X-File-Name: {file}\r\n\
             Content-Type: text/csv\r\nContent-Length: {}\r\n\r\n",
            self.admin,
            bytes.len()
        );
        let kept = connection.ask(&[head.as_bytes(), &bytes].concat()).await?;
        let kept: Json = serde_json::from_slice(&kept.body)?;
        let began = Instant::now();
        let body = json!({"file": kept["id"], "mapping": mapping}).to_string();
        let import = connection.ask(&post("/api/v1/imports", &self.admin, &body)).await?;
        let import: Json = serde_json::from_slice(&import.body)?;
        let id = import["id"].as_str().ok_or_else(|| format!("no import: {import}"))?;
        let path = format!("/api/v1/imports/{id}");
        let mut memory_mb: f64 = 0.0;
        loop {
            tokio::time::sleep(Duration::from_millis(100)).await;
            memory_mb = memory_mb.max(self.server.memory_mb());
            let answer = connection.ask(&get(&path, &self.admin)).await?;
            let state: Json = serde_json::from_slice(&answer.body)?;
            match state["status"].as_str() {
                Some("waiting" | "running") => {}
                Some("done") if state["rows_created"] == json!(expected) => break,
                _ => return Err(format!("{file}: {state}").into()),
            }
        }
        let seconds = began.elapsed().as_secs_f64();
        let rate = expected as f64 / seconds;
        eprintln!("  {file}: {expected} rows in {seconds:.1} s, {rate:.0} a second");
        Ok((rate, memory_mb))
    }

    /// Remembers the firm in its directory, to be measured again without loading it.
    ///
    /// # Errors
    /// The disk's.
    pub fn keep(&self) -> Outcome<()> {
        let kept = json!([self.admin, self.rep, self.rep_id]);
        Ok(std::fs::write(self.dir.join(KEPT), kept.to_string())?)
    }

    /// The firm kept in `dir` by an earlier run, resting; none when there is none. SQLite only.
    ///
    /// # Errors
    /// The disk's.
    pub fn kept(dir: &Path, size: Size) -> Outcome<Option<Resting>> {
        let Ok(kept) = std::fs::read(dir.join(KEPT)) else { return Ok(None) };
        let (admin, rep, rep_id) = serde_json::from_slice(&kept)?;
        let place = Place::Sqlite { dir: dir.join("main") };
        let (dir, config) = (dir.to_owned(), dir.join("guanxi.toml"));
        Ok(Some(Resting {
            database: Database::Sqlite,
            size,
            admin,
            rep,
            rep_id,
            dir,
            place,
            config,
        }))
    }

    /// Stops the server so that its files can be worked on.
    pub fn rest(self) -> Resting {
        let World { database, size, admin, rep, rep_id, dir, place, config, server } = self;
        drop(server);
        Resting { database, size, admin, rep, rep_id, dir, place, config }
    }
}

/// The firm while nobody serves it.
pub struct Resting {
    database: Database,
    size: Size,
    admin: String,
    rep: String,
    rep_id: String,
    /// Files of the bench.
    pub dir: PathBuf,
    /// Where the workspace lives.
    pub place: Place,
    config: PathBuf,
}

impl Resting {
    /// Serves it again.
    ///
    /// # Errors
    /// It does not start.
    pub fn serve(self) -> Outcome<World> {
        let server = serve(&self.config, &self.dir)?;
        let Resting { database, size, admin, rep, rep_id, dir, place, config } = self;
        Ok(World { database, size, server, admin, rep, rep_id, dir, place, config })
    }
}

fn serve(config: &Path, dir: &Path) -> Outcome<Server> {
    let (config, dir) = (config.to_string_lossy(), dir.to_string_lossy());
    Server::start(&["--config", &config, "--data", &dir, "serve", "--listen", "127.0.0.1:0"])
}

async fn headers(server: &Server, token: &str) -> Outcome<String> {
    let cookie = format!("Cookie: guanxi_main={token}\r\n");
    let mut connection = Connection::open(server.address).await?;
    let me = connection.ask(&get("/api/v1/me", &cookie)).await?;
    let me: Json = serde_json::from_slice(&me.body)?;
    let csrf = me["csrf"].as_str().ok_or_else(|| format!("nobody is signed in: {me}"))?;
    Ok(format!("{cookie}X-CSRF-Token: {csrf}\r\n"))
}

struct People {
    admin: String,
    rep: String,
    rep_id: Uuid,
}

impl People {
    async fn make(workspace: &Workspace) -> Outcome<People> {
        let profile = Profile { locale: Language::En, ..Profile::default() };
        let admin = workspace
            .set_up(Beginning {
                profile,
                name: "Ada".to_owned(),
                email: "ada@example.com".to_owned(),
                password: "only for this measurement".to_owned(),
            })
            .await?;
        let role = make(workspace, "role", json!({"name": "Seller", "code": "seller"})).await?;
        for object in ["account", "contact", "opportunity", "activity", "task", "file"] {
            for action in ["read", "create", "update", "delete"] {
                let right = json!({"role": role, "object": object, "action": action, "scope": "department"});
                make(workspace, "role_right", right).await?;
            }
        }
        let mut departments = Vec::new();
        for n in 0..DEPARTMENTS {
            departments
                .push(make(workspace, "department", json!({"name": format!("D{n}")})).await?);
        }
        let mut rep_id = Uuid::nil();
        for n in 0..USERS {
            let values = json!({"name": format!("User {n}"), "email": rows::user_email(n), "roles": [role],
                                "department": departments[n % DEPARTMENTS]});
            rep_id = make(workspace, "user", values).await?.parse()?;
        }
        let admin = workspace.open_session(admin, "bench", "127.0.0.1").await?.token;
        let rep = workspace.open_session(rep_id, "bench", "127.0.0.1").await?.token;
        Ok(People { admin, rep, rep_id })
    }
}

async fn make(workspace: &Workspace, object: &str, values: Json) -> Outcome<String> {
    let made: Json =
        workspace.create(&Actor::system(), object, &values, None::<records::Repeat>).await?;
    Ok(made["id"].as_str().ok_or("a record has an id")?.to_owned())
}

fn accounts() -> Json {
    json!({"object": "account", "policy": "create",
           "columns": {"Name": {"field": "name"}, "External ID": {"field": "external_id"},
                       "Industry": {"field": "industry"}, "City": {"field": "city"}, "Owner": {"field": "owner.email"}},
           "links": {"owner": {"match": ["email"], "if_missing": "problem"}}})
}

fn contacts() -> Json {
    json!({"object": "contact", "policy": "create",
           "columns": {"Name": {"field": "name"}, "Account": {"field": "account.external_id"}, "Owner": {"field": "owner.email"},
                       "Job": {"field": "job_title"}, "Mobile": {"field": "mobile"}, "E-mail": {"field": "email"},
                       "City": {"field": "city"}, "Role": {"field": "decision_role"}, "External ID": {"field": "external_id"}},
           "links": {"owner": {"match": ["email"], "if_missing": "problem"},
                     "account": {"match": ["external_id"], "if_missing": "problem"}}})
}

fn opportunities() -> Json {
    json!({"object": "opportunity", "policy": "create",
           "columns": {"Name": {"field": "name"}, "Account": {"field": "account.external_id"}, "Owner": {"field": "owner.email"},
                       "Amount": {"field": "expected_amount"}, "External ID": {"field": "external_id"}},
           "links": {"owner": {"match": ["email"], "if_missing": "problem"},
                     "account": {"match": ["external_id"], "if_missing": "problem"}}})
}
