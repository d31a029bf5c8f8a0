//! The one write path: every write of every record goes through a batch, in one transaction.
//!
//! Parse (before) → load with the right in the WHERE → defaults → prepare → check → row, sets, words →
//! react → and at the end of the batch: roll-ups, history.

use std::collections::HashMap;
use std::sync::Arc;

use model::access::Action;
use model::fields::Setting;
use model::query::Bin;
use model::{Draft, Effect, Kind, Language, Now, Object, Problem, Record, Rights, Uuid, Value};
use store::{Cause, HistoryAction, HistoryEntry, Tx};

use super::checks;
use crate::{Error, Result};

/// Hooks that ask for writes whose hooks ask for writes: this deep.
const DEPTH_MAX: usize = 6;

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

    pub(super) fn forget(&mut self, object: &str, id: Uuid) {
        if let Some(records) = self.objects.get_mut(object) {
            records.remove(&id);
        }
    }
}

/// A place in a batch to which one can go back: see [`Batch::mark`].
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    name: &'static str,
    pub(super) touched: usize,
    pub(super) history: usize,
}

/// Writes in one transaction.
pub struct Batch<'b, 't, 'c> {
    pub(super) tx: &'b mut Tx<'t, 'c>,
    pub(super) setup: &'b Setup,
    pub(super) seen: Seen,
    /// Whether an action on an object, and a change of a parent, is allowed: asked once.
    pub(super) allowed: HashMap<(String, Action), bool>,
    pub(super) changeable: HashMap<Uuid, bool>,
    pub(super) touched: Vec<(String, Option<Record>, Option<Record>)>,
    pub(super) history: Vec<HistoryEntry>,
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

    /// How many records were written so far, counting each time.
    pub fn written(&self) -> usize {
        self.touched.len()
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
        self.tx
            .object(name)
            .cloned()
            .map_err(|_| Error::Refused(Problem::new("object_unknown").with("object", name)))
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
    pub fn change(
        &mut self,
        name: &str,
        id: Uuid,
        values: Vec<(String, Value)>,
    ) -> Result<(Record, Record)> {
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

    /// Does what a hook or command asked for.
    ///
    /// # Errors
    /// As the writes themselves.
    pub fn apply(&mut self, effects: Vec<Effect>) -> Result<Vec<(String, Record)>> {
        if self.depth >= DEPTH_MAX {
            return Err(Error::Store(store::StoreError::internal(
                "hooks ask for writes without end",
            )));
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
    pub fn finish(mut self) -> Result<()> {
        self.tell()?;
        let touched: Vec<store::Touched> = self
            .touched
            .iter()
            .map(|(object, before, after)| (object.as_str(), before.as_ref(), after.as_ref()))
            .collect();
        self.tx.roll_up(&touched, &self.setup.now)?;
        self.tx.append_history(&self.history)?;
        Ok(())
    }

    /// Prepare, derive, and every check that needs no more than the record and its links.
    pub(super) fn settle(
        &mut self,
        origin: Origin,
        object: &Arc<Object>,
        before: Option<&Record>,
        after: Record,
    ) -> Result<Record> {
        let mut problems = checks::links(self, origin, object, before, &after)?;
        let linked =
            if problems.is_empty() { self.read_linked(object, &after)? } else { HashMap::new() };
        let now = self.setup.now.clone();
        let mut draft =
            Draft { object, before, after, now: &now, actor: self.setup.rights.user, linked };
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

    fn react(
        &mut self,
        object: &Arc<Object>,
        before: Option<&Record>,
        after: &Record,
    ) -> Result<()> {
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

    pub(super) fn stamp(&self, object: &Object, record: &mut Record, before: Option<&Record>) {
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
}
