//! Which characters of a Chinese title are meant by pinyin or initials. What is found is decided by the tokens; this
//! only shows why.

use std::collections::BTreeSet;

use super::TOKEN_CHARS_MAX;
use crate::names;

/// Characters of a text that are looked at.
const TEXT_CHARS_MAX: usize = 200;
/// Words of a query that are looked for.
const WORDS_MAX: usize = 8;

/// Ranges of `text` in characters, from and up to, that the words of `typed` spell in pinyin: in full, by initials, or
/// by a mixture whose last syllable may be unfinished. At most one for each word, the first there is.
pub fn pinyin_marks(text: &str, typed: &str) -> Vec<(usize, usize)> {
    let chars: Vec<char> = text.chars().take(TEXT_CHARS_MAX).collect();
    let words = typed.split_whitespace().map(str::to_lowercase);
    let words = words.filter(|word| {
        word.len() <= TOKEN_CHARS_MAX && word.chars().all(|c| c.is_ascii_lowercase())
    });
    let found = words.take(WORDS_MAX).filter_map(|word| {
        (0..chars.len())
            .find_map(|from| spelled(&chars[from..], &word).map(|count| (from, from + count)))
    });
    let found: BTreeSet<(usize, usize)> = found.collect();
    found.into_iter().collect()
}

/// How many of `chars` the whole of `word` spells, if it spells any from the first on.
fn spelled(chars: &[char], word: &str) -> Option<usize> {
    let name: String = chars.iter().collect();
    let surname = names::surname_of(&name).map_or(&[][..], |surname| surname.readings);
    // Where in the word the characters so far may end: each may be spelled in several ways.
    let mut ends = BTreeSet::from([0]);
    for (count, c) in chars.iter().enumerate() {
        let mut readings = names::readings(*c);
        readings.extend(surname.get(count).map(|reading| (*reading).to_owned()));
        let mut next = BTreeSet::new();
        for end in &ends {
            let rest = &word[*end..];
            for reading in &readings {
                if reading.starts_with(rest) {
                    return Some(count + 1);
                }
                if rest.starts_with(reading.as_str()) {
                    next.insert(end + reading.len());
                }
                if reading.as_bytes().first() == rest.as_bytes().first() {
                    next.insert(end + 1);
                }
            }
        }
        if next.is_empty() {
            return None;
        }
        ends = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::pinyin_marks;

    #[track_caller]
    fn check(text: &str, typed: &str, marked: &[&str]) {
        let chars: Vec<char> = text.chars().collect();
        let found = pinyin_marks(text, typed);
        let found: Vec<String> =
            found.iter().map(|(from, to)| chars[*from..*to].iter().collect()).collect();
        assert_eq!(found, marked, "{text} by {typed}");
    }

    #[test]
    fn what_was_typed_is_found_in_the_characters() {
        check("王小明", "wxm", &["王小明"]);
        check("王小明", "xm", &["小明"]);
        check("王小明", "wangxiao", &["王小"]);
        check("王小明", "wangxm", &["王小明"]);
        check("王小明", "WangXi", &["王小"]);
        check("上海云帆科技", "yf kj", &["云帆", "科技"]);
        check("单雄信", "shan", &["单"]);
        check("吕布", "lv", &["吕"]);
    }

    #[test]
    fn what_was_not_typed_is_not() {
        check("王小明", "wxq", &[]);
        check("王小明", "王", &[]);
        check("Acme", "acme", &[]);
        check("王小明", "wxmm", &[]);
        check("", "a", &[]);
        check("啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊", &"a".repeat(40), &[]);
    }
}
