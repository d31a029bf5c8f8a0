//! The process itself: how soon it is ready and how much memory it holds.

use super::Bench;
use crate::Outcome;
use crate::table::{Goal, Table};
use crate::world::World;

/// An empty firm, opened again.
///
/// # Errors
/// The server does not start.
pub async fn empty(world: World, table: &mut Table) -> Outcome<World> {
    let world = world.rest().serve()?;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let ready = world.server.ready.as_secs_f64();
    table.line("ready", "", "", (ready, " s"), Goal::AtMost(0.3));
    let idle = world.server.memory_with_files_mb();
    table.line("idle memory", "", "", (idle, " MB"), Goal::AtMost(60.0));
    Ok(world)
}

/// The whole firm, after everything else.
pub fn full(bench: &mut Bench<'_>) {
    let memory = bench.world.server.memory_mb();
    let shown = format!("{:.0} MB with mapped files", bench.world.server.memory_with_files_mb());
    bench.table.line("memory of the full firm", &shown, "", (memory, " MB"), Goal::AtMost(150.0));
}
