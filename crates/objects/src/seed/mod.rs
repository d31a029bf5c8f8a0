//! What a new workspace holds, as data. The app writes it through the ordinary write path, in this order.

mod roles;
mod sales;

pub use roles::{DefaultRole, default_roles};

use model::{Language, Value};

/// The value of a field of a record to be seeded.
#[derive(Debug, Clone, PartialEq)]
pub enum SeedValue {
    /// The value itself.
    Is(Value),
    /// A link to the record seeded before under this key.
    Link(String),
}

/// A record to be seeded.
#[derive(Debug, Clone, PartialEq)]
pub struct SeedRecord {
    /// The object.
    pub object: &'static str,
    /// The key by which later records link to it; unique among all.
    pub key: String,
    /// The fields.
    pub fields: Vec<(&'static str, SeedValue)>,
}

impl SeedRecord {
    fn new(object: &'static str, key: &str) -> SeedRecord {
        SeedRecord { object, key: key.to_owned(), fields: Vec::new() }
    }

    fn with(mut self, field: &'static str, value: impl Into<Value>) -> SeedRecord {
        self.fields.push((field, SeedValue::Is(value.into())));
        self
    }

    fn linked(mut self, field: &'static str, key: &str) -> SeedRecord {
        self.fields.push((field, SeedValue::Link(key.to_owned())));
        self
    }
}

/// Everything a new workspace holds, named in `language`; each record after those it links to.
/// The key of a role is `role.` and its code.
pub fn records(language: Language) -> Vec<SeedRecord> {
    let mut records = roles::records(language);
    records.extend(sales::records(language));
    records
}
