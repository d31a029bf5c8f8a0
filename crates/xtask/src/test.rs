//! `xtask test`: every check, the quick ones first. What is checked is decided by the tools it runs.

use std::path::{Path, PathBuf};
use std::process::Command;

use pgtest::Cluster;

use crate::setup::has_nextest;
use crate::steps::{Report, is_there, step, step_with_report};
use crate::tidy;

/// Tests of hours, run by `make soak`; nextest knows them by its own settings.
const SOAK: &str = "soak::";

/// Runs all checks and closes with the test runner's own summary.
pub fn run(root: &Path) -> Result<(), String> {
    tidy::run(root)?;
    step("format", cargo(root).args(["fmt", "--all", "--check"]))?;
    lint(root)?;
    check_web(root)?;
    let summary = test(root)?;
    browse(root)?;
    println!("\n{summary}");
    Ok(())
}

/// Builds the web UI into `web/dist`.
pub fn build_web(root: &Path) -> Result<(), String> {
    let web = root.join("web");
    install_packages(&web)?;
    step("web build", npm(&web).args(["run", "build"]))
}

/// Pictures of every screen, taken of the release binary, into `screens`.
pub fn take_screens(root: &Path) -> Result<(), String> {
    let journeys = root.join("e2e");
    install_packages(&journeys)?;
    let binary = target_directory(root).join("release/guanxi");
    let mut command = npm(&journeys);
    command.args(["run", "screens"]).env("GUANXI_BIN", binary);
    step("screens", command.env("GUANXI_SCREENS", root.join("screens")))
}

/// Types, lints, texts and tests of the web UI; then builds it and holds it to its size.
fn check_web(root: &Path) -> Result<(), String> {
    let web = root.join("web");
    install_packages(&web)?;
    step("web check", npm(&web).args(["run", "check"]))?;
    build_web(root)?;
    step("web size", npm(&web).args(["run", "size"]))
}

fn lint(root: &Path) -> Result<(), String> {
    // The server embeds the built UI, and does not compile without its folder.
    std::fs::create_dir_all(root.join("web/dist")).map_err(|error| format!("web/dist: {error}"))?;
    let clippy = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    step("lints", cargo(root).args(clippy))?;
    check_dependencies(root)
}

/// Licences and sources of what is built in; known faults of it where the lists of them can be reached.
pub fn check_dependencies(root: &Path) -> Result<(), String> {
    if !is_there(cargo(root).args(["deny", "--version"])) {
        println!("licences and advisories: left out, cargo-deny is not installed");
        return Ok(());
    }
    let known = ["deny", "--locked", "check", "bans", "licenses", "sources"];
    step("licences", cargo(root).args(known))?;
    if is_there(cargo(root).args(["deny", "--locked", "fetch", "db"])) {
        step("advisories", cargo(root).args(["deny", "--locked", "check", "advisories"]))?;
    } else {
        println!("advisories: left out, the database of advisories cannot be reached");
    }
    let audit = npm(&root.join("web")).args(["audit", "--omit=dev", "--json"]).output();
    let report = audit.map_err(|error| format!("npm audit: {error}"))?;
    let text = String::from_utf8_lossy(&report.stdout);
    if text.contains("\"auditReportVersion\"") {
        return match report.status.success() {
            true => Ok(()),
            false => Err(format!("npm audit: {text}")),
        };
    }
    println!("npm audit: left out, the registry does not answer it");
    Ok(())
}

/// All Rust tests, with one PostgreSQL for all of them; gives back the runner's summary.
fn test(root: &Path) -> Result<String, String> {
    let given = std::env::var(pgtest::SHARED_DSN).ok().filter(|dsn| !dsn.is_empty());
    let started = match given {
        Some(_) => None,
        None => Some(Cluster::start().map_err(|error| format!("tests on PostgreSQL: {error}"))?),
    };
    let dsn =
        started.as_ref().map(|cluster| cluster.dsn().to_owned()).or(given).unwrap_or_default();
    let cargo = || {
        let mut command = cargo(root);
        command.env(pgtest::SHARED_DSN, &dsn);
        command
    };
    if !has_nextest(root) {
        let arguments = ["test", "--workspace", "--locked", "--", "--skip", SOAK];
        let report = step_with_report("tests", cargo().args(arguments), Report::Output)?;
        return Ok(total(&report));
    }
    step(
        "examples in the docs",
        cargo().args(["test", "--workspace", "--locked", "--doc", "--quiet"]),
    )?;
    let profile = if std::env::var_os("CI").is_some() { "ci" } else { "default" };
    let arguments = ["nextest", "run", "--workspace", "--locked", "--profile", profile];
    let report = step_with_report("tests", cargo().args(arguments), Report::Error)?;
    let summary = report.lines().rev().find(|line| line.contains("Summary"));
    Ok(summary.unwrap_or("tests: passed").trim_start().to_owned())
}

/// `cargo test` ends each binary with a line of its own; this is their sum.
fn total(report: &str) -> String {
    let count = |what: &str| -> usize {
        let results = report.lines().filter(|line| line.starts_with("test result:"));
        let parts = results.flat_map(|line| line.split([';', '.']));
        parts.filter_map(|part| part.trim().strip_suffix(what)?.trim().parse::<usize>().ok()).sum()
    };
    let (passed, failed, ignored) = (count("passed"), count("failed"), count("ignored"));
    format!("test result: ok. {passed} passed; {failed} failed; {ignored} ignored")
}

/// The journeys in a real browser, against the binary this checkout builds.
fn browse(root: &Path) -> Result<(), String> {
    let journeys = root.join("e2e");
    if !journeys.join("package.json").is_file() {
        return Ok(());
    }
    step(
        "binary",
        cargo(root).args(["build", "--locked", "--package", "server", "--bin", "guanxi"]),
    )?;
    install_packages(&journeys)?;
    let binary = target_directory(root).join("debug/guanxi");
    step("journeys", npm(&journeys).arg("test").env("GUANXI_BIN", binary))
}

/// `npm ci`, unless what is installed is what the lock file asks for.
fn install_packages(directory: &Path) -> Result<(), String> {
    let changed =
        |name: &str| directory.join(name).metadata().and_then(|file| file.modified()).ok();
    let installed = changed("node_modules/.package-lock.json");
    if installed.is_some() && installed >= changed("package-lock.json") {
        return Ok(());
    }
    // Packages' own scripts do not run: none of ours needs them, and they run as the developer.
    step("packages", npm(directory).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
}

fn target_directory(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |path| root.join(path))
}

fn cargo(root: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root);
    command
}

fn npm(directory: &Path) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(directory);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_many_binaries_are_added_up() {
        let report = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; \
                      1 filtered out; finished in 0.52s\nnoise\ntest result: ok. 40 passed; 0 failed; \
                      1 ignored; 0 measured; 0 filtered out; finished in 1.00s\n";
        assert_eq!(total(report), "test result: ok. 42 passed; 0 failed; 1 ignored");
    }
}
