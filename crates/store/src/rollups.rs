//! Roll-ups: parents recomputed from their children in the transaction of the write, with the formulas that use them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use model::fields::{Column, RollupKind};
use model::schema::RollupRef;
use model::{Field, Filter, Now, Record, RollupFn, Uuid, Value};
use sea_query::{Expr, ExprTrait, Query, SelectStatement};

use crate::cell::{Cell, to_cell, to_value};
use crate::compile::{Compiler, col, val};
use crate::dialect::iden;
use crate::layout::Layout;
use crate::tx::Tx;
use crate::{Result, StoreError};

/// How deep roll-ups of roll-ups go; declarations go in no circle.
const LEVELS_MAX: usize = 6;
/// Parents of one statement.
const PARENTS_MAX: usize = 500;

/// Children that changed, as roll-ups see them: the object, and each record before and after.
pub type Touched<'a> = (&'a str, Option<&'a Record>, Option<&'a Record>);

impl Tx<'_, '_> {
    /// Recomputes every roll-up that the writes in `touched` can have changed, level by level, and
    /// the formulas over them. Returns the parents whose values changed: object and id.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn roll_up(&mut self, touched: &[Touched], now: &Now) -> Result<Vec<(String, Uuid)>> {
        let mut due = Due::default();
        for (child, before, after) in touched {
            due.add(self, child, *before, *after)?;
        }
        let mut changed = Vec::new();
        for _ in 0..LEVELS_MAX {
            if due.is_empty() {
                return Ok(changed);
            }
            let mut next = Due::default();
            for (parent, (fields, ids)) in std::mem::take(&mut due.parents) {
                let ids: Vec<Uuid> = ids.into_iter().collect();
                for ids in ids.chunks(PARENTS_MAX) {
                    for (before, after) in self.recompute(&parent, &fields, ids, now)? {
                        next.add(self, &parent, Some(&before), Some(&after))?;
                        changed.push((parent.clone(), after.id()));
                    }
                }
            }
            due = next;
        }
        Err(StoreError::internal("roll-ups go deeper than declared"))
    }

    /// Recomputes `fields` of the parents and their formulas; the records that changed, before and after.
    pub(crate) fn recompute(
        &mut self,
        parent: &str,
        fields: &BTreeSet<String>,
        ids: &[Uuid],
        now: &Now,
    ) -> Result<Vec<(Record, Record)>> {
        // Locked first, in a statement of its own: the sums below then see every child that was
        // committed by whoever held the lock before.
        let records = self.load(parent, ids, &Filter::Always, model::query::Bin::Both, true)?;
        let layout = self.layout(parent)?;
        let mut sums: BTreeMap<Uuid, BTreeMap<usize, Value>> = BTreeMap::new();
        for name in fields {
            let at = RollupRef { parent: parent.to_owned(), field: name.clone() };
            let Some((_, field, kind)) = self.schema().rollup(&at) else { continue };
            let index = layout.object.index(name).unwrap_or_default();
            for (id, value) in self.sums(field, kind, ids, now)? {
                sums.entry(id).or_default().insert(index, value);
            }
        }
        let mut changed = Vec::new();
        for before in records {
            let mut after = before.clone();
            for name in fields {
                let index = layout.object.index(name).unwrap_or_default();
                let found = sums.get_mut(&before.id()).and_then(|values| values.remove(&index));
                after.values[index] = found.unwrap_or_else(|| none(&layout.object.fields[index]));
            }
            derive(self, layout, &mut after, now);
            if after != before {
                let values: Vec<(&Field, Value)> = layout
                    .object
                    .fields
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| after.values[*index] != before.values[*index])
                    .map(|(index, field)| (field, after.values[index].clone()))
                    .collect();
                self.set_computed(parent, after.id(), &values)?;
                changed.push((before, after));
            }
        }
        Ok(changed)
    }

    /// What one roll-up makes of the children of each of `ids`; parents without children are left out.
    pub(crate) fn sums(
        &mut self,
        field: &Field,
        kind: &RollupKind,
        ids: &[Uuid],
        now: &Now,
    ) -> Result<Vec<(Uuid, Value)>> {
        let child = self.layout(&kind.rollup.child)?;
        let link = format!("{}_id", kind.rollup.link);
        let mut select = Query::select();
        select
            .expr(col("c", &link))
            .expr(self.made(child, kind)?)
            .from(self.dialect.table_as(child.table(), "c"))
            .and_where(col("c", &link).is_in(ids.iter().map(|id| val(Cell::Uuid(*id)))))
            .and_where(col("c", "deleted_at").is_null())
            .cond_where(
                Compiler::new(self.catalog(), self.dialect).condition(child, "c", &kind.rollup.filter)?,
            )
            .group_by_col((iden("c"), iden(&link)));
        window(child, kind, now, &mut select);
        let column = field.columns().first().map_or(Column::Int, |(_, column)| *column);
        let rows = self.rows(&select, &[Column::Uuid, column])?;
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                let mut row = row.into_iter();
                let id = row.next()?.id()?;
                Some((id, to_value(field, row.next()?)))
            })
            .collect())
    }

    fn made(&self, child: &Layout, kind: &RollupKind) -> Result<Expr> {
        let column = || -> Result<Expr> {
            let name = kind.rollup.field.as_deref().unwrap_or("id");
            let field = child.object.field(name);
            let field = field.ok_or_else(|| StoreError::internal(format!("no field {name}")))?;
            Ok(col("c", &field.columns()[0].0))
        };
        Ok(match kind.rollup.function {
            RollupFn::Count => Expr::cust("COUNT(*)"),
            // PostgreSQL sums 64-bit numbers into numeric; back to what the column holds.
            RollupFn::Sum if self.dialect.locks_rows() => {
                Expr::cust_with_exprs("CAST(SUM(?) AS bigint)", [column()?])
            }
            RollupFn::Sum => column()?.sum(),
            RollupFn::Min => column()?.min(),
            RollupFn::Max => column()?.max(),
        })
    }
}

fn window(child: &Layout, kind: &RollupKind, now: &Now, select: &mut SelectStatement) {
    let Some((date, months)) = &kind.rollup.window else { return };
    let Some(field) = child.object.field(date) else { return };
    let today = now.today();
    let from = today.checked_sub(months.months()).unwrap_or(today);
    let column = || col("c", &field.columns()[0].0);
    select
        .and_where(column().gt(val(to_cell(field, &Value::Date(from)))))
        .and_where(column().lte(val(to_cell(field, &Value::Date(today)))));
}

/// What a roll-up of no children is.
pub(crate) fn none(field: &Field) -> Value {
    match &field.default {
        Some(model::fields::Default::Value(value)) => value.clone(),
        _ => Value::Null,
    }
}

/// Puts the object's formulas into `record`, as the store will keep them.
fn derive(tx: &Tx, layout: &Layout, record: &mut Record, now: &Now) {
    let object = &layout.object;
    for (index, formula) in tx.schema().formulas(&object.name) {
        let lookup = |path: &[String]| {
            path.first().map_or(Value::Null, |name| record.get(object, name).clone())
        };
        let value = formula.eval(&lookup, now).unwrap_or(Value::Null);
        record.values[*index] = crate::cell::round_trip(&object.fields[*index], &value);
    }
    tx.normal(object, record);
}

impl Tx<'_, '_> {
    /// Puts the object's formulas into `record`, as the store will keep them.
    ///
    /// # Errors
    /// `Internal` when there is no such object.
    pub fn derive(&self, object: &str, record: &mut Record, now: &Now) -> Result<()> {
        let layout = self.layout(object)?;
        derive(self, layout, record, now);
        Ok(())
    }
}

/// Parents to recompute: by object, the fields and the ids.
#[derive(Default)]
struct Due {
    parents: BTreeMap<String, (BTreeSet<String>, BTreeSet<Uuid>)>,
}

impl Due {
    fn is_empty(&self) -> bool {
        self.parents.is_empty()
    }

    fn add(&mut self, tx: &Tx, child: &str, before: Option<&Record>, after: Option<&Record>) -> Result<()> {
        let object = tx.object(child)?;
        let schema = tx.schema();
        for at in schema.rollups_over(child) {
            let Some((_, _, kind)) = schema.rollup(at) else { continue };
            let value = |record: Option<&Record>, name: &str| -> Value {
                record.map_or(Value::Null, |record| record.get(object, name).clone())
            };
            if !concerns(kind, |name| value(before, name) != value(after, name)) {
                continue;
            }
            for record in [before, after].into_iter().flatten() {
                if let Some(parent) = record.get(object, &kind.rollup.link).as_id() {
                    let (fields, ids) = self.parents.entry(at.parent.clone()).or_default();
                    fields.insert(at.field.clone());
                    ids.insert(parent);
                }
            }
        }
        Ok(())
    }
}

/// Whether a change of the child can change the roll-up: one of the fields it looks at differs.
fn concerns(kind: &RollupKind, differs: impl Fn(&str) -> bool) -> bool {
    let rollup = &kind.rollup;
    let mut names = vec![rollup.link.as_str(), "deleted_at", "id"];
    names.extend(rollup.field.as_deref());
    names.extend(rollup.window.as_ref().map(|(date, _)| date.as_str()));
    let mut filtered = Vec::new();
    fields_of(&rollup.filter, &mut filtered);
    names.into_iter().chain(filtered.iter().map(String::as_str)).any(differs)
}

fn fields_of(filter: &Filter, names: &mut Vec<String>) {
    match filter {
        Filter::And(all) | Filter::Or(all) => all.iter().for_each(|filter| fields_of(filter, names)),
        Filter::Not(filter) => fields_of(filter, names),
        Filter::Is { field, .. } | Filter::Linked { field, .. } => names.push(field.clone()),
        _ => {}
    }
}
