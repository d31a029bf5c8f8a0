//! A record and a moment for tests of formulas, and how a row of a table is checked.

mod properties;
mod syntax;
mod values;

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::{TimeZone, offset};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Formula, FormulaError, MESSAGES, Type};
use crate::now::Now;
use crate::value::Value;

/// A Monday morning in a zone eight hours ahead.
fn now() -> Now {
    let at: Timestamp = "2026-11-23T01:00:00Z".parse().unwrap();
    Now::new(at, TimeZone::fixed(offset(8)))
}

/// The names that tests use, with their types.
const NAMES: &[(&str, Type)] = &[
    ("amount", Type::Number),
    ("count", Type::Number),
    ("zero", Type::Number),
    ("nothing", Type::Number),
    ("name", Type::Text),
    ("account.name", Type::Text),
    ("no_text", Type::Text),
    ("long", Type::Text),
    ("won", Type::YesNo),
    ("unknown", Type::YesNo),
    ("signed_on", Type::Date),
    ("no_date", Type::Date),
    ("created_at", Type::Instant),
    ("tags", Type::Other),
    ("owner", Type::Other),
    ("account.owner", Type::Other),
];

fn type_of(path: &[String]) -> Option<Type> {
    let name = path.join(".");
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, found)| *found)
}

fn resolve(path: &[String]) -> Value {
    match path.join(".").as_str() {
        "amount" => Value::Decimal(Decimal::new(120_050, 2)),
        "count" => Value::Int(7),
        "zero" => Value::Int(0),
        "name" => Value::from("Chen"),
        "account.name" => Value::from("华联超市"),
        "long" => Value::Text("x".repeat(40_000)),
        "won" => Value::Bool(true),
        "signed_on" => Value::Date(date(2026, 1, 31)),
        // Already the 23rd where the workspace is.
        "created_at" => Value::Instant("2026-11-22T18:30:00Z".parse().unwrap()),
        "tags" => Value::texts(vec!["vip".into(), "eu".into()]),
        "owner" => Value::Id(Uuid::from_u128(7)),
        "account.owner" => Value::ids(vec![Uuid::from_u128(7), Uuid::from_u128(8)]),
        _ => Value::Null,
    }
}

/// A value in short; decimals end in `d`.
fn shown(value: Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(yes) => yes.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Decimal(number) => format!("{number}d"),
        Value::Text(text) => text,
        Value::Date(day) => day.to_string(),
        Value::Instant(at) => at.to_string(),
        other => format!("{other:?}"),
    }
}

/// An error in short, after its words were seen to be complete.
fn placed(error: &FormulaError) -> String {
    let (_, en, zh) = MESSAGES.iter().find(|(code, ..)| *code == error.code).unwrap();
    for words in [en, zh] {
        let filled = error.params.iter().fold((*words).to_owned(), |words, (name, _)| {
            words.replace(&format!("{{{name}}}"), "")
        });
        assert!(!filled.contains('{'), "{error:?}: {filled}");
    }
    format!("{}@{}", error.code, error.at)
}

#[track_caller]
fn check(source: &str, expected: &str) {
    let formula = match Formula::parse(source) {
        Ok(formula) => formula,
        Err(error) => return assert_eq!(placed(&error), expected, "{source}"),
    };
    let expected_type = formula.check(&type_of);
    let found = formula.eval(&resolve, &now());
    match (found, expected_type) {
        (Ok(value), Ok(wanted)) => {
            let found = Type::of(&value);
            assert!(found.is_none_or(|found| found == wanted), "{source}: {found:?}, {wanted:?}");
            assert_eq!(shown(value), expected, "{source}");
        }
        (Err(error), _) => assert_eq!(placed(&error), expected, "{source}"),
        (Ok(value), Err(error)) => {
            let found = format!("{} but {}", shown(value), placed(&error));
            assert_eq!(found, expected, "{source}");
        }
    }
}

#[track_caller]
fn table(rows: &[(&str, &str)]) {
    rows.iter().for_each(|(source, expected)| check(source, expected));
}
