//! Signing in with an identity that a provider elsewhere vouches for. Whether it does vouch is checked at the door.

use model::{Filter, Uuid};

use crate::security::{Happened, Origin};
use crate::sign_in::SignedIn;
use crate::tickets::TicketKind;
use crate::{Error, Result, Workspace};

/// Characters of a provider's name for a person.
const SUBJECT_CHARS_MAX: usize = 255;

/// Who the provider says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// The provider's own name for the person, which never changes.
    pub subject: String,
    /// The e-mail address, only where the provider has verified it.
    pub email: Option<String>,
}

impl Workspace {
    /// Remembers a sign-in that begins, and gives the token that must come back with it.
    ///
    /// # Errors
    /// `rate_limited` when too many are under way; the store's.
    pub async fn begin_elsewhere(&self, remembered: &str) -> Result<String> {
        self.make_ticket(TicketKind::Elsewhere, Uuid::nil(), remembered).await
    }

    /// What was remembered of a sign-in that comes back: once.
    ///
    /// # Errors
    /// `ticket_invalid`; the store's.
    pub async fn end_elsewhere(&self, token: &str) -> Result<String> {
        Ok(self.use_ticket(TicketKind::Elsewhere, token).await?.1)
    }

    /// Opens a session for the user of this identity: the one it was linked with before, else the active user with
    /// its verified e-mail address, who is linked from then on.
    ///
    /// # Errors
    /// `sign_in_failed` where there is no such user; the store's.
    pub async fn sign_in_elsewhere(
        &self,
        identity: &Identity,
        origin: Origin<'_>,
    ) -> Result<SignedIn> {
        let found = self.user_of(identity).await?;
        let active = match found {
            Some(user) => self.people().await?.rights(user).is_some(),
            None => false,
        };
        let detail = identity.email.as_deref().unwrap_or(&identity.subject);
        let user = found.filter(|_| active);
        let kind = if user.is_some() { "sign_in" } else { "sign_in_failed" };
        let happened = Happened { kind, user: found.unwrap_or_default(), detail, origin };
        self.note_security(happened).await?;
        let user = user.ok_or_else(|| Error::refused("sign_in_failed"))?;
        self.open_session(user, origin.agent, origin.address).await
    }

    async fn user_of(&self, identity: &Identity) -> Result<Option<Uuid>> {
        if identity.subject.is_empty() || identity.subject.chars().count() > SUBJECT_CHARS_MAX {
            return Ok(None);
        }
        let link = format!("identity:{} {}", identity.issuer, identity.subject);
        let email = identity.email.as_deref().map(str::to_lowercase);
        let work = move |tx: &mut store::Tx| -> store::Result<Option<Uuid>> {
            if let Some(user) = tx.meta(&link)? {
                return Ok(user.parse().ok());
            }
            let Some(email) = &email else { return Ok(None) };
            let users = tx.ids("user", &Filter::eq("email", email.as_str()), None, 1)?;
            if let Some(user) = users.first() {
                tx.set_meta(&link, &user.to_string())?;
            }
            Ok(users.first().copied())
        };
        Ok(self.store.write(work).await?)
    }
}
