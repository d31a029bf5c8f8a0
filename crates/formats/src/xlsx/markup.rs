//! Watches XML on its way to the parser, which keeps a whole tag or text in memory, and every open tag's name.

use crate::error::FormatError;
use std::io::{self, Read};

/// A sheet is five levels deep.
const DEPTH_MAX: u32 = 64;

/// Passes bytes through; fails on a tag, text or comment longer than `bytes_max`, on too many levels,
/// and on a document type, the home of entity bombs, which no workbook has.
pub(super) struct Markup<R> {
    inner: R,
    state: State,
    bytes: usize,
    bytes_max: usize,
    depth: u32,
    /// Whether the tag is an end tag.
    closing: bool,
    /// The last three bytes.
    recent: [u8; 3],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Text,
    /// Behind `<`.
    Opened,
    Tag,
    Quoted(u8),
    /// Behind `<!`.
    Declared,
    Comment,
    CData,
    Instruction,
}

impl<R> Markup<R> {
    pub fn new(inner: R, bytes_max: usize) -> Self {
        Self {
            inner,
            state: State::Text,
            bytes: 0,
            bytes_max,
            depth: 0,
            closing: false,
            recent: [0; 3],
        }
    }

    fn check(&mut self, byte: u8) -> Result<(), FormatError> {
        let before = self.state;
        let ends_with = |recent: &[u8; 3], end: &[u8]| byte == b'>' && recent.ends_with(end);
        self.state = match (self.state, byte) {
            (State::Text, b'<') => {
                self.closing = false;
                State::Opened
            }
            (State::Opened, b'/') => {
                self.closing = true;
                State::Tag
            }
            (State::Opened, b'?') => State::Instruction,
            (State::Opened, b'!') => State::Declared,
            (State::Declared, b'-') => State::Comment,
            (State::Declared, b'[') => State::CData,
            (State::Declared, _) => return Err(FormatError::workbook("document type")),
            (State::Opened | State::Tag, b'"' | b'\'') => State::Quoted(byte),
            (State::Quoted(quote), byte) if quote == byte => State::Tag,
            (State::Opened | State::Tag, b'>') => {
                match (self.closing, self.recent[2]) {
                    (true, _) => self.depth = self.depth.saturating_sub(1),
                    (false, b'/') => {}
                    (false, _) => self.depth += 1,
                }
                State::Text
            }
            (State::Opened, _) => State::Tag,
            // The shortest are `<!---->`, `<![CDATA[]]>` and `<??>`; a shorter one does not end here.
            (State::Comment, _) if self.bytes > 4 && ends_with(&self.recent, b"--") => State::Text,
            (State::CData, _) if self.bytes > 9 && ends_with(&self.recent, b"]]") => State::Text,
            (State::Instruction, _) if self.bytes > 1 && ends_with(&self.recent, b"?") => {
                State::Text
            }
            (state, _) => state,
        };
        self.recent = [self.recent[1], self.recent[2], byte];
        self.bytes += 1;
        if (before == State::Text) != (self.state == State::Text) {
            self.bytes = 0;
        }
        if self.bytes > self.bytes_max || self.depth > DEPTH_MAX {
            return Err(FormatError::workbook("XML too long or too deep"));
        }
        Ok(())
    }
}

impl<R: Read> Read for Markup<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        for &byte in &buffer[..read] {
            self.check(byte)?;
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_bounded() {
        let long = "x".repeat(200);
        for (xml, passes) in [
            ("<?xml version='1.0'?><a b=\"1>2\"><c/>text</a>".to_owned(), true),
            ("<a><!-- > < --><![CDATA[<<>>]]></a>".to_owned(), true),
            (format!("<a>{long}</a>"), false),
            (format!("<a b='{}'/>", "<".repeat(200)), false),
            (format!("<!--{}-->", "> <".repeat(100)), false),
            (format!("<![CDATA[{}]]>", "> <".repeat(100)), false),
            (format!("<?p {} ?>", "> <".repeat(100)), false),
            (format!("<!-->{}", "<a></a>".repeat(100)), false),
            (format!("</a '>{}", "<a></a>".repeat(100)), false),
            ("<!----><![CDATA[]]><??>".repeat(100), true),
            ("<a>".repeat(65), false),
            ("<a></a>".repeat(65), true),
            ("<a/>".repeat(65), true),
            ("<!DOCTYPE lolz [<!ENTITY lol \"lol\">]>".to_owned(), false),
        ] {
            let result = Markup::new(xml.as_bytes(), 100).read_to_end(&mut Vec::new());
            assert_eq!(result.is_ok(), passes, "{xml}");
        }
    }
}
