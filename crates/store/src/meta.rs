//! The program's own tables: what is not an object and has no rights, views or history of its own.

use model::fields::Column;

use crate::Result;
use crate::cell::Cell;
use crate::dialect::Dialect;
use crate::tx::Tx;

/// Names and values of the database itself.
pub(crate) const TABLE: &str = "gx_meta";

/// The program's own tables with the statements that make them.
pub(crate) fn tables(dialect: &Dialect) -> Vec<(&'static str, String)> {
    let uuid = dialect.column_type(Column::Uuid);
    let int = dialect.column_type(Column::Int);
    let text = dialect.column_type(Column::Text);
    let bytes = dialect.column_type(Column::Bytes);
    let sequence = dialect.sequence_type();
    let create = |name: &'static str, columns: String| {
        (name, format!("CREATE TABLE {} ({columns})", dialect.quoted(name)))
    };
    let mut all = vec![
        create(TABLE, format!("name {text} PRIMARY KEY NOT NULL, value {text} NOT NULL")),
        create("gx_counter", format!("name {text} PRIMARY KEY NOT NULL, value {int} NOT NULL")),
        create(
            "gx_history",
            format!(
                "seq {sequence}, object {text} NOT NULL, record_id {uuid} NOT NULL, version {int} NOT NULL, \
                 at {int} NOT NULL, actor_id {uuid}, cause {text} NOT NULL, cause_id {uuid}, \
                 action {text} NOT NULL, changes {text}{}",
                // What is not yet visible to everybody must not be passed over by readers of the feed.
                dialect.transaction_column()
            ),
        ),
        create(
            "gx_answer",
            format!(
                "actor_id {uuid} NOT NULL, key {text} NOT NULL, fingerprint {text} NOT NULL, \
                 status {int} NOT NULL, body {text} NOT NULL, at {int} NOT NULL, PRIMARY KEY (actor_id, key)"
            ),
        ),
        create(
            "gx_credential",
            format!(
                "user_id {uuid} PRIMARY KEY NOT NULL, password {text} NOT NULL, changed_at {int} NOT NULL"
            ),
        ),
        create(
            "gx_session",
            format!(
                "id {uuid} PRIMARY KEY NOT NULL, token {bytes} NOT NULL, user_id {uuid} NOT NULL, \
                 csrf {text} NOT NULL, agent {text}, address {text}, created_at {int} NOT NULL, \
                 seen_at {int} NOT NULL, expires_at {int} NOT NULL"
            ),
        ),
        create(
            "gx_secret",
            format!(
                "hash {bytes} PRIMARY KEY NOT NULL, record_id {uuid} NOT NULL, user_id {uuid} NOT NULL"
            ),
        ),
        create(
            "gx_job",
            format!(
                "id {uuid} PRIMARY KEY NOT NULL, kind {text} NOT NULL, dedupe {text}, payload {text} NOT NULL, \
                 state {text} NOT NULL, run_at {int} NOT NULL, lease_until {int} NOT NULL, attempts {int} NOT NULL, \
                 error {text}, created_at {int} NOT NULL, finished_at {int}"
            ),
        ),
        create(
            "gx_import_chunk",
            format!(
                "import_id {uuid} NOT NULL, first_row {int} NOT NULL, last_row {int} NOT NULL, \
                 created {int} NOT NULL, updated {int} NOT NULL, skipped {int} NOT NULL, failed {int} NOT NULL, \
                 problems {text} NOT NULL, PRIMARY KEY (import_id, first_row)"
            ),
        ),
    ];
    all.extend(crate::second_factors::tables(dialect));
    all.extend(crate::dialect::search::tables(dialect));
    all
}

/// The indexes of the program's own tables.
pub(crate) fn indexes(dialect: &Dialect) -> Vec<(&'static str, String)> {
    let create = |name: &'static str, table: &str, rest: &str| {
        (name, format!("CREATE INDEX \"{name}\" ON {} {rest}", dialect.quoted(table)))
    };
    let mut all = vec![
        create("i__gx_history__record", "gx_history", "(record_id, seq)"),
        create("i__gx_history__cause", "gx_history", "(cause_id, seq) WHERE cause_id IS NOT NULL"),
        create("i__gx_passkey__user", "gx_passkey", "(user_id)"),
        create("i__gx_session__token", "gx_session", "(token)"),
        create("i__gx_session__user", "gx_session", "(user_id)"),
        create("i__gx_job__due", "gx_job", "(state, run_at)"),
        create("i__gx_answer__at", "gx_answer", "(at)"),
    ];
    if dialect.locks_rows() {
        all.push(create("i__gx_search__words", "gx_search_doc", "USING gin (words)"));
        all.push(create("i__gx_search__object", "gx_search_doc", "(object, id)"));
    }
    all
}

/// The value called `name`.
pub(crate) fn get(tx: &mut Tx, name: &str) -> Result<Option<String>> {
    let sql = format!(
        "SELECT value FROM {} WHERE name = {}",
        tx.dialect.quoted(TABLE),
        tx.dialect.mark(1)
    );
    let rows = tx.rows_sql(&sql, [Cell::Text(name.to_owned())], &[Column::Text])?;
    Ok(rows.into_iter().flatten().next().map(Cell::into_text))
}

/// Sets the value called `name`.
pub(crate) fn set(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    let (table, one, two) = (tx.dialect.quoted(TABLE), tx.dialect.mark(1), tx.dialect.mark(2));
    let sql = format!(
        "INSERT INTO {table} (name, value) VALUES ({one}, {two}) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    );
    tx.run_sql(&sql, [Cell::Text(name.to_owned()), Cell::Text(value.to_owned())]).map(|_| ())
}

/// The format the database was written in.
pub(crate) fn format(tx: &mut Tx) -> Result<i64> {
    Ok(get(tx, "format")?.and_then(|format| format.parse().ok()).unwrap_or(0))
}

pub(crate) fn set_format(tx: &mut Tx, format: i64) -> Result<()> {
    set(tx, "format", &format.to_string())
}

impl Tx<'_, '_> {
    /// A value of the workspace itself, such as its currency.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn meta(&mut self, name: &str) -> Result<Option<String>> {
        get(self, name)
    }

    /// Sets a value of the workspace itself if nobody has; whether it was this call that did.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn claim_meta(&mut self, name: &str, value: &str) -> Result<bool> {
        let (table, one, two) =
            (self.dialect.quoted(TABLE), self.dialect.mark(1), self.dialect.mark(2));
        let sql = format!(
            "INSERT INTO {table} (name, value) VALUES ({one}, {two}) ON CONFLICT (name) DO NOTHING"
        );
        let cells = [Cell::Text(name.to_owned()), Cell::Text(value.to_owned())];
        Ok(self.run_sql(&sql, cells)? == 1)
    }

    /// Sets a value of the workspace itself.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn set_meta(&mut self, name: &str, value: &str) -> Result<()> {
        set(self, name, value)
    }
}
