//! The program's clock and its ids. Tests move the clock; nobody else reads the time.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use uuid::{ContextV7, Uuid};

/// Where the time comes from.
pub struct Clock {
    /// Microseconds added to the machine's clock; tests set it.
    ahead: AtomicI64,
    context: Mutex<ContextV7>,
}

impl Default for Clock {
    fn default() -> Clock {
        Clock { ahead: AtomicI64::new(0), context: Mutex::new(ContextV7::new()) }
    }
}

impl Clock {
    /// The present moment.
    pub fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_micros(self.ahead.load(Ordering::Relaxed));
        Timestamp::now().checked_add(ahead).unwrap_or(Timestamp::MAX)
    }

    /// Moves the clock ahead of the machine's.
    pub fn advance(&self, by: SignedDuration) {
        let micros = i64::try_from(by.as_micros()).unwrap_or(0);
        self.ahead.fetch_add(micros, Ordering::Relaxed);
    }

    /// A new id: in order of time, also within a millisecond and when the machine's clock goes back.
    pub fn new_id(&self) -> Uuid {
        let now = self.now();
        let seconds = u64::try_from(now.as_second()).unwrap_or(0);
        let nanos = u32::try_from(now.subsec_nanosecond()).unwrap_or(0);
        let context = self.context.lock().expect("no panic holds this lock");
        Uuid::new_v7(uuid::Timestamp::from_unix(&*context, seconds, nanos))
    }
}
