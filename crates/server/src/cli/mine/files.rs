//! The files a study reads and writes.

use mining::{Run, Text};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use studies::show::{csv, html, json};
use studies::{Language, Refusal, Report, Sheet};

use super::Failed;

/// Bytes of a file of this machine; what comes through the web has narrower limits.
const FILE_BYTES_MAX: u64 = 16 << 30;

/// How a file is to be opened; what is not said is found out.
pub struct Opening {
    pub encoding: Option<String>,
    pub delimiter: Option<String>,
    pub sheet: Option<String>,
    pub header: bool,
    /// Rows are lists of any length.
    pub lists: bool,
}

impl Opening {
    /// Reads the whole file.
    ///
    /// # Errors
    /// What cannot be read, and why.
    pub fn read(&self, path: &Path, run: &Run<'_>) -> Result<Sheet, Refusal> {
        let refused =
            |why: Text| Refusal { code: "file.file_io".to_owned(), why, help: Text::default() };
        let shown = path.display();
        let file = File::open(path).map_err(|error| {
            refused(Text::new(format!("{shown}: {error}"), format!("{shown}:{error}")))
        })?;
        if file.metadata().is_ok_and(|m| m.is_dir()) {
            let why = Text::new(format!("{shown} is a directory"), format!("{shown} 是目录"));
            return Err(refused(why));
        }
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let mut options = formats::Options::named(name);
        options.encoding.clone_from(&self.encoding);
        options.sheet.clone_from(&self.sheet);
        options.header = self.header;
        if let Some(delimiter) = &self.delimiter {
            options.delimiter = Some(match delimiter.as_bytes() {
                b"\\t" | b"tab" => b'\t',
                [one] if one.is_ascii() => *one,
                _ => {
                    return Err(Refusal::setting(Text::new(
                        "--delimiter must be one character, or tab",
                        "--delimiter 应为单个字符,或 tab",
                    )));
                }
            });
        }
        options.limits.file_bytes_max = FILE_BYTES_MAX;
        options.limits.unpacked_bytes_max = FILE_BYTES_MAX;
        let table = formats::open(BufReader::new(file), &options).map_err(|error| {
            refused(Text::new(
                format!("{shown} cannot be read: {error}"),
                format!("{shown} 无法读取:{error}"),
            ))
        })?;
        if self.lists { Sheet::read_lists(table, run) } else { Sheet::read(table, run) }
    }
}

/// Writes page, JSON and list into a directory, which is made where there is none; gives their
/// paths.
///
/// # Errors
/// Those of the disk.
pub fn write(
    report: &Report,
    language: Language,
    directory: &Path,
) -> Result<Vec<PathBuf>, Failed> {
    let wrong = |path: &Path, error: &dyn std::fmt::Display| {
        Failed::because(format!("{}: {error}", path.display()))
    };
    std::fs::create_dir_all(directory).map_err(|error| wrong(directory, &error))?;
    let stem = report.source.split('.').next().filter(|s| !s.is_empty()).unwrap_or("file");
    let path = |ending: &str| directory.join(format!("{stem}.{}.{ending}", report.study));
    let mut written = Vec::new();
    let page = html(report, language);
    let whole = format!("{:#}\n", json(report));
    for (ending, text) in [("html", page), ("json", whole)] {
        let path = path(ending);
        std::fs::write(&path, text).map_err(|error| wrong(&path, &error))?;
        written.push(path);
    }
    if report.list_table().is_some() {
        let path = path("csv");
        let mut file = BufWriter::new(File::create(&path).map_err(|error| wrong(&path, &error))?);
        csv(report, language, &mut file).map_err(|error| wrong(&path, &error))?;
        file.flush().map_err(|error| wrong(&path, &error))?;
        written.push(path);
    }
    Ok(written)
}
