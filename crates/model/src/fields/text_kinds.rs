//! Kinds that hold text: one line, several lines, e-mail, phone, url.

use serde_json::Value as Json;

use super::{Column, FieldKind, Setting};
use crate::filter::Op;
use crate::problem::Problem;
use crate::value::Value;

/// Characters of a one-line text, unless the field says fewer.
pub const TEXT_CHARS_MAX: usize = 500;
/// Characters of a text of several lines.
pub const LONG_TEXT_CHARS_MAX: usize = 50_000;

const TEXT_OPS: &[Op] = &[Op::Eq, Op::Ne, Op::In, Op::NotIn, Op::StartsWith];

/// One line of text.
#[derive(Debug, Clone)]
pub struct Text {
    /// Longest text taken, in characters.
    pub chars_max: usize,
    /// A name of a person or firm: found by pinyin and initials, ordered by pinyin with surnames.
    pub is_name: bool,
    /// A code: found by its parts, never split into words.
    pub is_code: bool,
}

/// Several lines of text.
#[derive(Debug, Clone)]
pub struct LongText;
/// An e-mail address, kept in lower case.
#[derive(Debug, Clone)]
pub struct Email;
/// A phone number, kept as E.164 where it can be read and as typed otherwise.
#[derive(Debug, Clone)]
pub struct Phone;
/// A web address, http or https.
#[derive(Debug, Clone)]
pub struct Url;

/// The text of a JSON string (numbers are taken as typed), refused when it holds control characters or is too long.
fn plain_text(json: &Json, chars_max: usize, lines: bool) -> Result<String, Problem> {
    let text = match json {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => return Err(Problem::new("text_expected")),
    };
    if text.chars().any(|c| c.is_control() && !(lines && matches!(c, '\n' | '\r' | '\t'))) {
        return Err(Problem::new("text_control"));
    }
    if text.chars().count() > chars_max {
        return Err(Problem::new("text_long").with("max", chars_max));
    }
    Ok(text)
}

fn one_column(name: &str) -> Vec<(String, Column)> {
    vec![(name.to_owned(), Column::Text)]
}

fn text_json(value: &Value) -> Json {
    value.as_text().map_or(Json::Null, |text| Json::String(text.to_owned()))
}

fn text_or_null(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { Value::Text(text.to_owned()) }
}

impl FieldKind for Text {
    fn name(&self) -> &'static str {
        "text"
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        one_column(name)
    }
    fn operators(&self) -> &'static [Op] {
        TEXT_OPS
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        Ok(text_or_null(plain_text(json, self.chars_max, false)?.trim()))
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        text_json(value)
    }
}

impl FieldKind for LongText {
    fn name(&self) -> &'static str {
        "long_text"
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        one_column(name)
    }
    fn operators(&self) -> &'static [Op] {
        &[]
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        Ok(text_or_null(&plain_text(json, LONG_TEXT_CHARS_MAX, true)?))
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        text_json(value)
    }
    fn sortable(&self) -> bool {
        false
    }
}

impl FieldKind for Email {
    fn name(&self) -> &'static str {
        "email"
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        one_column(name)
    }
    fn operators(&self) -> &'static [Op] {
        TEXT_OPS
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        let typed = plain_text(json, TEXT_CHARS_MAX, false)?.trim().to_lowercase();
        if !typed.is_empty() && text::email::check(&typed).is_err() {
            return Err(Problem::new("email_format").with("value", &typed));
        }
        Ok(text_or_null(&typed))
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        text_json(value)
    }
}

impl FieldKind for Phone {
    fn name(&self) -> &'static str {
        "phone"
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        one_column(name)
    }
    fn operators(&self) -> &'static [Op] {
        TEXT_OPS
    }
    fn read_json(&self, json: &Json, setting: &Setting) -> Result<Value, Problem> {
        let typed = plain_text(json, 60, false)?;
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(Value::Null);
        }
        match text::phone::parse(typed, &setting.country) {
            Ok(phone) => Ok(Value::Text(phone.e164)),
            Err(_) if typed.chars().filter(char::is_ascii_digit).count() >= 3 => {
                Ok(Value::Text(typed.to_owned()))
            }
            Err(_) => Err(Problem::new("phone_format").with("value", typed)),
        }
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        text_json(value)
    }
}

impl FieldKind for Url {
    fn name(&self) -> &'static str {
        "url"
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        one_column(name)
    }
    fn operators(&self) -> &'static [Op] {
        TEXT_OPS
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        let typed = plain_text(json, 2_000, false)?;
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(Value::Null);
        }
        let checked = text::url::check(typed);
        checked.map(Value::Text).map_err(|_| Problem::new("url_format").with("value", typed))
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        text_json(value)
    }
}
