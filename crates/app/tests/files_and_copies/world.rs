//! The world of these tests: a firm that was just set up, on either database.

use std::path::PathBuf;
use std::sync::Arc;

use app::sign_in::Beginning;
use app::workspace::{Place, Profile};
use app::{Actor, Workspace};
use model::Language;
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use uuid::Uuid;

/// Which database.
#[derive(Debug, Clone, Copy)]
pub enum On {
    Sqlite,
    Postgres,
}

pub const BOTH: [On; 2] = [On::Sqlite, On::Postgres];

pub struct World {
    pub workspace: Arc<Workspace>,
    pub admin: Actor,
    pub dir: TempDir,
}

pub fn place(on: On, dir: &TempDir) -> (Place, PathBuf) {
    let place = match on {
        On::Sqlite => Place::Sqlite { dir: dir.path().join("data") },
        On::Postgres => {
            let cluster = pgtest::shared();
            Place::Postgres { dsn: cluster.dsn().to_owned(), schema: cluster.fresh_schema_name() }
        }
    };
    (place, dir.path().join("files"))
}

impl World {
    pub async fn empty(on: On) -> (Arc<Workspace>, TempDir) {
        let dir = TempDir::new().expect("a temporary folder");
        let (place, files) = place(on, &dir);
        let workspace = Workspace::open("main", &place, &files, app::schema()).await.unwrap();
        (Arc::new(workspace), dir)
    }

    pub async fn new(on: On) -> World {
        let (workspace, dir) = World::empty(on).await;
        let beginning = Beginning {
            profile: Profile { locale: Language::En, ..Profile::default() },
            name: "Ada Admin".to_owned(),
            email: "ada@firm.example".to_owned(),
            password: "a long sentence".to_owned(),
        };
        let user = workspace.set_up(beginning).await.unwrap();
        let rights = workspace.rights(user).await.unwrap();
        World { workspace, admin: Actor { rights, language: Language::En }, dir }
    }

    pub async fn make(&self, object: &str, body: Json) -> Uuid {
        let made = self.workspace.create(&self.admin, object, &body, None).await;
        let made = made.unwrap_or_else(|error| panic!("{object} {body}: {error:?}"));
        id(&made)
    }

    /// A user with one of the seeded roles.
    pub async fn user(&self, name: &str, role: &str) -> Actor {
        let roles = self.all("role").await;
        let role = roles.iter().find(|r| r["code"] == role).expect("a seeded role");
        let body =
            json!({"name": name, "email": format!("{name}@firm.example"), "roles": [role["id"]]});
        let user = self.make("user", body).await;
        let rights = self.workspace.rights(user).await.unwrap();
        Actor { rights, language: Language::En }
    }

    pub async fn all(&self, object: &str) -> Vec<Json> {
        let request = app::records::ListRequest { limit: Some(200), ..Default::default() };
        self.workspace.list(&self.admin, object, request).await.unwrap().items
    }

    pub async fn work_off(&self) {
        while self.workspace.do_one_job().await.unwrap() {}
    }
}

pub fn id(record: &Json) -> Uuid {
    record["id"].as_str().unwrap().parse().unwrap()
}
