//! One chunk of rows in one transaction: either all of it is there, with the note that it is, or nothing.

use std::collections::HashSet;
use std::sync::Arc;

use model::query::Bin;
use model::{Filter, Object, Problem, Record, Uuid};
use serde_json::{Map, Value as Json, json};
use store::{ImportChunk, StoreError, Tx};

use super::apply::{Applier, Done, Stop};
use super::find::Finder;
use super::plan::Plan;
use super::row::{ReadRow, written};
use crate::error::problem_json;
use crate::records::{Batch, Setup};
use crate::{Error, Result, Workspace};

/// Rows that are undone together when one of them is refused, and then done one by one.
const GROUP_ROWS: usize = 50;
/// Rows that a trial run shows, and problems.
pub const SHOWN_MAX: usize = 100;

/// A chunk to be applied.
#[derive(Clone)]
pub struct Chunk {
    /// The import.
    pub import: Uuid,
    /// The plan.
    pub plan: Arc<Plan>,
    /// The rows, in the file's order.
    pub rows: Arc<Vec<ReadRow>>,
    /// Whose writes these are.
    pub setup: Setup,
    /// Whether nothing is to stay.
    pub dry_run: bool,
    /// Keys that earlier chunks of a trial run would have made.
    pub rehearsed: Arc<HashSet<String>>,
    /// Whether a refused row is to be undone alone, which makes every row dearer. Otherwise it undoes the chunk,
    /// and the chunk is done again with care.
    pub careful: bool,
}

/// What became of a chunk.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// What is kept of it.
    pub chunk: ImportChunk,
    /// Keys that it would have made, when it is a trial run.
    pub made: Vec<String>,
    /// Whether a row was refused after it may have written something.
    pub refused: bool,
}

/// Why a chunk was not applied.
#[derive(Debug)]
pub enum Halt {
    /// Nothing was to stay: what it would have been.
    Rehearsed(Box<Outcome>),
    /// A row was refused after it may have written something: the chunk needs care.
    Refused,
    /// The import was cancelled, or another server goes on with it.
    Over,
    /// An error.
    Error(Error),
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Halt {
        Halt::Error(error.into())
    }
}

impl From<Error> for Halt {
    fn from(error: Error) -> Halt {
        Halt::Error(error)
    }
}

impl store::Refuse for Halt {
    fn into_store(self) -> std::result::Result<StoreError, Halt> {
        match self {
            Halt::Error(Error::Store(error)) => Ok(error),
            other => Err(other),
        }
    }
}

impl Workspace {
    /// Applies a chunk once; of a trial run, what it would be.
    ///
    /// # Errors
    /// `Over` when it is not this one's turn; the store's.
    pub(super) async fn apply_chunk(&self, mut chunk: Chunk) -> std::result::Result<Outcome, Halt> {
        let mut applied = self.attempt_chunk(chunk.clone()).await;
        if matches!(applied, Err(Halt::Refused)) {
            chunk.careful = true;
            applied = self.attempt_chunk(chunk.clone()).await;
        }
        let outcome = match applied {
            Err(Halt::Rehearsed(outcome)) => *outcome,
            applied => return applied,
        };
        let (import, kept) = (chunk.import, outcome.chunk.clone());
        // The rows are gone; that they were looked at stays.
        let work = move |tx: &mut Tx| -> std::result::Result<(), Halt> {
            expect_turn(tx, import, kept.first_row)?;
            Ok(tx.put_import_chunk(import, &kept)?)
        };
        self.store.transact(work).await?;
        Ok(outcome)
    }

    async fn attempt_chunk(&self, chunk: Chunk) -> std::result::Result<Outcome, Halt> {
        self.store.transact(move |tx: &mut Tx| apply(tx, &chunk)).await
    }
}

fn apply(tx: &mut Tx, chunk: &Chunk) -> std::result::Result<Outcome, Halt> {
    let mut outcome = Outcome::default();
    outcome.chunk.first_row = chunk.rows.first().map_or(0, |row| row.number);
    outcome.chunk.last_row = chunk.rows.last().map_or(0, |row| row.number);
    expect_turn(tx, chunk.import, outcome.chunk.first_row)?;
    let mut batch = Batch::new(tx, &chunk.setup);
    let mut finder = Finder::default();
    finder.prefetch(&mut batch, &chunk.plan, &chunk.rows)?;
    let mut told = Vec::new();
    for rows in chunk.rows.chunks(GROUP_ROWS) {
        let made = outcome.made.len();
        let mark = if chunk.careful { Some(batch.mark("rows")?) } else { None };
        let known = finder.mark();
        let done = together(&mut batch, &mut finder, chunk, rows, &mut outcome.made)?;
        if let Some(done) = done {
            if let Some(mark) = mark {
                batch.keep(mark)?;
            }
            for (row, done) in rows.iter().zip(done) {
                outcome.note(chunk, row, done, &mut told);
            }
            continue;
        }
        let mark = mark.ok_or(Halt::Refused)?;
        outcome.refused = true;
        batch.go_back(mark)?;
        finder.go_back(known);
        outcome.made.truncate(made);
        for row in rows {
            let done = alone(&mut batch, &mut finder, chunk, row, &mut outcome.made)?;
            outcome.note(chunk, row, done, &mut told);
        }
    }
    if chunk.dry_run {
        outcome.chunk.problems = kept(told);
        return Err(Halt::Rehearsed(Box::new(outcome)));
    }
    batch.finish()?;
    outcome.chunk.problems = kept(told);
    tx.put_import_chunk(chunk.import, &outcome.chunk)?;
    Ok(outcome)
}

fn kept(told: Vec<Json>) -> String {
    if told.is_empty() { String::new() } else { Json::Array(told).to_string() }
}

/// Refuses when the import was stopped, or its rows up to `first_row` are not all applied, or more of them.
fn expect_turn(tx: &mut Tx, import: Uuid, first_row: i64) -> std::result::Result<(), Halt> {
    // Locked: whoever cancels (and then undoes) waits for the chunk.
    tx.load(super::state::OBJECT, &[import], &Filter::Always, Bin::Live, true)?;
    let state = super::state::read(tx, import)?;
    let is_turn = tx.import_progress(import)?.last_row + 1 == first_row;
    if is_turn && state.is_some_and(|state| state.status == "running") {
        Ok(())
    } else {
        Err(Halt::Over)
    }
}

/// What became of one row.
type RowDone = std::result::Result<Done, Vec<Problem>>;

/// All rows at once; none when any of them is refused on its way.
fn together(
    batch: &mut Batch,
    finder: &mut Finder,
    chunk: &Chunk,
    rows: &[ReadRow],
    made: &mut Vec<String>,
) -> Result<Option<Vec<RowDone>>> {
    let made = chunk.dry_run.then_some(made);
    let mut applier =
        Applier { batch, plan: &chunk.plan, finder, rehearsed: &chunk.rehearsed, made };
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        if !row.problems.is_empty() {
            all.push(Err(row.problems.clone()));
            continue;
        }
        let written = applier.batch.written();
        let made = applier.made.as_ref().map_or(0, |made| made.len());
        match applier.row(row) {
            Ok(done) => all.push(Ok(done)),
            // It wrote nothing, so there is nothing to undo.
            Err(Stop::Row(problems)) if applier.batch.written() == written => {
                if let Some(all_made) = applier.made.as_mut() {
                    all_made.truncate(made);
                }
                all.push(Err(problems));
            }
            Err(Stop::Row(_) | Stop::Torn(_)) => return Ok(None),
            Err(Stop::Chunk(error)) => return Err(error),
        }
    }
    Ok(Some(all))
}

/// One row; when it is refused, nothing of it stays.
fn alone(
    batch: &mut Batch,
    finder: &mut Finder,
    chunk: &Chunk,
    row: &ReadRow,
    made: &mut Vec<String>,
) -> Result<RowDone> {
    if !row.problems.is_empty() {
        return Ok(Err(row.problems.clone()));
    }
    let mark = batch.mark("one_row")?;
    let (known, made_before) = (finder.mark(), made.len());
    let made_here = chunk.dry_run.then_some(&mut *made);
    let mut applier =
        Applier { batch, plan: &chunk.plan, finder, rehearsed: &chunk.rehearsed, made: made_here };
    match applier.row(row) {
        Ok(done) => {
            batch.keep(mark)?;
            Ok(Ok(done))
        }
        Err(Stop::Row(problems) | Stop::Torn(problems)) => {
            batch.go_back(mark)?;
            finder.go_back(known);
            made.truncate(made_before);
            Ok(Err(problems))
        }
        Err(Stop::Chunk(error)) => Err(error),
    }
}

impl Outcome {
    /// Counts a row, and tells of it where that is worth it.
    fn note(&mut self, chunk: &Chunk, row: &ReadRow, done: RowDone, told: &mut Vec<Json>) {
        let (count, action) = match &done {
            Ok(Done::Created(_)) => (&mut self.chunk.created, "create"),
            Ok(Done::Updated(_)) => (&mut self.chunk.updated, "update"),
            Ok(Done::Skipped) => (&mut self.chunk.skipped, "skip"),
            Err(_) => (&mut self.chunk.failed, "fail"),
        };
        *count += 1;
        let is_shown = chunk.dry_run && row.number <= SHOWN_MAX as i64;
        if done.is_ok() && !is_shown {
            return;
        }
        let language = chunk.setup.language;
        let mut entry = json!({"row": row.number, "action": action});
        if is_shown {
            entry["values"] = values(chunk, row);
        }
        match done {
            Ok(Done::Updated(records)) => {
                entry["changes"] =
                    changes(chunk, &chunk.plan.root().object, &records.0, &records.1);
            }
            Err(problems) => {
                entry["problems"] =
                    problems.iter().map(|problem| problem_json(problem, language)).collect();
            }
            Ok(_) => {}
        }
        told.push(entry);
    }
}

/// What the row says, by path.
fn values(chunk: &Chunk, row: &ReadRow) -> Json {
    let mut all = Map::new();
    for (node, values) in chunk.plan.nodes.iter().zip(&row.nodes) {
        for (index, value) in values.fields.iter().filter(|(_, value)| !value.is_empty()) {
            let field = &node.object.fields[*index];
            let json = field.kind().write_json(value, &chunk.setup.setting);
            all.insert(node.path_of(&field.name), json);
        }
        if !values.named.is_empty() {
            all.insert(node.path.clone(), Json::from(values.named.join("; ")));
        }
    }
    Json::Object(all)
}

fn changes(chunk: &Chunk, object: &Object, before: &Record, after: &Record) -> Json {
    let written_field = |index: &usize| {
        let field = &object.fields[*index];
        !field.kind.is_computed() && !model::object::SYSTEM_FIELDS.contains(&field.name.as_str())
    };
    let differs = |index: &usize| before.values.get(*index) != after.values.get(*index);
    let json = |index: usize, record: &Record| {
        let field = &object.fields[index];
        match &record.values[index] {
            model::Value::Id(id) => Json::from(written(&model::Value::Id(*id))),
            value => field.kind().write_json(value, &chunk.setup.setting),
        }
    };
    (0..object.fields.len())
        .filter(written_field)
        .filter(differs)
        .map(|index| {
            json!({"field": object.fields[index].name, "old": json(index, before), "new": json(index, after)})
        })
        .collect()
}
