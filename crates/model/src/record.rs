//! A record: the values of one object's fields, in the order of the object's fields.

use uuid::Uuid;

use crate::object::Object;
use crate::value::Value;

/// The values of a record, aligned with [`Object::fields`].
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// One value a field, system fields first.
    pub values: Vec<Value>,
}

impl Record {
    /// A record of `object` with every field empty.
    pub fn empty(object: &Object) -> Record {
        Record { values: vec![Value::Null; object.fields.len()] }
    }

    /// The value of the field `name`; `Null` when the object has no such field.
    pub fn get(&self, object: &Object, name: &str) -> &Value {
        object.index(name).and_then(|index| self.values.get(index)).unwrap_or(&Value::Null)
    }

    /// Sets the field `name`; does nothing when the object has no such field.
    pub fn set(&mut self, object: &Object, name: &str, value: impl Into<Value>) {
        if let Some(index) = object.index(name) {
            self.values[index] = value.into();
        }
    }

    /// The record's id; nil before it is set.
    pub fn id(&self) -> Uuid {
        self.values.first().and_then(Value::as_id).unwrap_or_default()
    }

    /// The record's version; 0 before the first write.
    pub fn version(&self) -> i64 {
        self.values.get(1).and_then(Value::as_int).unwrap_or(0)
    }
}
