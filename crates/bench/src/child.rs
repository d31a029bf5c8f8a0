//! A server in a process of its own, so that its time and memory can be told from the client's.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;

/// Ticks of a second in `/proc`.
const TICKS: f64 = 100.0;

/// A running server; dropping it stops it.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From its start to its word that it serves.
    pub ready: Duration,
}

impl Server {
    /// Starts this program with `arguments` and waits until it says where it serves.
    ///
    /// # Errors
    /// It does not start.
    pub fn start(arguments: &[&str]) -> Outcome<Server> {
        let began = Instant::now();
        let mut child = Command::new(std::env::current_exe()?)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let said = child.stderr.take().ok_or("no standard error")?;
        let mut lines = BufReader::new(said).lines();
        let mut all = String::new();
        for line in lines.by_ref() {
            let line = line?;
            if let Some(at) = line.split_once("serves at http://").map(|(_, at)| at.trim()) {
                let (address, ready) = (at.parse()?, began.elapsed());
                // What it says later must not fill the pipe.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(Server { child, address, ready });
            }
            all.push_str(&line);
            all.push('\n');
        }
        Err(format!("a server did not start: {all}").into())
    }

    /// Seconds of processor time so far.
    pub fn cpu_seconds(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()));
        let stat = stat.unwrap_or_default();
        let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
        let fields: Vec<&str> = after.split_whitespace().collect();
        let ticks = |index: usize| fields.get(index).and_then(|f| f.parse::<f64>().ok());
        (ticks(11).unwrap_or(0.0) + ticks(12).unwrap_or(0.0)) / TICKS
    }

    /// Megabytes of memory now (`VmRSS`) without pages of mapped files (`RssFile`).
    pub fn memory_mb(&self) -> f64 {
        self.status("RssAnon:")
    }

    /// Megabytes of memory now, pages of mapped files included.
    pub fn memory_with_files_mb(&self) -> f64 {
        self.status("VmRSS:")
    }

    fn status(&self, name: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kb = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        kb.unwrap_or(0.0) / 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let terminated = Command::new("kill").arg(self.child.id().to_string()).status();
        if terminated.is_err() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}
