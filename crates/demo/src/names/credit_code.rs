//! Unified social credit codes (GB 32100-2015) with right check characters, of firms that do not exist.

use crate::random::Random;

/// The standard's alphabet; a character's value is its position.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// The alphabet of organisation codes (GB 11714-1997).
const ORGANISATION: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

fn value(alphabet: &[u8], character: u8) -> usize {
    alphabet.iter().position(|known| *known == character).unwrap_or(0)
}

/// Check character of an organisation code: `11 - Σ value·weight mod 11`, 10 is X, 11 is 0.
fn organisation_check(body: &[u8]) -> u8 {
    const WEIGHTS: [usize; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize = body.iter().zip(WEIGHTS).map(|(c, w)| value(ORGANISATION, *c) * w).sum();
    match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + digit as u8,
    }
}

/// Check character of the whole code: `31 - Σ value·3^(i-1) mod 31`.
fn check(body: &[u8]) -> u8 {
    let mut weight = 1;
    let mut sum = 0;
    for character in body {
        sum += value(ALPHABET, *character) * weight;
        weight = weight * 3 % 31;
    }
    ALPHABET[(31 - sum % 31) % 31]
}

/// A code of a firm registered in the district with this six-digit code.
pub(crate) fn make(district: &str, random: &mut Random) -> String {
    let mut code: Vec<u8> = b"91".to_vec();
    code.extend(district.bytes());
    // New firms' organisation codes begin with MA.
    let mut organisation: Vec<u8> = b"MA".to_vec();
    organisation.extend((0..6).map(|_| *random.pick(ALPHABET)));
    organisation.push(organisation_check(&organisation));
    code.extend(organisation);
    code.push(check(&code));
    code.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_characters_follow_the_standards() {
        // The examples printed in the standards' own text.
        assert_eq!(check(b"91350100M000100Y4"), b'3');
        assert_eq!(organisation_check(b"D2143569"), b'X');
    }
}
