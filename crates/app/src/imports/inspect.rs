//! A first look at a file: what it is, its columns with samples, how many rows, and a mapping that may fit.

use model::Uuid;
use serde_json::{Value as Json, json};

use super::guess::guess;
use super::mapping::FileRule;
use super::source::blocking;
use crate::access::Actor;
use crate::{Result, Workspace};

/// Rows looked at.
const SAMPLE_ROWS: usize = 200;
/// Values shown of each column.
const SAMPLES_MAX: usize = 5;
/// Characters shown of a value.
const SAMPLE_CHARS_MAX: usize = 120;

impl Workspace {
    /// What a file is: `{"kind","encoding","columns":[{"name","samples"}],"rows","sheets","mapping"}`; the mapping
    /// is a guess, for the object named or for the one that fits best.
    ///
    /// # Errors
    /// `not_found`; what is wrong with the file; the store's.
    pub async fn inspect_import(
        &self,
        actor: &Actor,
        file: Uuid,
        object: Option<&str>,
    ) -> Result<Json> {
        let rule = FileRule::default();
        let (meta, mut table) = self.open_table(actor, file, &rule).await?;
        let headers = table.headers().to_vec();
        let kind = table.kind().extension();
        let encoding = table.dialect().map(|dialect| dialect.encoding);
        let sheets = table.sheets().to_vec();
        let sample = blocking(move || table.sample(SAMPLE_ROWS)).await?;
        let columns: Vec<Vec<String>> = (0..headers.len())
            .map(|index| {
                let cells = sample.iter().filter_map(|row| row.cells.get(index));
                cells
                    .map(|cell| cell.as_text().trim().to_owned())
                    .filter(|text| !text.is_empty())
                    .collect()
            })
            .collect();
        let rows = self.count_rows(actor, file, &rule).await?;
        let schema = self.schema();
        let mapping = match object {
            Some(name) => {
                let object = self.object(name)?;
                guess(&schema, &actor.rights, &object, &headers, &columns)
                    .map(|(_, mapping)| mapping)
            }
            None => {
                let fits = schema
                    .objects()
                    .filter_map(|object| guess(&schema, &actor.rights, object, &headers, &columns));
                fits.max_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, mapping)| mapping)
            }
        };
        let shown = headers.iter().zip(&columns).map(|(name, values)| {
            let mut samples: Vec<String> = Vec::new();
            for value in values {
                let short: String = value.chars().take(SAMPLE_CHARS_MAX).collect();
                if samples.len() < SAMPLES_MAX && !samples.contains(&short) {
                    samples.push(short);
                }
            }
            json!({"name": name, "samples": samples})
        });
        Ok(json!({
            "name": meta.name,
            "kind": kind,
            "encoding": encoding,
            "sheets": sheets,
            "columns": shown.collect::<Vec<_>>(),
            "rows": rows,
            "mapping": mapping.map(|mapping| mapping.json()),
        }))
    }
}
