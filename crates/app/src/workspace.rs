//! A workspace: one firm's data, opened and served. Everything a capability needs is reached from here.

use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use jiff::tz::TimeZone;
use model::fields::Setting;
use model::{Language, Now, Problem, Rights, Schema, Uuid};
pub use store::Place;
use store::{Catalog, Cause, CauseKind, Plan, Store};
use tokio::sync::{Notify, watch};

use crate::access::Actor;
use crate::attempts::Attempts;
use crate::clock::Clock;
use crate::people::People;
use crate::records::Setup;
use crate::{Error, Result};

/// What a firm chose at its set-up.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The firm's name.
    pub name: String,
    /// The language of what is not anybody's own.
    pub locale: Language,
    /// ISO 4217 code in which the firm keeps its books.
    pub currency: String,
    /// ISO 3166 code in which phone numbers without a country are read.
    pub country: String,
    /// IANA name of the time zone in which the firm's days begin.
    pub time_zone: String,
}

impl Default for Profile {
    fn default() -> Profile {
        Profile {
            name: "Guanxi".to_owned(),
            locale: Language::Zh,
            currency: "CNY".to_owned(),
            country: "CN".to_owned(),
            time_zone: "Asia/Shanghai".to_owned(),
        }
    }
}

struct Firm {
    profile: Profile,
    setting: Arc<Setting>,
    zone: TimeZone,
}

impl Firm {
    fn of(profile: Profile) -> Result<Firm> {
        let zone = TimeZone::get(&profile.time_zone).map_err(|_| {
            Error::from(Problem::of("time_zone", "time_zone").with("value", &profile.time_zone))
        })?;
        let setting =
            Setting { currency: profile.currency.clone(), country: profile.country.clone() };
        Ok(Firm { profile, setting: Arc::new(setting), zone })
    }
}

/// One firm's data, opened.
pub struct Workspace {
    /// The name in URLs.
    pub name: String,
    /// The database.
    pub store: Store,
    /// Where files are kept.
    pub files: PathBuf,
    /// The clock and the ids.
    pub clock: Arc<Clock>,
    firm: RwLock<Arc<Firm>>,
    people: RwLock<Option<Arc<People>>>,
    /// Lists that were asked for before.
    pub(crate) plans: crate::records::Plans,
    /// Failed attempts to sign in.
    pub(crate) attempts: Attempts,
    /// Told when there is a job.
    pub(crate) worker: Notify,
    /// Told after each commit, so that readers of the feed look.
    pub(crate) committed: Notify,
    /// The place in the feed that everybody has been told of.
    pub(crate) told: watch::Sender<i64>,
}

impl Workspace {
    /// Opens the workspace at `place`, makes its tables fit `schema`, and reads the firm's profile.
    /// Files are kept in `files`.
    ///
    /// # Errors
    /// Whatever the store says, in words for the one who starts the program.
    pub async fn open(
        name: &str,
        place: &Place,
        files: &Path,
        schema: Schema,
    ) -> Result<Workspace> {
        Workspace::open_with(name, place, files, schema, store::READ_TIME_MAX).await
    }

    /// The same; a read that takes longer than `read_time` is stopped.
    ///
    /// # Errors
    /// As [`Workspace::open`].
    pub async fn open_with(
        name: &str,
        place: &Place,
        files: &Path,
        schema: Schema,
        read_time: Duration,
    ) -> Result<Workspace> {
        let store = Store::open_with(place, Catalog::of(Arc::new(schema)), read_time).await?;
        let plan = store.plan().await?;
        if !plan.steps.is_empty() {
            if !plan.is_new {
                keep_copy(&store, place).await?;
            }
            store.sync().await?;
            tracing::info!(workspace = name, steps = plan.steps.len(), "tables changed");
        }
        if !store.is_shared() {
            // Nobody else has the file: a lease that is still held is that of a program that was killed.
            store.write(|tx| tx.end_leases()).await?;
        }
        let (profile, end) = store.read(|tx| Ok((read_profile(tx)?, tx.feed_end()?))).await?;
        std::fs::create_dir_all(files)
            .map_err(|error| Error::Store(store::StoreError::Unavailable(error.to_string())))?;
        Ok(Workspace {
            name: name.to_owned(),
            store,
            files: files.to_owned(),
            clock: Arc::new(Clock::default()),
            firm: RwLock::new(Arc::new(Firm::of(profile)?)),
            people: RwLock::new(None),
            plans: crate::records::Plans::default(),
            attempts: Attempts::default(),
            worker: Notify::new(),
            committed: Notify::new(),
            told: watch::Sender::new(end),
        })
    }

    /// What would change in the tables at `place` if the workspace were opened; nothing is changed.
    ///
    /// # Errors
    /// Whatever the store says.
    pub async fn plan(place: &Place, schema: Schema) -> Result<Plan> {
        Ok(Store::open(place, Catalog::of(Arc::new(schema))).await?.plan().await?)
    }

    /// Moves the workspace's records to `place`, which must be empty, while people work: they read on, and what they
    /// write waits until it can be written there. Files stay where they are. What was left behind, by its new name.
    ///
    /// # Errors
    /// The store's; then nothing has moved.
    pub async fn move_to(&self, place: &Place) -> Result<String> {
        let moving = self.store.begin_move(place).await?;
        crate::doctor::derive_again(&moving.there, false).await?;
        Ok(moving.finish().await?)
    }

    /// The schema in force.
    pub fn schema(&self) -> Arc<Schema> {
        self.store.catalog().schema.clone()
    }

    /// What the firm chose at its set-up.
    pub fn profile(&self) -> Profile {
        self.firm().profile.clone()
    }

    /// Currency and country.
    pub fn setting(&self) -> Arc<Setting> {
        self.firm().setting.clone()
    }

    /// The present moment in the firm's time zone.
    pub fn now(&self) -> Now {
        Now::new(self.clock.now(), self.firm().zone.clone())
    }

    fn firm(&self) -> Arc<Firm> {
        self.firm.read().expect("no panic holds this lock").clone()
    }

    /// Changes what the firm chose.
    ///
    /// # Errors
    /// A time zone that does not exist; the store's.
    pub async fn set_profile(&self, profile: Profile) -> Result<()> {
        let firm = Firm::of(profile.clone())?;
        self.store.write(move |tx| write_profile(tx, &profile)).await?;
        *self.firm.write().expect("no panic holds this lock") = Arc::new(firm);
        Ok(())
    }

    /// Goes by a profile that was written already.
    pub(crate) fn use_profile(&self, profile: Profile) -> Result<()> {
        *self.firm.write().expect("no panic holds this lock") = Arc::new(Firm::of(profile)?);
        Ok(())
    }

    /// What the writes of a set-up have in common, with the profile that it brings.
    pub(crate) fn setup_of(&self, profile: Profile) -> Result<Setup> {
        let firm = Firm::of(profile)?;
        let (setting, now) = (firm.setting.clone(), Now::new(self.clock.now(), firm.zone.clone()));
        Ok(Setup { setting, now, ..self.setup(&Actor::system(), CauseKind::System, None) })
    }

    /// The firm's people as they are now.
    ///
    /// # Errors
    /// Whatever the store says.
    pub async fn people(&self) -> Result<Arc<People>> {
        if let Some(people) = self.people.read().expect("no panic holds this lock").clone() {
            return Ok(people);
        }
        let people = Arc::new(self.store.read(People::read).await?);
        *self.people.write().expect("no panic holds this lock") = Some(people.clone());
        Ok(people)
    }

    /// Forgets the firm's people: some of it changed.
    pub fn forget_people(&self) {
        *self.people.write().expect("no panic holds this lock") = None;
    }

    /// The rights of an active user.
    ///
    /// # Errors
    /// `authentication` when there is no such active user; the store's.
    pub async fn rights(&self, user: Uuid) -> Result<Arc<Rights>> {
        let people = self.people().await?;
        people.rights(user).ok_or_else(|| Error::refused("authentication"))
    }

    /// What the writes of one request have in common.
    pub fn setup(&self, actor: &Actor, kind: CauseKind, id: Option<Uuid>) -> Setup {
        let clock = self.clock.clone();
        Setup {
            rights: actor.rights.clone(),
            language: actor.language,
            now: self.now(),
            setting: self.setting(),
            cause: Cause { kind, id },
            new_id: Arc::new(move || clock.new_id()),
        }
    }

    /// After a commit that touched these objects: rights are read anew where they changed, and the feed's readers told.
    pub fn wrote<'a>(&self, objects: impl IntoIterator<Item = &'a str>) {
        if objects.into_iter().any(|object| crate::people::OBJECTS.contains(&object)) {
            self.forget_people();
        }
        self.committed.notify_one();
    }
}

pub(crate) fn write_profile(tx: &mut store::Tx, profile: &Profile) -> store::Result<()> {
    tx.set_meta("name", &profile.name)?;
    tx.set_meta("locale", profile.locale.tag())?;
    tx.set_meta("currency", &profile.currency)?;
    tx.set_meta("country", &profile.country)?;
    tx.set_meta("time_zone", &profile.time_zone)
}

fn read_profile(tx: &mut store::Tx) -> store::Result<Profile> {
    let known = Profile::default();
    let mut get = |name: &str, default: String| Ok(tx.meta(name)?.unwrap_or(default));
    Ok(Profile {
        name: get("name", known.name)?,
        locale: Language::parse(&get("locale", known.locale.tag().to_owned())?).unwrap_or_default(),
        currency: get("currency", known.currency)?,
        country: get("country", known.country)?,
        time_zone: get("time_zone", known.time_zone)?,
    })
}

/// A copy of an SQLite database before its tables change.
async fn keep_copy(store: &Store, place: &Place) -> Result<()> {
    let Place::Sqlite { dir } = place else { return Ok(()) };
    let stamp = jiff::Timestamp::now().as_second();
    let copy = dir.join(format!("before-change-{stamp}.db"));
    Ok(store.copy_into(copy).await?)
}
