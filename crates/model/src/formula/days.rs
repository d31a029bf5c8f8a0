//! The functions of dates and instants. An instant's day is its day in the workspace's time zone.

use jiff::Span;
use jiff::civil::Date;

use super::error::{FormulaError, Spot};
use super::function::Function;
use super::numbers;
use crate::now::Now;
use crate::value::Value;

type Found = Result<Value, FormulaError>;

/// The date written as `2026-11-23`; none when it is no date.
pub(super) fn date(text: &str) -> Option<Date> {
    let shape = |(i, c): (usize, u8)| if i == 4 || i == 7 { c == b'-' } else { c.is_ascii_digit() };
    let is_shaped = text.len() == 10 && text.bytes().enumerate().all(shape);
    text.parse().ok().filter(|_| is_shaped)
}

/// Days from one day to another, below zero when the second is earlier.
pub(super) fn between(from: &Value, to: &Value, now: &Now, spot: Spot) -> Found {
    let (from, to) = (day_of(from, now, spot)?, day_of(to, now, spot)?);
    let span = from.until(to).map_err(|_| spot.error("formula_date_range"))?;
    Ok(Value::Int(span.get_days().into()))
}

/// The year, month or day of the month.
pub(super) fn part(function: Function, of: &Value, now: &Now, spot: Spot) -> Found {
    let day = day_of(of, now, spot)?;
    Ok(Value::Int(match function {
        Function::Year => day.year().into(),
        Function::Month => day.month().into(),
        _ => day.day().into(),
    }))
}

/// A date or instant so many days later.
pub(super) fn add_days(to: &Value, days: &Value, now: &Now, spot: Spot) -> Found {
    let span = Span::new().try_days(numbers::whole(days, spot)?);
    add(to, span.map_err(|_| spot.error("formula_date_range"))?, now, spot)
}

/// A date or instant so many months later; the month's last day where it has no such day.
pub(super) fn add_months(to: &Value, months: &Value, now: &Now, spot: Spot) -> Found {
    let span = Span::new().try_months(numbers::whole(months, spot)?);
    add(to, span.map_err(|_| spot.error("formula_date_range"))?, now, spot)
}

fn add(to: &Value, span: Span, now: &Now, spot: Spot) -> Found {
    let found = match to {
        Value::Date(day) => day.checked_add(span).map(Value::Date),
        Value::Instant(at) => at
            .to_zoned_datetime(now.zone.clone())
            .checked_add(span)
            .map(|zoned| Value::Instant(zoned.timestamp())),
        _ => return Err(spot.types()),
    };
    found.map_err(|_| spot.error("formula_date_range"))
}

fn day_of(value: &Value, now: &Now, spot: Spot) -> Result<Date, FormulaError> {
    match value {
        Value::Date(day) => Ok(*day),
        Value::Instant(at) => Ok(now.day_of(*at)),
        _ => Err(spot.types()),
    }
}
