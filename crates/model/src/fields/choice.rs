//! Choices: one or several of the codes that the field declares.

use serde_json::{Value as Json, json};

use super::{Column, FieldKind, Setting};
use crate::filter::Op;
use crate::label::{Label, label};
use crate::problem::Problem;
use crate::value::Value;

/// Codes one field of several choices may hold.
pub const CHOICES_MAX: usize = 50;

/// One option of a choice.
#[derive(Debug, Clone)]
pub struct Opt {
    /// The code kept in the record.
    pub value: String,
    /// The label in both languages.
    pub label: Label,
    /// A colour name of the UI's palette.
    pub color: Option<String>,
}

/// An option: code, English, Chinese.
pub fn opt(value: &str, en: &str, zh: &str) -> Opt {
    Opt { value: value.to_owned(), label: label(en, zh), color: None }
}

impl Opt {
    /// With a colour of the UI's palette.
    pub fn color(mut self, color: &str) -> Opt {
        self.color = Some(color.to_owned());
        self
    }
}

/// One of several codes.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The codes, in the order people see them.
    pub options: Vec<Opt>,
}
/// Several of several codes.
#[derive(Debug, Clone)]
pub struct ManyChoices {
    /// The codes, in the order people see them.
    pub options: Vec<Opt>,
}

/// The code that `typed` means: a code, or a label in either language.
fn code<'a>(options: &'a [Opt], typed: &str) -> Result<&'a str, Problem> {
    let typed = typed.trim();
    let found = options.iter().find(|o| o.value == typed).or_else(|| {
        options.iter().find(|o| {
            o.label.zh == typed
                || o.label.en.eq_ignore_ascii_case(typed)
                || o.value.eq_ignore_ascii_case(typed)
        })
    });
    found.map(|o| o.value.as_str()).ok_or_else(|| {
        let names = options
            .iter()
            .flat_map(|o| [o.value.as_str(), o.label.en.as_str(), o.label.zh.as_str()]);
        match text::suggest(typed, names) {
            Some(close) => {
                Problem::new("choice_similar").with("value", typed).with("similar", close)
            }
            None => Problem::new("choice_unknown").with("value", typed),
        }
    })
}

impl FieldKind for Choice {
    fn name(&self) -> &'static str {
        "choice"
    }
    fn columns(&self, name: &str) -> Vec<(String, Column)> {
        vec![(name.to_owned(), Column::Text)]
    }
    fn operators(&self) -> &'static [Op] {
        &[Op::Eq, Op::Ne, Op::In, Op::NotIn]
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        let typed = json.as_str().ok_or(Problem::new("choice_expected"))?;
        if typed.trim().is_empty() {
            return Ok(Value::Null);
        }
        Ok(Value::Text(code(&self.options, typed)?.to_owned()))
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        value.as_text().map_or(Json::Null, |text| Json::String(text.to_owned()))
    }
}

impl FieldKind for ManyChoices {
    fn name(&self) -> &'static str {
        "many_choices"
    }
    fn columns(&self, _: &str) -> Vec<(String, Column)> {
        Vec::new()
    }
    fn operators(&self) -> &'static [Op] {
        &[Op::HasAny, Op::HasAll, Op::HasNone]
    }
    fn read_json(&self, json: &Json, _: &Setting) -> Result<Value, Problem> {
        let typed: Vec<&str> = match json {
            Json::String(one) => one.split([',', '，', ';', '；', '、']).collect(),
            Json::Array(many) => {
                let texts: Option<Vec<&str>> = many.iter().map(Json::as_str).collect();
                texts.ok_or(Problem::new("choice_expected"))?
            }
            _ => return Err(Problem::new("choice_expected")),
        };
        if typed.len() > CHOICES_MAX {
            return Err(Problem::new("too_many").with("max", CHOICES_MAX));
        }
        let filled = typed.into_iter().filter(|word| !word.trim().is_empty());
        let codes = filled.map(|word| code(&self.options, word).map(str::to_owned));
        Ok(Value::texts(codes.collect::<Result<_, _>>()?))
    }
    fn write_json(&self, value: &Value, _: &Setting) -> Json {
        match value {
            Value::Texts(codes) => json!(codes),
            _ => json!([]),
        }
    }
    fn write_text(&self, value: &Value, _: &Setting) -> String {
        match value {
            Value::Texts(codes) => codes.join(";"),
            _ => String::new(),
        }
    }
    fn sortable(&self) -> bool {
        false
    }
}
