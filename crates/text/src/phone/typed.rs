//! Reads what was typed: digits, a leading plus, an extension. Knows no numbering plan.

use super::{PHONE_CHARS_MAX, PhoneError};
use crate::fold::{is_invisible, narrow};

/// Longest first where one begins another.
const EXTENSION_MARKS: [&str; 12] =
    [";ext=", "extension", "ext.", "ext", "转接", "转", "轉", "分机", "分機", "内线", "x", "#"];
const EXTENSION_DIGITS_MAX: usize = 6;
const PREFIXES: [&str; 8] = ["tel:", "tel", "phone:", "电话:", "電話:", "手机:", "手機:", "t:"];

/// A number as typed, its signs removed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Typed {
    pub plus: bool,
    pub digits: String,
    pub extension: Option<String>,
    /// How many digits follow the last dash: 801 in `021-68881234-801` may be an extension.
    pub digits_after_dash: usize,
}

pub(super) fn read(text: &str) -> Result<Typed, PhoneError> {
    if text.chars().nth(4 * PHONE_CHARS_MAX).is_some() {
        return Err(PhoneError::Length);
    }
    let visible: String = narrow(text).chars().filter(|c| !is_invisible(*c)).collect();
    let lower = visible.trim().to_lowercase();
    if lower.chars().count() > PHONE_CHARS_MAX {
        return Err(PhoneError::Length);
    }
    let number = PREFIXES.iter().find_map(|prefix| lower.strip_prefix(prefix)).unwrap_or(&lower);
    let (number, extension) = split_extension(number.trim())?;
    let (plus, number) = match number.strip_prefix('+') {
        Some(rest) => (true, rest.replace("(0)", "")),
        None => (false, number.to_owned()),
    };
    let mut digits = String::with_capacity(number.len());
    let mut digits_after_dash = 0;
    for c in number.chars() {
        match c {
            '0'..='9' => {
                digits.push(c);
                digits_after_dash += 1;
            }
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => digits_after_dash = 0,
            // A plus may stand in brackets, (+86) 138…, or after a word.
            '+' if digits.is_empty() && !plus => return read_plus_in_brackets(&number, extension),
            '(' | ')' | '.' | '/' | '·' | '_' => {}
            _ if c.is_whitespace() => {}
            _ => return Err(PhoneError::Character),
        }
    }
    if digits.is_empty() {
        return Err(PhoneError::Empty);
    }
    Ok(Typed { plus, digits, extension, digits_after_dash })
}

fn read_plus_in_brackets(number: &str, extension: Option<String>) -> Result<Typed, PhoneError> {
    let rest = number.strip_prefix("(+").ok_or(PhoneError::Character)?;
    let mut typed = read(&format!("+{rest}"))?;
    typed.extension = extension;
    Ok(typed)
}

fn split_extension(number: &str) -> Result<(&str, Option<String>), PhoneError> {
    let Some((number, rest)) = EXTENSION_MARKS.iter().find_map(|mark| number.split_once(mark))
    else {
        return Ok((number, None));
    };
    let extension = rest.trim_matches(|c: char| c.is_whitespace() || ".:-,".contains(c));
    if extension.is_empty() || !extension.bytes().all(|b| b.is_ascii_digit()) {
        return Err(PhoneError::Character);
    }
    if extension.len() > EXTENSION_DIGITS_MAX {
        return Err(PhoneError::Length);
    }
    Ok((
        number.trim_end_matches(|c: char| c.is_whitespace() || ",;".contains(c)),
        Some(extension.to_owned()),
    ))
}
