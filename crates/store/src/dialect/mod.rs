//! Where the two databases' SQL differs: column types, table names, and how statements become text.

pub(crate) mod search;

use model::fields::Column;
use sea_query::{
    Alias, DynIden, IntoIden, PostgresQueryBuilder, QueryStatementWriter, SqliteQueryBuilder,
    TableRef, Values,
};

/// Which database's SQL is written, and in which schema the tables are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite: one file, no schemas.
    Sqlite,
    /// PostgreSQL: the tables are in this schema.
    Postgres(String),
}

impl Dialect {
    /// The text and values of a statement.
    pub fn build(&self, statement: &impl QueryStatementWriter) -> (String, Values) {
        match self {
            Dialect::Sqlite => statement.build(SqliteQueryBuilder),
            Dialect::Postgres(_) => statement.build(PostgresQueryBuilder),
        }
    }

    /// A table by its name.
    pub fn table(&self, name: &str) -> TableRef {
        let table = Alias::new(name);
        match self {
            Dialect::Sqlite => TableRef::from(table),
            Dialect::Postgres(schema) => TableRef::from((Alias::new(schema), table)),
        }
    }

    /// A table by its name, called `alias` in the statement.
    pub fn table_as(&self, name: &str, alias: &str) -> TableRef {
        match self.table(name) {
            TableRef::Table(table, _) => TableRef::Table(table, Some(iden(alias))),
            other => other,
        }
    }

    /// A table called `alias` in a statement written by hand; SQLite is told which index to enter it by, for it
    /// takes the first that is unique, though another need not be followed into the table.
    pub fn table_by_index(&self, name: &str, alias: &str, index: Option<&str>) -> String {
        let from = format!("{} AS \"{alias}\"", self.quoted(name));
        match (self, index) {
            (Dialect::Sqlite, Some(index)) => format!("{from} INDEXED BY \"{index}\""),
            _ => from,
        }
    }

    /// The quoted name of a table, for statements written by hand.
    pub fn quoted(&self, name: &str) -> String {
        match self {
            Dialect::Sqlite => format!("\"{name}\""),
            Dialect::Postgres(schema) => format!("\"{schema}\".\"{name}\""),
        }
    }

    /// The `n`-th placeholder, from 1, for statements written by hand.
    pub fn mark(&self, n: usize) -> String {
        match self {
            Dialect::Sqlite => format!("?{n}"),
            Dialect::Postgres(_) => format!("${n}"),
        }
    }

    /// The place of the `n`-th expression, from 1, in a piece of SQL that is built around expressions.
    pub fn slot(&self, n: usize) -> String {
        match self {
            Dialect::Sqlite => "?".to_owned(),
            Dialect::Postgres(_) => format!("${n}"),
        }
    }

    /// The type of a column.
    pub fn column_type(&self, column: Column) -> &'static str {
        match (self, column) {
            (Dialect::Sqlite, Column::Int | Column::Bool) => "INTEGER",
            (Dialect::Sqlite, Column::Text) => "TEXT",
            (Dialect::Sqlite, Column::Uuid | Column::Bytes) => "BLOB",
            (Dialect::Postgres(_), Column::Int) => "bigint",
            (Dialect::Postgres(_), Column::Bool) => "boolean",
            // Bytes decide the order of text on both databases; people's order has a column of its own.
            (Dialect::Postgres(_), Column::Text) => "text COLLATE \"C\"",
            (Dialect::Postgres(_), Column::Uuid) => "uuid",
            (Dialect::Postgres(_), Column::Bytes) => "bytea",
        }
    }

    /// The type of a number that counts up by itself.
    pub fn sequence_type(&self) -> &'static str {
        match self {
            Dialect::Sqlite => "INTEGER PRIMARY KEY AUTOINCREMENT",
            Dialect::Postgres(_) => "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        }
    }

    /// How an index orders a column: empty values are the smallest on both databases.
    pub fn index_order(&self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres(_) => " ASC NULLS FIRST",
        }
    }

    /// Whether this is PostgreSQL: rows are locked, not the whole database.
    pub fn locks_rows(&self) -> bool {
        matches!(self, Dialect::Postgres(_))
    }

    /// A statement that keeps others from changing the tables until this transaction ends, where one is needed.
    pub fn lock_schema(&self) -> Option<&'static str> {
        self.locks_rows().then_some("SELECT pg_advisory_xact_lock(8203717)")
    }

    /// The statements that list the columns (table, column) and the indexes that stand, and the value both take.
    pub fn standing(&self) -> (&'static str, &'static str, Option<String>) {
        match self {
            Dialect::Sqlite => (
                "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                 WHERE m.type = 'table'",
                "SELECT name FROM sqlite_master WHERE type = 'index'",
                None,
            ),
            Dialect::Postgres(schema) => (
                "SELECT table_name::text, column_name::text FROM information_schema.columns \
                 WHERE table_schema = $1",
                "SELECT indexname::text FROM pg_indexes WHERE schemaname = $1",
                Some(schema.clone()),
            ),
        }
    }

    /// The column of the history that says which transaction wrote a row, where several write at once.
    pub fn transaction_column(&self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres(_) => {
                ", tx bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint)"
            }
        }
    }

    /// The condition that no transaction is still open that could add a row before this one (`h`).
    pub fn settled(&self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres(_) => {
                " AND h.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
            }
        }
    }

    /// A statement that lets a column that counts by itself go on after copied rows, where one is needed.
    pub fn count_on(&self, table: &str, column: &str) -> Option<String> {
        let table = self.quoted(table);
        self.locks_rows().then(|| {
            format!(
                "SELECT setval(pg_get_serial_sequence('{table}', '{column}'), \
                 COALESCE(MAX({column}), 0) + 1, false) FROM {table}"
            )
        })
    }

    /// A statement by which the database checks its own file, where it has one.
    pub fn integrity(&self) -> Option<&'static str> {
        (!self.locks_rows()).then_some("PRAGMA integrity_check(100)")
    }
}

/// An identifier from the schema.
pub(crate) fn iden(name: &str) -> DynIden {
    Alias::new(name).into_iden()
}
