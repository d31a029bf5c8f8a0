//! The chores of this repository as one program: `cargo run -p xtask -- help`. Not part of the product.

mod setup;
mod steps;
mod test;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "xtask", about = "The chores of the Guanxi repository")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Check the rules of the house: walls, names, translations, sizes
    Tidy,
    /// Run every check: tidy, format, lints, web, tests on both databases, browser journeys
    Test,
    /// Check what is built in: licences, sources, known faults
    Dependencies,
    /// Build the web UI, which the binary embeds
    Web,
    /// Take a picture of every screen of the built binary, into `screens`
    Screens,
    /// Install what building and testing need, or say what to install
    Setup,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = repository().and_then(|root| match cli.chore {
        Chore::Tidy => tidy::run(&root),
        Chore::Test => test::run(&root),
        Chore::Dependencies => test::check_dependencies(&root),
        Chore::Web => test::build_web(&root),
        Chore::Screens => test::take_screens(&root),
        Chore::Setup => setup::run(&root),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The nearest directory upwards that has the workspace's rooms in it.
fn repository() -> Result<PathBuf, String> {
    let here = std::env::current_dir().map_err(|error| format!("no current directory: {error}"))?;
    here.ancestors()
        .find(|directory| directory.join("crates/xtask/Cargo.toml").is_file())
        .map(Path::to_owned)
        .ok_or_else(|| "run this inside the Guanxi repository".to_owned())
}
