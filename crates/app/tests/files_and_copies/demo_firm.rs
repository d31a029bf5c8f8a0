//! The demo firm: loaded through the write path, living, and signed in to by its administrator alone.

use app::Actor;
use app::records::ListRequest;
use app::sign_in::Beginning;
use app::workspace::Profile;
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

#[tokio::test(flavor = "multi_thread")]
async fn a_new_firm_may_begin_with_a_sample() {
    for on in BOTH {
        let (workspace, _dir) = World::empty(on).await;
        let profile =
            Profile { name: "Own".to_owned(), locale: Language::En, ..Profile::default() };
        let beginning = Beginning {
            profile,
            name: "Ada".to_owned(),
            email: "ada@own.example".to_owned(),
            password: "a quite long sentence".to_owned(),
        };
        let user = workspace.set_up_with_sample(beginning.clone()).await.unwrap();
        let signed = workspace
            .sign_in(&beginning.email, &beginning.password, "", Default::default())
            .await
            .unwrap();
        assert_eq!(signed.user, user, "the account stays whose it is");
        let rights = workspace.rights(user).await.unwrap();
        assert!(rights.is_administrator());
        let me = workspace.me(&Actor { rights, language: Language::En }).await.unwrap();
        assert_eq!(me["user"]["name"], json!("Ada"));
        assert_eq!(me["workspace"]["name"], json!("Own"));
        let deals = workspace.list(&Actor::system(), "opportunity", Default::default()).await;
        assert!(!deals.unwrap().items.is_empty());
        assert!(workspace.doctor(false, false).await.unwrap().is_well());
        let again = workspace.set_up_with_sample(beginning).await.unwrap_err();
        assert_eq!(again.code(), "setup_done");
    }
}
