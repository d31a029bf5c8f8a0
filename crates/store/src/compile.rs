//! Filters as SQL conditions over one row of an object's table. Values are bound, names come from the schema.

use model::filter::{Filter, Op, Operand};
use model::{Field, Kind, Value};
use sea_query::{Cond, Expr, ExprTrait, Query, SelectStatement};

use crate::cell::{Cell, to_cell};
use crate::db::to_sql;
use crate::dialect::{Dialect, iden};
use crate::layout::{Catalog, Layout};
use crate::{Result, StoreError};

/// Turns filters into conditions; numbers the aliases of the tables it brings in.
pub(crate) struct Compiler<'a> {
    catalog: &'a Catalog,
    dialect: &'a Dialect,
    aliases: usize,
}

pub(crate) fn col(alias: &str, column: &str) -> Expr {
    Expr::col((iden(alias), iden(column)))
}

pub(crate) fn val(cell: Cell) -> Expr {
    Expr::val(to_sql(cell))
}

impl<'a> Compiler<'a> {
    pub fn new(catalog: &'a Catalog, dialect: &'a Dialect) -> Compiler<'a> {
        Compiler { catalog, dialect, aliases: 0 }
    }

    fn alias(&mut self) -> String {
        self.aliases += 1;
        format!("j{}", self.aliases)
    }

    /// The condition that a row of `layout`'s table, called `alias`, passes `filter`.
    pub fn condition(&mut self, layout: &Layout, alias: &str, filter: &Filter) -> Result<Cond> {
        Ok(match filter {
            Filter::Always => Cond::all(),
            Filter::Never => Cond::all().add(Expr::cust("1 = 0")),
            Filter::And(all) => {
                let mut cond = Cond::all();
                for filter in all {
                    cond = cond.add(self.condition(layout, alias, filter)?);
                }
                cond
            }
            Filter::Or(any) if any.is_empty() => Cond::all().add(Expr::cust("1 = 0")),
            Filter::Or(any) => {
                let mut cond = Cond::any();
                for filter in any {
                    // An empty group would vanish from the OR although it is always true.
                    let one = self.condition(layout, alias, filter)?;
                    let one =
                        if one.is_empty() { Cond::all().add(Expr::cust("1 = 1")) } else { one };
                    cond = cond.add(one);
                }
                cond
            }
            Filter::Not(filter) => {
                let inner = self.condition(layout, alias, filter)?;
                if inner.is_empty() {
                    Cond::all().add(Expr::cust("1 = 0"))
                } else {
                    self.negated(inner)
                }
            }
            Filter::Search(words) => Cond::all().add(crate::dialect::search::condition(
                self.dialect,
                &layout.object.name,
                alias,
                words,
            )),
            Filter::Is { field, op, operand } => {
                let field = layout.object.field(field).ok_or_else(|| unknown(layout, field))?;
                Cond::all().add(self.own(layout, alias, field, *op, operand)?)
            }
            Filter::Linked { field, target, filter } => {
                let field = layout.object.field(field).ok_or_else(|| unknown(layout, field))?;
                let link = col(alias, &field.columns()[0].0);
                Cond::all().add(self.exists(target, link, filter)?)
            }
            Filter::AnyLinked { field, target, filter } => {
                let object = col(alias, &format!("{field}_object")).eq(target.as_str());
                let link = col(alias, &format!("{field}_id"));
                Cond::all().add(object).add(self.exists(target, link, filter)?)
            }
            Filter::HasChild { child, link, filter } => {
                Cond::all().add(self.has_child(layout, alias, child, link, filter)?)
            }
        })
    }

    /// `NOT` that is true where the inner condition is unknown: an empty field does not pass, so its negation does.
    fn negated(&self, inner: Cond) -> Cond {
        // Written out, not bound: a database that types its parameters would take these for text.
        let case = Expr::case(inner, Expr::cust("1")).finally(Expr::cust("0"));
        Cond::all().add(Expr::expr(case).eq(Expr::cust("0")))
    }

    fn exists(&mut self, target: &str, link: Expr, filter: &Filter) -> Result<Expr> {
        let target = self.layout(target)?;
        let alias = self.alias();
        let inner = self.condition(target, &alias, filter)?;
        let all = Cond::all()
            .add(col(&alias, "id").eq(link))
            .add(col(&alias, "deleted_at").is_null())
            .add(inner);
        let index = self.catalog.reach_index(target);
        let from = self.dialect.table_by_index(target.table(), &alias, index.as_deref());
        let slot = self.dialect.slot(1);
        let exists = format!("EXISTS(SELECT 1 FROM {from} WHERE {slot})");
        Ok(Expr::cust_with_exprs(exists, [Expr::from(all)]))
    }

    fn has_child(
        &mut self,
        layout: &Layout,
        parent: &str,
        child: &str,
        link: &str,
        filter: &Filter,
    ) -> Result<Expr> {
        let child = self.layout(child)?;
        let alias = self.alias();
        let inner = self.condition(child, &alias, filter)?;
        let field = child.object.field(link).ok_or_else(|| unknown(child, link))?;
        let mut select = Query::select();
        select
            .column((iden(&alias), iden(&format!("{link}_id"))))
            .from(self.dialect.table_as(child.table(), &alias))
            .and_where(col(&alias, "deleted_at").is_null())
            .cond_where(inner);
        if matches!(field.kind, Kind::AnyLink(_)) {
            select
                .and_where(col(&alias, &format!("{link}_object")).eq(layout.object.name.as_str()));
        }
        Ok(col(parent, "id").in_subquery(select))
    }

    fn layout(&self, object: &str) -> Result<&'a Layout> {
        let found = self.catalog.layout(object).map(AsRef::as_ref);
        found.ok_or_else(|| StoreError::internal(format!("no table for {object}")))
    }

    fn own(
        &mut self,
        layout: &Layout,
        alias: &str,
        field: &Field,
        op: Op,
        operand: &Operand,
    ) -> Result<Expr> {
        if field.kind.is_set() {
            return Ok(self.set(layout, alias, field, op, operand));
        }
        let name = match &field.kind {
            Kind::AnyLink(_) => format!("{}_id", field.name),
            _ => field.columns()[0].0.clone(),
        };
        let column = || col(alias, &name);
        let one = |value: &Value| val(to_cell(field, value));
        let many = |values: &[Value]| -> Vec<Expr> { values.iter().map(one).collect() };
        Ok(match (op, operand) {
            (Op::IsEmpty, _) => column().is_null(),
            (Op::IsNotEmpty, _) => column().is_not_null(),
            (Op::Eq, Operand::One(value)) => column().eq(one(value)),
            (Op::Ne, Operand::One(value)) => column().ne(one(value)).or(column().is_null()),
            (Op::Lt, Operand::One(value)) => column().lt(one(value)),
            (Op::Lte, Operand::One(value)) => column().lte(one(value)),
            (Op::Gt, Operand::One(value)) => column().gt(one(value)),
            (Op::Gte, Operand::One(value)) => column().gte(one(value)),
            (Op::In, Operand::Many(values)) if values.is_empty() => Expr::cust("1 = 0"),
            (Op::In, Operand::Many(values)) => column().is_in(many(values)),
            (Op::NotIn, Operand::Many(values)) if values.is_empty() => Expr::cust("1 = 1"),
            (Op::NotIn, Operand::Many(values)) => {
                column().is_not_in(many(values)).or(column().is_null())
            }
            (Op::Between, Operand::Range(from, to)) => {
                column().gte(one(from)).and(column().lte(one(to)))
            }
            (Op::Within, Operand::Range(from, to)) => {
                column().gte(one(from)).and(column().lt(one(to)))
            }
            (Op::StartsWith, Operand::One(Value::Text(start))) => starts_with(column(), start),
            (Op::Under, Operand::One(value)) => self.under(field, &column(), value)?,
            _ => return Err(StoreError::internal(format!("{} takes no such operand", op.name()))),
        })
    }

    /// The column leads to the record `root` or to one below it in its tree (a link called `parent`).
    fn under(&self, field: &Field, column: &Expr, root: &Value) -> Result<Expr> {
        let target = field.kind.target().unwrap_or_default();
        let table = self.dialect.quoted(self.layout(target)?.table());
        let (given, top) = (self.dialect.slot(1), self.dialect.slot(2));
        let tree = format!(
            "{given} IN (WITH RECURSIVE tree(id) AS (SELECT c.id FROM {table} c WHERE c.id = {top} UNION \
             SELECT c.id FROM {table} c JOIN tree ON c.parent_id = tree.id) SELECT id FROM tree)"
        );
        Ok(Expr::cust_with_exprs(tree, [column.clone(), val(to_cell(field, root))]))
    }

    fn set(&self, layout: &Layout, alias: &str, field: &Field, op: Op, operand: &Operand) -> Expr {
        let table = layout.set_table(field);
        let elements = || -> SelectStatement {
            let mut select = Query::select();
            select.column(iden("record_id")).from(self.dialect.table(&table));
            select
        };
        let id = || col(alias, "id");
        let values: Vec<Expr> = match operand {
            Operand::Many(values) => values.iter().map(|value| val(element(value))).collect(),
            _ => Vec::new(),
        };
        let holds = |value: Expr| {
            let mut select = elements();
            select.and_where(Expr::col(iden("value")).eq(value));
            id().in_subquery(select)
        };
        match op {
            Op::IsEmpty => id().not_in_subquery(elements()),
            Op::IsNotEmpty => id().in_subquery(elements()),
            Op::HasAll => {
                values.into_iter().map(holds).reduce(ExprTrait::and).unwrap_or(Expr::cust("1 = 1"))
            }
            _ => {
                let mut select = elements();
                select.and_where(match values.is_empty() {
                    true => Expr::cust("1 = 0"),
                    false => Expr::col(iden("value")).is_in(values),
                });
                match op {
                    Op::HasNone => id().not_in_subquery(select),
                    _ => id().in_subquery(select),
                }
            }
        }
    }
}

/// The cell of one element of a set.
pub(crate) fn element(value: &Value) -> Cell {
    match value {
        Value::Id(id) => Cell::Uuid(*id),
        Value::Text(text) => Cell::Text(text.clone()),
        _ => Cell::Null,
    }
}

/// A range of bytes instead of LIKE, so that an index serves it.
fn starts_with(column: Expr, start: &str) -> Expr {
    let above = format!("{start}\u{10FFFF}");
    column.clone().gte(start).and(column.lt(above))
}

fn unknown(layout: &Layout, field: &str) -> StoreError {
    StoreError::internal(format!("{} has no field {field}", layout.object.name))
}
