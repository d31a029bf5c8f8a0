//! Reads the public data sets; enough CSV for them, and no more.

use mining::frame::infer_column;
use mining::{Column, Frame};
use std::path::Path;

/// A file as text; `.gz` through the system's gzip.
pub fn text(path: &Path) -> String {
    let bytes = if path.extension().is_some_and(|e| e == "gz") {
        std::process::Command::new("gzip").arg("-dc").arg(path).output().expect("gzip runs").stdout
    } else {
        std::fs::read(path).expect("the file can be read")
    };
    String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned()
}

fn cells(line: &str, separator: char) -> Vec<String> {
    let (mut out, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c == separator && !quoted => out.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    out.push(cell);
    out
}

pub struct Table {
    pub names: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub fn read(path: &Path, separator: char) -> Self {
        let text = text(path);
        let mut lines = text.lines();
        let names = cells(lines.next().expect("a header"), separator);
        Self { names, rows: lines.map(|l| cells(l, separator)).collect() }
    }

    pub fn at(&self, name: &str) -> usize {
        self.names.iter().position(|n| n == name).expect("a known column")
    }

    pub fn column(&self, name: &str) -> Vec<&str> {
        let at = self.at(name);
        self.rows.iter().map(|r| r[at].as_str()).collect()
    }

    pub fn frame(&self, without: &[&str]) -> Frame {
        let columns = self
            .names
            .iter()
            .filter(|n| !without.contains(&n.as_str()))
            .map(|n| {
                let cells = self.column(n);
                if cells.iter().all(|c| day(c).is_some()) {
                    let days = cells.iter().map(|c| day(c).expect("checked")).collect();
                    return Column::numeric(n, days);
                }
                infer_column(n, &cells).expect("few levels")
            })
            .collect();
        Frame::new(columns).expect("equal lengths")
    }
}

/// Days since 1970-01-01 of `yyyy-mm-dd…` (Hinnant's days_from_civil).
pub fn day(text: &str) -> Option<f64> {
    let mut parts = text.get(..10)?.split('-').map(|p| p.parse::<i64>().ok());
    let (y, m, d) = (parts.next()??, parts.next()??, parts.next()??);
    (parts.next().is_none() && y > 1000).then(|| civil(y, m, d) as f64)
}

pub fn civil(y: i64, m: i64, d: i64) -> i64 {
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let yoe = y - era * 400;
    let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + d - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// Outcome and fold per row, from `folds/`.
pub fn folds(dir: &Path, name: &str) -> (Vec<bool>, Vec<u8>) {
    let t = Table::read(&dir.join("folds").join(format!("{name}.csv")), ',');
    let y = t.column("y").iter().map(|v| *v == "1").collect();
    let fold = t.column("fold").iter().map(|v| v.parse().expect("a number")).collect();
    (y, fold)
}

/// CPU seconds of this process so far (user and system).
pub fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanos: f64 = stat.split(' ').next().and_then(|s| s.parse().ok()).unwrap_or(0.0);
    nanos / 1e9
}
