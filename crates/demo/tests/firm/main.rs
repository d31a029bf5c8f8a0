//! The demo firm seen from outside: through its records and its answer sheet only.
// A test may panic, and so may what it calls.
#![allow(clippy::unwrap_used)]

mod history;
mod integrity;
mod truths;
mod validity;

use std::collections::BTreeMap;

use demo::{DemoRecord, DemoValue, Firm, Key, Language, Options, Step, generate};
use jiff::Timestamp;
use jiff::civil::{Date, date};

/// The day on which the firm of most tests stands.
const TODAY: Date = date(2026, 11, 23);

fn options(scale: f64, language: Language) -> Options {
    Options { seed: 7, scale, language, today: TODAY }
}

fn firm(scale: f64) -> Firm {
    generate(&options(scale, Language::Zh))
}

/// The new records of one object by key.
type Table = BTreeMap<Key, DemoRecord>;

/// The new records by object.
fn tables(firm: &Firm) -> BTreeMap<&'static str, Table> {
    let mut tables: BTreeMap<&'static str, Table> = BTreeMap::new();
    for record in firm.records().filter(|record| record.step != Step::Update) {
        tables.entry(record.object).or_default().insert(record.key, record);
    }
    tables
}

fn text<'a>(record: &'a DemoRecord, field: &str) -> &'a str {
    match record.get(field) {
        DemoValue::Text(text) => text,
        _ => "",
    }
}

fn linked(record: &DemoRecord, field: &str) -> Option<Key> {
    match record.get(field) {
        DemoValue::Ref(_, key) => Some(*key),
        _ => None,
    }
}

fn decimal(record: &DemoRecord, field: &str) -> f64 {
    match record.get(field) {
        DemoValue::Decimal(text) => text.parse().unwrap(),
        _ => 0.0,
    }
}

fn instant(record: &DemoRecord, field: &str) -> Option<Timestamp> {
    match record.get(field) {
        DemoValue::Instant(at) => Some(*at),
        _ => None,
    }
}

/// The day of a moment in Shanghai.
fn day_of(at: Timestamp) -> Date {
    jiff::tz::Offset::constant(8).to_datetime(at).date()
}

/// Whole days from `from` to `to`.
fn days(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// Whether an order was really bought.
fn is_bought(order: &DemoRecord) -> bool {
    text(order, "kind") == "sale" && text(order, "status") != "cancelled"
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
