//! The backup's file: members that are hashed as they are written, and the reading back of every one.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use model::Problem;
use serde::{Deserialize, Serialize};
use store::StoreError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::FORMAT;
use crate::files::disk_error;
use crate::files::hashed::Hashed;
use crate::{Error, Result};

/// The member that says what the others are.
const MANIFEST: &str = "manifest.json";
/// Bytes of the manifest: some hundred for each file.
const MANIFEST_BYTES_MAX: u64 = 1 << 30;

/// What a backup says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format of the backup.
    pub format: i64,
    /// The version of the program that made it.
    pub program: String,
    /// The version of the schema it was made under.
    pub schema: String,
    /// The workspace it was made of.
    pub workspace: String,
    /// When, RFC 3339.
    pub made_at: String,
    /// The tables, in the order in which they are put back.
    pub tables: Vec<ManifestTable>,
    /// Every member but this one.
    pub members: Vec<Member>,
}

impl Manifest {
    /// The members that are files, by their hash.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.members.iter().filter_map(|member| member.name.strip_prefix("files/"))
    }
}

/// A table of the backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestTable {
    /// The table.
    pub name: String,
    /// Its columns with the names of what they hold.
    pub columns: Vec<(String, String)>,
    /// Its rows.
    pub rows: u64,
}

/// A member of the backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its path in the archive.
    pub name: String,
    /// Bytes, unpacked.
    pub size: u64,
    /// SHA-256 of these bytes.
    pub sha256: String,
}

/// A backup being written.
pub(super) struct Archive {
    zip: ZipWriter<File>,
}

impl Archive {
    /// Begins a backup in `file`.
    pub fn begin(file: File) -> Archive {
        Archive { zip: ZipWriter::new(file) }
    }

    /// Writes one member; `packed` for text, which becomes much smaller.
    pub fn member(
        &mut self,
        name: &str,
        packed: bool,
        fill: impl FnOnce(&mut dyn Write) -> Result<()>,
    ) -> Result<Member> {
        let method = if packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default().compression_method(method).large_file(true);
        self.zip.start_file(name, options).map_err(written_wrong)?;
        let mut sink = Hashed::new(BufWriter::new(&mut self.zip));
        fill(&mut sink)?;
        sink.flush().map_err(|error| disk_error(Path::new("backup"), error))?;
        let (size, sha256) = sink.finish();
        Ok(Member { name: name.to_owned(), size, sha256 })
    }

    /// Takes the member that was just written out again.
    pub fn take_back(&mut self) -> Result<()> {
        self.zip.abort_file().map_err(written_wrong)
    }

    /// Ends the backup with its manifest. It is on the disk when this answers.
    pub fn finish(mut self, manifest: &Manifest) -> Result<()> {
        let text = serde_json::to_vec_pretty(manifest).map_err(StoreError::internal)?;
        self.member(MANIFEST, true, |sink| {
            sink.write_all(&text).map_err(|error| disk_error(Path::new(MANIFEST), error))
        })?;
        let file = self.zip.finish().map_err(written_wrong)?;
        file.sync_all().map_err(|error| disk_error(Path::new("backup"), error))
    }
}

fn written_wrong(error: zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::Io(error) => disk_error(Path::new("backup"), error),
        other => Error::Store(StoreError::internal(other)),
    }
}

/// A backup that cannot be trusted.
pub(super) fn damaged(detail: impl ToString) -> Error {
    Error::Refused(Problem::new("backup_damaged").with("detail", detail))
}

/// Opens a backup for reading; what it says of itself is read, nothing is compared yet.
pub(super) fn open(from: &Path) -> Result<(ZipArchive<BufReader<File>>, Manifest)> {
    let file = File::open(from).map_err(|error| damaged(format!("{}: {error}", from.display())))?;
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    let manifest = zip.by_name(MANIFEST).map_err(damaged)?;
    let manifest: Manifest =
        serde_json::from_reader(manifest.take(MANIFEST_BYTES_MAX)).map_err(damaged)?;
    if manifest.format > FORMAT {
        return Err(Error::Refused(
            Problem::new("backup_newer").with("program", &manifest.program),
        ));
    }
    Ok((zip, manifest))
}

/// Reads every member of a backup and compares it with what the backup says; what it says of itself.
///
/// # Errors
/// `backup_damaged` with what is wrong; `backup_newer`.
pub async fn verify(from: &Path) -> Result<Manifest> {
    let from = from.to_owned();
    let work = move || verify_now(&from);
    tokio::task::spawn_blocking(work).await.map_err(StoreError::internal)?
}

pub(super) fn verify_now(from: &Path) -> Result<Manifest> {
    let (mut zip, manifest) = open(from)?;
    for member in &manifest.members {
        let mut reader =
            zip.by_name(&member.name).map_err(damaged)?.take(member.size.saturating_add(1));
        let mut hashed = Hashed::new(io::sink());
        io::copy(&mut reader, &mut hashed)
            .map_err(|error| damaged(format!("{}: {error}", member.name)))?;
        if hashed.finish() != (member.size, member.sha256.clone()) {
            return Err(damaged(&member.name));
        }
    }
    let listed = |name: &str| manifest.members.iter().any(|member| member.name == name);
    if let Some(table) =
        manifest.tables.iter().find(|table| !listed(&format!("data/{}.jsonl", table.name)))
    {
        return Err(damaged(&table.name));
    }
    Ok(manifest)
}
