//! Codes of an authenticator app (RFC 6238) as the second factor of signing in, with recovery codes for a lost device.

pub mod passkeys;

use model::Uuid;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use store::CodeRow;
use totp_rs::{Builder, Secret, Totp};

use crate::security::{Happened, Origin};
use crate::{Error, Result, Workspace};

/// Bytes of the shared secret, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
/// Recovery codes that are given out.
const RECOVERY_CODES: usize = 8;
/// Letters and digits that are not mistaken for one another.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789x";
/// Characters of a recovery code without its dash.
const RECOVERY_CHARS: usize = 10;

/// Six digits every thirty seconds, one step of leeway: what every authenticator app knows.
fn generator(secret: &[u8]) -> Totp {
    Builder::new().with_secret(Secret::new(secret.into())).build_noncompliant()
}

fn hashed(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let digest = Sha256::digest(plain.to_lowercase().as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0u8; N];
    let filled = getrandom::fill(&mut bytes);
    filled.map_err(|error| Error::Store(store::StoreError::internal(error)))?;
    Ok(bytes)
}

fn recovery_code() -> Result<String> {
    let bytes: [u8; RECOVERY_CHARS] = random()?;
    let letters: String =
        bytes.iter().map(|byte| ALPHABET[usize::from(byte % 32)] as char).collect();
    Ok(format!("{}-{}", &letters[..5], &letters[5..]))
}

impl Workspace {
    /// What protects the user's account.
    ///
    /// # Errors
    /// The store's.
    pub async fn security(&self, user: Uuid) -> Result<Json> {
        let (code, passkeys) =
            self.store.read(move |tx| Ok((tx.code(user)?, tx.passkeys(user)?))).await?;
        let at = |micros: i64| {
            let known = (micros > 0).then(|| jiff::Timestamp::from_microsecond(micros).ok());
            known.flatten().map(|at| at.to_string())
        };
        let passkeys: Vec<Json> = passkeys
            .iter()
            .map(|key| {
                json!({"id": key.id, "name": key.name, "created_at": at(key.created_at), "used_at": at(key.used_at)})
            })
            .collect();
        let code = code.filter(|row| row.confirmed);
        let left = code.as_ref().map_or(0, |row| row.recovery.split_whitespace().count());
        Ok(json!({"code": code.is_some(), "recovery_left": left, "passkeys": passkeys}))
    }

    /// Begins codes for the user, who proves to be there with their password: the secret for the app.
    ///
    /// # Errors
    /// `password_wrong`; the store's.
    pub async fn begin_code(&self, user: Uuid, password: &str) -> Result<Json> {
        self.check_own_password(user, password).await?;
        let secret: [u8; SECRET_BYTES] = random()?;
        let row = CodeRow {
            secret: secret.to_vec(),
            last_step: 0,
            recovery: String::new(),
            confirmed: false,
        };
        let standing = self
            .store
            .write(move |tx| match tx.code(user)? {
                // What works is kept until it is taken away.
                Some(standing) if standing.confirmed => Ok(true),
                _ => tx.set_code(user, &row).map(|()| false),
            })
            .await?;
        if standing {
            return Err(Error::refused("conflict"));
        }
        let shown = Secret::new(secret.into()).to_base32();
        let email = self.email_of(user).await?;
        let firm = self.profile().name;
        let escaped = |text: &str| text.bytes().map(percent).collect::<String>();
        let uri = format!(
            "otpauth://totp/{}:{}?secret={shown}&issuer={}",
            escaped(&firm),
            escaped(&email),
            escaped(&firm)
        );
        Ok(json!({"secret": shown, "uri": uri}))
    }

    /// Codes are asked for from now on: the user has shown one. The recovery codes are shown this once.
    ///
    /// # Errors
    /// `code_wrong` at the field; the store's.
    pub async fn confirm_code(&self, user: Uuid, code: &str, origin: Origin<'_>) -> Result<Json> {
        let row = self.store.read(move |tx| tx.code(user)).await?;
        let row = row.filter(|row| !row.confirmed).ok_or_else(Error::not_found)?;
        let now = self.clock.now().as_second().unsigned_abs();
        let step = generator(&row.secret).check(code.trim(), now);
        let step = step.ok_or_else(|| Error::field("code", "code_wrong"))? as i64;
        let codes = (0..RECOVERY_CODES).map(|_| recovery_code()).collect::<Result<Vec<_>>>()?;
        let recovery = codes.iter().map(|code| hashed(code)).collect::<Vec<_>>().join(" ");
        let row = CodeRow { last_step: step, recovery, confirmed: true, ..row };
        self.store.write(move |tx| tx.set_code(user, &row)).await?;
        self.note_security(Happened { kind: "code_on", user, detail: "", origin }).await?;
        Ok(json!({"recovery": codes}))
    }

    /// No code is asked for any more.
    ///
    /// # Errors
    /// `password_wrong`; the store's.
    pub async fn remove_code(&self, user: Uuid, password: &str, origin: Origin<'_>) -> Result<()> {
        self.check_own_password(user, password).await?;
        self.store.write(move |tx| tx.drop_code(user)).await?;
        self.note_security(Happened { kind: "code_off", user, detail: "", origin }).await
    }

    /// The user with the right password also gives the right code, where one is asked for.
    ///
    /// # Errors
    /// `code_required`, `code_wrong`; the store's.
    pub(crate) async fn check_code(&self, user: Uuid, code: &str) -> Result<()> {
        let row = self.store.read(move |tx| tx.code(user)).await?;
        let Some(row) = row.filter(|row| row.confirmed) else { return Ok(()) };
        let given = code.trim();
        if given.is_empty() {
            return Err(Error::refused("code_required"));
        }
        let now = self.clock.now().as_second().unsigned_abs();
        let taken = match generator(&row.secret).check(given, now) {
            Some(step) => self.store.write(move |tx| tx.take_code(user, step as i64)).await?,
            None => self.take_recovery(user, given).await?,
        };
        if taken { Ok(()) } else { Err(Error::refused("code_wrong")) }
    }

    /// Uses a recovery code up; whether it was one.
    async fn take_recovery(&self, user: Uuid, given: &str) -> Result<bool> {
        let wanted = hashed(given);
        let work = move |tx: &mut store::Tx| {
            let Some(row) = tx.code(user)? else { return Ok(false) };
            let left: Vec<&str> =
                row.recovery.split_whitespace().filter(|known| *known != wanted).collect();
            if left.len() == row.recovery.split_whitespace().count() {
                return Ok(false);
            }
            let row = CodeRow { recovery: left.join(" "), ..row.clone() };
            tx.set_code(user, &row).map(|()| true)
        };
        Ok(self.store.write(work).await?)
    }

    pub(crate) async fn email_of(&self, user: Uuid) -> Result<String> {
        let object = self.object("user")?;
        let load = move |tx: &mut store::Tx| {
            tx.load("user", &[user], &model::Filter::Always, model::query::Bin::Live, false)
        };
        let found = self.store.read(load).await?.pop().ok_or_else(Error::not_found)?;
        Ok(found.get(&object, "email").as_text().unwrap_or("").to_owned())
    }
}

/// One byte as it stands in an address.
fn percent(byte: u8) -> String {
    match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'@' => {
            (byte as char).to_string()
        }
        other => format!("%{other:02X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six digits of its eight.
        let generator = generator(b"12345678901234567890");
        for (second, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")]
        {
            assert!(generator.check(code, second).is_some(), "{second}");
            assert!(generator.check(code, second + 90).is_none(), "{second}");
        }
    }

    #[test]
    fn a_recovery_code_is_read_however_it_is_typed() {
        let code = recovery_code().unwrap_or_default();
        assert_eq!(code.len(), RECOVERY_CHARS + 1);
        assert_eq!(hashed(&code), hashed(&code.to_uppercase().replace('-', " ")));
    }
}
