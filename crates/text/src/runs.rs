//! Cuts folded text into words (scripts with spaces) and unspaced runs (Chinese and its like).

/// A stretch of letters and digits of one sort, with its byte position in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run<'a> {
    pub text: &'a str,
    pub start: usize,
    pub unspaced: bool,
}

impl Run<'_> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The runs of `text` in order; everything that is neither letter nor digit separates.
pub(crate) fn runs(text: &str) -> impl Iterator<Item = Run<'_>> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while chars.next_if(|(_, c)| !c.is_alphanumeric()).is_some() {}
        let (start, first) = chars.next()?;
        let unspaced = is_unspaced(first);
        let mut end = start + first.len_utf8();
        while let Some((at, c)) =
            chars.next_if(|(_, c)| c.is_alphanumeric() && is_unspaced(*c) == unspaced)
        {
            end = at + c.len_utf8();
        }
        Some(Run { text: &text[start..end], start, unspaced })
    })
}

/// Scripts written without spaces, or (Hangul) searched by syllable: Han, kana, bopomofo, Hangul,
/// Thai, Lao, Myanmar, Khmer.
pub(crate) fn is_unspaced(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}'
            | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{318f}' | '\u{31a0}'..='\u{31ff}'
            | '\u{ac00}'..='\u{d7ff}')
}

/// Chinese characters, with `〇` and the repetition mark.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(runs(text).map(|run| run.text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn text_is_cut_where_the_script_or_a_sign_says() {
        check("华为mate60 手机", &["华为", "mate60", "手机"]);
        check("a-b_c \"d'", &["a", "b", "c", "d"]);
        check("二〇二六年", &["二〇二六年"]);
        check(" ,。!", &[]);
        check("", &[]);
    }
}
