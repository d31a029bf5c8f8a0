//! The limits of what a file may ask of us; they bound memory and time, not what a business may store.

/// Columns in one table.
pub const COLUMNS_MAX: usize = 1_000;
/// Characters in one cell; four times what a spreadsheet allows.
pub const CELL_CHARS_MAX: usize = 131_072;
/// Bytes in one record as UTF-8: a CSV record with its quoted line breaks, a JSON line, a card, an XML tag.
pub const LINE_BYTES_MAX: usize = 1 << 20;
/// Bytes of the file as it was uploaded.
pub const FILE_BYTES_MAX: u64 = 256 << 20;
/// Bytes of the file once unpacked (gzip, zip).
pub const UNPACKED_BYTES_MAX: u64 = 512 << 20;
/// How many times larger a zip entry may become. Only entries of more than a megabyte are judged.
pub const RATIO_MAX: u64 = 100;
/// Entries in a zip.
pub const ENTRIES_MAX: u64 = 10_000;
/// Bytes of the texts that an XLSX workbook's cells share; they are the one thing held in memory.
pub const STRINGS_BYTES_MAX: usize = 128 << 20;

/// The limits in force for one reading; the defaults are the constants of the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub columns_max: usize,
    pub cell_chars_max: usize,
    pub line_bytes_max: usize,
    pub file_bytes_max: u64,
    pub unpacked_bytes_max: u64,
    pub ratio_max: u64,
    pub entries_max: u64,
    pub strings_bytes_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            columns_max: COLUMNS_MAX,
            cell_chars_max: CELL_CHARS_MAX,
            line_bytes_max: LINE_BYTES_MAX,
            file_bytes_max: FILE_BYTES_MAX,
            unpacked_bytes_max: UNPACKED_BYTES_MAX,
            ratio_max: RATIO_MAX,
            entries_max: ENTRIES_MAX,
            strings_bytes_max: STRINGS_BYTES_MAX,
        }
    }
}
