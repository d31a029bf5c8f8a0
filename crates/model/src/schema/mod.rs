//! The schema: all objects merged and checked, swapped whole when it changes.

mod check;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::fields::{Field, Kind, RollupKind};
use crate::formula::Formula;
use crate::label::{Label, label};
use crate::object::Object;

/// A group of objects in the menu.
#[derive(Debug, Clone)]
pub struct Module {
    /// The name in URLs.
    pub name: &'static str,
    /// The label in both languages.
    pub label: Label,
}

impl Module {
    /// A module: name, English, Chinese.
    pub fn new(name: &'static str, en: &str, zh: &str) -> Module {
        Module { name, label: label(en, zh) }
    }
}

/// A roll-up field of a parent, as seen from the child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollupRef {
    /// The parent's object.
    pub parent: String,
    /// The parent's field.
    pub field: String,
}

/// A child object with the link that leads to its parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildRef {
    /// The child's object.
    pub child: String,
    /// The child's link field.
    pub link: String,
}

/// All objects of a workspace, checked.
pub struct Schema {
    objects: Vec<Arc<Object>>,
    by_name: HashMap<String, usize>,
    by_plural: HashMap<String, usize>,
    /// The modules, in menu order.
    pub modules: Vec<Module>,
    formulas: HashMap<String, Vec<(usize, Formula)>>,
    rollups: HashMap<String, Vec<RollupRef>>,
    children: HashMap<String, Vec<ChildRef>>,
    /// Changes when any object does.
    pub version: String,
}

impl Schema {
    /// Merges and checks declarations.
    ///
    /// # Errors
    /// Every fault found, in words for the one who declares: unknown targets, doubled names, broken formulas.
    pub fn build(modules: Vec<Module>, objects: Vec<Object>) -> Result<Schema, Vec<String>> {
        let by_name = objects.iter().enumerate().map(|(i, o)| (o.name.clone(), i)).collect();
        let by_plural = objects.iter().enumerate().map(|(i, o)| (o.plural.clone(), i)).collect();
        let mut schema = Schema {
            objects: objects.into_iter().map(Arc::new).collect(),
            by_name,
            by_plural,
            modules,
            formulas: HashMap::new(),
            rollups: HashMap::new(),
            children: HashMap::new(),
            version: String::new(),
        };
        let mut faults = check::faults(&schema);
        faults.extend(schema.compile_formulas());
        if !faults.is_empty() {
            return Err(faults);
        }
        schema.relate();
        schema.version = schema.hash();
        Ok(schema)
    }

    /// All objects, in declared order.
    pub fn objects(&self) -> impl Iterator<Item = &Arc<Object>> {
        self.objects.iter()
    }

    /// The object called `name`.
    pub fn object(&self, name: &str) -> Option<&Arc<Object>> {
        self.by_name.get(name).map(|index| &self.objects[*index])
    }

    /// Whether the object's records lie in a tree: each may have a parent of its kind.
    pub fn is_tree(&self, name: &str) -> bool {
        let parent = self.object(name).and_then(|object| object.field("parent"));
        parent.is_some_and(|parent| parent.kind.target() == Some(name))
    }

    /// The object whose plural (table, URL) is `plural`.
    pub fn by_plural(&self, plural: &str) -> Option<&Arc<Object>> {
        self.by_plural.get(plural).map(|index| &self.objects[*index])
    }

    /// The formulas of `object` with their field's position, each after those it uses.
    pub fn formulas(&self, object: &str) -> &[(usize, Formula)] {
        self.formulas.get(object).map_or(&[], Vec::as_slice)
    }

    /// The roll-ups that a write to `child` can change.
    pub fn rollups_over(&self, child: &str) -> &[RollupRef] {
        self.rollups.get(child).map_or(&[], Vec::as_slice)
    }

    /// The roll-up behind a parent's field.
    pub fn rollup(&self, of: &RollupRef) -> Option<(&Arc<Object>, &Field, &RollupKind)> {
        let parent = self.object(&of.parent)?;
        let field = parent.field(&of.field)?;
        match &field.kind {
            Kind::Rollup(kind) => Some((parent, field, kind)),
            _ => None,
        }
    }

    /// The objects that link to `object`, with the link.
    pub fn children(&self, object: &str) -> &[ChildRef] {
        self.children.get(object).map_or(&[], Vec::as_slice)
    }

    fn relate(&mut self) {
        for object in &self.objects {
            for field in object.fields.iter().skip(crate::object::SYSTEM_FIELDS.len()) {
                match &field.kind {
                    Kind::Rollup(kind) => {
                        let parent =
                            RollupRef { parent: object.name.clone(), field: field.name.clone() };
                        self.rollups.entry(kind.rollup.child.clone()).or_default().push(parent);
                    }
                    Kind::Link(link) => {
                        let child =
                            ChildRef { child: object.name.clone(), link: field.name.clone() };
                        self.children.entry(link.target.clone()).or_default().push(child);
                    }
                    _ => {}
                }
            }
        }
    }

    fn compile_formulas(&mut self) -> Vec<String> {
        let mut faults = Vec::new();
        for object in &self.objects {
            let mut compiled = Vec::new();
            for (index, field) in object.fields.iter().enumerate() {
                let Kind::Formula(kind) = &field.kind else { continue };
                match Formula::parse(&kind.expression) {
                    Ok(formula) => compiled.push((index, formula)),
                    Err(error) => {
                        faults.push(format!("{}.{}: formula: {error:?}", object.name, field.name));
                    }
                }
            }
            faults.extend(check::formula_faults(object, &compiled));
            let compiled = check::in_order(object, compiled, &mut faults);
            self.formulas.insert(object.name.clone(), compiled);
        }
        faults
    }

    fn hash(&self) -> String {
        let mut hasher = DefaultHasher::new();
        for object in &self.objects {
            object.name.hash(&mut hasher);
            for field in &object.fields {
                format!("{field:?}").hash(&mut hasher);
            }
            format!("{:?}{:?}", object.views, object.sections).hash(&mut hasher);
        }
        format!("{:016x}", hasher.finish())
    }
}
