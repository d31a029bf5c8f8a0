//! Search tokens: what of a text is put in the index, and what a query asks of it. The index may be
//! any inverted one (SQLite FTS5, PostgreSQL `tsvector`): tokens are matched whole or by prefix.
//!
//! Tokens consist of lower-case letters and digits only. FTS5 should use `tokenize = 'ascii'`,
//! which leaves every other letter alone; PostgreSQL takes them by `array_to_tsvector`.

mod document;
mod marks;
mod query;
mod spelling;

pub use document::{DOCUMENT_TOKENS_MAX, Kind, document_tokens};
pub use marks::pinyin_marks;
pub use query::{QUERY_CHARS_MAX, QUERY_TERMS_MAX, Query, Term, query_tokens};

/// Longer tokens are cut, in documents and queries alike, so that they still meet.
pub const TOKEN_CHARS_MAX: usize = 40;

fn cut(token: &str) -> &str {
    match token.char_indices().nth(TOKEN_CHARS_MAX) {
        Some((end, _)) => &token[..end],
        None => token,
    }
}

#[cfg(test)]
mod tests;
