//! Moving a workspace to another database while it is used: who reads reads on, who writes waits and then writes there.

use std::sync::Arc;

use tokio::sync::RwLockWriteGuard;

use super::{Backend, Place, Store};
use crate::layout::Catalog;
use crate::{CopiedTable, Result, StoreError};

/// Rows copied in one step.
const STEP_ROWS: usize = 2_000;

/// A move on its way: nobody writes. Dropped before its end, everything stays where it was.
pub struct Move<'s> {
    from: &'s Store,
    /// The store at the new place.
    pub there: Store,
    _no_writes: RwLockWriteGuard<'s, ()>,
}

impl Store {
    /// Begins a move to `place`, which must be empty: waits for the writes under way, holds new ones back, and copies
    /// every row. Search words and all that is derived are not among them.
    ///
    /// # Errors
    /// `Unavailable` when something is there already; whatever either database says.
    pub async fn begin_move(&self, place: &Place) -> Result<Move<'_>> {
        let catalog = Catalog::of(self.catalog().schema.clone());
        let there = Store::open(place, catalog).await?;
        if !there.plan().await?.is_new {
            return Err(StoreError::Unavailable("the new place is not empty".to_owned()));
        }
        there.sync().await?;
        let no_writes = self.gates.writes.write().await;
        let tables = self.read(|tx| Ok(tx.moved_tables())).await?;
        for table in tables {
            self.copy_table(&there, Arc::new(table)).await?;
        }
        there.write(|tx| tx.end_copy()).await?;
        Ok(Move { from: self, there, _no_writes: no_writes })
    }

    async fn copy_table(&self, there: &Store, table: Arc<CopiedTable>) -> Result<()> {
        let mut after = None;
        loop {
            let (of, last) = (table.clone(), after.clone());
            let rows = self.read(move |tx| tx.copied_rows(&of, last.as_deref(), STEP_ROWS)).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = Some(table.key.iter().map(|index| last[*index].clone()).collect::<Vec<_>>());
            let (of, rows) = (table.clone(), Arc::new(rows));
            there.write(move |tx| tx.put_copied_rows(&of, &rows)).await?;
        }
    }
}

impl Move<'_> {
    /// Ends the move: everybody reads and writes at the new place. What was left behind gets another name, so that a
    /// server that was not told fails rather than writes where nobody looks; that name.
    ///
    /// # Errors
    /// Whatever the old database says; then nothing has moved.
    pub async fn finish(self) -> Result<String> {
        let _no_reads = self.from.gates.reads.write().await;
        let old = self.from.seat();
        let left = match &old.backend {
            Backend::Sqlite(sqlite) => sqlite.retire().await?,
            Backend::Postgres(postgres) => match &old.place {
                Place::Postgres { schema, .. } => postgres.retire(schema).await?,
                Place::Sqlite { .. } => {
                    return Err(StoreError::internal("a place of another kind"));
                }
            },
        };
        *self.from.seat.write().expect("no panic holds this lock") = self.there.seat();
        Ok(left)
    }
}
