//! Finds the character encoding of a text file and decodes it as it streams; it never loads the file.

use crate::error::FormatError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;
use std::io::{self, Read};

/// How much is judged, counted from the first byte that is not ASCII.
const SAMPLE_BYTES: usize = 64 << 10;
/// UTF-8 with a few broken bytes is still UTF-8: one broken sequence is forgiven per so many good ones.
const GOOD_PER_BROKEN: usize = 8;

/// The encoding by the name that the web uses for it, such as `gb18030` or `utf-16le`.
pub(crate) fn named(name: &str) -> Result<&'static Encoding, FormatError> {
    Encoding::for_label(name.as_bytes())
        .ok_or_else(|| FormatError::EncodingUnknown { name: name.to_owned() })
}

/// Reads until the first byte that is not ASCII and a sample more, which for most files is no
/// distance and for an all-English one the whole file: names in Chinese may come late.
pub(crate) fn find(mut reader: impl Read) -> Result<&'static Encoding, FormatError> {
    let mut chunk = vec![0; SAMPLE_BYTES];
    let mut first = true;
    loop {
        let filled = fill(&mut reader, &mut chunk)?;
        let bytes = &chunk[..filled];
        if first {
            if let Some((encoding, _)) = Encoding::for_bom(bytes) {
                return Ok(encoding);
            }
            if let Some(encoding) = utf_16_without_bom(bytes) {
                return Ok(encoding);
            }
            first = false;
        }
        // `is_ascii` looks at many bytes at once, `position` at one after another.
        if !bytes.is_ascii()
            && let Some(at) = bytes.iter().position(|byte| !byte.is_ascii())
        {
            let mut sample = bytes[at..].to_vec();
            reader.take(at as u64).read_to_end(&mut sample)?;
            return Ok(judge(&sample));
        }
        if filled < chunk.len() {
            return Ok(UTF_8);
        }
    }
}

/// A reader of UTF-8 without a byte order mark; bytes that are no text become U+FFFD.
pub(crate) fn decode<'a>(
    reader: impl Read + Send + 'a,
    encoding: &'static Encoding,
) -> Result<Box<dyn Read + Send + 'a>, FormatError> {
    let decoder = DecodeReaderBytesBuilder::new()
        .encoding(Some(encoding))
        .build_with_buffer(reader, vec![0; SAMPLE_BYTES])?;
    Ok(Box::new(decoder))
}

fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// Latin text, digits, delimiters and line ends in UTF-16 have a zero in every other byte.
fn utf_16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    let bytes = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = bytes.len() / 8;
    match (even, odd) {
        (0, odd) if odd > many => Some(UTF_16LE),
        (even, 0) if even > many => Some(UTF_16BE),
        _ => None,
    }
}

fn judge(sample: &[u8]) -> &'static Encoding {
    if looks_like_utf_8(sample) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    match detector.guess(None, Utf8Detection::Deny) {
        guess if guess == GBK => GB18030,
        guess => guess,
    }
}

fn looks_like_utf_8(sample: &[u8]) -> bool {
    let (mut good, mut broken) = (0, 0);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|char| !char.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    // The sample may end in the middle of a character.
    let cut = sample.len() >= SAMPLE_BYTES - 3 && broken > 0;
    (broken - usize::from(cut)) * GOOD_PER_BROKEN <= good
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, WINDOWS_1252};

    #[track_caller]
    fn check(bytes: &[u8], expected: &'static Encoding) {
        assert_eq!(find(bytes).unwrap(), expected, "{:?}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn encodings_are_found() {
        let gb = |text: &str| GB18030.encode(text).0.into_owned();
        check(b"plain,ascii\n1,2\n", UTF_8);
        check("name,city\n李雷,北京\n".as_bytes(), UTF_8);
        check("\u{feff}name".as_bytes(), UTF_8);
        check(&gb("张三"), GB18030);
        check(&gb("姓名,电话\n李雷,13800138000\n韩梅梅,13900139000\n"), GB18030);
        check(&gb("客户名称;城市;备注\n上海云帆科技有限公司;上海;重要客户，需要回访\n"), GB18030);
        check(&gb("name,公司\nTom,𠮷野家\n"), GB18030);
        check(b"\xff\xfea\0,\0b\0", UTF_16LE);
        check(b"a\0,\0b\0\n\0a\0,\0b\0", UTF_16LE);
        check(b"\0a\0,\0b\0\n", UTF_16BE);
        let latin = "name,city\nMüller,Köln\nJosé García,São Paulo\nFrançois,Besançon\n";
        check(&WINDOWS_1252.encode(latin).0, WINDOWS_1252);
        check(&BIG5.encode("姓名,電話\n陳小姐,臺灣臺北市信義區\n這裡是繁體中文的說明\n").0, BIG5);
    }

    #[test]
    fn chinese_names_may_come_late() {
        let mut late = b"id,note\n".repeat(50_000);
        late.extend_from_slice(&GB18030.encode("1,北京市朝阳区建国路\n").0);
        check(&late, GB18030);
    }

    #[test]
    fn a_broken_byte_does_not_change_the_encoding() {
        let mut bytes = "客户,备注\n上海云帆科技有限公司,重要\n".as_bytes().to_vec();
        bytes.extend_from_slice(b"x,\xff\n");
        check(&bytes, UTF_8);
    }
}
