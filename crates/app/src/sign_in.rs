//! Signing in: passwords, sessions, API keys, and the set-up of a new workspace's first administrator.

use std::collections::HashMap;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use model::{Action, Filter, Language, Problem, Rights, Uuid, Value};
use objects::seed::SeedValue;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use store::{CauseKind, CredentialRow, SessionRow, Tx};
use subtle::ConstantTimeEq;

use crate::access::Actor;
use crate::attempts::{ATTEMPTS_MAX, counted};
use crate::records::Batch;
use crate::records::Origin as By;
use crate::security::{Happened, Origin};
use crate::workspace::{Profile, write_profile};
use crate::{Error, Result, Workspace};

/// Characters a password needs.
pub const PASSWORD_CHARS_MIN: usize = 10;
/// Characters a password may have; hashing more is work for nothing.
pub const PASSWORD_CHARS_MAX: usize = 256;
/// A session ends after this long without use.
const SESSION_IDLE: SignedDuration = SignedDuration::from_hours(24 * 14);
/// How often the use of a session is written down.
const SESSION_TOUCH: SignedDuration = SignedDuration::from_mins(5);
/// What a browser gets when it is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The token for the cookie.
    pub token: String,
    /// The user.
    pub user: Uuid,
}

/// A session that is in force.
#[derive(Clone)]
pub struct Session {
    /// The session.
    pub id: Uuid,
    /// The token that changing requests repeat.
    pub csrf: String,
    /// Who acts.
    pub actor: Actor,
}

/// 256 random bits, written for URLs and cookies.
///
/// # Errors
/// The machine gives no random bits.
pub fn random_token() -> Result<String> {
    let mut bytes = [0u8; 32];
    let filled = getrandom::fill(&mut bytes);
    filled.map_err(|error| Error::Store(store::StoreError::internal(error)))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Argon2id, 19 MiB, 2 passes: the recommendation of the OWASP password storage cheat sheet.
fn argon2() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

async fn hash_password(password: &str) -> Result<String> {
    let password = password.to_owned();
    let work = move || argon2().hash_password(password.as_bytes()).map(|hash| hash.to_string());
    let hashed = tokio::task::spawn_blocking(work).await;
    let internal = |what: String| Error::Store(store::StoreError::Internal(what));
    hashed.map_err(|e| internal(e.to_string()))?.map_err(|e| internal(e.to_string()))
}

async fn verify_password(password: String, known: Option<String>) -> bool {
    // Without an account the same work is done, so that the answer's time tells nothing.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
                          5Hx5Kg8cDmDqfTWAc1nUbZ3kyFhX7cyuV8GJcVY9Zq0";
    let work = move || {
        let exists = known.is_some();
        let stored = known.unwrap_or_else(|| NOBODY.to_owned());
        let parsed = PasswordHash::new(&stored);
        parsed.is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())
            && exists
    };
    tokio::task::spawn_blocking(work).await.unwrap_or(false)
}

/// Refuses passwords that are too short, too long or hold the e-mail address's name.
pub(crate) fn check_password(field: &str, password: &str, email: &str) -> Result<()> {
    let count = password.chars().count();
    if !(PASSWORD_CHARS_MIN..=PASSWORD_CHARS_MAX).contains(&count) {
        return Err(Problem::of(field, "password_short").with("min", PASSWORD_CHARS_MIN).into());
    }
    let lower = password.to_lowercase();
    let name = email.split('@').next().unwrap_or("");
    let common = ["password", "1234567890", "qwertyuiop", "guanxi", "administrator"];
    let distinct: std::collections::HashSet<char> = lower.chars().collect();
    let guessable = common.iter().any(|word| lower.starts_with(word)) || distinct.len() < 4;
    if guessable || (name.len() > 3 && lower.contains(name)) {
        return Err(Error::field(field, "password_common"));
    }
    Ok(())
}

/// What the set-up of a workspace asks for.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// The firm.
    pub profile: Profile,
    /// The administrator's name.
    pub name: String,
    /// The administrator's e-mail address.
    pub email: String,
    /// The administrator's password.
    pub password: String,
}

impl Workspace {
    /// Whether the workspace has no administrator yet.
    ///
    /// # Errors
    /// The store's.
    pub async fn needs_setup(&self) -> Result<bool> {
        Ok(self.store.read(|tx| Ok(tx.meta("set_up")?.is_none())).await?)
    }

    /// Makes what a new workspace holds and its first administrator: once and never again.
    ///
    /// # Errors
    /// `setup_done`; problems of the fields; the store's.
    pub async fn set_up(&self, beginning: Beginning) -> Result<Uuid> {
        if !self.needs_setup().await? {
            return Err(Error::refused("setup_done"));
        }
        check_password("password", &beginning.password, &beginning.email)?;
        let password = hash_password(&beginning.password).await?;
        let setup = self.setup_of(beginning.profile.clone())?;
        let (language, profile) = (beginning.profile.locale, beginning.profile.clone());
        let work = move |tx: &mut Tx| -> Result<Uuid> {
            // The row is written first: of two set-ups at once, one waits for the other and then sees it.
            if !tx.claim_meta("set_up", &setup.now.at.to_string())? {
                return Err(Error::refused("setup_done"));
            }
            write_profile(tx, &beginning.profile)?;
            let mut batch = Batch::new(tx, &setup);
            let user = seed(&mut batch, &beginning, language)?;
            batch.finish()?;
            let changed_at = setup.now.at.as_microsecond();
            tx.set_credential(user, &CredentialRow { password: password.clone(), changed_at })?;
            Ok(user)
        };
        let user = self.store.transact(work).await?;
        self.use_profile(profile)?;
        self.wrote(crate::people::OBJECTS);
        Ok(user)
    }

    /// Signs in with e-mail and password, and a code where the user has a second factor.
    ///
    /// # Errors
    /// `sign_in_failed`, whatever is wrong; `code_required` and `code_wrong` when the password was right;
    /// `too_many_attempts`; the store's.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        code: &str,
        origin: Origin<'_>,
    ) -> Result<SignedIn> {
        let email = email.trim().to_lowercase();
        let now = self.clock.now();
        let counted = counted(&email, origin.address);
        for (key, max) in &counted {
            self.attempts.admit(key, *max, now)?;
        }
        let wanted = email.clone();
        let found = self
            .store
            .read(move |tx| {
                let ids = tx.ids("user", &Filter::eq("email", wanted.as_str()), None, 1)?;
                let Some(user) = ids.first() else { return Ok(None) };
                Ok(tx.credential(*user)?.map(|row| (*user, row.password)))
            })
            .await?;
        let known = found.as_ref().map(|(_, hash)| hash.clone());
        let password: String = password.chars().take(PASSWORD_CHARS_MAX).collect();
        let right = verify_password(password, known).await;
        let active = match &found {
            Some((user, _)) => self.people().await?.rights(*user).is_some(),
            None => false,
        };
        let user = found.filter(|_| right && active).map(|(user, _)| user);
        let proved = match user {
            Some(user) => self.check_code(user, code).await.map(|()| user),
            None => Err(Error::refused("sign_in_failed")),
        };
        // Somebody who is only now asked for the code has not failed, and not succeeded either.
        if !matches!(&proved, Err(error) if error.code() == "code_required") {
            let (user, kind) = match proved {
                Ok(user) => (user, "sign_in"),
                Err(_) => (user.unwrap_or_default(), "sign_in_failed"),
            };
            for (key, _) in &counted {
                self.attempts.note(key, now, proved.is_ok());
            }
            self.note_security(Happened { kind, user, detail: &email, origin }).await?;
        }
        self.open_session(proved?, origin.agent, origin.address).await
    }

    /// Opens a session for a user who has proved who they are.
    ///
    /// # Errors
    /// The store's.
    pub async fn open_session(&self, user: Uuid, agent: &str, address: &str) -> Result<SignedIn> {
        let token = random_token()?;
        let now = self.clock.now();
        let expires = now.checked_add(SESSION_IDLE).unwrap_or(now);
        let row = SessionRow {
            id: self.clock.new_id(),
            token: hash(&token),
            user,
            csrf: random_token()?,
            agent: agent.chars().take(300).collect(),
            address: address.to_owned(),
            created_at: now.as_microsecond(),
            seen_at: now.as_microsecond(),
            expires_at: expires.as_microsecond(),
        };
        self.store.write(move |tx| tx.put_session(&row)).await?;
        Ok(SignedIn { token, user })
    }

    /// The session of a cookie's token.
    ///
    /// # Errors
    /// `authentication` when there is none in force; the store's.
    pub async fn session(&self, token: &str, language: Option<Language>) -> Result<Session> {
        let hashed = hash(token);
        let row = self.store.session(hashed).await?;
        let now = self.clock.now();
        let row = row.filter(|row| row.expires_at > now.as_microsecond());
        let row = row.ok_or_else(|| Error::refused("authentication"))?;
        let rights = self.rights(row.user).await?;
        if now.as_microsecond() - row.seen_at > SESSION_TOUCH.as_micros() as i64 {
            let expires = now.checked_add(SESSION_IDLE).unwrap_or(now);
            let (id, seen, expires) = (row.id, now.as_microsecond(), expires.as_microsecond());
            self.store.write(move |tx| tx.touch_session(id, seen, expires)).await?;
        }
        let language = language.unwrap_or(self.profile().locale);
        Ok(Session { id: row.id, csrf: row.csrf.clone(), actor: Actor { rights, language } })
    }

    /// Whether `given` is the session's token for changing requests; in the same time whatever it is.
    pub fn csrf_is_right(session: &Session, given: &str) -> bool {
        session.csrf.as_bytes().ct_eq(given.as_bytes()).into()
    }

    /// Whether `given` is `token`; in the same time whatever it is.
    pub fn is_token(token: &str, given: &str) -> bool {
        !token.is_empty() && bool::from(token.as_bytes().ct_eq(given.as_bytes()))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// `not_found`; the store's.
    pub async fn end_session(&self, user: Uuid, id: Uuid) -> Result<()> {
        let ended = self.store.write(move |tx| tx.end_session(user, id)).await?;
        if ended { Ok(()) } else { Err(Error::not_found()) }
    }

    /// The user's sessions as JSON, the present one marked.
    ///
    /// # Errors
    /// The store's.
    pub async fn sessions(&self, user: Uuid, present: Uuid) -> Result<Json> {
        let rows = self.store.read(move |tx| tx.sessions_of(user)).await?;
        let at = |micros| jiff::Timestamp::from_microsecond(micros).map(|at| at.to_string()).ok();
        let items: Vec<Json> = rows
            .iter()
            .map(|row| {
                json!({"id": row.id, "agent": row.agent, "address": row.address, "current": row.id == present,
                       "created_at": at(row.created_at), "seen_at": at(row.seen_at)})
            })
            .collect();
        Ok(json!({"items": items}))
    }

    /// Changes the user's own password; every other session ends.
    ///
    /// # Errors
    /// `password_wrong`, a password that is not taken; the store's.
    pub async fn change_password(
        &self,
        user: Uuid,
        kept: Uuid,
        current: &str,
        new: &str,
    ) -> Result<()> {
        if !self.knows_own_password(user, current).await? {
            return Err(Error::field("current", "password_wrong"));
        }
        self.set_password(user, new, Some(kept)).await
    }

    /// Whoever sits at a session proves to be its user.
    ///
    /// # Errors
    /// `password_wrong` at the field; the store's.
    pub(crate) async fn check_own_password(&self, user: Uuid, password: &str) -> Result<()> {
        match self.knows_own_password(user, password).await? {
            true => Ok(()),
            false => Err(Error::field("password", "password_wrong")),
        }
    }

    /// Whoever sits at a session may guess its user's password no more often than who signs in.
    async fn knows_own_password(&self, user: Uuid, password: &str) -> Result<bool> {
        let (key, now) = (format!("own {user}"), self.clock.now());
        self.attempts.admit(&key, ATTEMPTS_MAX, now)?;
        let row = self.store.read(move |tx| tx.credential(user)).await?;
        let password: String = password.chars().take(PASSWORD_CHARS_MAX).collect();
        let knows = verify_password(password, row.map(|row| row.password)).await;
        self.attempts.note(&key, now, knows);
        Ok(knows)
    }

    /// Sets a user's password; every session but `kept` ends.
    ///
    /// # Errors
    /// A password that is not taken; the store's.
    pub async fn set_password(&self, user: Uuid, new: &str, kept: Option<Uuid>) -> Result<()> {
        check_password("new", new, "")?;
        let password = hash_password(new).await?;
        let changed_at = self.clock.now().as_microsecond();
        self.store
            .write(move |tx| {
                tx.set_credential(user, &CredentialRow { password: password.clone(), changed_at })?;
                tx.end_sessions(user, kept)
            })
            .await?;
        Ok(())
    }

    /// Makes a key for programs: the key itself is shown this once.
    ///
    /// # Errors
    /// As any create; the store's.
    pub async fn make_api_key(&self, actor: &Actor, body: &Json) -> Result<Json> {
        let setup = self.setup(actor, CauseKind::Request, None);
        let object = self.object("api_key")?;
        if !setup.rights.may(&self.schema(), &object, Action::Create) {
            return Err(Error::refused("forbidden"));
        }
        let mut values = crate::records::read_values(body, &object, &setup.rights, &setup.setting)?;
        let token = random_token()?;
        let (prefix, secret) = token.split_at(8);
        let key = format!("gx_live_{prefix}_{secret}");
        values.retain(|(name, _)| name != "prefix" && name != "owner");
        values.push(("prefix".to_owned(), Value::from(prefix)));
        values.push(("owner".to_owned(), Value::Id(actor.user())));
        let hashed = hash(&key);
        let work = move |tx: &mut Tx| -> Result<Json> {
            let mut batch = Batch::new(tx, &setup);
            let id = batch.create(By::Person, "api_key", None, values.clone())?.id();
            batch.finish()?;
            tx.put_secret(&hashed, id, setup.rights.user)?;
            Ok(json!({"id": id}))
        };
        let mut made = self.store.transact(work).await?;
        made["key"] = json!(key);
        Ok(made)
    }

    /// Who acts with an API key.
    ///
    /// # Errors
    /// `authentication` when the key is unknown, revoked or expired; the store's.
    pub async fn by_api_key(&self, key: &str, language: Option<Language>) -> Result<Actor> {
        let hashed = hash(key);
        let now = self.clock.now();
        let found = self
            .store
            .read(move |tx| {
                let Some((id, user)) = tx.secret(&hashed)? else { return Ok(None) };
                let records =
                    tx.load("api_key", &[id], &Filter::Always, model::query::Bin::Live, false)?;
                Ok(records.into_iter().next().map(|record| (user, record)))
            })
            .await?;
        let (user, record) = found.ok_or_else(|| Error::refused("authentication"))?;
        let object = self.object("api_key")?;
        let expired = record.get(&object, "expires_at").as_instant().is_some_and(|at| at <= now);
        if expired || record.get(&object, "revoked").is_yes() {
            return Err(Error::refused("authentication"));
        }
        let rights = self.rights(user).await?;
        let scopes = record.get(&object, "scopes").as_text().unwrap_or("").to_owned();
        let narrowed = (!scopes.trim().is_empty()).then(|| narrow(&scopes, self));
        let narrowed = Rights { narrowed, ..rights.as_ref().clone() };
        let language = language.unwrap_or(self.profile().locale);
        Ok(Actor { rights: std::sync::Arc::new(narrowed), language })
    }
}

/// What `accounts:read *:read` narrows rights to; words that name nothing allow nothing.
fn narrow(scopes: &str, workspace: &Workspace) -> Vec<(String, Action)> {
    let schema = workspace.schema();
    let mut allowed = Vec::new();
    for scope in scopes.split_whitespace() {
        let Some((object, action)) = scope.split_once(':') else { continue };
        let object =
            schema.by_plural(object).map_or(object.to_owned(), |object| object.name.clone());
        match action {
            "*" | "write" => {
                allowed.extend(Action::ALL.iter().map(|action| (object.clone(), *action)))
            }
            action => allowed.extend(Action::named(action).map(|action| (object, action))),
        }
    }
    allowed
}

/// What a new workspace holds, and its administrator.
fn seed(batch: &mut Batch, beginning: &Beginning, language: Language) -> Result<Uuid> {
    let mut made: HashMap<String, Uuid> = HashMap::new();
    for record in objects::seed::records(language) {
        let value = |value: SeedValue| match value {
            SeedValue::Is(value) => value,
            SeedValue::Link(key) => made.get(&key).copied().into(),
        };
        let values =
            record.fields.into_iter().map(|(name, v)| (name.to_owned(), value(v))).collect();
        let id = batch.create(By::Hook, record.object, None, values)?.id();
        made.insert(record.key, id);
    }
    let administrator = format!("role.{}", crate::people::ADMINISTRATOR);
    let roles: Vec<Uuid> = made.get(&administrator).copied().into_iter().collect();
    let values = model::draft::values([
        ("name", Value::from(beginning.name.trim())),
        ("email", Value::from(beginning.email.trim().to_lowercase())),
        ("roles", Value::ids(roles)),
        ("locale", Value::from(language.tag())),
        ("time_zone", Value::from(beginning.profile.time_zone.as_str())),
    ]);
    if text::email::check(beginning.email.trim()).is_err() {
        return Err(Problem::of("email", "email_format").with("value", &beginning.email).into());
    }
    Ok(batch.create(By::Hook, "user", None, values)?.id())
}
