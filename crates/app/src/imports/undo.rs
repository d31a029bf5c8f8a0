//! Undoing an import whole, newest write first: what it made goes to the recycle bin, what it changed is put back,
//! and what somebody changed since is left as it is.

use std::sync::Arc;
use std::time::{Duration, Instant};

use model::{Problem, Uuid, Value};
use serde_json::Value as Json;
use store::CauseKind;

use super::run::{Importer, passes};
use crate::access::Actor;
use crate::{Error, Result, Workspace};

/// How often the job shows that it is alive.
const ALIVE: Duration = Duration::from_secs(10);

impl Workspace {
    /// Begins to undo an import; a job does it.
    ///
    /// # Errors
    /// `not_found`, `forbidden`; `import_state` while it goes on, or when there is nothing to undo; the store's.
    pub async fn undo_import(&self, actor: &Actor, id: Uuid) -> Result<Json> {
        let state = self.own_import(actor, id).await?;
        if state.is_open() || state.dry_run || state.status == "undone" {
            return Err(Error::refused("import_state"));
        }
        let mut job = Importer::of(actor).json();
        job["import"] = Json::from(id.to_string());
        job["undo"] = Json::Bool(true);
        if !self.note_import(id, &["done", "cancelled", "failed"], Vec::new(), Some(job)).await? {
            return Err(Error::refused("import_state"));
        }
        self.import_json(actor, id).await
    }

    /// Undoes an import here and now.
    ///
    /// # Errors
    /// As [`Workspace::undo_import`].
    pub async fn undo_import_now(self: &Arc<Workspace>, actor: &Actor, id: Uuid) -> Result<Json> {
        let state = self.own_import(actor, id).await?;
        if state.is_open() || state.dry_run {
            return Err(Error::refused("import_state"));
        }
        self.do_undo_import(id, &Importer::of(actor), None).await?;
        self.import_json(actor, id).await
    }

    /// The job: what was undone already is passed over, so that it goes on where it was stopped.
    pub(super) async fn do_undo_import(
        self: &Arc<Workspace>,
        id: Uuid,
        importer: &Importer,
        job: Option<Uuid>,
    ) -> Result<()> {
        let state = self.import_state(id).await?;
        if state.is_open() || state.dry_run || state.status == "undone" {
            return Ok(());
        }
        let left = match self.undo_all(id, importer, job).await {
            Ok(left) => left,
            Err(error) if passes(&error) => return Err(error),
            Err(error) => return self.note_undo(id, importer, None, Some(error)).await,
        };
        self.note_undo(id, importer, Some(left), None).await
    }

    /// How many records were left because somebody changed them.
    async fn undo_all(
        self: &Arc<Workspace>,
        id: Uuid,
        importer: &Importer,
        job: Option<Uuid>,
    ) -> Result<usize> {
        let (mut before, mut left) = (None, 0);
        let mut shown = Instant::now();
        loop {
            let actor = importer.actor(self).await?;
            let setup = self.setup(&actor, CauseKind::Undo, Some(id));
            let Some(step) = self.undo_step(&setup, id, before).await? else { return Ok(left) };
            before = Some(step.before);
            left += step.left.len();
            if let Some(job) = job.filter(|_| shown.elapsed() > ALIVE) {
                shown = Instant::now();
                self.hold_job(job).await?;
            }
        }
    }

    async fn note_undo(
        &self,
        id: Uuid,
        importer: &Importer,
        left: Option<usize>,
        error: Option<Error>,
    ) -> Result<()> {
        let finished = Value::Instant(self.clock.now());
        let mut values = vec![("finished_at", finished)];
        match (left, error) {
            (Some(left), _) => {
                let kept = Problem::new("undo_left").with("count", left).message(importer.language);
                values.push(("status", "undone".into()));
                values.push(("error", Some(kept).filter(|_| left > 0).into()));
            }
            (None, error) => {
                let words = error.map_or_else(String::new, |error| {
                    let told = error.to_json(importer.language, &id.to_string());
                    told["detail"].as_str().unwrap_or("").to_owned()
                });
                values.push(("error", words.into()));
            }
        }
        self.note_import(id, &["done", "cancelled", "failed"], values, None).await.map(|_| ())
    }
}
