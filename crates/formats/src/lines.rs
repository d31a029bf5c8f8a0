//! Reads lines of bounded length, whatever ends them: LF, CR LF or CR; what a line means is its caller's business.

use std::io::{self, BufRead, BufReader, Read};

pub(crate) struct Lines<R> {
    input: BufReader<R>,
    bytes_max: usize,
    text: Vec<u8>,
    number: u64,
    /// The line before ended in CR, so an LF that follows belongs to it.
    after_cr: bool,
}

impl<R: Read> Lines<R> {
    pub fn new(input: R, bytes_max: usize) -> Self {
        let input = BufReader::with_capacity(64 << 10, input);
        Self { input, bytes_max, text: Vec::new(), number: 0, after_cr: false }
    }

    /// Goes on to the next line; false at the end of the file.
    pub fn advance(&mut self) -> io::Result<bool> {
        self.text.clear();
        let mut any = false;
        loop {
            let mut chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                self.number += u64::from(any);
                return Ok(any);
            }
            if std::mem::take(&mut self.after_cr) && chunk[0] == b'\n' {
                self.input.consume(1);
                continue;
            }
            any = true;
            let end = chunk.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let used = end.map_or(chunk.len(), |end| end + 1);
            self.after_cr = end.is_some_and(|end| chunk[end] == b'\r');
            chunk = &chunk[..end.unwrap_or(chunk.len())];
            // One byte more than allowed is kept, to know that there was more.
            let room = self.bytes_max + 1 - self.text.len();
            self.text.extend_from_slice(&chunk[..chunk.len().min(room)]);
            self.input.consume(used);
            if end.is_some() {
                self.number += 1;
                return Ok(true);
            }
        }
    }

    /// The line's number, from 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The line without its end; only its beginning where it is too long.
    pub fn text(&self) -> &[u8] {
        &self.text[..self.text.len().min(self.bytes_max)]
    }

    pub fn is_too_long(&self) -> bool {
        self.text.len() > self.bytes_max
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_every_way() {
        let mut lines = Lines::new(&b"a\r\n\rbcdefg\nhijkl\n\n"[..], 5);
        let mut seen = Vec::new();
        while lines.advance().unwrap() {
            let text = String::from_utf8_lossy(lines.text()).into_owned();
            seen.push((lines.number(), text, lines.is_too_long()));
        }
        let line = |number, text: &str, long| (number, text.to_owned(), long);
        assert_eq!(
            seen,
            [
                line(1, "a", false),
                line(2, "", false),
                line(3, "bcdef", true),
                line(4, "hijkl", false),
                line(5, "", false)
            ]
        );
    }
}
