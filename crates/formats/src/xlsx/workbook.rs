//! The table of contents of a workbook: its sheets, and where its texts and styles are.

use super::archive::Archive;
use super::{attribute, xml_error};
use crate::error::FormatError;
use quick_xml::events::Event;
use std::collections::HashMap;

/// Sheets and relations that are looked at; Excel itself gives up far earlier.
const PARTS_MAX: usize = 10_000;

pub(super) struct Workbook {
    /// Visible worksheets in the order of their tabs; all of them where none is visible.
    pub sheets: Vec<Sheet>,
    pub strings_path: Option<String>,
    pub styles_path: Option<String>,
    /// Whether days count from 1904, as once on the Macintosh.
    pub is_1904: bool,
}

pub(super) struct Sheet {
    pub name: String,
    pub path: String,
    visible: bool,
}

/// A relation by its id: the last word of its type, and the path of what it points at.
type Relations = HashMap<String, (String, String)>;

pub(super) fn read(archive: &mut Archive) -> Result<Workbook, FormatError> {
    let roots = relations(archive, "")?;
    let path = of_type(&roots, "officeDocument").unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let relations = relations(archive, &path)?;
    let mut workbook = Workbook {
        sheets: Vec::new(),
        strings_path: of_type(&relations, "sharedStrings"),
        styles_path: of_type(&relations, "styles"),
        is_1904: false,
    };
    let part = archive.part(&path)?;
    let mut reader = part.ok_or_else(|| FormatError::workbook("no workbook part"))?;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(xml_error)? {
            Event::Start(element) if element.local_name().as_ref() == "sheet" => {
                let name = attribute(&element, "name")?.unwrap_or_default();
                let state = attribute(&element, "state")?;
                let id = attribute(&element, "id")?.unwrap_or_default();
                if let Some((kind, path)) = relations.get(&id)
                    && kind == "worksheet"
                    && workbook.sheets.len() < PARTS_MAX
                {
                    let visible = state.is_none_or(|state| state == "visible");
                    workbook.sheets.push(Sheet { name, path: path.clone(), visible });
                }
            }
            Event::Start(element) if element.local_name().as_ref() == "workbookPr" => {
                if let Some(value) = attribute(&element, "date1904")? {
                    workbook.is_1904 = value == "1" || value == "true";
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if workbook.sheets.iter().any(|sheet| sheet.visible) {
        workbook.sheets.retain(|sheet| sheet.visible);
    }
    Ok(workbook)
}

fn of_type(relations: &Relations, kind: &str) -> Option<String> {
    relations.values().find(|(found, _)| found == kind).map(|(_, path)| path.clone())
}

/// The relations of a part, or of the whole package for the empty path.
fn relations(archive: &mut Archive, path: &str) -> Result<Relations, FormatError> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut relations = Relations::new();
    let Some(mut reader) = archive.part(&format!("{folder}/_rels/{name}.rels"))? else {
        return Ok(relations);
    };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(xml_error)? {
            Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                let id = attribute(&element, "Id")?.unwrap_or_default();
                let kind = attribute(&element, "Type")?.unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let target = attribute(&element, "Target")?.unwrap_or_default();
                if relations.len() < PARTS_MAX {
                    relations.insert(id, (kind, resolve(folder, &target)));
                }
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// The path of a target as it is seen from a folder. `..` never leads out: it is only a name to look up.
fn resolve(folder: &str, target: &str) -> String {
    let mut segments: Vec<&str> =
        if target.starts_with('/') { vec![] } else { folder.split('/').collect() };
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    segments.join("/")
}
