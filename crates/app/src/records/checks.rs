//! Checks that every record passes, whatever its object: what is needed is there, links lead somewhere, what is unique is.

use std::collections::HashSet;
use std::sync::Arc;

use model::object::SYSTEM_FIELDS;
use model::query::Bin;
use model::{Action, Draft, Field, Filter, Kind, Object, Problem, Record, Uuid, Value};

use super::batch::{Batch, Known, Origin};
use crate::Result;

/// Steps up a tree before it is taken for a circle.
const TREE_DEPTH_MAX: usize = 50;

/// Fields that a record may not lack.
pub(super) fn required(draft: &Draft) -> Vec<Problem> {
    let lacking = |field: &&Field| field.required && draft.get(&field.name).is_empty();
    let fields = draft.object.fields.iter().filter(lacking);
    fields.map(|field| Problem::of(&field.name, "required")).collect()
}

/// Links that this write changes lead to records that whoever asks may see, and trees stay trees.
pub(super) fn links(
    batch: &mut Batch,
    origin: Origin,
    object: &Object,
    before: Option<&Record>,
    after: &Record,
) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    for (index, field) in object.fields.iter().enumerate() {
        let value = &after.values[index];
        let unchanged = before.is_some_and(|before| before.values[index] == *value);
        if SYSTEM_FIELDS.contains(&field.name.as_str()) || unchanged || value.is_empty() {
            continue;
        }
        match (&field.kind, value) {
            (Kind::Link(link), Value::Id(id)) => {
                if batch.linked(origin, &link.target, *id)?.is_none() {
                    problems.push(unknown(batch, field, &link.target));
                } else if link.target == object.name
                    && circles(batch, object, field, after.id(), *id)?
                {
                    problems.push(Problem::of(&field.name, "loop"));
                }
            }
            (Kind::Links(links), Value::Ids(ids)) => {
                for id in ids {
                    if batch.linked(origin, &links.target, *id)?.is_none() {
                        problems.push(unknown(batch, field, &links.target));
                        break;
                    }
                }
            }
            (Kind::AnyLink(_), Value::Any(target, id)) => {
                let known = batch.tx.schema().object(target).is_some();
                if !known || batch.linked(origin, target, *id)?.is_none() {
                    problems.push(unknown(batch, field, target));
                }
            }
            _ => {}
        }
    }
    Ok(problems)
}

fn unknown(batch: &Batch, field: &Field, target: &str) -> Problem {
    let label =
        batch.tx.schema().object(target).map(|object| object.label.text(batch.setup.language));
    Problem::of(&field.name, "link_unknown").with("object", label.unwrap_or(target))
}

/// Whether `field` would lead from `from` over `to` back to `from`.
fn circles(
    batch: &mut Batch,
    object: &Object,
    field: &Field,
    from: Uuid,
    to: Uuid,
) -> Result<bool> {
    let mut passed = HashSet::from([from]);
    let mut at = to;
    for _ in 0..TREE_DEPTH_MAX {
        if !passed.insert(at) {
            return Ok(true);
        }
        let linked = batch.linked(Origin::Hook, &object.name, at)?;
        match linked.and_then(|record| record.get(object, &field.name).as_id()) {
            Some(next) => at = next,
            None => return Ok(false),
        }
    }
    Ok(true)
}

/// No other live record holds a value that must be unique (numbers: no other record at all).
pub(super) fn unique(
    batch: &mut Batch,
    object: &Object,
    before: Option<&Record>,
    after: &Record,
) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    for (index, field) in object.fields.iter().enumerate().filter(|(_, field)| field.unique) {
        let value = &after.values[index];
        if value.is_empty() || before.is_some_and(|before| before.values[index] == *value) {
            continue;
        }
        let bin = if matches!(field.kind, Kind::AutoNumber(_)) { Bin::Both } else { Bin::Live };
        let others = Filter::eq(&field.name, value.clone());
        if batch.tx.other(&object.name, &others, bin, after.id())? {
            let label = object.label.text(batch.setup.language);
            problems.push(Problem::of(&field.name, "unique").with("object", label));
        }
    }
    Ok(problems)
}

impl Batch<'_, '_, '_> {
    /// The linked record, if whoever asks may see it; looked up once a batch.
    pub(super) fn linked(
        &mut self,
        origin: Origin,
        target: &str,
        id: Uuid,
    ) -> Result<Option<Arc<Record>>> {
        let of_person = origin == Origin::Person;
        if let Some(known) = self.seen.get(target, id) {
            // What a hook found, a person may not see; what a person may not see, a hook may still find.
            let answers =
                if known.record.is_some() { known.by_person || !of_person } else { of_person };
            if answers {
                return Ok(known.record.clone());
            }
        }
        let object = self.object(target)?;
        let filter = match origin {
            Origin::Hook => Filter::Always,
            Origin::Person => self.setup.rights.filter(self.tx.schema(), &object, Action::Read),
        };
        let found = self.tx.load(target, &[id], &filter, Bin::Live, false)?.pop().map(Arc::new);
        if of_person || found.is_some() {
            self.seen.put(target, id, Known { record: found.clone(), by_person: of_person });
        }
        Ok(found)
    }
}
