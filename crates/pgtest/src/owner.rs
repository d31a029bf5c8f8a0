//! The user a cluster runs as, and the directory it lives in. PostgreSQL refuses to run as root.

use std::fs::DirBuilder;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Error;

/// A socket's address holds 108 bytes with its end mark; `/.s.PGSQL.65535.lock` and the
/// directory's own name must fit as well.
const PARENT_BYTES_MAX: usize = 50;

/// A private directory (mode 700) and the plain user it belongs to.
pub struct Home {
    pub path: PathBuf,
    /// User and group to become; `None` when this process is a plain user already.
    plain: Option<(u32, u32)>,
}

impl Home {
    /// Makes a fresh directory below the temporary directory, or below `/tmp` if that is not
    /// fit: as root, each directory above must be open to the plain user.
    pub fn create(name: &str) -> Result<Home, Error> {
        let candidates = [std::env::temp_dir(), PathBuf::from("/tmp")];
        for parent in &candidates {
            if parent.as_os_str().len() > PARENT_BYTES_MAX {
                continue;
            }
            let path = parent.join(name);
            if DirBuilder::new().mode(0o700).create(&path).is_err() {
                continue;
            }
            let is_root = path.metadata().map_err(Error::system("reading a directory"))?.uid() == 0;
            if is_root && !is_open_to_all(parent) {
                std::fs::remove_dir(&path).map_err(Error::system("removing a directory"))?;
                continue;
            }
            return Home::give(path, is_root);
        }
        Err(Error::NoDirectory {
            tried: candidates.map(|parent| parent.display().to_string()).join(" or "),
        })
    }

    fn give(path: PathBuf, is_root: bool) -> Result<Home, Error> {
        if !is_root {
            return Ok(Home { path, plain: None });
        }
        let users =
            std::fs::read_to_string("/etc/passwd").map_err(Error::system("listing users"))?;
        let Some((user, group)) = plain_user(&users) else {
            std::fs::remove_dir(&path).map_err(Error::system("removing a directory"))?;
            return Err(Error::NoPlainUser);
        };
        chown(&path, Some(user), Some(group))
            .map_err(Error::system("giving the directory away"))?;
        Ok(Home { path, plain: Some((user, group)) })
    }

    /// A command run as the plain user, in this directory, with none of the caller's environment:
    /// a `PGPORT` or a locale of the developer must not change what the tests see.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C");
        command.current_dir(&self.path);
        if let Some((user, group)) = self.plain {
            command.uid(user).gid(group);
        }
        command
    }

    /// Writes a file that the plain user may read.
    pub fn write(&self, name: &str, content: &str) -> Result<PathBuf, Error> {
        let path = self.path.join(name);
        std::fs::write(&path, content).map_err(Error::system("writing a file of the cluster"))?;
        if let Some((user, group)) = self.plain {
            chown(&path, Some(user), Some(group)).map_err(Error::system("giving a file away"))?;
        }
        Ok(path)
    }
}

fn is_open_to_all(directory: &Path) -> bool {
    directory.ancestors().all(|above| {
        above.metadata().is_ok_and(|metadata| metadata.permissions().mode() & 0o001 != 0)
    })
}

/// User and group number of `postgres` (Debian's package makes it), else of `nobody`.
fn plain_user(passwd: &str) -> Option<(u32, u32)> {
    ["postgres", "nobody"].iter().find_map(|wanted| {
        passwd.lines().find_map(|line| {
            let mut parts = line.split(':');
            let is_wanted = parts.next() == Some(wanted);
            let (user, group) = (parts.nth(1)?.parse().ok()?, parts.next()?.parse().ok()?);
            is_wanted.then_some((user, group))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packages_own_user_is_preferred_to_nobody() {
        let nobody = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65533:nobody:/:/bin/false\n";
        assert_eq!(plain_user(nobody), Some((65534, 65533)));
        let both = format!("{nobody}postgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/sh\n");
        assert_eq!(plain_user(&both), Some((101, 104)));
        assert_eq!(plain_user("root:x:0:0:root:/root:/bin/sh\n"), None);
    }
}
