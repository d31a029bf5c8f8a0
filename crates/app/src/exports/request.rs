//! What is to be exported, as a door asked for it: read, checked, and written down for the job.

use formats::Kind;
use model::{Action, Language, Problem};
use serde_json::{Value as Json, json};

use crate::Result;

/// The formats with the name each has in a request and on the record.
const FORMATS: [(&str, Kind); 5] = [
    ("csv", Kind::Csv),
    ("xlsx", Kind::Xlsx),
    ("jsonl", Kind::JsonLines),
    ("vcf", Kind::VCard),
    ("vcard", Kind::VCard),
];
/// Columns one may ask for.
const FIELDS_MAX: usize = 1_000;

/// What is to be exported.
#[derive(Debug, Clone)]
pub struct ExportRequest {
    /// The object.
    pub object: String,
    /// The kind of file.
    pub kind: Kind,
    /// The filter, as JSON.
    pub filter: Option<Json>,
    /// Words that the records hold.
    pub q: Option<String>,
    /// `-updated_at,name`; by id, and so undisturbed by whoever writes meanwhile, when none is given.
    pub sort: Option<String>,
    /// The columns: fields, and `link.id` for the id behind a link. Everything when none are named.
    pub fields: Option<Vec<String>>,
    /// For machines: codes and field names instead of labels, and no guard against formulas.
    pub raw: bool,
    /// The language of labels.
    pub language: Language,
}

impl ExportRequest {
    /// Reads the request of a door.
    ///
    /// # Errors
    /// A problem that names the part which cannot be.
    pub fn read(json: &Json, language: Language) -> Result<ExportRequest> {
        let text = |name: &str| json.get(name).and_then(Json::as_str).map(str::to_owned);
        let object = text("object").ok_or_else(|| Problem::of("object", "required"))?;
        let format = text("format").unwrap_or_else(|| "csv".to_owned());
        let known = FORMATS.iter().find(|(name, _)| *name == format);
        let (_, kind) =
            known.ok_or_else(|| Problem::of("format", "choice_unknown").with("value", &format))?;
        let sort = match json.get("sort") {
            Some(Json::Array(parts)) => {
                Some(parts.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(","))
            }
            _ => text("sort"),
        };
        let fields = match json.get("fields") {
            Some(Json::Array(names)) => {
                Some(names.iter().filter_map(Json::as_str).map(str::to_owned).collect())
            }
            Some(Json::String(names)) => {
                Some(names.split(',').map(|name| name.trim().to_owned()).collect())
            }
            _ => None,
        };
        let fields: Option<Vec<String>> = fields.filter(|names: &Vec<String>| !names.is_empty());
        if fields.as_ref().is_some_and(|names| names.len() > FIELDS_MAX) {
            return Err(Problem::of("fields", "too_many").with("max", FIELDS_MAX).into());
        }
        Ok(ExportRequest {
            object,
            kind: *kind,
            filter: json.get("filter").filter(|filter| !filter.is_null()).cloned(),
            q: text("q").filter(|words| !words.trim().is_empty()),
            sort: sort.filter(|sort| !sort.is_empty()),
            fields,
            raw: json.get("raw").and_then(Json::as_bool).unwrap_or(false),
            language: text("language").and_then(|tag| Language::parse(&tag)).unwrap_or(language),
        })
    }

    /// The request as [`ExportRequest::read`] reads it.
    pub fn json(&self) -> Json {
        json!({
            "object": self.object,
            "format": self.format(),
            "filter": self.filter,
            "q": self.q,
            "sort": self.sort,
            "fields": self.fields,
            "raw": self.raw,
            "language": self.language.tag(),
        })
    }

    /// The format's name on the record.
    pub fn format(&self) -> &'static str {
        FORMATS.iter().find(|(_, kind)| *kind == self.kind).map_or("", |(name, _)| name)
    }

    /// Whether people read the file: labels instead of names and codes.
    pub fn is_for_people(&self) -> bool {
        !self.raw && matches!(self.kind, Kind::Csv | Kind::Xlsx)
    }
}

/// What an API key narrows rights to, for a job that goes on after the request.
pub(crate) fn narrowing_json(narrowed: Option<&Vec<(String, Action)>>) -> Json {
    let pairs = narrowed
        .map(|all| all.iter().map(|(object, action)| json!([object, action.name()])).collect());
    pairs.map_or(Json::Null, Json::Array)
}

/// The same, read back. What cannot be read allows nothing.
pub(crate) fn read_narrowing(json: &Json) -> Option<Vec<(String, Action)>> {
    let pair = |json: &Json| {
        let object = json.get(0)?.as_str()?.to_owned();
        Some((object, Action::named(json.get(1)?.as_str()?)?))
    };
    match json {
        Json::Null => None,
        Json::Array(pairs) => Some(pairs.iter().filter_map(pair).collect()),
        _ => Some(Vec::new()),
    }
}
