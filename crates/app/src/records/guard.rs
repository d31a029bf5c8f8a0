//! What an actor may do with the record at hand: the rights side of the write path.

use model::access::Action;
use model::object::Written;
use model::query::Bin;
use model::{Filter, Object, Record, Uuid, Value};

use super::batch::{Batch, Origin};
use crate::{Error, Result};

impl Batch<'_, '_, '_> {
    pub(super) fn may(&mut self, object: &Object, action: Action) -> Result<()> {
        let key = (object.name.clone(), action);
        let schema = self.tx.schema();
        let rights = &self.setup.rights;
        let asked = || object.written != Written::BySystem && rights.may(schema, object, action);
        if *self.allowed.entry(key).or_insert_with(asked) {
            Ok(())
        } else {
            Err(Error::refused("forbidden"))
        }
    }

    /// The new record itself must be one that its maker may make: a part needs a parent that they may change.
    pub(super) fn may_create(&mut self, object: &Object, record: &Record) -> Result<()> {
        let filter = self.setup.rights.filter(self.tx.schema(), object, Action::Create);
        if object.access.owned || filter.matches(object, record) == Some(true) {
            return Ok(());
        }
        for link in object.access.through.clone() {
            let allowed = match record.get(object, &link) {
                Value::Id(id) => {
                    let target =
                        object.field(&link).and_then(|f| f.kind.target()).unwrap_or("").to_owned();
                    self.may_change(&target, *id)?
                }
                Value::Any(target, id) => self.may_change(&target.clone(), *id)?,
                _ => false,
            };
            if allowed {
                return Ok(());
            }
        }
        Err(Error::refused("forbidden"))
    }

    fn may_change(&mut self, target: &str, id: Uuid) -> Result<bool> {
        if let Some(known) = self.changeable.get(&id) {
            return Ok(*known);
        }
        let object = self.object(target)?;
        let filter = self.setup.rights.filter(self.tx.schema(), &object, Action::Update);
        let may = !self.tx.load(target, &[id], &filter, Bin::Live, false)?.is_empty();
        self.changeable.insert(id, may);
        Ok(may)
    }

    /// The record, locked, if the right for `action` reaches it: otherwise `forbidden` where it can be
    /// read, and `not_found` where it cannot.
    pub(super) fn load(
        &mut self,
        origin: Origin,
        object: &Object,
        id: Uuid,
        action: Action,
        bin: Bin,
    ) -> Result<Record> {
        let schema = self.tx.schema().clone();
        let rights = self.setup.rights.clone();
        let of = |action| match origin {
            Origin::Hook => Filter::Always,
            Origin::Person => rights.filter(&schema, object, action),
        };
        let system = origin == Origin::Person && object.written == Written::BySystem;
        if !system {
            let filter = of(action);
            if let Some(record) = self.tx.load(&object.name, &[id], &filter, bin, true)?.pop() {
                return Ok(record);
            }
        }
        let readable = self.tx.load(&object.name, &[id], &of(Action::Read), bin, false)?;
        Err(if readable.is_empty() { Error::not_found() } else { Error::refused("forbidden") })
    }

    pub(super) fn expect_version(
        &mut self,
        object: &Object,
        before: &Record,
        version: Option<i64>,
    ) -> Result<()> {
        if version.is_some_and(|version| version != before.version()) {
            let current = super::json::plain(self, object, before)?;
            return Err(Error::Stale(Box::new(current)));
        }
        Ok(())
    }
}
