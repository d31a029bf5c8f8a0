//! The commands of the program: what they take, and what they print.

mod serve;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
        }
    })
}
