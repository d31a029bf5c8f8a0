//! History: each write appends who, when, what it was and became, and why. Also the change feed.

use model::fields::Column;
use model::{Filter, Uuid};
use serde_json::{Map, Value as Json, json};

use crate::Result;
use crate::cell::Cell;
use crate::tx::Tx;

/// What made a write happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CauseKind {
    /// A request of a person or another program.
    Request,
    /// An import; the cause's id is the import.
    Import,
    /// A command; the cause's id is the record it was called on.
    Command,
    /// A bulk change; the cause's id is the bulk.
    Bulk,
    /// Undoing something; the cause's id is what was undone.
    Undo,
    /// The program itself.
    System,
}

impl CauseKind {
    const ALL: [(CauseKind, &'static str); 6] = [
        (CauseKind::Request, "request"),
        (CauseKind::Import, "import"),
        (CauseKind::Command, "command"),
        (CauseKind::Bulk, "bulk"),
        (CauseKind::Undo, "undo"),
        (CauseKind::System, "system"),
    ];

    /// The name in the history.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    fn named(name: &str) -> CauseKind {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map_or(CauseKind::System, |(kind, _)| *kind)
    }
}

/// Why a write happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// What made it happen.
    pub kind: CauseKind,
    /// Which one.
    pub id: Option<Uuid>,
}

/// What was done to the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HistoryAction {
    /// It was made.
    Create,
    /// It was changed.
    Update,
    /// It went to the recycle bin.
    Delete,
    /// It came back from there.
    Restore,
}

impl HistoryAction {
    const ALL: [(HistoryAction, &'static str); 4] = [
        (HistoryAction::Create, "create"),
        (HistoryAction::Update, "update"),
        (HistoryAction::Delete, "delete"),
        (HistoryAction::Restore, "restore"),
    ];

    /// The name in the history.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(action, _)| *action == self).map_or("", |(_, name)| name)
    }

    fn named(name: &str) -> HistoryAction {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map_or(HistoryAction::Update, |(a, _)| *a)
    }
}

/// One field's change, as JSON of the field's kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The field.
    pub field: String,
    /// What it was.
    pub old: Json,
    /// What it became.
    pub new: Json,
}

/// One entry of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryEntry {
    /// The place in the feed; 0 before it is written.
    pub seq: i64,
    /// The object.
    pub object: String,
    /// The record.
    pub record: Uuid,
    /// The record's version after the write.
    pub version: i64,
    /// Microseconds since 1970 UTC.
    pub at: i64,
    /// Who; none for the program.
    pub actor: Option<Uuid>,
    /// Why.
    pub cause: Cause,
    /// What was done.
    pub action: HistoryAction,
    /// What changed. Empty for a new record: what it held follows from what it holds and later changes.
    pub changes: Vec<Change>,
}

pub(crate) const COLUMNS: &str = "h.seq, h.object, h.record_id, h.version, h.at, h.actor_id, h.cause, h.cause_id, h.action, h.changes";
pub(crate) const TYPES: [Column; 10] = [
    Column::Int,
    Column::Text,
    Column::Uuid,
    Column::Int,
    Column::Int,
    Column::Uuid,
    Column::Text,
    Column::Uuid,
    Column::Text,
    Column::Text,
];

/// Entries of one INSERT.
const APPEND_ROWS_MAX: usize = 100;

fn cells(entry: &HistoryEntry) -> [Cell; 9] {
    let changes =
        if entry.changes.is_empty() { Cell::Null } else { Cell::Text(to_json(&entry.changes)) };
    [
        Cell::Text(entry.object.clone()),
        Cell::Uuid(entry.record),
        Cell::Int(entry.version),
        Cell::Int(entry.at),
        id_or_null(entry.actor),
        Cell::Text(entry.cause.kind.name().to_owned()),
        id_or_null(entry.cause.id),
        Cell::Text(entry.action.name().to_owned()),
        changes,
    ]
}

fn id_or_null(id: Option<Uuid>) -> Cell {
    id.map_or(Cell::Null, Cell::Uuid)
}

impl Tx<'_, '_> {
    /// Appends entries.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn append_history(&mut self, entries: &[HistoryEntry]) -> Result<()> {
        // As with records: SQLite is quickest row by row, PostgreSQL with few round trips.
        let rows = if self.dialect.locks_rows() { APPEND_ROWS_MAX } else { 1 };
        for entries in entries.chunks(rows) {
            let row = |n: usize| {
                let marks: Vec<String> = (1..=9).map(|m| self.dialect.mark(9 * n + m)).collect();
                format!("({})", marks.join(", "))
            };
            let sql = format!(
                "INSERT INTO {} (object, record_id, version, at, actor_id, cause, cause_id, action, changes) VALUES {}",
                self.dialect.quoted("gx_history"),
                (0..entries.len()).map(row).collect::<Vec<_>>().join(", ")
            );
            let cells: Vec<Cell> = entries.iter().flat_map(cells).collect();
            self.run_cells(&sql, &cells)?;
        }
        Ok(())
    }

    /// The history of one record, newest first, before `before`.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn history(
        &mut self,
        record: Uuid,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<HistoryEntry>> {
        let (one, two, three) = (self.dialect.mark(1), self.dialect.mark(2), self.dialect.mark(3));
        let sql = format!(
            "SELECT {COLUMNS} FROM {} h WHERE h.record_id = {one} AND h.seq < {two} ORDER BY h.seq DESC LIMIT {three}",
            self.dialect.quoted("gx_history")
        );
        let cells =
            [Cell::Uuid(record), Cell::Int(before.unwrap_or(i64::MAX)), Cell::Int(limit as i64)];
        Ok(self.rows_sql(&sql, cells, &TYPES)?.into_iter().map(entry).collect())
    }

    /// The feed after `after`, oldest first: only what every reader can see already.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn feed(&mut self, after: i64, limit: usize) -> Result<Vec<HistoryEntry>> {
        // A transaction with a smaller number may still be open; what it will append must not be passed over.
        let settled = self.dialect.settled();
        let sql = format!(
            "SELECT {COLUMNS} FROM {} h WHERE h.seq > {}{settled} ORDER BY h.seq LIMIT {}",
            self.dialect.quoted("gx_history"),
            self.dialect.mark(1),
            self.dialect.mark(2)
        );
        let cells = [Cell::Int(after), Cell::Int(limit as i64)];
        Ok(self.rows_sql(&sql, cells, &TYPES)?.into_iter().map(entry).collect())
    }

    /// The place of the newest entry.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn feed_end(&mut self) -> Result<i64> {
        let sql =
            format!("SELECT COALESCE(MAX(seq), 0) FROM {}", self.dialect.quoted("gx_history"));
        let rows = self.rows_sql(&sql, [], &[Column::Int])?;
        Ok(rows.first().and_then(|row| row.first()).map_or(0, Cell::int))
    }

    /// What one cause did, newest first, before `before`.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn done_by(
        &mut self,
        cause: Uuid,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<HistoryEntry>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM {} h WHERE h.cause_id = {} AND h.seq < {} ORDER BY h.seq DESC LIMIT {}",
            self.dialect.quoted("gx_history"),
            self.dialect.mark(1),
            self.dialect.mark(2),
            self.dialect.mark(3)
        );
        let cells =
            [Cell::Uuid(cause), Cell::Int(before.unwrap_or(i64::MAX)), Cell::Int(limit as i64)];
        Ok(self.rows_sql(&sql, cells, &TYPES)?.into_iter().map(entry).collect())
    }

    /// Takes the history of a record away: only for records that [`Tx::purge`] takes away.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn purge_history(&mut self, record: Uuid) -> Result<()> {
        let sql = format!(
            "DELETE FROM {} WHERE record_id = {}",
            self.dialect.quoted("gx_history"),
            self.dialect.mark(1)
        );
        self.run_sql(&sql, [Cell::Uuid(record)]).map(|_| ())
    }

    /// Which of `objects`' records of the feed the filter lets through: ids among `ids`.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn visible(&mut self, object: &str, ids: &[Uuid], filter: &Filter) -> Result<Vec<Uuid>> {
        Ok(self.titles(object, ids, filter)?.into_keys().collect())
    }
}

fn to_json(changes: &[Change]) -> String {
    let map: Map<String, Json> =
        changes.iter().map(|c| (c.field.clone(), json!([c.old, c.new]))).collect();
    Json::Object(map).to_string()
}

fn from_json(text: &str) -> Vec<Change> {
    let Ok(Json::Object(map)) = serde_json::from_str(text) else { return Vec::new() };
    let pair = |(field, pair): (String, Json)| {
        let Json::Array(mut pair) = pair else { return None };
        let new = pair.pop()?;
        Some(Change { field, old: pair.pop()?, new })
    };
    map.into_iter().filter_map(pair).collect()
}

pub(crate) fn entry(row: Vec<Cell>) -> HistoryEntry {
    let mut cells = row.into_iter();
    let mut next = || cells.next().unwrap_or(Cell::Null);
    HistoryEntry {
        seq: next().int(),
        object: next().into_text(),
        record: next().id().unwrap_or_default(),
        version: next().int(),
        at: next().int(),
        actor: next().id(),
        cause: Cause { kind: CauseKind::named(&next().into_text()), id: next().id() },
        action: HistoryAction::named(&next().into_text()),
        changes: from_json(&next().into_text()),
    }
}

impl Tx<'_, '_> {
    /// The history of one record before a moment (microseconds), newest first.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn history_before(
        &mut self,
        record: Uuid,
        at: Option<i64>,
        limit: usize,
    ) -> Result<Vec<HistoryEntry>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM {} h WHERE h.record_id = {} AND h.at < {} ORDER BY h.seq DESC LIMIT {}",
            self.dialect.quoted("gx_history"),
            self.dialect.mark(1),
            self.dialect.mark(2),
            self.dialect.mark(3)
        );
        let cells =
            [Cell::Uuid(record), Cell::Int(at.unwrap_or(i64::MAX)), Cell::Int(limit as i64)];
        Ok(self.rows_sql(&sql, cells, &TYPES)?.into_iter().map(entry).collect())
    }
}
