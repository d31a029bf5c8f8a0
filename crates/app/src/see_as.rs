//! Seeing as another user: an administrator looks at what somebody sees, for an hour, without changing anything.

use model::{Language, Uuid};
use serde_json::{Value as Json, json};

use crate::access::Actor;
use crate::security::{Happened, Origin};
use crate::tickets::TicketKind;
use crate::{Error, Result, Workspace};

impl Workspace {
    /// Begins to see as `user`; it is written down.
    ///
    /// # Errors
    /// `forbidden`, `not_found`; the store's.
    pub async fn begin_see_as(
        &self,
        actor: &Actor,
        session: Uuid,
        user: Uuid,
        origin: Origin<'_>,
    ) -> Result<Json> {
        Workspace::administers(actor)?;
        if self.people().await?.rights(user).is_none() {
            return Err(Error::not_found());
        }
        let email = self.email_of(user).await?;
        let payload = format!("{session} {user}");
        // The ticket is the administrator's: beginning anew ends the one before.
        let token = self.make_ticket(TicketKind::SeeAs, actor.user(), &payload).await?;
        let happened = Happened { kind: "see_as", user: actor.user(), detail: &email, origin };
        self.note_security(happened).await?;
        Ok(json!({"token": token, "user": {"id": user, "title": email}}))
    }

    /// Who is seen as with a token, by the session that began it.
    ///
    /// # Errors
    /// `ticket_invalid`; `authentication` when the user may not sign in any more; the store's.
    pub async fn seen_as(
        &self,
        session: Uuid,
        token: &str,
        language: Option<Language>,
    ) -> Result<Actor> {
        let (_, payload) = self.ticket(TicketKind::SeeAs, token).await?;
        let (owner, user) = payload.split_once(' ').unwrap_or_default();
        let user = Uuid::parse_str(user).ok().filter(|_| owner == session.to_string());
        let user = user.ok_or_else(|| Error::refused("ticket_invalid"))?;
        let rights = self.rights(user).await?;
        Ok(Actor { rights, language: language.unwrap_or(self.profile().locale) })
    }
}
