//! Makes a plan of a mapping: everything that does not fit the schema, the rights or the file is said at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use formats::DatePattern;
use model::fields::LinkKind;
use model::formula::{Formula, Type};
use model::object::{SYSTEM_FIELDS, Written};
use model::{Action, Field, FieldAccess, Kind, Object, Problem, Rights, Schema, Value};
use serde_json::Value as Json;

use super::mapping::{ColumnRule, IfMissing, LinkRule, Mapping, Policy};
use super::plan::{Given, Node, Plan, Shape, Source, Target};
use crate::{Error, Result};

/// Links in one path.
pub const PATH_LINKS_MAX: usize = 3;
/// The position of every object's `id`.
pub const ID: usize = 0;

/// What a mapping is held against.
pub struct Grounds<'a> {
    /// The schema in force.
    pub schema: &'a Schema,
    /// The rights of whoever imports.
    pub rights: &'a Rights,
    /// The file's columns.
    pub headers: &'a [String],
    /// Currency and country.
    pub setting: &'a model::fields::Setting,
}

/// A node on its way; `children` are found by the link that leads to them.
struct Bud {
    path: String,
    object: Arc<Object>,
    fields: Vec<Target>,
    named: Option<Source>,
    many: bool,
    is_person: bool,
    children: BTreeMap<String, usize>,
}

impl Bud {
    fn new(path: String, object: Arc<Object>) -> Bud {
        Bud {
            path,
            object,
            fields: vec![],
            named: None,
            many: false,
            is_person: false,
            children: BTreeMap::new(),
        }
    }
}

struct Compiler<'a> {
    grounds: &'a Grounds<'a>,
    buds: Vec<Bud>,
    problems: Vec<Problem>,
    names: std::collections::HashMap<String, usize>,
}

/// The plan that `mapping` makes on these grounds.
///
/// # Errors
/// Every problem at once, each naming the path or column it is about.
pub fn compile(mapping: &Mapping, grounds: &Grounds) -> Result<Plan> {
    let unknown =
        || Error::from(Problem::of("object", "object_unknown").with("object", &mapping.object));
    let object = grounds.schema.object(&mapping.object).ok_or_else(unknown)?;
    let mut compiler = Compiler {
        grounds,
        buds: vec![Bud::new(String::new(), object.clone())],
        problems: Vec::new(),
        names: names(grounds.headers),
    };
    compiler.take_columns(mapping);
    compiler.take_computed(mapping);
    compiler.take_constants(mapping);
    let lost: Vec<&String> = mapping.links.keys().filter(|path| !compiler.is_link(path)).collect();
    compiler.problems.extend(lost.into_iter().map(|path| unknown_field(path, &object.name)));
    let mut plan = Plan {
        nodes: vec![],
        policy: mapping.policy,
        shapes: vec![],
        names: compiler.names.clone(),
    };
    let mut buds: Vec<Option<Bud>> =
        std::mem::take(&mut compiler.buds).into_iter().map(Some).collect();
    compiler.ripen(mapping, 0, &mut buds, &mut plan);
    if compiler.problems.is_empty() { Ok(plan) } else { Err(Error::Invalid(compiler.problems)) }
}

fn unknown_field(path: &str, object: &str) -> Problem {
    Problem::of(path, "unknown_field").with("field", path).with("object", object)
}

/// What formulas call the columns: `row.Unit_Price` for `Unit Price`.
fn names(headers: &[String]) -> std::collections::HashMap<String, usize> {
    let mut names = std::collections::HashMap::new();
    for (index, header) in headers.iter().enumerate() {
        let name: String = header
            .trim()
            .chars()
            .map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' })
            .collect();
        names.entry(name).or_insert(index);
    }
    names
}

impl Compiler<'_> {
    fn take_columns(&mut self, mapping: &Mapping) {
        for (column, rule) in &mapping.columns {
            let found =
                self.grounds.headers.iter().position(|header| header.trim() == column.trim());
            let Some(index) = found else {
                self.problems
                    .push(Problem::of(&rule.field, "column_unknown").with("column", column));
                continue;
            };
            match source(rule, index) {
                Ok(source) => self.place(&rule.field, source),
                Err(problem) => self.problems.push(problem),
            }
        }
    }

    fn take_computed(&mut self, mapping: &Mapping) {
        for (path, text) in &mapping.computed {
            let type_of = |name: &[String]| match name {
                [row, column] if row == "row" && self.names.contains_key(column) => {
                    Some(Type::Text)
                }
                _ => None,
            };
            let parsed =
                Formula::parse(text).and_then(|formula| formula.check(&type_of).map(|_| formula));
            match parsed {
                Ok(formula) => {
                    self.place(path, Source::plain(path, Given::Formula(Box::new(formula))))
                }
                Err(error) => {
                    self.problems.push(Problem {
                        field: Some(path.clone()),
                        code: error.code,
                        params: error.params,
                    });
                }
            }
        }
    }

    fn take_constants(&mut self, mapping: &Mapping) {
        for (path, json) in &mapping.constants {
            match self.constant(path, json) {
                Ok(value) => self.place(path, Source::plain(path, Given::Constant(value))),
                Err(problem) => self.problems.push(problem.at(path)),
            }
        }
    }

    /// The value of a constant; for a link the words that name the record.
    fn constant(&self, path: &str, json: &Json) -> std::result::Result<Value, Problem> {
        let field =
            self.field_at(path).ok_or_else(|| unknown_field(path, &self.buds[0].object.name))?;
        match json {
            Json::Null => Ok(Value::Null),
            Json::String(text) if field.kind.target().is_some() => Ok(Value::from(text.as_str())),
            Json::Object(parts) if field.kind.target().is_some() => {
                Ok(parts.get("id").and_then(Json::as_str).map(str::to_owned).into())
            }
            Json::String(text) => field.kind().read_text(text, self.grounds.setting),
            json => field.kind().read_json(json, self.grounds.setting),
        }
    }

    fn field_at(&self, path: &str) -> Option<&Field> {
        let mut object = self.buds[0].object.as_ref();
        let mut steps = path.split('.').peekable();
        while let Some(step) = steps.next() {
            let field = object.field(step)?;
            if steps.peek().is_none() {
                return Some(field);
            }
            object = self.grounds.schema.object(field.kind.target()?)?;
        }
        None
    }

    fn is_link(&self, path: &str) -> bool {
        self.field_at(path).is_some_and(|field| field.kind.target().is_some())
    }

    /// Puts a source where its path leads, making the nodes on the way.
    fn place(&mut self, path: &str, source: Source) {
        let steps: Vec<&str> = path.split('.').collect();
        if steps.len() > PATH_LINKS_MAX + 1 {
            self.problems.push(Problem::of(path, "path_deep").with("max", PATH_LINKS_MAX));
            return;
        }
        let mut at = 0;
        for (depth, step) in steps.iter().enumerate() {
            let is_last = depth + 1 == steps.len();
            let object = self.buds[at].object.clone();
            let found =
                object.field(step).filter(|field| *step == "id" || self.is_known(&object, field));
            let Some(field) = found else {
                self.problems.push(unknown_field(path, &object.name));
                return;
            };
            if *step == "id" || (is_last && field.kind.target().is_none()) {
                self.set(at, field, path, source);
                return;
            }
            let allowed = matches!(field.kind, Kind::Link(_)) || (is_last && field.kind.is_set());
            let Some(target) =
                field.kind.target().filter(|_| allowed).and_then(|t| self.grounds.schema.object(t))
            else {
                self.problems.push(unknown_field(path, &object.name));
                return;
            };
            let next = self.child(at, field, steps[..=depth].join("."), target.clone());
            if is_last {
                self.name(next, path, source);
                return;
            }
            at = next;
        }
    }

    fn is_known(&self, object: &Object, field: &Field) -> bool {
        let is_system = SYSTEM_FIELDS.contains(&field.name.as_str());
        !is_system && self.grounds.rights.field(object, field) > FieldAccess::Hidden
    }

    fn child(&mut self, at: usize, field: &Field, path: String, target: Arc<Object>) -> usize {
        if let Some(known) = self.buds[at].children.get(&field.name) {
            return *known;
        }
        let next = self.buds.len();
        let mut bud = Bud::new(path, target);
        bud.many = field.kind.is_set();
        bud.is_person = matches!(&field.kind, Kind::Link(link) if link.kind == LinkKind::Person);
        self.buds.push(bud);
        self.buds[at].children.insert(field.name.clone(), next);
        next
    }

    fn set(&mut self, at: usize, field: &Field, path: &str, source: Source) {
        let object = self.buds[at].object.clone();
        let index = object.index(&field.name).unwrap_or(ID);
        if index == ID && at != 0 {
            self.name(at, path, source);
            return;
        }
        if index != ID && !field.is_writable() {
            self.problems.push(Problem::of(path, "read_only"));
        }
        if self.buds[at].fields.iter().any(|target| target.field == index) {
            self.problems.push(Problem::of(path, "field_twice").with("field", path));
        }
        self.buds[at].fields.push(Target { field: index, source });
    }

    fn name(&mut self, at: usize, path: &str, source: Source) {
        if self.buds[at].named.is_some() {
            self.problems.push(Problem::of(path, "field_twice").with("field", path));
        }
        self.buds[at].named = Some(source);
    }

    /// Makes nodes of a bud and those below it, children first; the node's position.
    fn ripen(
        &mut self,
        mapping: &Mapping,
        at: usize,
        buds: &mut [Option<Bud>],
        plan: &mut Plan,
    ) -> usize {
        let bud = buds[at].take().expect("each bud is the child of one other");
        let links: Vec<(usize, usize)> = bud
            .children
            .iter()
            .map(|(link, child)| {
                (bud.object.index(link).unwrap_or(ID), self.ripen(mapping, *child, buds, plan))
            })
            .collect();
        let is_root = at == 0;
        let rule = if is_root {
            root_rule(mapping)
        } else {
            mapping.links.get(&bud.path).cloned().unwrap_or_default()
        };
        let shapes = self.shapes(&bud, &links, &rule, mapping, plan);
        self.check_rights(&bud, &links, &rule, is_root, mapping.policy);
        plan.nodes.push(Node {
            path: bud.path,
            object: bud.object,
            fields: bud.fields,
            links,
            named: bud.named,
            many: bud.many,
            shapes,
            if_missing: rule.if_missing,
        });
        plan.nodes.len() - 1
    }

    /// How the record is found.
    fn shapes(
        &mut self,
        bud: &Bud,
        links: &[(usize, usize)],
        rule: &LinkRule,
        mapping: &Mapping,
        plan: &mut Plan,
    ) -> Vec<usize> {
        let is_root = bud.path.is_empty();
        let at = if is_root { "match_on".to_owned() } else { bud.path.clone() };
        let mut fields = Vec::new();
        for name in &rule.match_on {
            let found = bud.object.field(name).filter(|field| {
                let is_known = name == "id" || self.is_known(&bud.object, field);
                is_known && !field.columns().is_empty() && !matches!(field.kind, Kind::AnyLink(_))
            });
            match found.and_then(|field| bud.object.index(&field.name)) {
                Some(index) => fields.push(index),
                None => self.problems.push(
                    Problem::of(&at, "unknown_field")
                        .with("field", name)
                        .with("object", &bud.object.name),
                ),
            }
        }
        let shape = |plan: &mut Plan, fields: Vec<usize>| {
            let shape = Shape { object: bud.object.clone(), fields };
            let known = plan
                .shapes
                .iter()
                .position(|s| s.object.name == shape.object.name && s.fields == shape.fields);
            known.unwrap_or_else(|| {
                plan.shapes.push(shape);
                plan.shapes.len() - 1
            })
        };
        if bud.named.is_some() {
            let fields = if fields.is_empty() { naming_fields(bud) } else { fields };
            return fields.into_iter().map(|field| shape(plan, vec![field])).collect();
        }
        if is_root {
            if mapping.policy == Policy::Create {
                return Vec::new();
            }
            if fields.is_empty() && rule.match_on.is_empty() {
                self.problems.push(Problem::of("match_on", "match_expected"));
            }
        } else if rule.match_on.is_empty() {
            fields = usual_match(bud);
        }
        let given = |index: &usize| {
            bud.fields.iter().any(|target| target.field == *index)
                || links.iter().any(|(field, _)| field == index)
        };
        for index in fields.iter().filter(|index| !given(index)) {
            let field = &bud.object.fields[*index].name;
            self.problems.push(Problem::of(&at, "match_unmapped").with("field", field));
        }
        vec![shape(plan, fields)]
    }

    fn check_rights(
        &mut self,
        bud: &Bud,
        links: &[(usize, usize)],
        rule: &LinkRule,
        is_root: bool,
        policy: Policy,
    ) {
        let makes =
            if is_root { policy != Policy::Update } else { rule.if_missing == IfMissing::Create };
        if !makes && !is_root {
            return;
        }
        let rights = self.grounds.rights;
        let object = &bud.object;
        let label = || object.label.en.clone();
        let at = if is_root { "object" } else { bud.path.as_str() };
        let may = |action| rights.may(self.grounds.schema, object, action);
        let changes = is_root && matches!(policy, Policy::Update | Policy::CreateOrUpdate);
        let allowed = object.written != Written::BySystem
            && self.may_import(object)
            && (!makes || may(Action::Create))
            && (!changes || may(Action::Update));
        if !allowed {
            self.problems.push(Problem::of(at, "import_forbidden").with("object", label()));
        }
        let set = bud
            .fields
            .iter()
            .map(|target| target.field)
            .chain(links.iter().map(|(field, _)| *field));
        for index in set.filter(|index| *index != ID) {
            let field = &object.fields[index];
            let is_covered = rights.field(object, field) < FieldAccess::Write;
            if is_covered || !field.is_writable() {
                let path = if is_root {
                    field.name.clone()
                } else {
                    format!("{}.{}", bud.path, field.name)
                };
                self.problems.push(Problem::of(&path, "read_only"));
            }
        }
    }

    /// Parts of other records are imported by whoever may import those.
    fn may_import(&self, object: &Object) -> bool {
        let rights = self.grounds.rights;
        let through = &object.access.through;
        if object.access.owned || through.is_empty() {
            return rights.may(self.grounds.schema, object, Action::Import);
        }
        through.iter().any(|link| {
            let target = object.field(link).and_then(|field| field.kind.target());
            let target = target.and_then(|target| self.grounds.schema.object(target));
            match target {
                Some(target) => rights.may(self.grounds.schema, target, Action::Import),
                None => rights.may(self.grounds.schema, object, Action::Import),
            }
        })
    }
}

fn root_rule(mapping: &Mapping) -> LinkRule {
    LinkRule { match_on: mapping.match_on.clone(), if_missing: IfMissing::Create }
}

/// By what a cell names a record: its id; its title; people also by their e-mail address; then whatever is unique.
fn naming_fields(bud: &Bud) -> Vec<usize> {
    let object = &bud.object;
    let title = [ID].into_iter().chain(object.index(&object.title));
    let unique = object.fields.iter().enumerate().filter(|(_, field)| {
        let is_key = field.unique && (bud.is_person || !matches!(field.kind, Kind::Email(_)));
        is_key && field.name != object.title
    });
    title
        .chain(unique.map(|(index, _)| index))
        .filter(|index| !object.fields[*index].columns().is_empty())
        .collect()
}

/// By what a record is found when nobody says: what is unique, or else its title, or else all that is given.
fn usual_match(bud: &Bud) -> Vec<usize> {
    let object = &bud.object;
    let given: Vec<usize> = bud.fields.iter().map(|target| target.field).collect();
    let unique: Vec<usize> =
        given.iter().copied().filter(|index| object.fields[*index].unique).take(1).collect();
    if !unique.is_empty() {
        return unique;
    }
    let title = object.index(&object.title).filter(|title| given.contains(title));
    title.map_or(given, |title| vec![title])
}

fn source(rule: &ColumnRule, index: usize) -> std::result::Result<Source, Problem> {
    let pattern = rule.date.as_deref().map(str::parse::<DatePattern>).transpose();
    let wrong = |_| {
        let pattern = rule.date.as_deref().unwrap_or("");
        Problem::of(&rule.field, "date_pattern_invalid").with("pattern", pattern)
    };
    Ok(Source {
        path: rule.field.clone(),
        from: Given::Column(index),
        date: pattern.map_err(wrong)?,
        translate: rule.translate.clone(),
        empty: rule.empty.clone().filter(|text| !text.is_empty()),
        trim: rule.trim,
        list: rule.list.clone().filter(|text| !text.is_empty()),
    })
}
