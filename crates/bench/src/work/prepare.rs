//! Between loading and measuring: times are spread over two years, and the floor gets tables of its own.

use store::Place;

use super::copy_of;
use crate::Outcome;
use crate::child::Server;
use crate::floor::{postgres, sqlite};
use crate::world::Resting;

/// Two years in microseconds.
const SPREAD: i64 = 2 * 365 * 86_400_000_000;

/// Starts the floor over a firm that was kept.
///
/// # Errors
/// It does not start.
pub fn floor_again(resting: &Resting) -> Outcome<Server> {
    let file = resting.dir.join("main").join("guanxi.db");
    let copy = copy_of(&resting.dir);
    Server::start(&["floor-sqlite", &file.to_string_lossy(), &copy.to_string_lossy()])
}

/// Spreads times and starts the floor.
///
/// # Errors
/// The database's.
pub async fn floor(resting: &Resting) -> Outcome<Server> {
    match &resting.place {
        Place::Sqlite { dir } => {
            let file = dir.join("guanxi.db");
            let connection = sqlite::open(&file)?;
            connection.execute_batch(&format!(
                "UPDATE contacts SET updated_at = updated_at - abs(random() % {SPREAD});
                 UPDATE contacts SET created_at = updated_at,
                    last_contact_at = CASE WHEN abs(random()) % 3 = 0 THEN updated_at END;
                 PRAGMA wal_checkpoint(TRUNCATE);"
            ))?;
            sqlite::same_tables(&file, &copy_of(&resting.dir))?;
            floor_again(resting)
        }
        Place::Postgres { dsn, schema } => {
            let client = postgres::connect(dsn, schema).await?;
            let copy = format!("{schema}_floor");
            client
                .batch_execute(&format!(
                    "UPDATE contacts SET updated_at = updated_at - (random() * {SPREAD})::bigint;
                     UPDATE contacts SET created_at = updated_at,
                        last_contact_at = CASE WHEN random() < 0.33 THEN updated_at END;
                     CREATE SCHEMA \"{copy}\";
                     CREATE TABLE \"{copy}\".contacts (LIKE contacts INCLUDING ALL);
                     CREATE TABLE \"{copy}\".gx_search_doc (LIKE gx_search_doc INCLUDING ALL);"
                ))
                .await?;
            client.batch_execute("VACUUM ANALYZE").await?;
            Server::start(&["floor-postgres", dsn, schema, &copy])
        }
    }
}
