//! Counters: numbers given one after another, each once.

use model::fields::Column;

use crate::cell::Cell;
use crate::tx::Tx;
use crate::{Result, StoreError};

impl Tx<'_, '_> {
    /// Takes the next `count` numbers of the counter called `name`; the first of them.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn take_numbers(&mut self, name: &str, count: i64) -> Result<i64> {
        let sql = format!(
            "INSERT INTO {} AS c (name, value) VALUES ({}, {}) \
             ON CONFLICT (name) DO UPDATE SET value = c.value + excluded.value RETURNING value",
            self.dialect.quoted("gx_counter"),
            self.dialect.mark(1),
            self.dialect.mark(2)
        );
        let rows =
            self.rows_sql(&sql, [Cell::Text(name.to_owned()), Cell::Int(count)], &[Column::Int])?;
        let last = rows.first().and_then(|row| row.first()).map(Cell::int);
        Ok(last.ok_or_else(|| StoreError::internal("the counter gave nothing"))? - count + 1)
    }
}
