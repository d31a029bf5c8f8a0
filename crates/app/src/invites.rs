//! Inviting: a link with which a user chooses a password, for the first time or because the old one is lost.

use model::{Action, Uuid};
use serde_json::{Value as Json, json};

use crate::access::Actor;
use crate::security::{Happened, Origin};
use crate::sign_in::SignedIn;
use crate::tickets::TicketKind;
use crate::{Error, Result, Workspace};

impl Workspace {
    /// Makes the link's token for a user, good for a week and once; an earlier one is taken back.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, also for a user who may not sign in; the store's.
    pub async fn invite(&self, actor: &Actor, user: Uuid, origin: Origin<'_>) -> Result<Json> {
        let object = self.object("user")?;
        if !actor.rights.may(&self.schema(), &object, Action::Update) {
            return Err(Error::refused("forbidden"));
        }
        if self.people().await?.rights(user).is_none() {
            return Err(Error::not_found());
        }
        let email = self.email_of(user).await?;
        let token = self.make_ticket(TicketKind::Invite, user, &email).await?;
        let now = self.clock.now();
        let until = now.checked_add(TicketKind::Invite.life()).unwrap_or(now);
        let happened = Happened { kind: "invited", user: actor.user(), detail: &email, origin };
        self.note_security(happened).await?;
        Ok(json!({"token": token, "expires_at": until.to_string()}))
    }

    /// Whom an invitation is for, as the page says that takes it.
    ///
    /// # Errors
    /// `ticket_invalid`; the store's.
    pub async fn invitation(&self, token: &str) -> Result<Json> {
        let (user, email) = self.ticket(TicketKind::Invite, token).await?;
        let own = Actor::system();
        let record = self.get(&own, "user", user, None).await?;
        Ok(json!({"company": self.profile().name, "name": record["name"], "email": email}))
    }

    /// Takes the invitation: the user has this password from now on, and is signed in.
    ///
    /// # Errors
    /// `ticket_invalid`, a password that is not taken; the store's.
    pub async fn take_invitation(
        &self,
        token: &str,
        password: &str,
        origin: Origin<'_>,
    ) -> Result<SignedIn> {
        let (user, email) = self.ticket(TicketKind::Invite, token).await?;
        crate::sign_in::check_password("password", password, &email)?;
        self.use_ticket(TicketKind::Invite, token).await?;
        if self.people().await?.rights(user).is_none() {
            return Err(Error::refused("ticket_invalid"));
        }
        self.set_password(user, password, None).await?;
        self.note_security(Happened { kind: "joined", user, detail: &email, origin }).await?;
        self.open_session(user, origin.agent, origin.address).await
    }

    /// A user who lost their device signs in with the password alone again.
    ///
    /// # Errors
    /// `forbidden`, `not_found`; the store's.
    pub async fn reset_second_factor(
        &self,
        actor: &Actor,
        user: Uuid,
        origin: Origin<'_>,
    ) -> Result<()> {
        Workspace::administers(actor)?;
        let email = self.email_of(user).await?;
        self.store
            .write(move |tx| {
                tx.drop_code(user)?;
                for key in tx.passkeys(user)? {
                    tx.drop_passkey(user, key.id)?;
                }
                tx.end_sessions(user, None)
            })
            .await?;
        let happened = Happened { kind: "code_off", user: actor.user(), detail: &email, origin };
        self.note_security(happened).await
    }
}
