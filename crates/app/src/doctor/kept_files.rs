//! Files on the disk against the records that name them.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use model::query::{After, Bin};
use model::{Filter, ListQuery};
use store::StoreError;

use crate::backup::kept_files;
use crate::files::hashed::Hashed;
use crate::files::{OBJECT, UNFINISHED, disk_error};
use crate::{Error, Result, Workspace};

/// Records read in one step.
const STEP_ROWS: usize = 500;
/// A file without a record may be on its way to get one for this long.
const ON_ITS_WAY: Duration = Duration::from_secs(24 * 3_600);

/// What does not agree.
#[derive(Debug, Default)]
pub(super) struct Differences {
    /// Records whose bytes are not there: the file's name and hash.
    pub missing: Vec<String>,
    /// Files whose bytes are not what their name says.
    pub damaged: Vec<String>,
    /// Files that no record names and that are older than a day.
    pub unneeded: Vec<PathBuf>,
}

/// Compares every record with the disk and reads every file.
pub(super) async fn compare(workspace: &Workspace) -> Result<Differences> {
    let named = named(workspace).await?;
    let files = workspace.files.clone();
    let work = move || look(&files, &named);
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::Store(StoreError::internal(error)))?
}

/// The hashes that records name, also deleted ones, with the file's name.
async fn named(workspace: &Workspace) -> Result<HashMap<String, String>> {
    let object = workspace.object(OBJECT)?;
    let mut all = HashMap::new();
    let mut after: Option<After> = None;
    loop {
        let query = ListQuery {
            sort: vec![],
            bin: Bin::Both,
            after: after.take(),
            limit: STEP_ROWS,
            ..ListQuery::of(Filter::Always)
        };
        let page =
            workspace.store.read(move |tx| tx.list(OBJECT, &query, &|_| Filter::Never)).await?;
        for row in &page.rows {
            let text =
                |name: &str| row.record.get(&object, name).as_text().unwrap_or("").to_owned();
            all.insert(text("sha256"), text("name"));
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(all),
        }
    }
}

fn look(files: &Path, named: &HashMap<String, String>) -> Result<Differences> {
    let mut found = Differences::default();
    let kept = kept_files(files);
    let there: HashSet<&str> = kept.iter().map(|(sha256, _)| sha256.as_str()).collect();
    let missing = named.iter().filter(|(sha256, _)| !there.contains(sha256.as_str()));
    found.missing = missing.map(|(sha256, name)| format!("{name} {sha256}")).collect();
    found.missing.sort();
    for (sha256, path) in &kept {
        if hash(path)? != *sha256 {
            found.damaged.push(path.display().to_string());
        } else if !named.contains_key(sha256) && is_old(path) {
            found.unneeded.push(path.clone());
        }
    }
    let unfinished = fs::read_dir(files.join(UNFINISHED)).into_iter().flatten().flatten();
    found.unneeded.extend(unfinished.map(|entry| entry.path()).filter(|path| is_old(path)));
    Ok(found)
}

fn hash(path: &Path) -> Result<String> {
    let mut hashed = Hashed::new(io::sink());
    let read = File::open(path).and_then(|mut file| io::copy(&mut file, &mut hashed));
    read.map_err(|error| disk_error(path, error))?;
    Ok(hashed.finish().1)
}

fn is_old(path: &Path) -> bool {
    let changed = fs::metadata(path).and_then(|about| about.modified());
    let age = changed.ok().and_then(|at| SystemTime::now().duration_since(at).ok());
    age.is_some_and(|age| age > ON_ITS_WAY)
}

pub(super) fn remove(paths: &[PathBuf]) -> Result<()> {
    paths.iter().try_for_each(|path| fs::remove_file(path).map_err(|error| disk_error(path, error)))
}
