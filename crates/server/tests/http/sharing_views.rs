//! Views shared with a team: those below the owner see them, those beside do not, and nobody else changes them.

use serde_json::json;

use crate::world::{World, on_both, values};

on_both! {
    a_team_sees_what_its_manager_shares,
}

async fn a_team_sees_what_its_manager_shares(world: World) {
    let mut made = Vec::new();
    for shared in ["me", "team", "all"] {
        let view = json!({"name": shared, "object": "account", "shared": shared});
        made.push(world.manager.make("saved_views", view).await);
    }
    let theirs = json!({"name": "of the seller", "object": "account", "shared": "team"});
    world.other_rep.make("saved_views", theirs).await;
    for (who, client, seen) in [
        ("the owner", &world.manager, "all me team"),
        ("a subordinate of a department below", &world.rep, "all team"),
        ("somebody beside", &world.other_rep, "all of the seller"),
        ("somebody without a department", &world.read_only, "all"),
    ] {
        let views = client.list("saved_views", json!({"sort": "name"})).await;
        assert_eq!(values(&views, "name").join(" "), seen, "{who}");
    }
    let path = format!("/saved_views/{}", made[1]);
    let record = world.rep.get(&path).await;
    assert_eq!(record.expect(200)["_can"], json!([]));
    let change = json!({"version": record.body["version"], "name": "mine now"});
    assert_eq!(world.rep.patch(&path, change).await.problem(403), "forbidden");
    assert_eq!(world.other_rep.get(&path).await.problem(404), "not_found");
}
