//! One connection inside one transaction: runs statements, hands out rows as cells.

use std::time::Instant;

use model::fields::Column;
use sea_query::{Value as SqlValue, Values};

use super::{postgres, sqlite};
use crate::Result;
use crate::cell::{self, Cell, Cells};

pub(super) enum Kind<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(postgres::Session<'c>),
}

/// A connection inside a transaction.
pub struct Conn<'c> {
    pub(super) kind: Kind<'c>,
    pub(super) statements: u32,
    pub(super) began: Instant,
    /// Whether a session was changed.
    pub(super) sessions_changed: bool,
}

impl<'c> Conn<'c> {
    pub(super) fn new(kind: Kind<'c>) -> Conn<'c> {
        Conn { kind, statements: 0, began: Instant::now(), sessions_changed: false }
    }

    /// The rows of a statement; `types` says what each column holds.
    pub fn query(&mut self, sql: &str, values: Values, types: &[Column]) -> Result<Vec<Vec<Cell>>> {
        self.statements += 1;
        tracing::trace!(sql, "query");
        let params = to_cells(values);
        let mut rows = match &mut self.kind {
            Kind::Sqlite(connection) => sqlite::query(connection, sql, &params)?,
            Kind::Postgres(session) => session.query(sql, &params)?,
        };
        for row in &mut rows {
            for (cell, column) in row.iter_mut().zip(types) {
                *cell = cell::typed(*column, std::mem::replace(cell, Cell::Null));
            }
        }
        Ok(rows)
    }

    /// Hands each row of a statement to `each`, as the database holds it.
    pub fn each(
        &mut self,
        sql: &str,
        params: &[Cell],
        each: &mut dyn FnMut(&dyn Cells),
    ) -> Result<()> {
        self.statements += 1;
        tracing::trace!(sql, "query");
        match &mut self.kind {
            Kind::Sqlite(connection) => sqlite::each(connection, sql, params, each),
            Kind::Postgres(session) => {
                session.query(sql, params)?.iter().for_each(|row| each(row));
                Ok(())
            }
        }
    }

    /// Runs a statement; how many rows it touched.
    pub fn execute(&mut self, sql: &str, values: Values) -> Result<u64> {
        self.execute_cells(sql, &to_cells(values))
    }

    /// Runs a statement whose values are cells already; how many rows it touched.
    pub fn execute_cells(&mut self, sql: &str, params: &[Cell]) -> Result<u64> {
        self.statements += 1;
        tracing::trace!(sql, "execute");
        match &mut self.kind {
            Kind::Sqlite(connection) => sqlite::execute(connection, sql, params),
            Kind::Postgres(session) => session.execute(sql, params),
        }
    }

    /// Runs several statements without values.
    pub fn batch(&mut self, sql: &str) -> Result<()> {
        self.statements += 1;
        tracing::trace!(sql, "batch");
        match &mut self.kind {
            Kind::Sqlite(connection) => sqlite::batch(connection, sql),
            Kind::Postgres(session) => session.batch(sql),
        }
    }

    /// How many statements this transaction has run.
    pub fn statements(&self) -> u32 {
        self.statements
    }

    /// Notes that a session was changed.
    pub fn note_session(&mut self) {
        self.sessions_changed = true;
    }

    /// For how long this transaction has been open, in milliseconds.
    pub fn open_ms(&self) -> u128 {
        self.began.elapsed().as_millis()
    }
}

pub(crate) fn to_cells(values: Values) -> Vec<Cell> {
    values.0.into_iter().map(to_cell).collect()
}

fn to_cell(value: SqlValue) -> Cell {
    match value {
        SqlValue::Bool(Some(yes)) => Cell::Bool(yes),
        SqlValue::BigInt(Some(number)) => Cell::Int(number),
        SqlValue::BigUnsigned(Some(number)) => Cell::Int(i64::try_from(number).unwrap_or(i64::MAX)),
        SqlValue::Int(Some(number)) => Cell::Int(i64::from(number)),
        SqlValue::String(Some(text)) => Cell::Text(text),
        SqlValue::Bytes(Some(bytes)) => Cell::Bytes(bytes),
        SqlValue::Uuid(Some(id)) => Cell::Uuid(id),
        _ => Cell::Null,
    }
}

/// The value of a cell in a statement.
pub(crate) fn to_sql(cell: Cell) -> SqlValue {
    match cell {
        Cell::Null => SqlValue::String(None),
        Cell::Bool(yes) => SqlValue::Bool(Some(yes)),
        Cell::Int(number) => SqlValue::BigInt(Some(number)),
        Cell::Text(text) => SqlValue::String(Some(text)),
        Cell::Uuid(id) => SqlValue::Uuid(Some(id)),
        Cell::Bytes(bytes) => SqlValue::Bytes(Some(bytes)),
    }
}
