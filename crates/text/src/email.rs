//! E-mail addresses: a practical check of their form, stricter than RFC 5321 where real addresses
//! are (no quoted local parts, no literal hosts). Whether the mailbox exists is not known here.

use crate::fold::is_invisible;
use crate::fold::narrow;
use crate::host::is_domain;

/// RFC 5321, 4.5.3.1, in bytes.
pub const ADDRESS_BYTES_MAX: usize = 254;
const LOCAL_BYTES_MAX: usize = 64;

/// An address that may be written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// As typed, trimmed and narrow; the domain in lower case.
    pub address: String,
    /// For comparison: all lower case, since no provider of today tells `Wang@` from `wang@`.
    pub unique_key: String,
    /// The domain in lower case, for matching accounts and providers.
    pub domain: String,
}

/// Why an address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    #[error("the address is longer than 254 bytes")]
    TooLong,
    #[error("the address needs exactly one @")]
    At,
    #[error("the part before the @ is empty, too long or has characters that are not allowed")]
    Local,
    #[error("the domain after the @ is not valid")]
    Domain,
}

/// Checks one address; names (`Wang <w@x.cn>`) and lists are refused.
pub fn check(text: &str) -> Result<Email, EmailError> {
    if text.len() > 4 * ADDRESS_BYTES_MAX {
        return Err(EmailError::TooLong);
    }
    let typed: String = narrow(text).chars().filter(|c| !is_invisible(*c)).collect();
    let typed = typed.trim();
    if typed.len() > ADDRESS_BYTES_MAX {
        return Err(EmailError::TooLong);
    }
    let (local, domain) = typed.split_once('@').ok_or(EmailError::At)?;
    if domain.contains('@') {
        return Err(EmailError::At);
    }
    if !is_local(local) {
        return Err(EmailError::Local);
    }
    // The ideographic full stop is a label separator of IDN and the Chinese keyboard's dot.
    let domain = domain.replace('。', ".").to_lowercase();
    if !is_domain(&domain) {
        return Err(EmailError::Domain);
    }
    let address = format!("{local}@{domain}");
    Ok(Email { unique_key: address.to_lowercase(), address, domain })
}

/// RFC 5322 `dot-atom`, with the letters of any script that RFC 6531 adds.
fn is_local(local: &str) -> bool {
    local.len() <= LOCAL_BYTES_MAX
        && local.split('.').all(|atom| {
            !atom.is_empty()
                && atom.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_as_people_write_them() {
        for (text, expected) in [
            ("a@b.cn", Ok("a@b.cn")),
            (" Wang.Xiaoming+crm@Example.COM ", Ok("Wang.Xiaoming+crm@example.com")),
            ("ｗａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ", Ok("wang@example.com")),
            ("王@例子.中国", Ok("王@例子.中国")),
            ("wang@例子。中国", Ok("wang@例子.中国")),
            ("o'brien@x-y.co", Ok("o'brien@x-y.co")),
            ("", Err(EmailError::At)),
            ("a.b.cn", Err(EmailError::At)),
            ("a@b@c.cn", Err(EmailError::At)),
            ("@b.cn", Err(EmailError::Local)),
            ("a..b@c.cn", Err(EmailError::Local)),
            (".a@c.cn", Err(EmailError::Local)),
            ("a b@c.cn", Err(EmailError::Local)),
            ("Wang <w@c.cn>", Err(EmailError::Local)),
            ("a\r\nBcc:x@c.cn", Err(EmailError::Local)),
            ("a@localhost", Err(EmailError::Domain)),
            ("a@1.2.3.4", Err(EmailError::Domain)),
            ("a@-b.cn", Err(EmailError::Domain)),
            ("a@b..cn", Err(EmailError::Domain)),
            ("a@b.cn.", Err(EmailError::Domain)),
            ("a@b c.cn", Err(EmailError::Domain)),
        ] {
            assert_eq!(
                check(text).map(|email| email.address),
                expected.map(str::to_owned),
                "{text}"
            );
        }
        assert_eq!(check(&format!("{}@b.cn", "a".repeat(65))), Err(EmailError::Local));
        assert_eq!(check(&format!("a@{}.cn", "b".repeat(300))), Err(EmailError::TooLong));
        assert_eq!(check("A@B.cn").unwrap().unique_key, check("a@b.CN").unwrap().unique_key);
    }

    proptest! {
        #[test]
        fn a_checked_address_passes_again(text in "[a-zA-Z0-9.@+\\-王中 。]{0,30}", any in any::<String>()) {
            let _ = check(&any);
            if let Ok(email) = check(&text) {
                prop_assert_eq!(check(&email.address), Ok(email));
            }
        }
    }
}
