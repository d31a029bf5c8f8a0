//! Excel workbooks (ECMA-376), one sheet as one table.
//!
//! Reading is our own, on `zip` and `quick-xml`: the general readers reserve the memory that a file
//! asks for, hold whole sheets, and give every number as a binary float, where we need exact digits.

mod archive;
mod markup;
mod number_format;
mod sheet;
mod strings;
mod value;
mod workbook;
pub(crate) mod write;

use crate::error::FormatError;
use crate::source::Source;
use crate::table::{Opened, Options};
use std::io::Read;

type XmlReader<'a> =
    quick_xml::Reader<std::io::BufReader<markup::Markup<Box<dyn Read + Send + 'a>>>>;

pub(crate) fn open(
    source: impl Source + 'static,
    options: &Options,
) -> Result<Opened, FormatError> {
    let limits = &options.limits;
    let mut archive = archive::Archive::open(Box::new(source), limits)?;
    let workbook = workbook::read(&mut archive)?;
    let chosen = match &options.sheet {
        Some(name) => workbook.sheets.iter().find(|sheet| sheet.name == *name),
        None => workbook.sheets.first(),
    };
    let Some(chosen) = chosen else {
        let name = options.sheet.clone().unwrap_or_default();
        return Err(FormatError::SheetUnknown { name });
    };
    let strings = strings::read(&mut archive, workbook.strings_path.as_deref(), limits)?;
    let formats = number_format::read(&mut archive, workbook.styles_path.as_deref())?;
    let path = chosen.path.clone();
    let sheets = workbook.sheets.into_iter().map(|sheet| sheet.name).collect();
    let values = value::Values { strings, formats, is_1904: workbook.is_1904 };
    let (headers, rows) = sheet::open(archive, &path, values, options)?;
    Ok(Opened { headers, sheets, dialect: None, rows })
}

/// An XML error as ours; one of our own limits may be inside.
fn xml_error(error: quick_xml::Error) -> FormatError {
    match error {
        quick_xml::Error::Io(error) => match std::sync::Arc::try_unwrap(error) {
            Ok(error) => error.into(),
            Err(error) => FormatError::workbook(error),
        },
        error => FormatError::workbook(error),
    }
}

/// The value of an attribute by its local name, with entities resolved.
fn attribute(
    element: &quick_xml::events::BytesStart,
    name: &str,
) -> Result<Option<String>, FormatError> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(FormatError::workbook)?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            return Ok(Some(value.map_err(xml_error)?.into_owned()));
        }
    }
    Ok(None)
}
