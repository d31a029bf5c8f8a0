//! The bytes of a file as they come: its size, its gzip wrapping, and the counters that stop bombs.

use crate::error::FormatError;
use crate::limits::Limits;
use flate2::read::MultiGzDecoder;
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom};

/// What a table is read from: a file, a `Cursor` over bytes. It moves with the table into a job, so it is `Send`.
pub trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Refuses an empty or too large file; leaves the source at its start.
pub(crate) fn check_size(source: &mut impl Source, limits: &Limits) -> Result<(), FormatError> {
    let bytes = source.seek(SeekFrom::End(0))?;
    source.rewind()?;
    match bytes {
        0 => Err(FormatError::Empty),
        bytes if bytes > limits.file_bytes_max => {
            Err(FormatError::FileTooLarge { bytes_max: limits.file_bytes_max })
        }
        _ => Ok(()),
    }
}

/// Up to `bytes_max` first bytes.
pub(crate) fn head(reader: impl Read, bytes_max: u64) -> Result<Vec<u8>, FormatError> {
    let mut head = Vec::new();
    reader.take(bytes_max).read_to_end(&mut head)?;
    Ok(head)
}

pub(crate) fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&GZIP_MAGIC)
}

/// The file's bytes, unpacked where it is a gzip, and never more of them than the limit.
pub(crate) fn unpack<'a>(
    source: impl Read + Send + 'a,
    gzip: bool,
    limits: &Limits,
) -> Box<dyn Read + Send + 'a> {
    if gzip {
        let unpacked = MultiGzDecoder::new(BufReader::new(source));
        Box::new(Counted::new(Unpacking(unpacked), limits.unpacked_bytes_max))
    } else {
        Box::new(source)
    }
}

/// Tells damaged packing from a failing disk.
pub(crate) struct Unpacking<R>(pub R);

impl<R: Read> Read for Unpacking<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| match error.kind() {
            ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::UnexpectedEof => {
                FormatError::PackingDamaged.into()
            }
            _ => error,
        })
    }
}

/// Fails once more than `bytes_max` bytes came out.
pub(crate) struct Counted<R> {
    inner: R,
    bytes: u64,
    bytes_max: u64,
}

impl<R> Counted<R> {
    pub fn new(inner: R, bytes_max: u64) -> Self {
        Self { inner, bytes: 0, bytes_max }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes += read as u64;
        if self.bytes > self.bytes_max {
            return Err(FormatError::UnpackedTooLarge { bytes_max: self.bytes_max }.into());
        }
        Ok(read)
    }
}
