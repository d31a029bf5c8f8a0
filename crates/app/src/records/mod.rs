//! Records: the one way to write them and the one way to read them, for every door.

mod batch;
mod bulk;
mod checks;
mod commands;
mod explain;
mod guard;
mod history;
mod input;
mod json;
mod lines;
mod links;
mod merge;
mod notices;
mod page_mark;
mod plans;
mod read;
mod recycle;
mod remember;
mod single;
mod summary;
mod timeline;

pub use batch::{Batch, Mark, Origin, Setup};
pub use bulk::{BulkAction, BulkOutcome, BulkTarget};
pub(crate) use history::entries_json as history_json;
pub use input::read_values;
pub(crate) use json::title_text;
pub use json::{Shape, hits, record_json};
pub use merge::{MERGE_LINKS_MAX, Merge};
pub use plans::Plans;
pub(crate) use read::fill_sets;
pub use read::{ListAnswer, ListRequest};
pub use single::{KEY_CHARS_MAX, Repeat};
