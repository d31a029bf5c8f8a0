//! vCard: one row a card, with the columns that a CRM has a use for; photos, keys and the like are passed over.

pub(crate) mod read;
mod text;
pub(crate) mod write;

/// The columns of a card, always all of them and in this order.
///
/// `email` is the preferred address; `mobile` the first number marked as a cell phone and `phone` the
/// first other one that is no fax. `birthday` is a date, or text where the year is missing.
pub const VCARD_COLUMNS: [&str; 19] = [
    "full_name",
    "family_name",
    "given_name",
    "organization",
    "department",
    "title",
    "email",
    "email_2",
    "phone",
    "mobile",
    "address_street",
    "address_city",
    "address_region",
    "address_postal_code",
    "address_country",
    "url",
    "note",
    "birthday",
    "categories",
];
