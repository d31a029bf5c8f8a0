//! What signing in needs: passwords' hashes, sessions, API keys' hashes, and answers kept for repeated requests.

use model::Uuid;
use model::fields::Column;

use crate::Result;
use crate::cell::Cell;
use crate::tx::Tx;

/// A user's password, hashed.
#[derive(Debug, Clone)]
pub struct CredentialRow {
    /// The hash in PHC form.
    pub password: String,
    /// When it was set, microseconds since 1970 UTC.
    pub changed_at: i64,
}

/// A signed-in session.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// The id, by which the user can end it.
    pub id: Uuid,
    /// SHA-256 of the token in the cookie.
    pub token: Vec<u8>,
    /// Who is signed in.
    pub user: Uuid,
    /// The token that changing requests repeat.
    pub csrf: String,
    /// The browser.
    pub agent: String,
    /// The address it came from.
    pub address: String,
    /// Microseconds since 1970 UTC.
    pub created_at: i64,
    /// Last use.
    pub seen_at: i64,
    /// When it ends by itself.
    pub expires_at: i64,
}

/// An answer kept so that a repeated request gets it again.
#[derive(Debug, Clone)]
pub struct AnswerRow {
    /// What the request was.
    pub fingerprint: String,
    /// The HTTP status.
    pub status: i64,
    /// The body.
    pub body: String,
}

const SESSION: &str = "id, token, user_id, csrf, agent, address, created_at, seen_at, expires_at";

impl Tx<'_, '_> {
    fn sql(&self, text: &str) -> String {
        let mut sql = text.to_owned();
        for n in (1..=9).rev() {
            sql = sql.replace(&format!("#{n}"), &self.dialect.mark(n));
        }
        for table in ["gx_credential", "gx_session", "gx_secret", "gx_answer"] {
            sql = sql.replace(table, &self.dialect.quoted(table));
        }
        sql
    }

    /// The user's password.
    ///
    /// # Errors
    /// Whatever the database says; so for all below.
    pub fn credential(&mut self, user: Uuid) -> Result<Option<CredentialRow>> {
        let sql = self.sql("SELECT password, changed_at FROM gx_credential WHERE user_id = #1");
        let rows = self.rows_sql(&sql, [Cell::Uuid(user)], &[Column::Text, Column::Int])?;
        Ok(rows.into_iter().next().map(|row| {
            let mut row = row.into_iter();
            let password = row.next().unwrap_or(Cell::Null).into_text();
            CredentialRow { password, changed_at: row.next().unwrap_or(Cell::Null).int() }
        }))
    }

    /// Sets the user's password.
    pub fn set_credential(&mut self, user: Uuid, row: &CredentialRow) -> Result<()> {
        let sql = self.sql(
            "INSERT INTO gx_credential (user_id, password, changed_at) VALUES (#1, #2, #3) \
             ON CONFLICT (user_id) DO UPDATE SET password = excluded.password, changed_at = excluded.changed_at",
        );
        let cells = [Cell::Uuid(user), Cell::Text(row.password.clone()), Cell::Int(row.changed_at)];
        self.run_sql(&sql, cells).map(|_| ())
    }

    /// Opens a session.
    pub fn put_session(&mut self, row: &SessionRow) -> Result<()> {
        let sql = self.sql(&format!(
            "INSERT INTO gx_session ({SESSION}) VALUES (#1, #2, #3, #4, #5, #6, #7, #8, #9)"
        ));
        let cells = [
            Cell::Uuid(row.id),
            Cell::Bytes(row.token.clone()),
            Cell::Uuid(row.user),
            Cell::Text(row.csrf.clone()),
            Cell::Text(row.agent.clone()),
            Cell::Text(row.address.clone()),
            Cell::Int(row.created_at),
            Cell::Int(row.seen_at),
            Cell::Int(row.expires_at),
        ];
        self.run_sql(&sql, cells).map(|_| ())
    }

    /// The session with this hash of its token.
    pub fn session(&mut self, token: &[u8]) -> Result<Option<SessionRow>> {
        let sql = self.sql(&format!("SELECT {SESSION} FROM gx_session WHERE token = #1"));
        Ok(self.session_rows(&sql, Cell::Bytes(token.to_vec()))?.pop())
    }

    /// The user's sessions.
    pub fn sessions_of(&mut self, user: Uuid) -> Result<Vec<SessionRow>> {
        let sql = self.sql(&format!(
            "SELECT {SESSION} FROM gx_session WHERE user_id = #1 ORDER BY seen_at DESC LIMIT 100"
        ));
        self.session_rows(&sql, Cell::Uuid(user))
    }

    fn session_rows(&mut self, sql: &str, cell: Cell) -> Result<Vec<SessionRow>> {
        use Column::{Bytes, Int, Text, Uuid as Id};
        let types = [Id, Bytes, Id, Text, Text, Text, Int, Int, Int];
        Ok(self.rows_sql(sql, [cell], &types)?.into_iter().map(session).collect())
    }

    /// Notes that the session was used.
    pub fn touch_session(&mut self, id: Uuid, seen_at: i64, expires_at: i64) -> Result<()> {
        let sql = self.sql("UPDATE gx_session SET seen_at = #2, expires_at = #3 WHERE id = #1");
        self.run_on_sessions(&sql, [Cell::Uuid(id), Cell::Int(seen_at), Cell::Int(expires_at)])
            .map(|_| ())
    }

    /// Ends one session of the user; whether there was one.
    pub fn end_session(&mut self, user: Uuid, id: Uuid) -> Result<bool> {
        let sql = self.sql("DELETE FROM gx_session WHERE user_id = #1 AND id = #2");
        Ok(self.run_on_sessions(&sql, [Cell::Uuid(user), Cell::Uuid(id)])? > 0)
    }

    /// Ends all sessions of the user but `kept`.
    pub fn end_sessions(&mut self, user: Uuid, kept: Option<Uuid>) -> Result<()> {
        let sql = self.sql("DELETE FROM gx_session WHERE user_id = #1 AND id <> #2");
        self.run_on_sessions(&sql, [Cell::Uuid(user), Cell::Uuid(kept.unwrap_or_default())])
            .map(|_| ())
    }

    /// Ends sessions that have expired, and forgets answers older than `answers_before`.
    pub fn sweep(&mut self, now: i64, answers_before: i64) -> Result<()> {
        let sql = self.sql("DELETE FROM gx_session WHERE expires_at < #1");
        self.run_on_sessions(&sql, [Cell::Int(now)])?;
        let sql = self.sql("DELETE FROM gx_answer WHERE at < #1");
        self.run_sql(&sql, [Cell::Int(answers_before)]).map(|_| ())
    }

    /// Keeps the hash of an API key.
    pub fn put_secret(&mut self, hash: &[u8], record: Uuid, user: Uuid) -> Result<()> {
        let sql = self.sql("INSERT INTO gx_secret (hash, record_id, user_id) VALUES (#1, #2, #3)");
        self.run_sql(&sql, [Cell::Bytes(hash.to_vec()), Cell::Uuid(record), Cell::Uuid(user)])
            .map(|_| ())
    }

    /// The record and the user of the API key with this hash.
    pub fn secret(&mut self, hash: &[u8]) -> Result<Option<(Uuid, Uuid)>> {
        let sql = self.sql("SELECT record_id, user_id FROM gx_secret WHERE hash = #1");
        let rows =
            self.rows_sql(&sql, [Cell::Bytes(hash.to_vec())], &[Column::Uuid, Column::Uuid])?;
        Ok(rows.first().and_then(|row| Some((row.first()?.id()?, row.get(1)?.id()?))))
    }

    /// The answer kept for the actor's key.
    pub fn answer(&mut self, actor: Uuid, key: &str) -> Result<Option<AnswerRow>> {
        let sql = self.sql(
            "SELECT fingerprint, status, body FROM gx_answer WHERE actor_id = #1 AND key = #2",
        );
        let types = [Column::Text, Column::Int, Column::Text];
        let rows = self.rows_sql(&sql, [Cell::Uuid(actor), Cell::Text(key.to_owned())], &types)?;
        Ok(rows.into_iter().next().map(|row| {
            let mut row = row.into_iter();
            let mut next = || row.next().unwrap_or(Cell::Null);
            AnswerRow {
                fingerprint: next().into_text(),
                status: next().int(),
                body: next().into_text(),
            }
        }))
    }

    /// Keeps the answer for the actor's key; `Unique` when another request with the key was first.
    pub fn put_answer(
        &mut self,
        actor: Uuid,
        key: &str,
        answer: &AnswerRow,
        at: i64,
    ) -> Result<()> {
        let sql = self.sql(
            "INSERT INTO gx_answer (actor_id, key, fingerprint, status, body, at) VALUES (#1, #2, #3, #4, #5, #6)",
        );
        let cells = [
            Cell::Uuid(actor),
            Cell::Text(key.to_owned()),
            Cell::Text(answer.fingerprint.clone()),
            Cell::Int(answer.status),
            Cell::Text(answer.body.clone()),
            Cell::Int(at),
        ];
        self.run_sql(&sql, cells).map(|_| ())
    }
}

fn session(row: Vec<Cell>) -> SessionRow {
    let mut cells = row.into_iter();
    let mut next = || cells.next().unwrap_or(Cell::Null);
    SessionRow {
        id: next().id().unwrap_or_default(),
        token: match next() {
            Cell::Bytes(bytes) => bytes,
            _ => Vec::new(),
        },
        user: next().id().unwrap_or_default(),
        csrf: next().into_text(),
        agent: next().into_text(),
        address: next().into_text(),
        created_at: next().int(),
        seen_at: next().int(),
        expires_at: next().int(),
    }
}
