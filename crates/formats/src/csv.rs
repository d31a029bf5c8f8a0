//! Comma-separated values: RFC 4180 as it is written, and as the world writes it when read.

mod delimiter;
pub(crate) mod guard;
pub(crate) mod read;
mod records;
pub(crate) mod write;

/// Whether this byte can stand between cells.
fn is_delimiter(byte: u8) -> bool {
    byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n')
}
