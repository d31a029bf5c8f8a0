//! Live updates: server-sent events of what changed, read from the feed under the listener's rights.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use app::{Actor, Error, Workspace};
use axum::extract::State as Held;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream;
use model::Problem;
use serde_json::Value;
use tokio::sync::watch;

use super::enter::{Entered, State, text};
use super::limits::Listening;
use super::problem::Failure;

/// Listeners of one process.
pub const LISTENERS_MAX: usize = 5_000;

/// One listener; counted as long as it listens.
struct Listener {
    _counted: Listening,
    workspace: Arc<Workspace>,
    actor: Actor,
    watch: watch::Receiver<i64>,
    after: i64,
    waiting: std::collections::VecDeque<Value>,
}

impl Listener {
    /// The next event; none when the listener may listen no more.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(change) = self.waiting.pop_front() {
                let id = change["seq"].to_string();
                return Some(Event::default().event("change").id(id).data(change.to_string()));
            }
            while *self.watch.borrow_and_update() <= self.after {
                self.watch.changed().await.ok()?;
            }
            // The rights as they are now: who was deactivated hears nothing more.
            let mut actor = self.actor.clone();
            let mut rights = self.workspace.rights(actor.user()).await.ok()?;
            if actor.rights.narrowed.is_some() {
                let narrowed = actor.rights.narrowed.clone();
                rights = Arc::new(model::Rights { narrowed, ..rights.as_ref().clone() });
            }
            actor.rights = rights;
            let (changes, after) = self.workspace.feed(&actor, self.after).await.ok()?;
            self.after = after;
            self.waiting.extend(changes);
        }
    }
}

/// `GET /events`
pub async fn events(
    entered: Entered,
    Held(hosting): Held<State>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    if hosting.allowances.listeners() >= LISTENERS_MAX {
        return Err(Failure(Error::Refused(Problem::new("rate_limited").with("seconds", 5))));
    }
    let counted = hosting.allowances.listen(entered.caller)?;
    let watch = entered.workspace.feed_watch();
    let present = *watch.borrow();
    let after = text(&headers, "last-event-id").parse().unwrap_or(present);
    let listener = Listener {
        _counted: counted,
        workspace: entered.workspace,
        actor: entered.actor,
        watch,
        after,
        waiting: std::collections::VecDeque::new(),
    };
    let changes = stream::unfold(listener, |mut listener| async {
        listener.next().await.map(|event| (Ok(event), listener))
    });
    Ok(Sse::new(changes).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))))
}
