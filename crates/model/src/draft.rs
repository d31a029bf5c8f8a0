//! A draft: a record on its way into the store, as hooks see it; and the effects hooks may ask for.

use std::collections::HashMap;

use uuid::Uuid;

use crate::now::Now;
use crate::object::Object;
use crate::record::Record;
use crate::value::Value;

/// A record before it is written: what it was, what it will be, and what was read along.
pub struct Draft<'a> {
    /// The record's object.
    pub object: &'a Object,
    /// The record as it is in the store; none for a new one.
    pub before: Option<&'a Record>,
    /// The record as it will be.
    pub after: Record,
    /// The moment of the write.
    pub now: &'a Now,
    /// The user who writes; nil for the system.
    pub actor: Uuid,
    /// Values of linked records that the object declares in `reads`, by `link.field`.
    pub linked: HashMap<String, Value>,
}

impl Draft<'_> {
    /// The value the field will have.
    pub fn get(&self, field: &str) -> &Value {
        self.after.get(self.object, field)
    }

    /// The text the field will have; empty for none.
    pub fn text(&self, field: &str) -> &str {
        self.get(field).as_text().unwrap_or("")
    }

    /// The value the field has in the store.
    pub fn was(&self, field: &str) -> &Value {
        self.before.map_or(&Value::Null, |before| before.get(self.object, field))
    }

    /// Sets the field.
    pub fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.after.set(self.object, field, value);
    }

    /// Sets the field if it is empty.
    pub fn fill(&mut self, field: &str, value: impl Into<Value>) {
        if self.get(field).is_empty() {
            self.set(field, value);
        }
    }

    /// Whether the record is new.
    pub fn is_new(&self) -> bool {
        self.before.is_none()
    }

    /// Whether this write changes the field; a new record changes each field it fills.
    pub fn changes(&self, field: &str) -> bool {
        self.get(field) != self.was(field)
    }

    /// A value of a linked record that the object declares in `reads`, such as `stage.kind`.
    pub fn linked(&self, path: &str) -> &Value {
        self.linked.get(path).unwrap_or(&Value::Null)
    }

    /// The record's id.
    pub fn id(&self) -> Uuid {
        self.after.id()
    }
}

/// What a hook or command asks for beside the record itself; done in the same transaction.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Make a record; the id is chosen by whoever asks, so that others can link to it.
    Create {
        /// The object.
        object: String,
        /// The new record's id.
        id: Uuid,
        /// Its fields.
        values: Vec<(String, Value)>,
    },
    /// Change a record.
    Update {
        /// The object.
        object: String,
        /// The record.
        id: Uuid,
        /// The fields to change.
        values: Vec<(String, Value)>,
    },
    /// Put a record into the recycle bin.
    Delete {
        /// The object.
        object: String,
        /// The record.
        id: Uuid,
    },
}

/// The fields of an effect, readable in declarations: `values([("name", "x".into())])`.
pub fn values<const N: usize>(pairs: [(&str, Value); N]) -> Vec<(String, Value)> {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
