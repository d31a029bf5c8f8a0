//! Putting a backup back into an empty place, after every member was read and found to be what it was.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;

use model::fields::Column;
use model::{Problem, Schema};
use store::{Catalog, Cell, CopiedTable, Place, Store, StoreError};
use tokio::runtime::Handle;

use super::archive::{ManifestTable, damaged, open, verify_now};
use super::{BackupReport, rows};
use crate::files::{disk_error, path_of};
use crate::{Error, Result};

/// Rows written in one transaction.
const STEP_ROWS: usize = 2_000;

/// Puts the backup `from` into `place`, its files into `files`: both must be empty. Search words are made anew, and
/// what is computed is computed again if the declarations changed since.
///
/// # Errors
/// `backup_damaged`, `backup_newer`, `place_taken`; the disk's and the store's. What was begun is taken away again.
pub async fn restore(
    from: &Path,
    place: &Place,
    files: &Path,
    schema: Schema,
) -> Result<BackupReport> {
    let checked = from.to_owned();
    let work = move || verify_now(&checked);
    let manifest = tokio::task::spawn_blocking(work).await.map_err(StoreError::internal)??;
    refuse_taken(place, files)?;
    let now_schema = schema.version.clone();
    let store = Store::open(place, Catalog::of(Arc::new(schema))).await?;
    if !store.plan().await?.is_new {
        return Err(taken(place));
    }
    store.sync().await?;
    let outcome = fill(&store, from, files).await;
    if outcome.is_err() {
        take_away(store, place, files).await;
        return outcome;
    }
    let changed = manifest.schema != now_schema;
    crate::doctor::derive_again(&store, changed).await?;
    outcome
}

fn taken(place: &Place) -> Error {
    let shown = match place {
        Place::Sqlite { dir } => dir.display().to_string(),
        Place::Postgres { schema, .. } => schema.clone(),
    };
    Error::Refused(Problem::new("place_taken").with("place", shown))
}

/// Whether nothing but the lock of whoever looked before is in a folder.
fn is_empty(dir: &Path) -> bool {
    let is_lock = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().ends_with(".lock");
    fs::read_dir(dir).map_or(true, |entries| entries.flatten().all(|entry| is_lock(&entry)))
}

fn refuse_taken(place: &Place, files: &Path) -> Result<()> {
    let free = match place {
        // The files may have their folder inside.
        Place::Sqlite { dir } if files.parent() == Some(dir) && is_empty(files) => {
            let others = fs::read_dir(dir).into_iter().flatten().flatten();
            others
                .map(|entry| entry.path())
                .all(|path| path == files || path.extension().is_some_and(|e| e == "lock"))
        }
        Place::Sqlite { dir } => is_empty(dir),
        Place::Postgres { .. } => true,
    };
    if free && is_empty(files) { Ok(()) } else { Err(taken(place)) }
}

/// Only what this restore made is there to be taken away: the place was empty.
async fn take_away(store: Store, place: &Place, files: &Path) {
    let dropped = store.destroy().await;
    drop(store);
    let mut gone = vec![fs::remove_dir_all(files)];
    if let Place::Sqlite { dir } = place {
        gone.push(fs::remove_dir_all(dir));
    }
    let left = gone
        .into_iter()
        .filter_map(io::Result::err)
        .find(|error| error.kind() != io::ErrorKind::NotFound);
    if let Some(error) =
        dropped.err().map(|error| error.to_string()).or(left.map(|error| error.to_string()))
    {
        tracing::warn!(%error, "a restore that failed could not be cleared away");
    }
}

async fn fill(store: &Store, from: &Path, files: &Path) -> Result<BackupReport> {
    let (store, from, files) = (store.clone(), from.to_owned(), files.to_owned());
    let handle = Handle::current();
    let work = move || -> Result<BackupReport> {
        let (mut zip, manifest) = open(&from)?;
        let known = handle.block_on(store.read(|tx| Ok(tx.copied_tables())))?;
        let mut report = BackupReport::default();
        for table in &manifest.tables {
            let Some(table) = known_table(table, &known, &manifest.program)? else { continue };
            let member = zip.by_name(&format!("data/{}.jsonl", table.name)).map_err(damaged)?;
            report.rows += put_rows(&store, &handle, table, BufReader::new(member))?;
        }
        handle.block_on(store.write(|tx| tx.end_copy()))?;
        for sha256 in manifest.files() {
            let mut member = zip.by_name(&format!("files/{sha256}")).map_err(damaged)?;
            put_file(&files, sha256, &mut member)?;
            report.files += 1;
        }
        report.bytes = fs::metadata(&from).map_or(0, |about| about.len());
        Ok(report)
    };
    tokio::task::spawn_blocking(work).await.map_err(StoreError::internal)?
}

/// The table as the backup has it, if this program knows all of it; none for an empty table that it does not know.
fn known_table(
    table: &ManifestTable,
    known: &[CopiedTable],
    program: &str,
) -> Result<Option<CopiedTable>> {
    let newer = || Error::Refused(Problem::new("backup_newer").with("program", program));
    let Some(mine) = known.iter().find(|mine| mine.name == table.name) else {
        return if table.rows == 0 { Ok(None) } else { Err(newer()) };
    };
    let mut columns: Vec<(String, Column)> = Vec::new();
    for (name, held) in &table.columns {
        let column = mine
            .columns
            .iter()
            .find(|(mine, column)| mine == name && rows::type_name(*column) == held);
        columns.push(column.cloned().ok_or_else(newer)?);
    }
    Ok(Some(CopiedTable { columns, ..mine.clone() }))
}

fn put_rows(
    store: &Store,
    handle: &Handle,
    table: CopiedTable,
    reader: impl BufRead,
) -> Result<u64> {
    let types: Vec<Column> = table.columns.iter().map(|(_, column)| *column).collect();
    let table = Arc::new(table);
    let mut step: Vec<Vec<Cell>> = Vec::with_capacity(STEP_ROWS);
    let mut count = 0;
    let put = |step: &mut Vec<Vec<Cell>>| -> Result<()> {
        let (table, rows) = (table.clone(), Arc::new(std::mem::take(step)));
        Ok(handle.block_on(store.write(move |tx| tx.put_copied_rows(&table, &rows)))?)
    };
    for line in reader.lines() {
        let line = line.map_err(damaged)?;
        step.push(rows::read(&types, &line).ok_or_else(|| damaged(&table.name))?);
        count += 1;
        if step.len() == STEP_ROWS {
            put(&mut step)?;
        }
    }
    put(&mut step)?;
    Ok(count)
}

fn put_file(files: &Path, sha256: &str, bytes: &mut impl io::Read) -> Result<()> {
    let place = path_of(files, sha256).ok_or_else(|| damaged(sha256))?;
    let mut put = || -> io::Result<()> {
        fs::create_dir_all(place.parent().unwrap_or(files))?;
        let mut file = File::create_new(&place)?;
        io::copy(bytes, &mut file)?;
        file.sync_all()
    };
    put().map_err(|error| disk_error(&place, error))
}
