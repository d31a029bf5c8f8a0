//! What a bilingual CRM needs to know about text: search tokens, Chinese order, phones, e-mail
//! addresses, links, credit codes and likeness. Pure: no I/O, no clock, no objects of ours.
//!
//! Every function takes any `&str`, however hostile, and never panics.

pub mod email;
mod fold;
mod host;
mod names;
pub mod phone;
mod runs;
pub mod search;
mod similar;
mod sort;
pub mod url;
pub mod uscc;

pub use fold::unique_key;
pub use similar::{similar, suggest};
pub use sort::{SORT_KEY_BYTES_MAX, SORT_KEY_VERSION, name_sort_key, sort_key};
