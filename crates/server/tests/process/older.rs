//! Data of an older program: taken over by this one, with a copy of what was; data of a newer one are left alone.

use std::process::{Command, Stdio};

use serde_json::json;

use crate::program::{Home, PASSWORD, Program};

/// A workspace as a program of 24 November 2026 left it: twelve accounts, each with a contact and a deal.
const OLDER: &[u8] = include_bytes!("older/guanxi.db.gz");

fn unpack(home: &Home) {
    let place = home.data().join("main");
    std::fs::create_dir_all(&place).unwrap();
    let packed = place.join("packed.gz");
    std::fs::write(&packed, OLDER).unwrap();
    let file = std::fs::File::create(place.join("guanxi.db")).unwrap();
    let status =
        Command::new("gzip").arg("-dc").arg(&packed).stdout(Stdio::from(file)).status().unwrap();
    assert!(status.success());
    std::fs::remove_file(packed).unwrap();
}

#[test]
fn an_older_programs_data_are_taken_over_with_a_copy_of_what_was() {
    let home = Home::new();
    unpack(&home);
    let (status, steps) = home.run(&["workspace", "plan"]);
    assert!(status.success(), "{steps}");
    let program = Program::start(&home);
    let body = json!({"email": "ada@example.com", "password": PASSWORD}).to_string();
    let headers = [("content-type", "application/json")];
    let (status, me) = program.ask("POST", "/api/v1/session", &headers, &body).unwrap();
    assert_eq!(status, 200, "{me}");
    program.kill();
    home.expect_well();
    let (status, users) = home.run(&["user", "list"]);
    assert!(status.success() && users.contains("ada@example.com"), "{users}");
    let out = home.directory.path().join("accounts.csv");
    let out = out.to_str().unwrap();
    let (status, said) = home.run(&["export", "account", out]);
    assert!(status.success(), "{said}");
    let table = std::fs::read_to_string(out).unwrap();
    assert_eq!(table.lines().count(), 13, "{table}");
    if !steps.starts_with("0 changes") {
        let entries = std::fs::read_dir(home.data().join("main")).unwrap();
        let names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        assert!(names.iter().any(|name| name.starts_with("before-change-")), "{names:?}");
    }
}
