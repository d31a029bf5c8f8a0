//! Merging two records of an object: what leads to the one leads to the other, the other goes to the recycle bin. One
//! transaction of ordinary writes with one cause, so that it can be tried without effect and undone whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::access::{Action, FieldAccess};
use model::filter::{Op, Operand};
use model::object::SYSTEM_FIELDS;
use model::query::Bin;
use model::{Field, Filter, Kind, Object, Problem, Record, Uuid, Value};
use serde_json::{Value as Json, json};
use store::{CauseKind, Tx};

use super::batch::{Batch, Origin};
use super::json::title_text;
use super::single::shown;
use crate::access::Actor;
use crate::{Error, Result, Workspace};

/// Records that may lead to the one that goes; more are handed over in bulk first.
pub const MERGE_LINKS_MAX: usize = 10_000;

/// Which record is merged into the one at hand, and what is taken from it.
#[derive(Debug, Clone, Default)]
pub struct Merge {
    /// The record that goes.
    pub other: Uuid,
    /// The version of the record that stays, as its reader knew it.
    pub version: Option<i64>,
    /// The version of the record that goes.
    pub other_version: Option<i64>,
    /// Fields whose value is the other's.
    pub take: Vec<String>,
    /// Fields that keep both values: sets, tags and long texts.
    pub join: Vec<String>,
    /// Only tell what would happen.
    pub dry_run: bool,
}

/// Records of one object that led to the one that goes, by one field.
type Moved = BTreeMap<(String, String), Vec<Uuid>>;

impl Workspace {
    /// Merges `merge.other` into the record: the record as it then is, the act's id (for undoing it as a bulk), and
    /// which links the actor knows of moved. A dry run writes nothing and answers the same.
    ///
    /// # Errors
    /// `not_found`, `forbidden` for want of the right to change the one and delete the other, stale versions, and
    /// every problem of the writes themselves; the store's.
    pub async fn merge(&self, actor: &Actor, name: &str, id: Uuid, merge: Merge) -> Result<Json> {
        let object = self.object(name)?;
        let act = self.clock.new_id();
        let setup = self.setup(actor, CauseKind::Bulk, Some(act));
        let dry_run = merge.dry_run;
        let table = object.name.clone();
        let work = move |tx: &mut Tx| -> Result<(Json, usize)> {
            if dry_run {
                tx.savepoint("merge_trial")?;
            }
            let mut batch = Batch::new(tx, &setup);
            let moved = batch.merge(&object, id, &merge)?;
            let written = batch.written();
            batch.finish()?;
            let links = links_json(tx, &setup.rights, &moved)?;
            let record = shown(tx, &setup, &object.name, id)?;
            if dry_run {
                tx.roll_back_to("merge_trial")?;
            }
            Ok((
                json!({"id": (!dry_run).then_some(act), "record": record, "moved": links}),
                written,
            ))
        };
        let (answer, written) = self.store.transact(work).await?;
        if !dry_run {
            let object = self.object(&table)?;
            self.note_act(actor, &object, "merge", act, written, 0).await?;
            self.wrote([table.as_str()].into_iter().chain(crate::people::OBJECTS));
        }
        Ok(answer)
    }
}

impl Batch<'_, '_, '_> {
    fn merge(&mut self, object: &Arc<Object>, id: Uuid, merge: &Merge) -> Result<Moved> {
        let kept = self.load(Origin::Person, object, id, Action::Update, Bin::Live)?;
        if merge.other.is_nil() {
            return Err(Error::field("other", "required"));
        }
        if merge.other == id {
            return Err(Error::field("other", "loop"));
        }
        let gone = self.load(Origin::Person, object, merge.other, Action::Delete, Bin::Live)?;
        self.expect_version(object, &kept, merge.version)?;
        self.expect_version(object, &gone, merge.other_version)?;
        let mut values = self.taken(object, &kept, &gone, merge)?;
        let moved = self.move_links(object, id, gone.id())?;
        // Now that nothing is part of it any more it goes alone, and its unique values are free.
        self.delete(Origin::Person, &object.name, gone.id(), None)?;
        // Moving links may have changed the record itself, such as a parent that was the other.
        values.retain(|(_, value)| value.as_id() != Some(gone.id()));
        self.update(Origin::Person, &object.name, id, None, values)?;
        Ok(moved)
    }

    /// The values that the record gets from the other.
    fn taken(
        &self,
        object: &Object,
        kept: &Record,
        gone: &Record,
        merge: &Merge,
    ) -> Result<Vec<(String, Value)>> {
        let mut values = Vec::new();
        let mut problems = Vec::new();
        let names = merge.take.iter().map(|name| (name, false));
        for (name, joins) in names.chain(merge.join.iter().map(|name| (name, true))) {
            let access =
                object.field(name).map(|field| (field, self.rights().field(object, field)));
            let Some((field, access)) = access.filter(|(_, access)| *access > FieldAccess::Hidden)
            else {
                let problem = Problem::of(name, "unknown_field").with("field", name);
                problems.push(problem.with("object", &object.name));
                continue;
            };
            let is_system = SYSTEM_FIELDS.contains(&name.as_str());
            if !field.is_writable() || is_system || access != FieldAccess::Write {
                problems.push(Problem::of(name, "read_only"));
                continue;
            }
            let (own, others) = (kept.get(object, name), gone.get(object, name));
            let value = if joins { joined(own, others) } else { others.clone() };
            values.push((name.clone(), value));
        }
        self.refuse(problems)?;
        Ok(values)
    }

    /// Leads everything to the record that stays which led to the one that goes.
    fn move_links(&mut self, object: &Object, kept: Uuid, gone: Uuid) -> Result<Moved> {
        let schema = self.tx.schema().clone();
        let mut moved = Moved::new();
        let mut count = 0;
        for child in schema.objects() {
            for field in child.fields.iter().filter(|field| leads_to(field, object)) {
                let filter = leading_to(field, object, gone);
                let ids = self.tx.ids(&child.name, &filter, None, MERGE_LINKS_MAX + 1)?;
                count += ids.len();
                if count > MERGE_LINKS_MAX {
                    return Err(Problem::of("other", "too_many")
                        .with("max", MERGE_LINKS_MAX)
                        .into());
                }
                for id in &ids {
                    self.move_link(child, field, object, *id, (kept, gone))?;
                }
                if !ids.is_empty() {
                    moved.insert((child.name.clone(), field.name.clone()), ids);
                }
            }
        }
        Ok(moved)
    }

    fn move_link(
        &mut self,
        child: &Object,
        field: &Field,
        object: &Object,
        id: Uuid,
        (kept, gone): (Uuid, Uuid),
    ) -> Result<()> {
        let found = self.tx.load(&child.name, &[id], &Filter::Always, Bin::Live, true)?.pop();
        let Some(record) = found else { return Ok(()) };
        let value = match (&field.kind, record.get(child, &field.name)) {
            // What led to the other is the record that stays: it does not lead to itself.
            (Kind::Link(_) | Kind::AnyLink(_), _) if id == kept => Value::Null,
            (Kind::AnyLink(_), _) => Value::Any(object.name.clone(), kept),
            (_, Value::Ids(ids)) => {
                Value::ids(ids.iter().map(|id| if *id == gone { kept } else { *id }).collect())
            }
            _ => Value::Id(kept),
        };
        self.update(Origin::Hook, &child.name, id, None, vec![(field.name.clone(), value)])?;
        Ok(())
    }
}

fn leads_to(field: &Field, object: &Object) -> bool {
    match &field.kind {
        Kind::Link(link) => link.target == object.name,
        Kind::Links(links) => links.target == object.name,
        Kind::AnyLink(_) => true,
        _ => false,
    }
}

fn leading_to(field: &Field, object: &Object, id: Uuid) -> Filter {
    match field.kind {
        Kind::AnyLink(_) => Filter::eq(&field.name, Value::Any(object.name.clone(), id)),
        Kind::Links(_) => Filter::Is {
            field: field.name.clone(),
            op: Op::HasAny,
            operand: Operand::Many(vec![Value::Id(id)]),
        },
        _ => Filter::eq(&field.name, id),
    }
}

/// Both values in one: sets together, texts one after the other; of anything else the own, if there is one.
fn joined(own: &Value, others: &Value) -> Value {
    match (own, others) {
        (Value::Ids(own), Value::Ids(others)) => {
            Value::ids(own.iter().chain(others).copied().collect())
        }
        (Value::Texts(own), Value::Texts(others)) => {
            Value::texts(own.iter().chain(others).cloned().collect())
        }
        (Value::Text(own), Value::Text(others)) if own != others => {
            Value::Text(format!("{own}\n\n{others}"))
        }
        (own, others) if own.is_empty() => others.clone(),
        (own, _) => own.clone(),
    }
}

/// What moved, of what the actor may see: object, field, how many, and the titles of the first.
fn links_json(tx: &mut Tx, rights: &model::Rights, moved: &Moved) -> Result<Vec<Json>> {
    const TITLES: usize = 5;
    let schema = tx.schema().clone();
    let mut links = Vec::new();
    for ((name, field), ids) in moved {
        let Some(object) = schema.object(name) else { continue };
        let filter = rights.filter(&schema, object, Action::Read);
        if filter == Filter::Never {
            continue;
        }
        let visible = tx.visible(name, ids, &filter)?;
        if visible.is_empty() {
            continue;
        }
        let first = &visible[..visible.len().min(TITLES)];
        let titles = tx.titles(name, first, &filter)?;
        let titles: Vec<Json> = first
            .iter()
            .filter_map(|id| Some(json!({"id": id, "title": title_text(titles.get(id)?)})))
            .collect();
        links
            .push(json!({"object": name, "field": field, "count": visible.len(), "first": titles}));
    }
    Ok(links)
}
