//! Every statement the store runs, heard by its trace events. Statements hold no values: those go beside them.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

static ALL: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
static COUNT: AtomicU64 = AtomicU64::new(0);

struct Ear;

struct Sql(Option<String>);

impl Visit for Sql {
    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "sql" {
            self.0 = Some(value.to_owned());
        }
    }
}

impl<S: Subscriber> Layer<S> for Ear {
    fn enabled(&self, about: &Metadata, _: Context<S>) -> bool {
        about.target().starts_with("store")
    }

    fn on_event(&self, event: &Event, _: Context<S>) {
        let mut sql = Sql(None);
        event.record(&mut sql);
        if let Some(sql) = sql.0 {
            COUNT.fetch_add(1, Ordering::Relaxed);
            ALL.lock().expect("no panic holds this lock").insert(sql);
        }
    }
}

/// Begins to listen.
pub fn listen() {
    // Another test of the same process may listen already.
    let _ = tracing_subscriber::registry().with(Ear).try_init();
}

/// The different statements so far.
pub fn all() -> BTreeSet<String> {
    ALL.lock().expect("no panic holds this lock").clone()
}

/// How many were run so far.
pub fn count() -> u64 {
    COUNT.load(Ordering::Relaxed)
}
