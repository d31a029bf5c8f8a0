//! SQLite: one writer thread that groups waiting writes into one commit, and several reader threads.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};
use model::Uuid;
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, Value as Stored, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql, params_from_iter};
use tokio::sync::oneshot;

use super::conn::{Conn, Kind};
use super::kept_sessions::KeptSessions;
use crate::cell::{Cell, CellRef, Cells};
use crate::{Result, StoreError};

/// The database file in the workspace's directory.
pub const FILE: &str = "guanxi.db";
/// Held by the one server that works on the directory.
const LOCK_FILE: &str = "guanxi.lock";
/// Reader threads.
const READERS: usize = 4;
/// Writes that share one commit.
const GROUP_WRITES_MAX: usize = 64;
/// Work waiting for a thread.
const QUEUE_MAX: usize = 4_096;
/// Statements kept prepared, a connection.
const STATEMENTS_CACHED: usize = 256;
/// Steps of SQLite's machine between two looks at the clock: less than a millisecond.
const STEPS_BETWEEN_LOOKS: i32 = 10_000;

/// Told either that the read may go on or why it cannot begin.
type Read = Box<dyn FnOnce(Result<&mut Conn>) + Send>;

/// What is wrong with the disk, if anything: known to the writer, told by the health check.
#[derive(Clone, Default)]
struct Disk(Arc<Mutex<Option<StoreError>>>);

impl Disk {
    fn trouble(&self) -> Option<StoreError> {
        self.0.lock().expect("no panic holds this lock").clone()
    }

    /// What the last commit came to. Space may come back; a disk that failed to keep what it was given is not
    /// trusted again before the next start, for the system forgets which pages it has not written.
    fn note(&self, committed: &Result<()>) {
        let mut trouble = self.0.lock().expect("no panic holds this lock");
        match committed {
            Ok(()) if matches!(*trouble, Some(StoreError::DiskFull)) => *trouble = None,
            Err(error @ StoreError::DiskFull) if trouble.is_none() => {
                *trouble = Some(error.clone())
            }
            Err(error @ StoreError::DiskFailed(_)) => *trouble = Some(error.clone()),
            _ => {}
        }
    }
}
/// Runs the work and keeps its outcome; `deliver` hands it over after the commit.
trait Write: Send {
    fn run(&mut self, conn: &mut Conn) -> bool;
    /// Why it was not kept, once it has run.
    fn failure(&self) -> Option<StoreError>;
    fn deliver(self: Box<Self>, committed: Result<()>);
}

pub struct Sqlite {
    reads: Sender<Read>,
    writes: Sender<Box<dyn Write>>,
    path: PathBuf,
    pub sessions: Arc<KeptSessions>,
    disk: Disk,
    _lock: File,
}

impl Sqlite {
    pub fn open(dir: &Path, read_time: Duration) -> Result<Sqlite> {
        let unavailable =
            |error: std::io::Error| StoreError::Unavailable(format!("{}: {error}", dir.display()));
        std::fs::create_dir_all(dir).map_err(unavailable)?;
        let lock =
            File::options().create(true).truncate(false).write(true).open(dir.join(LOCK_FILE));
        let lock = lock.map_err(unavailable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::InUse(dir.display().to_string()));
            }
            Err(TryLockError::Error(error)) => return Err(unavailable(error)),
        }
        let path = dir.join(FILE);
        let writer = connect(&path, true)?;
        let (writes, waiting) = bounded(QUEUE_MAX);
        let (disk, sessions) = (Disk::default(), Arc::new(KeptSessions::default()));
        let (known, kept) = (disk.clone(), sessions.clone());
        spawn("guanxi-writer", move || write_loop(&writer, &waiting, &known, &kept))?;
        let (reads, waiting) = bounded::<Read>(QUEUE_MAX);
        for number in 0..READERS {
            let mut reader = connect(&path, false)?;
            let waiting = waiting.clone();
            spawn(&format!("guanxi-reader-{number}"), move || {
                read_loop(&mut reader, &waiting, read_time)
            })?;
        }
        Ok(Sqlite { reads, writes, path, disk, sessions, _lock: lock })
    }

    /// What is wrong with the disk, if anything.
    pub fn trouble(&self) -> Option<StoreError> {
        self.disk.trouble()
    }

    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (give, take) = oneshot::channel();
        let read: Read = Box::new(move |conn| {
            // Whoever asked may have gone away.
            let _ = give.send(conn.and_then(work));
        });
        self.reads.send(read).map_err(|_| stopped())?;
        take.await.map_err(|_| panicked())?
    }

    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (give, take) = oneshot::channel();
        let waiting = Waiting { work, outcome: None, give };
        self.writes.send(Box::new(waiting)).map_err(|_| stopped())?;
        take.await.map_err(|_| panicked())?
    }

    pub async fn snapshot<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        let connection = connect(&self.path, false)?;
        let run = move || {
            batch(&connection, "BEGIN")?;
            work(&mut Conn::new(Kind::Sqlite(&connection)))
        };
        tokio::task::spawn_blocking(run).await.map_err(|_| panicked())?
    }

    /// Gives the file another name; that name. Nobody may read or write.
    pub async fn retire(&self) -> Result<String> {
        let path = self.path.clone();
        let work = move || -> Result<String> {
            let connection = connect(&path, true)?;
            // The log goes into the file first, for it does not go with the name.
            let emptied = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
            emptied.map_err(|error| told_apart(&error))?;
            let left = path.with_extension("db.moved");
            std::fs::rename(&path, &left)
                .map_err(|error| StoreError::Unavailable(error.to_string()))?;
            Ok(left.display().to_string())
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| panicked())?
    }

    pub async fn copy_into(&self, file: PathBuf) -> Result<()> {
        // A connection that only reads may write no copy either.
        let source = connect(&self.path, true)?;
        let work = move || -> Result<()> {
            // SQLite counts the new file as a write, though nothing is written into the source.
            source.pragma_update(None, "query_only", false).map_err(|error| told_apart(&error))?;
            source
                .execute("VACUUM INTO ?1", [file.to_string_lossy()])
                .map(|_| ())
                .map_err(|error| told_apart(&error))
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| panicked())?
    }
}

fn stopped() -> StoreError {
    StoreError::Unavailable("the database threads have stopped".to_owned())
}

fn panicked() -> StoreError {
    StoreError::internal("the work inside the transaction panicked")
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<()> {
    let thread = thread::Builder::new().name(name.to_owned()).spawn(work);
    thread.map(|_| ()).map_err(|error| StoreError::Unavailable(error.to_string()))
}

fn connect(path: &Path, writes: bool) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
        // A plan depends on the statement alone: with new values it is not made again.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A write that was answered survives a loss of power: every commit is forced to the disk.
        connection.pragma_update(None, "synchronous", "FULL")?;
        // Pages that are written again and again reach the file once in 32 MB of log, not at each commit.
        connection.pragma_update(None, "wal_autocheckpoint", 8_000)?;
        connection.pragma_update(None, "cache_size", -65_536)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.pragma_update(None, "mmap_size", 1_073_741_824i64)?;
        if !writes {
            connection.pragma_update(None, "query_only", true)?;
            connection.pragma_update(None, "cache_size", -16_384)?;
        }
        Ok(connection)
    };
    open().map_err(|error| StoreError::Unavailable(format!("{}: {error}", path.display())))
}

fn read_loop(connection: &mut Connection, waiting: &Receiver<Read>, time: Duration) {
    while let Ok(read) = waiting.recv() {
        let until = Instant::now() + time;
        let is_over = move || Instant::now() > until;
        // Not setting the limit is no reason to refuse the read.
        let _ = connection.progress_handler(STEPS_BETWEEN_LOOKS, Some(is_over));
        if let Err(error) = connection.execute_batch("BEGIN") {
            caught(|| read(Err(told_apart(&error))));
            continue;
        }
        let shared: &Connection = connection;
        caught(|| read(Ok(&mut Conn::new(Kind::Sqlite(shared)))));
        let _ = connection.execute_batch("COMMIT");
    }
}

/// Runs `work`; a panic in it is its own affair: the thread lives on.
fn caught(work: impl FnOnce()) -> bool {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).is_ok()
}

struct Waiting<T, F> {
    work: F,
    outcome: Option<Result<T>>,
    give: oneshot::Sender<Result<T>>,
}

impl<T, F> Write for Waiting<T, F>
where
    T: Send,
    F: Fn(&mut Conn) -> Result<T> + Send,
{
    fn run(&mut self, conn: &mut Conn) -> bool {
        let outcome = (self.work)(conn);
        let kept = outcome.is_ok();
        self.outcome = Some(outcome);
        kept
    }

    fn failure(&self) -> Option<StoreError> {
        self.outcome.as_ref().and_then(|outcome| outcome.as_ref().err().cloned())
    }

    fn deliver(self: Box<Self>, committed: Result<()>) {
        let outcome = match (self.outcome, committed) {
            (Some(Err(error)), _) | (_, Err(error)) => Err(error),
            (Some(outcome), Ok(())) => outcome,
            (None, Ok(())) => Err(panicked()),
        };
        // Whoever asked may have gone away.
        let _ = self.give.send(outcome);
    }
}

/// Takes what waits, up to a group, into one transaction with a savepoint each; one commit for all. A write that
/// waits alone needs no savepoint: undoing it undoes the transaction. Savepoints are not free: SQLite keeps what
/// each page was before.
fn write_loop(
    connection: &Connection,
    waiting: &Receiver<Box<dyn Write>>,
    disk: &Disk,
    sessions: &KeptSessions,
) {
    while let Ok(first) = waiting.recv() {
        if let Some(error @ StoreError::DiskFailed(_)) = disk.trouble() {
            first.deliver(Err(error));
            continue;
        }
        if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE") {
            let begun = Err(told_apart(&error));
            disk.note(&begun);
            first.deliver(begun);
            continue;
        }
        if waiting.is_empty() {
            run_alone(connection, first, disk, sessions);
        } else {
            run_group(connection, first, waiting, disk, sessions);
        }
    }
}

fn run_group(
    connection: &Connection,
    first: Box<dyn Write>,
    waiting: &Receiver<Box<dyn Write>>,
    disk: &Disk,
    sessions: &KeptSessions,
) {
    let mut done = vec![];
    let mut next = Some(first);
    let mut undone = None;
    let mut sessions_changed = false;
    while let Some(mut write) = next.take() {
        sessions_changed |= run_in_savepoint(connection, write.as_mut());
        // When the disk is full or fails, SQLite may undo the transaction at once: with what the others wrote.
        if connection.is_autocommit() {
            undone = Some(write.failure().unwrap_or(StoreError::Conflict));
        }
        done.push(write);
        if undone.is_none() && done.len() < GROUP_WRITES_MAX {
            next = waiting.try_recv().ok();
        }
    }
    let committed = match undone {
        Some(error) => Err(error),
        None => commit(connection),
    };
    disk.note(&committed);
    if sessions_changed {
        sessions.changed();
    }
    for write in done {
        write.deliver(committed.clone());
    }
}

fn commit(connection: &Connection) -> Result<()> {
    let committed = connection.execute_batch("COMMIT").map_err(|error| told_apart(&error));
    if committed.is_err() && !connection.is_autocommit() {
        let _ = connection.execute_batch("ROLLBACK");
    }
    committed
}

fn run_alone(
    connection: &Connection,
    mut write: Box<dyn Write>,
    disk: &Disk,
    sessions: &KeptSessions,
) {
    let mut kept = false;
    let mut conn = Conn::new(Kind::Sqlite(connection));
    caught(|| kept = write.run(&mut conn));
    // What SQLite has undone by itself cannot be committed, and says so.
    if kept {
        let committed = commit(connection);
        disk.note(&committed);
        if conn.sessions_changed {
            sessions.changed();
        }
        write.deliver(committed);
        return;
    }
    if !connection.is_autocommit() {
        let _ = connection.execute_batch("ROLLBACK");
    }
    if let Some(error) = write.failure() {
        disk.note(&Err(error));
    }
    write.deliver(Ok(()));
}

/// Whether sessions were changed.
fn run_in_savepoint(connection: &Connection, write: &mut dyn Write) -> bool {
    if connection.execute_batch("SAVEPOINT one").is_err() {
        return false;
    }
    let mut kept = false;
    let mut conn = Conn::new(Kind::Sqlite(connection));
    caught(|| kept = write.run(&mut conn));
    if !connection.is_autocommit() {
        let end = if kept { "RELEASE one" } else { "ROLLBACK TO one; RELEASE one" };
        let _ = connection.execute_batch(end);
    }
    conn.sessions_changed
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Cell::Null => ToSqlOutput::Owned(Stored::Null),
            Cell::Bool(yes) => ToSqlOutput::Owned(Stored::Integer(i64::from(*yes))),
            Cell::Int(number) => ToSqlOutput::Owned(Stored::Integer(*number)),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Uuid(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Cell::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

pub fn query(connection: &Connection, sql: &str, params: &[Cell]) -> Result<Vec<Vec<Cell>>> {
    let run = || -> rusqlite::Result<Vec<Vec<Cell>>> {
        let mut statement = connection.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(params_from_iter(params))?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let cells = (0..columns).map(|index| row.get_ref(index).map(from_ref));
            all.push(cells.collect::<rusqlite::Result<_>>()?);
        }
        Ok(all)
    };
    run().map_err(|error| with_sql(&error, sql))
}

/// Hands each row to `each`, without a copy of it.
pub fn each(
    connection: &Connection,
    sql: &str,
    params: &[Cell],
    each: &mut dyn FnMut(&dyn Cells),
) -> Result<()> {
    let mut run = || -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(params_from_iter(params))?;
        while let Some(row) = rows.next()? {
            each(row);
        }
        Ok(())
    };
    run().map_err(|error| with_sql(&error, sql))
}

impl Cells for rusqlite::Row<'_> {
    fn cell(&self, index: usize) -> CellRef<'_> {
        match self.get_ref(index) {
            Ok(ValueRef::Integer(number)) => CellRef::Int(number),
            Ok(ValueRef::Real(number)) => CellRef::Int(number as i64),
            Ok(ValueRef::Text(text)) => CellRef::Text(String::from_utf8_lossy(text)),
            Ok(ValueRef::Blob(bytes)) => match Uuid::from_slice(bytes) {
                Ok(id) => CellRef::Uuid(id),
                Err(_) => CellRef::Bytes(bytes),
            },
            Ok(ValueRef::Null) | Err(_) => CellRef::Null,
        }
    }
}

pub fn execute(connection: &Connection, sql: &str, params: &[Cell]) -> Result<u64> {
    let run = || connection.prepare_cached(sql)?.execute(params_from_iter(params));
    run().map(|rows| rows as u64).map_err(|error| with_sql(&error, sql))
}

pub fn batch(connection: &Connection, sql: &str) -> Result<()> {
    connection.execute_batch(sql).map_err(|error| with_sql(&error, sql))
}

fn from_ref(value: ValueRef) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Real(number) => Cell::Int(number as i64),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => match Uuid::from_slice(bytes) {
            Ok(id) => Cell::Uuid(id),
            Err(_) => Cell::Bytes(bytes.to_vec()),
        },
    }
}

fn with_sql(error: &rusqlite::Error, sql: &str) -> StoreError {
    match told_apart(error) {
        StoreError::Internal(what) => StoreError::Internal(format!("{what} in {sql}")),
        other => other,
    }
}

fn told_apart(error: &rusqlite::Error) -> StoreError {
    let rusqlite::Error::SqliteFailure(failure, message) = error else {
        return StoreError::internal(error);
    };
    let message = message.as_deref().unwrap_or("");
    match failure.code {
        ErrorCode::ConstraintViolation => {
            match message.strip_prefix("UNIQUE constraint failed: ") {
                Some(columns) => unique(columns),
                None => StoreError::internal(error),
            }
        }
        ErrorCode::DiskFull => StoreError::DiskFull,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Conflict,
        ErrorCode::OperationInterrupted => StoreError::Timeout,
        // The index of the log is a file, too, and grows.
        _ if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE => StoreError::DiskFull,
        ErrorCode::SystemIoFailure => StoreError::DiskFailed(message.to_owned()),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
            StoreError::Damaged(message.to_owned())
        }
        ErrorCode::CannotOpen | ErrorCode::ReadOnly => StoreError::Unavailable(message.to_owned()),
        _ => StoreError::internal(error),
    }
}

/// The table and last column of `accounts.external_id` or `a.x, a.y`.
fn unique(columns: &str) -> StoreError {
    let last = columns.rsplit(", ").next().unwrap_or(columns);
    let (table, column) = last.split_once('.').unwrap_or(("", last));
    StoreError::Unique { table: table.to_owned(), column: column.to_owned() }
}
