//! Rights against their oracle: for random firms the SELECTs give exactly the records that slow plain rules give, on
//! both databases, and every door shows the same.

mod plan;
mod rules;

use std::collections::BTreeSet;
use std::sync::Arc;

use app::records::ListRequest;
use app::{Actor, Workspace};
use model::{Action, Language, Uuid};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use crate::world::{Database, host, placed};
use plan::{ACTIONS, FIELDS, Firm};

/// Random firms a run.
const FIRMS: u32 = 8;

#[test]
fn selects_give_what_the_rules_give() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let directories =
        [tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory")];
    let open = async |index: usize, database: Database| {
        let hosting = host(&directories[index], [("main", placed(database))]).await;
        hosting.workspace("main").expect("the workspace").clone()
    };
    let sqlite = runtime.block_on(open(0, Database::Sqlite));
    let postgres = runtime.block_on(open(1, Database::Postgres));
    // The same firms each time: a failure is there again tomorrow.
    let config = Config {
        cases: FIRMS,
        failure_persistence: None,
        max_shrink_iters: 40,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&plan::firm(), |firm| {
        for workspace in [&sqlite, &postgres] {
            runtime.block_on(compare(workspace, &firm));
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

/// A firm in a workspace: the ids by the plan's numbers.
struct Made {
    departments: Vec<Uuid>,
    users: Vec<Uuid>,
    accounts: Vec<Uuid>,
    contacts: Vec<Uuid>,
    addresses: Vec<Uuid>,
}

async fn make(workspace: &Workspace, object: &str, values: Value) -> Uuid {
    let made = workspace.create(&Actor::system(), object, &values, None).await;
    let made = made.unwrap_or_else(|error| panic!("{object} {values}: {error:?}"));
    made["id"].as_str().and_then(|id| id.parse().ok()).expect("an id")
}

async fn make_roles(workspace: &Workspace, firm: &Firm) -> Vec<Uuid> {
    let mut roles = Vec::new();
    for role in &firm.roles {
        let code = format!("r{}", workspace.clock.new_id().simple());
        let id = make(workspace, "role", json!({"name": "Role", "code": code})).await;
        for ((object, action), scope) in &role.grants {
            let right = json!({"role": id, "object": object, "action": action, "scope": scope});
            make(workspace, "role_right", right).await;
        }
        for (field, access) in &role.fields {
            let right = json!({"role": id, "object": "account", "field": field, "access": access});
            make(workspace, "role_field_right", right).await;
        }
        roles.push(id);
    }
    roles
}

async fn build(workspace: &Workspace, firm: &Firm) -> Made {
    let mut departments = vec![make(workspace, "department", json!({"name": "0"})).await];
    for parent in &firm.parents {
        let parent = parent.map(|parent| departments[parent]);
        departments
            .push(make(workspace, "department", json!({"name": "d", "parent": parent})).await);
    }
    let roles = make_roles(workspace, firm).await;
    let mut users: Vec<Uuid> = Vec::new();
    for person in &firm.users {
        let email = format!("u{}@example.com", workspace.clock.new_id().simple());
        let roles: Vec<Uuid> = person.roles.iter().map(|role| roles[*role]).collect();
        let values = json!({"name": "u", "email": email, "active": person.active, "roles": roles,
                            "department": person.department.map(|d| departments[d]),
                            "manager": person.manager.map(|m| users[m])});
        users.push(make(workspace, "user", values).await);
    }
    let mut accounts = Vec::new();
    for owner in &firm.accounts {
        let values = json!({"name": "account", "owner": owner.map(|owner| users[owner])});
        accounts.push(make(workspace, "account", values).await);
    }
    let mut contacts = Vec::new();
    for (owner, account) in &firm.contacts {
        let values = json!({"name": "contact", "owner": owner.map(|owner| users[owner]),
                            "account": account.map(|account| accounts[account])});
        contacts.push(make(workspace, "contact", values).await);
    }
    let mut addresses = Vec::new();
    for account in &firm.addresses {
        let values = json!({"label": "address", "account": accounts[*account]});
        addresses.push(make(workspace, "address", values).await);
    }
    let today = workspace.now().today();
    for share in &firm.shares {
        let (object, id) = if share.contact {
            ("contact", contacts[share.record])
        } else {
            ("account", accounts[share.record])
        };
        let last = if share.over { today.yesterday().expect("a day") } else { today };
        let values = json!({"about": {"object": object, "id": id}, "user": users[share.user],
                            "level": if share.write { "write" } else { "read" }, "expires_on": last.to_string()});
        make(workspace, "record_member", values).await;
    }
    Made { departments, users, accounts, contacts, addresses }
}

async fn compare(workspace: &Arc<Workspace>, firm: &Firm) {
    let made = build(workspace, firm).await;
    for (user, id) in made.users.iter().enumerate() {
        let actor =
            workspace.rights(*id).await.ok().map(|rights| Actor { rights, language: Language::En });
        assert_eq!(actor.is_some(), firm.users[user].active);
        for action in ACTIONS {
            let check = async |object: &str, ids: &[Uuid], rule: &dyn Fn(usize) -> bool| {
                let expected: BTreeSet<usize> =
                    (0..ids.len()).filter(|index| rule(*index)).collect();
                let found = selected(workspace, actor.as_ref(), object, action, ids).await;
                assert_eq!(
                    found, expected,
                    "user {user} may {action} {object}: the SELECT, then the rules"
                );
                if action == "read" {
                    let listed = listed(workspace, actor.as_ref(), object, ids).await;
                    assert_eq!(listed, expected, "user {user} lists {object}");
                }
            };
            check("account", &made.accounts, &|index| {
                rules::may_account(firm, user, action, index)
            })
            .await;
            check("contact", &made.contacts, &|index| {
                rules::may_contact(firm, user, action, index)
            })
            .await;
            check("address", &made.addresses, &|index| {
                rules::may_address(firm, user, action, index)
            })
            .await;
            check("department", &made.departments, &|_| rules::may_department(firm, user, action))
                .await;
        }
        if let Some(actor) = &actor {
            let account = workspace.object("account").expect("accounts");
            for name in FIELDS {
                let field = account.field(name).expect("a field");
                let access = actor.rights.field(&account, field) as usize;
                assert_eq!(
                    access,
                    rules::field(firm, user, name),
                    "user {user} and the field {name}"
                );
            }
        }
    }
}

fn positions(ids: &[Uuid], found: &[Uuid]) -> BTreeSet<usize> {
    found.iter().filter_map(|id| ids.iter().position(|known| known == id)).collect()
}

/// What a SELECT under the rights finds of `ids`.
async fn selected(
    workspace: &Workspace,
    actor: Option<&Actor>,
    object: &str,
    action: &str,
    ids: &[Uuid],
) -> BTreeSet<usize> {
    let Some(actor) = actor else { return BTreeSet::new() };
    let declared = workspace.object(object).expect("an object");
    let action = Action::named(action).expect("an action");
    let filter = actor.rights.filter(&workspace.schema(), &declared, action);
    let name = object.to_owned();
    let found = workspace.store.read(move |tx| tx.ids(&name, &filter, None, 100_000)).await;
    positions(ids, &found.expect("an answer"))
}

/// What the list shows of `ids`; the aggregate must count as much as the list, and the search find no more.
async fn listed(
    workspace: &Workspace,
    actor: Option<&Actor>,
    object: &str,
    ids: &[Uuid],
) -> BTreeSet<usize> {
    let Some(actor) = actor else { return BTreeSet::new() };
    let list = async |q: Option<&str>| {
        let request =
            ListRequest { q: q.map(str::to_owned), limit: Some(200), ..ListRequest::default() };
        let answer = workspace.list(actor, object, request).await.expect("a list");
        let found: Vec<Uuid> =
            answer.items.iter().filter_map(|item| item["id"].as_str()?.parse().ok()).collect();
        assert!(answer.next.is_none(), "the firms of a run fit one page");
        found
    };
    let found = list(None).await;
    let counted = workspace.aggregate(actor, object, "", "count", None).await.expect("a count");
    let count = counted["groups"][0]["count"].as_u64().unwrap_or(0);
    assert_eq!(count, found.len() as u64, "{object}: the aggregate counts the list");
    let hits = list(Some(object)).await;
    assert!(
        hits.iter().all(|hit| found.contains(hit)),
        "{object}: the search finds only what the list lists"
    );
    positions(ids, &found)
}
