//! Clusters side by side, stopped, resumed and cleaned up, on a real PostgreSQL.
#![cfg(test)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pgtest::{Cluster, Options};

/// Set in the process that a test starts only to kill it; names the file for its socket directory.
const VICTIM: &str = "PGTEST_VICTIM";

fn query(cluster: &Cluster, sql: &str) -> Result<String, String> {
    let output = Command::new("psql")
        .args(["--no-psqlrc", "--tuples-only", "--no-align", "--dbname", cluster.dsn()])
        .args(["--command", sql])
        .output()
        .expect("psql comes with PostgreSQL");
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
    }
}

#[test]
fn three_run_side_by_side_and_one_stops_and_comes_back_with_its_data() {
    let clusters: Vec<Cluster> = (0..3).map(|_| Cluster::start().unwrap()).collect();
    for (number, cluster) in clusters.iter().enumerate() {
        query(cluster, &format!("create table mine as select {number} as number")).unwrap();
    }

    clusters[1].stop().unwrap();
    assert!(query(&clusters[1], "select 1").is_err());
    assert_eq!(query(&clusters[0], "select number from mine"), Ok("0".to_owned()));
    assert_eq!(query(&clusters[2], "select number from mine"), Ok("2".to_owned()));

    clusters[1].resume().unwrap();
    assert_eq!(query(&clusters[1], "select number from mine"), Ok("1".to_owned()));
}

#[test]
fn settings_are_as_asked_and_text_is_ordered_by_language() {
    let options = Options {
        fsync: true,
        settings: vec![("log_min_duration_statement".to_owned(), "7ms".to_owned())],
        ..Options::default()
    };
    let cluster = Cluster::start_with(&options).unwrap();
    let shown = |name: &str| query(&cluster, &format!("show {name}")).unwrap();
    assert_eq!(shown("fsync"), "on");
    assert_eq!(shown("log_min_duration_statement"), "7ms");
    assert_eq!(shown("server_encoding"), "UTF8");
    assert_eq!(query(&cluster, "select 'a' < 'B', 'a' < 'B' collate \"C\"").unwrap(), "t|f");
}

#[test]
fn a_dropped_cluster_leaves_nothing() {
    let cluster = Cluster::start().unwrap();
    let directory = cluster.socket_directory().unwrap().to_owned();
    let pid = server_pid(&directory);
    drop(cluster);
    assert!(!directory.exists());
    assert!(!is_running(&pid), "server {pid} still runs");
}

#[test]
fn the_shared_cluster_is_one_and_names_are_fresh() {
    let (one, same) = (pgtest::shared(), pgtest::shared());
    assert_eq!(one.dsn(), same.dsn());
    let (a, b) = (one.fresh_schema_name(), one.fresh_schema_name());
    assert_ne!(a, b);
    assert!(a.len() <= 40, "{a}");
    query(one, &format!("create schema {a}; create schema {b}; drop schema {a}; drop schema {b}"))
        .unwrap();
}

#[test]
fn a_killed_test_leaves_nothing() {
    if let Some(file) = std::env::var_os(VICTIM) {
        be_the_victim(Path::new(&file));
    }
    let file = std::env::temp_dir().join(format!("pgtest-victim-{}", std::process::id()));
    let mut victim = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_killed_test_leaves_nothing"])
        .env(VICTIM, &file)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    wait_until("the victim's server runs", || file.exists());
    let directory = PathBuf::from(std::fs::read_to_string(&file).unwrap());
    let pid = server_pid(&directory);
    assert!(is_running(&pid));

    victim.kill().unwrap();
    victim.wait().unwrap();
    wait_until("the directory is gone", || !directory.exists());
    assert!(!is_running(&pid), "server {pid} still runs");
    std::fs::remove_file(&file).unwrap();
}

/// Starts a cluster, tells where, and waits for the end that comes from outside.
fn be_the_victim(file: &Path) -> ! {
    let cluster = Cluster::start().unwrap();
    let unfinished = file.with_extension("unfinished");
    std::fs::write(&unfinished, cluster.socket_directory().unwrap().to_str().unwrap()).unwrap();
    std::fs::rename(unfinished, file).unwrap();
    loop {
        std::thread::park();
    }
}

fn server_pid(directory: &Path) -> String {
    let text = std::fs::read_to_string(directory.join("data/postmaster.pid")).unwrap();
    text.lines().next().unwrap().to_owned()
}

/// A zombie counts as ended: its parent, not this test, has to collect it.
fn is_running(pid: &str) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| !stat.rsplit(')').next().unwrap().trim_start().starts_with('Z'))
}

#[track_caller]
fn wait_until(what: &str, done: impl Fn() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < Duration::from_secs(60), "not in a minute: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
