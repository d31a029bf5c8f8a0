//! What a write reads along: the linked values that hooks declare, and defaults that are other records.

use std::collections::HashMap;

use model::fields::Default;
use model::{Filter, Object, Record, Uuid, Value};

use super::batch::{Batch, Origin};
use crate::Result;

impl Batch<'_, '_, '_> {
    /// The values of linked records that the object's hooks declare: by `link.field`.
    pub(super) fn read_linked(
        &mut self,
        object: &Object,
        record: &Record,
    ) -> Result<HashMap<String, Value>> {
        let mut values = HashMap::new();
        for path in &object.reads {
            let Some((link, name)) = path.split_once('.') else { continue };
            let Some(id) = record.get(object, link).as_id() else { continue };
            let target =
                object.field(link).and_then(|field| field.kind.target()).unwrap_or("").to_owned();
            let target_object = self.object(&target)?;
            if let Some(linked) = self.linked(Origin::Hook, &target, id)? {
                values.insert(path.clone(), linked.get(&target_object, name).clone());
            }
        }
        Ok(values)
    }

    /// Fills what a new record says nothing of.
    pub(super) fn fill_defaults(&mut self, object: &Object, record: &mut Record) -> Result<()> {
        for (index, field) in object.fields.iter().enumerate() {
            if !record.values[index].is_empty() {
                continue;
            }
            let Some(default) = &field.default else { continue };
            record.values[index] = match default {
                Default::Value(value) => value.clone(),
                Default::Now if field.is_date() => Value::Date(self.setup.now.today()),
                Default::Now => Value::Instant(self.setup.now.at),
                Default::Actor => {
                    let user = self.setup.rights.user;
                    if user.is_nil() { Value::Null } else { Value::Id(user) }
                }
                Default::First { sort, within } => {
                    let shared =
                        within.as_ref().map(|link| (link, record.get(object, link).as_id()));
                    self.first(field.kind.target().unwrap_or(""), sort, shared)?
                }
            };
        }
        Ok(())
    }

    fn first(
        &mut self,
        target: &str,
        sort: &str,
        shared: Option<(&String, Option<Uuid>)>,
    ) -> Result<Value> {
        let filter = match shared {
            None => Filter::Always,
            Some((link, Some(id))) => Filter::eq(link, id),
            Some((_, None)) => return Ok(Value::Null),
        };
        // The same first record serves a whole batch.
        let key = format!("{target}/{sort}/{filter:?}");
        let known = match self.seen.firsts.get(&key) {
            Some(known) => *known,
            None => {
                let found = self.tx.first(target, &filter, sort)?.map(|record| record.id());
                self.seen.firsts.insert(key, found);
                found
            }
        };
        Ok(known.into())
    }
}
