//! 统一社会信用代码, the 18-character code of every organisation in China (GB 32100-2015).
//! Checks the form and the check character; whether the organisation exists is not known here.

use crate::fold::{is_invisible, narrow};

/// The standard's alphabet: no I, O, S, V, Z. A character's value is its position.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const LENGTH: usize = 18;

/// Why a code is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UsccError {
    #[error("the code has {found} characters instead of 18")]
    Length { found: usize },
    /// `position` counts from 1.
    #[error("character {position} is not allowed in a credit code")]
    Character { position: usize },
    #[error("the check character does not fit; the code is mistyped")]
    CheckCharacter,
}

/// The code in its written form: upper case, narrow, without spaces and dashes.
///
/// With weights `3^(i-1) mod 31`, the 18th character is `(31 - Σ value·weight mod 31) mod 31`.
pub fn check(text: &str) -> Result<String, UsccError> {
    let code: String = narrow(text)
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-' && !is_invisible(*c))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let found = code.chars().count();
    if found != LENGTH {
        return Err(UsccError::Length { found });
    }
    let mut sum = 0;
    let mut weight = 1;
    let mut last = 0;
    for (at, c) in code.chars().enumerate() {
        last = value(c).ok_or(UsccError::Character { position: at + 1 })?;
        if at < LENGTH - 1 {
            sum += last * weight;
            weight = weight * 3 % 31;
        }
    }
    if last == (31 - sum % 31) % 31 { Ok(code) } else { Err(UsccError::CheckCharacter) }
}

fn value(c: char) -> Option<usize> {
    ALPHABET.iter().position(|known| char::from(*known) == c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_codes() {
        for (text, expected) in [
            ("914403001922038216", Ok("914403001922038216".to_owned())),
            ("9144030071526726XG", Ok("9144030071526726XG".to_owned())),
            (" 9144 0300 7152 6726xg", Ok("9144030071526726XG".to_owned())),
            ("９１４４０３００１９２２０３８２１６", Ok("914403001922038216".to_owned())),
            ("91310115MA1H8R7C6D", Err(UsccError::CheckCharacter)),
            ("914403001922038217", Err(UsccError::CheckCharacter)),
            ("9144030019220382", Err(UsccError::Length { found: 16 })),
            ("91440300192203821I", Err(UsccError::Character { position: 18 })),
            ("", Err(UsccError::Length { found: 0 })),
        ] {
            assert_eq!(check(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_noticed(at in 0usize..18, other in 0usize..31) {
            let mut code = *b"9144030071526726XG";
            let right = code[at];
            code[at] = ALPHABET[other];
            let code = String::from_utf8(code.to_vec()).unwrap();
            prop_assert_eq!(check(&code).is_ok(), right == ALPHABET[other]);
        }

        #[test]
        fn anything_may_be_typed(text in any::<String>()) {
            let _ = check(&text);
        }
    }
}
