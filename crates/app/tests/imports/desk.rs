//! What the tests of imports do again and again: put a file, import it, look at what became of it.

use std::collections::BTreeMap;
use std::io::Read;

use app::Actor;
use app::imports::Mapping;
use model::object::SYSTEM_FIELDS;
use model::query::{Bin, ListQuery};
use model::{Filter, Kind};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::world::{World, id};

/// Objects whose records are about imports themselves.
const ASIDE: [&str; 5] = ["import", "notification", "file", "job", "bulk"];

impl World {
    pub async fn put(&self, name: &str, text: &str) -> Uuid {
        id(&self.workspace.put_file(&self.admin, name, None, text.as_bytes()).await.unwrap())
    }

    /// Imports `text` by a job; the record when it is over.
    pub async fn import(&self, text: &str, mapping: Json) -> Json {
        self.import_as(&self.admin, text, mapping, false).await
    }

    pub async fn import_as(&self, actor: &Actor, text: &str, mapping: Json, dry_run: bool) -> Json {
        let file =
            id(&self.workspace.put_file(actor, "rows.csv", None, text.as_bytes()).await.unwrap());
        let body = json!({"file": file, "mapping": mapping, "dry_run": dry_run});
        let begun = self.workspace.start_import(actor, &body).await;
        let begun =
            begun.unwrap_or_else(|error| panic!("{}", error.to_json(model::Language::En, "")));
        assert_eq!(begun["status"], "waiting");
        self.work_off().await;
        self.get("import", id(&begun)).await
    }

    pub async fn get(&self, object: &str, id: Uuid) -> Json {
        let filter = json!({"field": "id", "op": "eq", "value": id});
        let request = app::records::ListRequest { filter: Some(filter), ..Default::default() };
        let listed = self.workspace.list(&self.admin, object, request).await.unwrap();
        listed.items.into_iter().next().unwrap_or(Json::Null)
    }

    /// The problems that starting an import names: `field: code`.
    pub async fn refused(&self, actor: &Actor, text: &str, mapping: Json) -> Vec<String> {
        let file =
            id(&self.workspace.put_file(actor, "rows.csv", None, text.as_bytes()).await.unwrap());
        let body = json!({"file": file, "mapping": mapping});
        let error = self
            .workspace
            .start_import(actor, &body)
            .await
            .expect_err("a mapping that does not fit");
        problems(&error.to_json(model::Language::En, ""))
    }

    pub async fn errors_of(&self, import: &Json) -> String {
        let (_, mut file) = self.workspace.import_errors(&self.admin, id(import)).await.unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
    }

    /// Every live record of the business, by object and id: all fields but versions and times of change.
    pub async fn dump(&self) -> BTreeMap<String, String> {
        let dump = self.workspace.store.read(|tx| {
            let schema = tx.schema().clone();
            let mut all = BTreeMap::new();
            for object in schema.objects().filter(|object| !ASIDE.contains(&object.name.as_str())) {
                let query = ListQuery {
                    sort: vec![],
                    limit: 1_000_000,
                    bin: Bin::Live,
                    ..ListQuery::of(Filter::Always)
                };
                let page = tx.list(&object.name, &query, &|_| Filter::Never)?;
                let mut records: Vec<_> = page.rows.into_iter().map(|row| row.record).collect();
                tx.fill_sets(&object.name, &mut records)?;
                for record in records {
                    let fields = object.fields.iter().zip(&record.values);
                    let told = fields
                        .filter(|(field, _)| {
                            field.name == "id" || !SYSTEM_FIELDS.contains(&field.name.as_str())
                        })
                        .map(|(field, value)| format!("{}={value:?}", field.name));
                    let told: Vec<String> = told.collect();
                    all.insert(format!("{} {}", object.name, record.id()), told.join("\n"));
                }
            }
            Ok(all)
        });
        dump.await.unwrap()
    }

    /// The same without what is different each time: ids and links are replaced by how often they occur.
    pub async fn shape(&self) -> Vec<String> {
        let dump = self.workspace.store.read(|tx| {
            let schema = tx.schema().clone();
            let mut all = Vec::new();
            for object in schema.objects().filter(|object| !ASIDE.contains(&object.name.as_str())) {
                let query = ListQuery {
                    sort: vec![],
                    limit: 1_000_000,
                    bin: Bin::Live,
                    ..ListQuery::of(Filter::Always)
                };
                for row in tx.list(&object.name, &query, &|_| Filter::Never)?.rows {
                    let fields =
                        object.fields.iter().zip(&row.record.values).filter(|(field, _)| {
                            let is_own = !SYSTEM_FIELDS.contains(&field.name.as_str());
                            is_own
                                && field.kind.target().is_none()
                                && !matches!(field.kind, Kind::AutoNumber(_))
                                && field.name != "stage_since"
                        });
                    let told: Vec<String> =
                        fields.map(|(field, value)| format!("{}={value:?}", field.name)).collect();
                    all.push(format!("{} {}", object.name, told.join(" ")));
                }
            }
            all.sort();
            Ok(all)
        });
        dump.await.unwrap()
    }

    /// What is derived follows from what it is derived from.
    #[track_caller]
    pub fn expect_well(report: &app::doctor::Report) {
        assert!(report.is_well(), "{:?}", report.words(model::Language::En));
    }
}

/// `field: code` of each problem.
pub fn problems(error: &Json) -> Vec<String> {
    let all = error["errors"].as_array().cloned().unwrap_or_default();
    let all = all.iter().map(|problem| {
        format!(
            "{}: {}",
            problem["field"].as_str().unwrap_or(""),
            problem["code"].as_str().unwrap_or("")
        )
    });
    let mut all: Vec<String> = all.collect();
    all.sort();
    all
}

/// The counts of an import: created, updated, skipped, failed; they add up to its rows.
#[track_caller]
pub fn expect_counts(import: &Json, status: &str, counts: [i64; 4]) {
    let count = |name: &str| import[name].as_i64().unwrap_or(-1);
    let found = ["rows_created", "rows_updated", "rows_skipped", "rows_failed"].map(count);
    assert_eq!((import["status"].as_str().unwrap_or(""), found), (status, counts), "{import}");
    assert_eq!(count("rows_done"), found.iter().sum::<i64>());
    if status == "done" {
        assert_eq!(count("rows_total"), count("rows_done"));
    }
}

pub fn mapping(json: Json) -> Mapping {
    Mapping::read(&json).unwrap()
}
