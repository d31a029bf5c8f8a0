//! `guanxi mine verify`: the engine on public data beside published figures. The table is in English.

use mining::{Run, Text};
use serde_json::json;
use std::path::{Path, PathBuf};
use studies::verify::{Files, Goal, Line, parts, verify};
use studies::{Refusal, Sheet};

use super::Failed;
use super::files::Opening;

/// The data directory.
struct Directory<'a> {
    path: PathBuf,
    run: &'a Run<'a>,
}

impl Files for Directory<'_> {
    fn sheet(&self, name: &str, lists: bool) -> Result<Sheet, Refusal> {
        let opening =
            Opening { encoding: None, delimiter: None, sheet: None, header: !lists, lists };
        opening.read(&self.path.join(name), self.run)
    }

    fn text(&self, name: &str) -> Result<String, Refusal> {
        let path = self.path.join(name);
        std::fs::read_to_string(&path).map_err(|error| Refusal {
            code: "file.file_io".to_owned(),
            why: Text::new(
                format!("{}: {error}", path.display()),
                format!("{}：{error}", path.display()),
            ),
            help: Text::default(),
        })
    }
}

/// Prints the table, figure by figure; fails when one is missed.
///
/// # Errors
/// Data that are missing, and figures that are not reached.
pub fn run(data: &Path, only: &[String], run: &Run<'_>, as_json: bool) -> Result<(), Failed> {
    if let Some(unknown) = only.iter().find(|o| !parts().any(|p| p == **o)) {
        let known: Vec<&str> = parts().collect();
        let words = format!("there is no part {unknown}; there are: {}", known.join(", "));
        return Err(Failed::usage(words));
    }
    let files = Directory { path: data.to_owned(), run };
    let mut lines: Vec<Line> = Vec::new();
    let quiet = Run { watch: run.watch, ..*run };
    if !as_json {
        println!("{:24}{:58}{:>12}  {:24}published", "data", "figure", "reached", "goal");
    }
    let mut tell = |line: Line| {
        if !as_json {
            println!("{}", shown(&line));
        }
        lines.push(line);
    };
    let ended = verify(&files, only, &quiet, &mut tell);
    ended.map_err(|refusal| super::failed(refusal, studies::Language::En))?;
    let missed = lines.iter().filter(|l| !l.holds()).count();
    if as_json {
        let all: Vec<serde_json::Value> = lines
            .iter()
            .map(|l| {
                json!({"data": l.data, "figure": l.measure, "reached": l.reached,
                       "goal": goal(l.goal), "holds": l.holds(), "published": l.published})
            })
            .collect();
        println!("{}", json!(all));
    }
    match missed {
        0 => Ok(()),
        _ => Err(Failed::because(format!("{missed} of {} figures are missed", lines.len()))),
    }
}

fn goal(goal: Goal) -> String {
    match goal {
        Goal::AtLeast(x) => format!("≥ {}", (x * 1e4).round() / 1e4),
        Goal::AtMost(x) => format!("≤ {}", (x * 1e4).round() / 1e4),
        Goal::Near(x, 0.0) => format!("= {x}"),
        Goal::Near(x, within) => format!("{x} ± {within}"),
        Goal::Shown => String::new(),
    }
}

fn shown(l: &Line) -> String {
    let reached = match l.reached {
        x if x.abs() >= 100.0 => format!("{x:.2}"),
        x => format!("{x:.4}"),
    };
    let verdict = match (l.goal, l.holds()) {
        (Goal::Shown, _) => "",
        (_, true) => "ok",
        (_, false) => "MISSED",
    };
    let (data, measure, goal) = (l.data, &l.measure, goal(l.goal));
    format!("{data:24}{measure:58}{reached:>12}  {goal:16}{verdict:8}{}", l.published)
        .trim_end()
        .to_owned()
}
