//! Kinds that hold numbers: whole, decimal, money, percent. Exact: scaled integers in the database, strings in JSON.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::{Column, FieldKind, Setting};
use crate::filter::Op;
use crate::problem::Problem;
use crate::value::Value;

/// Digits after the point of every amount of money in the store.
pub const MONEY_SCALE: u32 = 4;
/// The largest amount taken, in units of the currency: sums of ten thousand of them still fit.
pub const NUMBER_MAX: i64 = 90_000_000_000;

const NUMBER_OPS: &[Op] = &[Op::Eq, Op::Ne, Op::Lt, Op::Lte, Op::Gt, Op::Gte, Op::Between, Op::In];

/// A whole number.
#[derive(Debug, Clone, Default)]
pub struct Number {
    /// Smallest number taken.
    pub min: Option<i64>,
    /// Largest number taken.
    pub max: Option<i64>,
}
/// An exact decimal with `scale` digits after the point.
#[derive(Debug, Clone)]
pub struct DecimalKind {
    /// Digits after the point.
    pub scale: u32,
}
/// An amount in the firm's currency.
#[derive(Debug, Clone)]
pub struct Money;
/// A percentage: 12.5 is 12.5 %.
#[derive(Debug, Clone)]
pub struct Percent {
    /// Largest percentage taken, if there is one.
    pub max: Option<i64>,
}

/// Reads an exact decimal as typed: full-width digits, thousands separators and one point.
fn read_decimal(json: &Json, scale: u32) -> Result<Decimal, Problem> {
    let typed = match json {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => return Err(Problem::new("number_expected")),
    };
    let plain: String = typed
        .trim()
        .chars()
        .filter_map(|c| match c {
            '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
            ',' | '，' | ' ' | '\u{a0}' | '_' => None,
            '－' | '−' => Some('-'),
            '．' => Some('.'),
            other => Some(other),
        })
        .collect();
    let refused = || Problem::new("number_format").with("value", typed.trim());
    let number = Decimal::from_str(&plain)
        .or_else(|_| Decimal::from_scientific(&plain))
        .map_err(|_| refused())?;
    if number.abs() > Decimal::from(NUMBER_MAX) {
        return Err(Problem::new("number_large").with("max", NUMBER_MAX));
    }
    if number.normalize().scale() > scale {
        return Err(Problem::new("number_digits").with("scale", scale));
    }
    Ok(number)
}

fn int_column(name: &str) -> Vec<(String, Column)> {
    vec![(name.to_owned(), Column::Int)]
}

fn decimal_text(value: &Value) -> Option<String> {
    value.as_decimal().map(|number| number.normalize().to_string())
}

impl FieldKind for Number {
    fn name(&self) -> &'static str {
        "number"
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        int_column(name)
    }
    fn operators(&self) -> &'static [Op] {
        NUMBER_OPS
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        let number = read_decimal(json, 0)?;
        let number = i64::try_from(number.trunc()).map_err(|_| Problem::new("number_format"))?;
        if self.min.is_some_and(|min| number < min) {
            return Err(Problem::new("number_min").with("min", self.min.unwrap_or_default()));
        }
        if self.max.is_some_and(|max| number > max) {
            return Err(Problem::new("number_max").with("max", self.max.unwrap_or_default()));
        }
        Ok(Value::Int(number))
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        value.as_int().map_or(Json::Null, Json::from)
    }
}

impl FieldKind for DecimalKind {
    fn name(&self) -> &'static str {
        "decimal"
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        int_column(name)
    }
    fn operators(&self) -> &'static [Op] {
        NUMBER_OPS
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        read_decimal(json, self.scale).map(Value::Decimal)
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        decimal_text(value).map_or(Json::Null, Json::String)
    }
    fn scale(&self) -> u32 {
        self.scale
    }
}

impl FieldKind for Money {
    fn name(&self) -> &'static str {
        "money"
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        int_column(name)
    }
    fn operators(&self) -> &'static [Op] {
        NUMBER_OPS
    }
    fn read_json(&self, json: &Json, setting: &Setting) -> Result<Value, Problem> {
        let amount = match json {
            Json::Object(parts) => {
                let currency = parts.get("currency").and_then(Json::as_str);
                if currency.is_some_and(|currency| currency != setting.currency) {
                    return Err(Problem::new("currency").with("currency", &setting.currency));
                }
                match parts.get("amount") {
                    None | Some(Json::Null) => return Ok(Value::Null),
                    Some(amount) => amount,
                }
            }
            other => other,
        };
        read_decimal(amount, MONEY_SCALE).map(Value::Decimal)
    }
    fn read_text(&self, text: &str, setting: &Setting) -> Result<Value, Problem> {
        let plain = text.trim_start_matches(['¥', '￥', '$', '£', '€']);
        read_decimal(&Json::String(plain.replace(&setting.currency, "")), MONEY_SCALE)
            .map(Value::Decimal)
    }
    fn write_json(&self, value: &Value, setting: &Setting) -> Json {
        match value.as_decimal() {
            None => Json::Null,
            Some(amount) => json!({"amount": money_text(amount), "currency": setting.currency}),
        }
    }
    fn write_text(&self, value: &Value, _: &Setting) -> String {
        value.as_decimal().map(money_text).unwrap_or_default()
    }
    fn scale(&self) -> u32 {
        MONEY_SCALE
    }
}

/// An amount with at least two digits after the point.
fn money_text(amount: Decimal) -> String {
    let mut plain = amount.normalize();
    if plain.scale() < 2 {
        plain.rescale(2);
    }
    plain.to_string()
}

impl FieldKind for Percent {
    fn name(&self) -> &'static str {
        "percent"
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        int_column(name)
    }
    fn operators(&self) -> &'static [Op] {
        NUMBER_OPS
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        let number = read_decimal(json, self.scale())?;
        if number < Decimal::ZERO {
            return Err(Problem::new("number_min").with("min", 0));
        }
        if let Some(max) = self.max.filter(|max| number > Decimal::from(*max)) {
            return Err(Problem::new("number_max").with("max", max));
        }
        Ok(Value::Decimal(number))
    }
    fn read_text(&self, text: &str, setting: &Setting) -> Result<Value, Problem> {
        self.read_json(&Json::String(text.trim_end_matches(['%', '％']).to_owned()), setting)
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        decimal_text(value).map_or(Json::Null, Json::String)
    }
    fn scale(&self) -> u32 {
        4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: Json, expected: &str) {
        let read = Money.read_json(&json, &Setting::default());
        let shown = match read {
            Ok(value) => Money.write_text(&value, &Setting::default()),
            Err(problem) => problem.code.to_owned(),
        };
        assert_eq!(shown, expected, "{json}");
    }

    #[test]
    fn money_is_exact_and_refuses_what_it_cannot_keep() {
        check(json!("12.30"), "12.30");
        check(json!("１，２３４.5"), "1234.50");
        check(json!({"amount": "0.0001", "currency": "CNY"}), "0.0001");
        check(json!({"amount": "1", "currency": "USD"}), "currency");
        check(json!("0.00001"), "number_digits");
        check(json!("1e400"), "number_format");
        check(json!("NaN"), "number_format");
        check(json!("99999999999999"), "number_large");
        check(json!([1]), "number_expected");
        check(json!(1e20), "number_large");
    }
}
