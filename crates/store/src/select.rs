//! Reading records: one SELECT with the titles of linked records joined in, in pages that begin after a record.

use std::collections::HashMap;

use model::fields::Column;
use model::query::{After, Bin, COUNT_MAX, ListQuery, Sort};
use model::{Filter, Kind, Record, Uuid, Value};
use sea_query::{Alias, Expr, ExprTrait, NullOrdering, Order, Query, SelectStatement};

use crate::Result;
use crate::cell::Cell;
use crate::compile::{Compiler, col, val};
use crate::dialect::iden;
use crate::layout::Layout;
use crate::order::{Key, cells_of, id_order, keys, later, mark};
use crate::tx::Tx;

/// Whose titles are joined in, and which of the linked records may be seen: a filter by target object.
pub type Titled<'a> = &'a dyn Fn(&str) -> Filter;

/// A record with the titles of the records its fields link to, by id.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The record; fields with values in tables of their own are filled when asked for.
    pub record: Record,
    /// Title of the linked record, by the position of the field; none when there is none or it may not be seen.
    pub titles: HashMap<usize, Value>,
}

/// One page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The records.
    pub rows: Vec<Listed>,
    /// Where the next page begins; none on the last.
    pub next: Option<After>,
}

/// Where in a list's order rows are taken.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Spot {
    /// From its beginning.
    First,
    /// After the row with these cells of the keys and this id, on its side of the boundary between empty and filled
    /// values of the first key.
    After(Vec<Cell>, Cell),
    /// On the other side of that boundary.
    Beyond,
}

impl Spot {
    pub fn of(layout: &Layout, after: Option<&After>, sort: &[Sort]) -> Spot {
        match after {
            None => Spot::First,
            Some(after) => Spot::After(cells_of(&keys(layout, sort), after), Cell::Uuid(after.id)),
        }
    }
}

/// Whether rows on the other side of the boundary follow. Empty values are the smallest: they come first when rising,
/// last when falling.
pub(crate) fn goes_beyond(after: Option<&After>, sort: &[Sort]) -> bool {
    let (Some(after), Some(first)) = (after, sort.first()) else { return false };
    let was_empty = after.values.first().is_none_or(Value::is_empty);
    was_empty != first.falling
}

/// A list's SELECT: what its columns hold, and the fields whose titles come last.
pub(crate) struct ListSelect {
    pub select: SelectStatement,
    pub types: Vec<Column>,
    pub titles: Vec<(usize, Column)>,
}

impl Tx<'_, '_> {
    /// One page of records that pass the query's filter, with linked titles.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn list(&mut self, object: &str, query: &ListQuery, titled: Titled) -> Result<Page> {
        let layout = self.layout(object)?;
        let spot = Spot::of(layout, query.after.as_ref(), &query.sort);
        let mut rows = self.phase(object, query, &spot, titled, query.limit + 1)?;
        let missing = (query.limit + 1).saturating_sub(rows.len());
        if missing > 0 && goes_beyond(query.after.as_ref(), &query.sort) {
            rows.extend(self.phase(object, query, &Spot::Beyond, titled, missing)?);
        }
        let more = rows.len() > query.limit;
        rows.truncate(query.limit);
        let next = rows.last().filter(|_| more).map(|last| mark(layout, &query.sort, &last.record));
        Ok(Page { rows, next })
    }

    /// Rows at `spot`, at most `limit`.
    fn phase(
        &mut self,
        object: &str,
        query: &ListQuery,
        spot: &Spot,
        titled: Titled,
        limit: usize,
    ) -> Result<Vec<Listed>> {
        let made = self.list_select(object, query, spot, titled, limit)?;
        let layout = self.layout(object)?;
        let only = only(layout, query);
        let rows = self.rows(&made.select, &made.types)?;
        Ok(rows.into_iter().map(|row| listed(layout, only.as_deref(), &made.titles, row)).collect())
    }

    /// The SELECT of a list at `spot`.
    pub(crate) fn list_select(
        &self,
        object: &str,
        query: &ListQuery,
        spot: &Spot,
        titled: Titled,
        limit: usize,
    ) -> Result<ListSelect> {
        let layout = self.layout(object)?;
        let mut compiler = Compiler::new(self.catalog(), self.dialect);
        let mut select = Query::select();
        let only = only(layout, query);
        let read = layout.columns_of(only.as_deref());
        for column in &read {
            select.column((iden("t"), iden(&column.name)));
        }
        let titles = titles(&mut select, &mut compiler, self, layout, only.as_deref(), titled)?;
        select
            .from(self.dialect.table_as(layout.table(), "t"))
            .cond_where(compiler.condition(layout, "t", &query.filter)?)
            .limit(limit as u64);
        match query.bin {
            Bin::Live => select.and_where(col("t", "deleted_at").is_null()),
            Bin::Deleted => select.and_where(col("t", "deleted_at").is_not_null()),
            Bin::Both => &mut select,
        };
        self.in_order(&mut select, &keys(layout, &query.sort), spot);
        let id_order = id_order(&query.sort);
        select.order_by_expr(col("t", "id"), id_order);
        let mut types: Vec<Column> = read.iter().map(|column| column.column).collect();
        types.extend(titles.iter().map(|(_, column)| *column));
        Ok(ListSelect { select, types, titles })
    }

    fn in_order(&self, select: &mut SelectStatement, keys: &[Key], spot: &Spot) {
        match (spot, keys.first()) {
            (Spot::After(cells, id), _) => {
                select.cond_where(later(keys, cells, id.clone()));
            }
            (Spot::Beyond, Some(key)) => {
                let column = col("t", &key.column);
                select.and_where(if key.falling { column.is_null() } else { column.is_not_null() });
            }
            (Spot::First | Spot::Beyond, _) => {}
        }
        for key in keys {
            let (order, nulls) = match key.falling {
                true => (Order::Desc, NullOrdering::Last),
                false => (Order::Asc, NullOrdering::First),
            };
            let column = col("t", &key.column);
            if self.dialect.locks_rows() {
                select.order_by_expr_with_nulls(column, order, nulls);
            } else {
                select.order_by_expr(column, order);
            }
        }
    }

    /// How many records pass, counted up to a limit; whether that is the exact number.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn count(&mut self, object: &str, filter: &Filter, bin: Bin) -> Result<(i64, bool)> {
        let layout = self.layout(object)?;
        let mut inner = Query::select();
        inner
            .expr(Expr::cust("1"))
            .from(self.dialect.table_as(layout.table(), "t"))
            .cond_where(Compiler::new(self.catalog(), self.dialect).condition(layout, "t", filter)?)
            .limit(COUNT_MAX as u64 + 1);
        match bin {
            Bin::Live => inner.and_where(col("t", "deleted_at").is_null()),
            Bin::Deleted => inner.and_where(col("t", "deleted_at").is_not_null()),
            Bin::Both => &mut inner,
        };
        let mut outer = Query::select();
        outer.expr(Expr::cust("COUNT(*)")).from_subquery(inner, Alias::new("counted"));
        let rows = self.rows(&outer, &[Column::Int])?;
        let found = rows.first().and_then(|row| row.first()).map_or(0, Cell::int);
        Ok((Ord::min(found, COUNT_MAX), found <= COUNT_MAX))
    }

    /// The ids of the first `limit` live records that pass, by id.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn ids(
        &mut self,
        object: &str,
        filter: &Filter,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<Uuid>> {
        let layout = self.layout(object)?;
        let mut select = Query::select();
        select
            .expr(col("t", "id"))
            .from(self.dialect.table_as(layout.table(), "t"))
            .cond_where(Compiler::new(self.catalog(), self.dialect).condition(layout, "t", filter)?)
            .and_where(col("t", "deleted_at").is_null())
            .order_by_expr(col("t", "id"), Order::Asc)
            .limit(limit as u64);
        if let Some(after) = after {
            select.and_where(col("t", "id").gt(val(Cell::Uuid(after))));
        }
        let rows = self.rows(&select, &[Column::Uuid])?;
        Ok(rows.into_iter().flatten().filter_map(|cell| cell.id()).collect())
    }

    /// Records by their ids that pass `filter`, sets filled, in no order. With `lock` nobody else
    /// changes them before this transaction ends.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn load(
        &mut self,
        object: &str,
        ids: &[Uuid],
        filter: &Filter,
        bin: Bin,
        lock: bool,
    ) -> Result<Vec<Record>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let layout = self.layout(object)?;
        let mut select = Query::select();
        for column in &layout.columns {
            select.column((iden("t"), iden(&column.name)));
        }
        select
            .from(self.dialect.table_as(layout.table(), "t"))
            .and_where(col("t", "id").is_in(ids.iter().map(|id| val(Cell::Uuid(*id)))))
            .cond_where(
                Compiler::new(self.catalog(), self.dialect).condition(layout, "t", filter)?,
            );
        match bin {
            Bin::Live => select.and_where(col("t", "deleted_at").is_null()),
            Bin::Deleted => select.and_where(col("t", "deleted_at").is_not_null()),
            Bin::Both => &mut select,
        };
        if lock && self.dialect.locks_rows() {
            select.order_by_expr(col("t", "id"), Order::Asc);
            select.lock_with_tables(sea_query::LockType::Update, [Alias::new("t")]);
        }
        let rows = self.rows(&select, &layout.types())?;
        let mut records: Vec<Record> =
            rows.into_iter().map(|row| layout.record(&mut row.into_iter())).collect();
        self.fill_sets(object, &mut records)?;
        Ok(records)
    }

    /// The first record that passes by `sort`; for defaults such as "the first stage".
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn first(&mut self, object: &str, filter: &Filter, sort: &str) -> Result<Option<Record>> {
        let (field, falling) = sort.strip_prefix('-').map_or((sort, false), |field| (field, true));
        let query = ListQuery {
            sort: vec![Sort { field: field.to_owned(), falling }],
            limit: 1,
            ..ListQuery::of(filter.clone())
        };
        let page = self.list(object, &query, &|_| Filter::Never)?;
        Ok(page.rows.into_iter().next().map(|row| row.record))
    }

    /// Which of `filters` the record `id`, live or deleted, passes; none when there is no such record.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn passes(
        &mut self,
        object: &str,
        id: Uuid,
        filters: &[&Filter],
    ) -> Result<Option<Vec<bool>>> {
        let layout = self.layout(object)?;
        let mut compiler = Compiler::new(self.catalog(), self.dialect);
        let mut select = Query::select();
        for filter in filters {
            let condition = compiler.condition(layout, "t", filter)?;
            let condition =
                if condition.is_empty() { condition.add(Expr::cust("1 = 1")) } else { condition };
            // Written out, not bound: a database that types its parameters would take these for text.
            select.expr(Expr::case(condition, Expr::cust("1")).finally(Expr::cust("0")));
        }
        select
            .from(self.dialect.table_as(layout.table(), "t"))
            .and_where(col("t", "id").eq(val(Cell::Uuid(id))));
        let rows = self.rows(&select, &vec![Column::Int; filters.len()])?;
        let answers = |row: Vec<Cell>| row.iter().map(|cell| cell.int() == 1).collect();
        Ok(rows.into_iter().next().map(answers))
    }

    /// Whether a record other than `id` passes.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn other(&mut self, object: &str, filter: &Filter, bin: Bin, id: Uuid) -> Result<bool> {
        let layout = self.layout(object)?;
        let mut select = Query::select();
        select
            .expr(Expr::cust("1"))
            .from(self.dialect.table_as(layout.table(), "t"))
            .cond_where(Compiler::new(self.catalog(), self.dialect).condition(layout, "t", filter)?)
            .and_where(col("t", "id").ne(val(Cell::Uuid(id))))
            .limit(1);
        if bin == Bin::Live {
            select.and_where(col("t", "deleted_at").is_null());
        }
        Ok(!self.rows(&select, &[Column::Int])?.is_empty())
    }

    /// Titles of records of one object by their ids, of those that pass `filter`.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn titles(
        &mut self,
        object: &str,
        ids: &[Uuid],
        filter: &Filter,
    ) -> Result<HashMap<Uuid, Value>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let layout = self.layout(object)?;
        let title = &layout.object.fields[layout.object.index(&layout.object.title).unwrap_or(0)];
        let (column, kind) = title.columns().swap_remove(0);
        let mut select = Query::select();
        select
            .expr(col("t", "id"))
            .expr(col("t", &column))
            .from(self.dialect.table_as(layout.table(), "t"))
            .and_where(col("t", "id").is_in(ids.iter().map(|id| val(Cell::Uuid(*id)))))
            .cond_where(
                Compiler::new(self.catalog(), self.dialect).condition(layout, "t", filter)?,
            );
        let rows = self.rows(&select, &[Column::Uuid, kind])?;
        let pairs = rows.into_iter().filter_map(|row| {
            let mut row = row.into_iter();
            let id = row.next()?.id()?;
            Some((id, crate::cell::to_value(title, row.next()?)))
        });
        Ok(pairs.collect())
    }
}

/// The fields that are read: those asked for, the id, the version, and what the order needs.
pub(crate) fn only(layout: &Layout, query: &ListQuery) -> Option<Vec<usize>> {
    let mut only = query.only.clone()?;
    let sorted = query.sort.iter().map(|sort| sort.field.as_str());
    only.extend(["id", "version"].into_iter().chain(sorted).filter_map(|f| layout.object.index(f)));
    Some(only)
}

/// Selects the title of each linked record that may be seen, of the fields that are read.
fn titles(
    select: &mut SelectStatement,
    compiler: &mut Compiler,
    tx: &Tx,
    layout: &Layout,
    only: Option<&[usize]>,
    titled: Titled,
) -> Result<Vec<(usize, Column)>> {
    let mut titles = Vec::new();
    for (index, field) in layout.object.fields.iter().enumerate() {
        let Kind::Link(link) = &field.kind else { continue };
        if only.is_some_and(|only| !only.contains(&index)) {
            continue;
        }
        let Ok(target) = tx.layout(&link.target) else { continue };
        let filter = titled(&link.target);
        if filter == Filter::Never {
            continue;
        }
        let title = target.object.index(&target.object.title).map(|i| &target.object.fields[i]);
        let Some((column, kind)) = title.and_then(|title| title.columns().into_iter().next())
        else {
            continue;
        };
        let alias = format!("l{index}");
        let inner = Query::select()
            .expr(col(&alias, &column))
            .from(tx.dialect.table_as(target.table(), &alias))
            .and_where(col(&alias, "id").eq(col("t", &field.columns()[0].0)))
            .cond_where(compiler.condition(target, &alias, &filter)?)
            .to_owned();
        select.expr(Expr::SubQuery(None, Box::new(inner.into())));
        titles.push((index, kind));
    }
    Ok(titles)
}

fn listed(
    layout: &Layout,
    only: Option<&[usize]>,
    titles: &[(usize, Column)],
    row: Vec<Cell>,
) -> Listed {
    let mut cells = row.into_iter();
    let record = layout.record_of(only, &mut cells);
    let mut found = HashMap::new();
    for ((index, _), cell) in titles.iter().zip(cells) {
        let Kind::Link(_) = &layout.object.fields[*index].kind else { continue };
        if cell != Cell::Null {
            found.insert(*index, plain(cell));
        }
    }
    Listed { record, titles: found }
}

/// A title as a value: titles are texts, numbers or days; the caller writes them as text.
fn plain(cell: Cell) -> Value {
    match cell {
        Cell::Text(text) => Value::Text(text),
        Cell::Int(number) => Value::Int(number),
        Cell::Uuid(id) => Value::Id(id),
        _ => Value::Null,
    }
}
