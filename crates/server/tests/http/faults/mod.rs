//! Faults, one test a case of `docs/attacks-and-faults.md`, as far as they show at the doors: lost updates, slow
//! statements, panics, clocks that jump, a database that goes away. What kills the process is in `tests/process`.

mod clocks;
mod databases;
mod panics;
mod statements;
pub mod updates;
