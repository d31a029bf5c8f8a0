//! Likeness of short texts: names that may be the same, and "did you mean". Not for documents.

use crate::fold::search_fold;

/// Only so much of a text is compared; the work grows with the product of both lengths.
const COMPARED_CHARS_MAX: usize = 128;
/// Below this likeness nothing is suggested.
const SUGGESTED_SIMILARITY_MIN: f64 = 0.8;

/// Jaro-Winkler similarity, 0.0 (nothing in common) to 1.0 (same), after folding case, width,
/// accents and dropping spaces and signs: `GTX-Pro` and `gtx pro` are the same.
/// (Winkler 1990, "String Comparator Metrics and Enhanced Decision Rules".)
pub fn similar(left: &str, right: &str) -> f64 {
    strsim::jaro_winkler(&comparable(left), &comparable(right))
}

/// The candidate that `word` was probably meant to be: the most similar one within one typing error
/// and one more per five characters (Damerau-Levenshtein); `None` if none is near. The first
/// candidate wins among equals.
pub fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = comparable(word);
    let errors_max = 1 + word.chars().count() / 5;
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let folded = comparable(candidate);
        let similarity = strsim::jaro_winkler(&word, &folded);
        let better = best.is_none_or(|(most, _)| similarity > most);
        if better
            && similarity >= SUGGESTED_SIMILARITY_MIN
            && strsim::osa_distance(&word, &folded) <= errors_max
        {
            best = Some((similarity, candidate));
        }
    }
    best.filter(|_| !word.is_empty()).map(|(_, candidate)| candidate)
}

fn comparable(text: &str) -> String {
    let text = &text[..text.floor_char_boundary(4 * COMPARED_CHARS_MAX)];
    search_fold(text).chars().filter(|c| c.is_alphanumeric()).take(COMPARED_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CANDIDATES: [&str; 8] =
        ["GTX Pro", "GTX Basic", "technology", "retail", "MG Special", "北京", "上海", "Email"];

    #[test]
    fn typing_errors_are_understood() {
        for (word, meant) in [
            ("GTXPro", Some("GTX Pro")),
            ("technolgy", Some("technology")),
            ("tehcnology", Some("technology")),
            ("Retial", Some("retail")),
            ("gtx-basic", Some("GTX Basic")),
            ("北京市", Some("北京")),
            ("e-mail", Some("Email")),
            ("广州", None),
            ("finance", None),
            ("", None),
            ("!!", None),
        ] {
            assert_eq!(suggest(word, CANDIDATES), meant, "{word}");
        }
        assert_eq!(suggest("x", []), None);
    }

    #[test]
    fn likeness_is_jaro_winkler_on_folded_text() {
        for (left, right, expected) in [
            ("MARTHA", "marhta", 0.9611),
            ("DWAYNE", "Duane", 0.84),
            ("华为技术", "华为技术", 1.0),
            ("上海", "北京", 0.0),
            ("GTX-Pro", "gtx pro", 1.0),
        ] {
            assert!((similar(left, right) - expected).abs() < 1e-3, "{left} {right}");
        }
    }

    proptest! {
        #[test]
        fn likeness_is_symmetric_and_bounded(left in any::<String>(), right in any::<String>()) {
            let both = similar(&left, &right);
            prop_assert!((0.0..=1.0).contains(&both));
            prop_assert!((both - similar(&right, &left)).abs() < 1e-12);
            suggest(&left, [right.as_str()]);
        }
    }
}
