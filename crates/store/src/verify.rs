//! Checking what is derived against what it is derived from, and mending it: roll-ups, formulas, search words.

use std::collections::BTreeSet;

use model::fields::Column;
use model::query::Bin;
use model::{Filter, Kind, Now, Uuid};

use crate::Result;
use crate::cell::Cell;
use crate::dialect::search;
use crate::tx::Tx;

/// Records looked at in one step.
const STEP_ROWS: usize = 500;

/// Something derived that did not follow from what it is derived from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// The object.
    pub object: String,
    /// The record.
    pub record: Uuid,
    /// What was wrong: a field's name, or `search`.
    pub what: String,
}

impl Tx<'_, '_> {
    /// Recomputes roll-ups and formulas of the next records of `object` after `after`, mending what drifted;
    /// what was found, and where to go on (none at the end).
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn mend_computed(
        &mut self,
        object: &str,
        after: Option<Uuid>,
        now: &Now,
    ) -> Result<(Vec<Drift>, Option<Uuid>)> {
        let ids = self.ids(object, &Filter::Always, after, STEP_ROWS)?;
        let layout = self.layout(object)?;
        let rollups: BTreeSet<String> = layout
            .object
            .fields
            .iter()
            .filter(|field| matches!(field.kind, Kind::Rollup(_)))
            .map(|field| field.name.clone())
            .collect();
        let computed = layout.object.fields.iter().any(|field| field.kind.is_computed());
        let mut found = Vec::new();
        if computed && !ids.is_empty() {
            for (before, after) in self.recompute(object, &rollups, &ids, now)? {
                for (index, field) in layout.object.fields.iter().enumerate() {
                    if before.values[index] != after.values[index] {
                        let (object, what) = (object.to_owned(), field.name.clone());
                        found.push(Drift { object, record: after.id(), what });
                    }
                }
            }
        }
        Ok((found, next(&ids)))
    }

    /// Compares the words of the next records of `object` with the index (SQLite keeps no words, so there
    /// only whether a record is in the index), mending what drifted.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn mend_search(
        &mut self,
        object: &str,
        after: Option<Uuid>,
        rebuild: bool,
    ) -> Result<(Vec<Drift>, Option<Uuid>)> {
        let layout = self.layout(object)?;
        if !layout.object.is_searchable() {
            return Ok((Vec::new(), None));
        }
        let ids = self.ids(object, &Filter::Always, after, STEP_ROWS)?;
        let records = self.load(object, &ids, &Filter::Always, Bin::Live, true)?;
        let indexed = self.indexed(&ids)?;
        let mut found = Vec::new();
        let mut mended = Vec::new();
        for record in records {
            let has_words = !search::tokens(&layout.object, &record).is_empty();
            let drifted = has_words != indexed.contains(&record.id());
            if drifted {
                found.push(Drift {
                    object: object.to_owned(),
                    record: record.id(),
                    what: "search".to_owned(),
                });
            }
            if drifted || rebuild {
                mended.push(record);
            }
        }
        self.reindex(&layout.object, &mended)?;
        Ok((found, next(&ids)))
    }

    /// What the database itself says of its integrity; empty when all is well.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn integrity(&mut self) -> Result<Vec<String>> {
        let Some(sql) = self.dialect.integrity() else { return Ok(Vec::new()) };
        let rows = self.rows_sql(sql, [], &[Column::Text])?;
        let words: Vec<String> = rows.into_iter().flatten().map(Cell::into_text).collect();
        Ok(words.into_iter().filter(|word| word != "ok").collect())
    }
}

fn next(ids: &[Uuid]) -> Option<Uuid> {
    (ids.len() == STEP_ROWS).then(|| ids[STEP_ROWS - 1])
}
