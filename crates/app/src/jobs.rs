//! The worker: leases jobs one after another and does them; a job that fails is tried again, later and later.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use model::Uuid;
use serde_json::Value as Json;
use store::{JobRow, JobState, Tx};

use crate::{Error, Result, Workspace};

/// How long a job may go without a sign of life.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Tries before a job is given up.
const ATTEMPTS_MAX: i64 = 8;
/// How often the worker looks when nobody tells it.
const LOOK: Duration = Duration::from_secs(2);

impl Workspace {
    /// Adds a job inside the transaction that makes it necessary.
    ///
    /// # Errors
    /// The store's.
    pub fn add_job(
        tx: &mut Tx,
        id: Uuid,
        kind: &str,
        payload: &Json,
        now: jiff::Timestamp,
    ) -> store::Result<()> {
        let at = now.as_microsecond();
        let (kind, payload) = (kind.to_owned(), payload.to_string());
        tx.add_job(&JobRow { id, kind, payload, run_at: at, attempts: 0 }, at)
    }

    /// Tells the worker that there is a job.
    pub fn wake_worker(&self) {
        self.worker.notify_one();
    }

    /// Does jobs until the workspace is dropped by everybody else.
    pub async fn work(self: Arc<Workspace>) {
        let workspace = Arc::downgrade(&self);
        drop(self);
        loop {
            let Some(workspace) = workspace.upgrade() else { return };
            match workspace.do_one_job().await {
                Ok(true) => {}
                Ok(false) => {
                    // Woken by a new job here, or by time for another server's.
                    let _ = tokio::time::timeout(LOOK, workspace.worker.notified()).await;
                }
                Err(error) => {
                    tracing::warn!(%error, "jobs cannot be read");
                    tokio::time::sleep(LOOK).await;
                }
            }
        }
    }

    /// Does the first job that is due; whether there was one.
    ///
    /// # Errors
    /// The store's; what goes wrong in the job is written down with it.
    pub async fn do_one_job(self: &Arc<Workspace>) -> Result<bool> {
        let now = self.clock.now();
        let until = now.checked_add(LEASE).unwrap_or(now).as_microsecond();
        let at = now.as_microsecond();
        let Some(job) = self.store.write(move |tx| tx.lease_job(at, until)).await? else {
            return Ok(false);
        };
        let workspace = self.clone();
        let (id, kind, payload) = (job.id, job.kind.clone(), job.payload.clone());
        // A task of its own: a panic in one job is the job's, not the worker's.
        let done = tokio::spawn(async move { workspace.do_job(id, &kind, &payload).await }).await;
        let outcome = done.unwrap_or_else(|_| Err(Error::refused("internal")));
        self.end_job(&job, outcome).await?;
        Ok(true)
    }

    async fn do_job(self: &Arc<Workspace>, id: Uuid, kind: &str, payload: &str) -> Result<()> {
        let payload: Json = serde_json::from_str(payload).unwrap_or(Json::Null);
        match kind {
            "import" => crate::imports::run_job(self, id, &payload).await,
            "export" => crate::exports::run_job(self, id, &payload).await,
            _ => Err(Error::refused("not_found")),
        }
    }

    /// Tells the import or export that nobody works on it any more.
    async fn give_up(&self, job: &JobRow, error: &Error) -> Result<()> {
        let payload: Json = serde_json::from_str(&job.payload).unwrap_or(Json::Null);
        match job.kind.as_str() {
            "import" => crate::imports::give_up(self, &payload, error).await,
            "export" => crate::exports::give_up(self, &payload, error).await,
            _ => Ok(()),
        }
    }

    async fn end_job(&self, job: &JobRow, outcome: Result<()>) -> Result<()> {
        let now = self.clock.now();
        let (state, run_at, error) = match outcome {
            Ok(()) => (JobState::Done, now, None),
            Err(error) if job.attempts >= ATTEMPTS_MAX => {
                self.give_up(job, &error).await?;
                (JobState::Dead, now, Some(error.to_string()))
            }
            Err(error) => {
                tracing::warn!(kind = job.kind, attempts = job.attempts, %error, "a job failed");
                let pause = SignedDuration::from_secs(1 << job.attempts.min(10));
                (JobState::Waiting, now.checked_add(pause).unwrap_or(now), Some(error.to_string()))
            }
        };
        let (id, run_at) = (job.id, run_at.as_microsecond());
        self.store.write(move |tx| tx.end_job(id, state, run_at, error.as_deref())).await?;
        match state {
            JobState::Waiting => Ok(()),
            JobState::Done | JobState::Dead => self.tell_of_end(job).await,
        }
    }

    /// Shows that a job is alive.
    ///
    /// # Errors
    /// The store's.
    pub async fn hold_job(&self, id: Uuid) -> Result<()> {
        let now = self.clock.now();
        let until = now.checked_add(LEASE).unwrap_or(now).as_microsecond();
        Ok(self.store.write(move |tx| tx.hold_job(id, until)).await?)
    }
}
