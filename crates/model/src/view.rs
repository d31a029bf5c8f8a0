//! Declared views: which columns, in which order, as a list, board or calendar.

use crate::label::{Label, label};

/// How a view is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewKind {
    /// Rows and columns.
    List,
    /// One column of cards a group.
    Board,
    /// Days of a month.
    Calendar,
}

impl ViewKind {
    /// The kind's name in the schema.
    pub fn name(self) -> &'static str {
        match self {
            ViewKind::List => "list",
            ViewKind::Board => "board",
            ViewKind::Calendar => "calendar",
        }
    }
}

/// A view of an object's records.
#[derive(Debug, Clone)]
pub struct View {
    /// The name in URLs.
    pub name: String,
    /// The label in both languages.
    pub label: Label,
    /// How it is drawn.
    pub kind: ViewKind,
    /// Fields shown, in order.
    pub columns: Vec<String>,
    /// Order, `-field` for falling.
    pub sort: Vec<String>,
    /// The filter as JSON text (it may hold relative days and `me`).
    pub filter: Option<String>,
    /// The field that makes a board's columns.
    pub group: Option<String>,
    /// The money field summed a column.
    pub sum: Option<String>,
    /// The field that places a record in a calendar.
    pub date: Option<String>,
}

impl View {
    /// A list of `columns`.
    pub fn list(name: &str, en: &str, zh: &str, columns: &[&str]) -> View {
        View {
            name: name.to_owned(),
            label: label(en, zh),
            kind: ViewKind::List,
            columns: columns.iter().map(|c| (*c).to_owned()).collect(),
            sort: vec!["-updated_at".to_owned()],
            filter: None,
            group: None,
            sum: None,
            date: None,
        }
    }

    /// A board with a column for each value of `group`, cards showing `columns`.
    pub fn board(name: &str, en: &str, zh: &str, group: &str, columns: &[&str]) -> View {
        let kind = ViewKind::Board;
        View { kind, group: Some(group.to_owned()), ..View::list(name, en, zh, columns) }
    }

    /// A calendar placed by `date`.
    pub fn calendar(name: &str, en: &str, zh: &str, date: &str, columns: &[&str]) -> View {
        let kind = ViewKind::Calendar;
        View { kind, date: Some(date.to_owned()), ..View::list(name, en, zh, columns) }
    }

    /// Ordered by these fields.
    pub fn sort(mut self, sort: &[&str]) -> View {
        self.sort = sort.iter().map(|s| (*s).to_owned()).collect();
        self
    }

    /// Only records that pass the JSON filter.
    pub fn filter(mut self, json: &str) -> View {
        self.filter = Some(json.to_owned());
        self
    }

    /// With the sum of a money field a column.
    pub fn sum(mut self, field: &str) -> View {
        self.sum = Some(field.to_owned());
        self
    }
}

/// Filters of views are JSON: a declared one must be, too. Kept beside `View` for the schema's check.
pub(crate) fn filter_is_json(filter: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(filter).is_ok()
}
