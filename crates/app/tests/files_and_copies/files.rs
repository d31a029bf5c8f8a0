//! Files: kept once, found by those who may, told by their bytes.

use std::io::Read;

use app::files::FILE_BYTES_MAX;
use serde_json::json;
use tokio::io::AsyncReadExt;

use super::world::{BOTH, World, id};

#[tokio::test(flavor = "multi_thread")]
async fn files_come_back_as_they_were_and_are_kept_once() {
    for on in BOTH {
        let world = World::new(on).await;
        let account = world.make("account", json!({"name": "北京启明"})).await;
        let about = Some(("account".to_owned(), account));
        let put = world
            .workspace
            .put_file(&world.admin, "../报价.html", about, &b"<script>1</script>"[..])
            .await;
        let put = put.unwrap();
        assert_eq!(put["name"], "报价.html");
        assert_eq!(put["content_type"], "text/plain; charset=utf-8");
        assert_eq!(put["size"], 18);
        assert_eq!(put["about"]["id"], account.to_string());
        let again = world
            .workspace
            .put_file(&world.admin, "copy.txt", None, &b"<script>1</script>"[..])
            .await;
        assert_eq!(again.unwrap()["sha256"], put["sha256"]);
        let (meta, mut file) = world.workspace.open_file(&world.admin, id(&put)).await.unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        assert_eq!((bytes.as_slice(), meta.size), (&b"<script>1</script>"[..], 18));
        let unfinished = std::fs::read_dir(world.workspace.files.join("unfinished")).unwrap();
        assert_eq!(unfinished.count(), 0, "nothing half-written is left");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_opened_only_by_those_who_may_read_them() {
    for on in BOTH {
        let world = World::new(on).await;
        let stranger = world.user("sam", "salesperson").await;
        let put =
            world.workspace.put_file(&world.admin, "secret.txt", None, &b"1"[..]).await.unwrap();
        let refused = world.workspace.open_file(&stranger, id(&put)).await.unwrap_err();
        assert_eq!(refused.code(), "not_found");
        let own = world.workspace.put_file(&stranger, "own.txt", None, &b"2"[..]).await.unwrap();
        world.workspace.open_file(&stranger, id(&own)).await.unwrap();
        // Not about what one cannot see.
        let hidden = world.make("account", json!({"name": "Hidden"})).await;
        let about = Some(("account".to_owned(), hidden));
        let refused =
            world.workspace.put_file(&stranger, "x.txt", about, &b"3"[..]).await.unwrap_err();
        assert_eq!(refused.code(), "invalid");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_larger_than_the_limit_are_refused_without_a_trace() {
    let world = World::new(super::world::On::Sqlite).await;
    let endless = tokio::io::repeat(7).take(FILE_BYTES_MAX + 1);
    let refused =
        world.workspace.put_file(&world.admin, "large.bin", None, endless).await.unwrap_err();
    assert_eq!((refused.code(), refused.status()), ("file_large", 413));
    assert_eq!(world.all("file").await.len(), 0);
    assert_eq!(std::fs::read_dir(world.workspace.files.join("unfinished")).unwrap().count(), 0);
}
