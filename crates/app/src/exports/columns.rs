//! The columns of an export, and what stands in them: never more than the reader may see at that moment.

use formats::{Cell, Kind as FileKind, VCARD_COLUMNS};
use jiff::tz::TimeZone;
use model::access::{self, FieldAccess};
use model::fields::Opt;
use model::{Field, Kind, Object, Problem, Rights, Value};
use store::Listed;

use super::request::ExportRequest;
use crate::Result;
use crate::records::{Shape, title_text};

/// Which side of a link a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The value itself; of a link the linked record's title.
    Value,
    /// The id behind a link.
    Id,
}

/// One column.
#[derive(Debug, Clone)]
pub struct Column {
    /// The position of the field.
    pub index: usize,
    /// Which side of it.
    pub part: Part,
    /// What stands at its head.
    pub header: String,
}

/// The columns that `request` asks for, of those `rights` may know of.
///
/// # Errors
/// A problem that names an unknown (or hidden) field; a format that this object cannot have.
pub fn columns(object: &Object, request: &ExportRequest, rights: &Rights) -> Result<Vec<Column>> {
    if request.kind == FileKind::VCard {
        return card_columns(object, rights);
    }
    let all: Vec<(usize, Part)> = match &request.fields {
        Some(names) => {
            names.iter().map(|name| named(object, name, rights)).collect::<Result<_>>()?
        }
        None => everything(object, rights),
    };
    let mut columns: Vec<Column> = Vec::with_capacity(all.len());
    for (index, part) in all {
        let header = header(object, index, part, request);
        let taken = columns.iter().any(|column| column.header == header);
        let header =
            if taken { format!("{header} ({})", object.fields[index].name) } else { header };
        columns.push(Column { index, part, header });
    }
    Ok(columns)
}

fn everything(object: &Object, rights: &Rights) -> Vec<(usize, Part)> {
    let mut all = Vec::new();
    for (index, field) in object.fields.iter().enumerate() {
        if rights.field(object, field) == FieldAccess::Hidden || field.name == "deleted_at" {
            continue;
        }
        all.push((index, Part::Value));
        if is_link(field) {
            all.push((index, Part::Id));
        }
    }
    all
}

fn is_link(field: &Field) -> bool {
    field.name != "id" && matches!(field.kind, Kind::Link(_) | Kind::Links(_) | Kind::AnyLink(_))
}

fn named(object: &Object, name: &str, rights: &Rights) -> Result<(usize, Part)> {
    let unknown =
        || Problem::of("fields", "unknown_field").with("field", name).with("object", &object.name);
    let (plain, part) =
        name.strip_suffix(".id").map_or((name, Part::Value), |link| (link, Part::Id));
    let index = object.index(plain).ok_or_else(unknown)?;
    let field = &object.fields[index];
    let is_known = rights.field(object, field) > FieldAccess::Hidden
        && (part == Part::Value || is_link(field));
    if is_known { Ok((index, part)) } else { Err(unknown().into()) }
}

fn header(object: &Object, index: usize, part: Part, request: &ExportRequest) -> String {
    let field = &object.fields[index];
    match part {
        Part::Id => format!("{}.id", field.name),
        Part::Value if request.is_for_people() && field.name != "id" => {
            field.label.text(request.language).to_owned()
        }
        Part::Value => field.name.clone(),
    }
}

/// Fields that stand in a card, by what the card calls them.
const CARD_FIELDS: [(&str, &str); 14] = [
    ("department", "department_name"),
    ("title", "job_title"),
    ("email", "email"),
    ("phone", "phone"),
    ("mobile", "mobile"),
    ("address_street", "street"),
    ("address_city", "city"),
    ("address_region", "region"),
    ("address_postal_code", "postcode"),
    ("address_country", "country"),
    ("url", "website"),
    ("note", "description"),
    ("birthday", "birthday"),
    ("categories", "tags"),
];

/// A card is of somebody with a name who can be reached. Its organisation is the record through which this
/// one is seen, or the record itself.
fn card_columns(object: &Object, rights: &Rights) -> Result<Vec<Column>> {
    let has_name = matches!(object.field(&object.title).map(|f| &f.kind), Some(Kind::Text(text)) if text.is_name);
    let is_reached = |field: &Field| matches!(field.kind, Kind::Phone(_) | Kind::Email(_));
    if !has_name || !object.fields.iter().any(is_reached) {
        return Err(Problem::of("format", "choice_unknown").with("value", "vcard").into());
    }
    let organization = object.access.through.first().unwrap_or(&object.title);
    let wanted = [("full_name", object.title.as_str()), ("organization", organization.as_str())];
    let mut columns: Vec<Column> = wanted
        .into_iter()
        .chain(CARD_FIELDS)
        .filter_map(|(header, name)| {
            let index = object.index(name)?;
            let known = rights.field(object, &object.fields[index]) > FieldAccess::Hidden;
            known.then(|| Column { index, part: Part::Value, header: header.to_owned() })
        })
        .collect();
    columns.sort_by_key(|column| VCARD_COLUMNS.iter().position(|name| *name == column.header));
    Ok(columns)
}

/// How values are written.
pub struct Style<'a> {
    /// The request.
    pub request: &'a ExportRequest,
    /// The firm's time zone, in which moments are written.
    pub zone: &'a TimeZone,
}

impl Style<'_> {
    /// One row.
    pub fn row(&self, columns: &[Column], shape: &Shape, listed: &Listed) -> Vec<Cell> {
        columns.iter().map(|column| self.cell(column, shape, listed)).collect()
    }

    fn cell(&self, column: &Column, shape: &Shape, listed: &Listed) -> Cell {
        let field = &shape.object.fields[column.index];
        let value = &listed.record.values[column.index];
        match shape.access(column.index) {
            // The right was taken away while the export ran.
            FieldAccess::Hidden => return Cell::Empty,
            FieldAccess::Masked if column.part == Part::Id => return Cell::Empty,
            FieldAccess::Masked => return Cell::text(access::mask(value).as_text().unwrap_or("")),
            FieldAccess::Read | FieldAccess::Write => {}
        }
        let title = |object: &str, id| {
            shape.titles.get(&(object.to_owned(), id)).map(title_text).unwrap_or_default()
        };
        match (&field.kind, value, column.part) {
            (_, value, _) if value.is_empty() => Cell::Empty,
            (Kind::Link(_), Value::Id(id), _) if field.name == "id" => Cell::text(id.to_string()),
            (Kind::Link(_), _, Part::Value) => {
                Cell::text(listed.titles.get(&column.index).map(title_text).unwrap_or_default())
            }
            (Kind::Links(links), Value::Ids(ids), Part::Value) => {
                let titles = ids.iter().map(|id| title(&links.target, *id));
                list(titles.filter(|title| !title.is_empty()).collect())
            }
            (Kind::Links(_), Value::Ids(ids), Part::Id) => {
                list(ids.iter().map(ToString::to_string).collect())
            }
            (Kind::AnyLink(_), Value::Any(object, id), Part::Value) => {
                Cell::text(title(object, *id))
            }
            (Kind::ManyChoices(choices), Value::Texts(codes), _) => {
                list(codes.iter().map(|code| self.option(&choices.options, code)).collect())
            }
            (Kind::Choice(choice), Value::Text(code), _) => {
                Cell::text(self.option(&choice.options, code))
            }
            _ => self.plain(field, value, shape),
        }
    }

    fn plain(&self, field: &Field, value: &Value, shape: &Shape) -> Cell {
        match value {
            Value::Bool(yes) => Cell::Bool(*yes),
            Value::Date(day) => Cell::Date(*day),
            Value::Instant(at) => {
                let zoned = at.to_zoned_datetime(self.zone.clone());
                match self.request.kind {
                    // A workbook's times have no zone: they are the firm's.
                    FileKind::Xlsx => Cell::DateTime(zoned.datetime()),
                    _ => Cell::text(zoned.strftime("%Y-%m-%dT%H:%M:%S%.f%:z").to_string()),
                }
            }
            Value::Int(_) | Value::Decimal(_) => {
                Cell::Number(field.kind().write_text(value, shape.setting))
            }
            _ => Cell::text(field.kind().write_text(value, shape.setting)),
        }
    }

    /// The label people know, or the code: also where the label would be taken apart when it is read again.
    fn option(&self, options: &[Opt], code: &str) -> String {
        let label = options
            .iter()
            .find(|option| option.value == code)
            .map(|o| o.label.text(self.request.language));
        match label.filter(|label| !label.contains([',', '，', ';', '；', '、'])) {
            Some(label) if self.request.is_for_people() => label.to_owned(),
            _ => code.to_owned(),
        }
    }
}

fn list(items: Vec<String>) -> Cell {
    if items.is_empty() { Cell::Empty } else { Cell::List(items) }
}
