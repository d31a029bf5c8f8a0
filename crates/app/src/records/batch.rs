//! The one write path: every write of every record goes through a batch, in one transaction.
//!
//! Parse (before) → load with the right in the WHERE → defaults → prepare → check → row, sets, words →
//! react → and at the end of the batch: roll-ups, history.

use std::collections::HashMap;
use std::sync::Arc;

use model::access::Action;
use model::fields::Setting;
use model::object::Written;
use model::query::Bin;
use model::{Draft, Effect, Filter, Kind, Language, Now, Object, Problem, Record, Rights, Uuid, Value};
use store::{Cause, Change, HistoryAction, HistoryEntry, Tx};

use super::checks;
use crate::{Error, Result};

/// Hooks that ask for writes whose hooks ask for writes: this deep.
const DEPTH_MAX: usize = 6;
/// Parts of one record that go to the recycle bin with it.
const PARTS_MAX: usize = 10_000;

/// What all writes of a batch have in common.
#[derive(Clone)]
pub struct Setup {
    /// The rights of whoever asks.
    pub rights: Arc<Rights>,
    /// The language of labels in problems.
    pub language: Language,
    /// The moment.
    pub now: Now,
    /// Currency and country.
    pub setting: Arc<Setting>,
    /// Why.
    pub cause: Cause,
    /// Makes ids.
    pub new_id: Arc<dyn Fn() -> Uuid + Send + Sync>,
}

/// Who asks for one write of the batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A person or program, within their rights.
    Person,
    /// A declared hook or command: it may write what people may not, and passes every check all the same.
    Hook,
}

/// What was found when a record was looked up, and whether it was looked up with the asker's rights.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) record: Option<Arc<Record>>,
    pub(super) by_person: bool,
}

/// Records looked up already: by object and id.
#[derive(Default)]
pub(super) struct Seen {
    objects: HashMap<String, HashMap<Uuid, Known>>,
    /// First records by a sort, for defaults.
    pub(super) firsts: HashMap<String, Option<Uuid>>,
}

impl Seen {
    pub(super) fn get(&self, object: &str, id: Uuid) -> Option<&Known> {
        self.objects.get(object)?.get(&id)
    }

    pub(super) fn put(&mut self, object: &str, id: Uuid, known: Known) {
        match self.objects.get_mut(object) {
            Some(records) => records.insert(id, known),
            None => self.objects.entry(object.to_owned()).or_default().insert(id, known),
        };
    }

    fn forget(&mut self, object: &str, id: Uuid) {
        if let Some(records) = self.objects.get_mut(object) {
            records.remove(&id);
        }
    }
}

/// A place in a batch to which one can go back: see [`Batch::mark`].
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    name: &'static str,
    touched: usize,
    history: usize,
}

/// Writes in one transaction.
pub struct Batch<'b, 't, 'c> {
    pub(super) tx: &'b mut Tx<'t, 'c>,
    pub(super) setup: &'b Setup,
    pub(super) seen: Seen,
    /// Whether an action on an object, and a change of a parent, is allowed: asked once.
    allowed: HashMap<(String, Action), bool>,
    changeable: HashMap<Uuid, bool>,
    touched: Vec<(String, Option<Record>, Option<Record>)>,
    history: Vec<HistoryEntry>,
    depth: usize,
}

impl<'b, 't, 'c> Batch<'b, 't, 'c> {
    /// An empty batch.
    pub fn new(tx: &'b mut Tx<'t, 'c>, setup: &'b Setup) -> Batch<'b, 't, 'c> {
        Batch {
            tx,
            setup,
            seen: Seen::default(),
            allowed: HashMap::new(),
            changeable: HashMap::new(),
            touched: Vec::new(),
            history: Vec::new(),
            depth: 0,
        }
    }

    /// What is written from here on is written under `setup`: by somebody else, or at another time.
    pub fn go_on_as(&mut self, setup: &'b Setup) {
        self.setup = setup;
        self.allowed.clear();
        self.changeable.clear();
    }

    /// The transaction, for reads between writes.
    pub fn tx(&mut self) -> &mut Tx<'t, 'c> {
        self.tx
    }

    /// Marks a place: what is written after it can be undone alone, while the batch goes on. Marks nest, each
    /// with a name of its own.
    ///
    /// # Errors
    /// The store's.
    pub fn mark(&mut self, name: &'static str) -> Result<Mark> {
        self.tx.savepoint(name)?;
        Ok(Mark { name, touched: self.touched.len(), history: self.history.len() })
    }

    /// Keeps what was written after the mark.
    ///
    /// # Errors
    /// The store's.
    pub fn keep(&mut self, mark: Mark) -> Result<()> {
        Ok(self.tx.release(mark.name)?)
    }

    /// Undoes what was written after the mark, in the database and in what the batch remembers.
    ///
    /// # Errors
    /// The store's.
    pub fn go_back(&mut self, mark: Mark) -> Result<()> {
        self.tx.roll_back_to(mark.name)?;
        for (object, before, after) in self.touched.drain(mark.touched..) {
            if let Some(record) = before.or(after) {
                self.seen.forget(&object, record.id());
            }
        }
        self.history.truncate(mark.history);
        self.seen.firsts.clear();
        self.changeable.clear();
        self.depth = 0;
        Ok(())
    }

    /// The rights of whoever asks.
    pub fn rights(&self) -> &'b Rights {
        &self.setup.rights
    }

    /// Currency and country.
    pub fn setting(&self) -> &'b Setting {
        &self.setup.setting
    }

    /// The language of labels in problems.
    pub fn language(&self) -> Language {
        self.setup.language
    }

    /// Gives the batch linked records that were read with the asker's right to read, so that it need not
    /// look them up one by one.
    pub fn know(&mut self, object: &str, records: impl IntoIterator<Item = Record>) {
        for record in records {
            let id = record.id();
            let known = Known { record: Some(Arc::new(record)), by_person: true };
            self.seen.put(object, id, known);
        }
    }

    /// The object called `name`.
    ///
    /// # Errors
    /// `object_unknown`.
    pub fn object(&self, name: &str) -> Result<Arc<Object>> {
        self.tx.object(name).cloned().map_err(|_| {
            Error::Refused(Problem::new("object_unknown").with("object", name))
        })
    }

    /// Makes a record.
    ///
    /// # Errors
    /// `forbidden`, every problem of the fields at once, or the store's.
    pub fn create(
        &mut self,
        origin: Origin,
        name: &str,
        id: Option<Uuid>,
        values: Vec<(String, Value)>,
    ) -> Result<Record> {
        let object = self.object(name)?;
        if origin == Origin::Person {
            self.may(&object, Action::Create)?;
        }
        let mut record = Record::empty(&object);
        let id = id.unwrap_or_else(|| (self.setup.new_id)());
        record.set(&object, "id", id);
        for (field, value) in values {
            record.set(&object, &field, value);
        }
        self.fill_defaults(&object, &mut record)?;
        self.stamp(&object, &mut record, None);
        let mut record = self.settle(origin, &object, None, record)?;
        self.give_numbers(&object, &mut record)?;
        let problems = checks::unique(self, &object, None, &record)?;
        self.refuse(problems)?;
        if origin == Origin::Person {
            self.may_create(&object, &record)?;
        }
        self.tx.insert(name, std::slice::from_ref(&record))?;
        self.remember(&object, HistoryAction::Create, None, &record);
        self.react(&object, None, &record)?;
        Ok(record)
    }

    /// Changes a record. With `version`, only if it still has it.
    ///
    /// # Errors
    /// `not_found`, `forbidden`, stale with the record as it is, every problem of the fields, or the store's.
    pub fn update(
        &mut self,
        origin: Origin,
        name: &str,
        id: Uuid,
        version: Option<i64>,
        values: Vec<(String, Value)>,
    ) -> Result<Record> {
        self.update_from(origin, name, id, version, values).map(|(_, after)| after)
    }

    /// Changes a record by a person's right; as it was, and as it is. Equal versions: nothing had to change.
    ///
    /// # Errors
    /// As [`Batch::update`].
    pub fn change(&mut self, name: &str, id: Uuid, values: Vec<(String, Value)>) -> Result<(Record, Record)> {
        self.update_from(Origin::Person, name, id, None, values)
    }

    fn update_from(
        &mut self,
        origin: Origin,
        name: &str,
        id: Uuid,
        version: Option<i64>,
        values: Vec<(String, Value)>,
    ) -> Result<(Record, Record)> {
        let object = self.object(name)?;
        let before = self.load(origin, &object, id, Action::Update, Bin::Live)?;
        self.expect_version(&object, &before, version)?;
        let mut after = before.clone();
        for (field, value) in values {
            after.set(&object, &field, value);
        }
        let mut after = self.settle(origin, &object, Some(&before), after)?;
        if after == before {
            return Ok((before, after));
        }
        let problems = checks::unique(self, &object, Some(&before), &after)?;
        self.refuse(problems)?;
        self.stamp(&object, &mut after, Some(&before));
        self.tx.update(name, &before, &after)?;
        self.remember(&object, HistoryAction::Update, Some(&before), &after);
        self.react(&object, Some(&before), &after)?;
        Ok((before, after))
    }

    /// Puts a record and its parts into the recycle bin.
    ///
    /// # Errors
    /// `not_found`, `forbidden`, stale, or the store's.
    pub fn delete(&mut self, origin: Origin, name: &str, id: Uuid, version: Option<i64>) -> Result<()> {
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
    fn parts(&mut self, object: &Object, id: Uuid, bin: Bin, at: &Value) -> Result<Vec<(Arc<Object>, Vec<Record>)>> {
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
            let query = model::ListQuery { bin, sort: vec![], limit: PARTS_MAX, ..model::ListQuery::of(filter) };
            let page = self.tx.list(&part.name, &query, &|_| Filter::Never)?;
            let mut records: Vec<Record> = page.rows.into_iter().map(|row| row.record).collect();
            self.tx.fill_sets(&part.name, &mut records)?;
            all.push((part.clone(), records));
        }
        Ok(all)
    }

    /// Does what a hook or command asked for.
    ///
    /// # Errors
    /// As the writes themselves.
    pub fn apply(&mut self, effects: Vec<Effect>) -> Result<Vec<(String, Record)>> {
        if self.depth >= DEPTH_MAX {
            return Err(Error::Store(store::StoreError::internal("hooks ask for writes without end")));
        }
        self.depth += 1;
        let mut made = Vec::new();
        for effect in effects {
            match effect {
                Effect::Create { object, id, values } => {
                    let record = self.create(Origin::Hook, &object, Some(id), values)?;
                    made.push((object, record));
                }
                Effect::Update { object, id, values } => {
                    self.update(Origin::Hook, &object, id, None, values)?;
                }
                Effect::Delete { object, id } => self.delete(Origin::Hook, &object, id, None)?,
            }
        }
        self.depth -= 1;
        Ok(made)
    }

    /// Makes roll-ups true and appends the history. A batch that is not finished must be undone.
    ///
    /// # Errors
    /// The store's.
    pub fn finish(self) -> Result<()> {
        let touched: Vec<store::Touched> = self
            .touched
            .iter()
            .map(|(object, before, after)| (object.as_str(), before.as_ref(), after.as_ref()))
            .collect();
        self.tx.roll_up(&touched, &self.setup.now)?;
        self.tx.append_history(&self.history)?;
        Ok(())
    }

    fn may(&mut self, object: &Object, action: Action) -> Result<()> {
        let key = (object.name.clone(), action);
        let schema = self.tx.schema();
        let rights = &self.setup.rights;
        let asked = || object.written != Written::BySystem && rights.may(schema, object, action);
        if *self.allowed.entry(key).or_insert_with(asked) { Ok(()) } else { Err(Error::refused("forbidden")) }
    }

    /// The new record itself must be one that its maker may make: a part needs a parent that they may change.
    fn may_create(&mut self, object: &Object, record: &Record) -> Result<()> {
        let filter = self.setup.rights.filter(self.tx.schema(), object, Action::Create);
        if object.access.owned || filter.matches(object, record) == Some(true) {
            return Ok(());
        }
        for link in object.access.through.clone() {
            let allowed = match record.get(object, &link) {
                Value::Id(id) => {
                    let target = object.field(&link).and_then(|f| f.kind.target()).unwrap_or("").to_owned();
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
    fn load(&mut self, origin: Origin, object: &Object, id: Uuid, action: Action, bin: Bin) -> Result<Record> {
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

    fn expect_version(&mut self, object: &Object, before: &Record, version: Option<i64>) -> Result<()> {
        if version.is_some_and(|version| version != before.version()) {
            let current = super::json::plain(self, object, before)?;
            return Err(Error::Stale(Box::new(current)));
        }
        Ok(())
    }

    /// Prepare, derive, and every check that needs no more than the record and its links.
    fn settle(
        &mut self,
        origin: Origin,
        object: &Arc<Object>,
        before: Option<&Record>,
        after: Record,
    ) -> Result<Record> {
        let mut problems = checks::links(self, origin, object, before, &after)?;
        let linked = if problems.is_empty() { self.read_linked(object, &after)? } else { HashMap::new() };
        let now = self.setup.now.clone();
        let mut draft = Draft { object, before, after, now: &now, actor: self.setup.rights.user, linked };
        if let Some(prepare) = object.prepare {
            prepare(&mut draft);
        }
        self.tx.derive(&object.name, &mut draft.after, &now)?;
        problems.extend(checks::required(&draft));
        if let Some(check) = object.check {
            problems.extend(check(&draft));
        }
        self.refuse(problems)?;
        Ok(draft.after)
    }

    fn react(&mut self, object: &Arc<Object>, before: Option<&Record>, after: &Record) -> Result<()> {
        let Some(react) = object.react else { return Ok(()) };
        let linked = self.read_linked(object, after)?;
        let now = self.setup.now.clone();
        let actor = self.setup.rights.user;
        let draft = Draft { object, before, after: after.clone(), now: &now, actor, linked };
        let effects = react(&draft, &*self.setup.new_id);
        self.apply(effects).map(|_| ())
    }

    pub(super) fn refuse(&self, problems: Vec<Problem>) -> Result<()> {
        if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
    }

    fn stamp(&self, object: &Object, record: &mut Record, before: Option<&Record>) {
        let user = self.setup.rights.user;
        let by = if user.is_nil() { Value::Null } else { Value::Id(user) };
        if before.is_none() {
            record.set(object, "created_at", self.setup.now.at);
            record.set(object, "created_by", by.clone());
        }
        record.set(object, "version", before.map_or(0, Record::version) + 1);
        record.set(object, "updated_at", self.setup.now.at);
        record.set(object, "updated_by", by);
    }

    fn give_numbers(&mut self, object: &Object, record: &mut Record) -> Result<()> {
        let year = self.setup.now.today().year();
        for field in &object.fields {
            let Kind::AutoNumber(kind) = &field.kind else { continue };
            if record.get(object, &field.name).is_empty() {
                let counter = kind.counter(&object.name, &field.name, year);
                let number = self.tx.take_numbers(&counter, 1)?;
                record.set(object, &field.name, kind.format(number, year));
            }
        }
        Ok(())
    }

    fn remember(&mut self, object: &Arc<Object>, action: HistoryAction, before: Option<&Record>, after: &Record) {
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
            !field.kind.is_computed() && !model::object::SYSTEM_FIELDS.contains(&field.name.as_str())
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
