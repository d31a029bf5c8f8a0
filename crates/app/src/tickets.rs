//! Tickets: a token that allows one thing for a while, such as taking an invitation. The token itself is never kept.

use jiff::SignedDuration;
use model::Uuid;
use sha2::{Digest, Sha256};
use store::TicketRow;

use crate::sign_in::random_token;
use crate::{Error, Result, Workspace};

/// What a ticket is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketKind {
    /// Choosing a password: an invitation, or a way back in.
    Invite,
    /// Adding a passkey that was begun.
    PasskeyAdd,
    /// Signing in with a passkey that was begun.
    PasskeySignIn,
    /// Signing in at another provider that was begun.
    Elsewhere,
    /// Seeing the records as another user sees them.
    SeeAs,
}

impl TicketKind {
    fn name(self) -> &'static str {
        match self {
            TicketKind::Invite => "invite",
            TicketKind::PasskeyAdd => "passkey_add",
            TicketKind::PasskeySignIn => "passkey_sign_in",
            TicketKind::Elsewhere => "elsewhere",
            TicketKind::SeeAs => "see_as",
        }
    }

    /// How long it is good.
    pub fn life(self) -> SignedDuration {
        match self {
            TicketKind::Invite => SignedDuration::from_hours(24 * 7),
            TicketKind::PasskeyAdd | TicketKind::PasskeySignIn => SignedDuration::from_mins(5),
            TicketKind::Elsewhere => SignedDuration::from_mins(10),
            TicketKind::SeeAs => SignedDuration::from_hours(1),
        }
    }
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

impl Workspace {
    /// Makes a ticket and gives its token; an earlier one of the kind for the same user is taken back.
    ///
    /// # Errors
    /// `rate_limited` when too many are about; the store's.
    pub(crate) async fn make_ticket(
        &self,
        kind: TicketKind,
        user: Uuid,
        payload: &str,
    ) -> Result<String> {
        let token = random_token()?;
        let now = self.clock.now();
        let until = now.checked_add(kind.life()).unwrap_or(now);
        let row = TicketRow {
            hash: hash(&token),
            kind: kind.name().to_owned(),
            user,
            payload: payload.to_owned(),
            expires_at: until.as_microsecond(),
        };
        let now = now.as_microsecond();
        let had_room = self
            .store
            .write(move |tx| {
                if !user.is_nil() {
                    tx.drop_tickets(kind.name(), user)?;
                }
                tx.put_ticket(&row, now)
            })
            .await?;
        if had_room { Ok(token) } else { Err(Error::refused("rate_limited")) }
    }

    /// What a ticket is for: the user and what was remembered.
    ///
    /// # Errors
    /// `ticket_invalid` when it is unknown, used or expired; the store's.
    pub(crate) async fn ticket(&self, kind: TicketKind, token: &str) -> Result<(Uuid, String)> {
        let hashed = hash(token);
        let now = self.clock.now().as_microsecond();
        let row = self.store.read(move |tx| tx.ticket(kind.name(), &hashed, now)).await?;
        let row = row.ok_or_else(|| Error::refused("ticket_invalid"))?;
        Ok((row.user, row.payload))
    }

    /// Uses a ticket up.
    ///
    /// # Errors
    /// As [`Workspace::ticket`]; of two at once, one.
    pub(crate) async fn use_ticket(&self, kind: TicketKind, token: &str) -> Result<(Uuid, String)> {
        let found = self.ticket(kind, token).await?;
        let hashed = hash(token);
        match self.store.write(move |tx| tx.drop_ticket(&hashed)).await? {
            true => Ok(found),
            false => Err(Error::refused("ticket_invalid")),
        }
    }
}
