//! Killed in the middle of everything, again and again: what was acknowledged is there, nothing is half, all sums are
//! true, and the program is ready again at once.

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::program::{Admin, Dice, Home, Program, READY_MAX, seed};

const WRITERS: usize = 4;
/// Rows of an import that is killed.
const ROWS: usize = 1_500;

/// What was acknowledged: accounts by name with their last acknowledged version, and deals by name.
#[derive(Default)]
struct Acknowledged {
    accounts: HashMap<String, (String, i64)>,
    deals: Vec<String>,
    imports: Vec<String>,
}

/// Writes until the server is gone.
fn write(at: SocketAddr, admin: &Admin, writer: usize, round: usize, log: &Mutex<Acknowledged>) {
    for n in 0.. {
        let name = format!("Account {round} {writer} {n}");
        let key = [("idempotency-key", name.as_str())];
        let Ok((201, account)) = admin.ask(at, "POST", "/accounts", &key, &json!({"name": name}))
        else {
            return;
        };
        let id = account["id"].as_str().unwrap().to_owned();
        log.lock().unwrap().accounts.insert(name.clone(), (id.clone(), 1));
        let deal =
            json!({"name": format!("Deal of {name}"), "account": id, "expected_amount": "12.50"});
        let Ok((201, _)) = admin.ask(at, "POST", "/opportunities", &[], &deal) else { return };
        log.lock().unwrap().deals.push(format!("Deal of {name}"));
        let (_, now) = match admin.ask(at, "GET", &format!("/accounts/{id}"), &[], &Value::Null) {
            Ok(answer) => answer,
            Err(_) => return,
        };
        let change = json!({"description": format!("changed {n}"), "version": now["version"]});
        let Ok((200, changed)) = admin.ask(at, "PATCH", &format!("/accounts/{id}"), &[], &change)
        else {
            return;
        };
        let version = changed["version"].as_i64().unwrap();
        log.lock().unwrap().accounts.insert(name, (id, version));
    }
}

/// Begins an import, and a backup, which the kill will find under way.
fn disturb(at: SocketAddr, admin: &Admin, round: usize, log: &Mutex<Acknowledged>) {
    if round.is_multiple_of(2) {
        let rows: String = (0..ROWS).map(|n| format!("Import {round} {n}\n")).collect();
        let Ok(file) = admin.upload(at, "a.csv", &format!("name\n{rows}")) else { return };
        let mapping = json!({"object": "lead", "columns": {"name": {"field": "name"}}});
        let body = json!({"file": file, "mapping": mapping});
        if let Ok((202, import)) = admin.ask(at, "POST", "/imports", &[], &body) {
            log.lock().unwrap().imports.push(import["id"].as_str().unwrap().to_owned());
        }
    } else {
        let _ = admin.ask(at, "POST", "/backup", &[], &json!({}));
    }
}

/// One round: writes, is killed, starts again, and is looked through.
fn round(
    home: &Home,
    admin: &Admin,
    program: Program,
    (number, life): (usize, Duration),
    log: &Arc<Mutex<Acknowledged>>,
) -> Program {
    let at = program.address;
    let mut threads = Vec::new();
    for writer in 0..WRITERS {
        let (admin, log) = (admin.clone(), log.clone());
        threads.push(std::thread::spawn(move || write(at, &admin, writer, number, &log)));
    }
    let (disturber, log_of) = (admin.clone(), log.clone());
    threads.push(std::thread::spawn(move || disturb(at, &disturber, number, &log_of)));
    let began = Instant::now();
    while began.elapsed() < life {
        std::thread::yield_now();
    }
    program.kill();
    for thread in threads {
        thread.join().unwrap();
    }
    let program = Program::start(home);
    assert!(program.ready_after <= READY_MAX, "ready after {:?}", program.ready_after);
    program
}

fn expect_all(at: SocketAddr, admin: &Admin, log: &Acknowledged) {
    let mut accounts = HashMap::new();
    for account in admin.all(at, "accounts", &["name", "open_opportunity_amount"]) {
        let name = account["name"].as_str().unwrap().to_owned();
        assert!(accounts.insert(name.clone(), account).is_none(), "{name} is there twice");
    }
    for (name, (id, version)) in &log.accounts {
        let account = accounts.get(name).unwrap_or_else(|| panic!("{name} was acknowledged"));
        assert_eq!(account["id"].as_str(), Some(id.as_str()), "{name}");
        assert!(account["version"].as_i64() >= Some(*version), "{name}: {account}, {version}");
    }
    let deals: Vec<String> = admin
        .all(at, "opportunities", &["name"])
        .iter()
        .map(|deal| deal["name"].as_str().unwrap().to_owned())
        .collect();
    for name in &log.deals {
        assert!(deals.contains(name), "{name} was acknowledged");
        let account = &accounts[name.strip_prefix("Deal of ").unwrap()];
        let sum = &account["open_opportunity_amount"]["amount"];
        assert_eq!(sum, "12.50", "a sum goes with what it sums: {account}");
    }
}

/// Imports that were killed go on by themselves, and take every row once.
fn expect_imports(at: SocketAddr, admin: &Admin, log: &Acknowledged) {
    for import in &log.imports {
        let began = Instant::now();
        loop {
            let path = format!("/imports/{import}");
            let (_, record) = admin.ask(at, "GET", &path, &[], &Value::Null).unwrap();
            match record["status"].as_str() {
                Some("done") => {
                    assert_eq!(record["rows_created"], json!(ROWS), "{record:#}");
                    break;
                }
                Some("waiting" | "running") => {}
                _ => panic!("{record:#}"),
            }
            assert!(began.elapsed() < Duration::from_secs(300), "{record:#}");
            std::thread::yield_now();
        }
    }
    let leads = admin.all(at, "leads", &["name"]);
    let names: HashSet<&str> = leads.iter().filter_map(|lead| lead["name"].as_str()).collect();
    assert_eq!(names.len(), leads.len(), "each row once");
    assert!(leads.len() >= log.imports.len() * ROWS);
}

fn rounds(count: usize) {
    let mut dice = Dice(seed());
    let home = Home::new();
    let program = Program::start(&home);
    let admin = program.set_up();
    let log = Arc::new(Mutex::new(Acknowledged::default()));
    let mut program = program;
    let mut slowest = Duration::ZERO;
    for number in 0..count {
        let life = Duration::from_millis(50 + dice.below(450));
        program = round(&home, &admin, program, (number, life), &log);
        slowest = slowest.max(program.ready_after);
        if number % 10 == 9 {
            expect_all(program.address, &admin, &log.lock().unwrap());
        }
    }
    {
        let log = log.lock().unwrap();
        expect_all(program.address, &admin, &log);
        expect_imports(program.address, &admin, &log);
        eprintln!(
            "{count} rounds, {} accounts, {} deals and {} imports acknowledged, none lost; ready after {slowest:?} at most",
            log.accounts.len(),
            log.deals.len(),
            log.imports.len()
        );
        assert!(log.accounts.len() >= count, "they had time to write");
    }
    program.kill();
    home.expect_well();
}

#[test]
fn what_was_acknowledged_outlives_kills() {
    rounds(6);
}

#[test]
fn tables_that_were_killed_while_they_grew_are_whole_at_the_next_start() {
    let mut dice = Dice(seed());
    for _ in 0..6 {
        let home = Home::new();
        let mut command = home.command(&[], &["serve", "--listen", "127.0.0.1:0"]);
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        let mut child = command.spawn().unwrap();
        let life = Duration::from_millis(20 + dice.below(400));
        let began = Instant::now();
        while began.elapsed() < life {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let program = Program::start(&home);
        program.set_up();
        program.kill();
        home.expect_well();
    }
}

#[test]
fn who_is_told_to_stop_ends_what_it_has_begun() {
    let home = Home::new();
    let mut program = Program::start(&home);
    let admin = program.set_up();
    let log = Arc::new(Mutex::new(Acknowledged::default()));
    let (at, stop) = (program.address, Arc::new(AtomicBool::new(false)));
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (admin, log, stop) = (admin.clone(), log.clone(), stop.clone());
            std::thread::spawn(move || {
                let mut cut = 0;
                for n in 0.. {
                    let name = format!("Account {writer} {n}");
                    match admin.ask(at, "POST", "/accounts", &[], &json!({"name": name})) {
                        Ok((201, account)) => {
                            let id = account["id"].as_str().unwrap().to_owned();
                            log.lock().unwrap().accounts.insert(name, (id, 1));
                        }
                        Ok((status, body)) => panic!("{status} {body:#}"),
                        // Not taken any more is no failure; taken and not answered is.
                        Err(error) if stop.load(Ordering::Relaxed) => {
                            cut += usize::from(error.kind() == std::io::ErrorKind::UnexpectedEof);
                            return cut;
                        }
                        Err(error) => panic!("{error}"),
                    }
                }
                cut
            })
        })
        .collect();
    while log.lock().unwrap().accounts.len() < 40 {
        std::thread::yield_now();
    }
    stop.store(true, Ordering::Relaxed);
    let began = Instant::now();
    let status = program.terminate();
    assert!(status.success(), "{status}");
    assert!(began.elapsed() < Duration::from_secs(12), "{:?}", began.elapsed());
    let cut: usize = writers.into_iter().map(|writer| writer.join().unwrap()).sum();
    assert_eq!(cut, 0, "requests that were taken and not answered");
    let program = Program::start(&home);
    expect_all(program.address, &admin, &log.lock().unwrap());
    program.kill();
    home.expect_well();
}

mod soak {
    use super::rounds;

    #[test]
    fn five_hundred_rounds() {
        rounds(500);
    }
}
