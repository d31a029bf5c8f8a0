//! Turns outside bytes into rows and rows into bytes, for import and export; it knows files, not customers, and opens none itself.
//!
//! Reading: [`open`] takes any `Read + Seek`, finds out what it is from its bytes and name, and gives a
//! [`Table`]: header names and an iterator of [`Row`]s. A bad row carries [`Problem`]s and never stops
//! the rest; only a file that cannot be read at all is a [`FormatError`]. Memory does not grow with the
//! file, whatever the file says about itself.
//!
//! Writing: [`Writer`] takes rows of [`Cell`]s and streams them out; [`ErrorWriter`] writes the rows that
//! an import refused, ready to be mended and imported again.
//!
//! ```
//! use formats::{Cell, Options, open};
//! let bytes = "name;city\nLi Lei;北京\n".as_bytes();
//! let mut table = open(std::io::Cursor::new(bytes), &Options::named("people.csv"))?;
//! assert_eq!(table.headers(), ["name", "city"]);
//! let row = table.next().expect("one row")?;
//! assert_eq!(row.cells[1], Cell::Text("北京".into()));
//! # Ok::<(), formats::FormatError>(())
//! ```

mod cell;
mod csv;
mod date_detect;
mod date_pattern;
mod encoding;
mod error;
mod error_file;
mod json_lines;
mod kind;
mod limits;
mod lines;
mod number;
mod problem;
mod source;
mod table;
mod vcard;
mod writer;
mod xlsx;

pub use cell::{Cell, LIST_SEPARATOR, Row};
pub use csv::guard::{guard, needs_guard, strip_guard};
pub use date_detect::{Detected, detect};
pub use date_pattern::{DatePattern, Moment};
pub use error::FormatError;
pub use error_file::ErrorWriter;
pub use kind::Kind;
pub use limits::{
    CELL_CHARS_MAX, COLUMNS_MAX, ENTRIES_MAX, FILE_BYTES_MAX, LINE_BYTES_MAX, Limits, RATIO_MAX,
    STRINGS_BYTES_MAX, UNPACKED_BYTES_MAX,
};
pub use number::plain_number;
pub use problem::Problem;
pub use source::Source;
pub use table::{Dialect, Options, Table, open};
pub use vcard::VCARD_COLUMNS;
pub use writer::{WriteOptions, Writer, Written};
