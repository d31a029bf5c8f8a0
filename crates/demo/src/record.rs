//! What the generator hands over: records as object, key and field values. Not how they are loaded.

use jiff::Timestamp;
use jiff::civil::Date;

/// A record's key: counts from 1 within its object. The loader maps (object, key) to its own ids.
pub type Key = u64;

/// The value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DemoValue {
    /// Nothing.
    Null,
    /// Text, or the code of a choice.
    Text(String),
    /// A whole number; durations are in seconds.
    Int(i64),
    /// An exact decimal as text, such as `1299.50`.
    Decimal(String),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(Date),
    /// A moment.
    Instant(Timestamp),
    /// A link to a record handed over before.
    Ref(&'static str, Key),
    /// Links to several records of one object, all handed over before.
    Refs(&'static str, Vec<Key>),
    /// Links to records that every workspace has, by the object and their `code`: roles.
    ByCode(&'static str, Vec<&'static str>),
    /// Several choice codes.
    Codes(Vec<&'static str>),
}

/// Whether a record is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A new record with all its fields.
    Create,
    /// A record that a new workspace may hold already: take the one that agrees in the object's
    /// [`NATURAL_KEYS`] as it is, or create it with these fields.
    Adopt,
    /// Later news of a record that was handed over before: only the fields that change.
    Update,
}

/// One write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoRecord {
    /// The object's name.
    pub object: &'static str,
    /// The key within the object.
    pub key: Key,
    /// Whether the record is new.
    pub step: Step,
    /// The fields with their values; empty fields are left out.
    pub fields: Vec<(&'static str, DemoValue)>,
    /// When it was written.
    pub created_at: Timestamp,
    /// The key of the user who wrote it; nobody for what comes with the firm.
    pub author: Option<Key>,
}

impl DemoRecord {
    /// The value of a field; null where it was left out.
    pub fn get(&self, field: &str) -> &DemoValue {
        let found = self.fields.iter().find(|(name, _)| *name == field);
        found.map_or(&DemoValue::Null, |(_, value)| value)
    }
}

/// What tells records apart that may be there already, by object.
pub const NATURAL_KEYS: &[(&str, &[&str])] =
    &[("pipeline", &["code"]), ("stage", &["pipeline", "name"]), ("price_list", &["name"])];

/// Fields people may not write, which the demo fills because its history lies in the past:
/// the loader must write them on the system's behalf.
pub const SYSTEM_FIELDS: &[(&str, &str)] = &[
    ("opportunity", "closed_at"),
    ("opportunity", "stage_since"),
    ("task", "done_at"),
    ("lead", "converted_at"),
    ("lead", "converted_account"),
    ("lead", "converted_contact"),
    ("lead", "converted_opportunity"),
    ("stage_change", "from_stage"),
    ("stage_change", "to_stage"),
    ("stage_change", "entered_at"),
    ("stage_change", "left_at"),
    ("stage_change", "duration"),
    ("stage_change", "by"),
    ("stage_change", "summary"),
];

impl From<String> for DemoValue {
    fn from(text: String) -> DemoValue {
        if text.is_empty() { DemoValue::Null } else { DemoValue::Text(text) }
    }
}
impl From<&str> for DemoValue {
    fn from(text: &str) -> DemoValue {
        text.to_owned().into()
    }
}
impl From<i64> for DemoValue {
    fn from(number: i64) -> DemoValue {
        DemoValue::Int(number)
    }
}
impl From<bool> for DemoValue {
    fn from(yes: bool) -> DemoValue {
        DemoValue::Bool(yes)
    }
}
impl From<Date> for DemoValue {
    fn from(date: Date) -> DemoValue {
        DemoValue::Date(date)
    }
}
impl From<Timestamp> for DemoValue {
    fn from(at: Timestamp) -> DemoValue {
        DemoValue::Instant(at)
    }
}
impl<T: Into<DemoValue>> From<Option<T>> for DemoValue {
    fn from(value: Option<T>) -> DemoValue {
        value.map_or(DemoValue::Null, Into::into)
    }
}

/// A decimal of hundredths: cents of money, hundredths of a percent.
pub(crate) fn hundredths(amount: i64) -> DemoValue {
    let sign = if amount < 0 { "-" } else { "" };
    let size = amount.unsigned_abs();
    DemoValue::Decimal(format!("{sign}{}.{:02}", size / 100, size % 100))
}

/// A whole number as a decimal.
pub(crate) fn whole(number: i64) -> DemoValue {
    DemoValue::Decimal(number.to_string())
}

/// A link to the element of `object` with this index, counted from 0.
pub(crate) fn link(object: &'static str, index: usize) -> DemoValue {
    DemoValue::Ref(object, key(index))
}

/// The key of the element with this index.
pub(crate) fn key(index: usize) -> Key {
    index as Key + 1
}
