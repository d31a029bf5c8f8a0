//! Tells what kind of file this is, from its bytes first and its name only where the bytes leave it open.

use crate::error::FormatError;

/// The kinds of file that can be read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Csv,
    Xlsx,
    VCard,
    JsonLines,
}

impl Kind {
    /// The usual end of the file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::VCard => "vcf",
            Self::JsonLines => "jsonl",
        }
    }

    /// For the answer that sends the file out.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::VCard => "text/vcard; charset=utf-8",
            Self::JsonLines => "application/x-ndjson",
        }
    }
}

/// What the first bytes say before any decoding: `None` for what may be text.
pub(crate) fn by_magic(head: &[u8]) -> Result<Option<Kind>, FormatError> {
    let unknown = |found| Err(FormatError::UnknownKind { found });
    match head {
        [b'P', b'K', 3, 4, ..] => Ok(Some(Kind::Xlsx)),
        // An empty zip, or one without local headers.
        [b'P', b'K', 5, 6, ..] => unknown("zip"),
        // The container of Excel 97; it also wraps workbooks with a password.
        [0xd0, 0xcf, 0x11, 0xe0, ..] => unknown("xls"),
        [b'%', b'P', b'D', b'F', ..] => unknown("pdf"),
        _ => Ok(None),
    }
}

/// What the first characters say; `name` is the file's name as the user gave it.
pub(crate) fn by_text(head: &str, name: &str) -> Result<Kind, FormatError> {
    let name = name.trim_end_matches(".gz").to_ascii_lowercase();
    let named = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let text = head.trim_start();
    let begins =
        |word: &str| text.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
    let unknown = |found| Err(FormatError::UnknownKind { found });
    if begins("BEGIN:VCARD") || named(&[".vcf", ".vcard"]) {
        return Ok(Kind::VCard);
    }
    if named(&[".jsonl", ".ndjson"]) {
        return Ok(Kind::JsonLines);
    }
    if text.starts_with('{') && !named(&[".csv", ".tsv", ".txt"]) {
        return Ok(Kind::JsonLines);
    }
    if text.starts_with('[') && named(&[".json"]) {
        return unknown("json_array");
    }
    // Old systems name an HTML page .xls and let the spreadsheet guess.
    if ["<!doctype", "<html", "<table", "<head", "<meta", "<style", "<?xml"].into_iter().any(begins)
    {
        return unknown("html");
    }
    if is_binary(head) {
        return unknown("binary");
    }
    Ok(Kind::Csv)
}

/// A stray control character is a problem of its row; many mean that this was never text.
fn is_binary(head: &str) -> bool {
    let controls = head
        .chars()
        .filter(|char| char.is_control() && !matches!(char, '\t' | '\n' | '\r' | '\u{c}'))
        .chain(head.chars().filter(|char| *char == '\u{fffd}'))
        .count();
    controls >= 16 && controls * 10 > head.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_tells_its_kind() {
        for (head, name, kind) in [
            ("a,b\n1,2\n", "x.csv", Ok(Kind::Csv)),
            ("a,b\n1,2\n", "x.xlsx", Ok(Kind::Csv)),
            ("anything", "", Ok(Kind::Csv)),
            ("\r\nbegin:vcard\r\n", "x.txt", Ok(Kind::VCard)),
            ("{\"a\":1}\n", "export", Ok(Kind::JsonLines)),
            ("{a},b\n", "x.csv", Ok(Kind::Csv)),
            ("", "x.ndjson.gz", Ok(Kind::JsonLines)),
            ("[{\"a\":1}]", "x.json", Err("json_array")),
            (" <HTML><table>", "x.xls", Err("html")),
            (&"\u{1}\u{2}\u{fffd}".repeat(20), "x.csv", Err("binary")),
            ("北京", "x", Ok(Kind::Csv)),
        ] {
            let found = by_text(head, name).map_err(|error| error.params()[0].1.clone());
            assert_eq!(found, kind.map_err(str::to_owned), "{head:?} {name:?}");
        }
    }
}
