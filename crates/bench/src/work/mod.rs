//! What is measured, in order: a small firm and a large one on each database, and how figures grow between them.

mod bulk;
mod live;
mod prepare;
mod process;
mod reads;
mod search;
mod writes;

use std::path::Path;
use std::time::Duration;

use crate::child::Server;
use crate::rows::Size;
use crate::table::Table;
use crate::world::{Database, Resting, World};
use crate::{Outcome, Wanted};

/// For how long requests are sent, each.
const TIME: Duration = Duration::from_secs(3);
/// Connections that ask at once.
const CONNECTIONS: usize = 16;
/// The small firm is smaller by this.
const GROWTH: usize = 100;

/// A firm, its floor, and what was measured.
struct Bench<'a> {
    world: &'a World,
    floor: &'a Server,
    table: Table,
    /// Milliseconds of processor time an answer, by work: what is compared between firms.
    costs: Vec<(String, f64)>,
}

/// Measures everything that is wanted and prints it.
///
/// # Errors
/// What the product or the machine says.
pub fn all(wanted: &Wanted) -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    for database in &wanted.databases {
        let contacts = wanted.contacts_on(database);
        let small = runtime.block_on(firm(wanted, database, contacts / GROWTH))?;
        let large = runtime.block_on(firm(wanted, database, contacts))?;
        println!("\nFrom {} to {contacts} contacts on {database}:\n", contacts / GROWTH);
        println!("| work | ms | ms | factor |\n|---|---|---|---|");
        for (work, cost) in large {
            let Some((_, before)) = small.iter().find(|(name, _)| *name == work) else { continue };
            println!("| {work} | {before:.3} | {cost:.3} | {:.2} |", cost / before);
        }
    }
    Ok(())
}

async fn firm(wanted: &Wanted, database: &str, contacts: usize) -> Outcome<Vec<(String, f64)>> {
    eprintln!("{database}, {contacts} contacts");
    let kept = wanted.dir.as_ref().map(|dir| dir.join(format!("{database}-{contacts}")));
    let passing = tempfile::tempdir()?;
    let dir = kept.as_deref().unwrap_or_else(|| passing.path());
    let cluster = match database {
        "postgres" => {
            let options = pgtest::Options { fsync: true, ..pgtest::Options::default() };
            Some(pgtest::Cluster::start_with(&options)?)
        }
        _ => None,
    };
    let dsn = cluster.as_ref().map(|cluster| cluster.dsn());
    let size = Size { contacts };
    let mut table = Table::default();
    let (resting, floor) = match World::kept(dir, size)? {
        Some(resting) => {
            let floor = prepare::floor_again(&resting)?;
            (resting, floor)
        }
        None => {
            let resting = loaded(wanted, World::begin(dir, dsn, size).await?, &mut table).await?;
            let floor = prepare::floor(&resting).await?;
            (resting, floor)
        }
    };
    if wanted.is("search") {
        search::measure(&resting, &mut table).await?;
    }
    let world = resting.serve()?;
    let mut bench = Bench { world: &world, floor: &floor, table, costs: Vec::new() };
    if wanted.is("list") {
        reads::lists(&mut bench).await?;
    }
    if wanted.is("record") {
        reads::record(&mut bench).await?;
    }
    if wanted.is("create") {
        writes::create(&mut bench).await?;
    }
    if wanted.is("export") {
        bulk::export(&mut bench).await?;
    }
    if wanted.is("live") {
        live::listeners(&mut bench).await?;
    }
    if wanted.is("process") {
        process::full(&mut bench);
    }
    bench.table.print(&format!("{database}, {contacts} contacts"));
    Ok(bench.costs)
}

/// Fills the firm; measures what can be measured meanwhile.
async fn loaded(wanted: &Wanted, mut world: World, table: &mut Table) -> Outcome<Resting> {
    if wanted.is("process") {
        world = process::empty(world, table).await?;
    }
    let loaded = world.load().await?;
    bulk::import(&world, &loaded, table).await?;
    if wanted.dir.is_some() && is_sqlite(&world) {
        world.keep()?;
    }
    Ok(world.rest())
}

/// Where the floor's copy of the tables is.
fn copy_of(dir: &Path) -> std::path::PathBuf {
    dir.join("floor.db")
}

fn is_sqlite(world: &World) -> bool {
    world.database == Database::Sqlite
}
