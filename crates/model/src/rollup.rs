//! Roll-ups: what a parent knows of its children, kept true in the transaction of every write.

use crate::filter::Filter;

/// What is made of the children's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RollupFn {
    /// How many children.
    Count,
    /// The sum of a field.
    Sum,
    /// The smallest value of a field.
    Min,
    /// The largest (latest) value of a field.
    Max,
}

/// A roll-up over the records of `child` whose `link` leads to the parent.
#[derive(Debug, Clone)]
pub struct Rollup {
    /// The children's object.
    pub child: String,
    /// The children's link field to the parent.
    pub link: String,
    /// What is made of them.
    pub function: RollupFn,
    /// The children's field; none for a count.
    pub field: Option<String>,
    /// Which children count.
    pub filter: Filter,
    /// Only children whose day in this field lies in the last so many months.
    pub window: Option<(String, i32)>,
}

impl Rollup {
    fn new(child: &str, link: &str, function: RollupFn, field: Option<&str>) -> Rollup {
        Rollup {
            child: child.to_owned(),
            link: link.to_owned(),
            function,
            field: field.map(str::to_owned),
            filter: Filter::Always,
            window: None,
        }
    }

    /// How many children.
    pub fn count(child: &str, link: &str) -> Rollup {
        Rollup::new(child, link, RollupFn::Count, None)
    }

    /// The sum of `field`.
    pub fn sum(child: &str, link: &str, field: &str) -> Rollup {
        Rollup::new(child, link, RollupFn::Sum, Some(field))
    }

    /// The smallest `field`.
    pub fn min(child: &str, link: &str, field: &str) -> Rollup {
        Rollup::new(child, link, RollupFn::Min, Some(field))
    }

    /// The largest `field`.
    pub fn max(child: &str, link: &str, field: &str) -> Rollup {
        Rollup::new(child, link, RollupFn::Max, Some(field))
    }

    /// Only children that pass `filter`.
    pub fn only(mut self, filter: Filter) -> Rollup {
        self.filter = filter;
        self
    }

    /// Only children whose day in `field` lies in the last `months` months.
    pub fn last_months(mut self, field: &str, months: i32) -> Rollup {
        self.window = Some((field.to_owned(), months));
        self
    }
}
