//! Brings a number written in any usual notation to exact plain decimal text; it does no arithmetic and never rounds.

/// The widest number we spell out; `1e308` is 309 digits.
const DIGITS_MAX: i64 = 400;

/// Plain decimal text of a JSON or spreadsheet number, such as `1e3` -> `1000` and `-1.50` -> `-1.50`;
/// none where it is no number or would need more than 400 digits. `+5` is not accepted.
pub fn plain_number(text: &str) -> Option<String> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], rest[at + 1..].parse::<i64>().ok()?),
        None => (rest, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits_only = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits_only(whole) || !digits_only(fraction) {
        return None;
    }
    if mantissa.ends_with('.') || exponent.abs() > DIGITS_MAX || rest.len() as i64 > DIGITS_MAX {
        return None;
    }
    let mut plain =
        if exponent == 0 { mantissa.to_owned() } else { shift(whole, fraction, exponent) };
    let zeros = plain.len() - plain.trim_start_matches('0').len();
    if zeros > 0 {
        let keep = if plain[zeros..].starts_with('.') || zeros == plain.len() { 1 } else { 0 };
        plain.drain(..zeros - keep);
    }
    let zero = plain.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if negative && !zero {
        plain.insert(0, '-');
    }
    Some(plain)
}

/// Moves the decimal point `exponent` digits to the right, or to the left where it is negative.
fn shift(whole: &str, fraction: &str, exponent: i64) -> String {
    let digits = format!("{whole}{fraction}");
    let point = whole.len() as i64 + exponent;
    if point <= 0 {
        return format!("0.{}{digits}", "0".repeat(-point as usize));
    }
    let point = point as usize;
    match digits.len().checked_sub(point) {
        None | Some(0) => format!("{digits}{}", "0".repeat(point - digits.len())),
        Some(_) => format!("{}.{}", &digits[..point], &digits[point..]),
    }
}

/// The number without the zeros that do not change its value: `1.50` -> `1.5`, `2.00` -> `2`.
pub(crate) fn trimmed(plain: &str) -> &str {
    match plain.contains('.') {
        true => plain.trim_end_matches('0').trim_end_matches('.'),
        false => plain,
    }
}

/// The spreadsheet's number for this text, where a spreadsheet can hold it without loss.
pub(crate) fn exact_f64(plain: &str) -> Option<f64> {
    let value: f64 = plain.parse().ok()?;
    // Excel shows and keeps 15 digits; what needs more is safer as text.
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    (value.is_finite() && digits <= 15 && value.to_string() == trimmed(plain)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_plain_text() {
        for (given, plain) in [
            ("0", Some("0")),
            ("-0", Some("0")),
            ("-0.0", Some("0.0")),
            ("-12.50", Some("-12.50")),
            ("007", Some("7")),
            ("1e3", Some("1000")),
            ("1.5E+2", Some("150")),
            ("12.345e1", Some("123.45")),
            ("12e-4", Some("0.0012")),
            ("0e5", Some("0")),
            ("123456789012345678901234567890", Some("123456789012345678901234567890")),
            ("1e401", None),
            ("1e99999999999999999999", None),
            ("", None),
            ("-", None),
            (".5", None),
            ("5.", None),
            ("+5", None),
            ("1,000", None),
            ("１", None),
            ("NaN", None),
        ] {
            assert_eq!(plain_number(given).as_deref(), plain, "{given:?}");
        }
    }

    #[test]
    fn only_exact_numbers_become_spreadsheet_numbers() {
        for (given, value) in [
            ("1.50", Some(1.5)),
            ("0.1", Some(0.1)),
            ("-20", Some(-20.0)),
            ("123456789012345", Some(123_456_789_012_345.0)),
            ("440301199001011234", None),
        ] {
            assert_eq!(exact_f64(given), value, "{given:?}");
        }
    }
}
