//! The recycle bin: a record goes there with its parts, and comes back with those that went along.

use std::sync::Arc;

use model::access::Action;
use model::query::Bin;
use model::{Filter, Object, Record, Uuid, Value};
use store::HistoryAction;

use super::batch::{Batch, Origin};
use super::checks;
use crate::Result;

/// Parts of one record that go to the recycle bin with it.
const PARTS_MAX: usize = 10_000;

impl Batch<'_, '_, '_> {
    /// Puts a record and its parts into the recycle bin.
    ///
    /// # Errors
    /// `not_found`, `forbidden`, stale, or the store's.
    pub fn delete(
        &mut self,
        origin: Origin,
        name: &str,
        id: Uuid,
        version: Option<i64>,
    ) -> Result<()> {
        let object = self.object(name)?;
        let before = self.load(origin, &object, id, Action::Delete, Bin::Live)?;
        self.expect_version(&object, &before, version)?;
        let at = Value::Instant(self.setup.now.at);
        self.bury(&object, before, &at)
    }

    fn bury(&mut self, object: &Arc<Object>, before: Record, at: &Value) -> Result<()> {
        for (part, records) in self.parts(object, before.id(), Bin::Live, &Value::Null)? {
            for record in records {
                self.bury(&part, record, at)?;
            }
        }
        let mut after = before.clone();
        after.set(object, "deleted_at", at.clone());
        self.stamp(object, &mut after, Some(&before));
        self.tx.update(&object.name, &before, &after)?;
        self.remember(object, HistoryAction::Delete, Some(&before), &after);
        Ok(())
    }

    /// Takes a record, and the parts that went with it, out of the recycle bin.
    ///
    /// # Errors
    /// `not_found`, `forbidden`, a unique value that another record took meanwhile, or the store's.
    pub fn restore(&mut self, origin: Origin, name: &str, id: Uuid) -> Result<Record> {
        let object = self.object(name)?;
        let before = self.load(origin, &object, id, Action::Delete, Bin::Deleted)?;
        let at = before.get(&object, "deleted_at").clone();
        self.raise(&object, before, &at)
    }

    fn raise(&mut self, object: &Arc<Object>, before: Record, at: &Value) -> Result<Record> {
        let mut after = before.clone();
        after.set(object, "deleted_at", Value::Null);
        let problems = checks::unique(self, object, None, &after)?;
        self.refuse(problems)?;
        self.stamp(object, &mut after, Some(&before));
        self.tx.update(&object.name, &before, &after)?;
        self.remember(object, HistoryAction::Restore, Some(&before), &after);
        for (part, records) in self.parts(object, after.id(), Bin::Deleted, at)? {
            for record in records {
                self.raise(&part, record, at)?;
            }
        }
        Ok(after)
    }

    /// The parts of a record: live ones, or those deleted at the moment `at`.
    fn parts(
        &mut self,
        object: &Object,
        id: Uuid,
        bin: Bin,
        at: &Value,
    ) -> Result<Vec<(Arc<Object>, Vec<Record>)>> {
        let schema = self.tx.schema().clone();
        let mut all = Vec::new();
        for child in schema.children(&object.name) {
            let Some(part) = schema.object(&child.child) else { continue };
            if part.part_of().map(|field| &field.name) != Some(&child.link) {
                continue;
            }
            let mut filter = Filter::eq(&child.link, id);
            if bin == Bin::Deleted {
                filter = filter.and(Filter::eq("deleted_at", at.clone()));
            }
            let query = model::ListQuery {
                bin,
                sort: vec![],
                limit: PARTS_MAX,
                ..model::ListQuery::of(filter)
            };
            let page = self.tx.list(&part.name, &query, &|_| Filter::Never)?;
            let mut records: Vec<Record> = page.rows.into_iter().map(|row| row.record).collect();
            self.tx.fill_sets(&part.name, &mut records)?;
            all.push((part.clone(), records));
        }
        Ok(all)
    }
}
