//! Folding: which different spellings count as the same text. Not for display.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use std::borrow::Cow;

/// The form in which two values are compared for uniqueness: NFKC, case-folded, without invisible
/// characters, trimmed, with inner white space collapsed to one space. Accents stay: `José` and
/// `Jose` are two people. Applying it twice changes nothing.
pub fn unique_key(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in narrow(text).chars().filter(|c| !is_invisible(*c)) {
        push_case_folded(c, &mut folded);
    }
    // Lower-casing may leave a sequence that has a composed form.
    collapse_spaces(&narrow(&folded))
}

/// NFKC: full-width letters and digits become plain ones, `㈱` becomes `(株)`.
pub(crate) fn narrow(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    ComposingNormalizerBorrowed::new_nfkc().normalize(text)
}

/// The form in which documents and queries meet: as [`unique_key`], but white space is kept and the
/// accents of Latin, Greek and Cyrillic letters are dropped (`Müller` = `muller`).
pub(crate) fn search_fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(text.chars()) {
        if !is_combining_accent(c) && !is_invisible(c) {
            push_case_folded(c, &mut folded);
        }
    }
    folded.retain(|c| !is_combining_accent(c));
    // Hangul and voiced kana were taken apart as well: put them together again.
    ComposingNormalizerBorrowed::new_nfc().normalize(&folded).into_owned()
}

/// Characters that cannot be seen and arrive by copy and paste: zero-width spaces and joiners,
/// direction marks, soft hyphens, byte-order marks.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn is_combining_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Unicode's full case folding where it matters, plus the Latin letters that have no decomposition.
fn push_case_folded(c: char, out: &mut String) {
    match c {
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'ø' | 'Ø' => out.push('o'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'ł' | 'Ł' => out.push('l'),
        'þ' | 'Þ' => out.push_str("th"),
        'ı' => out.push('i'),
        'ς' => out.push('σ'),
        _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        _ => out.extend(c.to_lowercase()),
    }
}

fn collapse_spaces(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_value_written_in_different_ways() {
        for (left, right) in [
            ("Acme  Ltd ", "acme ltd"),
            ("ＡＣＭＥ　Ｌｔｄ", "acme ltd"),
            ("张三\u{200b}", " 张三"),
            ("STRASSE", "straße"),
            ("ΟΔΟΣ", "οδος"),
            ("cafe\u{301}", "café"),
        ] {
            assert_eq!(unique_key(left), unique_key(right), "{left} = {right}");
        }
        assert_ne!(unique_key("José"), unique_key("Jose"));
        assert_ne!(unique_key("上海"), unique_key("上 海"));
    }

    #[test]
    fn search_drops_accents_but_not_voicing() {
        for (text, folded) in [
            ("Müller", "muller"),
            ("Ångström", "angstrom"),
            ("Łódź", "lodz"),
            ("İstanbul", "istanbul"),
            ("がぎ", "がぎ"),
            ("한국", "한국"),
            ("ＡＢ１", "ab1"),
        ] {
            assert_eq!(search_fold(text), folded);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = unique_key(&text);
            prop_assert_eq!(unique_key(&once), once);
            let once = search_fold(&text);
            prop_assert_eq!(search_fold(&once), once);
        }
    }
}
