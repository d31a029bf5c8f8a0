//! A mapping made ready for a file: which records each row touches, in which order, and where every value comes from.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use formats::DatePattern;
use model::formula::Formula;
use model::{Object, Value};

use super::mapping::{IfMissing, Policy};

/// A mapping that fits the schema, the rights and the file.
pub struct Plan {
    /// Every record a row touches, each after those it links to; the row's own record comes last.
    pub nodes: Vec<Node>,
    /// What happens to a row whose record is there already.
    pub policy: Policy,
    /// The ways in which records are found; nodes name them by position.
    pub shapes: Vec<Shape>,
    /// Columns by the name that formulas call them.
    pub names: HashMap<String, usize>,
}

/// A way in which records of one object are found: by these fields together.
#[derive(Clone)]
pub struct Shape {
    /// The object.
    pub object: Arc<Object>,
    /// Positions of the fields.
    pub fields: Vec<usize>,
}

/// One record that a row touches.
pub struct Node {
    /// The links that lead to it; empty for the row's own record.
    pub path: String,
    /// Its object.
    pub object: Arc<Object>,
    /// Values of its fields.
    pub fields: Vec<Target>,
    /// Links filled by other nodes: the position of the field and of the node.
    pub links: Vec<(usize, usize)>,
    /// A cell that names the record, tried on each of the shapes; a list when the field holds several links.
    pub named: Option<Source>,
    /// Whether the cell names several records.
    pub many: bool,
    /// How it is found: one shape, or for a named record one after another. None: it is always made.
    pub shapes: Vec<usize>,
    /// What happens when it is not there.
    pub if_missing: IfMissing,
}

/// A value on its way into a field.
pub struct Target {
    /// The position of the field.
    pub field: usize,
    /// Where it comes from.
    pub source: Source,
}

/// Where a value comes from, and how it is read.
pub struct Source {
    /// The path in the mapping, named by problems.
    pub path: String,
    /// What gives the value.
    pub from: Given,
    /// The pattern of dates.
    pub date: Option<DatePattern>,
    /// Values that stand for others.
    pub translate: BTreeMap<String, String>,
    /// The value of an empty cell.
    pub empty: Option<String>,
    /// Whether white space around it is dropped.
    pub trim: bool,
    /// What stands between several values.
    pub list: Option<String>,
}

/// What gives a value.
pub enum Given {
    /// The cell of a column, by its position.
    Column(usize),
    /// A formula over the row.
    Formula(Box<Formula>),
    /// Always the same.
    Constant(Value),
}

impl Source {
    /// A value given by `from`, read as it is.
    pub fn plain(path: &str, from: Given) -> Source {
        let translate = BTreeMap::new();
        Source {
            path: path.to_owned(),
            from,
            date: None,
            translate,
            empty: None,
            trim: true,
            list: None,
        }
    }

    /// Whether it comes from a cell of the file.
    pub fn is_cell(&self) -> bool {
        matches!(self.from, Given::Column(_))
    }
}

impl Plan {
    /// The row's own record.
    pub fn root(&self) -> &Node {
        self.nodes.last().expect("a plan has the row's own record")
    }

    /// The column that goes to `path`, by position.
    pub fn column_of(&self, path: &str) -> Option<usize> {
        let sources = self
            .nodes
            .iter()
            .flat_map(|node| node.fields.iter().map(|t| &t.source).chain(&node.named));
        let mut sources = sources.filter(|source| source.path == path);
        sources.find_map(|source| match source.from {
            Given::Column(index) => Some(index),
            _ => None,
        })
    }
}

impl Node {
    /// The path of one of its fields.
    pub fn path_of(&self, field: &str) -> String {
        if self.path.is_empty() { field.to_owned() } else { format!("{}.{field}", self.path) }
    }
}
