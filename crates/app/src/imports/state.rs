//! The record of an import: how far it is and what it is to do. Written by the program only, seldom.

use model::query::Bin;
use model::{Action, Effect, Filter, Uuid, Value};
use serde_json::Value as Json;
use store::{CauseKind, ImportProgress, Refuse, StoreError, Tx};

use super::mapping::Mapping;
use crate::access::Actor;
use crate::records::{Batch, Origin, record_json};
use crate::{Error, Result, Workspace};

/// The object whose records say what is known of each import.
pub const OBJECT: &str = "import";

/// What the record says.
#[derive(Debug, Clone)]
pub struct State {
    /// The import.
    pub id: Uuid,
    /// Whose it is; none for the program's own.
    pub owner: Option<Uuid>,
    /// Where it stands.
    pub status: String,
    /// Whether nothing stays.
    pub dry_run: bool,
    /// The file.
    pub file: Uuid,
    /// The mapping, as it was given.
    pub mapping: String,
    /// Rows of the file; 0 before they are counted.
    pub rows_total: i64,
}

impl State {
    /// The mapping.
    ///
    /// # Errors
    /// `mapping` when it cannot be read any more.
    pub fn mapping(&self) -> Result<Mapping> {
        Mapping::read(&serde_json::from_str(&self.mapping).unwrap_or(Json::Null))
    }

    /// Whether it is still to be done or going on.
    pub fn is_open(&self) -> bool {
        matches!(self.status.as_str(), "waiting" | "running")
    }
}

/// An import that was begun.
pub(super) struct Begun {
    /// The import.
    pub id: Uuid,
    /// Its job.
    pub job: Uuid,
    /// Its record, as its owner may see it.
    pub json: Json,
}

/// What the record says; none when there is no such import.
///
/// # Errors
/// The store's.
pub fn read(tx: &mut Tx, id: Uuid) -> store::Result<Option<State>> {
    let object = tx.object(OBJECT)?.clone();
    let record = tx.load(OBJECT, &[id], &Filter::Always, Bin::Live, false)?.pop();
    Ok(record.map(|record| {
        let text = |name: &str| record.get(&object, name).as_text().unwrap_or("").to_owned();
        State {
            id,
            owner: record.get(&object, "owner").as_id(),
            status: text("status"),
            dry_run: record.get(&object, "dry_run").is_yes(),
            file: record.get(&object, "file").as_id().unwrap_or_default(),
            mapping: text("mapping"),
            rows_total: record.get(&object, "rows_total").as_int().unwrap_or(0),
        }
    }))
}

/// The counts of the record.
pub fn counts(progress: &ImportProgress) -> Vec<(&'static str, Value)> {
    vec![
        ("rows_done", progress.done().into()),
        ("rows_created", progress.created.into()),
        ("rows_updated", progress.updated.into()),
        ("rows_skipped", progress.skipped.into()),
        ("rows_failed", progress.failed.into()),
    ]
}

impl Workspace {
    /// What the record says.
    ///
    /// # Errors
    /// `not_found`; the store's.
    pub(super) async fn import_state(&self, id: Uuid) -> Result<State> {
        self.store.read(move |tx| read(tx, id)).await?.ok_or_else(Error::not_found)
    }

    /// The same for somebody who may act on it: whose it is, or an administrator.
    pub(super) async fn own_import(&self, actor: &Actor, id: Uuid) -> Result<State> {
        let object = self.object(OBJECT)?;
        let rights = actor.rights.clone();
        let seen = self.store.read(move |tx| {
            let filter = rights.filter(tx.schema(), &object, Action::Read);
            Ok(!tx.load(OBJECT, &[id], &filter, Bin::Live, false)?.is_empty())
        });
        if !seen.await? {
            return Err(Error::not_found());
        }
        let state = self.import_state(id).await?;
        if actor.rights.is_administrator() || state.owner == actor.user_or_none() {
            return Ok(state);
        }
        Err(Error::refused("forbidden"))
    }

    /// Writes into the record, if it still stands where `from` says (anywhere, when it says nothing), with a
    /// job when there is one; whether it did.
    pub(super) async fn note_import(
        &self,
        id: Uuid,
        from: &'static [&'static str],
        values: Vec<(&'static str, Value)>,
        job: Option<Json>,
    ) -> Result<bool> {
        let setup = self.setup(&Actor::system(), CauseKind::System, None);
        let job = job.map(|payload| (self.clock.new_id(), payload));
        let wakes = job.is_some();
        let now = self.clock.now();
        let values: Vec<(String, Value)> =
            values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let work = move |tx: &mut Tx| -> Result<bool> {
            // Locked first: of two that would begin it at once, the second sees what the first did.
            tx.load(OBJECT, &[id], &Filter::Always, Bin::Live, true)?;
            let state = read(tx, id)?.ok_or_else(Error::not_found)?;
            if !from.is_empty() && !from.contains(&state.status.as_str()) {
                return Ok(false);
            }
            let mut batch = Batch::new(tx, &setup);
            batch.update(Origin::Hook, OBJECT, id, None, values.clone())?;
            batch.finish()?;
            if let Some((job, payload)) = &job {
                Workspace::add_job(tx, *job, OBJECT, payload, now)?;
            }
            Ok(true)
        };
        let noted = self.store.transact(work).await?;
        self.wrote([OBJECT]);
        if wakes && noted {
            self.wake_worker();
        }
        Ok(noted)
    }

    /// Makes the record of an import with its job, which is due at `due`; the record as its owner may see it.
    pub(super) async fn make_import(
        &self,
        actor: &Actor,
        values: Vec<(&'static str, Value)>,
        mut payload: Json,
        due: jiff::Timestamp,
    ) -> Result<Begun> {
        let setup = self.setup(actor, CauseKind::Request, None);
        let object = self.object(OBJECT)?;
        let id = self.clock.new_id();
        let job = self.clock.new_id();
        payload["import"] = Json::from(id.to_string());
        let values: Vec<(String, Value)> =
            values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let work = move |tx: &mut Tx| -> Result<Json> {
            let mut batch = Batch::new(tx, &setup);
            batch.apply(vec![Effect::Create {
                object: OBJECT.to_owned(),
                id,
                values: values.clone(),
            }])?;
            batch.finish()?;
            Workspace::add_job(tx, job, OBJECT, &payload, due)?;
            let made = tx.load(OBJECT, &[id], &Filter::Always, Bin::Live, false)?.pop();
            let made = made.ok_or_else(Error::not_found)?;
            record_json(tx, &object, &setup.rights, &setup.setting, &made)
        };
        let json = self.store.transact(work).await?;
        self.wrote([OBJECT]);
        self.wake_worker();
        Ok(Begun { id, job, json })
    }

    /// The record as the actor may see it.
    pub(super) async fn import_json(&self, actor: &Actor, id: Uuid) -> Result<Json> {
        let object = self.object(OBJECT)?;
        let (rights, setting) = (actor.rights.clone(), self.setting());
        let work = move |tx: &mut Tx| -> store::Result<Option<Json>> {
            let filter = rights.filter(tx.schema(), &object, Action::Read);
            let found = tx.load(OBJECT, &[id], &filter, Bin::Live, false)?.pop();
            let Some(record) = found else { return Ok(None) };
            let json = record_json(tx, &object, &rights, &setting, &record);
            json.map(Some).map_err(|error| error.into_store().unwrap_or_else(StoreError::internal))
        };
        self.store.read(work).await?.ok_or_else(Error::not_found)
    }
}
