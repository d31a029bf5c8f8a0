//! `make bench`: the mining engine beside pyfim, mlxtend, scikit-learn and LightGBM, in the same
//! run, on one thread. It prints and judges by ratios alone; it is no test.
//!
//! `cargo bench -p studies --bench rivals -- [--data DIRECTORY] [--only itemsets,kmeans,…]`. The
//! data directory is the one of `guanxi mine verify`; `GUANXI_MINING_DATA` names it, too.

mod clock;
mod customers;
mod itemsets;
mod models;
mod python;

use std::path::PathBuf;
use studies::verify::Files;
use studies::{Refusal, Sheet};

/// One comparison.
pub struct Line {
    pub task: String,
    pub rival: &'static str,
    pub ours: f64,
    pub theirs: f64,
    /// Most that ours may be of theirs; nothing where it is only shown.
    pub goal: Option<f64>,
    /// What both reached, in words.
    pub quality: String,
}

struct Directory(PathBuf);

impl Files for Directory {
    fn sheet(&self, name: &str, lists: bool) -> Result<Sheet, Refusal> {
        let path = self.0.join(name);
        let file = std::fs::File::open(&path).map_err(|error| broken(&path, &error))?;
        let options =
            formats::Options { header: !lists, ..formats::Options::named(name.to_owned()) };
        let table = formats::open(file, &options).map_err(|error| broken(&path, &error))?;
        let run = mining::Run::default();
        if lists { Sheet::read_lists(table, &run) } else { Sheet::read(table, &run) }
    }

    fn text(&self, name: &str) -> Result<String, Refusal> {
        let path = self.0.join(name);
        std::fs::read_to_string(&path).map_err(|error| broken(&path, &error))
    }
}

fn broken(path: &std::path::Path, error: &dyn std::fmt::Display) -> Refusal {
    let words = format!("{}: {error}", path.display());
    Refusal::setting(mining::Text::new(&words, &words))
}

fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let given = |name: &str| {
        let at = arguments.iter().position(|a| a == name)?;
        arguments.get(at + 1).cloned()
    };
    let only = given("--only");
    let wants = |name: &str| only.as_ref().is_none_or(|o| o.split(',').any(|o| o == name));
    let named = given("--data").or_else(|| std::env::var("GUANXI_MINING_DATA").ok());
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let data = named.map_or(beside, PathBuf::from);
    let python = match python::Python::ready() {
        Ok(python) => python,
        Err(why) => {
            println!("mining: not compared with others, because {why}");
            return std::process::ExitCode::SUCCESS;
        }
    };
    let samples = studies::verify::samples::samples(&Directory(data.clone())).ok();
    if samples.is_none() {
        println!(
            "mining: no public data in {}; made-up data alone (--data DIRECTORY)",
            data.display()
        );
    }
    println!(
        "{:50}{:14}{:>10}{:>10}{:>8}  {:14}quality",
        "mining, CPU seconds on one thread", "rival", "ours", "theirs", "ratio", "goal"
    );
    let mut missed = 0;
    let mut show = |line: Line| {
        let ratio = line.ours / line.theirs;
        let goal = line.goal.map_or(String::new(), |g| {
            let holds = ratio <= g;
            missed += usize::from(!holds);
            format!("{g}{}", if holds { "" } else { " MISSED" })
        });
        println!(
            "{:50}{:14}{:>10.4}{:>10.4}{ratio:>8.3}  {goal:14}{}",
            line.task, line.rival, line.ours, line.theirs, line.quality
        );
    };
    if wants("itemsets") {
        itemsets::run(&python, samples.as_ref(), &mut show);
    }
    if wants("kmeans") {
        customers::run(&python, samples.as_ref(), &mut show);
    }
    if wants("boosted") {
        models::boosted(&python, samples.as_ref(), &mut show);
    }
    if wants("logistic") {
        models::logistic(&python, samples.as_ref(), &mut show);
    }
    println!("mining: {missed} goals missed");
    std::process::ExitCode::SUCCESS
}
