//! The canary scan: every field of every record holds a word of its own; whatever any caller gets out of any door
//! is searched for words, and each must be one that the slow rules let this caller see. The log holds none.

mod birds;
pub mod doors;
mod log;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::matrix::callers;
use crate::matrix::records::Records;
use crate::matrix::table::CALLERS;
use crate::world::{Database, World};
use birds::Birds;

/// Fields that the salesperson's role hides or masks.
const GUARDED: [(&str, &str, &str); 4] = [
    ("account", "phone", "hidden"),
    ("contact", "email", "hidden"),
    ("account", "website", "masked"),
    ("opportunity", "next_step", "hidden"),
];

/// What each caller got to see.
type Seen = BTreeMap<&'static str, BTreeSet<String>>;

async fn scan(world: World) -> Seen {
    let role = world.admin.find("roles", "code", "salesperson").await;
    for (object, field, access) in GUARDED {
        let right = json!({"role": role, "object": object, "field": field, "access": access});
        world.admin.make("role_field_rights", right).await;
    }
    let records = Records::make(&world).await;
    let birds = Birds::let_fly(&world, &records).await;
    assert!(birds.count() > 250, "{} words are out", birds.count());
    let mut seen = Seen::new();
    for (caller, client) in CALLERS.iter().zip(callers(&world)) {
        let mut found = BTreeSet::new();
        let answers = doors::everything(&world, client, &records).await;
        let mut bytes = 0;
        for (door, answer) in &answers {
            bytes += answer.len();
            for bird in birds.in_text(answer) {
                assert!(bird.may_be_seen_by(caller), "{caller} sees {bird:?} at {door}");
                found.insert(format!("{} {} {}", bird.object, bird.index, bird.field));
            }
        }
        if *caller != "nobody" {
            assert!(answers.len() > 300 && bytes > 100_000, "{caller}: {} answers", answers.len());
        }
        seen.insert(caller, found);
    }
    let all = seen["administrator"].len();
    assert!(all > birds.count() / 2, "the administrator sees {all} of {}", birds.count());
    assert!(seen["salesperson"].len() < all && !seen["salesperson"].is_empty());
    assert!(seen["nobody"].is_empty());
    let log = log::text();
    assert!(log.contains("answered"), "the log is heard");
    let logged: Vec<_> = birds.in_text(&log).into_iter().map(|bird| format!("{bird:?}")).collect();
    assert!(logged.is_empty(), "in the log: {logged:?}");
    for secret in [crate::world::PASSWORD, "gx_live_", "guanxi_main="] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
    seen
}

#[test]
fn nobody_gets_a_word_that_the_rules_keep_from_them() {
    log::listen();
    let mut seen = Vec::new();
    for database in [Database::Sqlite, Database::Postgres] {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let world = World::open(database);
        seen.push(runtime.expect("a runtime").block_on(async { scan(world.await).await }));
    }
    assert_eq!(seen[0], seen[1], "both databases show the same");
}
