//! The small process that outlives a test just long enough to stop its server and remove its files.
//!
//! A test may be killed, and a `static` is never dropped; the end of a pipe is noticed in any case.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};

use crate::Error;
use crate::owner::Home;

/// Waits for the end of its input, then stops the server by the process number in its data
/// directory and removes the whole directory.
const SCRIPT: &str = r#"
trap '' INT TERM HUP
while read -r _; do :; done
"$1" stop -s -m immediate -D "$2/data"
rm -rf "$2"
"#;

/// Dropping it stops the server and removes its directory before it returns.
pub struct Keeper {
    process: Child,
    pipe: Option<ChildStdin>,
}

impl Keeper {
    pub fn start(home: &Home, pg_ctl: &Path) -> Result<Keeper, Error> {
        let mut process = home
            .command("/bin/sh")
            .args(["-c", SCRIPT, "keeper"])
            .args([pg_ctl, &home.path])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // A group of its own: what ends the test's group must not end the keeper.
            .process_group(0)
            .spawn()
            .map_err(Error::system("starting /bin/sh"))?;
        let pipe = process.stdin.take();
        Ok(Keeper { process, pipe })
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.pipe.take());
        // An error would mean that the keeper is gone already; a drop has nobody to tell.
        let _ = self.process.wait();
    }
}
