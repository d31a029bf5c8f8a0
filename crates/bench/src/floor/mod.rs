//! The floors: what a bare handler over the bare database does for the same answer. No rights, no history, no checks.

pub mod postgres;
pub mod sqlite;

use std::future::Future;

use axum::Router;
use serde::Serialize;
use tokio::net::TcpListener;

use crate::Outcome;

/// The fields of a listed contact, as the product is asked for them.
pub const FIELDS: &str =
    "name,account,job_title,mobile,email,city,decision_role,last_contact_at,owner,updated_at";

/// The columns of the same, with the titles of what is linked.
pub const LIST: &str = "SELECT t.id, t.version, t.name, t.account_id, \
    (SELECT a.name FROM accounts a WHERE a.id = t.account_id) AS account_title, t.job_title, t.mobile, t.email, \
    t.city, t.decision_role, t.last_contact_at, t.owner_id, \
    (SELECT u.name FROM users u WHERE u.id = t.owner_id) AS owner_title, t.updated_at \
    FROM contacts t WHERE t.deleted_at IS NULL";

/// The end of the same.
pub const ORDER: &str = " ORDER BY t.updated_at DESC, t.id DESC LIMIT 51";

/// Deals in work by owner and stage.
pub const BOARD: &str = "SELECT owner_id, stage_id, COUNT(*), CAST(SUM(amount) AS bigint) FROM opportunities \
    WHERE deleted_at IS NULL AND status = 'open' GROUP BY owner_id, stage_id";

/// A link with its title.
#[derive(Serialize)]
pub struct Link {
    /// The id.
    pub id: String,
    /// The title.
    pub title: Option<String>,
}

/// A listed contact.
#[derive(Serialize)]
#[allow(missing_docs)]
pub struct Contact {
    pub id: String,
    pub version: i64,
    pub name: Option<String>,
    pub account: Option<Link>,
    pub job_title: Option<String>,
    pub mobile: Option<String>,
    pub email: Option<String>,
    pub city: Option<String>,
    pub decision_role: Option<String>,
    pub last_contact_at: Option<String>,
    pub owner: Option<Link>,
    pub updated_at: String,
}

/// A page of them.
#[derive(Serialize)]
pub struct Page {
    /// The contacts.
    pub items: Vec<Contact>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// Microseconds since 1970 as RFC 3339.
///
/// # Errors
/// None within the years of people.
pub fn instant(micros: i64) -> Outcome<String> {
    Ok(jiff::Timestamp::from_microsecond(micros)?.to_string())
}

/// Serves `router` on a free port, in a runtime of its own, until it is stopped.
///
/// # Errors
/// No port.
pub fn serve(router: impl Future<Output = Outcome<Router>>) -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let router = router.await?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        eprintln!("The floor serves at http://{}", listener.local_addr()?);
        Ok(axum::serve(listener, router).await?)
    })
}
