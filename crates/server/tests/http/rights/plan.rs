//! Random firms: departments, reporting lines, roles, records and shares, as plain numbers. Every index is below the
//! count of what it names.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

pub const DEPARTMENTS: usize = 5;
pub const USERS: usize = 7;
pub const ROLES: usize = 4;
pub const ACCOUNTS: usize = 8;
pub const CONTACTS: usize = 8;

/// Objects that a role's rights name.
pub const NAMED: [&str; 4] = ["account", "contact", "department", "*"];
pub const ACTIONS: [&str; 3] = ["read", "update", "delete"];
pub const SCOPES: [&str; 6] =
    ["none", "own", "subordinates", "department", "department_below", "all"];
/// Fields of an account that a role's field rights name.
pub const FIELDS: [&str; 3] = ["phone", "level", "won_amount"];
pub const ACCESSES: [&str; 4] = ["hidden", "masked", "read", "write"];

#[derive(Debug, Clone)]
pub struct Firm {
    /// The parent of each department but the first, among those before it.
    pub parents: Vec<Option<usize>>,
    pub users: Vec<Person>,
    pub roles: Vec<Role>,
    /// The owner of each account.
    pub accounts: Vec<Option<usize>>,
    /// Owner and account of each contact.
    pub contacts: Vec<(Option<usize>, Option<usize>)>,
    /// The account of each address: parts of what they belong to.
    pub addresses: Vec<usize>,
    pub shares: Vec<Share>,
}

#[derive(Debug, Clone)]
pub struct Person {
    pub department: Option<usize>,
    /// Among the users before.
    pub manager: Option<usize>,
    pub roles: Vec<usize>,
    pub active: bool,
}

#[derive(Debug, Clone)]
pub struct Role {
    /// The scope of an action on an object, by their names.
    pub grants: BTreeMap<(&'static str, &'static str), &'static str>,
    pub fields: BTreeMap<&'static str, &'static str>,
}

/// A record shared with a user.
#[derive(Debug, Clone)]
pub struct Share {
    pub contact: bool,
    pub record: usize,
    pub user: usize,
    pub write: bool,
    pub over: bool,
}

fn role() -> impl Strategy<Value = Role> {
    let grant = (0..NAMED.len(), 0..ACTIONS.len(), 0..SCOPES.len());
    let field = (0..FIELDS.len(), 0..ACCESSES.len());
    (vec(grant, 0..8), vec(field, 0..3)).prop_map(|(grants, fields)| Role {
        grants: grants.into_iter().map(|(o, a, s)| ((NAMED[o], ACTIONS[a]), SCOPES[s])).collect(),
        fields: fields.into_iter().map(|(f, a)| (FIELDS[f], ACCESSES[a])).collect(),
    })
}

fn person(index: usize) -> impl Strategy<Value = Person> {
    let manager =
        option::of(0..index.max(1)).prop_map(move |manager| manager.filter(|_| index > 0));
    let roles = vec(0..ROLES, 0..3);
    (option::weighted(0.8, 0..DEPARTMENTS), manager, roles, prop::bool::weighted(0.9)).prop_map(
        |(department, manager, mut roles, active)| {
            roles.sort_unstable();
            roles.dedup();
            Person { department, manager, roles, active }
        },
    )
}

fn share() -> impl Strategy<Value = Share> {
    (any::<bool>(), 0..ACCOUNTS.min(CONTACTS), 0..USERS, any::<bool>(), prop::bool::weighted(0.2))
        .prop_map(|(contact, record, user, write, over)| Share {
            contact,
            record,
            user,
            write,
            over,
        })
}

pub fn firm() -> impl Strategy<Value = Firm> {
    let parents: Vec<_> = (1..DEPARTMENTS).map(|index| option::weighted(0.7, 0..index)).collect();
    let users: Vec<_> = (0..USERS).map(person).collect();
    let owner = || option::weighted(0.9, 0..USERS);
    let contact = (owner(), option::of(0..ACCOUNTS));
    (
        parents,
        users,
        vec(role(), ROLES),
        vec(owner(), ACCOUNTS),
        vec(contact, CONTACTS),
        vec(0..ACCOUNTS, 4),
        vec(share(), 0..6),
    )
        .prop_map(|(parents, users, roles, accounts, contacts, addresses, shares)| Firm {
            parents,
            users,
            roles,
            accounts,
            contacts,
            addresses,
            shares,
        })
}
