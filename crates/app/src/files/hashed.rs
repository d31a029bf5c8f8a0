//! Hashes and counts bytes on their way to wherever they go.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::hex;

/// Passes bytes on and remembers their SHA-256 and number.
pub(crate) struct Hashed<W> {
    inner: W,
    hash: Sha256,
    size: u64,
}

impl<W: Write> Hashed<W> {
    pub fn new(inner: W) -> Hashed<W> {
        Hashed { inner, hash: Sha256::new(), size: 0 }
    }

    /// The number of bytes and their SHA-256 in lower-case hexadecimal.
    pub fn finish(self) -> (u64, String) {
        (self.size, hex(&self.hash.finalize()))
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
