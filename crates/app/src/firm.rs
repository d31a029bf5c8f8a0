//! The firm itself: its name, language, currency and days; and how the program that serves it is.

use jiff::tz::TimeZone;
use model::query::Bin;
use model::{Filter, Language, Problem};
use serde_json::{Value as Json, json};

use crate::access::Actor;
use crate::security::{Happened, Origin};
use crate::workspace::Profile;
use crate::{Result, Workspace};

/// Characters of the firm's name.
const NAME_CHARS_MAX: usize = 120;

impl Workspace {
    /// The firm's profile as JSON.
    pub fn firm_json(&self) -> Json {
        let profile = self.profile();
        json!({
            "name": profile.name,
            "locale": profile.locale.tag(),
            "currency": profile.currency,
            "country": profile.country,
            "time_zone": profile.time_zone,
        })
    }

    /// Changes the firm's profile. The currency of the books stays: amounts were written in it.
    ///
    /// # Errors
    /// `forbidden`; every field that needs another look; the store's.
    pub async fn update_firm(
        &self,
        actor: &Actor,
        body: &Json,
        origin: Origin<'_>,
    ) -> Result<Json> {
        Workspace::administers(actor)?;
        let mut profile: Profile = self.profile();
        let mut problems = Vec::new();
        let given = |name: &str| body.get(name).and_then(Json::as_str).map(str::trim);
        if let Some(name) = given("name") {
            match name.chars().count() {
                0 => problems.push(Problem::of("name", "required")),
                count if count > NAME_CHARS_MAX => {
                    problems.push(Problem::of("name", "text_long").with("max", NAME_CHARS_MAX));
                }
                _ => name.clone_into(&mut profile.name),
            }
        }
        if let Some(locale) = given("locale") {
            match Language::parse(locale) {
                Some(known) => profile.locale = known,
                None => {
                    problems.push(Problem::of("locale", "choice_unknown").with("value", locale))
                }
            }
        }
        if let Some(zone) = given("time_zone") {
            match TimeZone::get(zone) {
                Ok(_) => zone.clone_into(&mut profile.time_zone),
                Err(_) => problems.push(Problem::of("time_zone", "time_zone").with("value", zone)),
            }
        }
        if let Some(country) = given("country") {
            let is_code = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
            match is_code {
                true => country.clone_into(&mut profile.country),
                false => {
                    problems.push(Problem::of("country", "choice_unknown").with("value", country))
                }
            }
        }
        if given("currency").is_some_and(|currency| currency != profile.currency) {
            problems.push(Problem::of("currency", "read_only"));
        }
        if !problems.is_empty() {
            return Err(crate::Error::Invalid(problems));
        }
        self.set_profile(profile).await?;
        let user = actor.user();
        self.note_security(Happened { kind: "firm_changed", user, detail: "", origin }).await?;
        Ok(self.firm_json())
    }

    /// How the program and its database are: versions, sizes, how much there is.
    ///
    /// # Errors
    /// `forbidden`; the store's.
    pub async fn about(&self, actor: &Actor) -> Result<Json> {
        Workspace::administers(actor)?;
        let schema = self.schema();
        let names: Vec<String> = schema
            .objects()
            .filter(|object| !object.hidden)
            .map(|object| object.name.clone())
            .collect();
        let counted = self
            .store
            .read(move |tx| {
                let mut counted = Vec::new();
                for name in &names {
                    let (count, exact) = tx.count(name, &Filter::Always, Bin::Live)?;
                    counted.push(json!({"object": name, "count": count, "exact": exact}));
                }
                Ok(counted)
            })
            .await?;
        Ok(json!({
            "version": env!("CARGO_PKG_VERSION"),
            "schema": schema.version,
            "database": if self.store.is_shared() { "PostgreSQL" } else { "SQLite" },
            "records": counted,
        }))
    }
}
