//! Tells from a cell's number format whether its number is a number, a day, a moment or a duration (ECMA-376, 18.8.30).

use super::archive::Archive;
use super::{attribute, xml_error};
use crate::error::FormatError;
use quick_xml::events::Event;
use std::collections::HashMap;

/// Excel keeps at most 65,490 cell formats.
const FORMATS_MAX: usize = 65_536;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NumberFormat {
    #[default]
    Number,
    Date,
    DateTime,
    /// Hours that may be more than 24.
    Duration,
}

/// The formats of the workbook's cell styles, by the style's number.
pub(super) fn read(
    archive: &mut Archive,
    path: Option<&str>,
) -> Result<Vec<NumberFormat>, FormatError> {
    let mut formats = Vec::new();
    let Some(path) = path else { return Ok(formats) };
    let Some(mut reader) = archive.part(path)? else { return Ok(formats) };
    let mut custom = HashMap::new();
    let mut in_cell_styles = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(xml_error)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "numFmt" if custom.len() < FORMATS_MAX => {
                    let id = attribute(&element, "numFmtId")?.and_then(|id| id.parse::<u32>().ok());
                    let code = attribute(&element, "formatCode")?;
                    if let (Some(id), Some(code)) = (id, code) {
                        custom.insert(id, by_code(&code));
                    }
                }
                "cellXfs" => in_cell_styles = true,
                "xf" if in_cell_styles && formats.len() < FORMATS_MAX => {
                    let id = attribute(&element, "numFmtId")?.and_then(|id| id.parse::<u32>().ok());
                    let id = id.unwrap_or(0);
                    formats.push(custom.get(&id).copied().unwrap_or_else(|| built_in(id)));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => {
                in_cell_styles = false;
            }
            Event::Eof => return Ok(formats),
            _ => {}
        }
    }
}

/// The formats that need no code; 27 to 58 are dates and times of East Asian Excels.
fn built_in(id: u32) -> NumberFormat {
    match id {
        14..=17 | 27..=31 | 36 | 50..=54 | 57..=58 => NumberFormat::Date,
        18..=22 | 32..=35 | 45 | 47 | 55..=56 => NumberFormat::DateTime,
        46 => NumberFormat::Duration,
        _ => NumberFormat::Number,
    }
}

/// Looks at the first section of a code for the letters of dates and times, outside quotes, escapes and
/// brackets. `m` is a month unless hours or seconds stand beside it.
fn by_code(code: &str) -> NumberFormat {
    let section = code.split(';').next().unwrap_or_default();
    if section.eq_ignore_ascii_case("general") {
        return NumberFormat::Number;
    }
    let (mut day, mut month, mut time) = (false, false, false);
    let mut chars = section.chars();
    while let Some(char) = chars.next() {
        match char.to_ascii_lowercase() {
            // These make the next character a literal, a width or a filling.
            '\\' | '_' | '*' => drop(chars.next()),
            '"' => drop(chars.by_ref().find(|char| *char == '"')),
            '[' => {
                let inside: String = chars.by_ref().take_while(|char| *char != ']').collect();
                let inside = inside.to_ascii_lowercase();
                let elapsed =
                    |letter| !inside.is_empty() && inside.chars().all(|char| char == letter);
                if ['h', 'm', 's'].into_iter().any(elapsed) {
                    return NumberFormat::Duration;
                }
            }
            'y' | 'd' => day = true,
            'm' => month = true,
            'h' | 's' => time = true,
            _ => {}
        }
    }
    match (day || month, time) {
        (_, true) => NumberFormat::DateTime,
        (true, false) => NumberFormat::Date,
        (false, false) => NumberFormat::Number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use NumberFormat::*;

    #[test]
    fn codes_tell_their_kind() {
        for (code, kind) in [
            ("General", Number),
            ("0.00", Number),
            ("0.00E+00", Number),
            ("#,##0 \"days\"", Number),
            ("\\Y000000", Number),
            ("#,##0*y", Number),
            ("[Red]#,##0.00", Number),
            ("\"$\"#,##0_);[Red](\"$\"#,##0)", Number),
            ("[$-804]yyyy\"年\"m\"月\"d\"日\";@", Date),
            ("yyyy-mm-dd", Date),
            ("DD/MM/YY", Date),
            ("mmm", Date),
            ("yyyy-mm-dd hh:mm:ss", DateTime),
            ("h:mm AM/PM", DateTime),
            ("mm:ss", DateTime),
            ("[h]:mm:ss", Duration),
            ("[ss].000", Duration),
        ] {
            assert_eq!(by_code(code), kind, "{code}");
        }
    }
}
