//! What a write leaves behind for the end of the batch: history to append, and records whose parents' roll-ups are due.

use std::sync::Arc;

use model::{Object, Record, Value};
use store::{Change, HistoryAction, HistoryEntry};

use super::batch::Batch;

impl Batch<'_, '_, '_> {
    pub(super) fn remember(
        &mut self,
        object: &Arc<Object>,
        action: HistoryAction,
        before: Option<&Record>,
        after: &Record,
    ) {
        self.seen.forget(&object.name, after.id());
        self.changeable.remove(&after.id());
        let changes = match (action, before) {
            (HistoryAction::Update, Some(before)) => self.changes(object, before, after),
            _ => Vec::new(),
        };
        let user = self.setup.rights.user;
        self.history.push(HistoryEntry {
            seq: 0,
            object: object.name.clone(),
            record: after.id(),
            version: after.version(),
            at: self.setup.now.at.as_microsecond(),
            actor: (!user.is_nil()).then_some(user),
            cause: self.setup.cause,
            action,
            changes,
        });
        let live = |record: &Record| record.get(object, "deleted_at") == &Value::Null;
        let before = before.filter(|record| live(record)).cloned();
        let after = Some(after).filter(|record| live(record)).cloned();
        self.touched.push((object.name.clone(), before, after));
    }

    fn changes(&self, object: &Object, before: &Record, after: &Record) -> Vec<Change> {
        let written = |index: &usize| {
            let field = &object.fields[*index];
            !field.kind.is_computed()
                && !model::object::SYSTEM_FIELDS.contains(&field.name.as_str())
        };
        (0..object.fields.len())
            .filter(written)
            .filter(|index| before.values[*index] != after.values[*index])
            .map(|index| {
                let field = &object.fields[index];
                let json = |record: &Record| {
                    field.kind().write_json(&record.values[index], &self.setup.setting)
                };
                Change { field: field.name.clone(), old: json(before), new: json(after) }
            })
            .collect()
    }
}
