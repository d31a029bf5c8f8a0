//! What bytes are, told from the bytes; what a browser could run is called plain text. Nobody's word is taken for it.

/// How many first bytes are looked at.
pub const HEAD_BYTES: usize = 8 << 10;
/// Bytes of unknown kind: a browser saves them and shows nothing.
const UNKNOWN: &str = "application/octet-stream";
const PLAIN: &str = "text/plain; charset=utf-8";

/// First bytes (after `usize` others) and what they mean. Sources: the formats' own standards, as collected in
/// the WHATWG's MIME Sniffing Standard and in file(1).
const MAGIC: &[(usize, &[u8], &str)] = &[
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (8, b"WAVE", "audio/wav"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
];

/// Names of first entries in archives that are documents.
const ARCHIVES: &[(&[u8], &str)] = &[
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (
        b"application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
    (b"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (b"application/epub+zip", "application/epub+zip"),
];

/// The media type of a file that begins with `head`. The name decides only between kinds of text.
pub fn type_of(head: &[u8], name: &str) -> &'static str {
    if head.starts_with(b"PK\x03\x04") {
        let document = ARCHIVES.iter().find(|(entry, _)| contains(head, entry));
        return document.map_or("application/zip", |(_, kind)| kind);
    }
    let known = MAGIC
        .iter()
        .find(|(at, magic, _)| head.get(*at..).is_some_and(|rest| rest.starts_with(magic)));
    match known {
        Some((_, _, kind)) => kind,
        None if is_text(head) => text_type(head, name),
        None => UNKNOWN,
    }
}

fn contains(head: &[u8], wanted: &[u8]) -> bool {
    head.windows(wanted.len()).any(|window| window == wanted)
}

/// Text of any encoding: no control characters but those of lines, or UTF-16 with its mark.
fn is_text(head: &[u8]) -> bool {
    let marked = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    marked || !head.iter().any(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127))
}

fn text_type(head: &[u8], name: &str) -> &'static str {
    let name = name.to_ascii_lowercase();
    let begins = head.trim_ascii_start();
    let begins = begins.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begins);
    if begins.get(..11).is_some_and(|start| start.eq_ignore_ascii_case(b"BEGIN:VCARD")) {
        return "text/vcard; charset=utf-8";
    }
    let ends = |end: &str| name.ends_with(end);
    match () {
        () if ends(".csv") => "text/csv",
        () if ends(".tsv") => "text/tab-separated-values",
        () if ends(".jsonl") || ends(".ndjson") => "application/x-ndjson",
        () if ends(".json") && matches!(begins.first(), Some(b'{' | b'[')) => "application/json",
        () if ends(".eml") => "message/rfc822",
        () => PLAIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_decide_and_names_only_between_texts() {
        for (head, name, kind) in [
            (&b"%PDF-1.7\n"[..], "x.html", "application/pdf"),
            (b"<!DOCTYPE html><script>", "x.html", PLAIN),
            (b"<svg xmlns='http://www.w3.org/2000/svg'>", "x.svg", PLAIN),
            (b"a,b\n1,2\n", "x.csv", "text/csv"),
            (b"a,b\n1,2\n", "x.png", PLAIN),
            (b"\xb1\xb1\xbe\xa9,1\n", "x.csv", "text/csv"),
            (b"\x1f\x8b\x08\0", "x.csv.gz", "application/gzip"),
            (b"PK\x03\x04....xl/workbook.xml", "x", ARCHIVES[0].1),
            (b"PK\x03\x04....", "x.xlsx", "application/zip"),
            (b"RIFF....WEBPVP8 ", "x", "image/webp"),
            (b"begin:vcard\r\n", "x.txt", "text/vcard; charset=utf-8"),
            (b"\0\x01\x02\x03", "x.txt", UNKNOWN),
            (b"\x7fELF\x02", "x.txt", UNKNOWN),
            (b"", "x", PLAIN),
        ] {
            assert_eq!(type_of(head, name), kind, "{name}");
        }
    }
}
