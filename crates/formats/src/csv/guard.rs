//! Keeps a spreadsheet from running a cell of an exported CSV as a formula, in a way that can be undone.
//!
//! Source of the rule: OWASP, "CSV Injection". A cell is guarded by an apostrophe in front. Cells that
//! already begin with apostrophes before a formula get one more, so that taking one away is always right.

use std::borrow::Cow;

/// True where a spreadsheet could take the text for a formula: where the first character that is not
/// blank, control or zero-width is `=`, `+`, `-` or `@` (also full width), or where a tab, line end or
/// NUL comes first. Plain numbers such as `-5`, `+3.14` or `+8613800138000` are harmless.
pub fn needs_guard(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    !is_signed_number(bare)
        && bare.chars().find(|char| !is_passed_over(*char)).is_some_and(|char| {
            matches!(
                char,
                '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n' | '\0'
            )
        })
}

/// The text as it goes into a CSV cell.
pub fn guard(text: &str) -> Cow<'_, str> {
    if needs_guard(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Takes away the apostrophe that [`guard`] added, and no other.
pub fn strip_guard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => rest,
        _ => text,
    }
}

fn is_signed_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}

fn is_passed_over(char: char) -> bool {
    let begins_a_cell = matches!(char, '\t' | '\r' | '\n' | '\0');
    !begins_a_cell
        && (char.is_whitespace()
            || char.is_control()
            || matches!(char, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for (text, guarded) in [
            ("=1+1", "'=1+1"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2+3", "'-2+3"),
            ("  =1", "'  =1"),
            ("\u{200b}=1", "'\u{200b}=1"),
            ("\u{feff}\u{3000}＝1", "'\u{feff}\u{3000}＝1"),
            ("\u{1}=1", "'\u{1}=1"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("\0x", "'\0x"),
            ("－1", "'－1"),
            ("-", "'-"),
            ("+86 138", "'+86 138"),
            ("'=1", "''=1"),
            ("''=1", "'''=1"),
            ("-5", "-5"),
            ("+3.14", "+3.14"),
            ("-5.", "'-5."),
            ("+8613800138000", "+8613800138000"),
            ("'-5", "'-5"),
            ("'tis", "'tis"),
            ("a=b", "a=b"),
            ("李雷", "李雷"),
            ("", ""),
        ] {
            assert_eq!(guard(text), guarded, "{text:?}");
            assert_eq!(strip_guard(guarded), text);
        }
    }

    proptest! {
        #[test]
        fn stripping_undoes_guarding(text in "['=+@\\-5a \\t\\r\\n\\x00\u{200b}＝]{0,8}") {
            let guarded = guard(&text);
            prop_assert_eq!(strip_guard(&guarded), text.as_str());
        }
    }
}
