//! What a user keeps at hand: favourites, and the view that each list opens with. Not records: nobody else sees them.

use model::{Problem, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

use crate::{Error, Result, Workspace};

/// Favourites of one user; more would be a list.
const FAVOURITES_MAX: usize = 30;
/// Lists of which it is remembered how they open.
const OPENS_MAX: usize = 200;
/// Characters of a name, an id or a title.
const TEXT_CHARS_MAX: usize = 300;

/// One thing kept at hand: a record, or the list of an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Favourite {
    object: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
}

/// All that one user keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Preferences {
    favourites: Vec<Favourite>,
    /// The view's name by object.
    opens: BTreeMap<String, String>,
}

/// The same, of which only a part is given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    favourites: Option<Vec<Favourite>>,
    opens: Option<BTreeMap<String, String>>,
}

impl Workspace {
    /// What the user keeps: `{"favourites": [{"object", "id"?, "title"?}], "opens": {object: view}}`.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn preferences(&self, user: Uuid) -> Result<Json> {
        let kept = self.store.read(move |tx| tx.meta(&name(user))).await?;
        Ok(json!(read(kept)))
    }

    /// Puts what is given of the preferences in the place of what was kept.
    ///
    /// # Errors
    /// `invalid` at the field where it is no such thing or too much of it; the store's.
    pub(crate) async fn keep_preferences(&self, user: Uuid, change: &Json) -> Result<()> {
        let wrong = || Error::from(Problem::of("preferences", "invalid"));
        let change: Change = serde_json::from_value(change.clone()).map_err(|_| wrong())?;
        if !is_fair(&change) {
            return Err(wrong());
        }
        let work = move |tx: &mut store::Tx| -> store::Result<()> {
            let mut kept = read(tx.meta(&name(user))?);
            if let Some(favourites) = change.favourites.clone() {
                kept.favourites = favourites;
            }
            if let Some(opens) = change.opens.clone() {
                kept.opens = opens;
            }
            tx.set_meta(&name(user), &json!(kept).to_string())
        };
        Ok(self.store.write(work).await?)
    }
}

fn name(user: Uuid) -> String {
    format!("preferences:{user}")
}

/// What cannot be read is as good as nothing: it is only a convenience.
fn read(kept: Option<String>) -> Preferences {
    kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

fn is_fair(change: &Change) -> bool {
    let short = |text: &str| text.chars().count() <= TEXT_CHARS_MAX;
    let favourites = change.favourites.as_deref().unwrap_or_default();
    let opens = change.opens.iter().flatten();
    favourites.len() <= FAVOURITES_MAX
        && change.opens.as_ref().map_or(0, BTreeMap::len) <= OPENS_MAX
        && favourites.iter().all(|one| {
            let texts = [Some(&one.object), one.id.as_ref(), one.title.as_ref()];
            texts.into_iter().flatten().all(|text| short(text))
        })
        && opens.into_iter().all(|(object, view)| short(object) && short(view))
}
