//! Guesses the delimiter of a CSV file from its first records; the user's own choice comes before it.

use super::records::{Outcome, Records};

const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
const RECORDS_MAX: usize = 100;

/// The delimiter of the decoded sample, and whether the first line is only there to declare it
/// (`sep=;`, as some spreadsheets write).
pub(super) fn find(sample: &[u8], columns_max: usize) -> (u8, bool) {
    if let [b's', b'e', b'p', b'=', delimiter, b'\r' | b'\n', ..] = sample
        && delimiter.is_ascii()
    {
        return (*delimiter, true);
    }
    let best = CANDIDATES
        .into_iter()
        .filter_map(|delimiter| Some((score(sample, delimiter, columns_max)?, delimiter)))
        // On a draw the earlier candidate stays.
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    (best.map_or(b',', |(_, delimiter)| delimiter), false)
}

/// How many records per thousand are as wide as the header, then how wide that is; none where the
/// header has one column only.
fn score(sample: &[u8], delimiter: u8, columns_max: usize) -> Option<(usize, usize)> {
    let mut records = Records::new(sample, delimiter, sample.len() + 1, columns_max);
    let mut widths = Vec::new();
    while widths.len() < RECORDS_MAX
        && let Ok(Some(outcome)) = records.advance()
    {
        widths.push(if outcome == Outcome::TooLong { 0 } else { records.fields().len() });
    }
    // The last record of the sample may be cut short.
    if widths.len() > 2 && widths.len() < RECORDS_MAX {
        widths.pop();
    }
    let header = *widths.first().filter(|width| **width > 1)?;
    let same = widths.iter().filter(|width| **width == header).count();
    Some((same * 1000 / widths.len(), header))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_found() {
        for (sample, delimiter, declared) in [
            ("a,b,c\n1,2,3\n", b',', false),
            ("a;b\n1,5;2,5\n3,25;1,0\n", b';', false),
            ("a\tb\nx, y\tz\n", b'\t', false),
            ("a|b\n1|2\n", b'|', false),
            ("name,note\nx,\"a;b;c\"\ny,d;e\n", b',', false),
            ("\"a,b\";c\n\"1,2\";3\n", b';', false),
            ("only\none\n", b',', false),
            ("sep=;\r\na,b;c\n", b';', true),
            ("姓名,电话\n李雷,1\n", b',', false),
            ("", b',', false),
            ("\"", b',', false),
        ] {
            assert_eq!(find(sample.as_bytes(), 10), (delimiter, declared), "{sample:?}");
        }
    }
}
