//! The text rules of vCard: one property line taken apart, escapes, quoted-printable; no meaning.

use encoding_rs::{Encoding, UTF_8};

/// One unfolded line: `group.NAME;PARAM=value;PARAM:value`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Property {
    /// Upper case, without its group.
    pub name: String,
    /// Lower case; in 2.1 parameters stand without a name and are taken as types.
    pub types: Vec<String>,
    /// As written, but with quoted-printable decoded.
    pub value: String,
}

/// The name of the property on this line, upper case, without its group.
pub(super) fn name_of(line: &str) -> String {
    let end = line.find([';', ':']).unwrap_or(line.len());
    let name = line[..end].rsplit('.').next().unwrap_or_default();
    name.trim().to_ascii_uppercase()
}

/// True for a 2.1 line whose value goes on in the next line although that is not indented.
pub(super) fn is_soft_broken(line: &str) -> bool {
    line.ends_with('=')
        && line.split(':').next().is_some_and(|head| {
            head.to_ascii_uppercase().split(';').any(|part| part.ends_with("QUOTED-PRINTABLE"))
        })
}

pub(super) fn parse(line: &str) -> Option<Property> {
    let colon = value_start(line)?;
    let (head, value) = (&line[..colon], &line[colon + 1..]);
    let (mut types, mut charset, mut quoted_printable) = (Vec::new(), UTF_8, false);
    for param in head.split(';').skip(1) {
        let (key, setting) = param.split_once('=').unwrap_or(("TYPE", param));
        let setting = setting.trim_matches('"');
        match key.trim().to_ascii_uppercase().as_str() {
            "CHARSET" => charset = Encoding::for_label(setting.as_bytes()).unwrap_or(UTF_8),
            "PREF" => types.push("pref".to_owned()),
            "ENCODING" | "TYPE" if setting.eq_ignore_ascii_case("QUOTED-PRINTABLE") => {
                quoted_printable = true;
            }
            "TYPE" => types.extend(setting.split(',').map(|kind| kind.trim().to_ascii_lowercase())),
            _ => {}
        }
    }
    let value = match quoted_printable {
        true => charset.decode_without_bom_handling(&quoted_printable_bytes(value)).0.into_owned(),
        false => value.to_owned(),
    };
    Some(Property { name: name_of(line), types, value })
}

/// The colon that ends the head; one inside a quoted parameter does not count.
fn value_start(line: &str) -> Option<usize> {
    let mut quoted = false;
    line.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b':' && !quoted
    })
}

fn quoted_printable_bytes(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.filter(|_| bytes[at] == b'=').map(|pair| u8::from_str_radix(pair, 16)) {
            Some(Ok(byte)) => {
                decoded.push(byte);
                at += 3;
            }
            _ => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    decoded
}

/// The parts of a structured value, cut at the separators that are not escaped, and unescaped.
pub(super) fn parts(value: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = value.chars();
    while let Some(char) = chars.next() {
        if char == separator {
            parts.push(String::new());
            continue;
        }
        let last = parts.last_mut().expect("there is always one part");
        match char {
            '\\' => match chars.next() {
                Some('n' | 'N') => last.push('\n'),
                Some(escaped @ ('\\' | ',' | ';' | ':')) => last.push(escaped),
                Some(other) => last.extend(['\\', other]),
                None => last.push('\\'),
            },
            char => last.push(char),
        }
    }
    parts
}

/// The text of a value that has no structure.
pub(super) fn plain(value: &str) -> String {
    // No text has this character: it is not one.
    parts(value, '\u{10ffff}').concat()
}

/// The text as a value or a part of one: RFC 6350, section 3.4.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.replace("\r\n", "\n").chars() {
        match char {
            '\\' => escaped.push_str("\\\\"),
            ',' => escaped.push_str("\\,"),
            ';' => escaped.push_str("\\;"),
            '\n' | '\r' => escaped.push_str("\\n"),
            char => escaped.push(char),
        }
    }
    escaped
}

/// The line folded to at most 75 bytes a piece, between characters: RFC 6350, section 3.2.
pub(super) fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + line.len() / 25 + 2);
    let mut bytes = 0;
    for char in line.chars() {
        if bytes + char.len_utf8() > 75 {
            folded.push_str("\r\n ");
            bytes = 1;
        }
        folded.push(char);
        bytes += char.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

/// A Chinese name is written family name first and without a space.
pub(super) fn joined_name(family: &str, given: &str) -> String {
    if family.is_ascii() || given.is_ascii() {
        format!("{given} {family}").trim().to_owned()
    } else {
        format!("{family}{given}")
    }
}
