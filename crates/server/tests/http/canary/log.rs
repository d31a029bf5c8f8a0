//! Everything the program writes into its log, kept in memory: at every level but the one that shows statements.

use std::io::{self, Write};
use std::sync::Mutex;

use tracing_subscriber::fmt::MakeWriter;

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Kept;

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().expect("no panic holds this lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Keeping;

impl MakeWriter<'_> for Keeping {
    type Writer = Kept;

    fn make_writer(&self) -> Kept {
        Kept
    }
}

/// Begins to listen.
pub fn listen() {
    let level = server::log::filter("debug");
    let log = tracing_subscriber::fmt().with_env_filter(level).with_ansi(false);
    // Another test of the same process may listen already.
    let _ = log.with_writer(Keeping).try_init();
}

/// What was logged so far.
pub fn text() -> String {
    String::from_utf8_lossy(&LOG.lock().expect("no panic holds this lock")).into_owned()
}
