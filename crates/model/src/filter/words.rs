//! Words to be searched for, and which of a record's words they may meet: nobody finds a record by what they may not read.

use super::Viewer;
use crate::access::FieldAccess;
use crate::fields::Field;
use crate::object::Object;

/// Which group of a record's words a field's words belong to. A group is searched only by those who read
/// every field of it in clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordGroup {
    /// The title.
    Title,
    /// Personal data.
    Personal,
    /// Everything else.
    Other,
}

impl WordGroup {
    /// All groups.
    pub const ALL: [WordGroup; 3] = [WordGroup::Title, WordGroup::Personal, WordGroup::Other];

    /// The group of a field of `object`.
    pub fn of(object: &Object, field: &Field) -> WordGroup {
        if field.name == object.title {
            WordGroup::Title
        } else if field.personal {
            WordGroup::Personal
        } else {
            WordGroup::Other
        }
    }
}

/// Words to be searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The words as typed.
    pub typed: String,
    /// The groups of words they may meet.
    pub groups: Vec<WordGroup>,
}

impl Words {
    /// The words that `viewer` types to find records of `object`.
    pub fn new(typed: &str, object: &Object, viewer: &dyn Viewer) -> Words {
        let clear = |group: &WordGroup| {
            let fields = object.fields.iter().filter(|field| field.search);
            let mut fields = fields.filter(|field| WordGroup::of(object, field) == *group);
            fields.all(|field| viewer.field_access(object, field) >= FieldAccess::Read)
        };
        let groups = WordGroup::ALL.into_iter().filter(clear).collect();
        Words { typed: typed.to_owned(), groups }
    }
}
