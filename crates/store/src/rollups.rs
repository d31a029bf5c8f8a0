//! Roll-ups: parents recomputed from their children in the transaction of the write, with the formulas that use them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::ToSpan;
use model::fields::{Column, RollupKind};
use model::schema::RollupRef;
use model::{Field, Filter, Now, Record, RollupFn, Uuid, Value};
use sea_query::{Expr, ExprTrait, Query, SelectStatement};

use crate::cell::{Cell, to_cell, to_value};
use crate::compile::{Compiler, col, val};
use crate::dialect::iden;
use crate::layout::Layout;
use crate::rollup_changes::{Change, Due, Settled};
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
        let mut settled = Settled::default();
        let mut due = Due::default();
        for (child, before, after) in touched {
            due.add(self, child, *before, *after, &settled)?;
        }
        let mut changed = Vec::new();
        for _ in 0..LEVELS_MAX {
            if due.is_empty() {
                return Ok(changed);
            }
            let mut records = Vec::new();
            for (parent, changes) in std::mem::take(&mut due.parents) {
                let changes: Vec<(Uuid, BTreeMap<String, Change>)> = changes.into_iter().collect();
                for changes in changes.chunks(PARENTS_MAX) {
                    for (before, after) in self.follow(&parent, changes, now, &mut settled)? {
                        changed.push((parent.clone(), after.id()));
                        records.push((parent.clone(), before, after));
                    }
                }
            }
            // Only when the whole level is written: what is computed anew on the next one reads all of it.
            for (parent, before, after) in records {
                // A record in the recycle bin is nobody's child: its parents let go of it when it went there.
                if after.get(self.object(&parent)?, "deleted_at").is_empty() {
                    due.add(self, &parent, Some(&before), Some(&after), &settled)?;
                }
            }
        }
        Err(StoreError::internal("roll-ups go deeper than declared"))
    }

    /// Brings the parents' roll-ups up to date, and their formulas; the records that changed, before and after.
    fn follow(
        &mut self,
        parent: &str,
        changes: &[(Uuid, BTreeMap<String, Change>)],
        now: &Now,
        settled: &mut Settled,
    ) -> Result<Vec<(Record, Record)>> {
        // Locked first, in a statement of its own: the sums below then see every child that was
        // committed by whoever held the lock before.
        let ids: Vec<Uuid> = changes.iter().map(|(id, _)| *id).collect();
        let records = self.load(parent, &ids, &Filter::Always, model::query::Bin::Both, true)?;
        let layout = self.layout(parent)?;
        let changes: HashMap<Uuid, &BTreeMap<String, Change>> =
            changes.iter().map(|(id, c)| (*id, c)).collect();
        let mut anew: BTreeMap<&str, Vec<Uuid>> = BTreeMap::new();
        let mut afters: Vec<Record> = records.clone();
        for after in &mut afters {
            let id = after.id();
            for (name, change) in changes[&id] {
                let at = RollupRef { parent: parent.to_owned(), field: name.clone() };
                let Some((_, field, kind)) = self.schema().rollup(&at) else { continue };
                let index = layout.object.index(name).unwrap_or_default();
                match change.applied(field, kind, &after.values[index]) {
                    Some(value) => after.values[index] = value,
                    None => {
                        anew.entry(name).or_default().push(id);
                        settled.insert((at.parent, id, at.field));
                    }
                }
            }
        }
        for (name, ids) in anew {
            let sums = self.sums_of(parent, name, &ids, now)?;
            let index = layout.object.index(name).unwrap_or_default();
            let ids: BTreeSet<Uuid> = ids.into_iter().collect();
            for after in afters.iter_mut().filter(|after| ids.contains(&after.id())) {
                after.values[index] = sums
                    .get(&after.id())
                    .cloned()
                    .unwrap_or_else(|| none(&layout.object.fields[index]));
            }
        }
        self.keep_computed(layout, records, afters, now)
    }

    /// Recomputes `fields` of the parents and their formulas; the records that changed, before and after.
    pub(crate) fn recompute(
        &mut self,
        parent: &str,
        fields: &BTreeSet<String>,
        ids: &[Uuid],
        now: &Now,
    ) -> Result<Vec<(Record, Record)>> {
        let records = self.load(parent, ids, &Filter::Always, model::query::Bin::Both, true)?;
        let layout = self.layout(parent)?;
        let mut afters = records.clone();
        for name in fields {
            let sums = self.sums_of(parent, name, ids, now)?;
            let index = layout.object.index(name).unwrap_or_default();
            for after in &mut afters {
                after.values[index] = sums
                    .get(&after.id())
                    .cloned()
                    .unwrap_or_else(|| none(&layout.object.fields[index]));
            }
        }
        self.keep_computed(layout, records, afters, now)
    }

    /// Derives formulas of `afters` and writes what differs from `befores`.
    fn keep_computed(
        &mut self,
        layout: &Layout,
        befores: Vec<Record>,
        afters: Vec<Record>,
        now: &Now,
    ) -> Result<Vec<(Record, Record)>> {
        let mut changed = Vec::new();
        for (before, mut after) in befores.into_iter().zip(afters) {
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
                self.set_computed(&layout.object.name, after.id(), &values)?;
                changed.push((before, after));
            }
        }
        Ok(changed)
    }

    /// One roll-up of each of `ids`; parents without children (or whose children hold nothing) are left out.
    fn sums_of(
        &mut self,
        parent: &str,
        name: &str,
        ids: &[Uuid],
        now: &Now,
    ) -> Result<HashMap<Uuid, Value>> {
        let at = RollupRef { parent: parent.to_owned(), field: name.to_owned() };
        let Some((_, field, kind)) = self.schema().rollup(&at) else { return Ok(HashMap::new()) };
        let sums = self.sums(field, kind, ids, now)?;
        Ok(sums.into_iter().filter(|(_, value)| !value.is_empty()).collect())
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
            .cond_where(Compiler::new(self.catalog(), self.dialect).condition(
                child,
                "c",
                &kind.rollup.filter,
            )?)
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
                Expr::cust_with_exprs("CAST(SUM($1) AS bigint)", [column()?])
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
