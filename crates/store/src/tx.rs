//! One transaction (or one read) over one workspace: what every store operation works with.

use std::sync::Arc;

use model::fields::Column;
use model::{Object, Schema};
use sea_query::{QueryStatementWriter, Values};

use crate::cell::Cell;
use crate::db::Conn;
use crate::dialect::Dialect;
use crate::layout::{Catalog, Layout};
use crate::{Result, StoreError};

/// One transaction over one workspace.
pub struct Tx<'t, 'c> {
    conn: &'t mut Conn<'c>,
    catalog: &'t Catalog,
    pub(crate) dialect: &'t Dialect,
}

impl<'t, 'c> Tx<'t, 'c> {
    pub(crate) fn new(conn: &'t mut Conn<'c>, catalog: &'t Catalog, dialect: &'t Dialect) -> Tx<'t, 'c> {
        Tx { conn, catalog, dialect }
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
        self.catalog.layout(name).ok_or_else(|| StoreError::internal(format!("no table for {name}")))
    }

    /// How many statements this transaction has run; tests count them.
    pub fn statements(&self) -> u32 {
        self.conn.statements()
    }

    /// For how long this transaction has been open, in milliseconds.
    pub fn open_ms(&self) -> u128 {
        self.conn.open_ms()
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

    pub(crate) fn run_sql(&mut self, sql: &str, cells: impl IntoIterator<Item = Cell>) -> Result<u64> {
        self.conn.execute(sql, values(cells))
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        self.conn.batch(sql)
    }
}

fn values(cells: impl IntoIterator<Item = Cell>) -> Values {
    Values(cells.into_iter().map(crate::db::to_sql).collect())
}
