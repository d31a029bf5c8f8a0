//! `guanxi export`: records into a file of this machine, with progress.

use std::path::PathBuf;

use app::Actor;
use clap::Args;
use serde_json::json;

use super::{Context, Failed, bar, open};

/// What `export` takes.
#[derive(Args)]
pub struct Export {
    /// The object, such as account.
    object: String,
    /// The file to write; its ending says the format: csv, xlsx, jsonl, vcf.
    to: PathBuf,
    /// Only records that pass this filter (JSON).
    #[arg(long)]
    filter: Option<String>,
    /// Only these fields: a,b,c.
    #[arg(long)]
    fields: Option<String>,
    /// The order: -updated_at,name.
    #[arg(long)]
    sort: Option<String>,
    /// Texts exactly as they are, also those that a spreadsheet would take for a formula.
    #[arg(long)]
    raw: bool,
}

/// Writes records into a file.
///
/// # Errors
/// What is wrong with the request; the disk's and the store's.
pub async fn export(context: Context, export: Export) -> Result<(), Failed> {
    let ending = export.to.extension().and_then(|ending| ending.to_str()).unwrap_or("csv");
    let format = if ending == "vcf" { "vcard" } else { ending };
    let mut body = json!({"object": export.object, "format": format, "raw": export.raw});
    if let Some(filter) = &export.filter {
        body["filter"] = serde_json::from_str(filter).map_err(Failed::usage)?;
    }
    for (name, value) in [("fields", &export.fields), ("sort", &export.sort)] {
        if let Some(value) = value {
            body[name] = json!(value);
        }
    }
    let workspace = open(&context).await?;
    let progress = bar("Exporting");
    let mut told = |rows: u64, total: u64| {
        progress.set_length(total);
        progress.set_position(rows);
    };
    let written = workspace.export_to(&Actor::system(), &body, &export.to, &mut told).await?;
    progress.finish_and_clear();
    if context.json {
        println!("{}", json!({"rows": written.rows}));
    } else {
        println!("{} rows in {}", written.rows, export.to.display());
    }
    Ok(())
}
