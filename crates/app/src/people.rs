//! The firm's people as rights see them: departments, reporting lines, roles. Read whole, kept until any of it changes.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use model::access::{Reach, RoleRights};
use model::query::{Bin, ListQuery};
use model::{Action, FieldAccess, Filter, Object, Record, Rights, Scope, Uuid};
use store::Tx;

/// Objects whose changes change rights.
pub const OBJECTS: [&str; 5] = ["user", "department", "role", "role_right", "role_field_right"];
/// The role that may do everything.
pub const ADMINISTRATOR: &str = "administrator";
/// People, departments and rights of one firm.
const ROWS_MAX: usize = 50_000;

/// A user as rights see it.
#[derive(Debug, Clone)]
struct Person {
    department: Option<Uuid>,
    manager: Option<Uuid>,
    roles: Vec<Uuid>,
    active: bool,
}

/// The firm's people at one moment.
pub struct People {
    persons: HashMap<Uuid, Person>,
    parents: HashMap<Uuid, Option<Uuid>>,
    roles: HashMap<Uuid, RoleRights>,
    known: Mutex<HashMap<Uuid, Option<Arc<Rights>>>>,
}

impl People {
    /// Reads all people, departments and roles.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn read(tx: &mut Tx) -> store::Result<People> {
        let mut persons = HashMap::new();
        let (object, records) = all(tx, "user")?;
        for record in &records {
            let link = |name: &str| record.get(&object, name).as_id();
            let roles = match record.get(&object, "roles") {
                model::Value::Ids(ids) => ids.clone(),
                _ => Vec::new(),
            };
            let active = record.get(&object, "active").is_yes();
            let person =
                Person { department: link("department"), manager: link("manager"), roles, active };
            persons.insert(record.id(), person);
        }
        let (object, records) = all(tx, "department")?;
        let parents = records.iter().map(|r| (r.id(), r.get(&object, "parent").as_id())).collect();
        Ok(People { persons, parents, roles: roles(tx)?, known: Mutex::default() })
    }

    /// The rights of an active user; none for anybody else.
    pub fn rights(&self, user: Uuid) -> Option<Arc<Rights>> {
        let mut known = self.known.lock().expect("no panic holds this lock");
        known.entry(user).or_insert_with(|| self.work_out(user).map(Arc::new)).clone()
    }

    /// Users with the administrator's role who can sign in.
    pub fn administrators(&self) -> Vec<Uuid> {
        let is_admin = |person: &Person| {
            person.active
                && person
                    .roles
                    .iter()
                    .any(|r| self.roles.get(r).is_some_and(|role| role.administrator))
        };
        self.persons.iter().filter(|(_, person)| is_admin(person)).map(|(id, _)| *id).collect()
    }

    fn work_out(&self, user: Uuid) -> Option<Rights> {
        let person = self.persons.get(&user).filter(|person| person.active)?;
        let roles = person.roles.iter().filter_map(|role| self.roles.get(role).cloned()).collect();
        let reach = Reach {
            subordinates: self.subordinates(user),
            department: person.department.map_or(vec![], |d| self.members(&HashSet::from([d]))),
            department_below: person.department.map_or(vec![], |d| self.members(&self.below(d))),
            team_of: self.team_of(user, person),
        };
        Some(Rights { user, roles, reach, narrowed: None })
    }

    /// All who report to `user`, at any depth; a circle ends where it began.
    fn subordinates(&self, user: Uuid) -> Vec<Uuid> {
        let mut found: HashSet<Uuid> = HashSet::new();
        let mut waiting = vec![user];
        while let Some(manager) = waiting.pop() {
            for (id, _) in self.persons.iter().filter(|(_, p)| p.manager == Some(manager)) {
                if *id != user && found.insert(*id) {
                    waiting.push(*id);
                }
            }
        }
        found.into_iter().collect()
    }

    /// All in whose team `user` is: of the department and those above it, and the superiors; circles end.
    fn team_of(&self, user: Uuid, person: &Person) -> Vec<Uuid> {
        let mut above = HashSet::new();
        let mut next = person.department;
        while let Some(department) = next.filter(|department| above.insert(*department)) {
            next = self.parents.get(&department).copied().flatten();
        }
        let mut found: HashSet<Uuid> = self.members(&above).into_iter().collect();
        let mut superiors = HashSet::new();
        let mut next = person.manager;
        while let Some(manager) = next.filter(|manager| superiors.insert(*manager)) {
            next = self.persons.get(&manager).and_then(|person| person.manager);
        }
        found.extend(superiors);
        found.remove(&user);
        let mut all: Vec<Uuid> = found.into_iter().collect();
        all.sort_unstable();
        all
    }

    fn below(&self, department: Uuid) -> HashSet<Uuid> {
        let mut found = HashSet::from([department]);
        let mut waiting = vec![department];
        while let Some(parent) = waiting.pop() {
            for (id, _) in self.parents.iter().filter(|(_, p)| **p == Some(parent)) {
                if found.insert(*id) {
                    waiting.push(*id);
                }
            }
        }
        found
    }

    fn members(&self, departments: &HashSet<Uuid>) -> Vec<Uuid> {
        let member = |person: &Person| person.department.is_some_and(|d| departments.contains(&d));
        self.persons.iter().filter(|(_, person)| member(person)).map(|(id, _)| *id).collect()
    }
}

fn all(tx: &mut Tx, name: &str) -> store::Result<(Arc<Object>, Vec<Record>)> {
    let object = tx.object(name)?.clone();
    let query = ListQuery {
        sort: vec![],
        limit: ROWS_MAX,
        bin: Bin::Live,
        ..ListQuery::of(Filter::Always)
    };
    let page = tx.list(name, &query, &|_| Filter::Never)?;
    let mut records: Vec<Record> = page.rows.into_iter().map(|row| row.record).collect();
    tx.fill_sets(name, &mut records)?;
    Ok((object, records))
}

fn roles(tx: &mut Tx) -> store::Result<HashMap<Uuid, RoleRights>> {
    let (object, records) = all(tx, "role")?;
    let mut roles: HashMap<Uuid, RoleRights> = records
        .iter()
        .map(|record| {
            let administrator = record.get(&object, "code").as_text() == Some(ADMINISTRATOR);
            (record.id(), RoleRights { administrator, ..RoleRights::default() })
        })
        .collect();
    let (object, records) = all(tx, "role_right")?;
    for record in &records {
        let text = |name: &str| record.get(&object, name).as_text().unwrap_or("").to_owned();
        let role = record.get(&object, "role").as_id().and_then(|id| roles.get_mut(&id));
        if let (Some(role), Some(action)) = (role, Action::named(&text("action"))) {
            role.grants.insert((text("object"), action), Scope::named(&text("scope")));
        }
    }
    let (object, records) = all(tx, "role_field_right")?;
    for record in &records {
        let text = |name: &str| record.get(&object, name).as_text().unwrap_or("").to_owned();
        let role = record.get(&object, "role").as_id().and_then(|id| roles.get_mut(&id));
        if let (Some(role), Some(access)) = (role, FieldAccess::named(&text("access"))) {
            role.fields.insert((text("object"), text("field")), access);
        }
    }
    Ok(roles)
}
