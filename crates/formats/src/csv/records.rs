//! Cuts decoded CSV text into records and fields; it knows quotes and line ends and nothing about cells.
//!
//! Written by hand because the library readers keep a whole record in memory however long it is, and
//! do not tell an unclosed quote, which swallows the rest of the file. Here a record has a limit, and
//! where a quote is never closed the record is read again with its quotes as ordinary characters.

use crate::error::FormatError;
use memchr::{memchr, memchr2, memchr3};
use std::io::Read;
use std::ops::Range;

const READ_BYTES: usize = 64 << 10;
/// Each re-reading costs at most one record's limit; a file that needs more of them has no quotes at all.
const REREADS_MAX: u32 = 32;

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
    buffer: Buffer,
    /// Offsets from the record's start, with the quotes; at most `fields_max` + 1 of them.
    fields: Vec<Range<usize>>,
    /// Bytes of the record with its line end.
    bytes: usize,
    line: u64,
    lines: u64,
    /// The record before ended in CR, so an LF that follows belongs to it.
    after_cr: bool,
    rereads: u32,
    quotes: bool,
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
            buffer: Buffer { bytes: vec![0; 2 * READ_BYTES], start: 0, filled: 0 },
            fields: Vec::new(),
            bytes: 0,
            line: 1,
            lines: 0,
            after_cr: false,
            rereads: 0,
            quotes: true,
        }
    }

    /// Goes on to the next record; lines without any character are passed over.
    pub fn advance(&mut self) -> Result<Option<Outcome>, FormatError> {
        loop {
            self.buffer.start += self.bytes;
            self.line += self.lines;
            (self.bytes, self.lines) = (0, 0);
            self.pass_over_lf()?;
            let outcome = match self.scan(self.quotes)? {
                Scan::End => return Ok(None),
                Scan::Blank => continue,
                Scan::Record => self.outcome(),
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
        let record = self.buffer.rest();
        self.fields.iter().map(|field| &record[field.clone()])
    }

    fn pass_over_lf(&mut self) -> Result<(), FormatError> {
        if std::mem::take(&mut self.after_cr) {
            if self.buffer.rest().is_empty() {
                self.buffer.read_more(&mut self.input)?;
            }
            self.buffer.start += usize::from(self.buffer.rest().first() == Some(&b'\n'));
        }
        Ok(())
    }

    fn outcome(&self) -> Outcome {
        let literal = !self.quotes && self.buffer.rest()[..self.bytes].contains(&b'"');
        if literal { Outcome::QuoteUnclosed } else { Outcome::Good }
    }

    fn scan(&mut self, quotes: bool) -> Result<Scan, FormatError> {
        self.fields.clear();
        let mut machine = Machine {
            state: State::FieldStart,
            at: 0,
            field: 0,
            quoted: false,
            quotes,
            delimiter: self.delimiter,
            fields: &mut self.fields,
            fields_max: self.fields_max,
        };
        let ended = loop {
            let bytes = self.buffer.rest();
            let bytes = &bytes[..bytes.len().min(self.record_bytes_max + 1)];
            if machine.run(bytes) {
                break false;
            }
            if machine.at > self.record_bytes_max {
                // Where quotes took it over several lines, only a reading without them gets on.
                return Ok(if machine.quoted { Scan::Unclosed } else { Scan::TooLong });
            }
            if !self.buffer.read_more(&mut self.input)? {
                break true;
            }
        };
        if ended {
            match (machine.at, machine.state) {
                (0, _) => return Ok(Scan::End),
                (_, State::Quoted) => return Ok(Scan::Unclosed),
                _ => machine.push(),
            }
        }
        let (at, quoted) = (machine.at, machine.quoted);
        let record = self.buffer.rest();
        self.after_cr = record.get(at) == Some(&b'\r');
        self.bytes = at + usize::from(!ended);
        self.lines = 1 + if quoted { line_ends(&record[..at]) } else { 0 };
        Ok(if at == 0 { Scan::Blank } else { Scan::Record })
    }

    /// Passes over the rest of a line that is too long without keeping it.
    fn discard(&mut self) -> Result<Outcome, FormatError> {
        self.fields.clear();
        (self.bytes, self.lines) = (0, 1);
        loop {
            let rest = self.buffer.rest();
            if let Some(end) = memchr2(b'\n', b'\r', rest) {
                self.after_cr = rest[end] == b'\r';
                self.bytes = end + 1;
                return Ok(Outcome::TooLong);
            }
            self.buffer.start = self.buffer.filled;
            if !self.buffer.read_more(&mut self.input)? {
                return Ok(Outcome::TooLong);
            }
        }
    }
}

/// What was read and not yet passed: the record at hand and what follows it.
struct Buffer {
    bytes: Vec<u8>,
    start: usize,
    filled: usize,
}

impl Buffer {
    fn rest(&self) -> &[u8] {
        &self.bytes[self.start..self.filled]
    }

    /// False at the end of the input.
    fn read_more(&mut self, input: &mut impl Read) -> Result<bool, FormatError> {
        if self.filled == self.bytes.len() {
            self.bytes.copy_within(self.start..self.filled, 0);
            self.filled -= self.start;
            self.start = 0;
            if self.filled > self.bytes.len() / 2 {
                self.bytes.resize(2 * self.bytes.len(), 0);
            }
        }
        let read = input.read(&mut self.bytes[self.filled..])?;
        self.filled += read;
        Ok(read > 0)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    /// Behind a quote inside a quoted field: its end, or the first half of an escaped quote.
    QuoteSeen,
}

/// Reads one record in as many pieces as it comes in.
struct Machine<'a> {
    state: State,
    /// The next byte, from the record's start.
    at: usize,
    /// Where the field at hand begins.
    field: usize,
    /// Whether any field is quoted.
    quoted: bool,
    /// Whether quotes mean anything.
    quotes: bool,
    delimiter: u8,
    fields: &'a mut Vec<Range<usize>>,
    fields_max: usize,
}

impl Machine<'_> {
    /// Reads on in the record's bytes; true when it has come to the line end, at `at`.
    fn run(&mut self, bytes: &[u8]) -> bool {
        while let Some(&byte) = bytes.get(self.at) {
            match (self.state, byte) {
                (State::Quoted, b'"') => self.state = State::QuoteSeen,
                (State::Quoted, _) => {
                    let rest = &bytes[self.at..];
                    self.at += memchr(b'"', rest).unwrap_or(rest.len());
                    continue;
                }
                (State::QuoteSeen, b'"') => self.state = State::Quoted,
                (State::FieldStart, b'"') if self.quotes => {
                    self.state = State::Quoted;
                    self.quoted = true;
                }
                (_, b'\n' | b'\r') => {
                    self.push();
                    return true;
                }
                (_, byte) if byte == self.delimiter => {
                    self.push();
                    self.field = self.at + 1;
                    self.state = State::FieldStart;
                }
                _ => {
                    self.state = State::Plain;
                    let rest = &bytes[self.at..];
                    self.at += memchr3(self.delimiter, b'\n', b'\r', rest).unwrap_or(rest.len());
                    continue;
                }
            }
            self.at += 1;
        }
        false
    }

    fn push(&mut self) {
        if self.fields.len() <= self.fields_max {
            self.fields.push(self.field..self.at);
        }
    }
}

fn line_ends(record: &[u8]) -> u64 {
    let ends = record.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => record.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    ends.count() as u64
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
