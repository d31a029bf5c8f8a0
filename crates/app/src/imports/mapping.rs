//! What a caller says of a file: which column goes where, how linked records are found, what happens to rows that
//! are there already. As data; whether it fits the schema and the file is for `compile` to say.

use std::collections::BTreeMap;

use model::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{Error, Result};

/// Characters of a mapping as JSON.
const MAPPING_CHARS_MAX: usize = 50_000;

/// Which column of a file goes into which field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The object whose records the rows are.
    pub object: String,
    /// What happens to a row whose record is there already.
    #[serde(default)]
    pub policy: Policy,
    /// The fields that together find an existing record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub match_on: Vec<String>,
    /// By the column's name.
    #[serde(default)]
    pub columns: BTreeMap<String, ColumnRule>,
    /// How linked records are found, by path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub links: BTreeMap<String, LinkRule>,
    /// Formulas over `row.<column>`, by path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub computed: BTreeMap<String, String>,
    /// The same value for every row, by path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub constants: BTreeMap<String, Json>,
    /// How the file is read, where that is not to be found out.
    #[serde(default, skip_serializing_if = "FileRule::is_plain")]
    pub file: FileRule,
}

/// What happens to a row whose record is there already, and to one whose record is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Every row makes a record.
    #[default]
    Create,
    /// What is there stays as it is; the rest is made.
    Skip,
    /// What is there is changed; a row without a record is a problem.
    Update,
    /// What is there is changed; the rest is made.
    CreateOrUpdate,
}

/// Where a column goes, and how its cells are read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnRule {
    /// The field; a path leads over links to a field of a linked record.
    pub field: String,
    /// The pattern of dates, such as `dd-mm-yy`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Values that stand for others.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub translate: BTreeMap<String, String>,
    /// The value of an empty cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub empty: Option<String>,
    /// Whether white space around a value is dropped.
    #[serde(default = "yes", skip_serializing_if = "Clone::clone")]
    pub trim: bool,
    /// What stands between several values in one cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
}

impl ColumnRule {
    /// A column that goes into `field` as it is.
    pub fn to(field: &str) -> ColumnRule {
        let field = field.to_owned();
        ColumnRule {
            field,
            date: None,
            translate: BTreeMap::new(),
            empty: None,
            trim: true,
            list: None,
        }
    }
}

fn yes() -> bool {
    true
}

/// How a linked record is found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkRule {
    /// The linked record's fields: all of them together; for a column that names the record, one after another.
    #[serde(default, rename = "match", skip_serializing_if = "Vec::is_empty")]
    pub match_on: Vec<String>,
    /// What happens when it is not there.
    #[serde(default)]
    pub if_missing: IfMissing,
}

/// What happens when a linked record is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IfMissing {
    /// It is made.
    Create,
    /// The row is not taken.
    #[default]
    Problem,
    /// The link stays empty.
    Empty,
}

/// How the file is read.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FileRule {
    /// The sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The encoding of a text file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The delimiter of CSV, one character.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// Whether the first row is data, not names of columns.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub no_header: bool,
    /// Whether apostrophes that guard cells against being taken for formulas stay where they are.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub keep_guard: bool,
}

impl FileRule {
    fn is_plain(&self) -> bool {
        *self == FileRule::default()
    }
}

impl Mapping {
    /// The mapping that `json` says.
    ///
    /// # Errors
    /// `mapping` with what is wrong and where.
    pub fn read(json: &Json) -> Result<Mapping> {
        let wrong =
            |detail: String| Error::from(Problem::of("mapping", "mapping").with("detail", detail));
        let text = json.to_string();
        if text.chars().count() > MAPPING_CHARS_MAX {
            return Err(Problem::of("mapping", "text_long").with("max", MAPPING_CHARS_MAX).into());
        }
        serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))
    }

    /// The mapping as JSON.
    pub fn json(&self) -> Json {
        serde_json::to_value(self).unwrap_or(Json::Null)
    }
}
