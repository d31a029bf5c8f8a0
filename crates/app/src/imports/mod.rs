//! Imports: rows of a file become records through the one write path.
//!
//! A [`Mapping`] says which column goes where; `compile` makes a plan of it; `row` reads cells as values beside the
//! writing; `chunk` applies some hundred rows in one transaction that also notes that they are applied. What was
//! noted is never applied again, so an import that was stopped, however, goes on where it was.

mod apply;
mod chunk;
mod compile;
mod errors;
mod find;
mod guess;
mod inspect;
mod mapping;
mod plan;
mod preview;
mod row;
mod run;
mod source;
mod state;
mod undo;

use std::path::Path;
use std::sync::Arc;

use model::query::Bin;
use model::{Action, Filter, Problem, Uuid, Value};
use serde_json::{Value as Json, json};

pub use chunk::SHOWN_MAX;
pub use compile::PATH_LINKS_MAX;
pub use mapping::{ColumnRule, FileRule, IfMissing, LinkRule, Mapping, Policy};
pub use run::CHUNK_ROWS;
use run::Importer;
use state::{Begun, OBJECT};
use store::JobState;

use crate::access::Actor;
use crate::jobs::LEASE;
use crate::{Error, Result, Workspace};

/// The object whose records keep mappings.
const MAPPINGS: &str = "import_mapping";

/// What an import is to do.
#[derive(Debug, Clone)]
pub struct ImportRequest {
    /// The file.
    pub file: Uuid,
    /// The mapping.
    pub mapping: Mapping,
    /// Whether nothing is to stay.
    pub dry_run: bool,
}

impl Workspace {
    /// Begins an import from `{"file","mapping"|"mapping_id","dry_run"}`: its record. The rows are done by a job.
    ///
    /// # Errors
    /// Every problem of the mapping at once; `forbidden`; what is wrong with the file; the store's.
    pub async fn start_import(&self, actor: &Actor, body: &Json) -> Result<Json> {
        let request = self.import_request(actor, body).await?;
        Ok(self.begin_import(actor, request, self.clock.now()).await?.json)
    }

    /// Imports a file of this machine to the end, here and now; the import's record. `progress` is told rows done
    /// and rows in all. Should this program be stopped, a worker goes on with it.
    ///
    /// # Errors
    /// As [`Workspace::start_import`]; the disk's. An import that fails on its way says so in its record.
    pub async fn import_path(
        self: &Arc<Workspace>,
        actor: &Actor,
        path: &Path,
        mapping: Mapping,
        dry_run: bool,
        progress: &mut (dyn FnMut(i64, i64) + Send),
    ) -> Result<Json> {
        let name =
            path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let opened = tokio::fs::File::open(path)
            .await
            .map_err(|error| crate::files::disk_error(path, error))?;
        let file = self.put_file(actor, &name, None, opened).await?;
        let file = file["id"]
            .as_str()
            .and_then(|id| Uuid::parse_str(id).ok())
            .ok_or_else(Error::not_found)?;
        let request = ImportRequest { file, mapping, dry_run };
        let later = self.clock.now().checked_add(LEASE).unwrap_or(jiff::Timestamp::MAX);
        let Begun { id, job, .. } = self.begin_import(actor, request, later).await?;
        self.do_import(id, &Importer::of(actor), Some(job), progress).await?;
        let now = later.as_microsecond();
        self.store.write(move |tx| tx.end_job(job, JobState::Done, now, None)).await?;
        self.import_json(actor, id).await
    }

    async fn import_request(&self, actor: &Actor, body: &Json) -> Result<ImportRequest> {
        let id = |name: &str| body[name].as_str().and_then(|id| Uuid::parse_str(id).ok());
        let file = id("file").ok_or_else(|| Error::field("file", "link_expected"))?;
        let mapping = match (&body["mapping"], id("mapping_id")) {
            (Json::Null, Some(kept)) => self.kept_mapping(actor, kept).await?,
            (Json::Null, None) => return Err(Error::field("mapping", "required")),
            (mapping, _) => Mapping::read(mapping)?,
        };
        Ok(ImportRequest { file, mapping, dry_run: body["dry_run"].as_bool().unwrap_or(false) })
    }

    /// A mapping that was kept under a name.
    async fn kept_mapping(&self, actor: &Actor, id: Uuid) -> Result<Mapping> {
        let object = self.object(MAPPINGS)?;
        let rights = actor.rights.clone();
        let found = self.store.read(move |tx| {
            let filter = rights.filter(tx.schema(), &object, Action::Read);
            let record = tx.load(MAPPINGS, &[id], &filter, Bin::Live, false)?.pop();
            Ok(record
                .map(|record| record.get(&object, "mapping").as_text().unwrap_or("").to_owned()))
        });
        let text = found.await?.ok_or_else(|| Error::field("mapping_id", "not_found"))?;
        let json = serde_json::from_str(&text);
        let json: Json = json.map_err(|error| {
            Error::from(Problem::of("mapping_id", "mapping").with("detail", error))
        })?;
        Mapping::read(&json)
    }

    /// Holds the mapping against the file and makes the record.
    async fn begin_import(
        &self,
        actor: &Actor,
        request: ImportRequest,
        due: jiff::Timestamp,
    ) -> Result<Begun> {
        let (meta, table) = self.open_table(actor, request.file, &request.mapping.file).await?;
        let object = self.object(&request.mapping.object)?;
        self.compile(actor, &request.mapping, table.headers())?;
        let name: String = format!("{} · {}", object.plural_label.text(actor.language), meta.name);
        let values = vec![
            ("name", name.into()),
            ("object", object.name.as_str().into()),
            ("status", "waiting".into()),
            ("dry_run", request.dry_run.into()),
            ("file", request.file.into()),
            ("mapping", request.mapping.json().to_string().into()),
            ("owner", actor.user_or_none().into()),
        ];
        self.make_import(actor, values, Importer::of(actor).json(), due).await
    }

    /// Does for good what a trial run tried.
    ///
    /// # Errors
    /// `not_found`, `forbidden`; `import_state` unless it is a trial run that is over; the store's.
    pub async fn run_import(&self, actor: &Actor, id: Uuid) -> Result<Json> {
        let state = self.own_import(actor, id).await?;
        if !state.dry_run || state.is_open() {
            return Err(Error::refused("import_state"));
        }
        let mut job = Importer::of(actor).json();
        job["import"] = Json::from(id.to_string());
        self.store.write(move |tx| tx.forget_import_chunks(id)).await?;
        let mut values = state::counts(&store::ImportProgress::default());
        values.extend([
            ("dry_run", false.into()),
            ("status", "waiting".into()),
            ("error", Value::Null),
            ("started_at", Value::Null),
            ("finished_at", Value::Null),
        ]);
        if !self.note_import(id, &["done", "cancelled", "failed"], values, Some(job)).await? {
            return Err(Error::refused("import_state"));
        }
        self.import_json(actor, id).await
    }

    /// Stops an import after the chunk it is at. What was imported stays, and can be undone.
    ///
    /// # Errors
    /// `not_found`, `forbidden`; `import_state` when it is over already; the store's.
    pub async fn cancel_import(&self, actor: &Actor, id: Uuid) -> Result<Json> {
        self.own_import(actor, id).await?;
        let finished = Value::Instant(self.clock.now());
        let values = vec![("status", "cancelled".into()), ("finished_at", finished)];
        if !self.note_import(id, &["waiting", "running"], values, None).await? {
            return Err(Error::refused("import_state"));
        }
        self.import_json(actor, id).await
    }

    /// The newest imports of a file's bytes, by hash: what a door shows before the same file is taken again.
    ///
    /// # Errors
    /// The store's.
    pub async fn imports_of(&self, file: Uuid) -> Result<Vec<Uuid>> {
        let filter = Filter::eq("file", file);
        Ok(self.store.read(move |tx| tx.ids(OBJECT, &filter, None, SHOWN_MAX)).await?)
    }
}

/// Does (or goes on with, or undoes) an import.
///
/// # Errors
/// What may pass by itself: the job is tried again. Anything else is written down with the import.
pub async fn run_job(workspace: &Arc<Workspace>, job: Uuid, payload: &Json) -> Result<()> {
    let id = payload["import"].as_str().and_then(|id| Uuid::parse_str(id).ok());
    let id = id.ok_or_else(|| Error::refused("not_found"))?;
    let importer = Importer::read(payload);
    if payload["undo"] == json!(true) {
        return workspace.do_undo_import(id, &importer, Some(job)).await;
    }
    workspace.do_import(id, &importer, Some(job), &mut |_, _| ()).await
}

/// Notes that nobody works on an import any more.
///
/// # Errors
/// The store's.
pub async fn give_up(workspace: &Workspace, payload: &Json, error: &Error) -> Result<()> {
    match payload["import"].as_str().and_then(|id| Uuid::parse_str(id).ok()) {
        Some(id) => workspace.fail_import(id, Importer::read(payload).language, error).await,
        None => Ok(()),
    }
}
