//! PostgreSQL: a pool of connections; each read or write runs on a blocking thread, statement by statement.

use std::error::Error;
use std::time::Duration;

use bytes::BytesMut;
use deadpool_postgres::{
    Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime, Timeouts,
};
use model::Uuid;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{NoTls, Row};

use super::conn::{Conn, Kind};
use crate::cell::Cell;
use crate::{Result, StoreError};

/// Connections of one workspace's pool.
const CONNECTIONS_MAX: usize = 32;
/// Longest wait for a connection.
const WAIT_MAX: Duration = Duration::from_secs(5);
/// Longest a statement may take.
const STATEMENT_TIME: &str = "30s";
/// How often a write is tried when others get in its way.
const TRIES_MAX: usize = 6;

pub struct Postgres {
    pool: Pool,
}

impl Postgres {
    pub async fn open(dsn: &str, schema: &str, read_time: Duration) -> Result<Postgres> {
        let mut config: tokio_postgres::Config =
            dsn.parse().map_err(|error| StoreError::Unavailable(format!("the DSN: {error}")))?;
        // From the connection's first moment on, so that no statement depends on an earlier one.
        let given = config.get_options().unwrap_or("").to_owned();
        config.options(format!("-c statement_timeout={} {given}", read_time.as_millis()));
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let timeouts =
            Timeouts { wait: Some(WAIT_MAX), create: Some(WAIT_MAX), recycle: Some(WAIT_MAX) };
        let pool = Pool::builder(Manager::from_config(config, NoTls, recycling))
            .max_size(CONNECTIONS_MAX)
            .timeouts(timeouts)
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(StoreError::internal)?;
        let postgres = Postgres { pool };
        let create = format!("CREATE SCHEMA IF NOT EXISTS \"{schema}\"");
        postgres.write(move |conn| conn.batch(&create)).await?;
        Ok(postgres)
    }

    /// Gives the schema another name; that name.
    pub async fn retire(&self, schema: &str) -> Result<String> {
        // Two moves away from here in one second are no worry: the second finds the name taken and fails.
        let seconds = jiff::Timestamp::now().as_second();
        let left = format!("{schema}_moved_{seconds}");
        let rename = format!("ALTER SCHEMA \"{schema}\" RENAME TO \"{left}\"");
        self.write(move |conn| conn.batch(&rename)).await?;
        Ok(left)
    }

    async fn connection(&self) -> Result<Object> {
        self.pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) => told_apart(&error, ""),
            other => StoreError::Unavailable(other.to_string()),
        })
    }

    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        let client = self.connection().await?;
        let handle = Handle::current();
        let run = move || work(&mut Conn::new(Kind::Postgres(Session { client: &client, handle })));
        spawn_blocking(run).await.map_err(|_| StoreError::internal("the read panicked"))?
    }

    pub async fn snapshot<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        let client = self.connection().await?;
        let handle = Handle::current();
        let run = move || {
            let mut session = Session { client: &client, handle: handle.clone() };
            session.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
            let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                work(&mut Conn::new(Kind::Postgres(Session { client: &client, handle })))
            }));
            // Nothing was written: however it ended, the connection goes back clean.
            session.batch("ROLLBACK")?;
            outcome.unwrap_or_else(|_| Err(StoreError::internal("the read panicked")))
        };
        spawn_blocking(run).await.map_err(|_| StoreError::internal("the read panicked"))?
    }

    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        let client = self.connection().await?;
        let handle = Handle::current();
        let run = move || {
            let mut tries = 0;
            loop {
                tries += 1;
                match once(&client, &handle, &work) {
                    Err(StoreError::Conflict) if tries < TRIES_MAX => {
                        std::thread::sleep(Duration::from_millis(2 << tries));
                    }
                    outcome => return outcome,
                }
            }
        };
        spawn_blocking(run).await.map_err(|_| StoreError::internal("the write panicked"))?
    }
}

fn once<T>(client: &Object, handle: &Handle, work: &impl Fn(&mut Conn) -> Result<T>) -> Result<T> {
    let mut session = Session { client, handle: handle.clone() };
    session.batch(&format!("BEGIN; SET LOCAL statement_timeout = '{STATEMENT_TIME}'"))?;
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut conn = Conn::new(Kind::Postgres(Session { client, handle: handle.clone() }));
        work(&mut conn)
    }));
    match outcome {
        Ok(Ok(value)) => session.batch("COMMIT").map(|()| value),
        Ok(Err(error)) => {
            // A connection that cannot even roll back is thrown away by the pool.
            let _ = session.batch("ROLLBACK");
            Err(error)
        }
        Err(_) => {
            let _ = session.batch("ROLLBACK");
            Err(StoreError::internal("the work inside the transaction panicked"))
        }
    }
}

pub struct Session<'c> {
    client: &'c Object,
    handle: Handle,
}

impl Session<'_> {
    pub fn query(&mut self, sql: &str, params: &[Cell]) -> Result<Vec<Vec<Cell>>> {
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        let run = async {
            let statement = self.client.prepare_cached(sql).await?;
            self.client.query(&statement, &params).await
        };
        let rows = self.handle.block_on(run).map_err(|error| told_apart(&error, sql))?;
        rows.iter().map(cells).collect()
    }

    pub fn execute(&mut self, sql: &str, params: &[Cell]) -> Result<u64> {
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        let run = async {
            let statement = self.client.prepare_cached(sql).await?;
            self.client.execute(&statement, &params).await
        };
        self.handle.block_on(run).map_err(|error| told_apart(&error, sql))
    }

    pub fn batch(&mut self, sql: &str) -> Result<()> {
        self.handle
            .block_on(self.client.batch_execute(sql))
            .map_err(|error| told_apart(&error, sql))
    }
}

fn cells(row: &Row) -> Result<Vec<Cell>> {
    let cell = |(index, column): (usize, &tokio_postgres::Column)| -> Result<Cell> {
        let get = |error| StoreError::internal(format!("column {}: {error}", column.name()));
        let cell = match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(index).map_err(get)?.map(Cell::Int),
            Type::INT4 => {
                row.try_get::<_, Option<i32>>(index).map_err(get)?.map(|n| Cell::Int(n.into()))
            }
            Type::BOOL => row.try_get::<_, Option<bool>>(index).map_err(get)?.map(Cell::Bool),
            Type::UUID => row.try_get::<_, Option<Uuid>>(index).map_err(get)?.map(Cell::Uuid),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(index).map_err(get)?.map(Cell::Bytes),
            _ => row.try_get::<_, Option<String>>(index).map_err(get)?.map(Cell::Text),
        };
        Ok(cell.unwrap_or(Cell::Null))
    };
    row.columns().iter().enumerate().map(cell).collect()
}

impl ToSql for Cell {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Cell::Null => Ok(IsNull::Yes),
            Cell::Bool(yes) => yes.to_sql(ty, out),
            Cell::Int(number) if *ty == Type::INT4 => i32::try_from(*number)?.to_sql(ty, out),
            Cell::Int(number) if *ty == Type::BOOL => (*number != 0).to_sql(ty, out),
            Cell::Int(number) => number.to_sql(ty, out),
            Cell::Text(text) => text.to_sql(ty, out),
            Cell::Uuid(id) => id.to_sql(ty, out),
            Cell::Bytes(bytes) => bytes.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn told_apart(error: &tokio_postgres::Error, sql: &str) -> StoreError {
    let Some(db) = error.as_db_error() else {
        // The driver tells these apart by words alone.
        let words = error.to_string();
        let broke = ["communicating", "connect", "closed", "timeout"];
        return if error.is_closed() || broke.iter().any(|word| words.contains(word)) {
            StoreError::Unavailable(words)
        } else {
            StoreError::internal(format!("{error:?} in {sql}"))
        };
    };
    let code = db.code();
    if *code == SqlState::UNIQUE_VIOLATION {
        return unique(db.constraint().unwrap_or(""), db.table().unwrap_or(""));
    }
    let conflicts = [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED];
    if conflicts.contains(code) {
        return StoreError::Conflict;
    }
    if *code == SqlState::DISK_FULL {
        return StoreError::DiskFull;
    }
    if *code == SqlState::QUERY_CANCELED {
        return StoreError::Timeout;
    }
    // Class 57: the server is going down; 53: it lacks resources; 08: the connection broke.
    if ["57", "53", "08"].iter().any(|class| code.code().starts_with(class)) {
        return StoreError::Unavailable(db.message().to_owned());
    }
    StoreError::internal(format!("{}: {} in {sql}", code.code(), db.message()))
}

/// Unique indexes are named `u__table__column`.
fn unique(constraint: &str, table: &str) -> StoreError {
    let column = constraint.rsplit("__").next().unwrap_or("");
    let table = constraint.split("__").nth(1).unwrap_or(table);
    StoreError::Unique { table: table.to_owned(), column: column.to_owned() }
}
