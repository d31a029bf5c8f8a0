//! What can be wrong with declarations, found before anything is built from them.

use std::collections::HashSet;

use super::Schema;
use crate::fields::{Field, Kind};
use crate::formula::Formula;
use crate::object::{Object, SYSTEM_FIELDS};

/// Characters of an object's or field's name.
const NAME_CHARS_MAX: usize = 48;

/// Every fault of the declarations but those of formulas.
pub(super) fn faults(schema: &Schema) -> Vec<String> {
    let mut faults = Vec::new();
    let mut names = HashSet::new();
    for object in schema.objects() {
        for name in [&object.name, &object.plural] {
            if !is_name(name) {
                faults.push(format!("{name}: names are [a-z][a-z0-9_]*, at most {NAME_CHARS_MAX}"));
            }
        }
        if !names.insert(object.name.clone()) || !names.insert(object.plural.clone()) {
            faults.push(format!("{}: declared twice", object.name));
        }
        faults.extend(object_faults(schema, object));
    }
    faults
}

/// Whether `name` can be a column, key and URL part in every layer.
pub fn is_name(name: &str) -> bool {
    name.len() <= NAME_CHARS_MAX
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn object_faults(schema: &Schema, object: &Object) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |what: String| faults.push(format!("{}: {what}", object.name));
    let mut columns = HashSet::new();
    for field in &object.fields {
        if !is_name(&field.name) {
            fault(format!("{}: names are [a-z][a-z0-9_]*", field.name));
        }
        for (column, _) in field.columns() {
            if !columns.insert(column.clone()) {
                fault(format!("{}: column {column} exists already", field.name));
            }
        }
        if field.label.en.is_empty() || field.label.zh.is_empty() {
            fault(format!("{}: label missing in a language", field.name));
        }
        for what in field_faults(schema, field) {
            fault(format!("{}: {what}", field.name));
        }
    }
    let named = |name: &str| object.field(name.trim_start_matches('-')).is_some();
    if !named(&object.title) {
        fault(format!("title {} is no field", object.title));
    }
    for view in &object.views {
        let fields = view.columns.iter().chain(&view.sort).chain(&view.group).chain(&view.sum);
        for name in fields.chain(&view.date).filter(|name| !named(name)) {
            fault(format!("view {}: {name} is no field", view.name));
        }
        if view.filter.as_deref().is_some_and(|filter| !crate::view::filter_is_json(filter)) {
            fault(format!("view {}: the filter is no JSON", view.name));
        }
    }
    for path in object.reads.iter().filter(|path| !readable(schema, object, path)) {
        fault(format!("reads {path}: no such link or field"));
    }
    for link in object.access.through.iter().filter(|link| !named(link)) {
        fault(format!("access through {link}: no such link"));
    }
    if object.access.owned && !named("owner") {
        fault("owned, but without the field owner".to_owned());
    }
    faults
}

fn readable(schema: &Schema, object: &Object, path: &str) -> bool {
    let Some((link, field)) = path.split_once('.') else { return false };
    let target = object.field(link).and_then(|field| field.kind.target());
    target.and_then(|target| schema.object(target)).is_some_and(|t| t.field(field).is_some())
}

fn field_faults(schema: &Schema, field: &Field) -> Vec<String> {
    let mut faults = Vec::new();
    let system = SYSTEM_FIELDS.contains(&field.name.as_str());
    if let Some(target) =
        field.kind.target().filter(|target| !system && schema.object(target).is_none())
    {
        faults.push(format!("links to {target}, which is no object"));
    }
    if let Kind::Rollup(kind) = &field.kind {
        let rollup = &kind.rollup;
        match schema.object(&rollup.child) {
            None => faults.push(format!("rolls up {}, which is no object", rollup.child)),
            Some(child) => {
                let window = rollup.window.as_ref().map(|(date, _)| date);
                let names = [Some(&rollup.link), rollup.field.as_ref(), window];
                for name in names.into_iter().flatten().filter(|name| child.field(name).is_none()) {
                    faults.push(format!("rolls up {}.{name}, which is no field", rollup.child));
                }
            }
        }
    }
    faults
}

/// Formulas may use the record's own fields, no links: a stored value must not go stale.
pub(super) fn formula_faults(object: &Object, compiled: &[(usize, Formula)]) -> Vec<String> {
    let mut faults = Vec::new();
    for (index, formula) in compiled {
        for path in formula.paths() {
            if path.len() != 1 || object.field(&path[0]).is_none() {
                let name = &object.fields[*index].name;
                faults.push(format!("{}.{name}: {} is no field here", object.name, path.join(".")));
            }
        }
    }
    faults
}

/// The formulas, each after those it uses; a circle is a fault.
pub(super) fn in_order(
    object: &Object,
    mut waiting: Vec<(usize, Formula)>,
    faults: &mut Vec<String>,
) -> Vec<(usize, Formula)> {
    let mut ordered: Vec<(usize, Formula)> = Vec::new();
    while !waiting.is_empty() {
        let names: HashSet<String> =
            waiting.iter().map(|(index, _)| object.fields[*index].name.clone()).collect();
        let (ready, rest): (Vec<_>, Vec<_>) = waiting
            .into_iter()
            .partition(|(_, formula)| formula.paths().iter().all(|path| !names.contains(&path[0])));
        if ready.is_empty() {
            faults.push(format!("{}: formulas go in a circle: {names:?}", object.name));
            return ordered;
        }
        ordered.extend(ready);
        waiting = rest;
    }
    ordered
}
