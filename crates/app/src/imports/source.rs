//! The file of an import, opened as a table as its mapping says.

use std::fs::File;

use formats::{FormatError, Options, Table};
use model::{Problem, Uuid};

use super::mapping::FileRule;
use crate::access::Actor;
use crate::files::FileMeta;
use crate::{Error, Result, Workspace};

impl Workspace {
    /// The file as a table.
    ///
    /// # Errors
    /// `not_found`; what is wrong with the file; the store's.
    pub(super) async fn open_table(
        &self,
        actor: &Actor,
        file: Uuid,
        rule: &FileRule,
    ) -> Result<(FileMeta, Table)> {
        let (meta, file) = self.open_file(actor, file).await?;
        let options = options(&meta.name, rule);
        let table = blocking(move || formats::open(file, &options)).await?;
        Ok((meta, table))
    }

    /// How many rows the file has.
    pub(super) async fn count_rows(
        &self,
        actor: &Actor,
        file: Uuid,
        rule: &FileRule,
    ) -> Result<i64> {
        let (_, table) = self.open_table(actor, file, rule).await?;
        let rows = blocking(move || table.count_rows()).await?;
        Ok(i64::try_from(rows).unwrap_or(i64::MAX))
    }
}

/// How a file of this name is read.
pub fn options(name: &str, rule: &FileRule) -> Options {
    Options {
        sheet: rule.sheet.clone(),
        encoding: rule.encoding.clone(),
        delimiter: rule.delimiter.and_then(|c| u8::try_from(c).ok()),
        header: !rule.no_header,
        strip_guard: !rule.keep_guard,
        ..Options::named(name)
    }
}

/// Runs what reads a file where it may wait for the disk.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> std::result::Result<T, FormatError> + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Error::Store(store::StoreError::internal(error)))?.map_err(file_error)
}

/// What is wrong with a file, in the terms of requests.
pub fn file_error(error: FormatError) -> Error {
    match error {
        FormatError::Io(error) => crate::files::disk_error(std::path::Path::new("import"), error),
        error => {
            Problem { field: Some("file".to_owned()), code: error.code(), params: error.params() }
                .into()
        }
    }
}

/// A new, empty file that has no name any more: it is gone when nobody reads it.
///
/// # Errors
/// The disk's.
pub fn nameless(workspace: &Workspace) -> Result<(File, File)> {
    let unfinished = crate::files::Unfinished(workspace.new_unfinished()?);
    let disk = |error| crate::files::disk_error(&unfinished.0, error);
    let writes = File::create_new(&unfinished.0).map_err(disk)?;
    let reads = File::open(&unfinished.0).map_err(disk)?;
    Ok((writes, reads))
}
