//! What a typed query asks of the index. Not a query language: every word is required.

use super::cut;
use crate::fold::search_fold;
use crate::runs::runs;

/// Further terms of a query are ignored: it then finds more, never less.
pub const QUERY_TERMS_MAX: usize = 16;
/// Only so much of a query is read.
pub const QUERY_CHARS_MAX: usize = 256;

/// A parsed query: a document is found if every term is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// At most [`QUERY_TERMS_MAX`]. Empty if the query had neither letter nor digit; whether that
    /// finds all or nothing is the caller's choice.
    pub terms: Vec<Term>,
}

/// One required term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// One of these must be found. Never empty; letters and digits only.
    pub alternatives: Vec<String>,
    /// Whether a token that starts with an alternative is enough.
    pub prefix: bool,
}

impl Query {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether a document with these tokens is found. Defines what the databases must do.
    pub fn matches(&self, tokens: &[String]) -> bool {
        self.terms.iter().all(|term| {
            term.alternatives.iter().any(|wanted| {
                tokens.iter().any(|token| match term.prefix {
                    true => token.starts_with(wanted.as_str()),
                    false => token == wanted,
                })
            })
        })
    }
}

/// The terms of a query: words by prefix, Chinese by pairs of characters (one alone by itself).
pub fn query_tokens(query: &str) -> Query {
    let query: String = query.chars().take(QUERY_CHARS_MAX).collect();
    let mut terms = Terms(Vec::new());
    for run in runs(&search_fold(&query)) {
        if run.unspaced {
            terms.unspaced(run.text);
        } else {
            terms.push(Term { alternatives: word_alternatives(run.text), prefix: true });
        }
    }
    Query { terms: terms.0 }
}

struct Terms(Vec<Term>);

impl Terms {
    fn push(&mut self, term: Term) {
        if self.0.len() < QUERY_TERMS_MAX && !self.0.contains(&term) {
            self.0.push(term);
        }
    }

    fn unspaced(&mut self, run: &str) {
        let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        let width = if starts.len() > 2 { 2 } else { 1 };
        for window in starts.windows(width + 1) {
            let pair = run[window[0]..window[width]].to_owned();
            self.push(Term { alternatives: vec![pair], prefix: false });
        }
    }
}

/// The word, and for a long number also without dialling zeros (0086138…, 0138…).
fn word_alternatives(word: &str) -> Vec<String> {
    let mut alternatives = vec![cut(word).to_owned()];
    let without_zeros = word.trim_start_matches('0');
    let is_number = word.len() >= 10 && word.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && without_zeros.len() < word.len() && !without_zeros.is_empty() {
        alternatives.push(cut(without_zeros).to_owned());
    }
    alternatives
}
