//! How objects lie in tables: which columns, in which order, and which fields live in tables of their own.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use model::fields::Column;
use model::{Field, Kind, Object, Record, Schema, Value};

use crate::cell::{Cell, to_cells, to_value};

/// One column of an object's table.
#[derive(Debug, Clone)]
pub struct ColumnDef {
    /// The column's name.
    pub name: String,
    /// What its cells hold.
    pub column: Column,
}

/// How one object lies in its table.
pub struct Layout {
    /// The object.
    pub object: Arc<Object>,
    /// Columns that hold fields, in the order of the fields.
    pub columns: Vec<ColumnDef>,
    /// Fields whose values live in a table of their own: their positions.
    pub sets: Vec<usize>,
    /// The column with the order of titles, as people see it.
    pub title_key: Option<String>,
}

impl Layout {
    fn of(object: Arc<Object>) -> Layout {
        let columns = object.fields.iter().flat_map(Field::columns);
        let columns = columns.map(|(name, column)| ColumnDef { name, column }).collect();
        let sets = object.fields.iter().enumerate().filter(|(_, field)| field.kind.is_set());
        let sets = sets.map(|(index, _)| index).collect();
        let title = object.field(&object.title).map(|field| &field.kind);
        let title_key =
            matches!(title, Some(Kind::Text(_))).then(|| format!("{}__key", object.title));
        Layout { object, columns, sets, title_key }
    }

    /// The table.
    pub fn table(&self) -> &str {
        &self.object.plural
    }

    /// The column by which lists ordered by `field` are ordered.
    pub fn order_column(&self, field: &Field) -> (String, Column) {
        match (&self.title_key, field.name == self.object.title) {
            (Some(key), true) => (key.clone(), Column::Bytes),
            _ => field.columns().swap_remove(0),
        }
    }

    /// The table of a field whose values live in one.
    pub fn set_table(&self, field: &Field) -> String {
        format!("{}__{}", self.object.plural, field.name)
    }

    /// The order of a title, as people see it.
    pub fn key_of(&self, title: &Value) -> Cell {
        match (title, self.object.field(&self.object.title).map(|field| &field.kind)) {
            (Value::Text(title), Some(Kind::Text(kind))) if kind.is_name => {
                Cell::Bytes(text::name_sort_key(title))
            }
            (Value::Text(title), _) => Cell::Bytes(text::sort_key(title)),
            _ => Cell::Null,
        }
    }

    /// The cells of a record: one a column, then the title's key if there is one.
    pub fn row(&self, record: &Record) -> Vec<Cell> {
        let mut row: Vec<Cell> = Vec::with_capacity(self.columns.len() + 1);
        for (field, value) in self.object.fields.iter().zip(&record.values) {
            if !field.kind.is_set() {
                row.extend(to_cells(field, value));
            }
        }
        if self.title_key.is_some() {
            row.push(self.key_of(record.get(&self.object, &self.object.title)));
        }
        row
    }

    /// The record in the first cells of a row (sets are empty; see `records::fill_sets`).
    pub fn record(&self, row: &mut impl Iterator<Item = Cell>) -> Record {
        self.record_of(None, row)
    }

    /// The same of a row that holds only the columns of some fields; the others are empty.
    pub fn record_of(
        &self,
        only: Option<&[usize]>,
        row: &mut impl Iterator<Item = Cell>,
    ) -> Record {
        let mut next = || row.next().unwrap_or(Cell::Null);
        let values =
            self.object.fields.iter().enumerate().map(|(index, field)| match &field.kind {
                Kind::Links(_) => Value::Ids(Vec::new()),
                Kind::ManyChoices(_) => Value::Texts(Vec::new()),
                _ if only.is_some_and(|only| !only.contains(&index)) => Value::Null,
                Kind::AnyLink(_) => match (next(), next()) {
                    (Cell::Text(object), Cell::Uuid(id)) => Value::Any(object, id),
                    _ => Value::Null,
                },
                _ => to_value(field, next()),
            });
        Record { values: values.collect() }
    }

    /// Columns of some fields, in the order in which [`Layout::record_of`] takes them; of all when none.
    pub fn columns_of(&self, only: Option<&[usize]>) -> Vec<ColumnDef> {
        let fields = self.object.fields.iter().enumerate();
        let wanted = fields.filter(|(index, _)| only.is_none_or(|only| only.contains(index)));
        let columns = wanted.flat_map(|(_, field)| field.columns());
        columns.map(|(name, column)| ColumnDef { name, column }).collect()
    }

    /// What the columns hold, in order.
    pub fn types(&self) -> Vec<Column> {
        self.columns.iter().map(|column| column.column).collect()
    }
}

/// The layouts of all objects of a workspace.
pub struct Catalog {
    /// The schema they follow.
    pub schema: Arc<Schema>,
    layouts: HashMap<String, Arc<Layout>>,
    /// Objects whose readers see records of others that link to theirs.
    seen_through: HashSet<String>,
}

impl Catalog {
    /// The layouts that `schema` asks for.
    pub fn of(schema: Arc<Schema>) -> Catalog {
        let layouts = schema
            .objects()
            .map(|object| (object.name.clone(), Arc::new(Layout::of(object.clone()))));
        let through = |object: &Arc<Object>| -> Vec<String> {
            let links = object.access.through.iter().filter_map(|link| object.field(link));
            links.filter_map(|link| link.kind.target()).map(str::to_owned).collect()
        };
        let seen_through = schema.objects().flat_map(through).collect();
        Catalog { layouts: layouts.collect(), schema: schema.clone(), seen_through }
    }

    /// The layout of the object called `name`.
    pub fn layout(&self, name: &str) -> Option<&Arc<Layout>> {
        self.layouts.get(name)
    }

    /// The index that tells whose a record is by its id, of objects through which others are seen.
    pub fn reach_index(&self, layout: &Layout) -> Option<String> {
        let name = layout.object.name.as_str();
        (layout.object.access.owned && self.seen_through.contains(name))
            .then(|| format!("i__{}__reach", layout.table()))
    }

    /// All layouts, in the schema's order.
    pub fn layouts(&self) -> impl Iterator<Item = &Arc<Layout>> {
        self.schema.objects().filter_map(|object| self.layouts.get(&object.name))
    }
}
