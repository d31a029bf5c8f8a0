//! The demo firm: loaded through the write path, living, and signed in to by its administrator alone.

use app::Actor;
use app::records::ListRequest;
use model::Language;
use serde_json::json;

use super::world::{BOTH, World};

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_firm_lives() {
    for on in BOTH {
        let (workspace, _dir) = World::empty(on).await;
        let mut told = 0;
        let firm =
            workspace.load_demo(7, 0.01, Language::Zh, &mut |done| told = done).await.unwrap();
        assert_eq!(told, firm.records);
        let signed =
            workspace.sign_in(&firm.email, &firm.password, "", Default::default()).await.unwrap();
        let admin =
            Actor { rights: workspace.rights(signed.user).await.unwrap(), language: Language::Zh };
        let users = workspace
            .list(&admin, "user", ListRequest { limit: Some(200), ..Default::default() })
            .await
            .unwrap();
        assert!(users.items.len() > 5);
        let other = users.items.iter().find(|user| user["email"] != json!(firm.email)).unwrap();
        let refused = workspace
            .sign_in(other["email"].as_str().unwrap(), &firm.password, "", Default::default())
            .await;
        assert_eq!(refused.unwrap_err().code(), "sign_in_failed");
        let orders = workspace.list(&admin, "order", Default::default()).await.unwrap();
        assert!(!orders.items.is_empty());
        assert!(orders.items.iter().all(|order| order["created_by"]["id"] != json!(null)));
        let report = workspace.doctor(false, false).await.unwrap();
        assert!(report.is_well(), "{:?}", report.words(Language::En));
        let again = workspace.load_demo(7, 0.01, Language::Zh, &mut |_| ()).await.unwrap_err();
        assert_eq!(again.code(), "setup_done");
    }
}
