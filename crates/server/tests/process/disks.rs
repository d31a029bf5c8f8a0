//! Disks that are full or fail, and files that are damaged: reading goes on, writing is refused in words, what was
//! acknowledged stays, and damage is found and named.

use std::os::unix::fs::FileExt;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::program::{Admin, Dice, Home, Program, seed};

/// Writes accounts until one is refused or so many are made: their names, and the refusal's status.
fn write(program: &Program, admin: &Admin, from: usize, count: usize) -> (Vec<String>, u16) {
    let mut made = Vec::new();
    for n in from..from + count {
        let name = format!("Account {n}");
        let body = json!({"name": name, "description": "words that fill the disk ".repeat(300)});
        match admin.ask(program.address, "POST", "/accounts", &[], &body) {
            Ok((201, _)) => made.push(name),
            Ok((status, answer)) => {
                assert!(matches!(status, 503 | 507), "{status} {answer:#}");
                return (made, status);
            }
            Err(error) => panic!("{error}: {}", program.said.lock().unwrap()),
        }
    }
    (made, 0)
}

#[track_caller]
fn expect_all(program: &Program, admin: &Admin, made: &[String]) {
    let names: Vec<Value> = admin
        .all(program.address, "accounts", &["name"])
        .iter()
        .map(|a| a["name"].clone())
        .collect();
    for name in made {
        assert!(names.contains(&json!(name)), "{name} was acknowledged");
    }
}

#[test]
fn a_full_disk_refuses_writes_until_there_is_space_again() {
    let home = Home::new();
    std::fs::create_dir_all(home.data()).unwrap();
    let mount =
        format!("mount -t tmpfs -o size=64m tmpfs '{}' && exec \"$@\"", home.data().display());
    // A file system of its own, which ends with the process.
    let before = ["unshare", "--map-root-user", "--mount", "sh", "-c", &mount, "sh"];
    let program = Program::start_with(&home, &before).expect("a file system of its own");
    let admin = program.set_up();
    let (mut made, status) = write(&program, &admin, 0, 20);
    assert_eq!(status, 0);
    let inside = format!("/proc/{}/root{}", program.child.id(), home.data().display());
    let filler = std::path::Path::new(&inside).join("filler");
    let filled = std::fs::File::create(&filler).unwrap();
    let mut at = 0;
    while filled.write_at(&[1; 4096], at).is_ok() {
        at += 4096;
    }
    let (more, status) = write(&program, &admin, 100, 2_000);
    made.extend(more);
    assert_eq!(status, 507, "{}", program.said.lock().unwrap());
    expect_all(&program, &admin, &made);
    let (_, ready) = program.ask("GET", "/readyz", &[], "").unwrap();
    assert!(ready.contains("disk_full"), "health tells: {ready}");
    let upload = admin.upload(program.address, "a.csv", &"x".repeat(1 << 20)).unwrap();
    assert_eq!(upload, "", "files are refused as well");
    // As long as somebody holds it, its space is not free.
    drop(filled);
    std::fs::remove_file(&filler).unwrap();
    let began = Instant::now();
    loop {
        let (more, status) = write(&program, &admin, 10_000 + made.len(), 5);
        made.extend(more);
        if status == 0 {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{status}");
    }
    let (_, ready) = program.ask("GET", "/readyz", &[], "").unwrap();
    assert!(!ready.contains("disk_full"), "{ready}");
    expect_all(&program, &admin, &made);
}

/// The `when`-th call of one of `calls` by a thread fails with `error`, and so do all after it when `stays`.
fn failing(error: &str, calls: &str, when: u64, stays: bool) {
    let home = Home::new();
    let program = Program::start(&home);
    let admin = program.set_up();
    let (mut made, _) = write(&program, &admin, 0, 3);
    program.kill();
    let trace = format!("trace={calls}");
    let plus = if stays { "+" } else { "" };
    let inject = format!("inject={calls}:error={error}:when={when}{plus}");
    let before = ["strace", "-D", "-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject];
    if let Some(program) = Program::start_with(&home, &before) {
        let (more, status) = write(&program, &admin, 100, 12);
        made.extend(more);
        if status == 503 {
            // What the disk did not keep is not tried again; reading goes on.
            let (_, again) = write(&program, &admin, 500, 1);
            assert!(matches!(again, 0 | 503 | 507), "{again}");
        }
        let alive = program.ask("GET", "/healthz", &[], "").map(|answer| answer.0);
        assert_eq!(alive.unwrap_or(0), 200, "{}", program.said.lock().unwrap());
        program.kill();
    }
    let program = Program::start(&home);
    expect_all(&program, &admin, &made);
    let (_, status) = write(&program, &admin, 1_000, 2);
    assert_eq!(status, 0, "service is back");
    program.kill();
    home.expect_well();
}

/// What SQLite calls to write and to force to the disk.
const WRITES: &str = "pwrite64";
const FORCES: &str = "fsync,fdatasync";

#[test]
fn the_nth_call_to_the_disk_fails_and_nothing_is_lost() {
    for when in [1, 2, 5, 9] {
        failing("EIO", FORCES, when, false);
    }
    failing("EIO", FORCES, 4, true);
    for when in [3, 20, 61] {
        failing("ENOSPC", WRITES, when, false);
    }
    failing("ENOSPC", WRITES, 30, true);
}

/// Bytes of a database are changed at random: it is found, or nothing that is shown depends on them.
fn flips(count: usize) {
    let mut dice = Dice(seed());
    let home = Home::new();
    let program = Program::start(&home);
    let admin = program.set_up();
    let (made, _) = write(&program, &admin, 0, 30);
    let mut program = program;
    assert!(program.terminate().success());
    let file = home.data().join("main/guanxi.db");
    let whole = std::fs::read(&file).unwrap();
    let (mut found, mut unharmed) = (0, 0);
    for _ in 0..count {
        let mut bytes = whole.clone();
        for _ in 0..8 {
            let at = dice.below(bytes.len() as u64) as usize;
            bytes[at] ^= 1 << dice.below(8);
        }
        let at = dice.below(bytes.len() as u64 / 4096) as usize * 4096;
        bytes[at..at + 64].fill(0xA5);
        let _ = std::fs::remove_file(file.with_extension("db-wal"));
        let _ = std::fs::remove_file(file.with_extension("db-shm"));
        std::fs::write(&file, &bytes).unwrap();
        let (status, text) = home.run(&["doctor"]);
        assert!(!text.contains("panicked"), "{text}");
        assert!(status.code().is_some(), "it ends by itself: {status}");
        if !status.success() {
            found += 1;
            continue;
        }
        unharmed += 1;
        let program = Program::start(&home);
        expect_all(&program, &admin, &made);
        program.kill();
    }
    eprintln!("{count} damaged copies: {found} found, {unharmed} unharmed");
    assert!(found > 0);
}

#[test]
fn damaged_pages_are_found() {
    flips(12);
}

mod soak {
    use super::{FORCES, WRITES, failing, flips};

    #[test]
    fn two_hundred_calls_that_fail() {
        for when in 1..=100 {
            failing("EIO", FORCES, when, when % 2 == 0);
            failing("ENOSPC", WRITES, when * 3, when % 2 == 1);
        }
    }

    #[test]
    fn two_hundred_damaged_copies() {
        flips(200);
    }
}
