//! The order of a list: its keys, and the condition that a row comes after a place in it.

use model::query::{After, Sort};
use model::{Field, Record, Value};
use sea_query::{Cond, Expr, ExprTrait, Order};

use crate::cell::{Cell, to_cell};
use crate::compile::{col, val};
use crate::layout::Layout;

/// One key of an order: its column and direction, and how a value becomes its cell.
pub(crate) struct Key<'a> {
    pub column: String,
    pub falling: bool,
    layout: &'a Layout,
    field: &'a Field,
    is_title: bool,
}

impl Key<'_> {
    pub fn cell(&self, value: &Value) -> Cell {
        if self.is_title { self.layout.key_of(value) } else { to_cell(self.field, value) }
    }
}

pub(crate) fn keys<'a>(layout: &'a Layout, sort: &[Sort]) -> Vec<Key<'a>> {
    sort.iter()
        .filter_map(|sort| {
            let field = layout.object.field(&sort.field)?;
            let (column, _) = layout.order_column(field);
            let is_title = layout.title_key.as_ref() == Some(&column);
            Some(Key { column, falling: sort.falling, layout, field, is_title })
        })
        .collect()
}

/// The id follows the direction of the first key, so that one index serves both.
pub(crate) fn id_order(sort: &[Sort]) -> Order {
    if sort.first().is_some_and(|first| first.falling) { Order::Desc } else { Order::Asc }
}

/// The cells of a place: one a key, as the keys' columns hold them.
pub(crate) fn cells_of(keys: &[Key], after: &After) -> Vec<Cell> {
    keys.iter().zip(&after.values).map(|(key, value)| key.cell(value)).collect()
}

/// Rows strictly after the one with these `cells` and this `id`, empty values being the smallest. The first key is
/// bounded by itself as well, so that its index is entered at the right place.
pub(crate) fn later(keys: &[Key], cells: &[Cell], id: Cell) -> Cond {
    let mut any = Cond::any();
    let mut equal = Cond::all();
    for (number, (key, cell)) in keys.iter().zip(cells).enumerate() {
        let column = || col("t", &key.column);
        let beyond = match (cell, key.falling) {
            (Cell::Null, true) => Expr::cust("1 = 0"),
            (Cell::Null, false) => column().is_not_null(),
            (_, true) => column().lt(val(cell.clone())),
            (_, false) => column().gt(val(cell.clone())),
        };
        any = any.add(equal.clone().add(beyond));
        if key.falling && *cell != Cell::Null && number > 0 {
            // Not the first key: empty values come last among equals here.
            any = any.add(equal.clone().add(column().is_null()));
        }
        equal = equal.add(match cell {
            Cell::Null => column().is_null(),
            cell => column().eq(val(cell.clone())),
        });
    }
    let falling = keys.first().is_some_and(|key| key.falling);
    let column = col("t", "id");
    let id = if falling { column.lt(val(id)) } else { column.gt(val(id)) };
    any = any.add(equal.add(id));
    match (keys.first(), cells.first()) {
        (Some(key), Some(cell)) => Cond::all().add(bound(key, cell)).add(any),
        _ => any,
    }
}

/// The first key on the same side of the boundary between empty and filled as the page's start.
fn bound(key: &Key, cell: &Cell) -> Expr {
    let column = col("t", &key.column);
    match (cell, key.falling) {
        (Cell::Null, _) => column.is_null(),
        (cell, true) => column.lte(val(cell.clone())),
        (cell, false) => column.gte(val(cell.clone())),
    }
}

/// Where the page after `record` begins.
pub(crate) fn mark(layout: &Layout, sort: &[Sort], record: &Record) -> After {
    let values = sort.iter().map(|sort| record.get(&layout.object, &sort.field).clone());
    After { values: values.collect(), id: record.id() }
}
