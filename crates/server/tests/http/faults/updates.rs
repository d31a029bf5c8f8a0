//! Two who change the same: nobody's change is lost unseen, and the history explains every value.

use serde_json::{Value, json};

use crate::client::Client;
use crate::world::{World, on_both};

on_both! {
    no_change_is_lost_unseen,
    a_day_stays_a_day_wherever_one_looks_from,
}

/// Random numbers that are the same each time (Marsaglia's xorshift, 2003).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// Edits one account again and again, from what this editor last saw; the values it was told are in.
async fn edit(client: Client, account: String, editor: u64, times: u64) -> Vec<Value> {
    let mut dice = Dice(0x9E37_79B9 + editor);
    let mut seen = client.record("accounts", &account).await;
    let mut written = Vec::new();
    for n in 0..times {
        let field = ["name", "description", "website"][dice.below(3) as usize];
        let value = json!(format!("https://e{editor}-{n}.example"));
        let change = json!({field: value, "version": seen["version"]});
        let answer = client.patch(&format!("/accounts/{account}"), change).await;
        match answer.status {
            200 => {
                written.push(json!({"field": field, "new": value}));
                seen = answer.body;
            }
            409 => {
                assert_eq!(answer.problem(409), "stale_version");
                // What is there now comes with the refusal.
                seen = answer.body["current"].clone();
                assert!(seen["version"].as_i64().is_some());
            }
            status => panic!("{status}: {:#}", answer.body),
        }
    }
    written
}

async fn no_change_is_lost_unseen(world: World) {
    let account = world.admin.make("accounts", json!({"name": "Shared"})).await;
    let editors: Vec<_> = (0..4)
        .map(|editor| tokio::spawn(edit(world.admin.clone(), account.clone(), editor, 50)))
        .collect();
    let mut written = Vec::new();
    for editor in editors {
        written.extend(editor.await.expect("an editor"));
    }
    let record = world.admin.record("accounts", &account).await;
    assert_eq!(record["version"], json!(written.len() + 1), "a version for each change");
    let mut changes = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/accounts/{account}/history?limit=100{cursor}");
        let page = world.admin.get(&path).await;
        for item in page.expect(200)["items"].as_array().expect("items") {
            for change in item["changes"].as_array().expect("changes") {
                changes.push(change.clone());
            }
        }
        match page.body["next"]
            .as_i64()
            .map(|n| n.to_string())
            .or(page.body["next"].as_str().map(str::to_owned))
        {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    for one in &written {
        let is_there = changes.iter().any(|c| c["field"] == one["field"] && c["new"] == one["new"]);
        assert!(is_there, "{one} is in the history");
    }
    for field in ["name", "description", "website"] {
        // Newest first: each change began with what the one before it left.
        let of: Vec<&Value> = changes.iter().filter(|c| c["field"] == field).collect();
        assert!(of.windows(2).all(|pair| pair[0]["old"] == pair[1]["new"]), "{field}");
        if let Some(last) = of.first() {
            assert_eq!(last["new"], record[field], "{field}");
        }
    }
}

async fn a_day_stays_a_day_wherever_one_looks_from(world: World) {
    let values = json!({"name": "Deal", "close_on": "2026-03-08"});
    let deal = world.rep.make("opportunities", values).await;
    let at = "2026-11-01T01:30:00Z";
    let call = world.rep.make("activities", json!({"subject": "Call", "at": at})).await;
    for zone in ["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"] {
        world.rep.patch("/me", json!({"time_zone": zone})).await.expect(200);
        world.admin.patch("/workspace", json!({"time_zone": zone})).await.expect(200);
        assert_eq!(world.rep.record("opportunities", &deal).await["close_on"], "2026-03-08");
        assert_eq!(world.rep.record("activities", &call).await["at"], at, "{zone}");
    }
    for language in ["en", "zh-CN"] {
        world.rep.patch("/me", json!({"locale": language})).await.expect(200);
        let deal = world.rep.in_language(language).record("opportunities", &deal).await;
        assert_eq!(deal["close_on"], "2026-03-08");
    }
}
