//! A backup taken away by an administrator in the browser: made, verified, and gone from the server's disk when sent.

use std::fs::File;

use crate::access::Actor;
use crate::files::disk_error;
use crate::security::{Happened, Origin};
use crate::{Result, Workspace};

impl Workspace {
    /// Makes a backup of everything as it is now: its name and the open file.
    ///
    /// # Errors
    /// `forbidden`; the disk's and the store's.
    pub async fn take_backup(&self, actor: &Actor, origin: Origin<'_>) -> Result<(String, File)> {
        Workspace::administers(actor)?;
        let path = self.new_unfinished()?;
        self.backup(&path).await?;
        let file = File::open(&path).map_err(|error| disk_error(&path, error))?;
        // The open file is all that is needed: nobody else finds it any more.
        std::fs::remove_file(&path).map_err(|error| disk_error(&path, error))?;
        let day = self.now().today();
        let name = format!("guanxi-{}-{day}.zip", self.name);
        let user = actor.user();
        self.note_security(Happened { kind: "backup", user, detail: &name, origin }).await?;
        Ok((name, file))
    }
}
