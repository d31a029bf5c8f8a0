//! One transaction (or one read) over one workspace: what every store operation works with.

use std::sync::Arc;

use model::fields::Column;
use model::{Object, Schema};
use sea_query::{QueryStatementWriter, Values};

use crate::cell::{Cell, Cells};
use crate::db::Conn;
use crate::dialect::Dialect;
use crate::layout::{Catalog, Layout};
use crate::{Result, StoreError};

/// One transaction over one workspace.
pub struct Tx<'t, 'c> {
    conn: &'t mut Conn<'c>,
    catalog: &'t Catalog,
    pub(crate) dialect: &'t Dialect,
    /// Few: one or two an object that is written.
    texts: Vec<Text>,
}

/// A statement made once.
struct Text {
    kind: &'static str,
    object: String,
    sql: Arc<str>,
}

impl<'t, 'c> Tx<'t, 'c> {
    pub(crate) fn new(
        conn: &'t mut Conn<'c>,
        catalog: &'t Catalog,
        dialect: &'t Dialect,
    ) -> Tx<'t, 'c> {
        Tx { conn, catalog, dialect, texts: Vec::new() }
    }

    /// The schema in force.
    pub fn schema(&self) -> &'t Arc<Schema> {
        &self.catalog.schema
    }

    pub(crate) fn catalog(&self) -> &'t Catalog {
        self.catalog
    }

    /// The object called `name`.
    ///
    /// # Errors
    /// `Internal` when there is none: callers have checked.
    pub fn object(&self, name: &str) -> Result<&'t Arc<Object>> {
        self.layout(name).map(|layout| &layout.object)
    }

    pub(crate) fn layout(&self, name: &str) -> Result<&'t Arc<Layout>> {
        self.catalog
            .layout(name)
            .ok_or_else(|| StoreError::internal(format!("no table for {name}")))
    }

    /// How many statements this transaction has run; tests count them.
    pub fn statements(&self) -> u32 {
        self.conn.statements()
    }

    /// For how long this transaction has been open, in milliseconds.
    pub fn open_ms(&self) -> u128 {
        self.conn.open_ms()
    }

    /// Marks a place in the transaction to which [`Tx::roll_back_to`] goes back. Names are our own words, never input.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn savepoint(&mut self, name: &'static str) -> Result<()> {
        self.conn.batch(&format!("SAVEPOINT {name}"))
    }

    /// Keeps what was written since the mark.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn release(&mut self, name: &'static str) -> Result<()> {
        self.conn.batch(&format!("RELEASE SAVEPOINT {name}"))
    }

    /// Undoes what was written since the mark, and the mark; also after a statement that failed.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn roll_back_to(&mut self, name: &'static str) -> Result<()> {
        self.conn.batch(&format!("ROLLBACK TO SAVEPOINT {name}; RELEASE SAVEPOINT {name}"))
    }

    pub(crate) fn rows(
        &mut self,
        statement: &impl QueryStatementWriter,
        types: &[Column],
    ) -> Result<Vec<Vec<Cell>>> {
        let (sql, values) = self.dialect.build(statement);
        self.conn.query(&sql, values, types)
    }

    pub(crate) fn run(&mut self, statement: &impl QueryStatementWriter) -> Result<u64> {
        let (sql, values) = self.dialect.build(statement);
        self.conn.execute(&sql, values)
    }

    pub(crate) fn rows_sql(
        &mut self,
        sql: &str,
        cells: impl IntoIterator<Item = Cell>,
        types: &[Column],
    ) -> Result<Vec<Vec<Cell>>> {
        self.conn.query(sql, values(cells), types)
    }

    pub(crate) fn run_sql(
        &mut self,
        sql: &str,
        cells: impl IntoIterator<Item = Cell>,
    ) -> Result<u64> {
        self.conn.execute(sql, values(cells))
    }

    /// The text of a statement that is the same each time but for its values: made once a transaction.
    pub(crate) fn text_of(
        &mut self,
        kind: &'static str,
        object: &str,
        make: impl FnOnce(&Dialect) -> String,
    ) -> Arc<str> {
        let known = self.texts.iter().find(|text| text.kind == kind && text.object == object);
        if let Some(known) = known {
            return known.sql.clone();
        }
        let sql: Arc<str> = make(self.dialect).into();
        self.texts.push(Text { kind, object: object.to_owned(), sql: sql.clone() });
        sql
    }

    /// Hands each row of a statement whose cells are ready to `each`.
    pub(crate) fn each_row(
        &mut self,
        sql: &str,
        cells: &[Cell],
        each: &mut dyn FnMut(&dyn Cells),
    ) -> Result<()> {
        self.conn.each(sql, cells, each)
    }

    /// Runs a statement that changes sessions.
    pub(crate) fn run_on_sessions(
        &mut self,
        sql: &str,
        cells: impl IntoIterator<Item = Cell>,
    ) -> Result<u64> {
        self.conn.note_session();
        self.run_sql(sql, cells)
    }

    /// Runs a statement whose cells are ready.
    pub(crate) fn run_cells(&mut self, sql: &str, cells: &[Cell]) -> Result<u64> {
        self.conn.execute_cells(sql, cells)
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        self.conn.batch(sql)
    }
}

fn values(cells: impl IntoIterator<Item = Cell>) -> Values {
    Values(cells.into_iter().map(crate::db::to_sql).collect())
}
