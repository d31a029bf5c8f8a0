//! What only shows on the wire: requests within requests, heads without end, slow clients.

use serde_json::json;
use server::config::{Limits, WorkspaceConfig};
use tokio::io::AsyncWriteExt;

use crate::served::{Served, head, rest, status};
use crate::world::{World, run_alone};

async fn world(limits: Limits) -> (World, Served) {
    let world = World::open_with(WorkspaceConfig::default(), limits).await;
    let served = Served::of(&world.hosting).await;
    (world, served)
}

#[test]
fn a_request_hidden_in_another_is_not_answered() {
    run_alone(async {
        let (world, served) = world(Limits::none()).await;
        let body = "{\"name\": \"Smuggled\"}";
        let inner = format!(
            "{}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            head(&world.rep, "POST", "/accounts"),
            body.len()
        );
        let outer = head(&world.rep, "POST", "/accounts/query");
        let cases = [
            format!(
                "{outer}content-length: {}\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n{inner}",
                5
            ),
            format!("{outer}content-length: 4\r\ncontent-length: 5\r\n\r\n{{}}{inner}"),
            format!("{outer}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n{inner}"),
            format!("{outer}transfer-encoding : chunked\r\n\r\n0\r\n\r\n{inner}"),
            format!("{outer}content-length: +5\r\n\r\n{inner}"),
            format!("{outer}x-folded: a\r\n b\r\ncontent-length: 0\r\n\r\n"),
            format!("{outer}bad header\r\n\r\n"),
            "GET / HTTP/9.9\r\n\r\n".to_owned(),
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        ];
        for case in cases {
            let answer = served.say(case.as_bytes()).await;
            let made = answer.matches("HTTP/1.1 201").count();
            // Where the first request is well-formed the second is one of its own; it is never both.
            assert!(made == 0 || status(&answer) < 300, "{case}\n{answer}");
            assert!(status(&answer) < 500, "{case}\n{answer}");
        }
        assert_eq!(served.status("/healthz").await, 200);
    });
}

#[test]
fn heads_without_end_are_refused() {
    run_alone(async {
        let (_world, served) = world(Limits::none()).await;
        let long = format!("GET / HTTP/1.1\r\nhost: x\r\nx-long: {}\r\n\r\n", "a".repeat(1 << 20));
        assert!(matches!(status(&served.say(long.as_bytes()).await), 0 | 431 | 400));
        let many: String = (0..5_000).map(|n| format!("x-{n}: 1\r\n")).collect();
        let many = format!("GET / HTTP/1.1\r\nhost: x\r\n{many}\r\n");
        assert!(matches!(status(&served.say(many.as_bytes()).await), 0 | 431 | 400));
        let path = format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(200_000));
        assert!(matches!(status(&served.say(path.as_bytes()).await), 0 | 414 | 431 | 400));
        assert_eq!(served.status("/healthz").await, 200);
    });
}

#[test]
fn slow_heads_bodies_and_readers_are_let_go_while_others_are_served() {
    run_alone(async {
        let limits = Limits { header_seconds: 1, silence_seconds: 1, ..Limits::none() };
        let (world, served) = world(limits).await;
        let mut slow = Vec::new();
        for n in 0..200 {
            let mut stream = served.connect().await;
            let part = match n % 3 {
                0 => String::new(),
                1 => "GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow:".to_owned(),
                _ => format!(
                    "{}content-type: application/json\r\ncontent-length: 100\r\n\r\n{{",
                    head(&world.rep, "POST", "/accounts")
                ),
            };
            stream.write_all(part.as_bytes()).await.expect("a first part");
            slow.push(stream);
        }
        assert_eq!(served.status("/healthz").await, 200);
        for (n, mut stream) in slow.into_iter().enumerate() {
            let answer = rest(&mut stream).await;
            match n % 3 {
                0 => assert_eq!(answer, "", "silence is met with silence"),
                1 => assert!(matches!(status(&answer), 0 | 408), "{answer}"),
                _ => assert_eq!(status(&answer), 408, "{answer}"),
            }
        }
        let list = world.rep.list("accounts", json!({"count": true})).await;
        assert_eq!(list.expect(200)["count"]["value"], json!(0));
    });
}

#[test]
fn a_large_body_is_refused_before_it_has_arrived() {
    run_alone(async {
        let (world, served) = world(Limits::none()).await;
        let before = resident();
        for _ in 0..50 {
            let request = format!(
                "{}content-type: application/json\r\ncontent-length: 10485760\r\nconnection: close\r\n\r\n{}",
                head(&world.rep, "POST", "/accounts"),
                "x".repeat(100_000)
            );
            assert_eq!(status(&served.say(request.as_bytes()).await), 413);
        }
        let risen = resident().saturating_sub(before);
        assert!(risen < 64 << 20, "{risen} bytes more");
    });
}

fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("a status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line");
    let kilobytes: u64 = line.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0);
    kilobytes << 10
}
