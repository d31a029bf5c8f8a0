//! The walls as the manifests state them: who depends on whom, pinned how, linted how.

use toml::{Table, Value};

use super::finding::Finding;
use super::rooms::{Room, room};
use super::tree::{Source, Tree};

/// Development dependencies are free: tests may look over walls.
const TABLES: [&str; 2] = ["dependencies", "build-dependencies"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let manifests = tree.sources.iter().filter(|source| source.path.ends_with("Cargo.toml"));
    let packages = tree.sources.iter().filter(|source| source.path.ends_with("package.json"));
    manifests.flat_map(check_manifest).chain(packages.flat_map(check_package)).collect()
}

fn check_manifest(source: &Source) -> Vec<Finding> {
    let manifest = match source.text.parse::<Table>() {
        Ok(manifest) => manifest,
        Err(error) => return vec![Finding::error(&source.path, 1, "manifest", error.to_string())],
    };
    let mut findings = unpinned(source, &manifest);
    let Some(name) = source.room() else { return findings };
    let lints = manifest.get("lints").and_then(|lints| lints.get("workspace"));
    if lints != Some(&Value::Boolean(true)) {
        let advice = "add [lints] workspace = true, so that the lints are the same everywhere";
        findings.push(Finding::error(&source.path, 1, "lints", advice.to_owned()));
    }
    match room(name) {
        Some(room) => findings.extend(broken_walls(source, &manifest, room)),
        None => findings.push(Finding::error(
            &source.path,
            1,
            "wall",
            format!("say in crates/xtask/src/tidy/rooms.rs which walls `{name}` has"),
        )),
    }
    findings
}

fn broken_walls(source: &Source, manifest: &Table, room: &Room) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (alias, value) in dependencies(manifest) {
        // A path marks one of ours; `workspace = true` may be either, and ours are known by name.
        let name = value.get("package").and_then(Value::as_str).unwrap_or(alias);
        let is_ours = value.get("path").is_some() || super::rooms::room(name).is_some();
        let is_refused = if is_ours {
            !room.ours.contains(&name)
        } else {
            room.without.iter().any(|without| is_of_family(name, without))
        };
        if is_refused {
            let advice = format!("`{}` must not depend on `{name}`: {}", room.name, room.why);
            findings.push(Finding::error(&source.path, line_of(source, alias), "wall", advice));
        }
    }
    findings
}

/// `tokio` and `tokio-util` are of the family `tokio`, and so are `async-trait` of `async`.
fn is_of_family(name: &str, family: &str) -> bool {
    name.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}

fn dependencies(manifest: &Table) -> impl Iterator<Item = (&str, &Value)> {
    let targets = manifest.get("target").and_then(Value::as_table);
    let of_targets =
        targets.into_iter().flat_map(|targets| targets.values()).filter_map(Value::as_table);
    std::iter::once(manifest)
        .chain(of_targets)
        .flat_map(|table| TABLES.iter().filter_map(|name| table.get(*name)?.as_table()))
        .flat_map(|table| table.iter().map(|(name, value)| (name.as_str(), value)))
}

/// Versions are exact, so that a build next year is this build.
fn unpinned(source: &Source, manifest: &Table) -> Vec<Finding> {
    let workspace = manifest.get("workspace").and_then(Value::as_table);
    let development = manifest.get("dev-dependencies").and_then(Value::as_table);
    let all = dependencies(manifest)
        .chain(workspace.into_iter().flat_map(dependencies))
        .chain(development.into_iter().flatten().map(|(name, value)| (name.as_str(), value)));
    let versions = all.filter_map(|(name, value)| {
        Some((name, value.as_str().or_else(|| value.get("version")?.as_str())?))
    });
    versions
        .filter(|(_, version)| !version.starts_with('='))
        .map(|(name, version)| {
            let advice = format!("pin `{name}` exactly, as \"=x.y.z\", not \"{version}\"");
            Finding::error(&source.path, line_of(source, name), "pin", advice)
        })
        .collect()
}

fn check_package(source: &Source) -> Vec<Finding> {
    let package: serde_json::Value = match serde_json::from_str(&source.text) {
        Ok(package) => package,
        Err(error) => return vec![Finding::error(&source.path, 1, "manifest", error.to_string())],
    };
    let tables = ["dependencies", "devDependencies"]
        .into_iter()
        .filter_map(|name| package[name].as_object());
    tables
        .flatten()
        .filter(|(_, version)| {
            !version.as_str().is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()))
        })
        .map(|(name, version)| {
            let advice = format!("pin `{name}` exactly, as \"x.y.z\", not {version}");
            Finding::error(&source.path, line_of(source, &format!("\"{name}\"")), "pin", advice)
        })
        .collect()
}

fn line_of(source: &Source, start: &str) -> usize {
    source
        .text
        .lines()
        .position(|line| line.trim_start().starts_with(start))
        .map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    const LINTS: &str = "[lints]\nworkspace = true\n";

    #[track_caller]
    fn finds(path: &str, manifest: &str, expected: &[&str]) {
        assert_eq!(found(check, &[(path, &format!("{manifest}\n{LINTS}"))]), expected);
    }

    #[test]
    fn a_dependency_on_another_room_has_to_be_allowed() {
        finds("crates/model/Cargo.toml", "[dependencies]\ntext.workspace = true", &[]);
        finds(
            "crates/mining/Cargo.toml",
            "[dependencies]\nmodel.workspace = true",
            &[
                "crates/mining/Cargo.toml:2: wall: `mining` must not depend on `model`: it is pure: it \
             cannot fail for reasons outside its arguments",
            ],
        );
        finds(
            "crates/store/Cargo.toml",
            "[dependencies]\nfirms = { path = \"../objects\", package = \"objects\" }",
            &["crates/store/Cargo.toml:2: wall: `store` must not depend on `objects`: it knows \
             databases and nothing else"],
        );
    }

    #[test]
    fn tests_may_look_over_walls() {
        finds("crates/store/Cargo.toml", "[dev-dependencies]\nobjects.workspace = true", &[]);
    }

    #[test]
    fn a_crate_that_brings_the_outside_in_is_refused() {
        let http = "[dependencies]\naxum.workspace = true";
        finds("crates/server/Cargo.toml", http, &[]);
        finds(
            "crates/app/Cargo.toml",
            http,
            &[
                "crates/app/Cargo.toml:2: wall: `app` must not depend on `axum`: it has no HTTP and no \
             SQL: every door and both databases lead to the same capabilities",
            ],
        );
        let unix = "[target.'cfg(unix)'.dependencies]\ntokio-util = \"=0.7.1\"";
        finds(
            "crates/text/Cargo.toml",
            unix,
            &[
                "crates/text/Cargo.toml:2: wall: `text` must not depend on `tokio-util`: it is pure: it \
             cannot fail for reasons outside its arguments",
            ],
        );
    }

    #[test]
    fn versions_are_exact() {
        finds(
            "crates/text/Cargo.toml",
            "[dev-dependencies]\na = \"1\"\nb = { version = \"=1.2.3\" }",
            &["crates/text/Cargo.toml:2: pin: pin `a` exactly, as \"=x.y.z\", not \"1\""],
        );
        let workspace =
            "[workspace.dependencies]\nserde = { version = \"1.0\", features = [\"rc\"] }";
        finds(
            "Cargo.toml",
            workspace,
            &["Cargo.toml:2: pin: pin `serde` exactly, as \"=x.y.z\", not \"1.0\""],
        );
        let package = "{\"dependencies\": {\n\"react\": \"^19.0.0\", \"vite\": \"8.3.8\"}}";
        assert_eq!(
            found(check, &[("web/package.json", package)]),
            ["web/package.json:2: pin: pin `react` exactly, as \"x.y.z\", not \"^19.0.0\"",]
        );
    }

    #[test]
    fn a_new_room_says_which_walls_it_has_and_is_linted() {
        assert_eq!(
            found(check, &[("crates/cellar/Cargo.toml", "[package]")]),
            [
                "crates/cellar/Cargo.toml:1: lints: add [lints] workspace = true, so that the lints are \
             the same everywhere",
                "crates/cellar/Cargo.toml:1: wall: say in crates/xtask/src/tidy/rooms.rs which walls \
             `cellar` has",
            ]
        );
    }
}
