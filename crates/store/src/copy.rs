//! Whole tables as rows of cells, out of one database and into another: what backups are made of. Search words are
//! not among them, for they are made anew; nor sessions and kept answers, which end with the server they were given by.

use model::Kind;
use model::fields::Column;

use crate::cell::Cell;
use crate::tx::Tx;
use crate::{Result, StoreError};

/// Rows of one INSERT on a database that is asked over a network.
const INSERT_ROWS_MAX: usize = 64;
/// Values of one INSERT; PostgreSQL takes 65,535.
const INSERT_VALUES_MAX: usize = 16_000;

/// A table to be copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopiedTable {
    /// The table.
    pub name: String,
    /// Its columns with what they hold.
    pub columns: Vec<(String, Column)>,
    /// The positions of the columns that are its key.
    pub key: Vec<usize>,
}

impl CopiedTable {
    fn own(name: &str, key: usize, columns: &[(&str, Column)]) -> CopiedTable {
        CopiedTable {
            name: name.to_owned(),
            columns: columns.iter().map(|(name, column)| ((*name).to_owned(), *column)).collect(),
            key: (0..key).collect(),
        }
    }
}

/// The program's own tables that are copied; the key's columns first.
fn own_tables() -> Vec<CopiedTable> {
    use Column::{Bytes, Int, Text, Uuid};
    vec![
        CopiedTable::own("gx_meta", 1, &[("name", Text), ("value", Text)]),
        CopiedTable::own("gx_counter", 1, &[("name", Text), ("value", Int)]),
        CopiedTable::own(
            "gx_history",
            1,
            &[
                ("seq", Int),
                ("object", Text),
                ("record_id", Uuid),
                ("version", Int),
                ("at", Int),
                ("actor_id", Uuid),
                ("cause", Text),
                ("cause_id", Uuid),
                ("action", Text),
                ("changes", Text),
            ],
        ),
        CopiedTable::own(
            "gx_credential",
            1,
            &[("user_id", Uuid), ("password", Text), ("changed_at", Int)],
        ),
        CopiedTable::own(
            "gx_secret",
            1,
            &[("hash", Bytes), ("record_id", Uuid), ("user_id", Uuid)],
        ),
        CopiedTable::own(
            "gx_job",
            1,
            &[
                ("id", Uuid),
                ("kind", Text),
                ("dedupe", Text),
                ("payload", Text),
                ("state", Text),
                ("run_at", Int),
                ("lease_until", Int),
                ("attempts", Int),
                ("error", Text),
                ("created_at", Int),
                ("finished_at", Int),
            ],
        ),
        CopiedTable::own(
            "gx_import_chunk",
            2,
            &[
                ("import_id", Uuid),
                ("first_row", Int),
                ("last_row", Int),
                ("created", Int),
                ("updated", Int),
                ("skipped", Int),
                ("failed", Int),
                ("problems", Text),
            ],
        ),
    ]
}

/// What signing in needs besides passwords.
fn second_factors() -> Vec<CopiedTable> {
    use Column::{Bytes, Int, Text, Uuid};
    vec![
        CopiedTable::own(
            "gx_code",
            1,
            &[
                ("user_id", Uuid),
                ("secret", Bytes),
                ("last_step", Int),
                ("recovery", Text),
                ("confirmed", Int),
            ],
        ),
        CopiedTable::own(
            "gx_passkey",
            1,
            &[
                ("id", Uuid),
                ("user_id", Uuid),
                ("name", Text),
                ("credential", Text),
                ("created_at", Int),
                ("used_at", Int),
            ],
        ),
    ]
}

impl Tx<'_, '_> {
    /// The tables that hold everything of a workspace.
    pub fn copied_tables(&self) -> Vec<CopiedTable> {
        let mut all = own_tables();
        all.extend(second_factors());
        for layout in self.catalog().layouts() {
            let mut columns: Vec<(String, Column)> =
                layout.columns.iter().map(|column| (column.name.clone(), column.column)).collect();
            columns.extend(layout.title_key.iter().map(|key| (key.clone(), Column::Bytes)));
            all.push(CopiedTable { name: layout.table().to_owned(), columns, key: vec![0] });
            for field in layout.sets.iter().map(|index| &layout.object.fields[*index]) {
                let value =
                    if matches!(field.kind, Kind::Links(_)) { Column::Uuid } else { Column::Text };
                let columns = [("record_id", Column::Uuid), ("value", value)];
                all.push(CopiedTable::own(&layout.set_table(field), 2, &columns));
            }
        }
        all
    }

    /// The same, and what a copy leaves behind but a move takes along: sessions and kept answers.
    pub fn moved_tables(&self) -> Vec<CopiedTable> {
        use Column::{Bytes, Int, Text, Uuid};
        let mut all = self.copied_tables();
        all.push(CopiedTable::own(
            "gx_session",
            1,
            &[
                ("id", Uuid),
                ("token", Bytes),
                ("user_id", Uuid),
                ("csrf", Text),
                ("agent", Text),
                ("address", Text),
                ("created_at", Int),
                ("seen_at", Int),
                ("expires_at", Int),
            ],
        ));
        all.push(CopiedTable::own(
            "gx_answer",
            2,
            &[
                ("actor_id", Uuid),
                ("key", Text),
                ("fingerprint", Text),
                ("status", Int),
                ("body", Text),
                ("at", Int),
            ],
        ));
        all
    }

    /// The rows of a table whose key comes after `after` (none for the first), by the key.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn copied_rows(
        &mut self,
        table: &CopiedTable,
        after: Option<&[Cell]>,
        limit: usize,
    ) -> Result<Vec<Vec<Cell>>> {
        let names: Vec<String> =
            table.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let key: Vec<&str> = table.key.iter().map(|index| names[*index].as_str()).collect();
        let marks: Vec<String> = (1..=key.len()).map(|n| self.dialect.mark(n)).collect();
        let key = key.join(", ");
        let later =
            after.map(|_| format!(" WHERE ({key}) > ({})", marks.join(", "))).unwrap_or_default();
        let sql = format!(
            "SELECT {} FROM {}{later} ORDER BY {key} LIMIT {limit}",
            names.join(", "),
            self.dialect.quoted(&table.name)
        );
        let types: Vec<Column> = table.columns.iter().map(|(_, column)| *column).collect();
        self.rows_sql(&sql, after.unwrap_or_default().iter().cloned(), &types)
    }

    /// Puts rows as [`Tx::copied_rows`] gave them into an empty table; `table` names the columns that they have.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn put_copied_rows(&mut self, table: &CopiedTable, rows: &[Vec<Cell>]) -> Result<()> {
        let names: Vec<String> =
            table.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        if rows.iter().any(|row| row.len() != names.len()) {
            return Err(StoreError::internal(format!("a row of {} has another width", table.name)));
        }
        let shared = self.dialect.locks_rows();
        let step = if shared { INSERT_ROWS_MAX.min(INSERT_VALUES_MAX / names.len()) } else { 1 };
        // The history counts by itself on PostgreSQL; a copy keeps its numbers.
        let counted =
            if shared && table.name == "gx_history" { " OVERRIDING SYSTEM VALUE" } else { "" };
        // A new database has said already in which format it is.
        let known =
            if table.name == crate::meta::TABLE { " ON CONFLICT (name) DO NOTHING" } else { "" };
        for chunk in rows.chunks(step.max(1)) {
            let row_marks = |row: usize| {
                let marks = (0..names.len()).map(|n| self.dialect.mark(row * names.len() + n + 1));
                format!("({})", marks.collect::<Vec<_>>().join(", "))
            };
            let marks: Vec<String> = (0..chunk.len()).map(row_marks).collect();
            let sql = format!(
                "INSERT INTO {} ({}){counted} VALUES {}{known}",
                self.dialect.quoted(&table.name),
                names.join(", "),
                marks.join(", ")
            );
            self.run_sql(&sql, chunk.iter().flatten().cloned())?;
        }
        Ok(())
    }

    /// Lets what counts by itself go on after the copied rows.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn end_copy(&mut self) -> Result<()> {
        match self.dialect.count_on("gx_history", "seq") {
            Some(sql) => self.batch(&sql),
            None => Ok(()),
        }
    }
}
