//! What each function gives for values. `coalesce` and `concat` are in `eval`: they do not need all of them.

use std::cmp::Ordering;

use super::error::{FormulaError, Spot};
use super::function::Function;
use super::types::{elements, equal, order};
use super::{TEXT_BYTES_MAX, days, numbers};
use crate::now::Now;
use crate::value::Value;

type Found = Result<Value, FormulaError>;

/// `function` of `args`, whose number is right.
pub(super) fn call(function: Function, args: &[Value], now: &Now, spot: Spot) -> Found {
    if args.contains(&Value::Null)
        && let Some(found) = of_null(function)
    {
        return Ok(found);
    }
    match (function, args) {
        (Function::Min, [first, rest @ ..]) => extreme(first, rest, Ordering::Less, spot),
        (Function::Max, [first, rest @ ..]) => extreme(first, rest, Ordering::Greater, spot),
        (Function::Abs, [number]) => numbers::abs(number, spot),
        (Function::Round, [number]) => numbers::round(number, &Value::Int(0), spot),
        (Function::Round, [number, places]) => numbers::round(number, places, spot),
        (Function::Floor, [number]) => numbers::floor(number, spot),
        (Function::Ceil, [number]) => numbers::ceil(number, spot),
        (Function::IsEmpty, [value]) => Ok(Value::Bool(value.is_empty())),
        (Function::Today, []) => Ok(Value::Date(now.today())),
        (Function::Now, []) => Ok(Value::Instant(now.at)),
        (Function::DaysBetween, [from, to]) => days::between(from, to, now, spot),
        (Function::AddDays, [to, count]) => days::add_days(to, count, now, spot),
        (Function::AddMonths, [to, count]) => days::add_months(to, count, now, spot),
        (Function::Year | Function::Month | Function::Day, [of]) => {
            days::part(function, of, now, spot)
        }
        (Function::Replace, [Value::Text(text), Value::Text(what), Value::Text(with)]) => {
            replaced(text, what, with, spot)
        }
        (_, [Value::Text(text)]) => of_text(function, text, spot),
        (_, [Value::Text(text), Value::Text(part)]) => of_texts(function, text, part, spot),
        (Function::Size, [list]) => count(elements(list).map(|found| found.len()), spot),
        (Function::Contains, [list, element]) => {
            let elements = elements(list).ok_or_else(|| spot.types())?;
            Ok(Value::Bool(elements.iter().any(|found| equal(found, element))))
        }
        _ => Err(spot.types()),
    }
}

/// What a function gives when an argument is null; none when it looks at null itself.
fn of_null(function: Function) -> Option<Value> {
    match function {
        Function::IsEmpty => None,
        Function::Contains | Function::StartsWith | Function::EndsWith => Some(Value::Bool(false)),
        _ => Some(Value::Null),
    }
}

fn of_text(function: Function, text: &str, spot: Spot) -> Found {
    match function {
        Function::Size => count(Some(text.chars().count()), spot),
        Function::Lower => built(text.to_lowercase(), spot),
        Function::Upper => built(text.to_uppercase(), spot),
        Function::Trim => built(text.trim().to_owned(), spot),
        Function::Date => Ok(days::date(text).map_or(Value::Null, Value::Date)),
        _ => Err(spot.types()),
    }
}

fn of_texts(function: Function, text: &str, part: &str, spot: Spot) -> Found {
    match function {
        Function::Contains => Ok(Value::Bool(text.contains(part))),
        Function::StartsWith => Ok(Value::Bool(text.starts_with(part))),
        Function::EndsWith => Ok(Value::Bool(text.ends_with(part))),
        _ => Err(spot.types()),
    }
}

/// The first of the values that no other is `wanted` of.
fn extreme(first: &Value, rest: &[Value], wanted: Ordering, spot: Spot) -> Found {
    // Compared with itself too: a single value needs an order as well.
    order(first, first).ok_or_else(|| spot.types())?;
    let mut best = first;
    for value in rest {
        if order(value, best).ok_or_else(|| spot.types())? == wanted {
            best = value;
        }
    }
    Ok(best.clone())
}

fn count(count: Option<usize>, spot: Spot) -> Found {
    let count = count.ok_or_else(|| spot.types())?;
    i64::try_from(count).map(Value::Int).map_err(|_| spot.error("formula_overflow"))
}

/// `text` with `with` wherever `what` was; an empty `what` is nowhere. Measured before it is built.
fn replaced(text: &str, what: &str, with: &str, spot: Spot) -> Found {
    if what.is_empty() {
        return Ok(Value::Text(text.to_owned()));
    }
    let places = text.matches(what).count();
    if text.len().saturating_add(places.saturating_mul(with.len()))
        > TEXT_BYTES_MAX + places * what.len()
    {
        return Err(spot.error("formula_text_long").with("max", TEXT_BYTES_MAX));
    }
    built(text.replace(what, with), spot)
}

/// A text that was built here, when it is not too long.
pub(super) fn built(text: String, spot: Spot) -> Found {
    match text.len() > TEXT_BYTES_MAX {
        true => Err(spot.error("formula_text_long").with("max", TEXT_BYTES_MAX)),
        false => Ok(Value::Text(text)),
    }
}
