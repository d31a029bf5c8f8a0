//! Links that people store on records: `http` and `https` only, safe to put in an `href`.
//! Not a general URL parser, and not a guard against requests to the inner network.

use crate::host::{is_domain, is_label};
use std::net::{Ipv4Addr, Ipv6Addr};

/// Longer links are refused.
pub const URL_BYTES_MAX: usize = 2048;

/// Why a link is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    #[error("the link is empty or longer than 2048 bytes")]
    Length,
    #[error("the link has spaces or control characters")]
    Character,
    #[error("only http and https links are allowed")]
    Scheme,
    #[error("user names and passwords are not allowed in links")]
    UserInfo,
    #[error("the host of the link is not valid")]
    Host,
}

/// The link with scheme and host in lower case; `https://` is added where no scheme was typed.
pub fn check(text: &str) -> Result<String, UrlError> {
    let text = text.trim();
    if text.is_empty() || text.len() > URL_BYTES_MAX {
        return Err(UrlError::Length);
    }
    // Browsers take a backslash for a slash, so it could hide the real host.
    if text.chars().any(|c| c.is_control() || c.is_whitespace() || "\\\"<>`{}|^".contains(c))
        || text.chars().any(crate::fold::is_invisible)
    {
        return Err(UrlError::Character);
    }
    let (scheme, rest) = split_scheme(text)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    if authority.contains('@') {
        return Err(UrlError::UserInfo);
    }
    let authority = authority.to_lowercase();
    if is_authority(&authority) {
        Ok(format!("{scheme}://{authority}{path}"))
    } else {
        Err(UrlError::Host)
    }
}

fn split_scheme(text: &str) -> Result<(&'static str, &str), UrlError> {
    if let Some((scheme, rest)) = text.split_once("://") {
        // A "://" further on belongs to a path or query: example.com/?to=http://…
        if !scheme.contains(['/', '?', '#', '.']) {
            return match scheme.to_ascii_lowercase().as_str() {
                "http" => Ok(("http", rest)),
                "https" => Ok(("https", rest)),
                _ => Err(UrlError::Scheme),
            };
        }
    }
    let host_end = text.find(['/', '?', '#']).unwrap_or(text.len());
    match text[..host_end].split_once(':') {
        // example.com:8080, but not javascript:… or mailto:…
        Some((host, port)) if !(host.starts_with('[') || host.contains('.') && is_port(port)) => {
            Err(if text[..host_end].contains('@') && host.contains('.') {
                UrlError::UserInfo
            } else {
                UrlError::Scheme
            })
        }
        _ => Ok(("https", text)),
    }
}

fn is_authority(authority: &str) -> bool {
    if let Some(rest) = authority.strip_prefix('[') {
        return rest.split_once(']').is_some_and(|(address, port)| {
            address.parse::<Ipv6Addr>().is_ok()
                && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
        });
    }
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    port.is_none_or(is_port) && is_host(host)
}

/// Domains, IPv4 addresses, and single labels, since firms link to hosts of their own network.
fn is_host(host: &str) -> bool {
    is_domain(host)
        || host.parse::<Ipv4Addr>().is_ok()
        || (is_label(host) && host.chars().any(char::is_alphabetic))
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn links_as_people_paste_them() {
        for (text, expected) in [
            ("https://Example.com/A?b=C#d", Ok("https://example.com/A?b=C#d")),
            ("HTTP://example.com", Ok("http://example.com")),
            (" www.example.com/x ", Ok("https://www.example.com/x")),
            ("example.com:8080/x", Ok("https://example.com:8080/x")),
            ("example.com/?to=http://a.cn", Ok("https://example.com/?to=http://a.cn")),
            ("https://例子.中国/路径", Ok("https://例子.中国/路径")),
            ("http://intranet/wiki", Ok("http://intranet/wiki")),
            ("http://10.0.0.1:80/", Ok("http://10.0.0.1:80/")),
            ("http://[::1]:80/", Ok("http://[::1]:80/")),
            ("https://a.cn/@user", Ok("https://a.cn/@user")),
            ("", Err(UrlError::Length)),
            ("javascript:alert(1)", Err(UrlError::Scheme)),
            ("JAVASCRIPT://a.cn/%0aalert(1)", Err(UrlError::Scheme)),
            ("data:text/html,x", Err(UrlError::Scheme)),
            ("mailto:a@b.cn", Err(UrlError::Scheme)),
            ("ftp://a.cn", Err(UrlError::Scheme)),
            ("//a.cn", Err(UrlError::Host)),
            ("https://user:pass@a.cn", Err(UrlError::UserInfo)),
            ("https://a.cn@b.cn/", Err(UrlError::UserInfo)),
            ("a.cn:x@b.cn", Err(UrlError::UserInfo)),
            ("https://a.cn\\@b.cn", Err(UrlError::Character)),
            ("https://a.cn/a b", Err(UrlError::Character)),
            ("https://a.cn/\u{0}", Err(UrlError::Character)),
            ("java\nscript:x", Err(UrlError::Character)),
            ("https://", Err(UrlError::Host)),
            ("https://a..cn", Err(UrlError::Host)),
            ("https://a.cn:99999", Err(UrlError::Host)),
            ("http://256.1.1.1", Err(UrlError::Host)),
        ] {
            assert_eq!(check(text), expected.map(str::to_owned), "{text}");
        }
    }

    proptest! {
        #[test]
        fn accepted_links_are_http_and_pass_again(text in "[a-z0-9.:/@?#\\[\\]\\\\ 中]{0,30}", any in any::<String>()) {
            let _ = check(&any);
            if let Ok(link) = check(&text) {
                prop_assert!(link.starts_with("http://") || link.starts_with("https://"));
                prop_assert_eq!(check(&link), Ok(link.clone()));
            }
        }
    }
}
