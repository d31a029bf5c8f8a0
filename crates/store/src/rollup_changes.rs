//! What the writes of one transaction change in roll-ups: by how much, where that can be told from the children that
//! were written alone; otherwise that the parent must be computed anew. A parent with a million children is kept true
//! by adding to it.

use std::collections::{BTreeMap, HashSet};

use model::fields::RollupKind;
use model::{Field, Filter, Object, Record, RollupFn, Uuid, Value};

use crate::Result;
use crate::cell::{Cell, to_cell, to_value};
use crate::tx::Tx;

/// How one roll-up of one parent changed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    /// By this much.
    By(Step),
    /// It must be computed from all children.
    Anew,
}

/// What children added to and took from a roll-up.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Step {
    count: i64,
    sum: i128,
    /// The extreme of what was added, and of what was taken away.
    added: Option<i64>,
    taken: Option<i64>,
}

/// Parents whose roll-ups changed: by object and id, the fields.
#[derive(Default)]
pub(crate) struct Due {
    pub(crate) parents: BTreeMap<String, BTreeMap<Uuid, BTreeMap<String, Change>>>,
}

/// Roll-ups computed anew already: what is added later is in them, so that they are computed anew again.
pub(crate) type Settled = HashSet<(String, Uuid, String)>;

impl Due {
    pub(crate) fn is_empty(&self) -> bool {
        self.parents.is_empty()
    }

    /// Adds what a child's write changes.
    pub(crate) fn add(
        &mut self,
        tx: &Tx,
        child: &str,
        before: Option<&Record>,
        after: Option<&Record>,
        settled: &Settled,
    ) -> Result<()> {
        let object = tx.object(child)?;
        let schema = tx.schema();
        for at in schema.rollups_over(child) {
            let Some((_, _, kind)) = schema.rollup(at) else { continue };
            let value = |record: Option<&Record>, name: &str| -> Value {
                record.map_or(Value::Null, |record| record.get(object, name).clone())
            };
            if !concerns(kind, |name| value(before, name) != value(after, name)) {
                continue;
            }
            for (record, sign) in [(before, -1), (after, 1)] {
                let Some(record) = record else { continue };
                let Some(parent) = record.get(object, &kind.rollup.link).as_id() else { continue };
                let fields =
                    self.parents.entry(at.parent.clone()).or_default().entry(parent).or_default();
                let change =
                    fields.entry(at.field.clone()).or_insert_with(|| Change::By(Step::default()));
                let known = settled.contains(&(at.parent.clone(), parent, at.field.clone()));
                if known || !change.follow(object, kind, record, sign) {
                    *change = Change::Anew;
                }
            }
        }
        Ok(())
    }
}

impl Change {
    /// Takes one child's part in; whether it can be told from the child alone.
    fn follow(&mut self, object: &Object, kind: &RollupKind, record: &Record, sign: i64) -> bool {
        let Change::By(step) = self else { return false };
        let rollup = &kind.rollup;
        if rollup.window.is_some() {
            return false;
        }
        match rollup.filter.matches(object, record) {
            None => return false,
            Some(false) => return true,
            Some(true) => {}
        }
        step.count += sign;
        let Some(field) = rollup.field.as_deref().and_then(|name| object.field(name)) else {
            return rollup.function == RollupFn::Count;
        };
        match to_cell(field, record.get(object, &field.name)) {
            Cell::Null => true,
            Cell::Int(number) => {
                step.sum += i128::from(number) * i128::from(sign);
                let extreme = if sign > 0 { &mut step.added } else { &mut step.taken };
                *extreme =
                    Some(extreme.map_or(number, |known| further(rollup.function, known, number)));
                true
            }
            _ => rollup.function == RollupFn::Count,
        }
    }

    /// What `before` becomes; none when it must be computed from all children.
    pub(crate) fn applied(
        &self,
        field: &Field,
        kind: &RollupKind,
        before: &Value,
    ) -> Option<Value> {
        let Change::By(step) = self else { return None };
        let function = kind.rollup.function;
        let old = match to_cell(field, before) {
            Cell::Int(number) => Some(number),
            Cell::Null => None,
            _ => return None,
        };
        let new = match function {
            RollupFn::Count => old.unwrap_or(0).checked_add(step.count)?,
            RollupFn::Sum => i64::try_from(i128::from(old.unwrap_or(0)) + step.sum).ok()?,
            RollupFn::Min | RollupFn::Max => {
                let best = match (old, step.added) {
                    (Some(old), Some(added)) => Some(further(function, old, added)),
                    (old, added) => old.or(added),
                };
                // What was taken away may have been the extreme.
                let lost = |best: i64| {
                    step.taken.is_some_and(|taken| further(function, taken, best) == taken)
                };
                match best {
                    Some(best) if !lost(best) => best,
                    None if step.taken.is_none() => return Some(before.clone()),
                    _ => return None,
                }
            }
        };
        Some(to_value(field, Cell::Int(new)))
    }
}

fn further(function: RollupFn, one: i64, other: i64) -> i64 {
    if function == RollupFn::Min { one.min(other) } else { one.max(other) }
}

/// Whether a change of the child can change the roll-up: one of the fields it looks at differs.
fn concerns(kind: &RollupKind, differs: impl Fn(&str) -> bool) -> bool {
    let rollup = &kind.rollup;
    let mut names = vec![rollup.link.as_str(), "deleted_at", "id"];
    names.extend(rollup.field.as_deref());
    names.extend(rollup.window.as_ref().map(|(date, _)| date.as_str()));
    let mut filtered = Vec::new();
    fields_of(&rollup.filter, &mut filtered);
    names.into_iter().chain(filtered.iter().map(String::as_str)).any(differs)
}

fn fields_of(filter: &Filter, names: &mut Vec<String>) {
    match filter {
        Filter::And(all) | Filter::Or(all) => {
            all.iter().for_each(|filter| fields_of(filter, names))
        }
        Filter::Not(filter) => fields_of(filter, names),
        Filter::Is { field, .. } | Filter::Linked { field, .. } => names.push(field.clone()),
        _ => {}
    }
}
