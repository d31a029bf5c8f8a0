//! A PostgreSQL that goes away and comes back: who asks meanwhile is told so, nothing is lost, and nobody has to help.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use server::config::WorkspaceConfig;
use server::router::router;

use crate::client::Client;
use crate::world::{World, host, run_alone, set_up};
use server::config::Limits;

/// Longest until a database that is back is used again.
const HEALED: Duration = Duration::from_secs(5);

fn on(cluster: &pgtest::Cluster) -> WorkspaceConfig {
    WorkspaceConfig {
        database: Some(cluster.dsn().to_owned()),
        schema: Some(cluster.fresh_schema_name()),
        ..WorkspaceConfig::default()
    }
}

/// Makes accounts, each under a key of its own, again and again until it is told what came of it; their names.
async fn write(
    client: Client,
    writer: usize,
    stop: Arc<std::sync::atomic::AtomicBool>,
) -> Vec<String> {
    let mut acknowledged = Vec::new();
    let mut n = 0;
    while !stop.load(std::sync::atomic::Ordering::Relaxed) {
        let name = format!("Writer {writer} number {n}");
        let key = [("idempotency-key", name.as_str())];
        let answer = client.ask("POST", "/accounts", &key, json!({"name": name})).await;
        match answer.status {
            201 => {
                acknowledged.push(name.clone());
                n += 1;
            }
            // The same again under the same key: what was written already is not written twice.
            503 | 504 => assert!(answer.headers.contains_key("retry-after")),
            409 => {}
            status => panic!("{status}: {:#}", answer.body),
        }
    }
    acknowledged
}

async fn expect_all(admin: &Client, acknowledged: &[String]) {
    let mut names = Vec::new();
    let mut cursor = json!(null);
    loop {
        let query = json!({"fields": ["name"], "limit": 200, "cursor": cursor});
        let page = admin.list("accounts", query).await;
        names.extend(crate::world::values(&page, "name"));
        cursor = page.body["next"].clone();
        if cursor.is_null() {
            break;
        }
    }
    let distinct: std::collections::BTreeSet<&String> = names.iter().collect();
    assert_eq!(distinct.len(), names.len(), "none twice");
    for name in acknowledged {
        assert!(distinct.contains(name), "{name} was acknowledged");
    }
}

#[test]
fn killed_backends_and_a_restarted_server_lose_nothing() {
    run_alone(async {
        let cluster = pgtest::Cluster::start().expect("a cluster");
        let world = World::open_with(on(&cluster), Limits::none()).await;
        let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let writers: Vec<_> = (0..4)
            .map(|writer| tokio::spawn(write(world.admin.clone(), writer, stop.clone())))
            .collect();
        let count = async || {
            world.admin.list("accounts", json!({"count": true, "limit": 1})).await.body["count"]
                ["value"]
                .as_u64()
        };
        let grow = async |by: u64| {
            let mut from = None;
            loop {
                match (count().await, from) {
                    (Some(now), None) => from = Some(now),
                    (Some(now), Some(from)) if now >= from + by => break,
                    _ => tokio::task::yield_now().await,
                }
            }
        };
        grow(10).await;
        for _ in 0..3 {
            let mut killer = pgtest::Session::open(cluster.dsn()).expect("a session");
            let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                        WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'";
            killer.run(kill).expect("they are killed");
            let began = Instant::now();
            grow(10).await;
            assert!(began.elapsed() < HEALED * 2, "{:?}", began.elapsed());
        }
        cluster.stop().expect("it stops");
        let down = world.admin.get("/accounts").await;
        assert_eq!(down.problem(503), "unavailable");
        let health = world.stranger.outside("GET", "/readyz").await;
        assert_eq!(health.expect(503)["failing"], json!(["main"]));
        cluster.resume().expect("it starts");
        let began = Instant::now();
        grow(10).await;
        assert!(began.elapsed() < HEALED * 2, "{:?}", began.elapsed());
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        let mut acknowledged = Vec::new();
        for writer in writers {
            acknowledged.extend(writer.await.expect("a writer"));
        }
        assert!(acknowledged.len() > 40);
        expect_all(&world.admin, &acknowledged).await;
        let report = world.workspace.doctor(false, false).await.expect("a report");
        assert!(report.is_well(), "{:?}", report.words(model::Language::En));
    });
}

#[test]
fn three_clusters_and_one_that_stops_is_nobody_elses_trouble() {
    run_alone(async {
        let clusters: Vec<pgtest::Cluster> =
            (0..3).map(|_| pgtest::Cluster::start().expect("a cluster")).collect();
        let directory = tempfile::tempdir().expect("a directory");
        let names = ["one", "two", "three"];
        let hosting = host(&directory, names.into_iter().zip(clusters.iter().map(on))).await;
        let app = router(hosting.clone());
        let mut admins = Vec::new();
        for name in names {
            let stranger = Client::new(app.clone()).at(&format!("/w/{name}"), "localhost");
            admins.push(set_up(&stranger, &hosting.setup_tokens[name]).await);
        }
        clusters[1].stop().expect("it stops");
        for _ in 0..20 {
            for (name, admin) in names.iter().zip(&admins) {
                let began = Instant::now();
                let made = admin.post("/accounts", json!({"name": "x"})).await;
                if *name == "two" {
                    assert_eq!(made.problem(503), "unavailable");
                } else {
                    made.expect(201);
                    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
                }
            }
        }
        clusters[1].resume().expect("it starts");
        let began = Instant::now();
        while admins[1].get("/accounts").await.status != 200 {
            assert!(began.elapsed() < HEALED * 2);
            tokio::task::yield_now().await;
        }
    });
}
