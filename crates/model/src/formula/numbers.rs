//! Arithmetic over whole numbers and exact decimals. Whole numbers stay whole while they fit 64 bits.

use rust_decimal::{Decimal, RoundingStrategy};

use super::PLACES_MAX;
use super::error::{FormulaError, Spot};
use super::expr::Operator;
use crate::value::Value;

type Found = Result<Value, FormulaError>;

/// `left + - * / % right` of two numbers. Division and remainder by zero are null; a remainder has
/// the sign of `left`, as in CEL and SQL.
pub(super) fn arithmetic(operator: Operator, left: &Value, right: &Value, spot: Spot) -> Found {
    let (Some(a), Some(b)) = (left.as_decimal(), right.as_decimal()) else {
        return Err(spot.types());
    };
    if matches!(operator, Operator::Divide | Operator::Remainder) && b.is_zero() {
        return Ok(Value::Null);
    }
    if let (Value::Int(left), Value::Int(right)) = (left, right)
        && let Some(whole) = whole_arithmetic(operator, *left, *right)
    {
        return Ok(Value::Int(whole));
    }
    let found = match operator {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        Operator::Multiply => a.checked_mul(b),
        // A quotient has no digits of its own to keep: 3.5, not 3.50.
        Operator::Divide => a.checked_div(b).map(|found| found.normalize()),
        Operator::Remainder => a.checked_rem(b),
        _ => return Err(spot.types()),
    };
    found.map(decimal).ok_or_else(|| spot.error("formula_overflow"))
}

/// The same of whole numbers; none when the result is not one of 64 bits.
fn whole_arithmetic(operator: Operator, left: i64, right: i64) -> Option<i64> {
    match operator {
        Operator::Add => left.checked_add(right),
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        Operator::Divide => left.checked_div(right).filter(|_| left.checked_rem(right) == Some(0)),
        Operator::Remainder => left.checked_rem(right),
        _ => None,
    }
}

/// `-number`.
pub(super) fn negate(number: &Value, spot: Spot) -> Found {
    match number {
        Value::Int(whole) if *whole != i64::MIN => Ok(Value::Int(-whole)),
        _ => number.as_decimal().map(|found| decimal(-found)).ok_or_else(|| spot.types()),
    }
}

/// A number without its sign.
pub(super) fn abs(number: &Value, spot: Spot) -> Found {
    let negative = number.as_decimal().is_some_and(|found| found.is_sign_negative());
    if negative { negate(number, spot) } else { checked(number, spot).cloned() }
}

/// To `places` digits after the point, halves away from zero, as invoices are and as PostgreSQL does.
pub(super) fn round(number: &Value, places: &Value, spot: Spot) -> Found {
    let checked = checked(number, spot)?;
    let places = u32::try_from(whole(places, spot)?).ok().filter(|places| *places <= PLACES_MAX);
    let Some(places) = places else {
        return Err(spot.error("formula_places").with("max", PLACES_MAX));
    };
    Ok(match checked {
        Value::Decimal(found) => {
            let strategy = RoundingStrategy::MidpointAwayFromZero;
            let rounded = found.round_dp_with_strategy(places, strategy);
            if places == 0 { to_whole(rounded) } else { decimal(rounded) }
        }
        _ => checked.clone(),
    })
}

/// The greatest whole number not above `number`.
pub(super) fn floor(number: &Value, spot: Spot) -> Found {
    match checked(number, spot)? {
        Value::Decimal(found) => Ok(to_whole(found.floor())),
        whole => Ok(whole.clone()),
    }
}

/// The least whole number not below `number`.
pub(super) fn ceil(number: &Value, spot: Spot) -> Found {
    match checked(number, spot)? {
        Value::Decimal(found) => Ok(to_whole(found.ceil())),
        whole => Ok(whole.clone()),
    }
}

/// The whole number that `number` amounts to: 3 and 3.00 are 3.
pub(super) fn whole(number: &Value, spot: Spot) -> Result<i64, FormulaError> {
    let found = checked(number, spot)?.as_decimal().filter(Decimal::is_integer);
    let whole = found.and_then(|found| i64::try_from(found).ok());
    whole.ok_or_else(|| spot.error("formula_whole"))
}

/// How a number is written within a text: as many decimals as it has.
pub(super) fn written(number: &Value) -> Option<String> {
    number.as_decimal().map(|found| found.to_string())
}

fn checked(number: &Value, spot: Spot) -> Result<&Value, FormulaError> {
    match number {
        Value::Int(_) | Value::Decimal(_) => Ok(number),
        _ => Err(spot.types()),
    }
}

/// A decimal without the sign of zero, which would be written as -0.
fn decimal(mut found: Decimal) -> Value {
    if found.is_zero() {
        found.set_sign_positive(true);
    }
    Value::Decimal(found)
}

/// A decimal without digits after the point as a whole number where 64 bits are enough.
fn to_whole(found: Decimal) -> Value {
    i64::try_from(found).map_or_else(|_| decimal(found), Value::Int)
}
