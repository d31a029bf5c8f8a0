//! Writes of single records by a person's or program's request: create, update, delete, restore.

use model::{Action, Uuid};
use serde_json::Value as Json;
use store::{AnswerRow, CauseKind};

use super::batch::{Batch, Origin};
use super::input::read_values;
use super::json::record_json;
use crate::access::Actor;
use crate::{Error, Result, Workspace};

/// Characters of an idempotency key.
pub const KEY_CHARS_MAX: usize = 255;

/// What makes a repeated request recognisable.
#[derive(Debug, Clone)]
pub struct Repeat {
    /// The caller's key.
    pub key: String,
    /// What the request was: method, path and body, hashed.
    pub fingerprint: String,
}

impl Workspace {
    /// Makes a record from JSON; the record as its maker may see it. With `repeat`, a repeated request
    /// gets the first one's answer and makes nothing.
    ///
    /// # Errors
    /// As [`Batch::create`]; `idempotency_mismatch` for a key that was another request's.
    pub async fn create(
        &self,
        actor: &Actor,
        name: &str,
        body: &Json,
        repeat: Option<Repeat>,
    ) -> Result<Json> {
        let setup = self.setup(actor, CauseKind::Request, None);
        let object = self.object(name)?;
        // Said before the fields are looked at: who may make none sees none of them either.
        if !setup.rights.may(&self.schema(), &object, Action::Create) {
            return Err(Error::refused("forbidden"));
        }
        let values = read_values(body, &object, &setup.rights, &setup.setting)?;
        let name = name.to_owned();
        let work = {
            let name = name.clone();
            move |tx: &mut store::Tx| -> Result<Json> {
                if let Some(kept) = kept_answer(tx, &setup, repeat.as_ref())? {
                    return Ok(kept);
                }
                let mut batch = Batch::new(tx, &setup);
                let id = batch.create(Origin::Person, &name, None, values.clone())?.id();
                batch.finish()?;
                let json = shown(tx, &setup, &name, id)?;
                keep_answer(tx, &setup, repeat.as_ref(), &json)?;
                Ok(json)
            }
        };
        let made = self.store.transact(work).await?;
        self.wrote([name.as_str()]);
        Ok(made)
    }

    /// Changes a record; the record as it is now.
    ///
    /// # Errors
    /// As [`Batch::update`]; `version_required` when neither the caller nor the body names one.
    pub async fn update(
        &self,
        actor: &Actor,
        name: &str,
        id: Uuid,
        version: Option<i64>,
        body: &Json,
    ) -> Result<Json> {
        let setup = self.setup(actor, CauseKind::Request, None);
        let object = self.object(name)?;
        let version = version.or_else(|| body.get("version").and_then(Json::as_i64));
        let version = version.ok_or_else(|| Error::refused("version_required"))?;
        let values = read_values(body, &object, &setup.rights, &setup.setting)?;
        let name = name.to_owned();
        let table = name.clone();
        let work = move |tx: &mut store::Tx| -> Result<Json> {
            let mut batch = Batch::new(tx, &setup);
            batch.update(Origin::Person, &name, id, Some(version), values.clone())?;
            batch.finish()?;
            shown(tx, &setup, &name, id)
        };
        let changed = self.store.transact(work).await?;
        self.wrote([table.as_str()]);
        Ok(changed)
    }

    /// Puts a record into the recycle bin.
    ///
    /// # Errors
    /// As [`Batch::delete`].
    pub async fn delete(
        &self,
        actor: &Actor,
        name: &str,
        id: Uuid,
        version: Option<i64>,
    ) -> Result<()> {
        let setup = self.setup(actor, CauseKind::Request, None);
        let name = self.object(name)?.name.clone();
        let table = name.clone();
        let work = move |tx: &mut store::Tx| -> Result<()> {
            let mut batch = Batch::new(tx, &setup);
            batch.delete(Origin::Person, &name, id, version)?;
            batch.finish()
        };
        self.store.transact(work).await?;
        self.wrote([table.as_str()]);
        Ok(())
    }

    /// Takes a record out of the recycle bin; the record as it is now.
    ///
    /// # Errors
    /// As [`Batch::restore`].
    pub async fn restore(&self, actor: &Actor, name: &str, id: Uuid) -> Result<Json> {
        let setup = self.setup(actor, CauseKind::Request, None);
        let name = self.object(name)?.name.clone();
        let table = name.clone();
        let work = move |tx: &mut store::Tx| -> Result<Json> {
            let mut batch = Batch::new(tx, &setup);
            batch.restore(Origin::Person, &name, id)?;
            batch.finish()?;
            shown(tx, &setup, &name, id)
        };
        let record = self.store.transact(work).await?;
        self.wrote([table.as_str()]);
        Ok(record)
    }
}

/// The record as whoever wrote it may see it: computed fields included.
pub(super) fn shown(
    tx: &mut store::Tx,
    setup: &super::Setup,
    name: &str,
    id: Uuid,
) -> Result<Json> {
    let object = tx.object(name)?.clone();
    let filter = setup.rights.filter(tx.schema(), &object, Action::Read);
    let found = tx.load(name, &[id], &filter, model::query::Bin::Both, false)?.pop();
    match found {
        Some(record) => record_json(tx, &object, &setup.rights, &setup.setting, &record),
        // One may write what one then may not see, such as a record for somebody else.
        None => Ok(serde_json::json!({"id": id})),
    }
}

fn kept_answer(
    tx: &mut store::Tx,
    setup: &super::Setup,
    repeat: Option<&Repeat>,
) -> Result<Option<Json>> {
    let Some(repeat) = repeat else { return Ok(None) };
    let Some(answer) = tx.answer(setup.rights.user, &repeat.key)? else { return Ok(None) };
    if answer.fingerprint != repeat.fingerprint {
        return Err(Error::refused("idempotency_mismatch"));
    }
    let json = serde_json::from_str(&answer.body);
    json.map(Some).map_err(|error| Error::Store(store::StoreError::internal(error)))
}

fn keep_answer(
    tx: &mut store::Tx,
    setup: &super::Setup,
    repeat: Option<&Repeat>,
    json: &Json,
) -> Result<()> {
    let Some(repeat) = repeat else { return Ok(()) };
    let answer =
        AnswerRow { fingerprint: repeat.fingerprint.clone(), status: 201, body: json.to_string() };
    let at = setup.now.at.as_microsecond();
    // Two equal requests at once: the second finds the key taken, is undone, and gets the first one's answer.
    tx.put_answer(setup.rights.user, &repeat.key, &answer, at).map_err(|error| match error {
        store::StoreError::Unique { .. } => Error::Store(store::StoreError::Conflict),
        other => Error::Store(other),
    })
}
