//! Passkeys (WebAuthn level 3): a key on the user's device that signs in without a password. It is two factors in one.

use model::Uuid;
use serde_json::{Value as Json, json};
use store::{PasskeyRow, StoreError};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Webauthn, WebauthnBuilder,
};
use webauthn_rs_proto::ResidentKeyRequirement;

use crate::security::{Happened, Origin};
use crate::sign_in::SignedIn;
use crate::tickets::TicketKind;
use crate::{Error, Result, Workspace};

/// Passkeys of one user.
const PASSKEYS_MAX: usize = 20;
/// Characters of a passkey's name.
const NAME_CHARS_MAX: usize = 60;

/// The ceremony's rules for the address people use, such as `https://crm.example.com`.
fn ceremony(site: &str, firm: &str) -> Result<Webauthn> {
    let unavailable = || Error::refused("passkey_unavailable");
    let site = Url::parse(site).map_err(|_| unavailable())?;
    let domain = site.domain().ok_or_else(unavailable)?.to_owned();
    let builder = WebauthnBuilder::new(&domain, &site).map_err(|_| unavailable())?;
    builder.rp_name(firm).build().map_err(|_| unavailable())
}

fn refused<E: std::fmt::Display>(error: E) -> Error {
    tracing::info!(%error, "a passkey was refused");
    Error::refused("passkey_refused")
}

fn internal<E: std::fmt::Display>(error: E) -> Error {
    Error::Store(StoreError::internal(error))
}

fn known(row: &PasskeyRow) -> Option<Passkey> {
    serde_json::from_str(&row.credential).ok()
}

impl Workspace {
    /// Begins to add a passkey: what the browser asks the device, and the ticket that finishes it.
    ///
    /// # Errors
    /// `password_wrong`, `passkey_unavailable`, too many; the store's.
    pub async fn begin_passkey(&self, user: Uuid, password: &str, site: &str) -> Result<Json> {
        self.check_own_password(user, password).await?;
        let ceremony = ceremony(site, &self.profile().name)?;
        let email = self.email_of(user).await?;
        let rows = self.store.read(move |tx| tx.passkeys(user)).await?;
        if rows.len() >= PASSKEYS_MAX {
            return Err(model::Problem::new("too_many").with("max", PASSKEYS_MAX).into());
        }
        let standing = rows.iter().filter_map(known).map(|key| key.cred_id().clone()).collect();
        let begun = ceremony.start_passkey_registration(user, &email, &email, Some(standing));
        let (mut options, state) = begun.map_err(internal)?;
        // The device remembers whose it is, so that signing in asks for no name.
        if let Some(choice) = options.public_key.authenticator_selection.as_mut() {
            choice.resident_key = Some(ResidentKeyRequirement::Required);
            choice.require_resident_key = true;
        }
        let state = serde_json::to_string(&state).map_err(internal)?;
        let ticket = self.make_ticket(TicketKind::PasskeyAdd, user, &state).await?;
        Ok(json!({"ticket": ticket, "options": options}))
    }

    /// Adds the passkey that the device made.
    ///
    /// # Errors
    /// `ticket_invalid`, `passkey_refused`; the store's.
    pub async fn add_passkey(
        &self,
        user: Uuid,
        body: &Json,
        site: &str,
        origin: Origin<'_>,
    ) -> Result<()> {
        let ceremony = ceremony(site, &self.profile().name)?;
        let ticket = body.get("ticket").and_then(Json::as_str).unwrap_or("");
        let (owner, state) = self.use_ticket(TicketKind::PasskeyAdd, ticket).await?;
        if owner != user {
            return Err(Error::refused("ticket_invalid"));
        }
        let state: PasskeyRegistration = serde_json::from_str(&state).map_err(internal)?;
        let given: RegisterPublicKeyCredential =
            serde_json::from_value(body["credential"].clone()).map_err(refused)?;
        let key = ceremony.finish_passkey_registration(&given, &state).map_err(refused)?;
        let name = body.get("name").and_then(Json::as_str).unwrap_or("").trim();
        let row = PasskeyRow {
            id: self.clock.new_id(),
            user,
            name: name.chars().take(NAME_CHARS_MAX).collect(),
            credential: serde_json::to_string(&key).map_err(internal)?,
            created_at: self.clock.now().as_microsecond(),
            used_at: 0,
        };
        self.store.write(move |tx| tx.put_passkey(&row)).await?;
        self.note_security(Happened { kind: "passkey_added", user, detail: name, origin }).await
    }

    /// Removes a passkey.
    ///
    /// # Errors
    /// `not_found`; the store's.
    pub async fn remove_passkey(&self, user: Uuid, id: Uuid, origin: Origin<'_>) -> Result<()> {
        if !self.store.write(move |tx| tx.drop_passkey(user, id)).await? {
            return Err(Error::not_found());
        }
        self.note_security(Happened { kind: "passkey_removed", user, detail: "", origin }).await
    }

    /// Begins to sign in with a passkey: anybody may ask.
    ///
    /// # Errors
    /// `passkey_unavailable`; the store's.
    pub async fn begin_passkey_sign_in(&self, site: &str) -> Result<Json> {
        let ceremony = ceremony(site, &self.profile().name)?;
        let (mut options, state) =
            ceremony.start_discoverable_authentication().map_err(internal)?;
        // A button asks for it: the browser shows its own dialog.
        options.mediation = None;
        let state = serde_json::to_string(&state).map_err(internal)?;
        let ticket = self.make_ticket(TicketKind::PasskeySignIn, Uuid::nil(), &state).await?;
        Ok(json!({"ticket": ticket, "options": options}))
    }

    /// Signs in with what the device signed.
    ///
    /// # Errors
    /// `ticket_invalid`, `passkey_refused`; the store's.
    pub async fn passkey_sign_in(
        &self,
        body: &Json,
        site: &str,
        origin: Origin<'_>,
    ) -> Result<SignedIn> {
        let ceremony = ceremony(site, &self.profile().name)?;
        let ticket = body.get("ticket").and_then(Json::as_str).unwrap_or("");
        let (_, state) = self.use_ticket(TicketKind::PasskeySignIn, ticket).await?;
        let state: DiscoverableAuthentication = serde_json::from_str(&state).map_err(internal)?;
        let given: PublicKeyCredential =
            serde_json::from_value(body["credential"].clone()).map_err(refused)?;
        let (user, credential) =
            ceremony.identify_discoverable_authentication(&given).map_err(refused)?;
        let rows = self.store.read(move |tx| tx.passkeys(user)).await?;
        let found = rows.into_iter().find_map(|row| {
            known(&row).filter(|key| key.cred_id().as_slice() == credential).map(|key| (row, key))
        });
        let (row, mut key) = found.ok_or_else(|| refused("nobody has it"))?;
        let result = ceremony.finish_discoverable_authentication_v2(&given, state, &key);
        let result = result.map_err(refused)?;
        // Somebody who may not sign in any more holds a key that is right all the same.
        if self.people().await?.rights(user).is_none() {
            return Err(Error::refused("sign_in_failed"));
        }
        key.update_credential(&result);
        let row = PasskeyRow {
            credential: serde_json::to_string(&key).map_err(internal)?,
            used_at: self.clock.now().as_microsecond(),
            ..row
        };
        self.store.write(move |tx| tx.put_passkey(&row)).await?;
        self.note_security(Happened { kind: "sign_in", user, detail: "passkey", origin }).await?;
        self.open_session(user, origin.agent, origin.address).await
    }
}
