//! A list that is read again and again: its SELECT is made once, and only the place of the page is bound anew.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use model::query::{After, ListQuery};
use model::{Filter, Uuid, Value};

use crate::Result;
use crate::cell::{Cell, CellRef, Cells};
use crate::db::to_cells;
use crate::dialect::Dialect;
use crate::layout::Layout;
use crate::select::{Spot, goes_beyond, only};
use crate::tx::Tx;

/// What stands for a place's cell while the statement is made; no value of a field is bytes.
const SLOT: &[u8] = b"the cell of a place";

/// A list of one object for one reader, ready to be read page by page. It holds for one catalog.
pub struct Listing {
    object: String,
    query: ListQuery,
    titled: HashMap<String, Filter>,
    made: Mutex<Vec<Arc<Made>>>,
}

/// A statement of the list, in one dialect, for one shape of place.
struct Made {
    dialect: Dialect,
    shape: Shape,
    sql: String,
    /// All cells, those of the place being anything.
    cells: Vec<Cell>,
    /// Where a cell of the place goes: its position among the cells, and the place's cell; the id is the last.
    slots: Vec<(usize, usize)>,
    columns: Columns,
}

/// What of a place the statement depends on.
#[derive(PartialEq)]
enum Shape {
    First,
    /// Whether each key's cell is filled.
    After(Vec<bool>),
    Beyond,
}

/// In which column a field's value and title are, by the position of the field.
struct Columns {
    values: Vec<Option<usize>>,
    titles: Vec<Option<usize>>,
}

/// A row of a listing.
pub struct Row<'r> {
    cells: &'r dyn Cells,
    columns: &'r Columns,
}

impl Row<'_> {
    /// The cell of the field at `index`; NULL when it was not read.
    pub fn cell(&self, index: usize) -> CellRef<'_> {
        self.at(&self.columns.values, index)
    }

    /// The title of the record to which the field at `index` links; NULL when it may not be seen.
    pub fn title(&self, index: usize) -> CellRef<'_> {
        self.at(&self.columns.titles, index)
    }

    fn at(&self, columns: &[Option<usize>], index: usize) -> CellRef<'_> {
        columns
            .get(index)
            .copied()
            .flatten()
            .map_or(CellRef::Null, |column| self.cells.cell(column))
    }
}

impl Listing {
    /// The list of `object` that `query` describes (its page does not matter), with the titles of linked records that
    /// pass the filter of their object in `titled`.
    pub fn new(object: &str, query: ListQuery, titled: HashMap<String, Filter>) -> Listing {
        Listing { object: object.to_owned(), query, titled, made: Mutex::default() }
    }

    /// The query it was made from.
    pub fn query(&self) -> &ListQuery {
        &self.query
    }

    fn made(&self, tx: &Tx, layout: &Layout, spot: &Spot) -> Result<Arc<Made>> {
        let shape = match spot {
            Spot::First => Shape::First,
            Spot::After(cells, _) => {
                Shape::After(cells.iter().map(|cell| *cell != Cell::Null).collect())
            }
            Spot::Beyond => Shape::Beyond,
        };
        let is_it = |made: &&Arc<Made>| made.shape == shape && made.dialect == *tx.dialect;
        let known = self.made.lock().expect("no panic holds this lock");
        if let Some(made) = known.iter().find(is_it) {
            return Ok(made.clone());
        }
        drop(known);
        let made = Arc::new(self.make(tx, layout, spot, shape)?);
        self.made.lock().expect("no panic holds this lock").push(made.clone());
        Ok(made)
    }

    fn make(&self, tx: &Tx, layout: &Layout, spot: &Spot, shape: Shape) -> Result<Made> {
        let slot = |number: usize| {
            let number = u8::try_from(number).expect("an order has few keys");
            Cell::Bytes([SLOT, &[number]].concat())
        };
        let spot = match spot {
            Spot::After(cells, _) => {
                let slots = cells.iter().enumerate().map(|(number, cell)| match cell {
                    Cell::Null => Cell::Null,
                    _ => slot(number),
                });
                Spot::After(slots.collect(), slot(cells.len()))
            }
            other => other.clone(),
        };
        let titled = |target: &str| self.titled.get(target).cloned().unwrap_or(Filter::Never);
        let select = tx.list_select(&self.object, &self.query, &spot, &titled, 1)?;
        let (sql, values) = tx.dialect.build(&select.select);
        let cells = to_cells(values);
        let slots = cells.iter().enumerate().filter_map(|(at, cell)| match cell {
            Cell::Bytes(bytes) => {
                bytes.strip_prefix(SLOT).map(|number| (at, usize::from(number[0])))
            }
            _ => None,
        });
        let slots = slots.collect();
        let columns = self.columns(layout, &select.titles);
        Ok(Made { dialect: tx.dialect.clone(), shape, sql, cells, slots, columns })
    }

    fn columns(&self, layout: &Layout, titles: &[(usize, model::fields::Column)]) -> Columns {
        let only = only(layout, &self.query);
        let fields = &layout.object.fields;
        let mut columns =
            Columns { values: vec![None; fields.len()], titles: vec![None; fields.len()] };
        let mut next = 0;
        for (index, field) in fields.iter().enumerate() {
            let count = field.columns().len();
            if count > 0 && only.as_ref().is_none_or(|only| only.contains(&index)) {
                columns.values[index] = Some(next);
                next += count;
            }
        }
        for (number, (index, _)) in titles.iter().enumerate() {
            columns.titles[*index] = Some(next + number);
        }
        columns
    }
}

impl Tx<'_, '_> {
    /// Hands the rows of one page of `listing` to `each`, in order, at most `limit`; where the next page begins, none
    /// on the last. Links to any object and values in tables of their own are not among a row's cells.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn each_listed(
        &mut self,
        listing: &Listing,
        after: Option<&After>,
        limit: usize,
        each: &mut dyn FnMut(&Row),
    ) -> Result<Option<After>> {
        let layout = self.layout(&listing.object)?;
        let sort = &listing.query.sort;
        let spot = Spot::of(layout, after, sort);
        let mut page = Taken { listing, layout, limit, count: 0, last: None, each };
        page.take(self, &spot)?;
        if page.count <= limit && goes_beyond(after, sort) {
            page.take(self, &Spot::Beyond)?;
        }
        Ok(page.last.filter(|_| page.count > limit))
    }
}

/// A page while it is taken: one row more than it holds tells whether another follows.
struct Taken<'a> {
    listing: &'a Listing,
    layout: &'a Layout,
    limit: usize,
    count: usize,
    last: Option<After>,
    each: &'a mut dyn FnMut(&Row),
}

impl Taken<'_> {
    fn take(&mut self, tx: &mut Tx, spot: &Spot) -> Result<()> {
        let made = self.listing.made(tx, self.layout, spot)?;
        let mut cells = made.cells.clone();
        if let Spot::After(place, id) = spot {
            for (at, number) in &made.slots {
                cells[*at] = place.get(*number).unwrap_or(id).clone();
            }
        }
        if let Some(limit) = cells.last_mut() {
            *limit = Cell::Int((self.limit + 1 - self.count) as i64);
        }
        tx.each_row(&made.sql, &cells, &mut |row| {
            self.row(&Row { cells: row, columns: &made.columns })
        })
    }

    fn row(&mut self, row: &Row) {
        self.count += 1;
        if self.count > self.limit {
            return;
        }
        (self.each)(row);
        if self.count == self.limit {
            self.last = Some(mark(self.layout, self.listing, row));
        }
    }
}

fn mark(layout: &Layout, listing: &Listing, row: &Row) -> After {
    let object = &layout.object;
    let value = |name: &str| match object.index(name) {
        Some(index) => row.cell(index).value(&object.fields[index]),
        None => Value::Null,
    };
    let values = listing.query.sort.iter().map(|sort| value(&sort.field)).collect();
    After { values, id: value("id").as_id().unwrap_or(Uuid::nil()) }
}
