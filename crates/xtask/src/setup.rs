//! `xtask setup`: what building and testing need from the machine, installed or asked for by name.

use std::path::Path;
use std::process::Command;

use crate::steps::{is_there, step};

/// The version our settings in `.config/nextest.toml` are written for.
const NEXTEST: &str = "0.9.143";
/// Vite's oldest, as (major, minor).
const NODE_MIN: (u32, u32) = (20, 19);

/// Something of the machine, and the Debian packages that bring it.
struct Need {
    what: &'static str,
    packages: &'static [&'static str],
    is_met: fn() -> bool,
}

const NEEDS: [Need; 5] = [
    Need { what: "a C compiler", packages: &["gcc", "libc6-dev"], is_met: || answers("cc") },
    Need {
        what: "PostgreSQL",
        packages: &["postgresql-15"],
        is_met: || pgtest::installed().is_ok(),
    },
    Need { what: "strace", packages: &["strace"], is_met: || answers("strace") },
    Need { what: "Chromium", packages: &["chromium"], is_met: || answers("chromium") },
    Need {
        what: "a Chinese font",
        packages: &["fonts-noto-cjk", "fontconfig"],
        is_met: has_chinese_font,
    },
];

/// Does nothing on a machine that has everything.
pub fn run(root: &Path) -> Result<(), String> {
    check_tools(root)?;
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !(need.is_met)()).collect();
    if !missing.is_empty() {
        install(&missing)?;
    }
    if !has_nextest(root) {
        install_nextest(root);
    }
    println!("setup: everything is there");
    Ok(())
}

pub fn has_nextest(root: &Path) -> bool {
    is_there(Command::new("cargo").current_dir(root).args(["nextest", "--version"]))
}

/// What does not come from Debian, and what only its user can choose.
fn check_tools(root: &Path) -> Result<(), String> {
    let node = printed(Command::new("node").arg("--version")).unwrap_or_default();
    if node_version(&node).is_none_or(|version| version < NODE_MIN) {
        let (major, minor) = NODE_MIN;
        return Err(format!("install Node.js {major}.{minor} or newer with npm (found: {node:?})"));
    }
    if !answers("npm") {
        return Err("install npm, which belongs to Node.js".to_owned());
    }
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !is_there(Command::new("cargo").current_dir(root).args([tool, "--version"])) {
            return Err(format!("run: rustup component add {component}"));
        }
    }
    Ok(())
}

fn install(missing: &[&Need]) -> Result<(), String> {
    let what: Vec<&str> = missing.iter().map(|need| need.what).collect();
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    let (what, names) = (what.join(", "), packages.join(" "));
    let is_root = printed(Command::new("id").arg("-u")).as_deref() == Some("0");
    if !is_root || !answers("apt-get") {
        return Err(format!("missing: {what}. On Debian: sudo apt-get install {names}"));
    }
    println!("setup: missing: {what}");
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet");
        command
    };
    step("package lists", apt().arg("update"))?;
    step("packages", apt().args(["install", "--yes", "--no-install-recommends"]).args(&packages))?;
    match missing.iter().find(|need| !(need.is_met)()) {
        None => Ok(()),
        Some(need) => Err(format!("{} is still missing after installing {names}", need.what)),
    }
}

/// Tests run without it too, by `cargo test`, so that a failure here is no failure.
fn install_nextest(root: &Path) {
    let mut install = Command::new("cargo");
    install.current_dir(root).args(["install", "--locked", "--version", NEXTEST, "cargo-nextest"]);
    if let Err(error) = step("cargo-nextest", &mut install) {
        println!("setup: {error}; the tests will run by `cargo test`");
    }
}

fn answers(program: &str) -> bool {
    is_there(Command::new(program).arg("--version"))
}

fn has_chinese_font() -> bool {
    printed(Command::new("fc-list").arg(":lang=zh-cn")).is_some_and(|fonts| !fonts.is_empty())
}

fn printed(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// `v20.20.2` is (20, 20).
fn node_version(printed: &str) -> Option<(u32, u32)> {
    let mut parts = printed.strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_node_are_compared_by_number() {
        assert_eq!(node_version("v20.9.0"), Some((20, 9)));
        assert!(node_version("v20.9.0").unwrap() < NODE_MIN);
        assert!(node_version("v24.0.1").unwrap() > NODE_MIN);
        assert_eq!(node_version(""), None);
    }
}
