//! One's own account: what the UI greets with, and what everybody may change of themselves.

use jiff::tz::TimeZone;
use model::filter::Words;
use model::{Filter, Language, Problem, Value};
use serde_json::{Value as Json, json};
use store::{CauseKind, Tx};

use crate::access::Actor;
use crate::records::{Batch, Origin};
use crate::{Result, Workspace};

impl Workspace {
    /// Who the actor is and where.
    ///
    /// # Errors
    /// The store's.
    pub async fn me(&self, actor: &Actor) -> Result<Json> {
        // Everybody knows who they are, whatever their roles or their key say of users.
        let own = Actor { language: actor.language, ..Actor::system() };
        let user = self.get(&own, "user", actor.user(), None).await?;
        let profile = self.profile();
        let part = |name: &str| user.get(name).cloned().unwrap_or(Json::Null);
        let preferences = self.preferences(actor.user()).await?;
        Ok(json!({
            "user": {
                "id": part("id"),
                "name": part("name"),
                "email": part("email"),
                "locale": part("locale"),
                "time_zone": part("time_zone"),
                "department": part("department"),
                "roles": part("roles"),
                "administrator": actor.rights.is_administrator(),
            },
            "workspace": {
                "name": profile.name,
                "locale": profile.locale.tag(),
                "currency": profile.currency,
                "time_zone": profile.time_zone,
            },
            "preferences": preferences,
        }))
    }

    /// Changes the actor's own language, time zone and preferences: no right is needed for it.
    ///
    /// # Errors
    /// A language or time zone that does not exist, preferences that are none; the store's.
    pub async fn update_me(&self, actor: &Actor, body: &Json) -> Result<()> {
        if let Some(preferences) = body.get("preferences") {
            self.keep_preferences(actor.user(), preferences).await?;
        }
        let mut values = Vec::new();
        if let Some(locale) = body.get("locale").and_then(Json::as_str) {
            let known = Language::parse(locale);
            let known = known
                .ok_or_else(|| Problem::of("locale", "choice_unknown").with("value", locale))?;
            values.push(("locale".to_owned(), Value::from(known.tag())));
        }
        if let Some(zone) = body.get("time_zone").and_then(Json::as_str) {
            TimeZone::get(zone)
                .map_err(|_| Problem::of("time_zone", "time_zone").with("value", zone))?;
            values.push(("time_zone".to_owned(), Value::from(zone)));
        }
        if values.is_empty() {
            return Ok(());
        }
        let setup = self.setup(actor, CauseKind::Request, None);
        let user = actor.user();
        let work = move |tx: &mut Tx| -> Result<()> {
            let mut batch = Batch::new(tx, &setup);
            batch.update(Origin::Hook, "user", user, None, values.clone())?;
            batch.finish()
        };
        self.store.transact(work).await?;
        self.wrote(["user"]);
        Ok(())
    }

    /// Records whose words match, of several objects, newest first within each: what the reader may see.
    ///
    /// # Errors
    /// The store's.
    pub async fn search(
        &self,
        actor: &Actor,
        words: &str,
        objects: Option<Vec<String>>,
        limit: usize,
    ) -> Result<Json> {
        let rights = actor.rights.clone();
        let limit = limit.clamp(1, model::query::PAGE_ROWS_MAX);
        let words = words.to_owned();
        let work = move |tx: &mut Tx| -> store::Result<Json> {
            let schema = tx.schema().clone();
            let mut items: Vec<Json> = Vec::new();
            for object in schema.objects().filter(|object| object.is_searchable()) {
                if objects.as_ref().is_some_and(|names| !names.contains(&object.name)) {
                    continue;
                }
                let filter = rights.filter(&schema, object, model::Action::Read);
                if filter == Filter::Never {
                    continue;
                }
                let words = Words::new(&words, object, &*rights);
                let ids = tx.search(&object.name, &words, &filter, limit)?;
                let found = crate::records::hits(tx, object, &rights, &ids)?;
                items.extend(found.into_iter().map(|hit| marked(hit, &words.typed)));
            }
            items.sort_by_cached_key(|item| std::cmp::Reverse(item["updated_at"].to_string()));
            items.truncate(limit);
            Ok(json!({"items": items}))
        };
        Ok(self.store.read(work).await?)
    }
}

/// The hit with the characters of its title that were typed in pinyin: `"marks": [[from, up to], …]`.
fn marked(mut hit: Json, typed: &str) -> Json {
    let marks = text::search::pinyin_marks(hit["title"].as_str().unwrap_or(""), typed);
    if !marks.is_empty() {
        hit["marks"] = json!(marks);
    }
    hit
}
