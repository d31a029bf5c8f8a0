//! Writing rows: insert, update of what changed, sets. Called by the one write path in `app`; it decides, this does.

use std::collections::HashMap;

use model::fields::Column;
use model::{Field, Kind, Object, Record, Uuid, Value};
use sea_query::{Expr, ExprTrait, Query};

use crate::cell::{Cell, round_trip, to_cells};
use crate::compile::{element, val};
use crate::db::to_sql;
use crate::dialect::{Dialect, iden};
use crate::layout::Layout;
use crate::tx::Tx;
use crate::{Result, StoreError};

/// Rows of one INSERT.
const INSERT_ROWS_MAX: usize = 64;
/// Values of one INSERT; PostgreSQL takes 65,535.
const INSERT_VALUES_MAX: usize = 16_000;

impl Tx<'_, '_> {
    /// The record as it would read back: numbers scaled, days and moments in the store's grain.
    pub fn normal(&self, object: &Object, record: &mut Record) {
        for (field, value) in object.fields.iter().zip(&mut record.values) {
            *value = round_trip(field, value);
        }
    }

    /// Inserts new records with their sets and words.
    ///
    /// # Errors
    /// `Unique`, and whatever the database says.
    pub fn insert(&mut self, object: &str, records: &[Record]) -> Result<()> {
        let layout = self.layout(object)?;
        // SQLite is quickest row by row with one prepared statement; PostgreSQL with few round trips.
        if self.dialect.locks_rows() && records.len() > 1 {
            self.insert_many(layout, records)?;
        } else {
            let sql = self.text_of("insert", object, |dialect| insert_sql(dialect, layout));
            for record in records {
                self.run_cells(&sql, &layout.row(record))?;
            }
        }
        for record in records {
            for index in &layout.sets {
                let field = &layout.object.fields[*index];
                self.put_set(&layout.set_table(field), record.id(), &record.values[*index])?;
            }
            self.index(&layout.object, record, None)?;
        }
        Ok(())
    }

    fn insert_many(&mut self, layout: &Layout, records: &[Record]) -> Result<()> {
        let names = names(layout);
        let rows = INSERT_ROWS_MAX.min(INSERT_VALUES_MAX / names.len());
        for chunk in records.chunks(rows.max(1)) {
            let mut insert = Query::insert();
            insert
                .into_table(self.dialect.table(layout.table()))
                .columns(names.iter().map(|name| iden(name)));
            for record in chunk {
                insert.values_panic(layout.row(record).into_iter().map(val));
            }
            self.run(&insert)?;
        }
        Ok(())
    }

    /// Updates the columns, sets and words that differ, if the record still has `before`'s version.
    ///
    /// # Errors
    /// `Stale` when it has not, `Unique`, and whatever the database says.
    pub fn update(&mut self, object: &str, before: &Record, after: &Record) -> Result<()> {
        let layout = self.layout(object)?;
        let mut update = Query::update();
        update.table(self.dialect.table(layout.table()));
        let title = layout.object.index(&layout.object.title);
        for (index, field) in layout.object.fields.iter().enumerate() {
            if field.name == "id" || before.values[index] == after.values[index] {
                continue;
            }
            if field.kind.is_set() {
                self.replace_set(&layout.set_table(field), after.id(), &after.values[index])?;
                continue;
            }
            for ((name, _), cell) in
                field.columns().into_iter().zip(to_cells(field, &after.values[index]))
            {
                update.value(iden(&name), to_sql(cell));
            }
            if let (true, Some(key)) = (title == Some(index), &layout.title_key) {
                update.value(iden(key), to_sql(layout.key_of(&after.values[index])));
            }
        }
        update
            .and_where(Expr::col(iden("id")).eq(val(Cell::Uuid(after.id()))))
            .and_where(Expr::col(iden("version")).eq(val(Cell::Int(before.version()))));
        if self.run(&update)? == 0 {
            return Err(StoreError::Stale);
        }
        match (is_live(&layout.object, before), is_live(&layout.object, after)) {
            (true, false) => self.unindex(after.id()),
            (false, true) => self.index(&layout.object, after, None),
            _ => self.index(&layout.object, after, Some(before)),
        }
    }

    /// Sets computed fields of a record: no version, no history, for nobody wrote them.
    pub(crate) fn set_computed(
        &mut self,
        object: &str,
        id: Uuid,
        values: &[(&Field, Value)],
    ) -> Result<()> {
        let layout = self.layout(object)?;
        let mut update = Query::update();
        update.table(self.dialect.table(layout.table()));
        for (field, value) in values {
            for ((name, _), cell) in field.columns().into_iter().zip(to_cells(field, value)) {
                update.value(iden(&name), to_sql(cell));
            }
        }
        update.and_where(Expr::col(iden("id")).eq(val(Cell::Uuid(id))));
        self.run(&update).map(|_| ())
    }

    /// Takes a record out of the database for ever. Only undoing what was never acknowledged does so.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn purge(&mut self, object: &str, id: Uuid) -> Result<()> {
        let layout = self.layout(object)?;
        for field in layout.sets.iter().map(|index| &layout.object.fields[*index]) {
            self.replace_set(&layout.set_table(field), id, &Value::Null)?;
        }
        self.unindex(id)?;
        let mut delete = Query::delete();
        delete
            .from_table(self.dialect.table(layout.table()))
            .and_where(Expr::col(iden("id")).eq(val(Cell::Uuid(id))));
        self.run(&delete).map(|_| ())
    }

    fn replace_set(&mut self, table: &str, id: Uuid, value: &Value) -> Result<()> {
        let mut delete = Query::delete();
        delete
            .from_table(self.dialect.table(table))
            .and_where(Expr::col(iden("record_id")).eq(val(Cell::Uuid(id))));
        self.run(&delete)?;
        self.put_set(table, id, value)
    }

    fn put_set(&mut self, table: &str, id: Uuid, value: &Value) -> Result<()> {
        let elements: Vec<Value> = match value {
            Value::Ids(ids) => ids.iter().map(|id| Value::Id(*id)).collect(),
            Value::Texts(texts) => texts.iter().map(|text| Value::Text(text.clone())).collect(),
            _ => Vec::new(),
        };
        for one in elements {
            let mut insert = Query::insert();
            insert
                .into_table(self.dialect.table(table))
                .columns([iden("record_id"), iden("value")])
                .values_panic([val(Cell::Uuid(id)), val(element(&one))]);
            self.run(&insert)?;
        }
        Ok(())
    }

    /// Fills the fields of `records` whose values live in tables of their own: one statement a field.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn fill_sets(&mut self, object: &str, records: &mut [Record]) -> Result<()> {
        let layout = self.layout(object)?;
        if records.is_empty() {
            return Ok(());
        }
        let places: HashMap<Uuid, usize> =
            records.iter().enumerate().map(|(place, record)| (record.id(), place)).collect();
        for index in &layout.sets {
            let field = &layout.object.fields[*index];
            let kind =
                if matches!(field.kind, Kind::Links(_)) { Column::Uuid } else { Column::Text };
            let mut select = Query::select();
            select
                .columns([iden("record_id"), iden("value")])
                .from(self.dialect.table(&layout.set_table(field)))
                .and_where(
                    Expr::col(iden("record_id"))
                        .is_in(places.keys().map(|id| val(Cell::Uuid(*id)))),
                )
                .order_by(iden("value"), sea_query::Order::Asc);
            for row in self.rows(&select, &[Column::Uuid, kind])? {
                let mut row = row.into_iter();
                let place = row.next().and_then(|cell| cell.id()).and_then(|id| places.get(&id));
                let Some(place) = place else { continue };
                match (&mut records[*place].values[*index], row.next()) {
                    (Value::Ids(ids), Some(Cell::Uuid(id))) => ids.push(id),
                    (Value::Texts(texts), Some(Cell::Text(text))) => texts.push(text),
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

/// All columns of an object's table, in the order of [`Layout::row`].
fn names(layout: &Layout) -> Vec<&str> {
    layout.columns.iter().map(|c| c.name.as_str()).chain(layout.title_key.as_deref()).collect()
}

fn insert_sql(dialect: &Dialect, layout: &Layout) -> String {
    let names = names(layout);
    let marks: Vec<String> = (1..=names.len()).map(|n| dialect.mark(n)).collect();
    let columns: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    format!(
        "INSERT INTO {} ({}) VALUES ({})",
        dialect.quoted(layout.table()),
        columns.join(", "),
        marks.join(", ")
    )
}

fn is_live(object: &Object, record: &Record) -> bool {
    record.get(object, "deleted_at") == &Value::Null
}
