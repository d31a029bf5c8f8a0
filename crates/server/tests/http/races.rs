//! Many at once: one wins, the others are told, and the sums are those of a recount.

use std::sync::Arc;

use app::Workspace;
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::world::{Database, World, host, on_both, placed, run_alone, values};

on_both! {
    numbers_follow_each_other_whoever_asks,
    a_unique_value_has_one_owner,
    stages_move_in_a_line_and_sums_are_a_recount,
    one_set_up_makes_one_administrator,
    a_lead_that_many_convert_is_converted_once,
}

/// The answers to as many requests at once.
async fn at_once<F: Future<Output = Answer> + Send + 'static>(
    count: usize,
    ask: impl Fn(usize) -> F,
) -> Vec<Answer> {
    let asked: Vec<_> = (0..count).map(|n| tokio::spawn(ask(n))).collect();
    let mut answers = Vec::new();
    for one in asked {
        answers.push(one.await.expect("an answer"));
    }
    answers
}

fn statuses(answers: &[Answer]) -> Vec<u16> {
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    statuses
}

async fn expect_well(workspace: &Workspace) {
    let report = workspace.doctor(false, false).await.expect("a report");
    assert!(report.is_well(), "{:?}", report.words(model::Language::En));
}

async fn numbers_follow_each_other_whoever_asks(world: World) {
    let answers = at_once(60, |_| {
        let rep = world.rep.clone();
        async move { rep.post("/orders", json!({})).await }
    })
    .await;
    let mut numbers: Vec<String> = answers
        .iter()
        .map(|answer| answer.expect(201)["number"].as_str().expect("a number").to_owned())
        .collect();
    numbers.sort();
    let digits = |number: &String| -> u64 {
        let digits: String = number.chars().rev().take_while(char::is_ascii_digit).collect();
        digits.chars().rev().collect::<String>().parse().expect("digits")
    };
    let first = digits(&numbers[0]);
    let counted: Vec<u64> = numbers.iter().map(digits).collect();
    assert_eq!(counted, (first..first + 60).collect::<Vec<_>>(), "without gaps, none twice");
}

async fn a_unique_value_has_one_owner(world: World) {
    let answers = at_once(30, |n| {
        let admin = world.admin.clone();
        let body = json!({"name": format!("Account {n}"), "external_id": "THE-ONE"});
        async move { admin.post("/accounts", body).await }
    })
    .await;
    let made = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(made, 1, "{:?}", statuses(&answers));
    assert!(answers.iter().all(|answer| matches!(answer.status, 201 | 409 | 422)));
    let users = at_once(10, |n| {
        let admin = world.admin.clone();
        let body = json!({"name": format!("User {n}"), "email": "the.one@example.com"});
        async move { admin.post("/users", body).await }
    })
    .await;
    assert_eq!(users.iter().filter(|answer| answer.status == 201).count(), 1);
}

/// Moves a deal to stages until it has been moved so often.
async fn mover(client: Client, deal: String, stages: Vec<String>, mover: usize) -> usize {
    let mut moved = 0;
    for n in 0..25 {
        let record = client.record("opportunities", &deal).await;
        let change = json!({"stage": stages[(n + mover) % stages.len()], "version": record["version"],
                            "expected_amount": format!("{}.00", 100 * mover + n)});
        let answer = client.patch(&format!("/opportunities/{deal}"), change).await;
        match answer.status {
            200 => moved += 1,
            409 => {}
            status => panic!("{status}: {:#}", answer.body),
        }
    }
    moved
}

async fn stages_move_in_a_line_and_sums_are_a_recount(world: World) {
    let account = world.admin.make("accounts", json!({"name": "Buyer"})).await;
    let values_of = json!({"name": "Deal", "account": account, "expected_amount": "10"});
    let deal = world.admin.make("opportunities", values_of).await;
    let open = json!({"field": "probability", "op": "between", "value": ["0.01", "99"]});
    let stages = world.admin.list("stages", json!({"filter": open})).await;
    let stages =
        if stages.status == 200 { stages } else { world.admin.list("stages", json!({})).await };
    let mut ids = values(&stages, "id");
    ids.truncate(3);
    let movers: Vec<_> = (0..12)
        .map(|n| tokio::spawn(mover(world.admin.clone(), deal.clone(), ids.clone(), n)))
        .collect();
    let mut moved = 0;
    for mover in movers {
        moved += mover.await.expect("a mover");
    }
    assert!(moved > 20, "{moved}");
    let record = world.admin.record("opportunities", &deal).await;
    let changes = json!({"filter": {"field": "opportunity", "op": "eq", "value": deal},
                         "sort": "created_at", "limit": 200});
    let changes = world.admin.list("stage_changes", changes).await;
    let items = changes.expect(200)["items"].as_array().expect("items").clone();
    let from = |item: &Value| item["from_stage"]["id"].clone();
    let to = |item: &Value| item["to_stage"]["id"].clone();
    if items.iter().all(|item| !to(item).is_null()) {
        // From where one ended the next began, so that the whole is one line.
        let mut line: Vec<(Value, Value)> =
            items.iter().map(|item| (from(item), to(item))).collect();
        line.retain(|(from, to)| from != to);
        let ends = line.iter().filter(|(_, to)| *to == record["stage"]["id"]).count();
        let starts = line.iter().filter(|(from, _)| *from == record["stage"]["id"]).count();
        assert!(ends == starts || ends == starts + 1, "{ends} ends and {starts} starts: {line:#?}");
    }
    expect_well(&world.workspace).await;
}

async fn one_set_up_makes_one_administrator(world: World) {
    let database = match world.workspace.store.place() {
        app::workspace::Place::Sqlite { .. } => Database::Sqlite,
        app::workspace::Place::Postgres { .. } => Database::Postgres,
    };
    let directory = tempfile::tempdir().expect("a directory");
    let hosting = host(&directory, [("main", placed(database))]).await;
    let token = hosting.setup_tokens["main"].clone();
    let stranger = Client::new(server::router::router(hosting.clone()));
    let answers = at_once(8, |n| {
        let stranger = stranger.clone();
        let body = json!({"company": format!("Firm {n}"), "currency": if n % 2 == 0 { "CNY" } else { "EUR" },
            "locale": "en", "time_zone": "Asia/Shanghai", "name": format!("Admin {n}"),
            "email": format!("admin{n}@example.com"), "password": "correct horse battery", "token": token});
        async move { stranger.post("/setup", body).await }
    })
    .await;
    let winners: Vec<&Answer> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert_eq!(winners.len(), 1, "{:?}", statuses(&answers));
    assert_eq!(statuses(&answers)[1..], [409; 7]);
    let admin = stranger.with_session(winners[0]);
    let n = winners[0].body["user"]["name"].as_str().and_then(|name| name.split(' ').next_back());
    let firm = admin.get("/workspace").await;
    let name = format!("Firm {}", n.expect("a number"));
    assert!(firm.expect(200).to_string().contains(&name), "the winner's firm: {:#}", firm.body);
    let users = admin.list("users", json!({"count": true})).await;
    assert_eq!(users.expect(200)["count"]["value"], json!(1));
}

async fn a_lead_that_many_convert_is_converted_once(world: World) {
    let lead = world.rep.make("leads", json!({"name": "Wang", "company": "Wang Ltd"})).await;
    let answers = at_once(12, |_| {
        let (rep, path) = (world.rep.clone(), format!("/leads/{lead}/commands/convert"));
        async move { rep.post(&path, json!({})).await }
    })
    .await;
    let done = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(done, 1, "{:?}", statuses(&answers));
    assert_eq!(values(&world.rep.list("accounts", json!({})).await, "id").len(), 1);
}

#[test]
fn two_servers_that_start_at_once_make_the_tables_once() {
    run_alone(async {
        let place = placed(Database::Postgres);
        let directory = tempfile::tempdir().expect("a directory");
        let place = app::workspace::Place::Postgres {
            dsn: place.database.expect("a database"),
            schema: place.schema.expect("a schema"),
        };
        let (place, files) = (Arc::new(place), directory.path().to_owned());
        let opened: Vec<_> = (0..4)
            .map(|_| {
                let (place, files) = (place.clone(), files.clone());
                tokio::spawn(async move {
                    Workspace::open("main", &place, &files, app::schema()).await.map(|_| ())
                })
            })
            .collect();
        for one in opened {
            one.await.expect("no panic").expect("a workspace");
        }
        let plan = Workspace::plan(&place, app::schema()).await.expect("a plan");
        assert!(plan.steps.is_empty(), "{:?}", plan.steps.len());
    });
}
