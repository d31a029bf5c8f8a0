//! Host names, shared by e-mail addresses and links. Form only; nothing is resolved.

/// RFC 1035: 253 characters, written without the last dot.
const HOST_BYTES_MAX: usize = 253;
const LABEL_BYTES_MAX: usize = 63;

/// Whether `host` is a domain of at least two labels whose last one is not a number; letters of any
/// script are allowed (IDN).
pub(crate) fn is_domain(host: &str) -> bool {
    host.len() <= HOST_BYTES_MAX
        && host.contains('.')
        && host.split('.').all(is_label)
        && host.rsplit('.').next().is_some_and(|last| !last.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether `label` may stand between the dots of a host name.
pub(crate) fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= LABEL_BYTES_MAX
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c.is_alphanumeric() || c == '-' || is_mark(c))
}

/// Vowel signs of Indic scripts and the like are neither letter nor digit, yet stand in names.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{dff}' | '\u{e31}' | '\u{e34}'..='\u{e4e}')
}
