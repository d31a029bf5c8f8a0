//! The rows that an import did not take, as a CSV with the file's own columns and the reason in words, ready to be
//! mended and imported again.

use std::collections::BTreeMap;
use std::fs::File;

use formats::{ErrorWriter, FormatError, Table};
use model::{Language, Uuid};
use serde_json::Value as Json;

use super::plan::Plan;
use super::source::{blocking, nameless};
use crate::access::Actor;
use crate::{Result, Workspace};

/// Chunks whose problems are held at once.
const CHUNKS_MAX: usize = 50;

impl Workspace {
    /// The rows that were not taken: a file without a name, open at its start, and the name for a download.
    ///
    /// # Errors
    /// `not_found`, `forbidden`; what is wrong with the import's file; the disk's and the store's.
    pub async fn import_errors(&self, actor: &Actor, id: Uuid) -> Result<(String, File)> {
        let state = self.own_import(actor, id).await?;
        let mapping = state.mapping()?;
        let (meta, table) = self.open_table(&Actor::system(), state.file, &mapping.file).await?;
        // Without a plan (a field is gone) problems are named by their path.
        let plan = self.compile(&Actor::system(), &mapping, table.headers()).ok();
        let (writes, reads) = nameless(self)?;
        let language = actor.language;
        let headers = table.headers().to_vec();
        let head = model::messages::render("reason", &[], language);
        let mut writer =
            ErrorWriter::new(writes, &headers, &head).map_err(super::source::file_error)?;
        let mut table = Some(table);
        let mut after = 0;
        loop {
            let told = self.store.read(move |tx| tx.import_problems(id, after, CHUNKS_MAX)).await?;
            let Some((last, _)) = told.last() else { break };
            after = *last;
            let reasons = reasons(&told, plan.as_ref(), &headers, language);
            let open = table.take().expect("given back after each step");
            let work = move || -> std::result::Result<_, FormatError> {
                let mut open = open;
                write_rows(&mut open, &mut writer, &reasons)?;
                Ok((open, writer))
            };
            let (open, kept) = blocking(work).await?;
            table = Some(open);
            writer = kept;
        }
        blocking(move || writer.finish()).await?;
        let stem = meta.name.split('.').next().unwrap_or("import").to_owned();
        Ok((format!("{stem}-errors.csv"), reads))
    }
}

/// The reason in words, by row.
fn reasons(
    told: &[(i64, String)],
    plan: Option<&Plan>,
    headers: &[String],
    language: Language,
) -> BTreeMap<u64, String> {
    let mut reasons = BTreeMap::new();
    for (_, entries) in told {
        let entries: Vec<Json> = serde_json::from_str(entries).unwrap_or_default();
        for entry in entries.iter().filter(|entry| entry["action"] == "fail") {
            let problems = entry["problems"].as_array().map(Vec::as_slice).unwrap_or_default();
            let words: Vec<String> =
                problems.iter().map(|problem| words(problem, plan, headers, language)).collect();
            let row = entry["row"].as_u64().unwrap_or(0);
            reasons.insert(row, words.join(" "));
        }
    }
    reasons
}

/// `Quantity: “x” is no number.`, by the name of the column where there is one.
fn words(problem: &Json, plan: Option<&Plan>, headers: &[String], language: Language) -> String {
    let message = problem["message"].as_str().unwrap_or("");
    let Some(path) = problem["field"].as_str() else { return message.to_owned() };
    let column = path.parse::<usize>().ok().map(|column| column.saturating_sub(1));
    let column = column.or_else(|| plan.and_then(|plan| plan.column_of(path)));
    let name = column.and_then(|column| headers.get(column)).map_or(path, String::as_str);
    let colon = if language == Language::Zh { "：" } else { ": " };
    format!("{name}{colon}{message}")
}

fn write_rows(
    table: &mut Table,
    writer: &mut ErrorWriter<File>,
    reasons: &BTreeMap<u64, String>,
) -> std::result::Result<(), FormatError> {
    let Some(last) = reasons.keys().next_back() else { return Ok(()) };
    for row in table.by_ref() {
        let row = row?;
        if let Some(reason) = reasons.get(&row.number) {
            writer.write(&row, reason)?;
        }
        if row.number >= *last {
            break;
        }
    }
    Ok(())
}
