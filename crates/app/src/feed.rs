//! The change feed: what was written, in order, to those who may see it. Live updates and other servers' rights read it.

use model::{Action, Uuid};
use serde_json::{Value as Json, json};
use store::HistoryEntry;

use crate::access::Actor;
use crate::{Result, Workspace};

/// Entries of one look.
pub const FEED_ROWS_MAX: usize = 500;

impl Workspace {
    /// Waits for commits and tells everybody who listens; another server's commits are found by looking
    /// now and then. Ends when the workspace is dropped by everybody else.
    pub async fn watch_feed(self: std::sync::Arc<Workspace>) {
        let workspace = std::sync::Arc::downgrade(&self);
        drop(self);
        loop {
            let Some(workspace) = workspace.upgrade() else { return };
            let wait = if workspace.store.is_shared() { 300 } else { 5_000 };
            let pause = std::time::Duration::from_millis(wait);
            // Woken by a commit here, or by time.
            let _ = tokio::time::timeout(pause, workspace.committed.notified()).await;
            if let Err(error) = workspace.look_at_feed().await {
                tracing::warn!(%error, "the change feed cannot be read");
            }
        }
    }

    async fn look_at_feed(&self) -> Result<()> {
        let after = *self.told.borrow();
        let entries = self.store.read(move |tx| tx.feed(after, FEED_ROWS_MAX)).await?;
        let Some(last) = entries.last() else { return Ok(()) };
        if entries.iter().any(|entry| crate::people::OBJECTS.contains(&entry.object.as_str())) {
            self.forget_people();
        }
        self.told.send_replace(last.seq);
        if entries.len() == FEED_ROWS_MAX {
            self.committed.notify_one();
        }
        Ok(())
    }

    /// A watch on the feed's place: it changes when there is something new.
    pub fn feed_watch(&self) -> tokio::sync::watch::Receiver<i64> {
        self.told.subscribe()
    }

    /// The feed after `after`, as the actor may see it: which records changed, not what. Also where to go on.
    ///
    /// # Errors
    /// The store's.
    pub async fn feed(&self, actor: &Actor, after: i64) -> Result<(Vec<Json>, i64)> {
        let rights = actor.rights.clone();
        let work = move |tx: &mut store::Tx| -> store::Result<(Vec<Json>, i64)> {
            let entries = tx.feed(after, FEED_ROWS_MAX)?;
            let end = entries.last().map_or(after, |entry| entry.seq);
            let schema = tx.schema().clone();
            let mut visible: std::collections::HashSet<Uuid> = std::collections::HashSet::new();
            let mut names: Vec<&str> = entries.iter().map(|entry| entry.object.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            for name in names {
                let Some(object) = schema.object(name) else { continue };
                let ids: Vec<Uuid> =
                    entries.iter().filter(|e| e.object == name).map(|e| e.record).collect();
                let filter = rights.filter(&schema, object, Action::Read);
                visible.extend(tx.visible(name, &ids, &filter)?);
            }
            let shown = entries.iter().filter(|entry| visible.contains(&entry.record));
            Ok((shown.map(event).collect(), end))
        };
        Ok(self.store.read(work).await?)
    }
}

fn event(entry: &HistoryEntry) -> Json {
    json!({
        "seq": entry.seq,
        "object": entry.object,
        "id": entry.record,
        "version": entry.version,
        "action": entry.action.name(),
    })
}
