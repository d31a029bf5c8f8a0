//! Loads the living demo firm into an empty workspace through the one write path, each record by its author and at
//! its time. Not what the firm is: that is the crate `demo`.

use std::collections::HashMap;
use std::sync::Arc;

use demo::{DemoRecord, DemoValue, Key, NATURAL_KEYS, Step};
use model::{Filter, Kind, Language, Now, Object, Rights, Uuid, Value};
use store::{CauseKind, StoreError, Tx};

use crate::access::Actor;
use crate::people::ADMINISTRATOR;
use crate::records::{Batch, Origin, Setup};
use crate::sign_in::{Beginning, random_token};
use crate::workspace::Profile;
use crate::{Error, Result, Workspace};

/// Records of one transaction.
const STEP_ROWS: usize = 500;
/// The size and the seed of the invented data a new firm may begin with: a few thousand records.
const SAMPLE: (u64, f64) = (7, 0.03);
/// What of the administrator's own account is not taken from the demo firm.
const OWN: [&str; 6] = ["name", "email", "phone", "locale", "time_zone", "active"];
/// The object whose records act.
const USER: &str = "user";

/// What was loaded, and how to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoFirm {
    /// Records written.
    pub records: u64,
    /// The administrator's address: the only user of the firm who can sign in.
    pub email: String,
    /// The administrator's password, which nobody can be told again.
    pub password: String,
}

impl Workspace {
    /// Makes the demo firm of this seed and scale in a workspace that was never set up; its history ends today.
    /// `progress` is told the records written.
    ///
    /// # Errors
    /// `setup_done`; the store's.
    pub async fn load_demo(
        &self,
        seed: u64,
        scale: f64,
        language: Language,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<DemoFirm> {
        let spoken = spoken(language);
        let today = self.now().today();
        let firm = demo::generate(&demo::Options { seed, scale, language: spoken, today });
        let (administrator, beginning) = beginning(firm.records(), language)?;
        let (email, password) = (beginning.email.clone(), beginning.password.clone());
        let user = self.set_up(beginning).await?;
        let mut loader = Loader::new(self);
        loader.ids.insert((USER, administrator), user);
        let records = loader.load(&firm, progress).await?;
        Ok(DemoFirm { records, email, password })
    }

    /// Sets up a new workspace like [`Workspace::set_up`] and fills it with a small demo firm, in which the first
    /// administrator takes the place of the demo's.
    ///
    /// # Errors
    /// As [`Workspace::set_up`].
    pub async fn set_up_with_sample(&self, given: Beginning) -> Result<Uuid> {
        let (language, (seed, scale)) = (given.profile.locale, SAMPLE);
        let today = self.now().today();
        let spoken = spoken(language);
        let firm = demo::generate(&demo::Options { seed, scale, language: spoken, today });
        let (administrator, _) = beginning(firm.records(), language)?;
        let user = self.set_up(given).await?;
        let mut loader = Loader::new(self);
        loader.ids.insert((USER, administrator), user);
        loader.own = Some(administrator);
        loader.load(&firm, &mut |_| ()).await?;
        Ok(user)
    }
}

fn spoken(language: Language) -> demo::Language {
    match language {
        Language::Zh => demo::Language::Zh,
        Language::En => demo::Language::En,
    }
}

/// The set-up in which the firm's own administrator is the first one; also that user's key.
fn beginning(
    mut records: impl Iterator<Item = DemoRecord>,
    language: Language,
) -> Result<(Key, Beginning)> {
    let is_administrator = |record: &DemoRecord| {
        let mut roles = record.fields.iter().filter(|(name, _)| *name == "roles");
        record.object == USER
            && roles.any(|(_, value)| matches!(value, DemoValue::ByCode(_, codes) if codes.contains(&ADMINISTRATOR)))
    };
    let record = records.find(is_administrator);
    let record =
        record.ok_or_else(|| StoreError::internal("the demo firm has no administrator"))?;
    let text = |name: &str| match record.get(name) {
        DemoValue::Text(text) => text.clone(),
        _ => String::new(),
    };
    let name = match language {
        Language::Zh => "智序办公（演示）",
        Language::En => "Orderly Office (demo)",
    };
    let profile = Profile { name: name.to_owned(), locale: language, ..Profile::default() };
    // Sixteen of its characters are 96 random bits: plenty, and they can be typed.
    let password: String = random_token()?.chars().take(16).collect();
    Ok((record.key, Beginning { profile, name: text("name"), email: text("email"), password }))
}

/// One record on its way.
struct Write {
    object: Arc<Object>,
    id: Uuid,
    is_new: bool,
    /// Nothing is written: the workspace has the record already.
    is_kept: bool,
    values: Vec<(String, Value)>,
    setup: Setup,
}

struct Loader<'w> {
    workspace: &'w Workspace,
    ids: HashMap<(&'static str, Key), Uuid>,
    by_code: HashMap<(&'static str, &'static str), Uuid>,
    rights: HashMap<Option<Key>, Arc<Rights>>,
    /// The user of the demo who is somebody real.
    own: Option<Key>,
    setup: Setup,
}

impl<'w> Loader<'w> {
    fn new(workspace: &'w Workspace) -> Loader<'w> {
        let setup = workspace.setup(&Actor::system(), CauseKind::System, None);
        Loader {
            workspace,
            ids: HashMap::new(),
            by_code: HashMap::new(),
            rights: HashMap::new(),
            own: None,
            setup,
        }
    }

    /// Writes the firm's records in their order; how many they were.
    async fn load(
        &mut self,
        firm: &demo::Firm,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<u64> {
        let mut step: Vec<Write> = Vec::with_capacity(STEP_ROWS);
        let mut written = 0;
        // The generator is not to be held over a wait, so its records are taken a step at a time.
        let mut records = firm.records().peekable();
        while records.peek().is_some() {
            for record in records.by_ref().take(STEP_ROWS) {
                step.push(self.plan(record).await?);
            }
            written += step.len() as u64;
            self.write(std::mem::take(&mut step)).await?;
            progress(written);
        }
        self.workspace.wrote(crate::people::OBJECTS);
        // What depends on today was derived on the days of the records.
        crate::doctor::derive_again(&self.workspace.store, true).await?;
        Ok(written)
    }

    async fn plan(&mut self, record: DemoRecord) -> Result<Write> {
        let object = self.workspace.object(record.object)?;
        let mut values = Vec::with_capacity(record.fields.len());
        let is_own = record.object == USER && self.own == Some(record.key);
        for (name, value) in record.fields.iter().filter(|(name, _)| !is_own || !OWN.contains(name))
        {
            values.push(((*name).to_owned(), self.value(&object, name, value).await?));
        }
        let known = self.ids.get(&(record.object, record.key)).copied();
        let mut is_kept = false;
        let (id, is_new) = match (known, record.step) {
            // An update, or the administrator, whom the set-up made.
            (Some(id), _) => (id, false),
            (None, Step::Create) => (self.workspace.clock.new_id(), true),
            (None, Step::Adopt) => match self.adopt(&record, &values).await? {
                Some(id) => {
                    is_kept = true;
                    (id, false)
                }
                None => (self.workspace.clock.new_id(), true),
            },
            (None, Step::Update) => return Err(odd(&record, "is news of nothing").into()),
        };
        self.ids.insert((record.object, record.key), id);
        let rights = self.rights_of(record.author);
        let now = Now::new(record.created_at, self.setup.now.zone.clone());
        let setup = Setup { rights, now, ..self.setup.clone() };
        Ok(Write { object, id, is_new, is_kept, values, setup })
    }

    /// The program writes in the name of the author, who need not have had the right: it is history.
    fn rights_of(&mut self, author: Option<Key>) -> Arc<Rights> {
        let user = author.and_then(|key| self.ids.get(&(USER, key)).copied()).unwrap_or_default();
        self.rights
            .entry(author)
            .or_insert_with(|| Arc::new(Rights { user, ..Rights::system() }))
            .clone()
    }

    async fn adopt(&self, record: &DemoRecord, values: &[(String, Value)]) -> Result<Option<Uuid>> {
        let keys = NATURAL_KEYS.iter().find(|(object, _)| *object == record.object);
        let (_, keys) = keys.ok_or_else(|| odd(record, "has no natural key"))?;
        let mut filter = Filter::Always;
        for key in *keys {
            let value = values
                .iter()
                .find(|(name, _)| name == key)
                .map_or(Value::Null, |(_, value)| value.clone());
            filter = filter.and(Filter::eq(key, value));
        }
        let object = record.object;
        let found = self.workspace.store.read(move |tx| tx.ids(object, &filter, None, 1)).await?;
        Ok(found.first().copied())
    }

    async fn value(&mut self, object: &Object, name: &str, value: &DemoValue) -> Result<Value> {
        let wrong = || {
            StoreError::internal(format!("the demo's {}.{name} cannot be {value:?}", object.name))
        };
        let field = object.field(name).ok_or_else(wrong)?;
        Ok(match value {
            DemoValue::Null => Value::Null,
            DemoValue::Text(text) => {
                field.kind().read_text(text, &self.setup.setting).map_err(|_| wrong())?
            }
            DemoValue::Int(number) => Value::Int(*number),
            DemoValue::Decimal(number) => Value::Decimal(number.parse().map_err(|_| wrong())?),
            DemoValue::Bool(yes) => Value::Bool(*yes),
            DemoValue::Date(day) => Value::Date(*day),
            DemoValue::Instant(at) => Value::Instant(*at),
            DemoValue::Ref(target, key) => {
                let id = self.ids.get(&(*target, *key)).copied().ok_or_else(wrong)?;
                match field.kind {
                    Kind::AnyLink(_) => Value::Any((*target).to_owned(), id),
                    _ => Value::Id(id),
                }
            }
            DemoValue::Refs(target, keys) => {
                let ids = keys.iter().map(|key| self.ids.get(&(*target, *key)).copied());
                Value::ids(ids.collect::<Option<_>>().ok_or_else(wrong)?)
            }
            DemoValue::ByCode(target, codes) => {
                let mut ids = Vec::new();
                for code in codes {
                    ids.push(self.coded(target, code).await?.ok_or_else(wrong)?);
                }
                Value::ids(ids)
            }
            DemoValue::Codes(codes) => {
                Value::texts(codes.iter().map(|code| (*code).to_owned()).collect())
            }
        })
    }

    async fn coded(&mut self, target: &'static str, code: &'static str) -> Result<Option<Uuid>> {
        if let Some(id) = self.by_code.get(&(target, code)) {
            return Ok(Some(*id));
        }
        let filter = Filter::eq("code", code);
        let found = self.workspace.store.read(move |tx| tx.ids(target, &filter, None, 1)).await?;
        self.by_code.extend(found.first().map(|id| ((target, code), *id)));
        Ok(found.first().copied())
    }

    async fn write(&self, step: Vec<Write>) -> Result<()> {
        let now = self.setup.clone();
        let work = move |tx: &mut Tx| -> Result<()> {
            let mut batch = Batch::new(tx, &now);
            for write in step.iter().filter(|write| !write.is_kept) {
                batch.go_on_as(&write.setup);
                let (name, values) = (&write.object.name, write.values.clone());
                let done = match write.is_new {
                    true => batch.create(Origin::Hook, name, Some(write.id), values),
                    false => batch.update(Origin::Hook, name, write.id, None, values),
                };
                done.map_err(|error| match error {
                    Error::Store(error) => Error::Store(error),
                    other => Error::Store(StoreError::internal(format!(
                        "the demo's {name}: {other} in {:?}",
                        write.values
                    ))),
                })?;
            }
            // What is rolled up is true today.
            batch.go_on_as(&now);
            batch.finish()
        };
        self.workspace.store.transact(work).await
    }
}

fn odd(record: &DemoRecord, what: &str) -> StoreError {
    StoreError::internal(format!("the demo's {} {} {what}", record.object, record.key))
}

impl Workspace {
    /// What is planted in the demo firm of this seed and scale, as Markdown: the answers that mining is checked against.
    pub fn demo_truths(&self, seed: u64, scale: f64, language: Language) -> String {
        let spoken = spoken(language);
        let today = self.now().today();
        demo::generate(&demo::Options { seed, scale, language: spoken, today })
            .truths()
            .to_markdown()
    }
}
