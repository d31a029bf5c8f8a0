//! What happens about access is written down: who signed in from where, who was let in, who saw as whom.

use model::draft::values;
use model::{Effect, Uuid, Value};
use store::{CauseKind, Tx};

use crate::access::Actor;
use crate::records::Batch;
use crate::{Error, Result, Workspace};

/// Characters of a detail.
const DETAIL_CHARS_MAX: usize = 200;

/// Where a request came from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Origin<'a> {
    /// The network address.
    pub address: &'a str,
    /// The browser.
    pub agent: &'a str,
}

/// Something to write down.
#[derive(Debug, Clone, Copy)]
pub struct Happened<'a> {
    /// One of the kinds that the object declares.
    pub kind: &'static str,
    /// By whom, or about whom; nil for nobody known.
    pub user: Uuid,
    /// In a few words.
    pub detail: &'a str,
    /// From where.
    pub origin: Origin<'a>,
}

impl Workspace {
    /// Writes it down.
    ///
    /// # Errors
    /// The store's.
    pub async fn note_security(&self, happened: Happened<'_>) -> Result<()> {
        let setup = self.setup(&Actor::system(), CauseKind::System, None);
        let user = happened.user;
        let text = |text: &str| {
            let kept: String = text.chars().take(DETAIL_CHARS_MAX).collect();
            if kept.is_empty() { Value::Null } else { Value::from(kept) }
        };
        let fields = values([
            ("kind", Value::from(happened.kind)),
            ("at", Value::Instant(setup.now.at)),
            ("user", if user.is_nil() { Value::Null } else { Value::Id(user) }),
            ("detail", text(happened.detail)),
            ("address", text(happened.origin.address)),
            ("agent", text(happened.origin.agent)),
        ]);
        let id = self.clock.new_id();
        let effect = Effect::Create { object: "security_event".to_owned(), id, values: fields };
        let work = move |tx: &mut Tx| -> Result<()> {
            let mut batch = Batch::new(tx, &setup);
            batch.apply(vec![effect.clone()])?;
            batch.finish()
        };
        self.store.transact(work).await?;
        self.wrote([]);
        Ok(())
    }

    /// Only administrators, in person: not by a key, whatever its scopes.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn administers(actor: &Actor) -> Result<()> {
        let is_person = actor.rights.narrowed.is_none() && !actor.user().is_nil();
        match actor.rights.is_administrator() && is_person {
            true => Ok(()),
            false => Err(Error::refused("forbidden")),
        }
    }
}
