//! Cuts decoded CSV text into records and fields; it knows quotes and line ends and nothing about cells.
//!
//! Written by hand because the library readers keep a whole record in memory however long it is, and
//! do not tell an unclosed quote, which swallows the rest of the file. Here a record has a limit, and
//! where a quote is never closed the record is read again with its quotes as ordinary characters.

use crate::error::FormatError;
use std::io::Read;
use std::ops::Range;

const READ_BYTES: usize = 64 << 10;
/// Each re-reading costs at most one record's limit; a file that needs more of them has no quotes at all.
const REREADS_MAX: u32 = 64;

/// How a record came out. Its fields are in [`Records::fields`] unless it was too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Good,
    /// A quote was never closed; the quotes of this record are text.
    QuoteUnclosed,
    TooLong,
}

pub(super) struct Records<R> {
    input: R,
    delimiter: u8,
    record_bytes_max: usize,
    fields_max: usize,
    buffer: Vec<u8>,
    /// Where the record begins in the buffer; everything before is done with.
    start: usize,
    ended: bool,
    /// Offsets from `start`, with the quotes; at most `fields_max` + 1 of them.
    fields: Vec<Range<usize>>,
    /// Where the next record begins, from `start`.
    next: usize,
    line: u64,
    lines: u64,
    rereads: u32,
    quotes: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    /// Behind a quote inside a quoted field: its end, or the first half of an escaped quote.
    QuoteSeen,
}

enum Scan {
    End,
    Blank,
    Record,
    TooLong,
    Unclosed,
}

impl<R: Read> Records<R> {
    /// Records of at most `record_bytes_max` bytes, of which the first `fields_max` + 1 fields are kept.
    pub fn new(input: R, delimiter: u8, record_bytes_max: usize, fields_max: usize) -> Self {
        Self {
            input,
            delimiter,
            record_bytes_max,
            fields_max,
            buffer: Vec::with_capacity(2 * READ_BYTES),
            start: 0,
            ended: false,
            fields: Vec::new(),
            next: 0,
            line: 1,
            lines: 0,
            rereads: 0,
            quotes: true,
        }
    }

    /// Goes on to the next record; lines without any character are passed over.
    pub fn advance(&mut self) -> Result<Option<Outcome>, FormatError> {
        loop {
            self.start += self.next;
            self.line += self.lines;
            (self.next, self.lines) = (0, 0);
            let outcome = match self.scan(self.quotes)? {
                Scan::End => return Ok(None),
                Scan::Blank => continue,
                Scan::Record => self.good_outcome(),
                Scan::TooLong => self.discard()?,
                Scan::Unclosed => {
                    self.rereads += 1;
                    self.quotes = self.rereads < REREADS_MAX;
                    match self.scan(false)? {
                        Scan::Record => Outcome::QuoteUnclosed,
                        _ => self.discard()?,
                    }
                }
            };
            return Ok(Some(outcome));
        }
    }

    /// The line on which the record begins, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The raw fields of the record, quotes and all.
    pub fn fields(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.fields
            .iter()
            .map(|field| &self.buffer[self.start + field.start..self.start + field.end])
    }

    fn good_outcome(&self) -> Outcome {
        let literal =
            !self.quotes && self.buffer[self.start..self.start + self.next].contains(&b'"');
        if literal { Outcome::QuoteUnclosed } else { Outcome::Good }
    }

    fn scan(&mut self, quotes: bool) -> Result<Scan, FormatError> {
        self.fields.clear();
        let (mut at, mut field) = (0, 0);
        let mut state = State::FieldStart;
        let mut quoted_lines = false;
        loop {
            let Some(byte) = self.byte(at)? else {
                if at == 0 {
                    return Ok(Scan::End);
                }
                if state == State::Quoted {
                    return Ok(Scan::Unclosed);
                }
                self.push(field..at);
                self.finish(at, at, quoted_lines);
                return Ok(Scan::Record);
            };
            if at >= self.record_bytes_max {
                return Ok(if state == State::Quoted { Scan::Unclosed } else { Scan::TooLong });
            }
            match (state, byte) {
                (State::Quoted, b'"') => state = State::QuoteSeen,
                (State::Quoted, b'\n' | b'\r') => quoted_lines = true,
                (State::Quoted, _) => {}
                (State::QuoteSeen, b'"') => state = State::Quoted,
                (State::FieldStart, b'"') if quotes => state = State::Quoted,
                (_, b'\n' | b'\r') => {
                    let pair = byte == b'\r' && self.byte(at + 1)? == Some(b'\n');
                    self.push(field..at);
                    self.finish(at, at + 1 + usize::from(pair), quoted_lines);
                    return Ok(if at == 0 { Scan::Blank } else { Scan::Record });
                }
                (_, byte) if byte == self.delimiter => {
                    self.push(field..at);
                    field = at + 1;
                    state = State::FieldStart;
                }
                _ => state = State::Plain,
            }
            at += 1;
        }
    }

    fn push(&mut self, field: Range<usize>) {
        if self.fields.len() <= self.fields_max {
            self.fields.push(field);
        }
    }

    fn finish(&mut self, end: usize, next: usize, quoted_lines: bool) {
        self.next = next;
        self.lines = 1;
        if quoted_lines {
            let record = &self.buffer[self.start..self.start + end];
            let ends = record.iter().enumerate().filter(|(at, byte)| match byte {
                b'\n' => true,
                b'\r' => record.get(at + 1) != Some(&b'\n'),
                _ => false,
            });
            self.lines += ends.count() as u64;
        }
    }

    /// Passes over the rest of a line that is too long without keeping it.
    fn discard(&mut self) -> Result<Outcome, FormatError> {
        self.fields.clear();
        let mut at = 0;
        while let Some(byte) = self.byte(at)? {
            at += 1;
            if byte == b'\n' || byte == b'\r' {
                at += usize::from(byte == b'\r' && self.byte(at)? == Some(b'\n'));
                break;
            }
            if at == READ_BYTES {
                self.start += at;
                at = 0;
            }
        }
        (self.next, self.lines) = (at, 1);
        Ok(Outcome::TooLong)
    }

    /// The byte `at` bytes behind the record's start, read on demand.
    #[inline]
    fn byte(&mut self, at: usize) -> Result<Option<u8>, FormatError> {
        loop {
            if let Some(byte) = self.buffer.get(self.start + at) {
                return Ok(Some(*byte));
            }
            if self.ended {
                return Ok(None);
            }
            self.read_more()?;
        }
    }

    #[cold]
    fn read_more(&mut self) -> Result<(), FormatError> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let filled = self.buffer.len();
        self.buffer.resize(filled + READ_BYTES, 0);
        let read = self.input.read(&mut self.buffer[filled..])?;
        self.buffer.truncate(filled + read);
        self.ended = read == 0;
        Ok(())
    }
}

/// The text of a raw field, and whether anything followed its closing quote.
pub(super) fn unquote(raw: &[u8]) -> (Vec<u8>, bool) {
    let mut text = Vec::with_capacity(raw.len());
    let mut bytes = raw[1..].iter();
    while let Some(&byte) = bytes.next() {
        if byte != b'"' {
            text.push(byte);
        } else if bytes.as_slice().first() == Some(&b'"') {
            bytes.next();
            text.push(b'"');
        } else {
            text.extend_from_slice(bytes.as_slice());
            return (text, !bytes.as_slice().is_empty());
        }
    }
    (text, false)
}
