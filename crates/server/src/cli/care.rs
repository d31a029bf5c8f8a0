//! The commands that look after a workspace: backup, restore, doctor, user, workspace, openapi.

use std::path::PathBuf;

use app::Actor;
use clap::{Args, Subcommand};
use model::Language;
use serde_json::json;

use super::{Context, Failed, open};

/// What `backup` takes.
#[derive(Args)]
pub struct Backup {
    /// The file to write; it must not be there yet.
    to: PathBuf,
}

/// What `restore` takes.
#[derive(Args)]
pub struct Restore {
    /// The backup.
    from: PathBuf,
}

/// What `doctor` takes.
#[derive(Args)]
pub struct Doctor {
    /// Mends what can be mended.
    #[arg(long)]
    mend: bool,
    /// Makes everything that is derived anew.
    #[arg(long)]
    rebuild: bool,
}

/// What `user` takes.
#[derive(Subcommand)]
pub enum User {
    /// Lists the users.
    List,
    /// Sets a user's password, read from standard input; all their sessions end.
    Password {
        /// The user's e-mail address.
        email: String,
    },
}

/// What `workspace` takes.
#[derive(Subcommand)]
pub enum Workspaces {
    /// Lists the workspaces and where they live.
    List,
    /// Says what would change in the tables; changes nothing.
    Plan,
}

/// Writes a backup.
///
/// # Errors
/// The disk's and the store's.
pub async fn backup(context: Context, backup: Backup) -> Result<(), Failed> {
    let report = open(&context).await?.backup(&backup.to).await?;
    if context.json {
        println!("{}", report.json());
    } else {
        println!("{} rows and {} files in {}", report.rows, report.files, backup.to.display());
    }
    Ok(())
}

/// Puts a backup into an empty place.
///
/// # Errors
/// A damaged backup, a place that is taken; the disk's and the store's.
pub async fn restore(context: Context, restore: Restore) -> Result<(), Failed> {
    let place = super::place(&context)?;
    let files = context.config.files(&context.workspace);
    let report = app::backup::restore(&restore.from, &place, &files, app::schema()).await?;
    if context.json {
        println!("{}", report.json());
    } else {
        println!("{} rows and {} files are back", report.rows, report.files);
    }
    Ok(())
}

/// Looks whether all is well.
///
/// # Errors
/// Something is not, with exit code 3.
pub async fn doctor(context: Context, doctor: Doctor) -> Result<(), Failed> {
    let report = open(&context).await?.doctor(doctor.mend, doctor.rebuild).await?;
    if context.json {
        println!("{}", report.json());
    } else {
        report.words(language()).iter().for_each(|line| println!("{line}"));
    }
    if report.is_well() {
        Ok(())
    } else {
        Err(Failed { words: "not all is well; --mend mends what can be".into(), code: 3 })
    }
}

/// The language of the terminal.
fn language() -> Language {
    let set =
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| std::env::var(name).ok());
    set.filter(|tag| tag.starts_with("zh")).map_or(Language::En, |_| Language::Zh)
}

/// Lists users or sets a password.
///
/// # Errors
/// No such user; a password that is not taken.
pub async fn user(context: Context, user: User) -> Result<(), Failed> {
    let workspace = open(&context).await?;
    let system = Actor::system();
    match user {
        User::List => {
            let request = app::records::ListRequest {
                limit: Some(200),
                sort: Some("name".into()),
                ..Default::default()
            };
            let users = workspace.list(&system, "user", request).await?;
            if context.json {
                println!("{}", users.json());
            } else {
                for user in &users.items {
                    let text = |name: &str| user[name].as_str().unwrap_or("").to_owned();
                    let state = if user["active"] == json!(true) { "" } else { "  (not active)" };
                    println!("{:<36} {}{state}", text("email"), text("name"));
                }
            }
        }
        User::Password { email } => {
            let found = workspace
                .list(
                    &system,
                    "user",
                    app::records::ListRequest {
                        filter: Some(json!({"field": "email", "op": "eq", "value": email})),
                        ..Default::default()
                    },
                )
                .await?;
            let id = found
                .items
                .first()
                .and_then(|user| user["id"].as_str())
                .and_then(|id| id.parse().ok());
            let id = id.ok_or_else(|| Failed::because(format!("there is no user {email}")))?;
            let mut password = String::new();
            std::io::stdin().read_line(&mut password).map_err(Failed::because)?;
            workspace.set_password(id, password.trim_end_matches(['\r', '\n']), None).await?;
            eprintln!("The password of {email} is set; all their sessions have ended.");
        }
    }
    Ok(())
}

/// Lists workspaces or says what would change.
///
/// # Errors
/// The store's.
pub async fn workspaces(context: Context, command: Workspaces) -> Result<(), Failed> {
    match command {
        Workspaces::List => {
            for name in context.config.workspaces.keys() {
                // A connection string may hold a password: only the kind of place is shown.
                let place = match context.config.placement(name) {
                    Some(app::workspace::Place::Sqlite { dir }) => {
                        format!("SQLite in {}", dir.display())
                    }
                    Some(app::workspace::Place::Postgres { schema, .. }) => {
                        format!("PostgreSQL, schema {schema}")
                    }
                    None => continue,
                };
                if context.json {
                    println!("{}", json!({"name": name, "place": place}));
                } else {
                    println!("{name:<20} {place}");
                }
            }
        }
        Workspaces::Plan => {
            let plan = app::Workspace::plan(&super::place(&context)?, app::schema()).await?;
            for step in &plan.steps {
                println!("{}", step.what);
            }
            eprintln!("{} changes", plan.steps.len());
        }
    }
    Ok(())
}

/// Prints the workspace's OpenAPI document.
///
/// # Errors
/// The store's.
pub async fn openapi(context: Context) -> Result<(), Failed> {
    let document = open(&context).await?.openapi_json(&Actor::system());
    println!("{}", serde_json::to_string_pretty(&document).map_err(Failed::because)?);
    Ok(())
}
