//! A read: which records of an object, which fields, in which order, from where on.

use uuid::Uuid;

use crate::access::FieldAccess;
use crate::filter::{Filter, Viewer};
use crate::object::Object;
use crate::problem::Problem;
use crate::value::Value;

/// Records of one page.
pub const PAGE_ROWS_MAX: usize = 200;
/// Records of one page unless the caller says.
pub const PAGE_ROWS: usize = 50;
/// Fields one may sort by at once.
pub const SORTS_MAX: usize = 4;
/// Counting stops here: "10,000+".
pub const COUNT_MAX: i64 = 10_000;

/// One field of an order.
#[derive(Debug, Clone, PartialEq)]
pub struct Sort {
    /// The field.
    pub field: String,
    /// From large to small.
    pub falling: bool,
}

impl Sort {
    /// The order written as `-updated_at,name`.
    ///
    /// # Errors
    /// A problem naming a field that does not exist, is hidden or covered, or cannot be sorted by.
    pub fn parse(text: &str, object: &Object, viewer: &dyn Viewer) -> Result<Vec<Sort>, Problem> {
        let parts: Vec<&str> = text.split(',').filter(|part| !part.trim().is_empty()).collect();
        if parts.len() > SORTS_MAX {
            return Err(Problem::of("sort", "too_many").with("max", SORTS_MAX));
        }
        parts.into_iter().map(|part| Sort::one(part.trim(), object, viewer)).collect()
    }

    fn one(part: &str, object: &Object, viewer: &dyn Viewer) -> Result<Sort, Problem> {
        let (name, falling) = part.strip_prefix('-').map_or((part, false), |name| (name, true));
        let unknown = || {
            Problem::of("sort", "unknown_field").with("field", name).with("object", &object.name)
        };
        let field = object.field(name).ok_or_else(unknown)?;
        if viewer.field_access(object, field) < FieldAccess::Read {
            return Err(unknown());
        }
        if !field.kind().sortable() || field.columns().is_empty() {
            return Err(Problem::of("sort", "not_sortable").with("field", name));
        }
        Ok(Sort { field: name.to_owned(), falling })
    }
}

/// Which records of the recycle bin a read sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bin {
    /// Only live records.
    #[default]
    Live,
    /// Only deleted records.
    Deleted,
    /// Both.
    Both,
}

/// Where a page begins: the sort values and the id of the last record of the page before.
#[derive(Debug, Clone, PartialEq)]
pub struct After {
    /// One value a sort field.
    pub values: Vec<Value>,
    /// The id.
    pub id: Uuid,
}

/// A list read.
#[derive(Debug, Clone)]
pub struct ListQuery {
    /// Which records, rights included.
    pub filter: Filter,
    /// The order; the id always comes last.
    pub sort: Vec<Sort>,
    /// Live or deleted.
    pub bin: Bin,
    /// Where to begin.
    pub after: Option<After>,
    /// How many at most.
    pub limit: usize,
    /// Only these fields are read, by position; the others are empty in what is found. All when none.
    pub only: Option<Vec<usize>>,
}

impl ListQuery {
    /// All live records that pass `filter`, newest change first, one page.
    pub fn of(filter: Filter) -> ListQuery {
        let sort = vec![Sort { field: "updated_at".to_owned(), falling: true }];
        ListQuery { filter, sort, bin: Bin::Live, after: None, limit: PAGE_ROWS, only: None }
    }
}
