//! A field of an object: name, label, kind and rules, built in the object's declaration.

use crate::fields::{Column, FieldKind, Kind};
use crate::filter::Op;
use crate::label::{Label, label};
use crate::value::Value;

/// What a field holds when a new record says nothing of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Default {
    /// Always this value.
    Value(Value),
    /// The moment, or the day, of the write.
    Now,
    /// The one who writes.
    Actor,
    /// The first record of the linked object by `sort`; `within` names a link that both share
    /// (the first stage of *this* pipeline).
    First { sort: String, within: Option<String> },
}

/// A field of an object.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name in every layer: column, JSON key, filter.
    pub name: String,
    /// The label in both languages.
    pub label: Label,
    /// A sentence of help in both languages.
    pub help: Option<Label>,
    /// The kind, with what belongs to it.
    pub kind: Kind,
    /// A record without it is refused.
    pub required: bool,
    /// Only the system and commands write it.
    pub read_only: bool,
    /// No two records hold the same value.
    pub unique: bool,
    /// Its words find the record in search.
    pub search: bool,
    /// An index serves filters and sorting by it.
    pub indexed: bool,
    /// The value of a new record that says nothing of it.
    pub default: Option<Default>,
    /// Made by the customer at run time, not declared.
    pub custom: bool,
    /// Personal data that people without full rights see masked by default.
    pub personal: bool,
}

impl Field {
    /// A field of `kind`.
    pub fn new(name: &str, kind: Kind, en: &str, zh: &str) -> Field {
        let indexed = matches!(kind, Kind::Link(_) | Kind::AnyLink(_));
        Field {
            name: name.to_owned(),
            label: label(en, zh),
            help: None,
            kind,
            required: false,
            read_only: false,
            unique: false,
            search: false,
            indexed,
            default: None,
            custom: false,
            personal: false,
        }
    }

    /// With a sentence of help.
    pub fn help(mut self, en: &str, zh: &str) -> Field {
        self.help = Some(label(en, zh));
        self
    }

    /// A record without it is refused.
    pub fn required(mut self) -> Field {
        self.required = true;
        self
    }

    /// Only the system and commands write it.
    pub fn read_only(mut self) -> Field {
        self.read_only = true;
        self
    }

    /// No two records hold the same value.
    pub fn unique(mut self) -> Field {
        self.unique = true;
        self
    }

    /// Its words find the record.
    pub fn search(mut self) -> Field {
        self.search = true;
        self
    }

    /// With an index for filters and sorting.
    pub fn indexed(mut self) -> Field {
        self.indexed = true;
        self
    }

    /// Personal data, masked by default for people without full rights.
    pub fn personal(mut self) -> Field {
        self.personal = true;
        self
    }

    /// New records hold `value`.
    pub fn default(mut self, value: impl Into<Value>) -> Field {
        self.default = Some(Default::Value(value.into()));
        self
    }

    /// New records hold the moment (or day) of the write.
    pub fn default_now(mut self) -> Field {
        self.default = Some(Default::Now);
        self
    }

    /// New records hold the one who writes.
    pub fn default_actor(mut self) -> Field {
        self.default = Some(Default::Actor);
        self
    }

    /// New records link to the first record of the linked object by `sort`.
    pub fn default_first(mut self, sort: &str) -> Field {
        self.default = Some(Default::First { sort: sort.to_owned(), within: None });
        self
    }

    /// New records link to the first record by `sort` that shares the link `within`.
    pub fn default_first_within(mut self, sort: &str, within: &str) -> Field {
        self.default =
            Some(Default::First { sort: sort.to_owned(), within: Some(within.to_owned()) });
        self
    }

    /// The kind's behaviour.
    pub fn kind(&self) -> &dyn FieldKind {
        self.kind.as_kind()
    }

    /// The field's columns; none when its values live in a table of their own or are made on reading.
    pub fn columns(&self) -> Vec<(String, Column)> {
        if self.name == "id" {
            return vec![("id".to_owned(), Column::Uuid)];
        }
        self.kind().columns(&self.name)
    }

    /// Whether people may write it through the API.
    pub fn is_writable(&self) -> bool {
        !self.read_only && !self.kind.is_computed()
    }

    /// The kind of its values: what a formula or roll-up results in, otherwise its own kind.
    pub fn value_kind(&self) -> &Kind {
        match &self.kind {
            Kind::Formula(formula) => &formula.result,
            Kind::Rollup(rollup) => &rollup.result,
            other => other,
        }
    }

    /// Whether it holds days (not moments).
    pub fn is_date(&self) -> bool {
        matches!(self.value_kind(), Kind::Date(_))
    }

    /// The operators filters may use on it.
    pub fn operators(&self) -> Vec<Op> {
        let mut operators = self.kind().operators().to_vec();
        operators.extend([Op::IsEmpty, Op::IsNotEmpty]);
        operators
    }
}
