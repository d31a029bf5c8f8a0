//! Too few open files, too much at once: what cannot be served is refused, the rest goes on.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::program::{Home, Program};

#[test]
fn a_flood_of_connections_leaves_a_server_that_serves() {
    let home = Home::new();
    let mut program = Program::start_with(&home, &["prlimit", "--nofile=256:256"]).unwrap();
    let admin = program.set_up();
    let mut flood = Vec::new();
    for _ in 0..1_000 {
        match TcpStream::connect(program.address) {
            Ok(stream) => flood.push(stream),
            Err(_) => break,
        }
    }
    assert!(flood.len() > 300, "{}", flood.len());
    // Whom there is no room for is told so, and not left waiting.
    let last = flood.last_mut().unwrap();
    last.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut answer = String::new();
    let _ = last.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n");
    let _ = last.read_to_string(&mut answer);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 503"), "{answer}");
    assert!(program.child.try_wait().unwrap().is_none(), "it lives");
    drop(flood);
    let began = Instant::now();
    while program.ask("GET", "/readyz", &[], "").map(|answer| answer.0).unwrap_or(0) != 200 {
        assert!(began.elapsed() < Duration::from_secs(15));
    }
    let made = admin.ask(program.address, "POST", "/accounts", &[], &json!({"name": "After"}));
    assert_eq!(made.unwrap().0, 201);
}

#[test]
fn heavy_calls_stay_within_their_memory() {
    let home = Home::new();
    let program = Program::start(&home);
    let admin = program.set_up();
    let at = program.address;
    let rows: String =
        (0..20_000).map(|n| format!("Account {n},{}\n", "word ".repeat(20))).collect();
    let file = admin.upload(at, "a.csv", &format!("name,description\n{rows}")).unwrap();
    let mapping = json!({"object": "account", "columns": {"name": {"field": "name"}, "description": {"field": "description"}}});
    let heavy: Vec<_> = (0..8)
        .map(|n| {
            let (admin, file, mapping) = (admin.clone(), file.clone(), mapping.clone());
            std::thread::spawn(move || match n % 4 {
                0 => {
                    let body = json!({"file": file, "mapping": mapping, "dry_run": true});
                    let _ = admin.ask(at, "POST", "/imports", &[], &body);
                }
                1 => {
                    let body = json!({"name": "x".repeat(12 << 20)});
                    let _ = admin.ask(at, "POST", "/accounts", &[], &body);
                }
                2 => {
                    let body = json!({"object": "account", "format": "xlsx"});
                    let _ = admin.ask(at, "POST", "/exports", &[], &body);
                }
                _ => {
                    let body = json!({"file": file, "object": "account"});
                    let _ = admin.ask(at, "POST", "/imports/inspect", &[], &body);
                }
            })
        })
        .collect();
    for one in heavy {
        one.join().unwrap();
    }
    assert_eq!(program.ask("GET", "/readyz", &[], "").unwrap().0, 200);
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kilobytes: u64 = peak.split_whitespace().next().unwrap().parse().unwrap();
    assert!(kilobytes < 512 << 10, "{kilobytes} KB at most");
}
