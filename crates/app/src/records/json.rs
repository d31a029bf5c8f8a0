//! Records as JSON, as one reader may see them: hidden fields left out, masked fields covered, titles where allowed.

use std::collections::HashMap;

use model::access::{self, FieldAccess, Rights};
use model::fields::Setting;
use model::{Action, Filter, Kind, Object, Record, Schema, Uuid, Value};
use serde_json::{Map, Value as Json, json};
use store::{Listed, Tx};

use super::batch::Batch;
use crate::Result;

/// How records of one object are shown to one reader.
pub struct Shape<'a> {
    /// The object.
    pub object: &'a Object,
    /// The reader's rights.
    pub rights: &'a Rights,
    /// Currency and country.
    pub setting: &'a Setting,
    /// Positions of the fields shown.
    pub fields: Vec<usize>,
    /// What the reader may do with each field of the object, asked once and not for every record.
    access: Vec<FieldAccess>,
    /// Titles of records in sets and links to any object: by object and id.
    pub titles: HashMap<(String, Uuid), Value>,
}

impl<'a> Shape<'a> {
    /// All fields the reader may know of, or those of `names` among them.
    pub fn new(
        object: &'a Object,
        rights: &'a Rights,
        setting: &'a Setting,
        names: Option<&[String]>,
    ) -> Shape<'a> {
        let asked = |name: &str| names.is_none_or(|names| names.iter().any(|n| n == name));
        let access: Vec<FieldAccess> =
            object.fields.iter().map(|field| rights.field(object, field)).collect();
        let is_shown = |index: &usize| {
            (*index < 2 || asked(&object.fields[*index].name))
                && access[*index] > FieldAccess::Hidden
        };
        let fields = (0..object.fields.len()).filter(is_shown).collect();
        Shape { object, rights, setting, fields, access, titles: HashMap::new() }
    }

    /// What the reader may do with the field at `index`.
    pub fn access(&self, index: usize) -> FieldAccess {
        self.access[index]
    }

    /// Whether any field shown keeps its values in a table of its own.
    pub fn has_sets(&self) -> bool {
        self.fields.iter().any(|index| self.object.fields[*index].kind.is_set())
    }

    /// Brings the titles that no SELECT joined: of sets of links and of links to any object.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn bring_titles<'r>(
        &mut self,
        tx: &mut Tx,
        schema: &Schema,
        records: impl IntoIterator<Item = &'r Record> + Clone,
    ) -> Result<()> {
        let mut wanted: HashMap<String, Vec<Uuid>> = HashMap::new();
        for index in &self.fields {
            let field = &self.object.fields[*index];
            if !field.kind.is_set() && !matches!(field.kind, Kind::AnyLink(_)) {
                continue;
            }
            let target = field.kind.target().unwrap_or("");
            for record in records.clone() {
                match &record.values[*index] {
                    Value::Ids(ids) => wanted.entry(target.to_owned()).or_default().extend(ids),
                    Value::Any(object, id) => wanted.entry(object.clone()).or_default().push(*id),
                    _ => {}
                }
            }
        }
        for (target, mut ids) in wanted.into_iter().filter(|(_, ids)| !ids.is_empty()) {
            ids.sort_unstable();
            ids.dedup();
            let Some(object) = schema.object(&target) else { continue };
            let filter = self.rights.filter(schema, object, Action::Read);
            for (id, title) in tx.titles(&target, &ids, &filter)? {
                self.titles.insert((target.clone(), id), title);
            }
        }
        Ok(())
    }

    /// One record.
    pub fn json(&self, listed: &Listed) -> Json {
        let mut parts = Map::new();
        let mut masked = Vec::new();
        for index in &self.fields {
            let field = &self.object.fields[*index];
            let value = &listed.record.values[*index];
            if self.access[*index] == FieldAccess::Masked && !value.is_empty() {
                masked.push(Json::String(field.name.clone()));
                let cover = access::mask(value);
                parts.insert(field.name.clone(), cover.as_text().map_or(Json::Null, Json::from));
                continue;
            }
            let json = match (&field.kind, value) {
                (Kind::Link(_), Value::Id(id)) if field.name != "id" => {
                    json!({"id": id, "title": listed.titles.get(index).map(title_text)})
                }
                (Kind::Links(links), Value::Ids(ids)) => ids
                    .iter()
                    .map(|id| json!({"id": id, "title": self.title(&links.target, *id)}))
                    .collect(),
                (Kind::AnyLink(_), Value::Any(object, id)) => {
                    json!({"object": object, "id": id, "title": self.title(object, *id)})
                }
                _ => field.kind().write_json(value, self.setting),
            };
            parts.insert(field.name.clone(), json);
        }
        if !masked.is_empty() {
            parts.insert("_masked".to_owned(), Json::Array(masked));
        }
        Json::Object(parts)
    }

    fn title(&self, object: &str, id: Uuid) -> Option<String> {
        self.titles.get(&(object.to_owned(), id)).map(title_text)
    }
}

/// A title as text, whatever the kind of the field that gives it.
pub(crate) fn title_text(title: &Value) -> String {
    match title {
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Decimal(number) => number.normalize().to_string(),
        _ => String::new(),
    }
}

/// One record as `rights` may see it, with its titles.
///
/// # Errors
/// Whatever the store says.
pub fn record_json(
    tx: &mut Tx,
    object: &Object,
    rights: &Rights,
    setting: &Setting,
    record: &Record,
) -> Result<Json> {
    let schema = tx.schema().clone();
    let mut shape = Shape::new(object, rights, setting, None);
    let filter = Filter::eq("id", record.id());
    let query = model::ListQuery {
        bin: model::query::Bin::Both,
        sort: vec![],
        limit: 1,
        ..model::ListQuery::of(filter)
    };
    let titled = |target: &str| {
        schema.object(target).map_or(Filter::Never, |o| rights.filter(&schema, o, Action::Read))
    };
    let page = tx.list(&object.name, &query, &titled)?;
    let titles = page.rows.into_iter().next().map(|row| row.titles).unwrap_or_default();
    shape.bring_titles(tx, &schema, [record])?;
    Ok(shape.json(&Listed { record: record.clone(), titles }))
}

/// Search hits as JSON: object, id, title and subtitle, in the order of `ids`.
///
/// # Errors
/// Whatever the store says.
pub fn hits(
    tx: &mut Tx,
    object: &Object,
    rights: &Rights,
    ids: &[Uuid],
) -> store::Result<Vec<Json>> {
    let schema = tx.schema().clone();
    let query = model::ListQuery {
        sort: vec![],
        limit: ids.len().max(1),
        ..model::ListQuery::of(Filter::any_of("id", ids.iter().copied()))
    };
    let subtitle = object.subtitle.as_deref().and_then(|name| object.index(name));
    let titled = |target: &str| match subtitle.map(|index| object.fields[index].kind.target()) {
        Some(Some(wanted)) if wanted == target => {
            schema.object(target).map_or(Filter::Never, |o| rights.filter(&schema, o, Action::Read))
        }
        _ => Filter::Never,
    };
    let page = tx.list(&object.name, &query, &titled)?;
    let shown = |row: &Listed, index: usize| -> Option<String> {
        let field = &object.fields[index];
        match rights.field(object, field) {
            FieldAccess::Hidden => None,
            FieldAccess::Masked => {
                access::mask(&row.record.values[index]).as_text().map(str::to_owned)
            }
            _ if field.kind.target().is_some() => row.titles.get(&index).map(title_text),
            _ => Some(title_text(&row.record.values[index])),
        }
    };
    let hit = |row: &Listed| {
        let title = object.index(&object.title).and_then(|index| shown(row, index));
        let updated = row.record.get(object, "updated_at").as_instant().map(|at| at.to_string());
        json!({"object": object.name, "id": row.record.id(), "title": title,
               "subtitle": subtitle.and_then(|index| shown(row, index)), "updated_at": updated})
    };
    let found: HashMap<Uuid, Json> =
        page.rows.iter().map(|row| (row.record.id(), hit(row))).collect();
    Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
}

/// The record as the batch's asker may see it.
pub(super) fn plain(batch: &mut Batch, object: &Object, record: &Record) -> Result<Json> {
    let setup = batch.setup;
    record_json(batch.tx, object, &setup.rights, &setup.setting, record)
}
