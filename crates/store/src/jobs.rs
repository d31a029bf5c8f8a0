//! Jobs: work to be done later, leased to one worker at a time, tried again when it fails.

use model::Uuid;
use model::fields::Column;

use crate::Result;
use crate::cell::Cell;
use crate::tx::Tx;

/// How a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// Not taken yet, or to be tried again.
    Waiting,
    /// Done.
    Done,
    /// Given up after too many tries.
    Dead,
}

impl JobState {
    /// The name in the table.
    pub fn name(self) -> &'static str {
        match self {
            JobState::Waiting => "waiting",
            JobState::Done => "done",
            JobState::Dead => "dead",
        }
    }
}

/// A job.
#[derive(Debug, Clone)]
pub struct JobRow {
    /// The id.
    pub id: Uuid,
    /// What is to be done.
    pub kind: String,
    /// With what, as JSON.
    pub payload: String,
    /// Not before, microseconds since 1970 UTC.
    pub run_at: i64,
    /// How often it was begun.
    pub attempts: i64,
}

impl Tx<'_, '_> {
    /// Adds a job.
    ///
    /// # Errors
    /// Whatever the database says; so for all below.
    pub fn add_job(&mut self, job: &JobRow, created_at: i64) -> Result<()> {
        let marks: Vec<String> = (1..=5).map(|n| self.dialect.mark(n)).collect();
        let sql = format!(
            "INSERT INTO {} (id, kind, payload, run_at, created_at, state, lease_until, attempts) \
             VALUES ({}, 'waiting', 0, 0)",
            self.dialect.quoted("gx_job"),
            marks.join(", ")
        );
        let cells = [
            Cell::Uuid(job.id),
            Cell::Text(job.kind.clone()),
            Cell::Text(job.payload.clone()),
            Cell::Int(job.run_at),
            Cell::Int(created_at),
        ];
        self.run_sql(&sql, cells).map(|_| ())
    }

    /// Leases the first job that is due until `until`; others do not get it before then.
    pub fn lease_job(&mut self, now: i64, until: i64) -> Result<Option<JobRow>> {
        let table = self.dialect.quoted("gx_job");
        let skip = if self.dialect.locks_rows() { " FOR UPDATE SKIP LOCKED" } else { "" };
        let (one, two) = (self.dialect.mark(1), self.dialect.mark(2));
        let sql = format!(
            "UPDATE {table} SET lease_until = {two}, attempts = attempts + 1 WHERE id = (SELECT id FROM {table} \
             WHERE state = 'waiting' AND run_at <= {one} AND lease_until < {one} ORDER BY run_at LIMIT 1{skip}) \
             RETURNING id, kind, payload, run_at, attempts"
        );
        let types = [Column::Uuid, Column::Text, Column::Text, Column::Int, Column::Int];
        let rows = self.rows_sql(&sql, [Cell::Int(now), Cell::Int(until)], &types)?;
        Ok(rows.into_iter().next().map(|row| {
            let mut cells = row.into_iter();
            let mut next = || cells.next().unwrap_or(Cell::Null);
            JobRow {
                id: next().id().unwrap_or_default(),
                kind: next().into_text(),
                payload: next().into_text(),
                run_at: next().int(),
                attempts: next().int(),
            }
        }))
    }

    /// Takes all leases back: whoever held them is gone.
    pub fn end_leases(&mut self) -> Result<()> {
        let table = self.dialect.quoted("gx_job");
        self.batch(&format!("UPDATE {table} SET lease_until = 0, run_at = 0 WHERE lease_until > 0"))
    }

    /// Holds the lease longer.
    pub fn hold_job(&mut self, id: Uuid, until: i64) -> Result<()> {
        let sql = format!(
            "UPDATE {} SET lease_until = {} WHERE id = {}",
            self.dialect.quoted("gx_job"),
            self.dialect.mark(2),
            self.dialect.mark(1)
        );
        self.run_sql(&sql, [Cell::Uuid(id), Cell::Int(until)]).map(|_| ())
    }

    /// Writes down how a job ended, or when it is tried again.
    pub fn end_job(
        &mut self,
        id: Uuid,
        state: JobState,
        run_at: i64,
        error: Option<&str>,
    ) -> Result<()> {
        let sql = format!(
            "UPDATE {} SET state = {}, run_at = {}, lease_until = 0, error = {} WHERE id = {}",
            self.dialect.quoted("gx_job"),
            self.dialect.mark(2),
            self.dialect.mark(3),
            self.dialect.mark(4),
            self.dialect.mark(1)
        );
        let error = error.map_or(Cell::Null, |error| Cell::Text(error.to_owned()));
        let cells = [Cell::Uuid(id), Cell::Text(state.name().to_owned()), Cell::Int(run_at), error];
        self.run_sql(&sql, cells).map(|_| ())
    }
}
