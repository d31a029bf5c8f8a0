//! What is wrong with an input, as data: a code, the field it is about and the parameters of its message.

use crate::label::Language;
use crate::messages;

/// One thing that is wrong. Its words are in `messages`, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field it is about, or none when it is about the record or request as a whole.
    pub field: Option<String>,
    /// The code, one of `messages::CODES`.
    pub code: &'static str,
    /// Named parameters of the message.
    pub params: Vec<(&'static str, String)>,
}

impl Problem {
    /// A problem of the whole record or request.
    pub fn new(code: &'static str) -> Problem {
        Problem { field: None, code, params: Vec::new() }
    }

    /// A problem of one field.
    pub fn of(field: &str, code: &'static str) -> Problem {
        Problem { field: Some(field.to_owned()), code, params: Vec::new() }
    }

    /// The same with a parameter of its message.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Problem {
        self.params.push((name, value.to_string()));
        self
    }

    /// The same about `field`, unless it already names one.
    pub fn at(mut self, field: &str) -> Problem {
        self.field.get_or_insert_with(|| field.to_owned());
        self
    }

    /// The message in `language`.
    pub fn message(&self, language: Language) -> String {
        messages::render(self.code, &self.params, language)
    }
}
