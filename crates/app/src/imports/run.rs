//! The job of an import: reads the file beside the writing, applies it chunk after chunk, and goes on where it was
//! stopped.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use formats::{FormatError, Table};
use model::{Language, Rights, Uuid, Value};
use serde_json::{Value as Json, json};
use store::{CauseKind, StoreError};
use tokio::sync::mpsc;

use super::chunk::{Chunk, Halt};
use super::compile::{Grounds, compile};
use super::plan::Plan;
use super::row::{ReadRow, Reader};
use super::source::file_error;
use super::state::{State, counts};
use crate::access::Actor;
use crate::exports::{narrowing_json, read_narrowing};
use crate::{Error, Result, Workspace};

/// Rows of the first transaction; then as many as fit into [`CHUNK_TIME`], within limits.
pub const CHUNK_ROWS: usize = 500;
/// The fewest rows of a transaction, but for the last.
pub const CHUNK_ROWS_MIN: usize = 200;
/// The most.
pub const CHUNK_ROWS_MAX: usize = 2_000;
/// For how long other writers may have to wait for a chunk.
const CHUNK_TIME: Duration = Duration::from_millis(200);
/// Chunks read ahead of the writing.
const AHEAD_MAX: usize = 2;
/// How often the record and the job show how far it is.
const PROGRESS: Duration = Duration::from_secs(1);

/// Who imports, as the job remembers it.
#[derive(Debug, Clone)]
pub struct Importer {
    /// The user; none for the program itself.
    pub user: Option<Uuid>,
    /// The language of problems.
    pub language: Language,
    narrowed: Option<Vec<(String, model::Action)>>,
}

impl Importer {
    /// Whoever `actor` is.
    pub fn of(actor: &Actor) -> Importer {
        let narrowed = actor.rights.narrowed.clone();
        Importer { user: actor.user_or_none(), language: actor.language, narrowed }
    }

    /// What the job keeps.
    pub fn json(&self) -> Json {
        json!({"user": self.user, "language": self.language.tag(), "narrowed": narrowing_json(self.narrowed.as_ref())})
    }

    /// The same, read back.
    pub fn read(json: &Json) -> Importer {
        let user = json["user"].as_str().and_then(|user| Uuid::parse_str(user).ok());
        let language = json["language"].as_str().and_then(Language::parse).unwrap_or_default();
        Importer { user, language, narrowed: read_narrowing(&json["narrowed"]) }
    }

    /// Who they are now: rights change while an import goes on.
    ///
    /// # Errors
    /// `authentication` when they may not act any more; the store's.
    pub async fn actor(&self, workspace: &Workspace) -> Result<Actor> {
        let Some(user) = self.user else {
            return Ok(Actor { language: self.language, ..Actor::system() });
        };
        let mut rights = workspace.rights(user).await?;
        if self.narrowed.is_some() {
            rights =
                Arc::new(Rights { narrowed: self.narrowed.clone(), ..rights.as_ref().clone() });
        }
        Ok(Actor { rights, language: self.language })
    }
}

/// An import on its way.
pub(super) struct Run<'w> {
    workspace: &'w Arc<Workspace>,
    importer: Importer,
    job: Option<Uuid>,
    state: State,
    plan: Arc<Plan>,
    headers: Arc<Vec<String>>,
    rights: Arc<Rights>,
    told: Instant,
    /// Whether the last chunk had a row that was refused: the next one probably has, too.
    careful: bool,
    /// Rows of the next chunk that is read.
    wanted: Arc<AtomicUsize>,
}

impl Workspace {
    /// Does (or goes on with) an import to its end; `progress` is told rows done and rows in all.
    ///
    /// # Errors
    /// What may pass by itself, so that it is tried again. Anything else is written down with the import.
    pub(super) async fn do_import(
        self: &Arc<Workspace>,
        id: Uuid,
        importer: &Importer,
        job: Option<Uuid>,
        progress: &mut (dyn FnMut(i64, i64) + Send),
    ) -> Result<()> {
        let outcome = match Run::begin(self, id, importer, job).await {
            Ok(Some((run, table))) => run.go(table, progress).await,
            Ok(None) => return Ok(()),
            Err(error) => Err(error),
        };
        match outcome {
            Err(error) if passes(&error) => Err(error),
            Err(error) => self.fail_import(id, importer.language, &error).await,
            Ok(()) => Ok(()),
        }
    }

    /// Writes down why an import stopped.
    pub(super) async fn fail_import(
        &self,
        id: Uuid,
        language: Language,
        error: &Error,
    ) -> Result<()> {
        tracing::warn!(import = %id, %error, "an import failed");
        let told = error.to_json(language, &id.to_string());
        let words = told["errors"][0]["message"]
            .as_str()
            .or(told["detail"].as_str())
            .unwrap_or("")
            .to_owned();
        let words: String = words.chars().take(500).collect();
        let finished = Value::Instant(self.clock.now());
        let values =
            vec![("status", "failed".into()), ("error", words.into()), ("finished_at", finished)];
        self.note_import(id, &["waiting", "running"], values, None).await.map(|_| ())
    }
}

/// Whether trying again later can help.
pub(super) fn passes(error: &Error) -> bool {
    use StoreError::{Conflict, DiskFull, Timeout, Unavailable};
    matches!(error, Error::Store(Unavailable(_) | Conflict | Timeout | DiskFull))
}

impl<'w> Run<'w> {
    /// Opens the file and holds the mapping against it; none when there is nothing to do any more.
    async fn begin(
        workspace: &'w Arc<Workspace>,
        id: Uuid,
        importer: &Importer,
        job: Option<Uuid>,
    ) -> Result<Option<(Run<'w>, Table)>> {
        let mut state = workspace.import_state(id).await?;
        if !state.is_open() {
            return Ok(None);
        }
        let actor = importer.actor(workspace).await?;
        let mapping = state.mapping()?;
        // Whoever started it could read the file then; only the file's bytes are needed now.
        let (_, table) = workspace.open_table(&Actor::system(), state.file, &mapping.file).await?;
        let headers = Arc::new(table.headers().to_vec());
        let plan = Arc::new(workspace.compile(&actor, &mapping, &headers)?);
        if state.rows_total == 0 {
            state.rows_total =
                workspace.count_rows(&Actor::system(), state.file, &mapping.file).await?;
        }
        let now = Value::Instant(workspace.clock.now());
        let mut values =
            vec![("status", "running".into()), ("rows_total", state.rows_total.into())];
        if state.status == "waiting" {
            values.push(("started_at", now));
        }
        if !workspace.note_import(id, &["waiting", "running"], values, None).await? {
            return Ok(None);
        }
        let rights = actor.rights.clone();
        let wanted = Arc::new(AtomicUsize::new(CHUNK_ROWS));
        let importer = importer.clone();
        let run = Run {
            workspace,
            importer,
            job,
            state,
            plan,
            headers,
            rights,
            told: Instant::now(),
            careful: false,
            wanted,
        };
        Ok(Some((run, table)))
    }

    async fn go(
        mut self,
        mut table: Table,
        progress: &mut (dyn FnMut(i64, i64) + Send),
    ) -> Result<()> {
        let id = self.state.id;
        let so_far = self.workspace.store.read(move |tx| tx.import_progress(id)).await?;
        let mut done = so_far.done();
        let skip = u64::try_from(so_far.last_row).unwrap_or(0);
        let (give, mut take) = mpsc::channel(AHEAD_MAX);
        let plan = self.plan.clone();
        let (setting, now) = (self.workspace.setting(), self.workspace.now());
        let wanted = self.wanted.clone();
        let reading = tokio::task::spawn_blocking(move || {
            let reader = Reader { plan: &plan, setting: &setting, now: &now };
            let outcome = table
                .skip_rows(skip)
                .and_then(|_| read_chunks(&mut table, &reader, &wanted, &give));
            if let Err(error) = outcome {
                // Nobody listens when the import was stopped.
                let _ = give.blocking_send(Err(error));
            }
        });
        let mut rehearsed = Arc::new(HashSet::new());
        while let Some(rows) = take.recv().await {
            let rows = Arc::new(rows.map_err(file_error)?);
            done += rows.len() as i64;
            let made = match self.apply(rows, rehearsed.clone()).await {
                Ok(made) => made,
                Err(Halt::Over) => return self.end_early().await,
                Err(Halt::Error(error)) => return Err(error),
                Err(Halt::Rehearsed(_) | Halt::Refused) => Vec::new(),
            };
            if self.state.dry_run {
                Arc::make_mut(&mut rehearsed).extend(made);
            }
            progress(done, self.state.rows_total);
            self.tell().await?;
        }
        reading.await.map_err(|error| Error::Store(StoreError::internal(error)))?;
        self.finish().await
    }

    async fn apply(
        &mut self,
        rows: Arc<Vec<ReadRow>>,
        rehearsed: Arc<HashSet<String>>,
    ) -> std::result::Result<Vec<String>, Halt> {
        let actor = self.importer.actor(self.workspace).await?;
        if !Arc::ptr_eq(&actor.rights, &self.rights) {
            // What was allowed when it began may not be allowed any more.
            self.workspace.compile(&actor, &self.state.mapping()?, &self.headers)?;
            self.rights = actor.rights.clone();
        }
        let setup = self.workspace.setup(&actor, CauseKind::Import, Some(self.state.id));
        let (plan, dry_run) = (self.plan.clone(), self.state.dry_run);
        let chunk = Chunk {
            import: self.state.id,
            plan,
            rows,
            setup,
            dry_run,
            rehearsed,
            careful: self.careful,
        };
        let (began, count) = (Instant::now(), chunk.rows.len());
        let outcome = self.workspace.apply_chunk(chunk).await?;
        let fitting =
            count as f64 * CHUNK_TIME.as_secs_f64() / began.elapsed().as_secs_f64().max(1e-6);
        let fitting = (fitting as usize).clamp(CHUNK_ROWS_MIN, CHUNK_ROWS_MAX);
        self.wanted.store(fitting, Ordering::Relaxed);
        self.careful = outcome.refused;
        if !dry_run {
            self.workspace.wrote(self.plan.nodes.iter().map(|node| node.object.name.as_str()));
        }
        Ok(outcome.made)
    }

    /// Shows how far it is, not too often: each time is a change of the record.
    async fn tell(&mut self) -> Result<()> {
        if self.told.elapsed() < PROGRESS {
            return Ok(());
        }
        self.told = Instant::now();
        if let Some(job) = self.job {
            self.workspace.hold_job(job).await?;
        }
        self.note(&["running"], Vec::new()).await
    }

    async fn note(
        &self,
        from: &'static [&'static str],
        more: Vec<(&'static str, Value)>,
    ) -> Result<()> {
        let id = self.state.id;
        let progress = self.workspace.store.read(move |tx| tx.import_progress(id)).await?;
        let mut values = counts(&progress);
        values.extend(more);
        self.workspace.note_import(id, from, values, None).await.map(|_| ())
    }

    /// Cancelled, or gone on with elsewhere: only the counts are brought up to date.
    async fn end_early(&self) -> Result<()> {
        self.note(&["cancelled"], Vec::new()).await
    }

    async fn finish(&self) -> Result<()> {
        let finished = Value::Instant(self.workspace.clock.now());
        self.note(&["running"], vec![("status", "done".into()), ("finished_at", finished)]).await
    }
}

/// Reads the file to its end, or until nobody takes what was read.
fn read_chunks(
    table: &mut Table,
    reader: &Reader,
    wanted: &AtomicUsize,
    give: &mpsc::Sender<std::result::Result<Vec<ReadRow>, FormatError>>,
) -> std::result::Result<(), FormatError> {
    loop {
        let count = wanted.load(Ordering::Relaxed);
        let mut rows = Vec::with_capacity(count);
        for row in table.by_ref().take(count) {
            rows.push(reader.read(&row?));
        }
        if rows.is_empty() || give.blocking_send(Ok(rows)).is_err() {
            return Ok(());
        }
    }
}

impl Workspace {
    /// Holds a mapping against the schema, the actor's rights and the file's columns.
    pub(super) fn compile(
        &self,
        actor: &Actor,
        mapping: &super::Mapping,
        headers: &[String],
    ) -> Result<Plan> {
        let (schema, setting) = (self.schema(), self.setting());
        compile(
            mapping,
            &Grounds { schema: &schema, rights: &actor.rights, headers, setting: &setting },
        )
    }
}
