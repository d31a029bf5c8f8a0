//! Undoing an import whole, updates included; cancelling; and what was changed since.

use serde_json::json;

use crate::desk::expect_counts;
use crate::world::{BOTH, World, id};

const TEXT: &str = "Order,Firm,City,Item,Qty\n1,Old,Wuhan,Cup,2\n1,Old,Wuhan,Pot,1\n2,New,Xi'an,Cup,5\n3,New,Xi'an,Jug,1\n";

fn mapping() -> serde_json::Value {
    json!({
        "object": "order_line",
        "columns": {
            "Order": {"field": "order.external_id"},
            "Firm": {"field": "order.account.name"},
            "Item": {"field": "product.name"},
            "Qty": {"field": "quantity"}
        },
        "links": {
            "order": {"match": ["external_id"], "if_missing": "create"},
            "order.account": {"match": ["name"], "if_missing": "create"},
            "product": {"match": ["name"], "if_missing": "create"}
        },
        "constants": {"unit_price": "3.50"}
    })
}

async fn begun(on: crate::world::On) -> World {
    let world = World::new(on).await;
    let old = world.make("account", json!({"name": "Old", "city": "Lhasa"})).await;
    let cup = world.make("product", json!({"name": "Cup", "code": "c"})).await;
    let order = world.make("order", json!({"account": old, "external_id": "0"})).await;
    let line = json!({"order": order, "product": cup, "quantity": "1", "unit_price": "9", "description": "Cup"});
    world.make("order_line", line).await;
    world
}

#[tokio::test]
async fn undo_leaves_everything_as_it_was() {
    for on in BOTH {
        let world = begun(on).await;
        let before = world.dump().await;
        let lines = world.import(TEXT, mapping()).await;
        expect_counts(&lines, "done", [4, 0, 0, 0]);
        let update = json!({
            "object": "account", "policy": "create_or_update", "match_on": ["name"],
            "columns": {"Firm": {"field": "name"}, "City": {"field": "city"}}
        });
        let cities = world.import(TEXT, update).await;
        expect_counts(&cities, "done", [0, 2, 2, 0]);
        World::expect_well(&world.workspace.doctor(false, false).await.unwrap());
        for import in [&cities, &lines] {
            world.workspace.undo_import(&world.admin, id(import)).await.unwrap();
            world.work_off().await;
            let import = world.get("import", id(import)).await;
            assert_eq!(
                (import["status"].as_str(), import["error"].as_str()),
                (Some("undone"), None),
                "{on:?}"
            );
        }
        let after = world.dump().await;
        for (record, fields) in &before {
            assert_eq!(after.get(record), Some(fields), "{on:?} {record}");
        }
        assert_eq!(after.len(), before.len(), "{on:?}");
        World::expect_well(&world.workspace.doctor(false, false).await.unwrap());
        let again = world.import(TEXT, mapping()).await;
        expect_counts(&again, "done", [4, 0, 0, 0]);
    }
}

#[tokio::test]
async fn what_somebody_changed_since_is_left_and_said() {
    for on in BOTH {
        let world = begun(on).await;
        let lines = world.import(TEXT, mapping()).await;
        let accounts = world.all("account").await;
        let new = accounts.iter().find(|a| a["name"] == "New").unwrap();
        let change = json!({"city": "Beijing"});
        world.workspace.update(&world.admin, "account", id(new), Some(1), &change).await.unwrap();
        world.workspace.undo_import(&world.admin, id(&lines)).await.unwrap();
        world.work_off().await;
        let import = world.get("import", id(&lines)).await;
        assert_eq!(import["error"], "1 records were changed since and were left as they are.");
        assert_eq!(world.get("account", id(new)).await["city"], "Beijing");
        assert_eq!(world.all("order_line").await.len(), 1);
        let again = world.workspace.undo_import(&world.admin, id(&lines)).await;
        assert_eq!(again.unwrap_err().code(), "import_state");
    }
}

#[tokio::test]
async fn a_cancelled_import_does_nothing_more() {
    for on in BOTH {
        let world = World::new(on).await;
        let file = world.put("rows.csv", TEXT).await;
        let body = json!({"file": file, "mapping": mapping()});
        let begun = world.workspace.start_import(&world.admin, &body).await.unwrap();
        world.workspace.cancel_import(&world.admin, id(&begun)).await.unwrap();
        world.work_off().await;
        expect_counts(&world.get("import", id(&begun)).await, "cancelled", [0, 0, 0, 0]);
        assert_eq!(world.all("order").await.len(), 0);
    }
}
