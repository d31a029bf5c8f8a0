//! How much one user or key may ask for: a bucket of requests each, filled steadily; and who listens how often.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Instant;

use app::Error;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use model::Problem;
use uuid::Uuid;

use super::problem::Failure;
use crate::config::Limits;

/// Buckets that are remembered; full ones are forgotten first.
const BUCKETS_MAX: usize = 100_000;

/// Paths that end so cost more than others, wherever they lead.
const COSTLY: [&str; 8] =
    ["/search", "/aggregate", "/exports", "/imports", "/inspect", "/backup", "/merge", "/bulk"];

/// Whose requests are counted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Caller {
    /// The workspace's name.
    pub workspace: String,
    /// The user.
    pub user: Uuid,
    /// The key, by its first characters; none for a browser.
    pub key: Option<String>,
}

struct Bucket {
    left: f64,
    at: Instant,
}

struct Kind {
    name: &'static str,
    per_second: f64,
    at_once: f64,
    buckets: Mutex<HashMap<Caller, Bucket>>,
}

/// How much of a bucket is left: for the answer's `RateLimit` headers.
#[derive(Debug, Clone, Copy)]
pub struct Left {
    policy: &'static str,
    at_once: u32,
    window: u32,
    remaining: u32,
    reset: u32,
}

impl Kind {
    fn new(name: &'static str, per_second: u32, at_once: u32) -> Kind {
        let at_once = at_once.max(1);
        Kind {
            name,
            per_second: f64::from(per_second),
            at_once: f64::from(at_once),
            buckets: Mutex::default(),
        }
    }

    /// Takes one request out of the caller's bucket; none when there is no limit.
    fn take(&self, caller: &Caller, now: Instant) -> Option<(bool, Left)> {
        if self.per_second == 0.0 {
            return None;
        }
        let mut buckets = self.buckets.lock().expect("no panic holds this lock");
        if buckets.len() >= BUCKETS_MAX {
            let is_full = |bucket: &Bucket| {
                let since = now.duration_since(bucket.at).as_secs_f64();
                bucket.left + since * self.per_second >= self.at_once
            };
            buckets.retain(|_, bucket| !is_full(bucket));
        }
        let bucket =
            buckets.entry(caller.clone()).or_insert(Bucket { left: self.at_once, at: now });
        let since = now.duration_since(bucket.at).as_secs_f64();
        bucket.left = (bucket.left + since * self.per_second).min(self.at_once);
        bucket.at = now;
        let admitted = bucket.left >= 1.0;
        if admitted {
            bucket.left -= 1.0;
        }
        let missing = if admitted { self.at_once - bucket.left } else { 1.0 - bucket.left };
        let left = Left {
            policy: self.name,
            at_once: self.at_once as u32,
            window: (self.at_once / self.per_second).ceil() as u32,
            remaining: bucket.left.floor() as u32,
            reset: (missing / self.per_second).ceil().max(1.0) as u32,
        };
        Some((admitted, left))
    }
}

/// What everybody may still ask for.
pub struct Allowances {
    usual: Kind,
    costly: Kind,
    listeners_max: usize,
    listeners: Arc<Mutex<HashMap<Caller, usize>>>,
}

impl Allowances {
    /// Of the configured limits.
    pub fn of(limits: &Limits) -> Allowances {
        Allowances {
            usual: Kind::new("usual", limits.requests_per_second, limits.requests_at_once),
            costly: Kind::new("costly", limits.costly_per_second, limits.costly_at_once),
            listeners_max: limits.listeners_per_user,
            listeners: Arc::default(),
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// `rate_limited`, with the seconds until there is room for another one.
    pub fn admit(
        &self,
        caller: &Caller,
        is_costly: bool,
        tell: Option<&Told>,
    ) -> Result<(), Failure> {
        let now = Instant::now();
        let mut kinds = vec![&self.usual];
        kinds.extend(is_costly.then_some(&self.costly));
        for kind in kinds {
            let Some((admitted, left)) = kind.take(caller, now) else { continue };
            if let Some(Told(told)) = tell
                && (!admitted
                    || std::ptr::eq(kind, if is_costly { &self.costly } else { &self.usual }))
            {
                // A request is counted once; the first word stands.
                let _ = told.set(left);
            }
            if !admitted {
                let problem = Problem::new("rate_limited").with("seconds", left.reset);
                return Err(Failure(Error::Refused(problem)));
            }
        }
        Ok(())
    }

    /// Counts somebody who begins to listen, until what is given back is dropped.
    ///
    /// # Errors
    /// `rate_limited` when the user listens often enough already.
    pub fn listen(&self, caller: Caller) -> Result<Listening, Failure> {
        let mut listeners = self.listeners.lock().expect("no panic holds this lock");
        let count = listeners.entry(caller.clone()).or_default();
        if *count >= self.listeners_max {
            let problem = Problem::new("rate_limited").with("seconds", 5);
            return Err(Failure(Error::Refused(problem)));
        }
        *count += 1;
        Ok(Listening { caller, listeners: self.listeners.clone() })
    }

    /// How many listen at present.
    pub fn listeners(&self) -> usize {
        self.listeners.lock().expect("no panic holds this lock").values().sum()
    }
}

/// Somebody listens as long as this lives.
pub struct Listening {
    caller: Caller,
    listeners: Arc<Mutex<HashMap<Caller, usize>>>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut listeners = self.listeners.lock().expect("no panic holds this lock");
        if let Some(count) = listeners.get_mut(&self.caller) {
            *count -= 1;
            if *count == 0 {
                listeners.remove(&self.caller);
            }
        }
    }
}

/// Whether a request costs more than others.
pub fn is_costly(method: &Method, path: &str) -> bool {
    let begins =
        *method == Method::POST || path.ends_with("/search") || path.ends_with("/aggregate");
    begins && COSTLY.iter().any(|end| path.ends_with(end))
}

/// Where the counting leaves what is left, on the way to the answer's headers.
#[derive(Debug, Clone, Default)]
pub struct Told(Arc<OnceLock<Left>>);

/// Writes what is left into the answer, after the IETF's draft on `RateLimit` header fields.
pub async fn tell(mut request: Request, next: Next) -> Response {
    let told = Told::default();
    request.extensions_mut().insert(told.clone());
    let mut response = next.run(request).await;
    if let Some(left) = told.0.get() {
        let policy = format!("\"{}\";q={};w={}", left.policy, left.at_once, left.window);
        let rest = format!("\"{}\";r={};t={}", left.policy, left.remaining, left.reset);
        let headers = response.headers_mut();
        for (name, value) in [("ratelimit-policy", policy), ("ratelimit", rest)] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
        if headers.contains_key(header::RETRY_AFTER) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(left.reset));
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn caller(user: u128) -> Caller {
        Caller { workspace: "main".to_owned(), user: Uuid::from_u128(user), key: None }
    }

    #[test]
    fn a_bucket_empties_and_fills_for_each_caller_alone() {
        let kind = Kind::new("usual", 2, 3);
        let start = Instant::now();
        let admitted = |user, after_ms| {
            let now = start + Duration::from_millis(after_ms);
            kind.take(&caller(user), now).is_some_and(|(admitted, _)| admitted)
        };
        assert_eq!([0, 0, 0, 0].map(|at| admitted(1, at)), [true, true, true, false]);
        assert!(admitted(2, 0), "another's bucket");
        assert_eq!([400, 500, 600].map(|at| admitted(1, at)), [false, true, false]);
        assert!(Kind::new("none", 0, 0).take(&caller(1), start).is_none());
    }
}
