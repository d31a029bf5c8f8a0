//! Invented people, firms, addresses, phones and codes. Nobody and nothing here is real.

pub(crate) mod companies;
pub(crate) mod credit_code;
pub(crate) mod people;
pub(crate) mod places;

/// Which language a customer speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speech {
    Chinese,
    English,
}
