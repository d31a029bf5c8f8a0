//! The rivals' own Python: made once from the package index, kept beside the build, and never a
//! part of the product.

use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGES: [&str; 6] = [
    "numpy==2.4.6",
    "pandas==3.1.1",
    "scikit-learn==1.9.1",
    "lightgbm==4.7.0",
    "mlxtend==0.25.0",
    "pyfim==6.28",
];
const SCRIPT: &str = include_str!("rivals.py");

/// A Python with the rivals in it.
pub struct Python {
    program: PathBuf,
    script: PathBuf,
    /// Where inputs are laid down.
    pub room: PathBuf,
}

impl Python {
    /// Finds it, or makes it.
    pub fn ready() -> Result<Self, String> {
        let room = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("rivals");
        std::fs::create_dir_all(&room).map_err(|error| error.to_string())?;
        let home = room.join("python");
        let program = home.join("bin/python");
        let stamp = room.join("packages");
        let wanted = PACKAGES.join("\n");
        if std::fs::read_to_string(&stamp).ok().as_deref() != Some(wanted.as_str()) {
            println!("mining: making the rivals' Python, once");
            called(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
            let mut install = Command::new(&program);
            install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
            called(install.args(PACKAGES))?;
            std::fs::write(&stamp, wanted).map_err(|error| error.to_string())?;
        }
        let script = room.join("rivals.py");
        std::fs::write(&script, SCRIPT).map_err(|error| error.to_string())?;
        Ok(Self { program, script, room })
    }

    /// Median CPU seconds of a rival's five runs on one thread, and what it reached.
    pub fn measure(&self, task: &str, arguments: &[&str]) -> Option<(f64, Vec<f64>)> {
        let mut command = Command::new(&self.program);
        command.arg(&self.script).arg(task).args(arguments).current_dir(&self.room);
        for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"] {
            command.env(name, "1");
        }
        let done = command.output().ok()?;
        if !done.status.success() {
            let words = String::from_utf8_lossy(&done.stderr);
            println!("mining: {task} failed: {}", words.lines().last().unwrap_or(""));
            return None;
        }
        let text = String::from_utf8_lossy(&done.stdout);
        let numbers = text.lines().last()?.split_whitespace();
        let numbers: Vec<f64> = numbers.filter_map(|n| n.parse().ok()).collect();
        let (seconds, reached) = numbers.split_first()?;
        Some((*seconds, reached.to_vec()))
    }

    /// Lays numbers down as raw doubles.
    pub fn lay(&self, name: &str, values: &[f64]) {
        let bytes: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        write(&self.room.join(name), &bytes);
    }

    /// Lays lists of numbers down as lines.
    pub fn lay_lists<'a>(&self, name: &str, lists: impl Iterator<Item = &'a [u32]>) {
        let lines: Vec<String> = lists
            .map(|list| list.iter().map(u32::to_string).collect::<Vec<_>>().join(" "))
            .collect();
        write(&self.room.join(name), lines.join("\n").as_bytes());
    }
}

fn write(path: &Path, bytes: &[u8]) {
    if let Err(error) = std::fs::write(path, bytes) {
        println!("mining: {}: {error}", path.display());
    }
}

fn called(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command.output().map_err(|_| format!("{name} is missing"))?;
    if done.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&done.stderr);
    Err(format!("{name} failed: {}", words.lines().last().unwrap_or("")))
}
