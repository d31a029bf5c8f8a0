//! Bulk changes: one act on many records, by ids or by filter, each within the actor's rights; undoable whole.

use std::collections::HashMap;

use model::query::Bin;
use model::{Effect, Filter, Object, Problem, Record, Uuid, Value};
use serde_json::{Value as Json, json};
use store::{Cause, CauseKind, HistoryAction, HistoryEntry, Tx};

use super::batch::{Batch, Origin, Setup};
use super::input::read_values;
use crate::access::Actor;
use crate::error::problem_json;
use crate::{Error, Result, Workspace};

/// Records named by id in one request.
pub const BULK_IDS_MAX: usize = 1_000;
/// Records that one filter may reach.
pub const BULK_ROWS_MAX: usize = 100_000;
/// Later changes of one record that are looked at.
const LATER_MAX: usize = 10_000;
/// Records of one transaction.
const STEP_ROWS: usize = 200;

/// What is done to each record.
#[derive(Debug, Clone, PartialEq)]
pub enum BulkAction {
    /// Fields are set.
    Update(Json),
    /// It goes to the recycle bin.
    Delete,
    /// It comes back from there.
    Restore,
    /// A command is done with these inputs.
    Command(String, Json),
}

/// Which records.
#[derive(Debug, Clone, PartialEq)]
pub enum BulkTarget {
    /// These.
    Ids(Vec<Uuid>),
    /// All that pass a filter, as the actor sees them.
    Filter(Json),
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct BulkOutcome {
    /// The bulk, by which it can be undone.
    pub id: Uuid,
    /// How many records were done.
    pub done: usize,
    /// The records that were not, and why.
    pub failed: Vec<(Uuid, Error)>,
}

impl BulkOutcome {
    /// The answer as JSON in the actor's language.
    pub fn json(&self, actor: &Actor) -> Json {
        let failed: Vec<Json> = self
            .failed
            .iter()
            .map(|(id, error)| match error {
                Error::Invalid(problems) => {
                    json!({"id": id, "code": error.code(),
                           "problems": problems.iter().map(|p| problem_json(p, actor.language)).collect::<Vec<_>>()})
                }
                error => json!({"id": id, "code": error.code(),
                                "problems": [problem_json(&Problem::new(error.code()), actor.language)]}),
            })
            .collect();
        json!({"id": self.id, "done": self.done, "failed": failed})
    }
}

impl Workspace {
    /// Does `action` to each record of `target`, in steps; what cannot be done is said record by record.
    ///
    /// # Errors
    /// Problems of the request itself; the store's.
    pub async fn bulk(
        &self,
        actor: &Actor,
        name: &str,
        action: BulkAction,
        target: BulkTarget,
    ) -> Result<BulkOutcome> {
        let object = self.object(name)?;
        let id = self.clock.new_id();
        let setup = self.setup(actor, CauseKind::Bulk, Some(id));
        let values = match &action {
            BulkAction::Update(values) => {
                read_values(values, &object, &setup.rights, &setup.setting)?
            }
            BulkAction::Command(command, _) if object.command_named(command).is_none() => {
                return Err(Error::not_found());
            }
            _ => Vec::new(),
        };
        let ids = self.targets(actor, &object, target).await?;
        let mut outcome = BulkOutcome { id, done: 0, failed: Vec::new() };
        for step in ids.chunks(STEP_ROWS) {
            let refused = self.bulk_step(&setup, &object, &action, &values, step.to_vec()).await?;
            outcome.done += step.len() - refused.len();
            outcome.failed.extend(refused);
        }
        self.note_bulk(actor, &object, &action, &outcome).await?;
        self.wrote([name]);
        Ok(outcome)
    }

    async fn targets(
        &self,
        actor: &Actor,
        object: &Object,
        target: BulkTarget,
    ) -> Result<Vec<Uuid>> {
        match target {
            BulkTarget::Ids(mut ids) => {
                if ids.len() > BULK_IDS_MAX {
                    return Err(Problem::of("ids", "too_many").with("max", BULK_IDS_MAX).into());
                }
                let mut seen = std::collections::HashSet::new();
                ids.retain(|id| seen.insert(*id));
                Ok(ids)
            }
            BulkTarget::Filter(json) => {
                let filter = self.readable(actor, object, Some(&json))?;
                let name = object.name.clone();
                let found = self
                    .store
                    .read(move |tx| tx.ids(&name, &filter, None, BULK_ROWS_MAX + 1))
                    .await?;
                if found.len() > BULK_ROWS_MAX {
                    return Err(Problem::of("filter", "too_many")
                        .with("max", BULK_ROWS_MAX)
                        .into());
                }
                Ok(found)
            }
        }
    }

    /// One transaction: records that refuse are found by doing each; when any refuses, the others are done
    /// again without it, so that a refusal half-way through a record leaves nothing behind.
    async fn bulk_step(
        &self,
        setup: &Setup,
        object: &Object,
        action: &BulkAction,
        values: &[(String, Value)],
        ids: Vec<Uuid>,
    ) -> Result<Vec<(Uuid, Error)>> {
        let mut left = ids;
        let mut refused = Vec::new();
        while !left.is_empty() {
            let (setup, name) = (setup.clone(), object.name.clone());
            let (action, values, step) = (action.clone(), values.to_vec(), left.clone());
            let work = move |tx: &mut Tx| -> std::result::Result<(), Stopped> {
                let mut batch = Batch::new(tx, &setup);
                for id in &step {
                    one(&mut batch, &name, &action, &values, *id)
                        .map_err(|e| Stopped::at(Some(*id), e))?;
                }
                batch.finish().map_err(|error| Stopped::at(None, error))
            };
            match self.store.transact(work).await {
                Ok(()) => break,
                Err(Stopped { record: Some(id), error }) => {
                    left.retain(|other| *other != id);
                    refused.push((id, error));
                }
                Err(Stopped { error, .. }) => return Err(error),
            }
        }
        Ok(refused)
    }

    async fn note_bulk(
        &self,
        actor: &Actor,
        object: &Object,
        action: &BulkAction,
        outcome: &BulkOutcome,
    ) -> Result<()> {
        let label = match action {
            BulkAction::Update(_) => "update",
            BulkAction::Delete => "delete",
            BulkAction::Restore => "restore",
            BulkAction::Command(name, _) => name,
        };
        self.note_act(actor, object, label, outcome.id, outcome.done, outcome.failed.len()).await
    }

    /// Writes down an act on many records, so that its owner can undo it.
    pub(super) async fn note_act(
        &self,
        actor: &Actor,
        object: &Object,
        label: &str,
        id: Uuid,
        done: usize,
        failed: usize,
    ) -> Result<()> {
        let mut setup = self.setup(actor, CauseKind::System, None);
        setup.cause = Cause { kind: CauseKind::System, id: None };
        let values = model::draft::values([
            (
                "name",
                Value::from(format!("{} · {label}", object.plural_label.text(actor.language))),
            ),
            ("object", Value::from(object.name.as_str())),
            ("action", Value::from(label)),
            ("rows_done", Value::from(done as i64)),
            ("rows_failed", Value::from(failed as i64)),
            ("owner", actor.user_or_none().into()),
        ]);
        let effect = Effect::Create { object: "bulk".to_owned(), id, values };
        let work = move |tx: &mut Tx| -> Result<()> {
            let mut batch = Batch::new(tx, &setup);
            batch.apply(vec![effect.clone()])?;
            batch.finish()
        };
        self.store.transact(work).await
    }

    /// Undoes everything that `cause` (a bulk, an import) did and nobody changed since, newest first; how many
    /// records were put back, and those that were left because somebody changed them.
    ///
    /// # Errors
    /// The store's.
    pub async fn undo(&self, actor: &Actor, cause: Uuid) -> Result<(usize, Vec<Uuid>)> {
        let setup = self.setup(actor, CauseKind::Undo, Some(cause));
        let mut before = None;
        let (mut done, mut left) = (0, Vec::new());
        while let Some(step) = self.undo_step(&setup, cause, before).await? {
            before = Some(step.before);
            done += step.done;
            left.extend(step.left);
        }
        Ok((done, left))
    }

    /// Undoes the newest writes of `cause` before the place `before` in the history; none when there are none.
    /// What was undone already is passed over.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn undo_step(
        &self,
        setup: &Setup,
        cause: Uuid,
        before: Option<i64>,
    ) -> Result<Option<Undone>> {
        let entries = self.store.read(move |tx| tx.done_by(cause, before, STEP_ROWS)).await?;
        let Some(last) = entries.last().map(|entry| entry.seq) else { return Ok(None) };
        let setup = setup.clone();
        let work = move |tx: &mut Tx| -> Result<Undone> {
            let mut batch = Batch::new(tx, &setup);
            let mut undone = Undone { before: last, done: 0, left: Vec::new() };
            // Undoing writes under the same cause: that is not undone again.
            for entry in entries.iter().filter(|entry| entry.cause.kind != CauseKind::Undo) {
                if put_back(&mut batch, entry)? {
                    undone.done += 1
                } else {
                    undone.left.push(entry.record)
                }
            }
            batch.finish()?;
            Ok(undone)
        };
        let undone = self.store.transact(work).await?;
        self.wrote(crate::people::OBJECTS);
        Ok(Some(undone))
    }
}

/// What one step of undoing did.
pub(crate) struct Undone {
    /// The place in the history where the next step goes on.
    pub before: i64,
    /// Writes that were undone.
    pub done: usize,
    /// Records that were left because somebody changed them.
    pub left: Vec<Uuid>,
}

/// Why a step of a bulk stopped, and at which record.
#[derive(Debug)]
struct Stopped {
    record: Option<Uuid>,
    error: Error,
}

impl Stopped {
    fn at(record: Option<Uuid>, error: Error) -> Stopped {
        match error {
            Error::Store(_) => Stopped { record: None, error },
            error => Stopped { record, error },
        }
    }
}

impl From<store::StoreError> for Stopped {
    fn from(error: store::StoreError) -> Stopped {
        Stopped { record: None, error: error.into() }
    }
}

impl store::Refuse for Stopped {
    fn into_store(self) -> std::result::Result<store::StoreError, Stopped> {
        match self.error {
            Error::Store(error) => Ok(error),
            error => Err(Stopped { record: self.record, error }),
        }
    }
}

fn one(
    batch: &mut Batch,
    name: &str,
    action: &BulkAction,
    values: &[(String, Value)],
    id: Uuid,
) -> Result<()> {
    match action {
        BulkAction::Update(_) => {
            batch.update(Origin::Person, name, id, None, values.to_vec()).map(|_| ())
        }
        BulkAction::Delete => batch.delete(Origin::Person, name, id, None),
        BulkAction::Restore => batch.restore(Origin::Person, name, id).map(|_| ()),
        BulkAction::Command(command, inputs) => {
            batch.command(name, id, command, inputs).map(|_| ())
        }
    }
}

/// Whether the record holds what it held when it was made, whatever happened to it and was undone since.
fn is_as_made(batch: &mut Batch, object: &Object, record: &Record, made: i64) -> Result<bool> {
    let later = batch.tx().history(record.id(), None, LATER_MAX)?;
    let mut held: HashMap<String, Json> = HashMap::new();
    for entry in later.into_iter().take_while(|entry| entry.seq > made) {
        held.extend(entry.changes.into_iter().map(|change| (change.field, change.old)));
    }
    let setting = batch.setting();
    Ok(held.into_iter().all(|(name, old)| {
        let Some(field) = object.field(&name) else { return true };
        let old = match &old {
            Json::Null => Ok(Value::Null),
            json => field.kind().read_json(json, setting),
        };
        old.is_ok_and(|old| {
            old == *record.get(object, &name)
                || (old.is_empty() && record.get(object, &name).is_empty())
        })
    }))
}

/// Undoes one entry, unless the record changed after it.
fn put_back(batch: &mut Batch, entry: &HistoryEntry) -> Result<bool> {
    let object = batch.object(&entry.object)?;
    let found =
        batch.tx().load(&entry.object, &[entry.record], &Filter::Always, Bin::Both, true)?.pop();
    let Some(record) = found else { return Ok(true) };
    let gone = !record.get(&object, "deleted_at").is_empty();
    match entry.action {
        // What was made goes, also what was changed after by the same cause: its later entries were undone before.
        HistoryAction::Create if gone => Ok(true),
        HistoryAction::Create => {
            let untouched = is_as_made(batch, &object, &record, entry.seq)?;
            if untouched {
                batch.delete(Origin::Hook, &entry.object, entry.record, None)?;
            }
            Ok(untouched)
        }
        HistoryAction::Delete if gone => {
            batch.restore(Origin::Hook, &entry.object, entry.record).map(|_| true)
        }
        HistoryAction::Restore if !gone => {
            batch.delete(Origin::Hook, &entry.object, entry.record, None).map(|()| true)
        }
        HistoryAction::Delete | HistoryAction::Restore => Ok(true),
        HistoryAction::Update => {
            if gone {
                return Ok(false);
            }
            let mut values = Vec::new();
            for change in &entry.changes {
                let Some(field) = object.field(&change.field) else { continue };
                let read = |json: &Json| match json {
                    Json::Null => Value::Null,
                    json => {
                        field.kind().read_json(json, &batch.setup.setting).unwrap_or(Value::Null)
                    }
                };
                let (old, new) = (read(&change.old), read(&change.new));
                let present = record.get(&object, &change.field);
                if *present == old {
                    continue;
                }
                if *present != new {
                    return Ok(false);
                }
                values.push((change.field.clone(), old));
            }
            batch.update(Origin::Hook, &entry.object, entry.record, None, values).map(|_| true)
        }
    }
}
