//! The way to a database: reads on many connections, writes one transaction at a time (SQLite) or many (PostgreSQL).

mod conn;
mod kept_sessions;
mod moving;
mod postgres;
mod sqlite;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;

pub use conn::Conn;
pub(crate) use conn::{to_cells, to_sql};
pub use moving::Move;

use crate::ddl;
use crate::dialect::Dialect;
use crate::layout::Catalog;
use crate::tx::Tx;
use crate::{Plan, Result, SessionRow, StoreError};

/// Longest a read may take.
pub const READ_TIME_MAX: Duration = Duration::from_secs(15);

/// Where a workspace lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A directory with the database file and the workspace's files.
    Sqlite {
        /// The directory.
        dir: PathBuf,
    },
    /// A schema of a PostgreSQL database.
    Postgres {
        /// Connection string: `postgres://user:password@host:port/database`.
        dsn: String,
        /// The schema, one a workspace.
        schema: String,
    },
}

/// An error with which work inside a transaction refuses; it carries the store's own errors, too.
pub trait Refuse: From<StoreError> + Send + 'static {
    /// The store's error in it, or itself when it is a refusal.
    ///
    /// # Errors
    /// Itself, when it is no error of the store.
    fn into_store(self) -> std::result::Result<StoreError, Self>;
}

enum Backend {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// Where a store is at present.
struct Seat {
    backend: Backend,
    dialect: Dialect,
    place: Place,
}

impl Seat {
    async fn take(place: &Place, read_time: Duration) -> Result<Seat> {
        let (backend, dialect) = match place {
            Place::Sqlite { dir } => {
                (Backend::Sqlite(sqlite::Sqlite::open(dir, read_time)?), Dialect::Sqlite)
            }
            Place::Postgres { dsn, schema } => {
                let postgres = postgres::Postgres::open(dsn, schema, read_time).await?;
                (Backend::Postgres(postgres), Dialect::Postgres(schema.clone()))
            }
        };
        Ok(Seat { backend, dialect, place: place.clone() })
    }
}

/// One workspace's database.
#[derive(Clone)]
pub struct Store {
    seat: Arc<RwLock<Arc<Seat>>>,
    gates: Arc<Gates>,
    catalog: Arc<RwLock<Arc<Catalog>>>,
}

/// Everybody passes these gates; who moves the store closes them.
#[derive(Default)]
struct Gates {
    writes: tokio::sync::RwLock<()>,
    reads: tokio::sync::RwLock<()>,
}

impl Store {
    /// Opens the workspace's database, making it if it is new. Tables come with [`Store::sync`].
    ///
    /// # Errors
    /// `InUse` when another server has the file, `Unavailable` when the database cannot be reached.
    pub async fn open(place: &Place, catalog: Catalog) -> Result<Store> {
        Store::open_with(place, catalog, READ_TIME_MAX).await
    }

    /// The same; a read that takes longer than `read_time` is stopped and fails with `Timeout`.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_with(place: &Place, catalog: Catalog, read_time: Duration) -> Result<Store> {
        let seat = Seat::take(place, read_time).await?;
        let catalog = Arc::new(RwLock::new(Arc::new(catalog)));
        Ok(Store { seat: Arc::new(RwLock::new(Arc::new(seat))), gates: Arc::default(), catalog })
    }

    fn seat(&self) -> Arc<Seat> {
        self.seat.read().expect("no panic holds this lock").clone()
    }

    /// Where it is at present.
    pub fn place(&self) -> Place {
        self.seat().place.clone()
    }

    /// What is wrong with the disk under the database, if anything: full, or not to be trusted any more. On
    /// PostgreSQL its own server knows.
    pub fn trouble(&self) -> Option<StoreError> {
        match &self.seat().backend {
            Backend::Sqlite(sqlite) => sqlite.trouble(),
            Backend::Postgres(_) => None,
        }
    }

    /// The tables' layout in force.
    pub fn catalog(&self) -> Arc<Catalog> {
        self.catalog.read().expect("no panic holds this lock").clone()
    }

    /// Puts another layout in force; its tables must be there already.
    pub fn swap(&self, catalog: Catalog) {
        *self.catalog.write().expect("no panic holds this lock") = Arc::new(catalog);
    }

    /// Whether every server of the workspace shares this database (PostgreSQL), or this one has it alone.
    pub fn is_shared(&self) -> bool {
        self.seat().dialect.locks_rows()
    }

    /// Reads in one snapshot (SQLite) or statement by statement (PostgreSQL).
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T> + Send + 'static,
    {
        let _pass = self.gates.reads.read().await;
        let seat = self.seat();
        let (catalog, dialect) = (self.catalog(), seat.dialect.clone());
        let work = move |conn: &mut Conn| work(&mut Tx::new(conn, &catalog, &dialect));
        match &seat.backend {
            Backend::Sqlite(sqlite) => sqlite.read(work).await,
            Backend::Postgres(postgres) => postgres.read(work).await,
        }
    }

    /// The session with this hash of its token.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn session(&self, token: Vec<u8>) -> Result<Option<Arc<SessionRow>>> {
        let seat = self.seat();
        let kept = match &seat.backend {
            Backend::Sqlite(sqlite) => Some(&sqlite.sessions),
            // Another server may end it.
            Backend::Postgres(_) => None,
        };
        if let Some(row) = kept.and_then(|kept| kept.get(&token)) {
            return Ok(Some(row));
        }
        let changes = kept.map(|kept| kept.changes());
        let row = self.read(move |tx| tx.session(&token)).await?.map(Arc::new);
        if let (Some(kept), Some(changes), Some(row)) = (kept, changes, &row) {
            kept.keep(changes, row.clone());
        }
        Ok(row)
    }

    /// Reads in one snapshot on either database, on a connection of its own and for as long as it takes: for
    /// copies of everything. Who writes meanwhile is not held up and not seen.
    ///
    /// # Errors
    /// The work's own, and whatever the database says.
    pub async fn snapshot<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T> + Send + 'static,
    {
        let seat = self.seat();
        let (catalog, dialect) = (self.catalog(), seat.dialect.clone());
        let work = move |conn: &mut Conn| work(&mut Tx::new(conn, &catalog, &dialect));
        match &seat.backend {
            Backend::Sqlite(sqlite) => sqlite.snapshot(work).await,
            Backend::Postgres(postgres) => postgres.snapshot(work).await,
        }
    }

    /// Writes in one transaction: all or nothing, on disk when it answers. `work` may run again
    /// after a conflict, so it must have no effects of its own.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx) -> Result<T> + Send + 'static,
    {
        let _pass = self.gates.writes.read().await;
        let seat = self.seat();
        let (catalog, dialect) = (self.catalog(), seat.dialect.clone());
        let work = move |conn: &mut Conn| work(&mut Tx::new(conn, &catalog, &dialect));
        match &seat.backend {
            Backend::Sqlite(sqlite) => sqlite.write(work).await,
            Backend::Postgres(postgres) => postgres.write(work).await,
        }
    }

    /// The same for work that can refuse with an error of its own: then nothing is written.
    ///
    /// # Errors
    /// The work's refusal, or the store's error as one.
    pub async fn transact<T, E, F>(&self, work: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: Refuse,
        F: Fn(&mut Tx) -> std::result::Result<T, E> + Send + 'static,
    {
        let refusal = Arc::new(Mutex::new(None));
        let slot = refusal.clone();
        let outcome = self
            .write(move |tx| {
                work(tx).map_err(|error| match error.into_store() {
                    Ok(error) => error,
                    Err(refused) => {
                        *slot.lock().expect("no panic holds this lock") = Some(refused);
                        StoreError::Undone
                    }
                })
            })
            .await;
        outcome.map_err(|error| {
            let refused = refusal.lock().expect("no panic holds this lock").take();
            refused
                .filter(|_| matches!(error, StoreError::Undone))
                .unwrap_or_else(|| E::from(error))
        })
    }

    /// What would have to change so that the tables fit the layout in force.
    ///
    /// # Errors
    /// `Newer` when the database was written by a newer program.
    pub async fn plan(&self) -> Result<Plan> {
        self.read(ddl::plan).await
    }

    /// Makes the tables fit the layout in force, in one transaction; two servers starting at once do it once.
    ///
    /// # Errors
    /// As [`Store::plan`], and whatever the database says.
    pub async fn sync(&self) -> Result<Plan> {
        self.write(|tx| {
            ddl::lock(tx)?;
            let plan = ddl::plan(tx)?;
            ddl::apply(tx, &plan)?;
            Ok(plan)
        })
        .await
    }

    /// Copies the whole database into `file` while others go on; SQLite only.
    ///
    /// # Errors
    /// `Internal` on PostgreSQL, whose own tools do this.
    pub async fn copy_into(&self, file: PathBuf) -> Result<()> {
        match &self.seat().backend {
            Backend::Sqlite(sqlite) => sqlite.copy_into(file).await,
            Backend::Postgres(_) => Err(StoreError::internal("PostgreSQL is copied by pg_dump")),
        }
    }

    /// Removes a workspace's tables, all of them. For tests and for moving a workspace away.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn destroy(&self) -> Result<()> {
        if let Dialect::Postgres(schema) = &self.seat().dialect {
            let drop = format!("DROP SCHEMA IF EXISTS \"{schema}\" CASCADE");
            return self.write(move |tx| tx.batch(&drop)).await;
        }
        Ok(())
    }
}
