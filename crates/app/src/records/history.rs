//! What happened to a record: its history, and the record as it was at a moment.

use jiff::Timestamp;
use model::access::{FieldAccess, Rights};
use model::query::Bin;
use model::{Action, Filter, Object, Uuid, Value};
use serde_json::{Value as Json, json};
use store::{HistoryAction, HistoryEntry, Tx};

use super::json::{Shape, title_text};
use crate::access::Actor;
use crate::{Error, Result, Workspace};

/// Entries of one page.
pub const HISTORY_ROWS_MAX: usize = 200;
/// Changes that are gone back through to find a record as it was.
const BACK_MAX: usize = 100_000;

impl Workspace {
    /// The history of a record, newest first: only of fields the actor may see in clear.
    ///
    /// # Errors
    /// `not_found`; the store's.
    pub async fn history(
        &self,
        actor: &Actor,
        name: &str,
        id: Uuid,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Json> {
        let object = self.object(name)?;
        let rights = actor.rights.clone();
        let limit = limit.clamp(1, HISTORY_ROWS_MAX);
        let work = move |tx: &mut Tx| -> store::Result<Result<Json>> {
            if readable(tx, &object, &rights, id)?.is_none() {
                return Ok(Err(Error::not_found()));
            }
            let entries = tx.history(id, before, limit + 1)?;
            let more = entries.len() > limit;
            let next = entries.get(limit - 1).filter(|_| more).map(|entry| entry.seq);
            let items =
                entries_json(tx, &object, &rights, entries.into_iter().take(limit).collect())?;
            Ok(Ok(json!({"items": items, "next": next.map(|seq| seq.to_string())})))
        };
        self.store.read(work).await?
    }

    /// The record as it was at `at`, as the actor may see it now.
    ///
    /// # Errors
    /// `not_found`, also when there was no such record yet; the store's.
    pub async fn as_of(&self, actor: &Actor, name: &str, id: Uuid, at: Timestamp) -> Result<Json> {
        let object = self.object(name)?;
        let (rights, setting) = (actor.rights.clone(), self.setting());
        let work = move |tx: &mut Tx| -> store::Result<Result<Json>> {
            let filter = rights.filter(tx.schema(), &object, Action::Read);
            let found = tx.load(&object.name, &[id], &filter, Bin::Both, false)?.pop();
            let Some(mut record) = found else { return Ok(Err(Error::not_found())) };
            let entries = tx.history(id, None, BACK_MAX)?;
            for entry in entries.iter().take_while(|entry| entry.at > at.as_microsecond()) {
                match entry.action {
                    HistoryAction::Create => return Ok(Err(Error::not_found())),
                    HistoryAction::Delete => record.set(&object, "deleted_at", Value::Null),
                    HistoryAction::Restore | HistoryAction::Update => {}
                }
                for change in &entry.changes {
                    let Some(field) = object.field(&change.field) else { continue };
                    let old = match &change.old {
                        Json::Null => Value::Null,
                        json => field.kind().read_json(json, &setting).unwrap_or(Value::Null),
                    };
                    record.set(&object, &change.field, old);
                }
                record.set(&object, "version", entry.version - 1);
            }
            tx.derive(&object.name, &mut record, &model::Now::new(at, jiff::tz::TimeZone::UTC))?;
            let schema = tx.schema().clone();
            let mut shape = Shape::new(&object, &rights, &setting, None);
            shape
                .fields
                .retain(|index| !matches!(object.fields[*index].kind, model::Kind::Rollup(_)));
            let work = |tx: &mut Tx, shape: &mut Shape| -> Result<Json> {
                shape.bring_titles(tx, &schema, std::slice::from_ref(&record))?;
                let titles = link_titles(tx, &object, &rights, &record)?;
                Ok(shape.json(&store::Listed { record: record.clone(), titles }))
            };
            Ok(work(tx, &mut shape))
        };
        self.store.read(work).await?
    }
}

/// Whether the record is live or deleted; none when it may not be read.
pub(super) fn readable(
    tx: &mut Tx,
    object: &Object,
    rights: &Rights,
    id: Uuid,
) -> store::Result<Option<Live>> {
    let readable = rights.filter(tx.schema(), object, Action::Read);
    let live = Filter::is_empty("deleted_at");
    let answers = tx.passes(&object.name, id, &[&readable, &live])?;
    Ok(match answers.as_deref() {
        Some([true, live]) => Some(Live(*live)),
        _ => None,
    })
}

/// Whether a record that may be read is live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Live(pub bool);

fn link_titles(
    tx: &mut Tx,
    object: &Object,
    rights: &Rights,
    record: &model::Record,
) -> Result<std::collections::HashMap<usize, Value>> {
    let schema = tx.schema().clone();
    let mut titles = std::collections::HashMap::new();
    for (index, field) in object.fields.iter().enumerate() {
        let target = field.kind.target().and_then(|target| schema.object(target));
        let (Some(target), Some(id)) = (target, record.values[index].as_id()) else { continue };
        let filter = rights.filter(&schema, target, Action::Read);
        if let Some(title) = tx.titles(&target.name, &[id], &filter)?.remove(&id) {
            titles.insert(index, title);
        }
    }
    Ok(titles)
}

/// Entries as JSON: changes of hidden and masked fields left out, links with their titles.
pub(crate) fn entries_json(
    tx: &mut Tx,
    object: &Object,
    rights: &Rights,
    entries: Vec<HistoryEntry>,
) -> store::Result<Vec<Json>> {
    let actors: Vec<Uuid> = entries.iter().filter_map(|entry| entry.actor).collect();
    let actors = tx.titles("user", &actors, &Filter::Always)?;
    let mut items = Vec::with_capacity(entries.len());
    for entry in entries {
        let mut changes = Vec::new();
        for change in &entry.changes {
            let Some(field) = object.field(&change.field) else { continue };
            if rights.field(object, field) < FieldAccess::Read {
                continue;
            }
            let old = titled(tx, rights, field, &change.old)?;
            let new = titled(tx, rights, field, &change.new)?;
            changes.push(json!({"field": change.field, "old": old, "new": new}));
        }
        let actor =
            entry.actor.map(|id| json!({"id": id, "title": actors.get(&id).map(title_text)}));
        let at = Timestamp::from_microsecond(entry.at).map(|at| at.to_string()).ok();
        items.push(json!({
            "seq": entry.seq,
            "version": entry.version,
            "at": at,
            "actor": actor,
            "cause": {"kind": entry.cause.kind.name(), "id": entry.cause.id},
            "action": entry.action.name(),
            "changes": changes,
        }));
    }
    Ok(items)
}

/// The value of a link in the history with the title of what it leads to, where that may be seen.
fn titled(tx: &mut Tx, rights: &Rights, field: &model::Field, value: &Json) -> store::Result<Json> {
    let schema = tx.schema().clone();
    let Some(target) = field.kind.target().and_then(|target| schema.object(target)) else {
        return Ok(value.clone());
    };
    let filter = rights.filter(&schema, target, Action::Read);
    let mut one = |json: &Json| -> store::Result<Json> {
        let Some(id) = json.as_str().and_then(|id| Uuid::parse_str(id).ok()) else {
            return Ok(Json::Null);
        };
        let title = tx.titles(&target.name, &[id], &filter)?.remove(&id);
        Ok(json!({"id": id, "title": title.as_ref().map(title_text)}))
    };
    match value {
        Json::Array(many) => {
            many.iter().map(one).collect::<store::Result<Vec<Json>>>().map(Json::from)
        }
        other => one(other),
    }
}
