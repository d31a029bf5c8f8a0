//! Finds the records that rows name: all of a chunk at once, each key once, and what the chunk makes itself.

use std::collections::{HashMap, HashSet};

use model::query::ListQuery;
use model::{Action, Filter, Object, Record, Uuid, Value};

use super::plan::{Node, Plan, Shape};
use super::row::{ReadRow, written};
use crate::Result;
use crate::records::Batch;

/// Keys of one SELECT.
const KEYS_MAX: usize = 400;
/// Records of one SELECT: several may have one key.
const FOUND_MAX: usize = 4 * KEYS_MAX;
/// Titles among which a misspelt one is looked for.
const TITLES_MAX: usize = 5_000;
/// Words for which others are suggested, a chunk.
const SUGGESTIONS_MAX: usize = 200;
/// Between the values of a key; no trimmed cell holds it.
const BETWEEN: char = '\u{1f}';

/// What a key leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// One record.
    One(Uuid),
    /// No record that may be seen.
    None,
    /// More than one.
    Several,
}

/// What is known of keys, for one transaction.
#[derive(Default)]
pub struct Finder {
    hits: HashMap<(usize, String), Hit>,
    /// What hits were before they changed: to go back.
    log: Vec<((usize, String), Option<Hit>)>,
    titles: HashMap<String, Vec<String>>,
    suggested: HashMap<(String, String), Option<String>>,
}

/// The key of values in the order of the shape's fields.
pub fn key_of<'v>(values: impl IntoIterator<Item = &'v Value>) -> String {
    let mut key = String::new();
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            key.push(BETWEEN);
        }
        key.push_str(&written(value));
    }
    key
}

impl Finder {
    /// Looks up what the rows name, as far as it can be told from the rows alone.
    pub fn prefetch(&mut self, batch: &mut Batch, plan: &Plan, rows: &[ReadRow]) -> Result<()> {
        for (position, node) in plan.nodes.iter().enumerate() {
            let named = node.named.is_some();
            for shape in &node.shapes {
                let mut wanted: HashMap<String, Vec<Value>> = HashMap::new();
                for values in rows.iter().filter_map(|row| row.nodes.get(position)) {
                    if named {
                        for word in &values.named {
                            if !self.is_found(node, word) {
                                self.want(batch, plan, *shape, word, &mut wanted);
                            }
                        }
                    } else if let Some(own) = own_values(&plan.shapes[*shape], &values.fields) {
                        let key = key_of(&own);
                        if own.iter().any(|value| !value.is_empty())
                            && !self.hits.contains_key(&(*shape, key.clone()))
                        {
                            wanted.insert(key, own);
                        }
                    }
                }
                self.fetch(batch, plan, *shape, wanted)?;
            }
        }
        Ok(())
    }

    fn is_found(&self, node: &Node, word: &str) -> bool {
        let found = |shape: &usize| {
            !matches!(self.hits.get(&(*shape, word.to_owned())), None | Some(Hit::None))
        };
        node.shapes.iter().any(found)
    }

    /// A word that can be a value of the shape's field is looked up there.
    fn want(
        &mut self,
        batch: &Batch,
        plan: &Plan,
        shape: usize,
        word: &str,
        wanted: &mut HashMap<String, Vec<Value>>,
    ) {
        if self.hits.contains_key(&(shape, word.to_owned())) {
            return;
        }
        match word_value(batch, &plan.shapes[shape], word) {
            Some(value) => {
                wanted.insert(word.to_owned(), vec![value]);
            }
            None => {
                self.hits.insert((shape, word.to_owned()), Hit::None);
            }
        }
    }

    fn fetch(
        &mut self,
        batch: &mut Batch,
        plan: &Plan,
        shape: usize,
        wanted: HashMap<String, Vec<Value>>,
    ) -> Result<()> {
        let of = &plan.shapes[shape];
        let wanted: Vec<(String, Vec<Value>)> = wanted.into_iter().collect();
        for wanted in wanted.chunks(KEYS_MAX) {
            let rights = batch.rights().filter(batch.tx().schema(), &of.object, Action::Read);
            let filter = keys_filter(of, wanted).and(rights);
            let query = ListQuery { sort: vec![], limit: FOUND_MAX, ..ListQuery::of(filter) };
            let page = batch.tx().list(&of.object.name, &query, &|_| Filter::Never)?;
            let mut records: Vec<Record> = page.rows.into_iter().map(|row| row.record).collect();
            batch.tx().fill_sets(&of.object.name, &mut records)?;
            // A word may be written otherwise than it is kept, such as an address in capitals.
            let words: HashMap<String, &String> =
                wanted.iter().map(|(word, values)| (key_of(values), word)).collect();
            let mut found: HashMap<&String, Hit> =
                wanted.iter().map(|(word, _)| (word, Hit::None)).collect();
            for record in &records {
                let key = key_of(of.fields.iter().map(|index| &record.values[*index]));
                if let Some(hit) = words.get(&key).and_then(|word| found.get_mut(*word)) {
                    *hit = if *hit == Hit::None { Hit::One(record.id()) } else { Hit::Several };
                }
            }
            self.hits.extend(found.into_iter().map(|(word, hit)| ((shape, word.clone()), hit)));
            batch.know(&of.object.name, records);
        }
        Ok(())
    }

    /// What `values` lead to, by all of the shape's fields together.
    pub fn find(
        &mut self,
        batch: &mut Batch,
        plan: &Plan,
        shape: usize,
        values: Vec<Value>,
    ) -> Result<Hit> {
        let key = (shape, key_of(&values));
        if let Some(hit) = self.hits.get(&key) {
            return Ok(*hit);
        }
        self.fetch(batch, plan, shape, HashMap::from([(key.1.clone(), values)]))?;
        Ok(self.hits.get(&key).copied().unwrap_or(Hit::None))
    }

    /// What a word leads to: the first of the node's shapes that knows it.
    pub fn find_named(
        &mut self,
        batch: &mut Batch,
        plan: &Plan,
        node: &Node,
        word: &str,
    ) -> Result<Hit> {
        for shape in &node.shapes {
            let mut wanted = HashMap::new();
            self.want(batch, plan, *shape, word, &mut wanted);
            if !wanted.is_empty() {
                self.fetch(batch, plan, *shape, wanted)?;
            }
            match self.hits.get(&(*shape, word.to_owned())) {
                None | Some(Hit::None) => {}
                Some(hit) => return Ok(*hit),
            }
        }
        Ok(Hit::None)
    }

    /// Takes in a record that the chunk itself wrote.
    pub fn wrote(&mut self, plan: &Plan, object: &Object, record: &Record) {
        for (shape, of) in
            plan.shapes.iter().enumerate().filter(|(_, of)| of.object.name == object.name)
        {
            let key = (shape, key_of(of.fields.iter().map(|index| &record.values[*index])));
            let before = self.hits.get(&key).copied();
            let hit = match before {
                Some(Hit::One(id)) if id != record.id() => Hit::Several,
                Some(Hit::Several) => Hit::Several,
                Some(Hit::One(_)) => continue,
                Some(Hit::None) => Hit::One(record.id()),
                // Nobody asked yet: the database knows all of it when somebody does.
                None => continue,
            };
            self.log.push((key.clone(), before));
            self.hits.insert(key, hit);
        }
    }

    /// The present place, to go back to.
    pub fn mark(&self) -> usize {
        self.log.len()
    }

    /// Forgets what was written after `mark`.
    pub fn go_back(&mut self, mark: usize) {
        for (key, before) in self.log.drain(mark..).rev() {
            match before {
                Some(hit) => self.hits.insert(key, hit),
                None => self.hits.remove(&key),
            };
        }
    }

    /// What a word that leads nowhere was probably meant to be.
    pub fn suggest(
        &mut self,
        batch: &mut Batch,
        object: &Object,
        word: &str,
    ) -> Result<Option<String>> {
        let key = (object.name.clone(), word.to_owned());
        if let Some(known) = self.suggested.get(&key) {
            return Ok(known.clone());
        }
        if self.suggested.len() >= SUGGESTIONS_MAX {
            return Ok(None);
        }
        if !self.titles.contains_key(&object.name) {
            let filter = batch.rights().filter(batch.tx().schema(), object, Action::Read);
            let query = ListQuery { sort: vec![], limit: TITLES_MAX, ..ListQuery::of(filter) };
            let page = batch.tx().list(&object.name, &query, &|_| Filter::Never)?;
            let titles: HashSet<String> = page
                .rows
                .iter()
                .map(|row| written(row.record.get(object, &object.title)))
                .collect();
            let mut titles: Vec<String> = titles.into_iter().collect();
            titles.sort_unstable();
            self.titles.insert(object.name.clone(), titles);
        }
        let titles = self.titles.get(&object.name).map(Vec::as_slice).unwrap_or_default();
        let found = text::suggest(word, titles.iter().map(String::as_str)).map(str::to_owned);
        self.suggested.insert(key, found.clone());
        Ok(found)
    }
}

/// The values of the shape's fields when the row itself gives all of them.
fn own_values(shape: &Shape, fields: &[(usize, Value)]) -> Option<Vec<Value>> {
    let value = |index: &usize| {
        fields.iter().find(|(field, _)| field == index).map(|(_, value)| value.clone())
    };
    if shape.fields.is_empty() { None } else { shape.fields.iter().map(value).collect() }
}

fn word_value(batch: &Batch, shape: &Shape, word: &str) -> Option<Value> {
    let index = *shape.fields.first()?;
    if index == super::compile::ID {
        return Uuid::parse_str(word).ok().map(Value::Id);
    }
    let field = &shape.object.fields[index];
    field.kind().read_text(word, batch.setting()).ok().filter(|value| !value.is_empty())
}

fn keys_filter(shape: &Shape, wanted: &[(String, Vec<Value>)]) -> Filter {
    let name = |index: &usize| shape.object.fields[*index].name.as_str();
    if let [index] = shape.fields.as_slice() {
        return Filter::any_of(
            name(index),
            wanted.iter().filter_map(|(_, values)| values.first().cloned()),
        );
    }
    let all = |values: &Vec<Value>| {
        let parts = shape.fields.iter().zip(values);
        parts.fold(Filter::Always, |filter, (index, value)| {
            filter.and(match value.is_empty() {
                true => Filter::is_empty(name(index)),
                false => Filter::eq(name(index), value.clone()),
            })
        })
    };
    Filter::any(wanted.iter().map(|(_, values)| all(values)).collect())
}
