//! The texts that cells share, packed into one piece of memory, and the escapes in them.

use super::archive::Archive;
use super::{XmlReader, attribute, xml_error};
use crate::error::FormatError;
use crate::limits::Limits;
use quick_xml::events::{BytesRef, Event};

/// The shared texts by number.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        self.text.get(start..end)
    }
}

pub(super) fn read(
    archive: &mut Archive,
    path: Option<&str>,
    limits: &Limits,
) -> Result<Strings, FormatError> {
    let mut strings = Strings::default();
    let Some(path) = path else { return Ok(strings) };
    let Some(mut reader) = archive.part(path)? else { return Ok(strings) };
    let bytes_max = limits.strings_bytes_max.min(u32::MAX as usize);
    let mut buffer = Vec::new();
    let mut text = String::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(xml_error)? {
            Event::Start(element) if element.local_name().as_ref() == "si" => {
                text.clear();
                read_text(&mut reader, "si", bytes_max, &mut text)?;
                strings.text.push_str(&text);
                strings.ends.push(strings.text.len() as u32);
                if strings.text.len() + strings.ends.len() * size_of::<u32>() > bytes_max {
                    return Err(FormatError::UnpackedTooLarge { bytes_max: bytes_max as u64 });
                }
            }
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// Reads the runs of a text up to the end of the element `end`; what is over `bytes_max` is left out.
/// Phonetic hints beside the text (`rPh`) are no part of it.
pub(super) fn read_text(
    reader: &mut XmlReader<'_>,
    end: &str,
    bytes_max: usize,
    text: &mut String,
) -> Result<(), FormatError> {
    let mut buffer = Vec::new();
    let mut run = String::new();
    let (mut in_run, mut phonetic, mut preserve) = (false, false, false);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(xml_error)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "t" if !phonetic => {
                    in_run = true;
                    preserve = attribute(&element, "space")?.as_deref() == Some("preserve");
                    run.clear();
                }
                "rPh" => phonetic = true,
                _ => {}
            },
            Event::Text(part) if in_run => push(&mut run, &part.xml10_content(), bytes_max),
            Event::CData(part) if in_run => push(&mut run, &part.xml10_content(), bytes_max),
            Event::GeneralRef(part) if in_run => run.push_str(&entity(&part)?),
            Event::End(element) => match element.local_name().as_ref() {
                "t" if in_run => {
                    in_run = false;
                    let blanks = [' ', '\t', '\r', '\n'];
                    let shown = if preserve { run.as_str() } else { run.trim_matches(blanks) };
                    push(text, &unescape(shown), bytes_max);
                }
                "rPh" => phonetic = false,
                name if name == end => return Ok(()),
                _ => {}
            },
            Event::Eof => return Err(FormatError::workbook("a text is not closed")),
            _ => {}
        }
    }
}

fn push(text: &mut String, part: &str, bytes_max: usize) {
    if text.len() <= bytes_max {
        text.push_str(part);
    }
}

/// The character that a reference such as `&amp;` or `&#x4e2d;` stands for; there are no other entities.
pub(super) fn entity(reference: &BytesRef<'_>) -> Result<String, FormatError> {
    if let Some(char) = reference.resolve_char_ref().map_err(xml_error)? {
        return Ok(char.to_string());
    }
    let name = reference.xml10_content();
    quick_xml::escape::resolve_predefined_entity(&name)
        .map(str::to_owned)
        .ok_or_else(|| FormatError::workbook("unknown entity"))
}

/// Excel writes characters that XML cannot hold as `_xHHHH_`, in UTF-16 units.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        if let Some(unit) = escaped_unit(rest) {
            units.push(unit);
            rest = &rest[7..];
        } else {
            units.extend(char.encode_utf16(&mut [0; 2]).iter());
            rest = &rest[char.len_utf8()..];
        }
    }
    String::from_utf16_lossy(&units)
}

fn escaped_unit(text: &str) -> Option<u16> {
    let digits = text.get(..7)?.strip_prefix("_x")?.strip_suffix('_')?;
    let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    hex.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone() {
        for (text, shown) in [
            ("plain", "plain"),
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("_xD83D_", "\u{fffd}"),
            ("_x12_", "_x12_"),
            ("_x中文字_", "_x中文字_"),
        ] {
            assert_eq!(unescape(text), shown);
        }
    }
}
