//! Backups: everything of a workspace in one verified file, made while it runs, and put back on either database.
//!
//! The file is a zip: `data/<table>.jsonl` with one row a line, `files/<sha256>` as they are, and `manifest.json`
//! with the SHA-256 of every other member.

mod archive;
mod restore;
mod rows;
mod take;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};
use store::{StoreError, Tx};

use crate::files::{Unfinished, disk_error};
use crate::{Error, Result, Workspace};

pub use archive::{Manifest, verify};
pub use restore::restore;

use archive::{Archive, ManifestTable};

/// The format of backups. A backup with a larger one is refused.
const FORMAT: i64 = 1;
/// Rows read in one step.
const STEP_ROWS: usize = 1_000;

/// What a backup holds, or what a restore put back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BackupReport {
    /// Rows of all tables.
    pub rows: u64,
    /// Files.
    pub files: u64,
    /// Bytes of the backup.
    pub bytes: u64,
    /// Files whose bytes are not what their name says; they are not in the backup.
    pub damaged: Vec<String>,
}

impl BackupReport {
    /// The report as JSON.
    pub fn json(&self) -> Json {
        json!({"rows": self.rows, "files": self.files, "bytes": self.bytes, "damaged": self.damaged})
    }
}

impl Workspace {
    /// Writes everything of the workspace into `to`, which must not be there yet, while others go on; read back
    /// and compared before it gets its name.
    ///
    /// # Errors
    /// The disk's and the store's.
    pub async fn backup(&self, to: &Path) -> Result<BackupReport> {
        let unfinished = Unfinished::beside(to)?;
        let path = unfinished.0.clone();
        let file = File::create(&path).map_err(|error| disk_error(&path, error))?;
        let mut archive = Archive::begin(file);
        let manifest = Manifest {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            schema: self.schema().version.clone(),
            workspace: self.name.clone(),
            made_at: self.clock.now().to_string(),
            ..Manifest::default()
        };
        let files = self.files.clone();
        let work = move |tx: &mut Tx| -> store::Result<(Manifest, Vec<String>)> {
            write_all(tx, &mut archive, manifest, &files)
                .and_then(|(manifest, damaged)| {
                    archive.finish(&manifest).map(|()| (manifest, damaged))
                })
                .map_err(into_store)
        };
        let (written, damaged) = self.store.snapshot(work).await?;
        let found = verify(&path).await?;
        if found != written {
            return Err(Error::Store(StoreError::internal(
                "the backup does not read back as it was written",
            )));
        }
        let bytes = fs::metadata(&path).map_or(0, |about| about.len());
        unfinished.take_name(to)?;
        let rows = written.tables.iter().map(|table| table.rows).sum();
        let files = written.files().count() as u64;
        Ok(BackupReport { rows, files, bytes, damaged })
    }
}

fn into_store(error: Error) -> StoreError {
    match error {
        Error::Store(error) => error,
        other => StoreError::internal(other),
    }
}

fn write_all(
    tx: &mut Tx,
    archive: &mut Archive,
    mut manifest: Manifest,
    files: &Path,
) -> Result<(Manifest, Vec<String>)> {
    for table in tx.copied_tables() {
        let mut rows = 0;
        let member = archive.member(&format!("data/{}.jsonl", table.name), true, |sink| {
            let mut after: Option<Vec<store::Cell>> = None;
            loop {
                let page = tx.copied_rows(&table, after.as_deref(), STEP_ROWS)?;
                for row in &page {
                    writeln!(sink, "{}", rows::write(&table, row))
                        .map_err(|e| disk_error(Path::new("backup"), e))?;
                }
                rows += page.len() as u64;
                match page.into_iter().next_back() {
                    Some(last) => {
                        after = Some(table.key.iter().map(|index| last[*index].clone()).collect())
                    }
                    None => return Ok(()),
                }
            }
        })?;
        manifest.members.push(member);
        let columns = table
            .columns
            .iter()
            .map(|(name, column)| (name.clone(), rows::type_name(*column).to_owned()));
        manifest.tables.push(ManifestTable {
            name: table.name.clone(),
            columns: columns.collect(),
            rows,
        });
    }
    let mut damaged = Vec::new();
    for (sha256, path) in kept_files(files) {
        let name = format!("files/{sha256}");
        let mut source = File::open(&path).map_err(|error| disk_error(&path, error))?;
        let member = archive.member(&name, false, |sink| {
            std::io::copy(&mut source, sink).map(|_| ()).map_err(|error| disk_error(&path, error))
        })?;
        if member.sha256 == sha256 {
            manifest.members.push(member);
        } else {
            archive.take_back()?;
            damaged.push(sha256);
        }
    }
    Ok((manifest, damaged))
}

/// The files that are kept, by their hash, with their paths. They were there before what is read of the database
/// now, or are more than it knows of.
pub(crate) fn kept_files(files: &Path) -> Vec<(String, PathBuf)> {
    let folders = |dir: &Path| -> BTreeSet<PathBuf> {
        let entries = fs::read_dir(dir).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    };
    let mut all = Vec::new();
    for path in folders(files).iter().flat_map(|one| folders(one)).flat_map(|two| folders(&two)) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("").to_owned();
        if crate::files::path_of(files, &name).is_some_and(|place| place == path) {
            all.push((name, path));
        }
    }
    all
}
