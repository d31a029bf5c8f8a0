//! `guanxi import` and `guanxi export`: files of this machine in and out, with progress.

use std::path::PathBuf;

use app::Actor;
use clap::Args;
use serde_json::{Value, json};

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

/// What `import` takes.
#[derive(Args)]
pub struct Import {
    /// The file: CSV (also .gz), XLSX, vCard or JSON lines.
    from: PathBuf,
    /// The mapping, JSON or TOML; guessed from the column names when there is none.
    #[arg(long)]
    mapping: Option<PathBuf>,
    /// The object, when the mapping does not say.
    #[arg(long)]
    object: Option<String>,
    /// Says what would happen; writes nothing.
    #[arg(long)]
    dry_run: bool,
    /// Where the rows that were not taken go, with the reason.
    #[arg(long)]
    errors: Option<PathBuf>,
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

/// Reads records from a file.
///
/// # Errors
/// What is wrong with the file or mapping; exit code 3 when some rows were not taken.
pub async fn import(context: Context, import: Import) -> Result<(), Failed> {
    let mapping = match &import.mapping {
        None => None,
        Some(path) => Some(read_mapping(path)?),
    };
    let workspace = open(&context).await?;
    if workspace.needs_setup().await? {
        return Err(Failed::because(format!(
            "workspace {} is not set up: start `guanxi serve` and open the address it prints",
            context.workspace
        )));
    }
    let progress = bar("Importing");
    let mut told = |rows: i64, total: i64| {
        progress.set_length(total.max(0) as u64);
        progress.set_position(rows.max(0) as u64);
    };
    let system = Actor::system();
    let mapping = match mapping {
        Some(mapping) => mapping,
        None => guess(&workspace, &import).await?,
    };
    let mapping = app::imports::Mapping::read(&mapping)?;
    let record =
        workspace.import_path(&system, &import.from, mapping, import.dry_run, &mut told).await?;
    progress.finish_and_clear();
    let number = |name: &str| record[name].as_i64().unwrap_or(0);
    if context.json {
        println!("{record}");
    } else {
        println!(
            "{} rows: {} created, {} updated, {} skipped, {} not taken",
            number("rows_total"),
            number("rows_created"),
            number("rows_updated"),
            number("rows_skipped"),
            number("rows_failed")
        );
    }
    if record["status"] != json!("done") {
        return Err(Failed::because(
            record["error"].as_str().unwrap_or("the import did not finish"),
        ));
    }
    let failed = number("rows_failed");
    if failed == 0 {
        return Ok(());
    }
    let where_to = match (&import.errors, record["id"].as_str().and_then(|id| id.parse().ok())) {
        (Some(path), Some(id)) => {
            let (_, mut rows) = workspace.import_errors(&system, id).await?;
            let copied =
                std::fs::File::create(path).and_then(|mut to| std::io::copy(&mut rows, &mut to));
            copied.map_err(|error| Failed::because(format!("{}: {error}", path.display())))?;
            format!("they are in {} with the reason", path.display())
        }
        _ => "--errors FILE writes them down with the reason".to_owned(),
    };
    Err(Failed { words: format!("{failed} rows were not taken; {where_to}"), code: 3 })
}

/// The mapping that the column names and values suggest.
async fn guess(workspace: &app::Workspace, import: &Import) -> Result<Value, Failed> {
    let system = Actor::system();
    let name =
        import.from.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let opened = tokio::fs::File::open(&import.from).await;
    let opened =
        opened.map_err(|error| Failed::because(format!("{}: {error}", import.from.display())))?;
    let file = workspace.put_file(&system, &name, None, opened).await?;
    let id = file["id"].as_str().and_then(|id| id.parse().ok());
    let id = id.ok_or_else(|| Failed::because("the file was not kept"))?;
    let mut seen = workspace.inspect_import(&system, id, import.object.as_deref()).await?;
    match seen["mapping"].take() {
        Value::Null => {
            Err(Failed::usage("the columns fit no object: say how they go with --mapping FILE"))
        }
        mapping => Ok(mapping),
    }
}

fn read_mapping(path: &std::path::Path) -> Result<Value, Failed> {
    let words =
        |error: &dyn std::fmt::Display| Failed::usage(format!("{}: {error}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| words(&error))?;
    if path.extension().is_some_and(|ending| ending == "toml") {
        return toml::from_str(&text).map_err(|error| words(&error));
    }
    serde_json::from_str(&text).map_err(|error| words(&error))
}
