//! One's notifications: reading them. What makes them is with the write path (`records/notices`) and the jobs.

use model::draft::values;
use model::query::Bin;
use model::{Effect, Filter, Uuid, Value};
use serde_json::Value as Json;
use store::{CauseKind, JobRow, Tx};

use crate::access::Actor;
use crate::records::Batch;
use crate::{Result, Workspace};

/// Notifications marked as read at once.
pub const READ_ROWS_MAX: usize = 500;

/// The object.
pub const OBJECT: &str = "notification";

impl Workspace {
    /// Marks the actor's unread notifications as read: those named, or the newest of all; how many.
    ///
    /// # Errors
    /// The store's.
    pub async fn read_notifications(&self, actor: &Actor, ids: Option<Vec<Uuid>>) -> Result<usize> {
        let setup = self.setup(actor, CauseKind::Request, None);
        let user = actor.user();
        let work = move |tx: &mut Tx| -> Result<usize> {
            let own = Filter::eq("owner", user).and(Filter::is_empty("read_at"));
            let ids = match &ids {
                Some(ids) => {
                    let ids = &ids[..ids.len().min(READ_ROWS_MAX)];
                    let found = tx.load(OBJECT, ids, &own, Bin::Live, false)?;
                    found.iter().map(model::Record::id).collect()
                }
                None => tx.ids(OBJECT, &own, None, READ_ROWS_MAX)?,
            };
            let at = Value::Instant(setup.now.at);
            let effects = ids.iter().map(|id| Effect::Update {
                object: OBJECT.to_owned(),
                id: *id,
                values: values([("read_at", at.clone())]),
            });
            let mut batch = Batch::new(tx, &setup);
            batch.apply(effects.collect())?;
            batch.finish()?;
            Ok(ids.len())
        };
        let read = self.store.transact(work).await?;
        self.wrote([OBJECT]);
        Ok(read)
    }

    /// Tells whoever started an import or an export that it is over. A trial tells nobody.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn tell_of_end(&self, job: &JobRow) -> Result<()> {
        let payload: Json = serde_json::from_str(&job.payload).unwrap_or(Json::Null);
        let id = payload[job.kind.as_str()].as_str().and_then(|id| Uuid::parse_str(id).ok());
        let (Some(id), Ok(object)) = (id, self.object(&job.kind)) else { return Ok(()) };
        let name = object.name.clone();
        let load = move |tx: &mut Tx| tx.load(&name, &[id], &Filter::Always, Bin::Live, false);
        let Some(record) = self.store.read(load).await?.pop() else { return Ok(()) };
        let is_trial = object.field("dry_run").is_some() && record.get(&object, "dry_run").is_yes();
        let owner = record.get(&object, "owner").as_id().filter(|_| !is_trial);
        let succeeded = match record.get(&object, "status").as_text() {
            Some("done") => true,
            Some("failed") => false,
            _ => return Ok(()),
        };
        let title = record.get(&object, &object.title).as_text().unwrap_or("").to_owned();
        match owner {
            Some(owner) => self.tell(owner, succeeded, &title, (&object.name, id)).await,
            None => Ok(()),
        }
    }

    /// Tells a user that something they started is over.
    ///
    /// # Errors
    /// The store's.
    async fn tell(
        &self,
        user: Uuid,
        succeeded: bool,
        title: &str,
        about: (&str, Uuid),
    ) -> Result<()> {
        let setup = self.setup(&Actor::system(), CauseKind::System, None);
        let fields = values([
            ("kind", Value::from(if succeeded { "done" } else { "failed" })),
            ("title", Value::from(title)),
            ("at", Value::Instant(setup.now.at)),
            ("about", Value::Any(about.0.to_owned(), about.1)),
            ("object", Value::from(about.0)),
            ("owner", Value::Id(user)),
        ]);
        let effect =
            Effect::Create { object: OBJECT.to_owned(), id: self.clock.new_id(), values: fields };
        let work = move |tx: &mut Tx| -> Result<()> {
            let mut batch = Batch::new(tx, &setup);
            batch.apply(vec![effect.clone()])?;
            batch.finish()
        };
        self.store.transact(work).await?;
        self.wrote([OBJECT]);
        Ok(())
    }
}
