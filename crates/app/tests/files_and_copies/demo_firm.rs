//! The demo firm: loaded through the write path, living, and signed in to by its administrator alone.

use std::sync::Arc;

use app::records::ListRequest;
use app::sign_in::Beginning;
use app::workspace::Profile;
use app::{Actor, Workspace};
use model::access::Scope;
use model::{Action, Field, FieldAccess, Kind, Language, Object, Rights};
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

/// Lists are written row by row, records from their values: both must say the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_says_of_a_record_what_the_record_says_of_itself() {
    for on in BOTH {
        let (workspace, _dir) = World::empty(on).await;
        let firm = workspace.load_demo(11, 0.01, Language::En, &mut |_| ()).await.unwrap();
        let signed =
            workspace.sign_in(&firm.email, &firm.password, "", Default::default()).await.unwrap();
        let schema = workspace.schema();
        let admin =
            Actor { rights: workspace.rights(signed.user).await.unwrap(), language: Language::En };
        let mut masking = model::access::RoleRights {
            grants: [(("*".to_owned(), Action::Read), Some(Scope::All))].into(),
            ..Default::default()
        };
        for object in schema.objects() {
            for (number, field) in object.fields.iter().enumerate() {
                let access = [FieldAccess::Read, FieldAccess::Masked, FieldAccess::Hidden];
                masking
                    .fields
                    .insert((object.name.clone(), field.name.clone()), access[number % 3]);
            }
        }
        let rights = Rights { user: signed.user, roles: vec![masking], ..Rights::default() };
        let covered = Actor { rights: Arc::new(rights), language: Language::En };
        let mut compared = 0;
        for object in schema.objects() {
            for actor in [&admin, &covered] {
                compared += compare(&workspace, actor, object).await;
            }
        }
        assert!(compared > 100, "{compared}");
    }
}

async fn compare(workspace: &Workspace, actor: &Actor, object: &Object) -> usize {
    let straight = |field: &&Field| !field.kind.is_set() && !matches!(field.kind, Kind::AnyLink(_));
    let fields: Vec<String> =
        object.fields.iter().filter(straight).map(|field| field.name.clone()).collect();
    // Nobody orders by what they may not see.
    let request =
        ListRequest { fields: Some(fields.clone()), limit: Some(5), ..Default::default() };
    let listed = workspace.list(actor, &object.name, request).await.unwrap().items;
    for item in &listed {
        let id = item["id"].as_str().unwrap().parse().unwrap();
        let mut own = workspace.get(actor, &object.name, id, Some(fields.clone())).await.unwrap();
        own.as_object_mut().unwrap().remove("_can");
        assert_eq!(item.to_string(), own.to_string(), "{}", object.name);
    }
    listed.len()
}
