//! The audit log: every write of every record, for administrators, newest first.

use model::{Filter, Uuid};
use serde_json::{Value as Json, json};
pub use store::Writes;
use store::{HistoryEntry, Tx};

use crate::access::Actor;
use crate::records::{history_json, title_text};
use crate::{Result, Workspace};

/// Entries of one page.
pub const AUDIT_ROWS_MAX: usize = 200;

impl Workspace {
    /// Writes that pass, newest first, each with its record's title: `{"items": […], "next"}`.
    ///
    /// # Errors
    /// `forbidden` to all but administrators; `object_unknown`; the store's.
    pub async fn audit(&self, actor: &Actor, writes: Writes, limit: usize) -> Result<Json> {
        Workspace::administers(actor)?;
        if let Some(name) = &writes.object {
            self.object(name)?;
        }
        let rights = actor.rights.clone();
        let limit = limit.clamp(1, AUDIT_ROWS_MAX);
        let work = move |tx: &mut Tx| -> store::Result<Json> {
            let entries = tx.writes(&writes, limit + 1)?;
            let next = entries.get(limit - 1).filter(|_| entries.len() > limit).map(|e| e.seq);
            let mut items = Vec::new();
            for entry in entries.into_iter().take(limit) {
                let Ok(object) = tx.object(&entry.object).cloned() else { continue };
                let record = record_of(tx, &entry)?;
                for mut item in history_json(tx, &object, &rights, vec![entry])? {
                    item["record"] = record.clone();
                    items.push(item);
                }
            }
            Ok(json!({"items": items, "next": next.map(|seq| seq.to_string())}))
        };
        Ok(self.store.read(work).await?)
    }
}

/// Which record it was, by what it is called now.
fn record_of(tx: &mut Tx, entry: &HistoryEntry) -> store::Result<Json> {
    let ids: [Uuid; 1] = [entry.record];
    let title = tx.titles(&entry.object, &ids, &Filter::Always)?.remove(&entry.record);
    Ok(json!({"object": entry.object, "id": entry.record, "title": title.as_ref().map(title_text)}))
}
