//! A formula's source cut into tokens. Knows literals and symbols, not their order.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::error::FormulaError;
use crate::value::Value;

/// A token and its place in characters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) at: usize,
    pub(super) token: Token,
}

/// The smallest piece with a meaning.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A whole number or decimal, without sign.
    Number(Value),
    /// A text, its escapes resolved.
    Text(String),
    /// A name or word: `amount`, `in`, `true`.
    Name(String),
    /// An operator or bracket.
    Symbol(&'static str),
    /// After the last character.
    End,
}

/// Longer symbols first, so that `<=` is not `<`.
const SYMBOLS: &[&str] = &[
    "||", "&&", "<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", "(", ")",
    "[", "]", ",", ".",
];

/// The tokens of `source`, the last one [`Token::End`].
pub(super) fn tokens(source: &str) -> Result<Vec<Placed>, FormulaError> {
    let mut reader = Reader { chars: source.chars().collect(), next: 0 };
    let mut found = Vec::new();
    loop {
        reader.skip_blank();
        let at = reader.next;
        let token = reader.token()?;
        let ended = token == Token::End;
        found.push(Placed { at, token });
        if ended {
            return Ok(found);
        }
    }
}

struct Reader {
    chars: Vec<char>,
    next: usize,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.next + ahead).copied()
    }

    /// Takes characters while they are `wanted`.
    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let taken: String = self.chars[self.next..].iter().take_while(|c| wanted(**c)).collect();
        self.next += taken.chars().count();
        taken
    }

    /// Skips white space and `// …` to the end of the line.
    fn skip_blank(&mut self) {
        loop {
            self.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}'));
            if self.peek(0) != Some('/') || self.peek(1) != Some('/') {
                return;
            }
            self.take_while(|c| c != '\n');
        }
    }

    fn token(&mut self) -> Result<Token, FormulaError> {
        let Some(first) = self.peek(0) else { return Ok(Token::End) };
        if matches!(first, '"' | '\'') {
            return self.text(first);
        }
        let point_then_digit = first == '.' && self.peek(1).is_some_and(|c| c.is_ascii_digit());
        if first.is_ascii_digit() || point_then_digit {
            return self.number();
        }
        if first.is_ascii_alphabetic() || first == '_' {
            return Ok(Token::Name(self.take_while(is_word)));
        }
        let here = &self.chars[self.next..];
        let stands_here =
            |symbol: &&&str| symbol.chars().enumerate().all(|(i, c)| here.get(i) == Some(&c));
        let Some(symbol) = SYMBOLS.iter().find(stands_here) else {
            return Err(FormulaError::new("formula_character", self.next).with("found", first));
        };
        self.next += symbol.len();
        Ok(Token::Symbol(symbol))
    }

    /// Digits with at most one point between or before them; no exponent, no hexadecimal, no suffix.
    fn number(&mut self) -> Result<Token, FormulaError> {
        let at = self.next;
        let mut written = self.take_while(|c| c.is_ascii_digit());
        if self.peek(0) == Some('.') && self.peek(1).is_some_and(|c| c.is_ascii_digit()) {
            self.next += 1;
            let fraction = self.take_while(|c| c.is_ascii_digit());
            written = format!("{}.{fraction}", if written.is_empty() { "0" } else { &written });
        }
        let suffix = self.take_while(is_word);
        let value = i64::from_str(&written).map(Value::Int).ok();
        let value = value.or_else(|| Decimal::from_str_exact(&written).map(Value::Decimal).ok());
        match value {
            Some(value) if suffix.is_empty() => Ok(Token::Number(value)),
            _ => {
                let found = format!("{written}{suffix}");
                Err(FormulaError::new("formula_number", at).with("found", found))
            }
        }
    }

    /// A text in `quote`s on one line.
    fn text(&mut self, quote: char) -> Result<Token, FormulaError> {
        let at = self.next;
        self.next += 1;
        let mut text = String::new();
        loop {
            let Some(c) = self.peek(0).filter(|c| !matches!(c, '\n' | '\r')) else {
                return Err(FormulaError::new("formula_text_open", at));
            };
            match c {
                _ if c == quote => {
                    self.next += 1;
                    return Ok(Token::Text(text));
                }
                '\\' => text.push(self.escape()?),
                // A database text cannot hold it.
                '\0' => {
                    let error = FormulaError::new("formula_character", self.next);
                    return Err(error.with("found", "NUL"));
                }
                _ => {
                    self.next += 1;
                    text.push(c);
                }
            }
        }
    }

    /// The character that an escape stands for: `\n`, `\r`, `\t`, `\\`, `\"`, `\'`, `\uXXXX`, `\UXXXXXXXX`.
    fn escape(&mut self) -> Result<char, FormulaError> {
        let at = self.next;
        let letter = self.peek(1);
        self.next = (self.next + 2).min(self.chars.len());
        let plain = match letter {
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some(same @ ('\\' | '"' | '\'')) => Some(same),
            Some('u') => self.code_point(4),
            Some('U') => self.code_point(8),
            _ => None,
        };
        plain.filter(|c| *c != '\0').ok_or_else(|| {
            let found: String = self.chars[at..self.next].iter().collect();
            FormulaError::new("formula_escape", at).with("found", found)
        })
    }

    /// The character of exactly `digits` hexadecimal digits; none for a surrogate.
    fn code_point(&mut self, digits: usize) -> Option<char> {
        let hex: String = self.chars[self.next..]
            .iter()
            .take(digits)
            .take_while(|c| c.is_ascii_hexdigit())
            .collect();
        self.next += hex.len();
        let code = u32::from_str_radix(&hex, 16).ok().filter(|_| hex.len() == digits)?;
        char::from_u32(code)
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
