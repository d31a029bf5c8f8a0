//! Files that are huge, or unpack to something huge, read from sources that hold nothing themselves.

use crate::open;
use flate2::{Compression, write::GzEncoder};
use formats::{Limits, Options};
use std::io::{self, Read, Seek, SeekFrom, Write};

/// `head`, then `filler` repeated up to `bytes`, then `tail`; made up as it is read.
struct Made {
    head: &'static [u8],
    filler: &'static [u8],
    tail: &'static [u8],
    bytes: u64,
    at: u64,
}

impl Made {
    fn new(head: &'static str, filler: &'static str, tail: &'static str, bytes: u64) -> Self {
        Self {
            head: head.as_bytes(),
            filler: filler.as_bytes(),
            tail: tail.as_bytes(),
            bytes,
            at: 0,
        }
    }
}

impl Read for Made {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (head, tail) = (self.head.len() as u64, self.bytes - self.tail.len() as u64);
        let part = match self.at {
            at if at < head => &self.head[at as usize..],
            at if at >= tail => &self.tail[(at - tail) as usize..],
            at => {
                let part = &self.filler[((at - head) % self.filler.len() as u64) as usize..];
                &part[..part.len().min((tail - at) as usize)]
            }
        };
        let read = part.len().min(buffer.len());
        buffer[..read].copy_from_slice(&part[..read]);
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Made {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => self.bytes.saturating_add_signed(by),
            SeekFrom::Current(by) => self.at.saturating_add_signed(by),
        };
        Ok(self.at)
    }
}

const FILLER: &str = match std::str::from_utf8(&[b'x'; 4096]) {
    Ok(text) => text,
    Err(_) => "",
};

#[test]
fn one_line_of_100_megabytes_costs_one_row() {
    for (head, tail) in [("a,b\n1,", "\n3,4\n"), ("a,b\n1,\"", "\n3,4\n")] {
        let made = Made::new(head, FILLER, tail, 100 << 20);
        let mut table = formats::open(made, &Options::named("x.csv")).unwrap();
        let rows = table.sample(10).unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].problems[0].code(), "line_too_long");
        assert_eq!(rows[1].cells[0].as_text(), "3");
    }
}

#[test]
fn a_header_of_100_megabytes_is_refused() {
    let made = Made::new("a,b", FILLER, "\n3,4\n", 100 << 20);
    let error = formats::open(made, &Options::named("x.csv")).err().unwrap();
    assert_eq!(error.code(), "file_header_too_long");
}

/// Every line ends inside a quote, so each one looked at alone would swallow all that follow.
#[test]
fn quotes_that_never_close_do_not_take_quadratic_time() {
    let bytes = "a,b\n".to_owned() + &"\"a\"b\",\"\n".repeat(1 << 20);
    let options = Options { delimiter: Some(b','), ..Options::named("x.csv") };
    assert_eq!(open(bytes, &options).unwrap().count_rows().unwrap(), 1 << 20);
}

#[test]
fn a_gzip_bomb_is_refused() {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(&b"a,b\n".repeat(1 << 18)).unwrap();
    let megabyte = packer.finish().unwrap();
    let limits = Limits { unpacked_bytes_max: 5 << 20, ..Limits::default() };
    let options = Options { limits, ..Options::named("x.csv.gz") };
    // Gzips one after another are one file.
    let small = open(megabyte.repeat(5), &options).unwrap();
    assert_eq!(small.count_rows().unwrap(), 5 * (1 << 18) - 1);
    let bomb = open(megabyte.repeat(6), &options).and_then(|table| table.count_rows());
    assert_eq!(bomb.err().map(|error| error.code()), Some("file_unpacked_too_large"));
}
