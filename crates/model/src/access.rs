//! Rights: what a user may do with which records and fields, as filters. The store puts them into every SELECT.

use std::collections::HashMap;

use uuid::Uuid;

use crate::fields::Field;
use crate::filter::{Filter, Viewer};
use crate::object::Object;
use crate::schema::Schema;
use crate::value::Value;

/// The object that shares one record with one user.
pub const SHARE: &str = "record_member";

/// Fields that no role covers.
const KNOWN: [&str; 2] = ["id", "version"];

/// What may be done with records of an object; commands have their own names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// See the record.
    Read,
    /// Make one.
    Create,
    /// Change it, and run commands on it.
    Update,
    /// Put it into the recycle bin and take it out.
    Delete,
    /// Make and change many from a file.
    Import,
    /// Take many away in a file.
    Export,
}

impl Action {
    /// Every action, in the order people see them.
    pub const ALL: [Action; 6] = [
        Action::Read,
        Action::Create,
        Action::Update,
        Action::Delete,
        Action::Import,
        Action::Export,
    ];

    /// The action's name in rights and schema.
    pub fn name(self) -> &'static str {
        match self {
            Action::Read => "read",
            Action::Create => "create",
            Action::Update => "update",
            Action::Delete => "delete",
            Action::Import => "import",
            Action::Export => "export",
        }
    }

    /// The action called `name`.
    pub fn named(name: &str) -> Option<Action> {
        Action::ALL.into_iter().find(|action| action.name() == name)
    }
}

/// Whose records a right reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// One's own.
    Own,
    /// One's own and those of all who report to one, at any depth.
    Subordinates,
    /// Those of one's department.
    Department,
    /// Those of one's department and all below it.
    DepartmentBelow,
    /// Everybody's.
    All,
}

impl Scope {
    /// The scope called `name`; `none` and unknown words are no scope.
    pub fn named(name: &str) -> Option<Scope> {
        match name {
            "own" => Some(Scope::Own),
            "subordinates" => Some(Scope::Subordinates),
            "department" => Some(Scope::Department),
            "department_below" => Some(Scope::DepartmentBelow),
            "all" => Some(Scope::All),
            _ => None,
        }
    }
}

/// What may be done with a field, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldAccess {
    /// It does not exist.
    Hidden,
    /// It exists, its value is covered.
    Masked,
    /// Its value is seen.
    Read,
    /// Its value is seen and changed.
    Write,
}

impl FieldAccess {
    /// The access's name in the schema.
    pub fn name(self) -> &'static str {
        match self {
            FieldAccess::Hidden => "hidden",
            FieldAccess::Masked => "masked",
            FieldAccess::Read => "read",
            FieldAccess::Write => "write",
        }
    }

    /// The access called `name`.
    pub fn named(name: &str) -> Option<FieldAccess> {
        [FieldAccess::Hidden, FieldAccess::Masked, FieldAccess::Read, FieldAccess::Write]
            .into_iter()
            .find(|access| access.name() == name)
    }
}

/// Where an object's rights come from, part of its declaration.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// It has an `owner` field, and scopes speak of it.
    pub owned: bool,
    /// Links whose readers read it too; without an owner, links whose writers write it.
    pub through: Vec<String>,
    /// Everybody who is signed in reads it.
    pub everyone_reads: bool,
    /// Everybody reads the records that pass.
    pub open: Option<Filter>,
    /// The owner's team reads the records that pass.
    pub team: Option<Filter>,
    /// Single records can be shared with single users.
    pub shared: bool,
}

impl Access {
    /// Records have an owner; they can be shared with others one by one.
    pub fn owned() -> Access {
        Access { owned: true, shared: true, ..Access::default() }
    }

    /// Whoever reads or writes the linked record reads or writes this one.
    pub fn of_parent(link: &str) -> Access {
        Access { through: vec![link.to_owned()], ..Access::default() }
    }

    /// Everybody reads, people with the right write.
    pub fn everyone() -> Access {
        Access { everyone_reads: true, ..Access::default() }
    }

    /// Only people whose role says so.
    pub fn by_role() -> Access {
        Access::default()
    }

    /// Readers of the record linked by any of `links` read it too.
    pub fn through(mut self, links: &[&str]) -> Access {
        self.through.extend(links.iter().map(|link| (*link).to_owned()));
        self
    }

    /// Everybody reads the records that pass `filter`.
    pub fn open(mut self, filter: Filter) -> Access {
        self.open = Some(filter);
        self
    }

    /// The owner's team reads the records that pass `filter`.
    pub fn team(mut self, filter: Filter) -> Access {
        self.team = Some(filter);
        self
    }

    /// Single records are not shared.
    pub fn unshared(mut self) -> Access {
        self.shared = false;
        self
    }
}

/// What one role grants. `*` stands for every object.
#[derive(Debug, Clone, Default)]
pub struct RoleRights {
    /// The scope of an action on an object; an object that is named here is not under `*`.
    pub grants: HashMap<(String, Action), Option<Scope>>,
    /// Access to single fields; what is not named can be written.
    pub fields: HashMap<(String, String), FieldAccess>,
    /// All rights on everything.
    pub administrator: bool,
}

impl RoleRights {
    fn scope(&self, object: &str, action: Action) -> Option<Scope> {
        let named = Action::ALL.iter().any(|a| self.grants.contains_key(&(object.to_owned(), *a)));
        let key = if named { object } else { "*" };
        self.grants.get(&(key.to_owned(), action)).copied().flatten()
    }

    fn field(&self, object: &str, field: &str) -> FieldAccess {
        let key = (object.to_owned(), field.to_owned());
        self.fields.get(&key).copied().unwrap_or(FieldAccess::Write)
    }
}

/// The people a user's scopes reach, resolved from departments and reporting lines.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// All who report to the user, at any depth, without the user.
    pub subordinates: Vec<Uuid>,
    /// All of the user's department.
    pub department: Vec<Uuid>,
    /// All of the user's department and those below it.
    pub department_below: Vec<Uuid>,
    /// All in whose team the user is: of the user's department and those above it, and the user's superiors.
    pub team_of: Vec<Uuid>,
}

/// All rights of one user: the union of the user's roles.
#[derive(Debug, Clone, Default)]
pub struct Rights {
    /// The user.
    pub user: Uuid,
    /// The user's roles.
    pub roles: Vec<RoleRights>,
    /// The people the scopes reach.
    pub reach: Reach,
    /// What an API key narrows the rights to: objects and actions; empty means no narrowing.
    pub narrowed: Option<Vec<(String, Action)>>,
}

impl Rights {
    /// Rights of the system itself: everything. Only jobs and commands of the host use it.
    pub fn system() -> Rights {
        let all = RoleRights { administrator: true, ..RoleRights::default() };
        Rights { roles: vec![all], ..Rights::default() }
    }

    /// Whether the user has every right.
    pub fn is_administrator(&self) -> bool {
        self.roles.iter().any(|role| role.administrator)
    }

    fn allowed_by_key(&self, object: &str, action: Action) -> bool {
        self.narrowed.as_ref().is_none_or(|allowed| {
            allowed.iter().any(|(o, a)| (o == "*" || o == object) && *a == action)
        })
    }

    /// The scopes in which the user's roles allow `action` on `object`.
    pub fn scopes(&self, object: &Object, action: Action) -> Vec<Scope> {
        let mut scopes: Vec<Scope> = Vec::new();
        for role in &self.roles {
            if let Some(scope) = role.scope(&object.name, action).filter(|s| !scopes.contains(s)) {
                scopes.push(scope);
            }
        }
        scopes
    }

    /// The records of `object` on which the user may do `action`.
    pub fn filter(&self, schema: &Schema, object: &Object, action: Action) -> Filter {
        if !self.allowed_by_key(&object.name, action) {
            return Filter::Never;
        }
        if self.is_administrator() {
            return Filter::Always;
        }
        let scopes = self.scopes(object, action);
        let reads = action == Action::Read;
        let access = &object.access;
        if reads && access.everyone_reads {
            return Filter::Always;
        }
        let mut any = Vec::new();
        if access.owned {
            any.push(self.owned_by(&scopes));
        } else if access.through.is_empty() && !scopes.is_empty() {
            return Filter::Always;
        }
        // A part of another record needs no right of its own: its parent decides.
        let follows = if access.owned { reads && !scopes.is_empty() } else { true };
        if follows {
            let parent = if reads { Action::Read } else { Action::Update };
            any.extend(
                access.through.iter().map(|link| self.through(schema, object, link, parent)),
            );
        }
        if access.shared && !scopes.is_empty() && matches!(action, Action::Read | Action::Update) {
            any.push(self.shared(action));
        }
        if let Some(open) = access.open.as_ref().filter(|_| reads) {
            any.push(open.clone());
        }
        if reads {
            any.extend(self.of_team(object));
        }
        Filter::any(any)
    }

    /// Records whose owner the user's scopes for `action` reach.
    pub fn owned(&self, object: &Object, action: Action) -> Filter {
        self.owned_by(&self.scopes(object, action))
    }

    fn owned_by(&self, scopes: &[Scope]) -> Filter {
        if scopes.contains(&Scope::All) {
            return Filter::Always;
        }
        if scopes.is_empty() {
            return Filter::Never;
        }
        let mut people = vec![self.user];
        for scope in scopes {
            match scope {
                Scope::Own | Scope::All => {}
                Scope::Subordinates => people.extend(&self.reach.subordinates),
                Scope::Department => people.extend(&self.reach.department),
                Scope::DepartmentBelow => people.extend(&self.reach.department_below),
            }
        }
        people.sort_unstable();
        people.dedup();
        match people.as_slice() {
            [one] => Filter::eq("owner", *one),
            many => Filter::any_of("owner", many.iter().copied()),
        }
    }

    /// Records whose `link` leads to one on which the user may do `action`.
    pub fn through(&self, schema: &Schema, object: &Object, link: &str, action: Action) -> Filter {
        let Some(field) = object.field(link) else { return Filter::Never };
        let narrow = |target: &Object| -> Option<Box<Filter>> {
            match self.filter(schema, target, action) {
                Filter::Never => None,
                filter => Some(Box::new(filter)),
            }
        };
        if let Some(target) = field.kind.target().and_then(|target| schema.object(target)) {
            return narrow(target).map_or(Filter::Never, |filter| Filter::Linked {
                field: link.to_owned(),
                target: target.name.clone(),
                filter,
            });
        }
        let targets =
            schema.objects().filter(|target| target.access.owned && target.name != object.name);
        Filter::any(
            targets
                .filter_map(|target| {
                    narrow(target).map(|filter| Filter::AnyLinked {
                        field: link.to_owned(),
                        target: target.name.clone(),
                        filter,
                    })
                })
                .collect(),
        )
    }

    /// Records that their owners show to a team in which the user is; none where there is no such team.
    pub fn of_team(&self, object: &Object) -> Option<Filter> {
        let team = object.access.team.clone().filter(|_| !self.reach.team_of.is_empty())?;
        Some(team.and(Filter::any_of("owner", self.reach.team_of.iter().copied())))
    }

    /// Whether who reads a live record of `target` also reads every record of `object` whose `link` leads to it.
    pub fn reads_along(&self, object: &Object, link: &str, target: &Object) -> bool {
        let access = &object.access;
        let follows = !access.owned || !self.scopes(object, Action::Read).is_empty();
        // A link to any object carries rights from records with an owner alone.
        let carries = match object.field(link).and_then(|field| field.kind.target()) {
            Some(name) => name == target.name,
            None => target.access.owned && target.name != object.name,
        };
        follows
            && carries
            && access.through.iter().any(|through| through == link)
            && self.allowed_by_key(&object.name, Action::Read)
    }

    /// Records shared with the user for `action`.
    pub fn shared(&self, action: Action) -> Filter {
        let mut share = Filter::eq("user", self.user).and(Filter::eq("active", true));
        if action == Action::Update {
            share = share.and(Filter::eq("level", Value::from("write")));
        }
        Filter::HasChild {
            child: SHARE.to_owned(),
            link: "about".to_owned(),
            filter: Box::new(share),
        }
    }

    /// Whether the user may do `action` on some record of `object` at all.
    pub fn may(&self, schema: &Schema, object: &Object, action: Action) -> bool {
        self.filter(schema, object, action) != Filter::Never
    }

    /// What the user may do with `field`: the most that a role which reaches the object allows.
    pub fn field(&self, object: &Object, field: &Field) -> FieldAccess {
        if self.is_administrator() {
            return FieldAccess::Write;
        }
        let reaching = self.roles.iter().filter(|role| {
            !object.access.owned || role.scope(&object.name, Action::Read).is_some()
        });
        let most = reaching.map(|role| role.field(&object.name, &field.name)).max();
        // Who may see a record at all, such as one that everybody reads, may know which one it is.
        let least = if KNOWN.contains(&field.name.as_str()) {
            FieldAccess::Read
        } else {
            FieldAccess::Hidden
        };
        most.unwrap_or(least).max(least)
    }
}

impl Viewer for Rights {
    fn field_access(&self, object: &Object, field: &Field) -> FieldAccess {
        self.field(object, field)
    }

    fn readable(&self, schema: &Schema, object: &Object) -> Filter {
        self.filter(schema, object, Action::Read)
    }

    fn me(&self) -> Uuid {
        self.user
    }
}

/// A value covered for people who may know that it is there, but not what it is.
pub fn mask(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Text(text) => {
            let kept = if text.chars().count() > 7 { 4 } else { 0 };
            let tail: Vec<char> = text.chars().rev().take(kept).collect();
            Value::Text(format!("••••{}", tail.iter().rev().collect::<String>()))
        }
        _ => Value::Text("••••".to_owned()),
    }
}
