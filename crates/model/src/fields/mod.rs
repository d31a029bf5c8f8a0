//! Fields and their kinds: one file a kind, mirrored by one file a kind in the UI. Not how they are stored.

mod any_link;
mod auto_number;
pub mod build;
mod choice;
mod computed;
mod field;
mod link;
mod moment;
mod number;
mod text_kinds;
mod yes_no;

pub use any_link::AnyLink;
pub use auto_number::AutoNumber;
pub use choice::{Choice, ManyChoices, Opt, opt};
pub use computed::{FormulaKind, RollupKind};
pub use field::{Default, Field};
pub use link::{Link, LinkKind, Links};
pub use moment::{DateKind, Duration, Instant};
pub use number::{DecimalKind, Money, Number, Percent};
pub use text_kinds::{Email, LongText, Phone, Text, Url};
pub use yes_no::YesNo;

use serde_json::Value as Json;

use crate::filter::Op;
use crate::problem::Problem;
use crate::value::Value;

/// How a value is laid out in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// A 64-bit whole number: numbers, scaled decimals, days since 1970-01-01, microseconds since 1970.
    Int,
    /// Text, compared by bytes.
    Text,
    /// A 128-bit id.
    Uuid,
    /// Yes or no.
    Bool,
    /// Bytes, compared as such.
    Bytes,
}

/// What reading and writing a value needs to know of the workspace.
#[derive(Debug, Clone)]
pub struct Setting {
    /// ISO 4217 code in which the firm keeps its books.
    pub currency: String,
    /// ISO 3166 code in which phone numbers without a country are read.
    pub country: String,
}

impl std::default::Default for Setting {
    fn default() -> Setting {
        Setting { currency: "CNY".to_owned(), country: "CN".to_owned() }
    }
}

/// What every kind of field can do.
pub trait FieldKind {
    /// The kind's name in the schema, such as `long_text`.
    fn name(&self) -> &'static str;
    /// The columns a field `name` of this kind has; none when its values live in a table of their own.
    fn columns(&self, name: &str) -> Vec<(String, Column)>;
    /// The filter operators the kind takes, besides `is_empty` and `is_not_empty`.
    fn operators(&self) -> &'static [Op];
    /// Reads a JSON value. `null` never reaches a kind. Errors name no field: the caller adds it.
    fn read_json(&self, json: &Json, setting: &Setting) -> Result<Value, Problem>;
    /// Reads a cell of an imported file, trimmed and not empty.
    fn read_text(&self, text: &str, setting: &Setting) -> Result<Value, Problem> {
        self.read_json(&Json::String(text.to_owned()), setting)
    }
    /// Writes the value as JSON. Links are written by the caller, who knows their titles.
    fn write_json(&self, value: &Value, setting: &Setting) -> Json;
    /// Writes the value as a cell of an exported file.
    fn write_text(&self, value: &Value, setting: &Setting) -> String {
        match self.write_json(value, setting) {
            Json::Null => String::new(),
            Json::String(text) => text,
            other => other.to_string(),
        }
    }
    /// Digits after the point that are kept; 0 for what is not a decimal.
    fn scale(&self) -> u32 {
        0
    }
    /// Whether lists can be ordered by it.
    fn sortable(&self) -> bool {
        true
    }
}

/// The kind of a field, with what belongs to it.
#[derive(Debug, Clone)]
pub enum Kind {
    /// One line of text.
    Text(Text),
    /// Several lines of text.
    LongText(LongText),
    /// An e-mail address.
    Email(Email),
    /// A phone number, kept as E.164 where it can be read.
    Phone(Phone),
    /// A web address.
    Url(Url),
    /// A whole number.
    Number(Number),
    /// An exact decimal.
    Decimal(DecimalKind),
    /// An amount in the firm's currency.
    Money(Money),
    /// A percentage: 12.5 is 12.5 %.
    Percent(Percent),
    /// A calendar day.
    Date(DateKind),
    /// A moment.
    Instant(Instant),
    /// A length of time in seconds.
    Duration(Duration),
    /// Yes or no.
    YesNo(YesNo),
    /// One of several codes.
    Choice(Choice),
    /// Several of several codes.
    ManyChoices(ManyChoices),
    /// A link to a record of one object; persons are links to users.
    Link(Link),
    /// A link to a record of any object.
    AnyLink(AnyLink),
    /// Links to several records of one object; tags are links to tags.
    Links(Links),
    /// A number given by the system, one after another.
    AutoNumber(AutoNumber),
    /// Computed from the record and its links.
    Formula(FormulaKind),
    /// Computed from the record's children.
    Rollup(RollupKind),
}

impl Kind {
    /// The kind's behaviour.
    pub fn as_kind(&self) -> &dyn FieldKind {
        match self {
            Kind::Text(kind) => kind,
            Kind::LongText(kind) => kind,
            Kind::Email(kind) => kind,
            Kind::Phone(kind) => kind,
            Kind::Url(kind) => kind,
            Kind::Number(kind) => kind,
            Kind::Decimal(kind) => kind,
            Kind::Money(kind) => kind,
            Kind::Percent(kind) => kind,
            Kind::Date(kind) => kind,
            Kind::Instant(kind) => kind,
            Kind::Duration(kind) => kind,
            Kind::YesNo(kind) => kind,
            Kind::Choice(kind) => kind,
            Kind::ManyChoices(kind) => kind,
            Kind::Link(kind) => kind,
            Kind::AnyLink(kind) => kind,
            Kind::Links(kind) => kind,
            Kind::AutoNumber(kind) => kind,
            Kind::Formula(kind) => kind,
            Kind::Rollup(kind) => kind,
        }
    }

    /// The object a link, person, links or tags field leads to.
    pub fn target(&self) -> Option<&str> {
        match self {
            Kind::Link(link) => Some(&link.target),
            Kind::Links(links) => Some(&links.target),
            _ => None,
        }
    }

    /// Whether values live in a table of their own, one row an element.
    pub fn is_set(&self) -> bool {
        matches!(self, Kind::Links(_) | Kind::ManyChoices(_))
    }

    /// Whether the system computes it and nobody writes it.
    pub fn is_computed(&self) -> bool {
        matches!(self, Kind::Formula(_) | Kind::Rollup(_))
    }
}
