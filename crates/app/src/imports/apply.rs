//! What one row does: finds or makes the records it names, then makes or changes its own, all by the one write path.

use std::collections::HashSet;

use model::{Problem, Record, Uuid, Value};
use store::StoreError;

use super::compile::ID;
use super::find::{Finder, Hit, key_of};
use super::mapping::{IfMissing, Policy};
use super::plan::{Node, Plan};
use super::row::{NodeValues, ReadRow};
use crate::records::{Batch, Origin};
use crate::{Error, Result};

/// What became of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Done {
    /// It made a record.
    Created(Uuid),
    /// It changed one: as it was, and as it is.
    Updated(Box<(Record, Record)>),
    /// There was nothing to do.
    Skipped,
}

/// Why a row, or the whole chunk, stops.
pub enum Stop {
    /// The row is not taken.
    Row(Vec<Problem>),
    /// The same, said by the database: something may be left half-done, so that it must be undone.
    Torn(Vec<Problem>),
    /// The chunk cannot go on.
    Chunk(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        match error {
            Error::Invalid(problems) => Stop::Row(problems),
            Error::Refused(problem) => Stop::Row(vec![problem]),
            Error::Stale(_) => Stop::Row(vec![Problem::new("conflict")]),
            Error::Store(StoreError::Unique { column, .. }) => {
                Stop::Torn(vec![Problem::of(&column, "unique")])
            }
            error @ Error::Store(_) => Stop::Chunk(error),
        }
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Stop {
        Stop::from(Error::Store(error))
    }
}

/// Applies rows of one chunk.
pub struct Applier<'a, 'b, 't, 'c> {
    /// The writes.
    pub batch: &'a mut Batch<'b, 't, 'c>,
    /// The plan.
    pub plan: &'a Plan,
    /// What is known of keys.
    pub finder: &'a mut Finder,
    /// Keys that earlier chunks of a trial run would have made.
    pub rehearsed: &'a HashSet<String>,
    /// Keys that this chunk made, when it is a trial run.
    pub made: Option<&'a mut Vec<String>>,
}

impl Applier<'_, '_, '_, '_> {
    /// What the row does. On an error, what it did so far must be undone by the caller.
    pub fn row(&mut self, row: &ReadRow) -> std::result::Result<Done, Stop> {
        if row.is_blank {
            return Ok(Done::Skipped);
        }
        let mut found: Vec<Value> = Vec::with_capacity(self.plan.nodes.len());
        let mut problems = Vec::new();
        let (root, linked) = self.plan.nodes.split_last().expect("a plan has the row's own record");
        for (node, values) in linked.iter().zip(&row.nodes) {
            match self.linked(node, values, &found) {
                Ok(value) => found.push(value),
                Err(Stop::Row(refused)) => {
                    problems.extend(refused);
                    found.push(Value::Null);
                }
                Err(stop) => return Err(stop),
            }
        }
        if !problems.is_empty() {
            return Err(Stop::Row(problems));
        }
        let values = row.nodes.last().expect("a row has values for every node");
        self.own(root, values, &found)
    }

    /// The link to the record or records that a node stands for.
    fn linked(
        &mut self,
        node: &Node,
        values: &NodeValues,
        found: &[Value],
    ) -> std::result::Result<Value, Stop> {
        if node.named.is_some() {
            return self.named(node, values, found);
        }
        let shape = node.shapes.first().copied().unwrap_or_default();
        let keys = self.keys(node, shape, values, found);
        if keys.iter().all(Value::is_empty) {
            if !values.is_told {
                return Ok(Value::Null);
            }
            let first = self.plan.shapes[shape].fields.first().copied().unwrap_or(ID);
            return Err(Stop::Row(vec![Problem::of(
                &node.path_of(&node.object.fields[first].name),
                "required",
            )]));
        }
        let words = key_of(keys.iter().filter(|key| key.as_id().is_none())).replace('\u{1f}', " ");
        match self.finder.find(self.batch, self.plan, shape, keys)? {
            Hit::One(id) => Ok(Value::Id(id)),
            Hit::Several => Err(self.problem(node, "link_ambiguous", &words)),
            Hit::None => self.missing(node, values, found, &words),
        }
    }

    fn named(
        &mut self,
        node: &Node,
        values: &NodeValues,
        found: &[Value],
    ) -> std::result::Result<Value, Stop> {
        let mut ids = Vec::with_capacity(values.named.len());
        for word in &values.named {
            match self.finder.find_named(self.batch, self.plan, node, word)? {
                Hit::One(id) => ids.push(id),
                Hit::Several => return Err(self.problem(node, "link_ambiguous", word)),
                Hit::None => ids.extend(self.missing(node, values, found, word)?.as_id()),
            }
        }
        Ok(if node.many { Value::ids(ids) } else { ids.first().copied().into() })
    }

    fn missing(
        &mut self,
        node: &Node,
        values: &NodeValues,
        found: &[Value],
        word: &str,
    ) -> std::result::Result<Value, Stop> {
        match node.if_missing {
            IfMissing::Empty => Ok(Value::Null),
            IfMissing::Problem => Err(self.unknown(node, word)?),
            IfMissing::Create => {
                let mut fields = self.fields(node, values, found);
                if let (Some(_), Some(index)) = (&node.named, self.naming_field(node)) {
                    let field = &node.object.fields[index];
                    let value = field.kind().read_text(word, self.batch.setting());
                    let value = value.map_err(|problem| Stop::Row(vec![problem.at(&node.path)]))?;
                    fields.push((field.name.clone(), value));
                }
                let made = self.batch.create(Origin::Person, &node.object.name, None, fields);
                let record = made.map_err(|error| below(node, Stop::from(error)))?;
                self.finder.wrote(self.plan, &node.object, &record);
                Ok(Value::Id(record.id()))
            }
        }
    }

    fn unknown(&mut self, node: &Node, word: &str) -> Result<Stop> {
        let object = node.object.clone();
        let similar = self.finder.suggest(self.batch, &object, word)?;
        let stop = match &similar {
            Some(_) => self.problem(node, "link_similar", word),
            None => self.problem(node, "link_missing", word),
        };
        Ok(match (stop, similar) {
            (Stop::Row(problems), Some(similar)) => Stop::Row(
                problems.into_iter().map(|problem| problem.with("similar", &similar)).collect(),
            ),
            (stop, _) => stop,
        })
    }

    fn problem(&self, node: &Node, code: &'static str, word: &str) -> Stop {
        let label = node.object.label.text(self.batch.language());
        let path = match (&node.named, self.naming_field(node)) {
            (Some(source), _) => source.path.clone(),
            (None, Some(index)) => node.path_of(&node.object.fields[index].name),
            (None, None) => node.path.clone(),
        };
        Stop::Row(vec![Problem::of(&path, code).with("object", label).with("value", word)])
    }

    /// The field that a word names a record by; an id is not given by words.
    fn naming_field(&self, node: &Node) -> Option<usize> {
        let mut fields =
            node.shapes.iter().filter_map(|shape| self.plan.shapes[*shape].fields.first().copied());
        fields.find(|index| *index != ID)
    }

    /// The values by which a record is found: its own, and links that were found before.
    fn keys(&self, node: &Node, shape: usize, values: &NodeValues, found: &[Value]) -> Vec<Value> {
        let value = |index: &usize| {
            let own =
                values.fields.iter().find(|(field, _)| field == index).map(|(_, value)| value);
            let link =
                || node.links.iter().find(|(field, _)| field == index).map(|(_, at)| &found[*at]);
            own.or_else(link).cloned().unwrap_or_default()
        };
        self.plan.shapes[shape].fields.iter().map(value).collect()
    }

    /// What a new record of the node holds.
    fn fields(&self, node: &Node, values: &NodeValues, found: &[Value]) -> Vec<(String, Value)> {
        let own = values.fields.iter().filter(|(index, _)| *index != ID);
        let own = own.map(|(index, value)| (*index, value));
        let links = node.links.iter().map(|(field, at)| (*field, &found[*at]));
        let filled = own.chain(links).filter(|(_, value)| !value.is_empty());
        filled
            .map(|(index, value)| (node.object.fields[index].name.clone(), value.clone()))
            .collect()
    }

    /// The row's own record.
    fn own(
        &mut self,
        root: &Node,
        values: &NodeValues,
        found: &[Value],
    ) -> std::result::Result<Done, Stop> {
        let mut hit = Hit::None;
        let mut is_rehearsed = false;
        if let Some(shape) = root.shapes.first() {
            let keys = self.keys(root, *shape, values, found);
            // A row without a key is nobody's: it can only make a record.
            if keys.iter().any(|key| !key.is_empty()) {
                let key = format!("{shape} {}", key_of(&keys));
                hit = self.finder.find(self.batch, self.plan, *shape, keys)?;
                is_rehearsed = hit == Hit::None && self.rehearsed.contains(&key);
                if let Some(made) = self.made.as_mut().filter(|_| hit == Hit::None) {
                    made.push(key);
                }
            }
        }
        match (self.plan.policy, hit) {
            (_, Hit::Several) => Err(Stop::Row(vec![
                Problem::of("match_on", "link_ambiguous")
                    .with("object", root.object.label.text(self.batch.language()))
                    .with("value", self.words(root, values, found)),
            ])),
            (Policy::Skip, Hit::One(_)) => Ok(Done::Skipped),
            (Policy::Skip, Hit::None) if is_rehearsed => Ok(Done::Skipped),
            (Policy::Update | Policy::CreateOrUpdate, Hit::One(id)) => {
                self.change(root, id, values, found)
            }
            (Policy::CreateOrUpdate, Hit::None) if is_rehearsed => {
                let record = Record::empty(&root.object);
                Ok(Done::Updated(Box::new((record.clone(), record))))
            }
            (Policy::Update, Hit::None) => Err(Stop::Row(vec![
                Problem::of("match_on", "match_missing")
                    .with("object", root.object.label.text(self.batch.language()))
                    .with("value", self.words(root, values, found)),
            ])),
            (Policy::Create | Policy::Skip | Policy::CreateOrUpdate, _) => {
                self.make(root, values, found)
            }
        }
    }

    fn words(&self, root: &Node, values: &NodeValues, found: &[Value]) -> String {
        let shape = root.shapes.first().copied().unwrap_or_default();
        key_of(&self.keys(root, shape, values, found)).replace('\u{1f}', " ")
    }

    fn make(
        &mut self,
        root: &Node,
        values: &NodeValues,
        found: &[Value],
    ) -> std::result::Result<Done, Stop> {
        let id = values
            .fields
            .iter()
            .find(|(index, _)| *index == ID)
            .and_then(|(_, value)| value.as_id());
        let fields = self.fields(root, values, found);
        self.refuse_rehearsed(root, values)?;
        let record = self.batch.create(Origin::Person, &root.object.name, id, fields)?;
        if !self.plan.shapes.is_empty() {
            self.finder.wrote(self.plan, &root.object, &record);
        }
        Ok(Done::Created(record.id()))
    }

    /// In a trial run, what earlier chunks would have made is not there to be in the way.
    fn refuse_rehearsed(
        &mut self,
        root: &Node,
        values: &NodeValues,
    ) -> std::result::Result<(), Stop> {
        let Some(made) = self.made.as_mut() else { return Ok(()) };
        let unique = values
            .fields
            .iter()
            .filter(|(index, value)| root.object.fields[*index].unique && !value.is_empty());
        for (index, value) in unique {
            let field = &root.object.fields[*index];
            let key = format!("{} {}", field.name, key_of([value]));
            if self.rehearsed.contains(&key) {
                let label = root.object.label.text(self.batch.language());
                return Err(Stop::Row(vec![
                    Problem::of(&field.name, "unique").with("object", label),
                ]));
            }
            made.push(key);
        }
        Ok(())
    }

    /// What the row says goes into the record; what it does not say stays.
    fn change(
        &mut self,
        root: &Node,
        id: Uuid,
        values: &NodeValues,
        found: &[Value],
    ) -> std::result::Result<Done, Stop> {
        let fields = self.fields(root, values, found);
        let (before, after) = self.batch.change(&root.object.name, id, fields)?;
        if before.version() == after.version() {
            return Ok(Done::Skipped);
        }
        self.finder.wrote(self.plan, &root.object, &after);
        Ok(Done::Updated(Box::new((before, after))))
    }
}

/// Problems of a linked record are named by its path.
fn below(node: &Node, stop: Stop) -> Stop {
    let named = |problem: Problem| {
        let field = problem.field.as_deref();
        let path = field.map_or_else(|| node.path.clone(), |field| node.path_of(field));
        Problem { field: Some(path), ..problem }
    };
    let all = |problems: Vec<Problem>| problems.into_iter().map(named).collect();
    match stop {
        Stop::Row(problems) => Stop::Row(all(problems)),
        Stop::Torn(problems) => Stop::Torn(all(problems)),
        stop => stop,
    }
}
