//! The history across records, for those who look after the whole: who wrote what, newest first.

use model::Uuid;

use crate::Result;
use crate::cell::Cell;
use crate::history::{COLUMNS, HistoryEntry, TYPES, entry};
use crate::tx::Tx;

/// Which writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Writes {
    /// Only before this place.
    pub before: Option<i64>,
    /// Only by this user.
    pub actor: Option<Uuid>,
    /// Only of this object.
    pub object: Option<String>,
    /// Only from this moment on, microseconds since 1970 UTC.
    pub from: Option<i64>,
    /// Only before this moment.
    pub to: Option<i64>,
}

impl Tx<'_, '_> {
    /// Writes of all records, newest first.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn writes(&mut self, writes: &Writes, limit: usize) -> Result<Vec<HistoryEntry>> {
        let mut cells = vec![Cell::Int(writes.before.unwrap_or(i64::MAX))];
        let mut conditions = format!("h.seq < {}", self.dialect.mark(1));
        let mut only = |condition: &str, cell: Option<Cell>| {
            if let Some(cell) = cell {
                cells.push(cell);
                conditions += &format!(" AND {condition} {}", self.dialect.mark(cells.len()));
            }
        };
        only("h.actor_id =", writes.actor.map(Cell::Uuid));
        only("h.object =", writes.object.clone().map(Cell::Text));
        only("h.at >=", writes.from.map(Cell::Int));
        only("h.at <", writes.to.map(Cell::Int));
        cells.push(Cell::Int(limit as i64));
        let sql = format!(
            "SELECT {COLUMNS} FROM {} h WHERE {conditions} ORDER BY h.seq DESC LIMIT {}",
            self.dialect.quoted("gx_history"),
            self.dialect.mark(cells.len())
        );
        Ok(self.rows_sql(&sql, cells, &TYPES)?.into_iter().map(entry).collect())
    }
}
