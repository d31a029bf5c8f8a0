//! What signing in needs besides a password: code generators, passkeys, and tickets that are good once and for a while.

use model::Uuid;
use model::fields::Column;

use crate::Result;
use crate::cell::Cell;
use crate::dialect::Dialect;
use crate::tx::Tx;

/// A user's generator of one-time codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRow {
    /// The secret it shares with the user's device.
    pub secret: Vec<u8>,
    /// The last time step that a code was taken of: none is taken twice.
    pub last_step: i64,
    /// SHA-256 of the recovery codes that are left, in hexadecimal, separated by spaces.
    pub recovery: String,
    /// Whether the user has shown that the device works.
    pub confirmed: bool,
}

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    /// The id, by which its user removes it.
    pub id: Uuid,
    /// Whose it is.
    pub user: Uuid,
    /// What its user calls it.
    pub name: String,
    /// The public key and its state, as JSON of the library that checks it.
    pub credential: String,
    /// Microseconds since 1970 UTC.
    pub created_at: i64,
    /// Last use; zero for never.
    pub used_at: i64,
}

/// Something that can be done with a token, once or until it expires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketRow {
    /// SHA-256 of the token.
    pub hash: Vec<u8>,
    /// What for.
    pub kind: String,
    /// For whom; nil for nobody in particular.
    pub user: Uuid,
    /// What is to be remembered with it.
    pub payload: String,
    /// Microseconds since 1970 UTC.
    pub expires_at: i64,
}

/// The tables with the statements that make them.
pub(crate) fn tables(dialect: &Dialect) -> Vec<(&'static str, String)> {
    let uuid = dialect.column_type(Column::Uuid);
    let int = dialect.column_type(Column::Int);
    let text = dialect.column_type(Column::Text);
    let bytes = dialect.column_type(Column::Bytes);
    let create = |name: &'static str, columns: String| {
        (name, format!("CREATE TABLE {} ({columns})", dialect.quoted(name)))
    };
    vec![
        create(
            "gx_code",
            format!(
                "user_id {uuid} PRIMARY KEY NOT NULL, secret {bytes} NOT NULL, last_step {int} NOT NULL, \
                 recovery {text} NOT NULL, confirmed {int} NOT NULL"
            ),
        ),
        create(
            "gx_passkey",
            format!(
                "id {uuid} PRIMARY KEY NOT NULL, user_id {uuid} NOT NULL, name {text} NOT NULL, \
                 credential {text} NOT NULL, created_at {int} NOT NULL, used_at {int} NOT NULL"
            ),
        ),
        create(
            "gx_ticket",
            format!(
                "hash {bytes} PRIMARY KEY NOT NULL, kind {text} NOT NULL, user_id {uuid} NOT NULL, \
                 payload {text} NOT NULL, expires_at {int} NOT NULL"
            ),
        ),
    ]
}

/// Tickets that are good at one time: anybody may ask for some.
const TICKETS_MAX: i64 = 20_000;

const PASSKEY: &str = "id, user_id, name, credential, created_at, used_at";
const TICKET: &str = "hash, kind, user_id, payload, expires_at";

impl Tx<'_, '_> {
    fn factor_sql(&self, text: &str) -> String {
        let mut sql = text.to_owned();
        for n in (1..=6).rev() {
            sql = sql.replace(&format!("#{n}"), &self.dialect.mark(n));
        }
        for table in ["gx_code", "gx_passkey", "gx_ticket"] {
            sql = sql.replace(table, &self.dialect.quoted(table));
        }
        sql
    }

    /// The user's generator of codes.
    ///
    /// # Errors
    /// Whatever the database says; so for all below.
    pub fn code(&mut self, user: Uuid) -> Result<Option<CodeRow>> {
        let sql = self.factor_sql(
            "SELECT secret, last_step, recovery, confirmed FROM gx_code WHERE user_id = #1",
        );
        let types = [Column::Bytes, Column::Int, Column::Text, Column::Int];
        let rows = self.rows_sql(&sql, [Cell::Uuid(user)], &types)?;
        Ok(rows.into_iter().next().map(|row| {
            let mut cells = row.into_iter();
            let mut next = || cells.next().unwrap_or(Cell::Null);
            CodeRow {
                secret: bytes(next()),
                last_step: next().int(),
                recovery: next().into_text(),
                confirmed: next().int() == 1,
            }
        }))
    }

    /// Keeps the user's generator of codes in place of the one before.
    pub fn set_code(&mut self, user: Uuid, row: &CodeRow) -> Result<()> {
        let sql = self.factor_sql(
            "INSERT INTO gx_code (user_id, secret, last_step, recovery, confirmed) VALUES (#1, #2, #3, #4, #5) \
             ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, last_step = excluded.last_step, \
             recovery = excluded.recovery, confirmed = excluded.confirmed",
        );
        let cells = [
            Cell::Uuid(user),
            Cell::Bytes(row.secret.clone()),
            Cell::Int(row.last_step),
            Cell::Text(row.recovery.clone()),
            Cell::Int(i64::from(row.confirmed)),
        ];
        self.run_sql(&sql, cells).map(|_| ())
    }

    /// Takes a code of the step: whether none was taken of it, or of a later one, before.
    pub fn take_code(&mut self, user: Uuid, step: i64) -> Result<bool> {
        let sql = self
            .factor_sql("UPDATE gx_code SET last_step = #2 WHERE user_id = #1 AND last_step < #2");
        Ok(self.run_sql(&sql, [Cell::Uuid(user), Cell::Int(step)])? > 0)
    }

    /// Forgets the user's generator of codes.
    pub fn drop_code(&mut self, user: Uuid) -> Result<()> {
        let sql = self.factor_sql("DELETE FROM gx_code WHERE user_id = #1");
        self.run_sql(&sql, [Cell::Uuid(user)]).map(|_| ())
    }

    /// The user's passkeys.
    pub fn passkeys(&mut self, user: Uuid) -> Result<Vec<PasskeyRow>> {
        let sql = self.factor_sql(&format!(
            "SELECT {PASSKEY} FROM gx_passkey WHERE user_id = #1 ORDER BY created_at LIMIT 100"
        ));
        use Column::{Int, Text, Uuid as Id};
        let rows = self.rows_sql(&sql, [Cell::Uuid(user)], &[Id, Id, Text, Text, Int, Int])?;
        Ok(rows.into_iter().map(passkey).collect())
    }

    /// Keeps a passkey, or its state after use.
    pub fn put_passkey(&mut self, row: &PasskeyRow) -> Result<()> {
        let sql = self.factor_sql(&format!(
            "INSERT INTO gx_passkey ({PASSKEY}) VALUES (#1, #2, #3, #4, #5, #6) ON CONFLICT (id) DO UPDATE SET \
             name = excluded.name, credential = excluded.credential, used_at = excluded.used_at"
        ));
        let cells = [
            Cell::Uuid(row.id),
            Cell::Uuid(row.user),
            Cell::Text(row.name.clone()),
            Cell::Text(row.credential.clone()),
            Cell::Int(row.created_at),
            Cell::Int(row.used_at),
        ];
        self.run_sql(&sql, cells).map(|_| ())
    }

    /// Forgets one of the user's passkeys; whether there was one.
    pub fn drop_passkey(&mut self, user: Uuid, id: Uuid) -> Result<bool> {
        let sql = self.factor_sql("DELETE FROM gx_passkey WHERE user_id = #1 AND id = #2");
        Ok(self.run_sql(&sql, [Cell::Uuid(user), Cell::Uuid(id)])? > 0)
    }

    /// Keeps a ticket, and forgets those that have expired; whether there was room for it.
    pub fn put_ticket(&mut self, row: &TicketRow, now: i64) -> Result<bool> {
        let sql = self.factor_sql("DELETE FROM gx_ticket WHERE expires_at < #1");
        self.run_sql(&sql, [Cell::Int(now)])?;
        let sql = self.factor_sql("SELECT COUNT(*) FROM gx_ticket");
        let count = self.rows_sql(&sql, [], &[Column::Int])?.into_iter().flatten().next();
        if count.is_some_and(|count| count.int() >= TICKETS_MAX) {
            return Ok(false);
        }
        let sql = self
            .factor_sql(&format!("INSERT INTO gx_ticket ({TICKET}) VALUES (#1, #2, #3, #4, #5)"));
        let cells = [
            Cell::Bytes(row.hash.clone()),
            Cell::Text(row.kind.clone()),
            Cell::Uuid(row.user),
            Cell::Text(row.payload.clone()),
            Cell::Int(row.expires_at),
        ];
        self.run_sql(&sql, cells).map(|_| true)
    }

    /// The ticket of that kind with this hash, if it is still good.
    pub fn ticket(&mut self, kind: &str, hash: &[u8], now: i64) -> Result<Option<TicketRow>> {
        let sql = self.factor_sql(&format!(
            "SELECT {TICKET} FROM gx_ticket WHERE hash = #1 AND kind = #2 AND expires_at > #3"
        ));
        use Column::{Bytes, Int, Text, Uuid as Id};
        let cells = [Cell::Bytes(hash.to_vec()), Cell::Text(kind.to_owned()), Cell::Int(now)];
        let rows = self.rows_sql(&sql, cells, &[Bytes, Text, Id, Text, Int])?;
        Ok(rows.into_iter().next().map(ticket))
    }

    /// Uses a ticket up; whether it was still there, so that of two at once only one is served.
    pub fn drop_ticket(&mut self, hash: &[u8]) -> Result<bool> {
        let sql = self.factor_sql("DELETE FROM gx_ticket WHERE hash = #1");
        Ok(self.run_sql(&sql, [Cell::Bytes(hash.to_vec())])? > 0)
    }

    /// Takes back all tickets of that kind for the user.
    pub fn drop_tickets(&mut self, kind: &str, user: Uuid) -> Result<()> {
        let sql = self.factor_sql("DELETE FROM gx_ticket WHERE kind = #1 AND user_id = #2");
        self.run_sql(&sql, [Cell::Text(kind.to_owned()), Cell::Uuid(user)]).map(|_| ())
    }
}

fn bytes(cell: Cell) -> Vec<u8> {
    match cell {
        Cell::Bytes(bytes) => bytes,
        _ => Vec::new(),
    }
}

fn passkey(row: Vec<Cell>) -> PasskeyRow {
    let mut cells = row.into_iter();
    let mut next = || cells.next().unwrap_or(Cell::Null);
    PasskeyRow {
        id: next().id().unwrap_or_default(),
        user: next().id().unwrap_or_default(),
        name: next().into_text(),
        credential: next().into_text(),
        created_at: next().int(),
        used_at: next().int(),
    }
}

fn ticket(row: Vec<Cell>) -> TicketRow {
    let mut cells = row.into_iter();
    let mut next = || cells.next().unwrap_or(Cell::Null);
    TicketRow {
        hash: bytes(next()),
        kind: next().into_text(),
        user: next().id().unwrap_or_default(),
        payload: next().into_text(),
        expires_at: next().int(),
    }
}
