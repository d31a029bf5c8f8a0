//! A session of psql that stays open: for tests that hold a lock or end others' sessions. Not a driver; it gives no rows.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::{Error, programs};

/// An open session; dropping it ends it and undoes what was not committed.
pub struct Session {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Session {
    /// Opens a session at `dsn`.
    ///
    /// # Errors
    /// psql is not there or cannot be started.
    pub fn open(dsn: &str) -> Result<Session, Error> {
        let beside = programs::directory()?.join("psql");
        let psql = if beside.is_file() { beside } else { "psql".into() };
        let mut child = Command::new(psql)
            .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", dsn])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(Error::system("starting psql"))?;
        let output = child.stdout.take().expect("it was asked for as a pipe");
        let input = child.stdin.take();
        Ok(Session { child, input, output: BufReader::new(output) })
    }

    /// Runs statements; returns when they have ended.
    ///
    /// # Errors
    /// The session has ended, perhaps because it could not connect. What the statements come to is not told.
    pub fn run(&mut self, sql: &str) -> Result<(), Error> {
        const END: &str = "pgtest: done";
        let input = self.input.as_mut().expect("it is taken by the drop alone");
        writeln!(input, "{sql};\n\\echo {END}").map_err(Error::system("writing to psql"))?;
        input.flush().map_err(Error::system("writing to psql"))?;
        let mut line = String::new();
        loop {
            line.clear();
            let read = self.output.read_line(&mut line).map_err(Error::system("reading psql"))?;
            if line.trim_end() == END {
                return Ok(());
            }
            if read == 0 {
                let ended = std::io::ErrorKind::UnexpectedEof;
                return Err(Error::system("reading psql")(ended.into()));
            }
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        drop(self.input.take());
        // An error would mean that it has ended already; a drop has nobody to tell.
        let _ = self.child.wait();
    }
}
