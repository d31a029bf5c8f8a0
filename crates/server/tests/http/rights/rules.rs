//! The rules of access, told slowly: plain loops over people, records and fields. It shares no code with the product
//! and climbs trees where the product descends them.

use super::plan::{Firm, Role};

/// Whether one of the user's scopes for `action` on `object` reaches what `owner` owns.
fn reaches(firm: &Firm, user: usize, object: &str, action: &str, owner: Option<usize>) -> bool {
    let scopes = scopes(firm, user, object, action);
    scopes.iter().any(|scope| match (*scope, owner) {
        ("all", _) => true,
        (_, None) => false,
        (_, Some(owner)) if owner == user => true,
        ("subordinates", Some(owner)) => reports_to(firm, owner, user),
        ("department", Some(owner)) => {
            firm.users[user].department.is_some()
                && firm.users[owner].department == firm.users[user].department
        }
        ("department_below", Some(owner)) => {
            match (firm.users[user].department, firm.users[owner].department) {
                (Some(above), Some(below)) => is_below(firm, below, above),
                _ => false,
            }
        }
        _ => false,
    })
}

/// The scopes the user's roles give; `none` gives nothing.
fn scopes<'f>(firm: &'f Firm, user: usize, object: &str, action: &str) -> Vec<&'f str> {
    let mut scopes = Vec::new();
    for role in &firm.users[user].roles {
        scopes.extend(scope(&firm.roles[*role], object, action));
    }
    scopes
}

/// What a role says of an object itself goes before what it says of all objects.
fn scope<'r>(role: &'r Role, object: &str, action: &str) -> Option<&'r str> {
    let is_named = role.grants.keys().any(|(named, _)| *named == object);
    for ((named, of), scope) in &role.grants {
        if *named == (if is_named { object } else { "*" }) && *of == action && *scope != "none" {
            return Some(scope);
        }
    }
    None
}

fn reports_to(firm: &Firm, person: usize, boss: usize) -> bool {
    let mut at = firm.users[person].manager;
    while let Some(manager) = at {
        if manager == boss {
            return true;
        }
        at = firm.users[manager].manager;
    }
    false
}

fn is_below(firm: &Firm, below: usize, above: usize) -> bool {
    let mut at = Some(below);
    while let Some(department) = at {
        if department == above {
            return true;
        }
        at = if department == 0 { None } else { firm.parents[department - 1] };
    }
    false
}

fn is_shared(firm: &Firm, user: usize, contact: bool, record: usize, action: &str) -> bool {
    firm.shares.iter().any(|share| {
        share.contact == contact
            && share.record == record
            && share.user == user
            && !share.over
            && (action == "read" || (action == "update" && share.write))
    })
}

pub fn may_account(firm: &Firm, user: usize, action: &str, account: usize) -> bool {
    if !firm.users[user].active {
        return false;
    }
    let may_some = !scopes(firm, user, "account", action).is_empty();
    reaches(firm, user, "account", action, firm.accounts[account])
        || (may_some && is_shared(firm, user, false, account, action))
}

/// Whoever reads a contact's account reads the contact, given any right to read contacts.
pub fn may_contact(firm: &Firm, user: usize, action: &str, contact: usize) -> bool {
    if !firm.users[user].active {
        return false;
    }
    let (owner, account) = firm.contacts[contact];
    let may_some = !scopes(firm, user, "contact", action).is_empty();
    reaches(firm, user, "contact", action, owner)
        || (may_some && is_shared(firm, user, true, contact, action))
        || (may_some
            && action == "read"
            && account.is_some_and(|account| may_account(firm, user, "read", account)))
}

/// An address is part of its account: who reads that reads it, who changes that changes it.
pub fn may_address(firm: &Firm, user: usize, action: &str, address: usize) -> bool {
    let action = if action == "read" { "read" } else { "update" };
    may_account(firm, user, action, firm.addresses[address])
}

/// Everybody reads departments; who has a right of any scope does more.
pub fn may_department(firm: &Firm, user: usize, action: &str) -> bool {
    firm.users[user].active
        && (action == "read" || !scopes(firm, user, "department", action).is_empty())
}

/// The most that a role which reads accounts allows with a field: 0 hidden, 1 masked, 2 read, 3 write.
pub fn field(firm: &Firm, user: usize, name: &str) -> usize {
    let mut most = 0;
    for role in &firm.users[user].roles {
        let role = &firm.roles[*role];
        if scope(role, "account", "read").is_some() {
            let access = role.fields.get(name).copied().unwrap_or("write");
            most = most
                .max(super::plan::ACCESSES.iter().position(|known| *known == access).unwrap_or(0));
        }
    }
    most
}
