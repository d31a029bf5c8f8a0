//! What is derived – roll-ups, formulas, search words – compared with what it is derived from, step by step.

use jiff::tz::TimeZone;
use model::{Now, Uuid};
use store::{Drift, Refuse, Store, StoreError, Tx};

use crate::clock::Clock;
use crate::{Error, Result};

/// What was found in one step, and where to go on.
type Step = (Vec<Drift>, Option<Uuid>);

/// One finding in words.
pub(super) fn words(drift: &Drift) -> String {
    format!("{} {}: {}", drift.object, drift.record, drift.what)
}

/// Roll-ups and formulas that were not true. Without `mend` they are left so.
pub(super) async fn computed(store: &Store, now: &Now, mend: bool) -> Result<Vec<Drift>> {
    let names = store.catalog().schema.objects().map(|object| object.name.clone()).collect();
    computed_of(store, names, now, mend).await
}

/// The same for some objects.
pub(crate) async fn computed_of(
    store: &Store,
    names: Vec<String>,
    now: &Now,
    mend: bool,
) -> Result<Vec<Drift>> {
    let now = now.clone();
    let step = move |tx: &mut Tx, object: &str, after| tx.mend_computed(object, after, &now);
    each_step(store, names, mend, step).await
}

/// Records whose words were not in the search index, or were and should not be.
pub(super) async fn search(store: &Store, mend: bool, rebuild: bool) -> Result<Vec<Drift>> {
    let names = store.catalog().schema.objects().map(|object| object.name.clone()).collect();
    let step = move |tx: &mut Tx, object: &str, after| tx.mend_search(object, after, rebuild);
    each_step(store, names, mend, step).await
}

/// Makes search words anew in a database that has none, and with `computed` what is computed as well.
///
/// # Errors
/// The store's.
pub(crate) async fn derive_again(store: &Store, with_computed: bool) -> Result<()> {
    let zone = store.read(|tx| tx.meta("time_zone")).await?;
    let zone = zone.and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC);
    if with_computed {
        computed(store, &Now::new(Clock::default().now(), zone), true).await?;
    }
    search(store, true, false).await?;
    Ok(())
}

/// Carries what a step found out of a transaction that is undone.
enum Looked {
    Found(Step),
    Failed(StoreError),
}

impl From<StoreError> for Looked {
    fn from(error: StoreError) -> Looked {
        Looked::Failed(error)
    }
}

impl Refuse for Looked {
    fn into_store(self) -> std::result::Result<StoreError, Looked> {
        match self {
            Looked::Failed(error) => Ok(error),
            found => Err(found),
        }
    }
}

/// Does `step` over all records of these objects, each in a transaction of its own; undone unless `mend`.
async fn each_step<F>(store: &Store, names: Vec<String>, mend: bool, step: F) -> Result<Vec<Drift>>
where
    F: Fn(&mut Tx, &str, Option<Uuid>) -> store::Result<Step> + Clone + Send + 'static,
{
    let mut all = Vec::new();
    for name in names {
        let mut after = None;
        loop {
            let (step, object) = (step.clone(), name.clone());
            let work = move |tx: &mut Tx| -> std::result::Result<Step, Looked> {
                let found = step(tx, &object, after)?;
                if mend { Ok(found) } else { Err(Looked::Found(found)) }
            };
            let (found, next) = match store.transact(work).await {
                Ok(found) | Err(Looked::Found(found)) => found,
                Err(Looked::Failed(error)) => return Err(Error::Store(error)),
            };
            all.extend(found);
            after = next;
            if after.is_none() {
                break;
            }
        }
    }
    Ok(all)
}
