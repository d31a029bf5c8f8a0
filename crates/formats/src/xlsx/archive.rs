//! The zip around a workbook, checked against bombs before anything in it is unpacked.

use super::XmlReader;
use super::markup::Markup;
use crate::error::FormatError;
use crate::limits::Limits;
use crate::source::{Source, Unpacking};
use flate2::read::DeflateDecoder;
use std::collections::HashMap;
use std::io::{BufReader, Read, Seek, SeekFrom};
use zip::{CompressionMethod, ZipArchive};

/// The end of a zip: a fixed record and a comment of at most 65,535 bytes.
const END_RECORD_BYTES: usize = 22;
const END_BYTES_MAX: u64 = END_RECORD_BYTES as u64 + 65_535;
/// Smaller entries may be packed as tightly as they like.
const RATIO_FREE_BYTES: u64 = 1 << 20;

pub(super) struct Archive {
    source: Box<dyn Source>,
    /// By path in lower case: workbooks are written by programs that do not care about case.
    entries: HashMap<String, Entry>,
    markup_bytes_max: usize,
}

#[derive(Clone, Copy)]
struct Entry {
    start: u64,
    packed_bytes: u64,
    bytes: u64,
    deflated: bool,
}

impl Archive {
    pub fn open(mut source: Box<dyn Source>, limits: &Limits) -> Result<Self, FormatError> {
        check_declared_entries(&mut source, limits)?;
        source.rewind()?;
        let mut zip = ZipArchive::new(source).map_err(|_| FormatError::PackingDamaged)?;
        if zip.len() as u64 > limits.entries_max {
            return Err(FormatError::TooManyEntries { entries_max: limits.entries_max });
        }
        let mut entries = HashMap::new();
        let mut bytes = 0;
        for index in 0..zip.len() {
            let file = zip.by_index_raw(index).map_err(|_| FormatError::PackingDamaged)?;
            let name = file.name().map_err(|_| FormatError::PackingDamaged)?.into_owned();
            if file.encrypted() {
                return Err(FormatError::Encrypted);
            }
            if leads_outside(&name) {
                return Err(FormatError::EntryOutside { entry: name });
            }
            bytes += file.size();
            if bytes > limits.unpacked_bytes_max {
                return Err(FormatError::UnpackedTooLarge { bytes_max: limits.unpacked_bytes_max });
            }
            let ratio_max = limits.ratio_max;
            if file.size() > RATIO_FREE_BYTES && file.size() / ratio_max > file.compressed_size() {
                return Err(FormatError::PackedTooTight { entry: name, ratio_max });
            }
            let deflated = match file.compression() {
                CompressionMethod::Stored => false,
                CompressionMethod::Deflated => true,
                _ => return Err(FormatError::workbook("unknown compression")),
            };
            let start = file.data_start().ok_or(FormatError::PackingDamaged)?;
            let (packed_bytes, bytes) = (file.compressed_size(), file.size());
            entries.insert(normal(&name), Entry { start, packed_bytes, bytes, deflated });
        }
        check_is_workbook(&entries)?;
        let source = zip.into_inner();
        Ok(Self { source, entries, markup_bytes_max: limits.line_bytes_max })
    }

    /// The part of this path, or none where the workbook has no such part.
    pub fn part(&mut self, path: &str) -> Result<Option<XmlReader<'_>>, FormatError> {
        let Some(entry) = self.entries.get(&normal(path)).copied() else { return Ok(None) };
        self.source.seek(SeekFrom::Start(entry.start))?;
        Ok(Some(xml_reader(&mut self.source, entry, self.markup_bytes_max)))
    }

    /// The same, and the archive is read no more.
    pub fn into_part(mut self, path: &str) -> Result<XmlReader<'static>, FormatError> {
        let entry = self.entries.get(&normal(path)).copied();
        let entry = entry.ok_or_else(|| FormatError::workbook(format!("{path} is missing")))?;
        self.source.seek(SeekFrom::Start(entry.start))?;
        Ok(xml_reader(self.source, entry, self.markup_bytes_max))
    }
}

/// A part gives no more bytes than it declares, and what all declare was checked.
fn xml_reader<'a>(
    source: impl Read + Send + 'a,
    entry: Entry,
    markup_bytes_max: usize,
) -> XmlReader<'a> {
    let packed = source.take(entry.packed_bytes);
    let unpacked: Box<dyn Read + Send + 'a> = match entry.deflated {
        true => Box::new(Unpacking(DeflateDecoder::new(BufReader::new(packed)).take(entry.bytes))),
        false => Box::new(packed.take(entry.bytes)),
    };
    let markup = Markup::new(unpacked, markup_bytes_max);
    let mut reader = quick_xml::Reader::from_reader(BufReader::with_capacity(64 << 10, markup));
    reader.config_mut().expand_empty_elements = true;
    reader
}

/// Nothing is ever unpacked to a path; a file with such names was still made to do harm.
fn leads_outside(name: &str) -> bool {
    name.starts_with(['/', '\\'])
        || name.contains(['\0', ':'])
        || name.split(['/', '\\']).any(|part| part == "..")
}

fn normal(path: &str) -> String {
    path.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase()
}

/// The zip reader reserves memory for as many entries as are declared, so that number comes first. More
/// entries or bytes than these fields can tell (zip64) are more than we take.
fn check_declared_entries(source: &mut impl Source, limits: &Limits) -> Result<(), FormatError> {
    let bytes = source.seek(SeekFrom::End(0))?;
    source.seek(SeekFrom::Start(bytes.saturating_sub(END_BYTES_MAX)))?;
    let mut end = Vec::new();
    source.take(END_BYTES_MAX).read_to_end(&mut end)?;
    let records = end.windows(END_RECORD_BYTES).filter(|record| record.starts_with(b"PK\x05\x06"));
    for record in records {
        let entries = u64::from(u16::from_le_bytes([record[10], record[11]]));
        if entries > limits.entries_max || record[12..20].chunks(4).any(|field| field == [0xff; 4])
        {
            return Err(FormatError::TooManyEntries { entries_max: limits.entries_max });
        }
    }
    Ok(())
}

fn check_is_workbook(entries: &HashMap<String, Entry>) -> Result<(), FormatError> {
    let has = |path: &str| entries.contains_key(path);
    match () {
        () if has("xl/workbook.bin") => Err(FormatError::UnknownKind { found: "xlsb" }),
        () if has("[content_types].xml") && !has("word/document.xml") => Ok(()),
        () if has("content.xml") && has("mimetype") => {
            Err(FormatError::UnknownKind { found: "ods" })
        }
        () => Err(FormatError::UnknownKind { found: "zip" }),
    }
}
