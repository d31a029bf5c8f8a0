//! What happens to rows whose record is there already, and the same file taken twice.

use serde_json::{Value as Json, json};

use crate::desk::expect_counts;
use crate::world::{BOTH, World, id};

fn by_name(policy: &str) -> Json {
    json!({
        "object": "account",
        "policy": policy,
        "match_on": ["name"],
        "columns": {"Name": {"field": "name"}, "City": {"field": "city"}, "Key": {"field": "external_id"}}
    })
}

const TEXT: &str = "Name,City,Key\nOld,Wuhan,1\nNew,Xi'an,2\nNew,Jinan,\nOther,Hefei,2\n";

#[tokio::test]
async fn each_policy_does_what_it_says() {
    for on in BOTH {
        for (policy, counts, cities) in [
            ("create", [3, 0, 0, 1], "New=Jinan New=Xi'an Old=Lhasa Old=Wuhan"),
            ("skip", [1, 0, 2, 1], "New=Xi'an Old=Lhasa"),
            ("update", [0, 1, 0, 3], "Old=Wuhan"),
            ("create_or_update", [1, 2, 0, 1], "New=Jinan Old=Wuhan"),
        ] {
            let world = World::new(on).await;
            world.make("account", json!({"name": "Old", "city": "Lhasa"})).await;
            let trial = world.import_as(&world.admin, TEXT, by_name(policy), true).await;
            expect_counts(&trial, "done", counts);
            let import = world.import(TEXT, by_name(policy)).await;
            expect_counts(&import, "done", counts);
            let mut found: Vec<String> = world
                .all("account")
                .await
                .iter()
                .map(|a| {
                    format!("{}={}", a["name"].as_str().unwrap(), a["city"].as_str().unwrap_or(""))
                })
                .collect();
            found.sort();
            assert_eq!(found.join(" "), cities, "{policy}");
        }
    }
}

#[tokio::test]
async fn an_empty_cell_leaves_what_is_there_and_an_equal_row_changes_nothing() {
    for on in BOTH {
        let world = World::new(on).await;
        let account = world
            .make("account", json!({"name": "Old", "city": "Lhasa", "external_id": "1"}))
            .await;
        let text = "Name,City,Key\nOld,,1\n";
        expect_counts(&world.import(text, by_name("update")).await, "done", [0, 0, 1, 0]);
        let record = world.get("account", account).await;
        assert_eq!((&record["city"], &record["version"]), (&json!("Lhasa"), &json!(1)));
    }
}

#[tokio::test]
async fn two_records_of_one_name_are_told_apart_by_a_person() {
    for on in BOTH {
        let world = World::new(on).await;
        for _ in 0..2 {
            world.make("account", json!({"name": "Twin"})).await;
        }
        let import =
            world.import("Name,City,Key\nTwin,Wuhan,\n", by_name("create_or_update")).await;
        expect_counts(&import, "done", [0, 0, 0, 1]);
        assert!(world.errors_of(&import).await.contains("There is more than one Account “Twin”."));
    }
}

#[tokio::test]
async fn rows_of_several_chunks_see_each_other() {
    for on in BOTH {
        let world = World::new(on).await;
        let mut text = "Name,City,Key\n".to_owned();
        for row in 0..1_300 {
            text.push_str(&format!("Firm {},City {row},\n", row % 650));
        }
        let trial = world.import_as(&world.admin, &text, by_name("create_or_update"), true).await;
        expect_counts(&trial, "done", [650, 650, 0, 0]);
        let import = world.import(&text, by_name("create_or_update")).await;
        expect_counts(&import, "done", [650, 650, 0, 0]);
        let preview = world.workspace.import_preview(&world.admin, id(&trial)).await.unwrap();
        assert_eq!(preview["rows"].as_array().unwrap().len(), 100);
        assert_eq!(preview["truncated"], true);
    }
}
