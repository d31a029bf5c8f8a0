//! Which chunks of an import were applied and what became of their rows: written in the chunk's own transaction, so
//! that no chunk is applied twice, whenever the program was stopped.

use model::Uuid;
use model::fields::Column;

use crate::Result;
use crate::cell::Cell;
use crate::tx::Tx;

const TABLE: &str = "gx_import_chunk";

/// One applied chunk: rows `first_row` to `last_row` of the file, 1 for the first row after the header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportChunk {
    /// The first row of the chunk.
    pub first_row: i64,
    /// The last one.
    pub last_row: i64,
    /// Rows that made a record.
    pub created: i64,
    /// Rows that changed one.
    pub updated: i64,
    /// Rows that had nothing to do.
    pub skipped: i64,
    /// Rows that were not taken.
    pub failed: i64,
    /// What is worth telling of single rows, as JSON of whoever writes it.
    pub problems: String,
}

/// How far an import is: the sums over its chunks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportProgress {
    /// The last row applied; 0 before the first chunk.
    pub last_row: i64,
    /// Rows that made a record.
    pub created: i64,
    /// Rows that changed one.
    pub updated: i64,
    /// Rows that had nothing to do.
    pub skipped: i64,
    /// Rows that were not taken.
    pub failed: i64,
}

impl ImportProgress {
    /// All rows so far.
    pub fn done(&self) -> i64 {
        self.created + self.updated + self.skipped + self.failed
    }
}

impl Tx<'_, '_> {
    /// Notes that a chunk was applied.
    ///
    /// # Errors
    /// `Unique` when it was applied before; whatever the database says.
    pub fn put_import_chunk(&mut self, import: Uuid, chunk: &ImportChunk) -> Result<()> {
        let marks: Vec<String> = (1..=8).map(|n| self.dialect.mark(n)).collect();
        let sql = format!(
            "INSERT INTO {} (import_id, first_row, last_row, created, updated, skipped, failed, problems) VALUES ({})",
            self.dialect.quoted(TABLE),
            marks.join(", ")
        );
        let cells = [
            Cell::Uuid(import),
            Cell::Int(chunk.first_row),
            Cell::Int(chunk.last_row),
            Cell::Int(chunk.created),
            Cell::Int(chunk.updated),
            Cell::Int(chunk.skipped),
            Cell::Int(chunk.failed),
            Cell::Text(chunk.problems.clone()),
        ];
        self.run_sql(&sql, cells).map(|_| ())
    }

    /// How far an import is.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn import_progress(&mut self, import: Uuid) -> Result<ImportProgress> {
        let sum = |column: &str| match self.dialect.locks_rows() {
            true => format!("CAST(COALESCE(SUM({column}), 0) AS bigint)"),
            false => format!("COALESCE(SUM({column}), 0)"),
        };
        let sql = format!(
            "SELECT COALESCE(MAX(last_row), 0), {}, {}, {}, {} FROM {} WHERE import_id = {}",
            sum("created"),
            sum("updated"),
            sum("skipped"),
            sum("failed"),
            self.dialect.quoted(TABLE),
            self.dialect.mark(1)
        );
        let rows = self.rows_sql(&sql, [Cell::Uuid(import)], &[Column::Int; 5])?;
        let numbers: Vec<i64> = rows.iter().flatten().map(Cell::int).collect();
        let [last_row, created, updated, skipped, failed] = numbers.try_into().unwrap_or_default();
        Ok(ImportProgress { last_row, created, updated, skipped, failed })
    }

    /// What chunks after `after` tell of their rows, in order: at most `limit` that tell anything, each with its
    /// first row.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn import_problems(
        &mut self,
        import: Uuid,
        after: i64,
        limit: usize,
    ) -> Result<Vec<(i64, String)>> {
        let sql = format!(
            "SELECT first_row, problems FROM {} WHERE import_id = {} AND first_row > {} AND problems <> '' \
             ORDER BY first_row LIMIT {}",
            self.dialect.quoted(TABLE),
            self.dialect.mark(1),
            self.dialect.mark(2),
            self.dialect.mark(3)
        );
        let cells = [Cell::Uuid(import), Cell::Int(after), Cell::Int(limit as i64)];
        let rows = self.rows_sql(&sql, cells, &[Column::Int, Column::Text])?;
        let pair = |row: Vec<Cell>| {
            let [first, problems] = <[Cell; 2]>::try_from(row).ok()?;
            Some((first.int(), problems.into_text()))
        };
        Ok(rows.into_iter().filter_map(pair).collect())
    }

    /// Forgets the chunks of an import: those of a trial run, before the real one.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn forget_import_chunks(&mut self, import: Uuid) -> Result<()> {
        let sql = format!(
            "DELETE FROM {} WHERE import_id = {}",
            self.dialect.quoted(TABLE),
            self.dialect.mark(1)
        );
        self.run_sql(&sql, [Cell::Uuid(import)]).map(|_| ())
    }
}
