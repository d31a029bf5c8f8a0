//! Sessions that were looked up, kept until any session is changed. Only where no other server writes.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::SessionRow;

/// Sessions kept; when there are more, all are forgotten.
const SESSIONS_MAX: usize = 10_000;

/// Sessions by the hash of their token.
#[derive(Default)]
pub struct KeptSessions {
    /// Goes up whenever a change of any session has been committed, before anybody is told that it has.
    changes: AtomicU64,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// The changes up to which these hold.
    as_of: u64,
    rows: HashMap<Vec<u8>, Arc<SessionRow>>,
}

impl KeptSessions {
    /// A change of sessions has been committed.
    pub fn changed(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// How many changes there have been: to be asked before a session is read.
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::SeqCst)
    }

    /// The session, if it was read since the last change.
    pub fn get(&self, token: &[u8]) -> Option<Arc<SessionRow>> {
        let known = self.known.lock().expect("no panic holds this lock");
        known.rows.get(token).filter(|_| known.as_of == self.changes()).cloned()
    }

    /// Keeps a session that was read after `as_of` changes.
    pub fn keep(&self, as_of: u64, row: Arc<SessionRow>) {
        let mut known = self.known.lock().expect("no panic holds this lock");
        if as_of < known.as_of {
            return;
        }
        if as_of > known.as_of || known.rows.len() >= SESSIONS_MAX {
            *known = Known { as_of, rows: HashMap::new() };
        }
        known.rows.insert(row.token.clone(), row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Arc<SessionRow> {
        Arc::new(SessionRow {
            id: model::Uuid::nil(),
            token: vec![7],
            user: model::Uuid::nil(),
            csrf: String::new(),
            agent: String::new(),
            address: String::new(),
            created_at: 0,
            seen_at: 0,
            expires_at: 0,
        })
    }

    #[test]
    fn a_change_forgets_what_was_read_before() {
        let kept = KeptSessions::default();
        kept.keep(kept.changes(), row());
        assert!(kept.get(&[7]).is_some());
        kept.changed();
        assert!(kept.get(&[7]).is_none());
    }

    #[test]
    fn what_was_read_before_a_change_is_not_kept_after_it() {
        let kept = KeptSessions::default();
        let as_of = kept.changes();
        kept.changed();
        kept.keep(as_of, row());
        assert!(kept.get(&[7]).is_none());
        kept.keep(kept.changes(), row());
        assert!(kept.get(&[7]).is_some());
    }
}
