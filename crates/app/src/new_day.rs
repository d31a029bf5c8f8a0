//! What depends on today is brought up to date when a day begins: sums over the last months, and records whose day is
//! over. A formula that depends on today is not kept, and needs none of this.

use std::sync::Arc;
use std::time::Duration;

use model::{Filter, Kind, Object, Rights};
use store::{CauseKind, Tx};

use crate::records::{Batch, Origin};
use crate::{Actor, Result, Workspace};

/// The day that has begun already, kept with the workspace.
const BEGUN: &str = "day_begun";
/// How often the date is looked at.
const LOOK: Duration = Duration::from_secs(60);
/// Records saved again in one transaction.
const STEP_ROWS: usize = 500;

impl Workspace {
    /// Begins each day until the workspace is dropped by everybody else.
    pub async fn begin_days(self: Arc<Workspace>) {
        let workspace = Arc::downgrade(&self);
        drop(self);
        loop {
            let Some(workspace) = workspace.upgrade() else { return };
            if let Err(error) = workspace.begin_day().await {
                tracing::warn!(%error, "the day could not be begun; it is tried again");
            }
            drop(workspace);
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Begins the day if that was not done; whether it was a new one. Done twice, it does no harm.
    ///
    /// # Errors
    /// The store's.
    pub async fn begin_day(&self) -> Result<bool> {
        let now = self.now();
        let today = now.today().to_string();
        if self.store.read(|tx| tx.meta(BEGUN)).await?.as_ref() == Some(&today) {
            return Ok(false);
        }
        let schema = self.schema();
        for object in schema.objects() {
            if let Some(filter) = object.daily {
                self.save_again(object, filter).await?;
            }
        }
        let names = schema.objects().filter(|object| looks_back(object));
        let names = names.map(|object| object.name.clone()).collect();
        crate::doctor::computed_of(&self.store, names, &now, true).await?;
        self.store.write(move |tx| tx.set_meta(BEGUN, &today)).await?;
        Ok(true)
    }

    async fn save_again(&self, object: &Object, filter: &str) -> Result<()> {
        let (schema, setting) = (self.schema(), self.setting());
        let filter = model::filter::parse_saved(
            filter,
            object,
            &schema,
            &Rights::system(),
            &self.now(),
            &setting,
        )?;
        loop {
            let setup = self.setup(&Actor::system(), CauseKind::System, None);
            let (name, filter) = (object.name.clone(), filter.clone());
            let work = move |tx: &mut Tx| save_step(tx, &setup, &name, &filter);
            let saved = self.store.transact(work).await?;
            if saved > 0 {
                self.wrote([object.name.as_str()]);
            }
            if saved < STEP_ROWS {
                return Ok(());
            }
        }
    }
}

/// Saves the first records that pass again; how many. Saved, they pass no more.
fn save_step(
    tx: &mut Tx,
    setup: &crate::records::Setup,
    name: &str,
    filter: &Filter,
) -> Result<usize> {
    let ids = tx.ids(name, filter, None, STEP_ROWS)?;
    let mut batch = Batch::new(tx, setup);
    let mut changed = 0;
    for id in ids {
        let before = batch.written();
        batch.update(Origin::Hook, name, id, None, Vec::new())?;
        changed += batch.written() - before;
    }
    batch.finish()?;
    Ok(changed)
}

/// Whether the object has sums over the last months.
fn looks_back(object: &Object) -> bool {
    object.fields.iter().any(|field| match &field.kind {
        Kind::Rollup(kind) => kind.rollup.window.is_some(),
        _ => false,
    })
}
