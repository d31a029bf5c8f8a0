//! Exports: lists become files, in the background or straight into a file of the host.

mod columns;
mod request;
mod run;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use formats::Written;
use model::query::Bin;
use model::{Filter, ListQuery, Problem, Uuid, Value};
use serde_json::{Value as Json, json};
use store::{CauseKind, StoreError, Tx};

use crate::access::Actor;
use crate::files::{FileMeta, Unfinished, disk_error, safe_name};
use crate::records::{Batch, Origin, record_json};
use crate::{Error, Result, Workspace};

pub use request::ExportRequest;
pub(crate) use request::{narrowing_json, read_narrowing};
pub use run::{EXPORT_ROWS_MAX, ExportRun, Reader};

/// The object whose records say how far each export is.
pub const OBJECT: &str = "export";
/// Exports of one user that wait or run.
const OPEN_MAX: usize = 10;
/// How often progress is written down.
const PROGRESS: Duration = Duration::from_secs(1);
/// How long finished files are kept.
const KEPT: Duration = Duration::from_secs(7 * 24 * 3_600);
/// Where finished files are kept.
pub(crate) const FOLDER: &str = "exports";

impl Workspace {
    /// Starts an export of what the actor may take away; the export's record.
    ///
    /// # Errors
    /// `forbidden`, the request's problems, `too_many` when others of the actor's are still open; the store's.
    pub async fn start_export(&self, actor: &Actor, body: &Json) -> Result<Json> {
        let request = ExportRequest::read(body, actor.language)?;
        let object = self.object(&request.object)?;
        run::check(self, actor, &object, &request)?;
        let export = self.object(OBJECT)?;
        let (id, job) = (self.clock.new_id(), self.clock.new_id());
        let label = object.plural_label.text(request.language);
        let name =
            safe_name(&format!("{label} {}.{}", self.now().today(), request.kind.extension()));
        let values = model::draft::values([
            ("name", name.into()),
            ("object", request.object.as_str().into()),
            ("format", request.format().into()),
            ("status", "waiting".into()),
            ("query", request.json().to_string().into()),
            ("owner", actor.user_or_none().into()),
        ]);
        let narrowed = narrowing_json(actor.rights.narrowed.as_ref());
        let payload = json!({"export": id, "user": actor.user_or_none(), "narrowed": narrowed,
                             "request": request.json()});
        let setup = self.setup(actor, CauseKind::Request, None);
        let owner = actor.user_or_none();
        let work = move |tx: &mut Tx| -> Result<Json> {
            refuse_more(tx, owner)?;
            let mut batch = Batch::new(tx, &setup);
            let record = batch.create(Origin::Hook, OBJECT, Some(id), values.clone())?;
            batch.finish()?;
            Workspace::add_job(tx, job, OBJECT, &payload, setup.now.at)?;
            record_json(tx, &export, &setup.rights, &setup.setting, &record)
        };
        let made = self.store.transact(work).await?;
        self.wrote([OBJECT]);
        self.wake_worker();
        Ok(made)
    }

    /// Stops an export of the actor's that is not finished.
    ///
    /// # Errors
    /// `not_found`; the store's.
    pub async fn cancel_export(&self, actor: &Actor, id: Uuid) -> Result<()> {
        let state =
            self.export_state(id).await?.filter(|state| state.owner == actor.user_or_none());
        let state = state.ok_or_else(Error::not_found)?;
        if !state.is_open() {
            return Ok(());
        }
        let finished = Value::Instant(self.clock.now());
        self.note_export(id, vec![("status", "cancelled".into()), ("finished_at", finished)]).await
    }

    /// The file of an export: only its owner takes it away.
    ///
    /// # Errors
    /// `not_found`, also while it is not finished and when its time is over; the store's.
    pub async fn open_export(&self, actor: &Actor, id: Uuid) -> Result<(FileMeta, File)> {
        let state =
            self.export_state(id).await?.filter(|state| state.owner == actor.user_or_none());
        let state = state.filter(|state| state.status == "done").ok_or_else(Error::not_found)?;
        let file = File::open(place(self, id)).map_err(|_| Error::not_found())?;
        let request = ExportRequest::read(&state.request, actor.language)?;
        let size = file.metadata().map_or(0, |about| about.len());
        let content_type = request.kind.media_type().to_owned();
        Ok((FileMeta { id, name: state.name, content_type, size, sha256: String::new() }, file))
    }

    /// Writes an export straight to `to`, which must not be there yet; `progress` is told records written and
    /// records in all.
    ///
    /// # Errors
    /// As [`ExportRun::step`].
    pub async fn export_to(
        self: &Arc<Workspace>,
        actor: &Actor,
        body: &Json,
        to: &Path,
        progress: &mut (dyn FnMut(u64, u64) + Send),
    ) -> Result<Written> {
        let request = ExportRequest::read(body, actor.language)?;
        let unfinished = Unfinished::beside(to)?;
        let file = File::create(&unfinished.0).map_err(|error| disk_error(&unfinished.0, error))?;
        let second = file.try_clone().map_err(|error| disk_error(&unfinished.0, error))?;
        let mut run = ExportRun::begin(self, Reader::of(actor), request, file).await?;
        let total = run.total().await?;
        while run.step().await? {
            progress(run.rows, total);
        }
        progress(run.rows, total.max(run.rows));
        let written = run.finish(second).await?;
        unfinished.take_name(to)?;
        Ok(written)
    }

    async fn export_state(&self, id: Uuid) -> Result<Option<State>> {
        let work = move |tx: &mut Tx| {
            let object = tx.object(OBJECT)?.clone();
            let record = tx.load(OBJECT, &[id], &Filter::Always, Bin::Live, false)?.pop();
            Ok(record.map(|record| {
                let text =
                    |name: &str| record.get(&object, name).as_text().unwrap_or("").to_owned();
                State {
                    owner: record.get(&object, "owner").as_id(),
                    name: text("name"),
                    status: text("status"),
                    request: serde_json::from_str(&text("query")).unwrap_or(Json::Null),
                }
            }))
        };
        Ok(self.store.read(work).await?)
    }

    async fn note_export(&self, id: Uuid, values: Vec<(&'static str, Value)>) -> Result<()> {
        let setup = self.setup(&Actor::system(), CauseKind::System, None);
        let values: Vec<(String, Value)> =
            values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let work = move |tx: &mut Tx| -> Result<()> {
            let mut batch = Batch::new(tx, &setup);
            batch.update(Origin::Hook, OBJECT, id, None, values.clone())?;
            batch.finish()
        };
        self.store.transact(work).await?;
        self.wrote([OBJECT]);
        Ok(())
    }
}

/// What the record says of an export.
struct State {
    owner: Option<Uuid>,
    name: String,
    status: String,
    request: Json,
}

impl State {
    fn is_open(&self) -> bool {
        matches!(self.status.as_str(), "waiting" | "running")
    }
}

fn refuse_more(tx: &mut Tx, owner: Option<Uuid>) -> Result<()> {
    let open = Filter::any_of("status", ["waiting", "running"].map(Value::from));
    let filter = Filter::eq("owner", owner.map_or(Value::Null, Value::Id)).and(open);
    let query = ListQuery { sort: vec![], limit: OPEN_MAX, ..ListQuery::of(filter) };
    let page = tx.list(OBJECT, &query, &|_| Filter::Never)?;
    if page.rows.len() >= OPEN_MAX {
        return Err(Error::Refused(Problem::new("too_many").with("max", OPEN_MAX)));
    }
    Ok(())
}

fn place(workspace: &Workspace, id: Uuid) -> PathBuf {
    workspace.files.join(FOLDER).join(id.to_string())
}

/// Does an export from its beginning: an earlier try left nothing but a file that nobody saw.
///
/// # Errors
/// What may pass by itself: the job is tried again. Anything else is written down with the export.
pub async fn run_job(workspace: &Arc<Workspace>, job: Uuid, payload: &Json) -> Result<()> {
    let id = payload["export"].as_str().and_then(|id| Uuid::parse_str(id).ok());
    let id = id.ok_or_else(|| Error::refused("not_found"))?;
    if !workspace.export_state(id).await?.is_some_and(|state| state.is_open()) {
        return Ok(());
    }
    let outcome = attempt(workspace, job, id, payload).await;
    match outcome {
        Err(Error::Store(
            StoreError::Unavailable(_)
            | StoreError::DiskFull
            | StoreError::DiskFailed(_)
            | StoreError::Conflict
            | StoreError::Timeout,
        )) => outcome,
        Ok(()) => Ok(()),
        Err(error) => fail(workspace, id, payload, &error).await,
    }
}

/// Notes that nobody works on an export any more.
///
/// # Errors
/// The store's.
pub async fn give_up(workspace: &Workspace, payload: &Json, error: &Error) -> Result<()> {
    match payload["export"].as_str().and_then(|id| Uuid::parse_str(id).ok()) {
        Some(id) => fail(workspace, id, payload, error).await,
        None => Ok(()),
    }
}

async fn fail(workspace: &Workspace, id: Uuid, payload: &Json, error: &Error) -> Result<()> {
    tracing::warn!(export = %id, %error, "an export failed");
    let language =
        ExportRequest::read(&payload["request"], Actor::system().language).map(|r| r.language);
    let told = error.to_json(language.unwrap_or_default(), &id.to_string());
    let words = told["errors"][0]["message"].as_str().or(told["detail"].as_str()).unwrap_or("");
    let finished = Value::Instant(workspace.clock.now());
    let values =
        vec![("status", "failed".into()), ("error", words.into()), ("finished_at", finished)];
    workspace.note_export(id, values).await
}

async fn attempt(workspace: &Arc<Workspace>, job: Uuid, id: Uuid, payload: &Json) -> Result<()> {
    let request = ExportRequest::read(&payload["request"], Actor::system().language)?;
    let reader = match payload["user"].as_str().and_then(|user| Uuid::parse_str(user).ok()) {
        None => Reader::Program(request.language),
        Some(user) => {
            let narrowed = read_narrowing(&payload["narrowed"]);
            Reader::User { id: user, language: request.language, narrowed }
        }
    };
    let unfinished = Unfinished(workspace.new_unfinished()?);
    let disk = |error| disk_error(&unfinished.0, error);
    let file = File::create_new(&unfinished.0).map_err(disk)?;
    let second = file.try_clone().map_err(disk)?;
    let mut run = ExportRun::begin(workspace, reader, request, file).await?;
    let total = i64::try_from(run.total().await?).unwrap_or(i64::MAX);
    workspace
        .note_export(id, vec![("status", "running".into()), ("rows_total", total.into())])
        .await?;
    let mut told = Instant::now();
    while run.step().await? {
        if told.elapsed() < PROGRESS {
            continue;
        }
        told = Instant::now();
        workspace.hold_job(job).await?;
        if !workspace.export_state(id).await?.is_some_and(|state| state.is_open()) {
            return Ok(());
        }
        workspace
            .note_export(id, vec![("rows_done", i64::try_from(run.rows).unwrap_or(0).into())])
            .await?;
    }
    let rows = i64::try_from(run.rows).unwrap_or(0);
    let size = second.try_clone().map_err(disk)?;
    run.finish(second).await?;
    if !workspace.export_state(id).await?.is_some_and(|state| state.is_open()) {
        return Ok(());
    }
    let size = size.metadata().map_or(0, |about| i64::try_from(about.len()).unwrap_or(0));
    put_in_place(workspace, &unfinished, id)?;
    let finished = Value::Instant(workspace.clock.now());
    let values = vec![
        ("status", "done".into()),
        ("rows_done", rows.into()),
        ("rows_total", rows.into()),
        ("size", size.into()),
        ("finished_at", finished),
    ];
    workspace.note_export(id, values).await
}

fn put_in_place(workspace: &Workspace, unfinished: &Unfinished, id: Uuid) -> Result<()> {
    let folder = workspace.files.join(FOLDER);
    let disk = |error| disk_error(&folder, error);
    fs::create_dir_all(&folder).map_err(disk)?;
    fs::rename(&unfinished.0, place(workspace, id)).map_err(disk)?;
    crate::files::sync_dir(&folder).map_err(disk)?;
    clear_old(&folder);
    Ok(())
}

/// Removes files whose time is over. What cannot be removed now is removed with the next export.
fn clear_old(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let changed = entry.metadata().and_then(|about| about.modified());
        let age = changed.ok().and_then(|at| SystemTime::now().duration_since(at).ok());
        if age.is_some_and(|age| age > KEPT) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
