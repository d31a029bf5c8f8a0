//! An import can do no more than whoever began it.

use serde_json::json;

use crate::desk::expect_counts;
use crate::world::{BOTH, On, World, id};

#[tokio::test]
async fn nobody_imports_what_they_may_not_make() {
    let world = World::new(On::Sqlite).await;
    let seller = world.user("sam", "salesperson").await;
    let mapping = json!({
        "object": "product",
        "columns": {"Name": {"field": "name"}, "Cost": {"field": "cost"}}
    });
    let problems = world.refused(&seller, "Name,Cost\nCup,1\n", mapping).await;
    assert_eq!(problems, ["cost: unknown_field", "object: import_forbidden"]);
    let linked = json!({
        "object": "account",
        "columns": {"Name": {"field": "name"}, "Who": {"field": "owner.name"}},
        "links": {"owner": {"match": ["name"], "if_missing": "create"}}
    });
    let problems = world.refused(&seller, "Name,Who\nA,B\n", linked).await;
    assert_eq!(problems, ["owner: import_forbidden"]);
}

#[tokio::test]
async fn records_that_one_may_not_see_are_not_there() {
    for on in BOTH {
        let world = World::new(on).await;
        let seller = world.user("sam", "salesperson").await;
        world.make("account", json!({"name": "Hidden", "city": "Lhasa"})).await;
        let mapping = json!({
            "object": "contact",
            "columns": {"Name": {"field": "name"}, "Firm": {"field": "account"}}
        });
        let import = world.import_as(&seller, "Name,Firm\nLi,Hidden\n", mapping, false).await;
        expect_counts(&import, "done", [0, 0, 0, 1]);
        let mapping = json!({
            "object": "account", "policy": "create_or_update", "match_on": ["name"],
            "columns": {"Firm": {"field": "name"}, "City": {"field": "city"}}
        });
        let import = world.import_as(&seller, "Firm,City\nHidden,Wuhan\n", mapping, false).await;
        expect_counts(&import, "done", [1, 0, 0, 0]);
        assert_eq!(world.all("account").await.len(), 2);
        let other = world.user("tom", "salesperson").await;
        for refused in [
            world.workspace.import_preview(&other, id(&import)).await.map(|_| ()),
            world.workspace.import_errors(&other, id(&import)).await.map(|_| ()),
            world.workspace.undo_import(&other, id(&import)).await.map(|_| ()),
        ] {
            assert_eq!(refused.unwrap_err().code(), "not_found");
        }
    }
}

#[tokio::test]
async fn the_import_of_somebody_who_left_stops() {
    for on in BOTH {
        let world = World::new(on).await;
        let seller = world.user("sam", "salesperson").await;
        let file =
            id(&world.workspace.put_file(&seller, "a.csv", None, &b"Name\nA\n"[..]).await.unwrap());
        let body = json!({"file": file, "mapping": {"object": "account", "columns": {"Name": {"field": "name"}}}});
        let begun = world.workspace.start_import(&seller, &body).await.unwrap();
        let change = json!({"active": false});
        world
            .workspace
            .update(&world.admin, "user", seller.user(), Some(1), &change)
            .await
            .unwrap();
        world.work_off().await;
        let import = world.get("import", id(&begun)).await;
        expect_counts(&import, "failed", [0, 0, 0, 0]);
        assert_eq!(import["error"], "Please sign in.");
    }
}
