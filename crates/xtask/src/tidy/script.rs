//! TypeScript and TSX to tokens, well enough for the rules. It is a reader of words, not a parser.

use super::token::{Kind, Token};

/// After these a `/` begins a regular expression; after a value it divides.
const BEFORE_PATTERN: [char; 12] = ['(', ',', '=', ':', '[', '!', '&', '|', '?', '{', ';', '+'];

struct Reader<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    line: usize,
    tokens: Vec<Token>,
    /// For each open `${` of a template: how many `{` are open inside it.
    templates: Vec<usize>,
}

/// Cuts a file into tokens. All are counted as product code; test files are known by their names.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader {
        rest: text.chars().peekable(),
        line: 1,
        tokens: Vec::new(),
        templates: Vec::new(),
    };
    while let Some(next) = reader.take() {
        match next {
            '"' | '\'' => reader.string(next),
            '`' => reader.template(),
            '/' => reader.slash(),
            '{' => {
                if let Some(open) = reader.templates.last_mut() {
                    *open += 1;
                }
                reader.push(Kind::Mark('{'));
            }
            '}' => reader.closing_brace(),
            _ if next.is_alphabetic() || next == '_' || next == '$' => reader.word(next),
            _ if next.is_whitespace() || next.is_numeric() => {}
            _ => reader.push(Kind::Mark(next)),
        }
    }
    reader.tokens
}

impl Reader<'_> {
    fn take(&mut self) -> Option<char> {
        let next = self.rest.next()?;
        self.line += usize::from(next == '\n');
        Some(next)
    }

    fn push(&mut self, kind: Kind) {
        self.tokens.push(Token { kind, line: self.line, is_test: false });
    }

    fn word(&mut self, first: char) {
        let mut word = String::from(first);
        while let Some(&next) = self.rest.peek() {
            if !(next.is_alphanumeric() || next == '_' || next == '$') {
                break;
            }
            word.push(next);
            self.take();
        }
        self.push(Kind::Word(word));
    }

    /// Ends at the line's end at the latest, so that an apostrophe in the text of a page does
    /// no more harm than hiding the rest of its line.
    fn string(&mut self, quote: char) {
        let (line, mut text) = (self.line, String::new());
        while let Some(next) = self.take() {
            match next {
                '\\' => text.extend(self.take()),
                '\n' => break,
                _ if next == quote => break,
                _ => text.push(next),
            }
        }
        self.tokens.push(Token { kind: Kind::Text(text), line, is_test: false });
    }

    /// The texts between the `${…}` of a template, each a token; what is inside them is code.
    fn template(&mut self) {
        let (line, mut text) = (self.line, String::new());
        while let Some(next) = self.take() {
            match next {
                '\\' => text.extend(self.take()),
                '`' => break,
                '$' if self.rest.peek() == Some(&'{') => {
                    self.take();
                    self.templates.push(0);
                    break;
                }
                _ => text.push(next),
            }
        }
        self.tokens.push(Token { kind: Kind::Text(text), line, is_test: false });
    }

    fn closing_brace(&mut self) {
        match self.templates.last_mut() {
            Some(0) => {
                self.templates.pop();
                self.template();
            }
            Some(open) => {
                *open -= 1;
                self.push(Kind::Mark('}'));
            }
            None => self.push(Kind::Mark('}')),
        }
    }

    fn slash(&mut self) {
        match self.rest.peek().copied() {
            Some('/') => {
                while self.rest.peek().is_some_and(|next| *next != '\n') {
                    self.take();
                }
            }
            Some('*') => self.block_comment(),
            _ if self.is_pattern_place() => self.pattern(),
            _ => self.push(Kind::Mark('/')),
        }
    }

    fn block_comment(&mut self) {
        self.take();
        let mut before = ' ';
        while let Some(next) = self.take() {
            if before == '*' && next == '/' {
                break;
            }
            before = next;
        }
    }

    fn is_pattern_place(&self) -> bool {
        match self.tokens.last().map(|token| &token.kind) {
            None => true,
            Some(Kind::Mark(mark)) => BEFORE_PATTERN.contains(mark),
            Some(Kind::Word(word)) => word == "return",
            Some(Kind::Text(_)) => false,
        }
    }

    fn pattern(&mut self) {
        let mut is_in_class = false;
        while let Some(next) = self.take() {
            match next {
                '\\' => {
                    self.take();
                }
                '[' => is_in_class = true,
                ']' => is_in_class = false,
                '/' if !is_in_class => break,
                '\n' => break,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let words = tokens(text).into_iter().map(|token| match token.kind {
            Kind::Word(word) => word,
            Kind::Text(text) => format!("<{text}>"),
            Kind::Mark(mark) => mark.to_string(),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn strings_comments_and_patterns_are_told_apart() {
        assert_eq!(
            words("const a = 'it\\'s'; // \"no\"\nf(\"x\")"),
            "const a = <it's> ; f ( <x> )"
        );
        assert_eq!(words("/* 'no' */ a / b / c"), "a / b / c");
        assert_eq!(words("s.split(/['\"]/, 'x')"), "s . split ( , <x> )");
        assert_eq!(words("<p>Don't</p>\n<b/>"), "< p > Don <t</p>> < b / >");
    }

    #[test]
    fn templates_hold_code() {
        assert_eq!(words("`a ${f({ b: `c${d}` })} e`; g"), "<a > f ( { b : <c> d <> } ) < e> ; g");
    }

    #[test]
    fn lines_are_counted_through_everything() {
        let last = tokens("/*\n\n*/ `x\n${y}\n`\n'a\nz").pop().unwrap();
        assert_eq!((last.word(), last.line), (Some("z"), 7));
    }
}
