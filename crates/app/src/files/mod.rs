//! Files: bytes kept beside the database, each under the SHA-256 of what it holds; what is known of one is a record.

pub mod content;
pub(crate) mod hashed;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use model::query::Bin;
use model::{Action, Problem, Uuid, Value};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use store::{CauseKind, StoreError, Tx};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};

use crate::access::Actor;
use crate::records::{Batch, Origin, record_json};
use crate::{Error, Result, Workspace};

/// The object whose records say what is known of each file.
pub const OBJECT: &str = "file";
/// Bytes of one file.
pub const FILE_BYTES_MAX: u64 = 1 << 30;
/// Characters of a file's name.
const NAME_CHARS_MAX: usize = 200;
/// Where files are written before they are whole.
pub(crate) const UNFINISHED: &str = "unfinished";
/// Bytes read in one step.
const STEP_BYTES: usize = 64 << 10;

/// What is known of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileMeta {
    /// The record.
    pub id: Uuid,
    /// The name as it was given, safe to write to a disk or a header.
    pub name: String,
    /// What the bytes are, found from the bytes.
    pub content_type: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// Bytes that are on the disk.
struct Stored {
    size: u64,
    sha256: String,
    content_type: &'static str,
}

impl Workspace {
    /// Keeps the bytes of `reader` as a file of the actor, about a record if one is named; the file's record.
    ///
    /// # Errors
    /// `forbidden`, `file_large`, the record's problems; the disk's and the store's.
    pub async fn put_file(
        &self,
        actor: &Actor,
        name: &str,
        about: Option<(String, Uuid)>,
        reader: impl AsyncRead + Unpin,
    ) -> Result<Json> {
        let object = self.object(OBJECT)?;
        if !actor.rights.may(&self.schema(), &object, Action::Create) {
            return Err(Error::refused("forbidden"));
        }
        let name = safe_name(name);
        let stored = self.store_bytes(&name, reader).await?;
        let size = i64::try_from(stored.size).unwrap_or(i64::MAX);
        let about = about.map_or(Value::Null, |(object, id)| Value::Any(object, id));
        let values = model::draft::values([
            ("name", name.into()),
            ("about", about),
            ("size", size.into()),
            ("content_type", stored.content_type.into()),
            ("sha256", stored.sha256.into()),
        ]);
        let setup = self.setup(actor, CauseKind::Request, None);
        let work = move |tx: &mut Tx| -> Result<Json> {
            let mut batch = Batch::new(tx, &setup);
            let record = batch.create(Origin::Person, OBJECT, None, values.clone())?;
            batch.finish()?;
            record_json(tx, &object, &setup.rights, &setup.setting, &record)
        };
        let made = self.store.transact(work).await?;
        self.wrote([OBJECT]);
        Ok(made)
    }

    /// The bytes of a file that the actor may read, and what is known of it.
    ///
    /// # Errors
    /// `not_found`; `internal` when the bytes are gone (`doctor` says which); the store's.
    pub async fn open_file(&self, actor: &Actor, id: Uuid) -> Result<(FileMeta, File)> {
        let object = self.object(OBJECT)?;
        let rights = actor.rights.clone();
        let found = self.store.read(move |tx| {
            let filter = rights.filter(tx.schema(), &object, Action::Read);
            let record = tx.load(OBJECT, &[id], &filter, Bin::Live, false)?.pop();
            Ok(record.map(|record| {
                let text =
                    |name: &str| record.get(&object, name).as_text().unwrap_or("").to_owned();
                let size = record.get(&object, "size").as_int().unwrap_or(0);
                FileMeta {
                    id,
                    name: text("name"),
                    content_type: text("content_type"),
                    size: u64::try_from(size).unwrap_or(0),
                    sha256: text("sha256"),
                }
            }))
        });
        let meta = found.await?.ok_or_else(Error::not_found)?;
        let path = path_of(&self.files, &meta.sha256).ok_or_else(Error::not_found)?;
        let file = File::open(&path).map_err(|error| disk_error(&path, error))?;
        Ok((meta, file))
    }

    async fn store_bytes(&self, name: &str, mut reader: impl AsyncRead + Unpin) -> Result<Stored> {
        let unfinished = self.new_unfinished()?;
        let disk = |error| disk_error(&unfinished, error);
        let mut file = tokio::fs::File::create_new(&unfinished).await.map_err(disk)?;
        let guard = Unfinished(unfinished.clone());
        let mut hash = Sha256::new();
        let (mut head, mut size) = (Vec::new(), 0);
        let mut step = vec![0; STEP_BYTES];
        loop {
            let read = reader.read(&mut step).await.map_err(disk)?;
            if read == 0 {
                break;
            }
            size += read as u64;
            if size > FILE_BYTES_MAX {
                return Err(Error::Refused(Problem::new("file_large").with("max", FILE_BYTES_MAX)));
            }
            let bytes = &step[..read];
            let lacking = content::HEAD_BYTES.saturating_sub(head.len()).min(read);
            head.extend_from_slice(&bytes[..lacking]);
            hash.update(bytes);
            file.write_all(bytes).await.map_err(disk)?;
        }
        file.sync_all().await.map_err(disk)?;
        drop(file);
        let sha256 = hex(&hash.finalize());
        self.keep(guard, &sha256).await?;
        Ok(Stored { size, sha256, content_type: content::type_of(&head, name) })
    }

    /// A path for a file on its way: in the same file system, so that a rename puts it in place.
    pub(crate) fn new_unfinished(&self) -> Result<PathBuf> {
        let dir = self.files.join(UNFINISHED);
        fs::create_dir_all(&dir).map_err(|error| disk_error(&dir, error))?;
        Ok(dir.join(self.clock.new_id().to_string()))
    }

    /// Puts a whole file, already on the disk, in its place. What is there already is replaced by its equal,
    /// so that whoever clears away files without a record sees that it is new.
    pub(crate) async fn keep(&self, file: Unfinished, sha256: &str) -> Result<()> {
        let place = path_of(&self.files, sha256).ok_or_else(Error::not_found)?;
        let files = self.files.clone();
        let work = move || -> Result<()> {
            let dir = place.parent().unwrap_or(&files);
            let put = || {
                fs::create_dir_all(dir)?;
                fs::rename(&file.0, &place)?;
                // The name itself must be on the disk before the record says that it is there.
                [dir, dir.parent().unwrap_or(&files), &files].into_iter().try_for_each(sync_dir)
            };
            put().map_err(|error| disk_error(&place, error))
        };
        let done = tokio::task::spawn_blocking(work).await;
        done.map_err(|error| Error::Store(StoreError::internal(error)))?
    }
}

/// A file on its way; what is left of it goes when this does.
pub(crate) struct Unfinished(pub PathBuf);

impl Unfinished {
    /// A file beside `to` that is to take its name when it is whole.
    pub fn beside(to: &Path) -> Result<Unfinished> {
        if to.exists() {
            return Err(disk_error(to, io::ErrorKind::AlreadyExists.into()));
        }
        let mut name = to.file_name().unwrap_or_default().to_owned();
        name.push(".unfinished");
        Ok(Unfinished(to.with_file_name(name)))
    }

    /// Takes the name `to`. It is on the disk when this answers.
    pub fn take_name(self, to: &Path) -> Result<()> {
        // A link refuses to take the place of a file that came there meanwhile, which a rename would not; but
        // not every disk knows links.
        let linked = fs::hard_link(&self.0, to);
        let named = match linked {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists || to.exists() => Err(error),
            Err(_) => fs::rename(&self.0, to),
            Ok(()) => Ok(()),
        };
        let folder =
            to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        named.and_then(|()| sync_dir(folder)).map_err(|error| disk_error(to, error))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After the rename there is nothing left to remove.
        let _ = fs::remove_file(&self.0);
    }
}

/// Where the bytes with this hash are kept: in folders named by the first two pairs of digits, so that no
/// folder grows large. None for what is no SHA-256.
pub fn path_of(files: &Path, sha256: &str) -> Option<PathBuf> {
    let is_hash = sha256.len() == 64
        && sha256.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    is_hash.then(|| files.join(&sha256[..2]).join(&sha256[2..4]).join(sha256))
}

/// The name of a file without folders, control characters, characters that turn the direction of writing,
/// and what disks do not take; cut before its end (`.csv`) when it is too long.
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let kept = |c: &char| {
        !c.is_control()
            && !matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*')
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let clean: String = last.chars().filter(kept).collect();
    let clean = clean.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if clean.is_empty() {
        return "file".to_owned();
    }
    let chars = clean.chars().count();
    if chars <= NAME_CHARS_MAX {
        return clean.to_owned();
    }
    let end = clean.rfind('.').map_or("", |at| &clean[at..]);
    let end = if end.chars().count() <= 10 { end } else { "" };
    let start: String = clean.chars().take(NAME_CHARS_MAX - end.chars().count()).collect();
    format!("{start}{end}")
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the disk says, told apart by what can be done about it.
pub(crate) fn disk_error(path: &Path, error: io::Error) -> Error {
    Error::Store(match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::DiskFull,
        _ => StoreError::internal(format!("{}: {error}", path.display())),
    })
}

/// Makes the names in a folder survive a loss of power.
pub(crate) fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

/// The header value that names a download, after RFC 6266: for old browsers in ASCII, for others in UTF-8.
pub fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || "._- ".contains(c) { c } else { '_' })
        .collect();
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

impl FileMeta {
    /// What is known of the file as JSON.
    pub fn json(&self) -> Json {
        json!({"id": self.id, "name": self.name, "content_type": self.content_type, "size": self.size,
               "sha256": self.sha256})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_safe_and_stay_readable() {
        for (given, safe) in [
            ("客户 2026.xlsx", "客户 2026.xlsx"),
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\a.csv", "a.csv"),
            ("..", "file"),
            ("", "file"),
            (" .hidden ", "hidden"),
            ("a\u{202e}fdp.exe", "afdp.exe"),
            ("line\r\nbreak\0.txt", "linebreak.txt"),
        ] {
            assert_eq!(safe_name(given), safe, "{given:?}");
        }
        let long = format!("{}.csv", "长".repeat(500));
        assert_eq!(safe_name(&long).chars().count(), NAME_CHARS_MAX);
        assert!(safe_name(&long).ends_with(".csv"));
    }

    #[test]
    fn only_hashes_lead_to_a_path() {
        let hash = "a".repeat(64);
        assert_eq!(
            path_of(Path::new("/f"), &hash),
            Some(PathBuf::from(format!("/f/aa/aa/{hash}")))
        );
        for wrong in ["", "../../x", &"A".repeat(64), &"a".repeat(63)] {
            assert_eq!(path_of(Path::new("/f"), wrong), None);
        }
    }

    #[test]
    fn downloads_are_named_in_every_language() {
        assert_eq!(
            disposition("报价 \"1\".pdf"),
            "attachment; filename=\"__ _1_.pdf\"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%20%221%22.pdf"
        );
    }
}
