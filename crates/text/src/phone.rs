//! Phone numbers: from what people type to E.164 and a form to show. Chinese numbers by their
//! numbering plan; others by calling code and length only, so that a number is never refused
//! because a national plan changed. Whether anybody answers is not known here.

mod calling_codes;
mod china;
mod typed;

use calling_codes::Country;
use typed::Typed;

/// Longer input is refused.
pub const PHONE_CHARS_MAX: usize = 64;
/// E.164: digits including the calling code.
const E164_DIGITS_MAX: usize = 15;

/// A number that can be dialled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// `+8613812345678`; with `extension`, the value to compare by.
    pub e164: String,
    /// `138 1234 5678` in the default country, `+1 415 555 2671` elsewhere, extension included.
    pub display: String,
    /// The digits after the calling code, without trunk prefix: `13812345678`, `2168881234`.
    pub national: String,
    /// Digits to dial after the answer.
    pub extension: Option<String>,
    /// ISO 3166 code in upper case; of a calling code that several countries share, the default
    /// country if it is among them, else the largest.
    pub country: &'static str,
    pub kind: PhoneKind,
}

/// What is known of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneKind {
    /// A Chinese mobile: can be sent text messages.
    Mobile,
    /// A Chinese number with area code.
    Landline,
    /// A Chinese hotline: 400, 800, 95xxx and the like.
    Service,
    /// A number of another country.
    Foreign,
}

/// Why a text is not taken for a phone number. The caller keeps and shows the text as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    #[error("there is no number")]
    Empty,
    #[error("the number has characters that cannot be dialled")]
    Character,
    #[error("the number has too few or too many digits")]
    Length,
    #[error("the area code is missing")]
    AreaCodeMissing,
    #[error("the calling code is not known; write it as +86 …")]
    CallingCode,
}

/// Parses one number. `default_country` (ISO 3166, `CN`) is the country of numbers written without
/// calling code; an unknown one accepts only numbers with `+` or `00`.
pub fn parse(text: &str, default_country: &str) -> Result<Phone, PhoneError> {
    let typed = typed::read(text)?;
    let default = calling_codes::by_iso(default_country);
    match with_calling_code(&typed, default) {
        Some(found) => {
            let (country, national) = found?;
            build(country, national, &typed, default)
        }
        None => {
            let country = default.ok_or(PhoneError::CallingCode)?;
            build(country, &typed.digits, &typed, default)
        }
    }
}

/// Splits off the calling code if the number was written with one.
fn with_calling_code<'a>(
    typed: &'a Typed,
    default: Option<&'static Country>,
) -> Option<Result<(&'static Country, &'a str), PhoneError>> {
    let international = match typed.plus {
        true => typed.digits.as_str(),
        false => match typed.digits.strip_prefix("00") {
            Some(rest) => rest,
            // 8613812345678: the plus was lost in a spreadsheet.
            None => {
                let home = default.filter(|country| country.iso == "CN")?;
                let rest = typed.digits.strip_prefix(home.code)?;
                return china::is_mobile(rest).then_some(Ok((home, rest)));
            }
        },
    };
    Some(calling_codes::split(international, default).ok_or(PhoneError::CallingCode))
}

fn build(
    country: &'static Country,
    digits: &str,
    typed: &Typed,
    default: Option<&'static Country>,
) -> Result<Phone, PhoneError> {
    let at_home = default.is_some_and(|home| home.iso == country.iso);
    let (national, shown, extension, kind) = if country.iso == "CN" {
        let number = china::parse(digits, typed)?;
        (number.national, number.shown, number.extension, number.kind)
    } else {
        let national = country.national(digits).ok_or(PhoneError::Length)?;
        let shown = grouped(national);
        (national.to_owned(), shown, typed.extension.clone(), PhoneKind::Foreign)
    };
    if country.code.len() + national.len() > E164_DIGITS_MAX {
        return Err(PhoneError::Length);
    }
    let mut display = match (at_home, country.iso, country.trunk) {
        // Chinese numbers are shown with the trunk prefix where one is dialled.
        (true, "CN", _) => shown,
        (false, "CN", _) => format!("+86 {}", shown.strip_prefix('0').unwrap_or(&shown)),
        (true, _, "0") => format!("0{shown}"),
        // Other prefixes (the 1 of the USA, the 8 of Russia) are not written.
        (true, _, _) => shown,
        (false, _, _) => format!("+{} {shown}", country.code),
    };
    if let Some(extension) = &extension {
        display.push_str(if country.iso == "CN" { "转" } else { " ext. " });
        display.push_str(extension);
    }
    let e164 = format!("+{}{national}", country.code);
    Ok(Phone { e164, display, national, extension, country: country.iso, kind })
}

/// Digits in groups that can be read aloud: the last four, before them threes (`415 555 2671`);
/// eight digits as two fours, nine as three threes.
fn grouped(digits: &str) -> String {
    let sizes: &[usize] = match digits.len() {
        0..=5 => &[5],
        6 => &[3, 3],
        7 => &[3, 4],
        8 => &[4, 4],
        9 => &[3, 3, 3],
        10 => &[3, 3, 4],
        11 => &[3, 4, 4],
        _ => &[4, 4, 4, 4],
    };
    let mut rest = digits;
    let mut groups = Vec::with_capacity(4);
    for size in sizes {
        let (group, after) = rest.split_at((*size).min(rest.len()));
        if !group.is_empty() {
            groups.push(group);
        }
        rest = after;
    }
    groups.join(" ")
}

#[cfg(test)]
mod tests;
