//! Starts that cannot be: each is told in a line with its cause, at once, and leaves no process behind.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::program::{Home, Program};

#[track_caller]
fn refused(home: &Home, arguments: &[&str], expected: &str) {
    let began = Instant::now();
    let (status, text) = home.run(arguments);
    let took = began.elapsed();
    assert!(!status.success(), "{arguments:?}: {text}");
    assert!(text.contains(expected), "{arguments:?}: {text}");
    assert!(!text.contains("panicked"), "{text}");
    assert!(text.lines().count() <= 6, "{text}");
    let longest = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 2 });
    assert!(took < longest, "{arguments:?} after {took:?}");
}

#[test]
fn what_is_wrong_is_told_at_once_in_a_line() {
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    for (config, expected) in [
        ("nonsense", "guanxi.toml"),
        ("[limits]\nno_such = 1\n", "no_such"),
        ("listen = \"everywhere\"\n", "guanxi.toml"),
        ("[workspaces.\"Bad Name\"]\n", "small letters"),
        ("[workspaces.main]\ndatabase = \"not a connection\"\n", "DSN"),
        ("[workspaces.main]\ndatabase = \"postgres://x@127.0.0.1:1/x\"\n", "cannot be reached"),
    ] {
        let home = Home::new();
        std::fs::write(home.directory.path().join("guanxi.toml"), config).unwrap();
        refused(&home, &serve, expected);
    }
    let home = Home::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    refused(&home, &["serve", "--listen", &address], "choose another with --listen");
    let home = Home::new();
    std::fs::write(home.data(), "a file where a folder should be").unwrap();
    refused(&home, &serve, "data");
    let home = Home::new();
    std::fs::create_dir_all(home.data().join("main")).unwrap();
    std::fs::write(home.data().join("main/guanxi.db"), "no database ".repeat(1_000)).unwrap();
    refused(&home, &serve, "guanxi");
    refused(&home, &["export", "no_such", "x.csv"], "guanxi");
    refused(&home, &["serve", "--no-such-flag"], "--no-such-flag");
}

#[test]
fn a_second_server_on_the_same_data_is_refused() {
    let home = Home::new();
    let program = Program::start(&home);
    refused(&home, &["serve", "--listen", "127.0.0.1:0"], "another server works on");
    refused(&home, &["doctor"], "another server works on");
    assert_eq!(program.ask("GET", "/readyz", &[], "").unwrap().0, 200);
}
