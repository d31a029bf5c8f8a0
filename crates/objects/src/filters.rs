//! Filters that several declarations share. Not the views that use them: those stand with their objects.

use model::Filter;
use model::filter::{Op, Operand};

/// One's own records.
pub const MINE: &str = r#"{"field":"owner","op":"eq","value":"me"}"#;

/// Records whose choice `field` is anything but `value`, nothing included.
pub fn not(field: &str, value: &str) -> Filter {
    let operand = Operand::One(value.into());
    Filter::Is { field: field.to_owned(), op: Op::Ne, operand }
}

/// Activities that reached out to somebody: all but notes.
pub fn contacts() -> Filter {
    not("kind", "note")
}
