//! Exports are imported again, and nothing changes; vCards; the rows that were refused, mended.

use serde_json::json;

use crate::desk::{expect_counts, mapping};
use crate::world::{BOTH, World, id};

#[tokio::test]
async fn an_export_imported_again_changes_nothing() {
    for on in BOTH {
        let world = World::new(on).await;
        let parent = world
            .make("account", json!({"name": "=Up & \"Co\"", "phone": "+86 138 0013 8000"}))
            .await;
        world
            .make(
                "account",
                json!({"name": "下级, 公司", "parent": parent, "relations": ["customer", "partner"], "employees": 12,
                       "annual_revenue": "1234.5", "description": "two\nlines", "city": "-5"}),
            )
            .await;
        let before = world.dump().await;
        for (format, end) in [("csv", "csv"), ("jsonl", "jsonl"), ("xlsx", "xlsx")] {
            let path = world.dir.path().join(format!("{on:?}.{end}"));
            let body = json!({"object": "account", "format": format});
            world.workspace.export_to(&world.admin, &body, &path, &mut |_, _| ()).await.unwrap();
            let bytes = std::fs::read(&path).unwrap();
            let name = format!("accounts.{end}");
            let file =
                id(&world.workspace.put_file(&world.admin, &name, None, &bytes[..]).await.unwrap());
            let look =
                world.workspace.inspect_import(&world.admin, file, Some("account")).await.unwrap();
            let guessed = mapping(look["mapping"].clone());
            let import = world
                .workspace
                .import_path(&world.admin, &path, guessed, false, &mut |_, _| ())
                .await
                .unwrap();
            expect_counts(&import, "done", [0, 0, 2, 0]);
            assert_eq!(world.dump().await, before, "{format}");
        }
    }
}

#[tokio::test]
async fn refused_rows_are_mended_and_taken() {
    for on in BOTH {
        let world = World::new(on).await;
        let rule = json!({"object": "contact", "columns": {"N": {"field": "name"}, "E": {"field": "email"}}});
        let import = world.import("N,E\n=Li,nonsense\n王芳,wf@firm.example\n", rule.clone()).await;
        expect_counts(&import, "done", [1, 0, 0, 1]);
        let errors = world.errors_of(&import).await;
        assert_eq!(errors, "N,E,Reason\n'=Li,nonsense,E: “nonsense” is no e-mail address.\n");
        let import = world.import(&errors.replace("nonsense,", "li@firm.example,"), rule).await;
        expect_counts(&import, "done", [1, 0, 0, 0]);
        assert!(world.all("contact").await.iter().any(|contact| contact["name"] == "=Li"));
    }
}

#[tokio::test]
async fn cards_become_contacts() {
    let world = World::new(crate::world::On::Sqlite).await;
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:王芳\r\nORG:北京科技\r\nEMAIL:wf@firm.example\r\nTEL;TYPE=CELL:13800138000\r\nEND:VCARD\r\n";
    let file = world.put("a.vcf", card).await;
    let look = world.workspace.inspect_import(&world.admin, file, Some("contact")).await.unwrap();
    let columns = &look["mapping"]["columns"];
    assert_eq!(columns["full_name"]["field"], "name");
    assert_eq!(columns["email"]["field"], "email");
    assert_eq!(columns["mobile"]["field"], "mobile");
}
