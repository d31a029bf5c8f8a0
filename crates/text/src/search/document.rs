//! The tokens under which a field's value is found.

use super::{TOKEN_CHARS_MAX, cut, spelling};
use crate::fold::search_fold;
use crate::phone;
use crate::runs::{Run, runs};

/// The most tokens one value yields; what comes later in a longer text is not found.
pub const DOCUMENT_TOKENS_MAX: usize = 4096;

/// No more than this is read of a value: enough to fill the tokens with long words.
const DOCUMENT_BYTES_MAX: usize = 16 * DOCUMENT_TOKENS_MAX;

/// Signs inside compounds that people leave out: `GTX-Pro`, `O'Brien`, `a.b@c.de`.
const CONNECTORS: &str = "-._/'’&+@:#·";

/// What sort of value is indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Titles, notes: words, compounds joined, Chinese characters and pairs.
    Text,
    /// Names of people and firms: as `Text`, plus pinyin in full and by initials from each
    /// character on, and the words joined (`johnsmith`).
    Name,
    /// Phone numbers: E.164 and national digits, and the last 4 to 11 digits.
    Phone,
    /// E-mail addresses: whole, local part, domain, words.
    Email,
    /// Numbers of contracts, products, serial numbers: whole, runs, letters and digits apart.
    Code,
}

/// The distinct tokens of a value, sorted, at most [`DOCUMENT_TOKENS_MAX`].
pub fn document_tokens(kind: Kind, value: &str) -> Vec<String> {
    let mut tokens = Tokens(Vec::new());
    let value = &value[..value.floor_char_boundary(DOCUMENT_BYTES_MAX)];
    match kind {
        Kind::Text => tokens.text(&search_fold(value)),
        Kind::Name => tokens.name(&search_fold(value)),
        Kind::Phone => tokens.phone(value),
        Kind::Email => tokens.email(&search_fold(value)),
        Kind::Code => tokens.code(&search_fold(value)),
    }
    tokens.0.sort_unstable();
    tokens.0.dedup();
    tokens.0
}

struct Tokens(Vec<String>);

impl Tokens {
    fn push(&mut self, token: &str) {
        if self.0.len() < DOCUMENT_TOKENS_MAX && !token.is_empty() {
            self.0.push(cut(token).to_owned());
        }
    }

    fn is_full(&self) -> bool {
        self.0.len() >= DOCUMENT_TOKENS_MAX
    }

    /// Words, Chinese characters and pairs, and compounds without their signs.
    fn text(&mut self, folded: &str) {
        for run in runs(folded) {
            match run.unspaced {
                true => self.unspaced(run.text),
                false => self.push(run.text),
            }
            if self.is_full() {
                return;
            }
        }
        self.compounds(folded, is_connector);
    }

    /// Neighbouring words joined where `joins` says so of what stands between them.
    fn compounds(&mut self, folded: &str, joins: fn(&str) -> bool) {
        let mut compound = String::new();
        let mut parts = 0;
        let mut last: Option<Run> = None;
        for run in runs(folded) {
            let joined = last.is_some_and(|last| {
                !last.unspaced && !run.unspaced && joins(&folded[last.end()..run.start])
            });
            if !joined {
                self.compound(&compound, parts);
                compound.clear();
                parts = 0;
            }
            if !run.unspaced {
                // Beyond its possible bytes the token is cut anyway.
                if compound.len() < 4 * TOKEN_CHARS_MAX {
                    compound.push_str(run.text);
                }
                parts += 1;
            }
            last = Some(run);
        }
        self.compound(&compound, parts);
    }

    fn compound(&mut self, compound: &str, parts: usize) {
        if parts > 1 {
            self.push(compound);
        }
    }

    /// Each character and each pair of neighbours, so that any part of the run is found.
    fn unspaced(&mut self, run: &str) {
        let mut last = None;
        for (at, c) in run.char_indices() {
            if self.is_full() {
                return;
            }
            let end = at + c.len_utf8();
            self.push(&run[at..end]);
            if let Some(start) = last {
                self.push(&run[start..end]);
            }
            last = Some(at);
        }
    }

    fn name(&mut self, folded: &str) {
        self.text(folded);
        self.compounds(folded, |_| true);
        for run in runs(folded).filter(|run| run.unspaced) {
            if self.is_full() {
                return;
            }
            for token in spelling::spellings(run.text) {
                self.push(&token);
            }
        }
    }

    fn phone(&mut self, value: &str) {
        match phone::parse(value, "CN") {
            Ok(phone) => {
                self.push(phone.e164.trim_start_matches('+'));
                self.number(&phone.national);
                // People dial and type the trunk prefix.
                self.push(&format!("0{}", phone.national));
                if let Some(extension) = &phone.extension {
                    self.push(extension);
                }
            }
            Err(_) => {
                let folded = search_fold(value);
                let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
                self.number(&digits);
                self.text(&folded);
            }
        }
    }

    /// The digits and their tails of 4 to 11 digits.
    fn number(&mut self, digits: &str) {
        self.push(digits);
        for length in 4..=digits.len().min(11) {
            self.push(&digits[digits.len() - length..]);
        }
    }

    fn email(&mut self, folded: &str) {
        self.text(folded);
        if let Some((local, domain)) = folded.trim().rsplit_once('@') {
            for part in [local, domain] {
                let joined: String = part.chars().filter(|c| c.is_alphanumeric()).collect();
                self.push(&joined);
            }
        }
    }

    fn code(&mut self, folded: &str) {
        self.text(folded);
        self.compounds(folded, |_| true);
        for run in runs(folded).filter(|run| !run.unspaced) {
            for part in letters_and_digits(run.text) {
                self.push(part);
                self.push(part.trim_start_matches('0'));
            }
        }
    }
}

fn is_connector(gap: &str) -> bool {
    let mut chars = gap.chars();
    matches!((chars.next(), chars.next()), (Some(sign), None) if CONNECTORS.contains(sign))
}

/// Cuts `ht2024a` into `ht`, `2024`, `a`.
fn letters_and_digits(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|c: char| c.is_numeric() != first.is_numeric()).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        Some(part)
    })
}
