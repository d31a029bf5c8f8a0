//! A sentence in both languages of the product.

use std::fmt;

/// The same words in English and in simplified Chinese.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

impl Text {
    /// Both languages at once.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

/// A number as people like to read it: about three significant digits, no trailing zeros.
#[must_use]
pub fn number(value: f64) -> String {
    if value.is_nan() {
        return "–".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "-∞" }.to_owned();
    }
    let size = value.abs();
    if size >= 1e15 {
        return format!("{value:.3e}");
    }
    if size < 5e-5 {
        return if size == 0.0 { "0".to_owned() } else { format!("{value:.1e}") };
    }
    let digits = match size {
        s if s >= 100.0 || s == 0.0 => 0,
        s if s >= 10.0 => 1,
        s if s >= 1.0 => 2,
        s if s >= 0.1 => 3,
        _ => 4,
    };
    let text = format!("{value:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        grouped(&text)
    }
}

/// A whole number with its thousands parted by commas, from five digits on.
#[must_use]
pub fn grouped(whole: &str) -> String {
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |d| ("-", d));
    if digits.len() < 5 {
        return whole.to_owned();
    }
    let mut out = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A share of 1 as a percentage.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{} %", number(share * 100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_people_write_them() {
        for (value, want) in [
            (0.0, "0"),
            (1234.5, "1234"),
            (12_345.0, "12,345"),
            (-1_234_567.0, "-1,234,567"),
            (0.123_45, "0.123"),
            (1.5, "1.5"),
            (1e-7, "1.0e-7"),
            (-0.0, "0"),
            (1e20, "1.000e20"),
            (f64::NAN, "–"),
        ] {
            assert_eq!(number(value), want);
        }
    }
}
