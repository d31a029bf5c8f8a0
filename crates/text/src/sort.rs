//! Sort keys: bytes whose order is the order of the texts, for an index column of any database.

use crate::names;
use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use std::sync::LazyLock;

/// Keys are cut here: at least 21 Chinese characters or some 40 Latin letters decide the order.
pub const SORT_KEY_BYTES_MAX: usize = 64;

/// Names the collation data. Stored keys made under another version must be made anew.
pub const SORT_KEY_VERSION: &str = "icu4x-2.4.0-zh-1";

/// Each character with a weight has at least one byte, so later ones cannot reach the key.
const SORT_CHARS_MAX: usize = 2 * SORT_KEY_BYTES_MAX;

/// Sorts below every character, so that a surname forms a group of its own (CLDR root, U+FFFE).
const BELOW_ALL: char = '\u{fffe}';

static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Tertiary);
    Collator::try_new(locale!("zh").into(), options).expect("the zh data are compiled in")
});

/// The key of any text in CLDR's Chinese order (`zh`, collation `pinyin`): signs, digits, Chinese
/// by pinyin and tone, then Latin and the other scripts; `a` < `A` < `b`. At most
/// [`SORT_KEY_BYTES_MAX`] bytes; texts that differ later have equal keys.
pub fn sort_key(text: &str) -> Vec<u8> {
    key(text.trim().chars())
}

/// As [`sort_key`], for a person's name: a surname with a reading of its own is sorted by it
/// (单小明 under Shan, 曾伟 under Zeng), all bearers of the surname together.
pub fn name_sort_key(name: &str) -> Vec<u8> {
    let name = name.trim();
    match names::surname_of(name) {
        Some(surname) => {
            let given = &name[surname.written.len()..];
            key(surname.sounds_like.chars().chain([BELOW_ALL]).chain(given.chars()))
        }
        None => key(name.chars()),
    }
}

fn key(chars: impl Iterator<Item = char>) -> Vec<u8> {
    let text: String = chars.take(SORT_CHARS_MAX).collect();
    let mut key = Vec::with_capacity(SORT_KEY_BYTES_MAX);
    let Ok(()) = COLLATOR.write_sort_key_to(&text, &mut key);
    key.truncate(SORT_KEY_BYTES_MAX);
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check_order(key: fn(&str) -> Vec<u8>, ordered: &[&str]) {
        for pair in ordered.windows(2) {
            assert!(key(pair[0]) < key(pair[1]), "{} < {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn chinese_stands_between_digits_and_latin() {
        check_order(
            sort_key,
            &["", "-", "1", "12", "2", "阿里", "北京", "上海", "张", "a", "A", "b"],
        );
        check_order(sort_key, &["a b", "ab", "abc", "é", "f", "Z", "α", "я"]);
    }

    #[test]
    fn surnames_sort_by_their_own_reading() {
        check_order(
            name_sort_key,
            &["单于明", "陈一", "欧一", "秦一", "仇一", "求一", "任一", "人一"],
        );
        check_order(name_sort_key, &["沙一", "单小明", "单一", "善一", "商一"]);
        check_order(name_sort_key, &["袁一", "乐一", "云一", "增", "曾伟", "扎一"]);
        assert!(sort_key("单小明") < sort_key("王一"));
        assert_eq!(name_sort_key("王小明"), sort_key(" 王小明 "));
    }

    /// The first character of each initial in CLDR's order.
    const FIRST_OF_INITIAL: &str =
        "a阿b八c嚓d咑e妸f发g旮h哈j丌k咔l垃m妈n拏o噢p妑q七r呥s仨t他w穵x夕y丫z帀";

    #[test]
    fn each_surname_of_the_table_sorts_under_its_initial() {
        let firsts: Vec<char> = FIRST_OF_INITIAL.chars().collect();
        for surname in names::SURNAMES {
            let key = name_sort_key(surname.written);
            let initial = firsts
                .chunks(2)
                .take_while(|pair| sort_key(&pair[1].to_string()) <= key)
                .last()
                .map(|pair| pair[0]);
            assert_eq!(initial, surname.readings[0].chars().next(), "{}", surname.written);
        }
    }

    proptest! {
        #[test]
        fn keys_agree_with_the_collator(left in any::<String>(), right in any::<String>()) {
            let (left_key, right_key) = (sort_key(&left), sort_key(&right));
            prop_assert!(left_key.len() <= SORT_KEY_BYTES_MAX);
            if left_key.len().max(right_key.len()) < SORT_KEY_BYTES_MAX {
                prop_assert_eq!(
                    left_key.cmp(&right_key),
                    COLLATOR.compare(left.trim(), right.trim())
                );
            }
            name_sort_key(&left);
        }

        #[test]
        fn ascii_keys_agree_too(left in "[ -~]{0,12}", right in "[ -~]{0,12}") {
            prop_assert_eq!(
                sort_key(&left).cmp(&sort_key(&right)),
                COLLATOR.compare(left.trim(), right.trim())
            );
        }
    }
}
