//! The commands of the program: what they take, and what they print.

mod care;
mod demo;
mod mine;
mod serve;
mod transfer;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use app::Workspace;
use app::workspace::Place;
use clap::{CommandFactory, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use crate::config::Config;

/// Guanxi 关系: customer relationship management.
#[derive(Parser)]
#[command(name = "guanxi", version, about, propagate_version = true)]
pub struct Arguments {
    /// The configuration file; guanxi.toml in the working directory when there is one.
    #[arg(long, global = true, env = "GUANXI_CONFIG")]
    config: Option<PathBuf>,
    /// Where databases and files live.
    #[arg(long, global = true, env = "GUANXI_DATA")]
    data: Option<PathBuf>,
    /// The workspace.
    #[arg(long, global = true, default_value = "main", env = "GUANXI_WORKSPACE")]
    workspace: String,
    /// Answers as JSON.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the workspaces of the configuration.
    Serve(serve::Serve),
    /// Makes a living demo firm and serves it.
    Demo(demo::Demo),
    /// Reads records from a file.
    Import(transfer::Import),
    /// Writes records into a file.
    Export(transfer::Export),
    /// Writes everything of the workspace into one verified file, also while it is served by PostgreSQL.
    Backup(care::Backup),
    /// Puts a backup into an empty place.
    Restore(care::Restore),
    /// Studies the customers in a file: segments, predictions, baskets, value and more; needs no workspace.
    Mine(mine::Mine),
    /// Looks whether all is well, and mends.
    Doctor(care::Doctor),
    /// Users and their passwords.
    #[command(subcommand)]
    User(care::User),
    /// Workspaces and where they live.
    #[command(subcommand)]
    Workspace(care::Workspaces),
    /// Prints the workspace's OpenAPI document.
    Openapi,
    /// Prints completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// What went wrong, in words, and how the program ends: 1 failed, 2 used wrongly, 3 done in part.
#[derive(Debug)]
pub struct Failed {
    /// What is wrong and how to mend it.
    pub words: String,
    /// The exit code.
    pub code: u8,
}

impl Failed {
    /// It failed.
    pub fn because(words: impl ToString) -> Failed {
        Failed { words: words.to_string(), code: 1 }
    }

    /// It was used wrongly.
    pub fn usage(words: impl ToString) -> Failed {
        Failed { words: words.to_string(), code: 2 }
    }
}

impl From<app::Error> for Failed {
    fn from(error: app::Error) -> Failed {
        let words = match &error {
            app::Error::Invalid(problems) => {
                let words: Vec<String> = problems
                    .iter()
                    .map(|problem| {
                        let field = problem.field.as_deref().unwrap_or("");
                        format!("{field}: {}", problem.message(model::Language::En))
                    })
                    .collect();
                words.join("\n")
            }
            app::Error::Refused(problem) => problem.message(model::Language::En),
            other => other.to_string(),
        };
        Failed::because(words)
    }
}

/// What every command works with.
pub struct Context {
    /// The configuration, flags included.
    pub config: Config,
    /// The workspace named.
    pub workspace: String,
    /// Answers as JSON.
    pub json: bool,
}

/// Reads the arguments, does the command, says what went wrong.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            eprintln!("guanxi: {}", failed.words);
            ExitCode::from(failed.code)
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Failed> {
    let mut config = Config::read(arguments.config.as_deref()).map_err(Failed::usage)?;
    if let Some(data) = arguments.data {
        config.data = data;
    }
    let context = Context { config, workspace: arguments.workspace, json: arguments.json };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(Failed::because)?;
    runtime.block_on(async {
        match arguments.command {
            Command::Serve(serve) => serve::run(context, serve).await,
            Command::Demo(demo) => demo::run(context, demo).await,
            Command::Import(import) => transfer::import(context, import).await,
            Command::Export(export) => transfer::export(context, export).await,
            Command::Backup(backup) => care::backup(context, backup).await,
            Command::Restore(restore) => care::restore(context, restore).await,
            Command::Mine(mine) => mine::run(context, mine).await,
            Command::Doctor(doctor) => care::doctor(context, doctor).await,
            Command::User(user) => care::user(context, user).await,
            Command::Workspace(command) => care::workspaces(context, command).await,
            Command::Openapi => care::openapi(context).await,
            Command::Completions { shell } => {
                let mut command = Arguments::command();
                clap_complete::generate(shell, &mut command, "guanxi", &mut std::io::stdout());
                Ok(())
            }
        }
    })
}

/// Where the workspace named lives.
fn place(context: &Context) -> Result<Place, Failed> {
    let name = &context.workspace;
    let known = || context.config.workspaces.keys().cloned().collect::<Vec<_>>().join(", ");
    let place = context.config.placement(name);
    place.ok_or_else(|| {
        Failed::usage(format!("there is no workspace {name}; there are: {}", known()))
    })
}

/// Opens the workspace named.
async fn open(context: &Context) -> Result<Arc<Workspace>, Failed> {
    let files = context.config.files(&context.workspace);
    let opened = Workspace::open(&context.workspace, &place(context)?, &files, app::schema()).await;
    Ok(Arc::new(opened?))
}

/// A progress bar on standard error, shown only on a terminal.
fn bar(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    let style =
        ProgressStyle::with_template("{msg} {human_pos} / {human_len} {wide_bar} {per_sec} {eta}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.with_message(what)
}
