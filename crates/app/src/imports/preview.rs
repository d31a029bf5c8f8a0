//! What is told of single rows: of a trial run its first rows and its first problems, of an import its problems.

use model::Uuid;
use serde_json::{Value as Json, json};

use super::chunk::SHOWN_MAX;
use crate::access::Actor;
use crate::{Result, Workspace};

/// Chunks read in one step.
const CHUNKS_MAX: usize = 50;

impl Workspace {
    /// The first rows of a trial run and the first problems:
    /// `{"rows":[{"row","action","values","changes","problems"}],"truncated"}`.
    ///
    /// # Errors
    /// `not_found`, `forbidden`; the store's.
    pub async fn import_preview(&self, actor: &Actor, id: Uuid) -> Result<Json> {
        let state = self.own_import(actor, id).await?;
        let mut rows: Vec<Json> = Vec::new();
        let (mut after, mut failed) = (0, 0);
        let mut is_whole = true;
        'reading: loop {
            let told = self.store.read(move |tx| tx.import_problems(id, after, CHUNKS_MAX)).await?;
            let Some((last, _)) = told.last() else { break };
            after = *last;
            for (_, entries) in &told {
                let entries: Vec<Json> = serde_json::from_str(entries).unwrap_or_default();
                for entry in entries {
                    failed += usize::from(entry["action"] == "fail");
                    if failed > SHOWN_MAX {
                        is_whole = false;
                        break 'reading;
                    }
                    rows.push(entry);
                }
            }
        }
        let shown_whole = !state.dry_run || state.rows_total <= SHOWN_MAX as i64;
        Ok(json!({"rows": rows, "truncated": !(is_whole && shown_whole)}))
    }
}
