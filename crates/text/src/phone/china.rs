//! The numbering plan of mainland China (公用电信网网络编号规划), as far as people write it on cards.

use super::typed::Typed;
use super::{PhoneError, PhoneKind};

pub(super) struct Number {
    /// Without trunk prefix.
    pub national: String,
    /// As shown in China, with trunk prefix.
    pub shown: String,
    pub extension: Option<String>,
    pub kind: PhoneKind,
}

/// `digits`: without calling code, the trunk prefix 0 or not. A last group after a dash is taken
/// for an extension if the number is complete without it.
pub(super) fn parse(digits: &str, typed: &Typed) -> Result<Number, PhoneError> {
    let whole = parse_plain(digits);
    let tail = typed.digits_after_dash;
    if typed.extension.is_none() && (1..=5).contains(&tail) && tail < digits.len() {
        let (head, extension) = digits.split_at(digits.len() - tail);
        if let (Err(_), Ok(number)) = (&whole, parse_plain(head))
            && number.2 != PhoneKind::Mobile
        {
            return Ok(with_extension(number, Some(extension.to_owned())));
        }
    }
    whole.map(|number| with_extension(number, typed.extension.clone()))
}

fn with_extension(
    (national, shown, kind): (String, String, PhoneKind),
    extension: Option<String>,
) -> Number {
    Number { national, shown, extension, kind }
}

fn parse_plain(digits: &str) -> Result<(String, String, PhoneKind), PhoneError> {
    let national = digits.strip_prefix('0').unwrap_or(digits);
    if is_mobile(national) {
        let shown = format!("{} {} {}", &national[..3], &national[3..7], &national[7..]);
        return Ok((national.to_owned(), shown, PhoneKind::Mobile));
    }
    if is_hotline(digits) {
        let shown = match digits.len() {
            10 => format!("{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..]),
            _ => digits.to_owned(),
        };
        return Ok((digits.to_owned(), shown, PhoneKind::Service));
    }
    if let Some((area, subscriber)) = area_length(national).map(|length| national.split_at(length))
    {
        let expected = if area.len() == 2 { 8..=8 } else { 7..=8 };
        let starts_well = matches!(subscriber.as_bytes().first(), Some(b'2'..=b'9'));
        if expected.contains(&subscriber.len()) && starts_well {
            let shown = format!("0{area}-{subscriber}");
            return Ok((national.to_owned(), shown, PhoneKind::Landline));
        }
    }
    match digits.len() {
        7 | 8 if !digits.starts_with(['0', '1']) => Err(PhoneError::AreaCodeMissing),
        _ => Err(PhoneError::Length),
    }
}

/// `1[3-9]` and nine digits.
pub(super) fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9')
}

/// 400 and 800 numbers (10 digits), and the hotlines 95xxx, 96xxx, 100xx, 12xxx, 11x.
fn is_hotline(digits: &str) -> bool {
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| digits.starts_with(prefix));
    match digits.len() {
        10 => starts(&["400", "800"]),
        5 => starts(&["95", "96", "100", "12"]),
        6 => starts(&["95", "96", "118"]),
        3 => starts(&["11", "12"]),
        _ => false,
    }
}

/// How many digits the area code has without its 0: 10 and 2x have two, 3xx to 9xx three.
fn area_length(national: &str) -> Option<usize> {
    match national.as_bytes() {
        [b'1', b'0', ..] | [b'2', _, ..] => Some(2),
        [b'3'..=b'9', _, _, ..] => Some(3),
        _ => None,
    }
}
