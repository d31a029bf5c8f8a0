//! `guanxi demo`: makes the living demo firm, says how to sign in, and serves it.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use model::Language;
use serde_json::json;

use super::{Context, Failed, bar, open, serve};
use crate::hosting::Hosting;

/// What `demo` takes.
#[derive(Args)]
pub struct Demo {
    /// The seed: the same seed makes the same firm.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// The size: 1 is about 1,500 customers and 100,000 records.
    #[arg(long, default_value_t = 1.0)]
    scale: f64,
    /// The firm's language: zh-CN or en.
    #[arg(long, default_value = "zh-CN")]
    locale: String,
    /// Where the firm's data live.
    #[arg(long)]
    dir: Option<PathBuf>,
    /// The address to listen at.
    #[arg(long)]
    listen: Option<std::net::SocketAddr>,
    /// Only make the firm, do not serve it.
    #[arg(long)]
    no_serve: bool,
    /// Writes down what is planted in the firm, as Markdown.
    #[arg(long)]
    truths: Option<PathBuf>,
}

/// Makes the firm if it is not there yet, and serves it.
///
/// # Errors
/// A language that is not known; the firm's data cannot be written.
pub async fn run(mut context: Context, demo: Demo) -> Result<(), Failed> {
    serve::start_log();
    let language = Language::parse(&demo.locale)
        .ok_or_else(|| Failed::usage(format!("{} is no language: use zh-CN or en", demo.locale)))?;
    if !(0.01..=100.0).contains(&demo.scale) {
        return Err(Failed::usage("--scale goes from 0.01 to 100"));
    }
    context.config.data = demo.dir.unwrap_or_else(|| PathBuf::from("demo-data"));
    if let Some(listen) = demo.listen {
        context.config.listen = listen;
    }
    let note = context.config.data.join("sign-in.txt");
    let workspace = open(&context).await?;
    if workspace.needs_setup().await? {
        let progress = bar("Making the demo firm");
        let firm = workspace
            .load_demo(demo.seed, demo.scale, language, &mut |rows| progress.set_position(rows))
            .await?;
        progress.finish_and_clear();
        let words = format!("{}\n{}\n", firm.email, firm.password);
        write_private(&note, &words)
            .map_err(|error| Failed::because(format!("{}: {error}", note.display())))?;
        if context.json {
            println!(
                "{}",
                json!({"records": firm.records, "email": firm.email, "password": firm.password})
            );
        }
        eprintln!("The demo firm has {} records.", firm.records);
    }
    if let Some(path) = demo.truths {
        let words = workspace.demo_truths(demo.seed, demo.scale, language);
        std::fs::write(&path, words)
            .map_err(|error| Failed::because(format!("{}: {error}", path.display())))?;
    }
    drop(workspace);
    if let Ok(words) = std::fs::read_to_string(&note) {
        let mut lines = words.lines();
        let (email, password) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""));
        eprintln!("Sign in as {email} with the password {password} (also in {}).", note.display());
    }
    if demo.no_serve {
        return Ok(());
    }
    serve::listen(Arc::new(Hosting::open(context.config).await?)).await
}

/// Writes a file that only its owner reads.
fn write_private(path: &std::path::Path, words: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::File::options();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(words.as_bytes())
}
