//! Aggregates: counts and sums by group, one GROUP BY; days are folded into months and years here, so that
//! both databases mean the same by a month.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};
use model::fields::Column;
use model::{Field, Filter, Kind, Now, Object, RollupFn, Value};
use rust_decimal::Decimal;
use sea_query::{Expr, ExprTrait, Query};

use crate::Result;
use crate::StoreError;
use crate::cell::{Cell, to_value};
use crate::compile::{Compiler, col};
use crate::dialect::iden;
use crate::tx::Tx;

/// Rows of the GROUP BY that are folded; more are cut, and said to be.
const RAW_GROUPS_MAX: u64 = 50_000;
/// Groups that come out.
pub const GROUPS_MAX: usize = 2_000;
/// Moments are grouped by quarter hours before they are put into days of the workspace's time zone.
const QUARTER_HOUR_MICROS: i64 = 900_000_000;

/// A span of time that a day or moment is put into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// The day.
    Day,
    /// The week, by its Monday.
    Week,
    /// The month, by its first day.
    Month,
    /// The quarter, by its first day.
    Quarter,
    /// The year, by its first day.
    Year,
}

impl Period {
    /// The period called `name`.
    pub fn named(name: &str) -> Option<Period> {
        match name {
            "day" => Some(Period::Day),
            "week" => Some(Period::Week),
            "month" => Some(Period::Month),
            "quarter" => Some(Period::Quarter),
            "year" => Some(Period::Year),
            _ => None,
        }
    }

    fn start(self, day: Date) -> Date {
        let month = day.first_of_month();
        match self {
            Period::Day => day,
            Period::Week => {
                let back = i64::from(day.weekday().since(Weekday::Monday));
                day.checked_sub(back.days()).unwrap_or(day)
            }
            Period::Month => month,
            Period::Quarter => {
                Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).unwrap_or(month)
            }
            Period::Year => Date::new(day.year(), 1, 1).unwrap_or(month),
        }
    }
}

/// What is grouped by.
#[derive(Debug, Clone)]
pub struct GroupKey {
    /// Links to follow, then the field: `account.industry` is `["account", "industry"]`.
    pub path: Vec<String>,
    /// The span days and moments are put into.
    pub period: Option<Period>,
}

/// What is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// How many records.
    Count,
    /// The sum, smallest or largest of a field.
    Of(RollupFn, String),
    /// The mean of a field.
    Mean(String),
}

/// One group with what was measured.
#[derive(Debug, Clone)]
pub struct Group {
    /// One value a key.
    pub key: Vec<Value>,
    /// One value a measure.
    pub measures: Vec<Value>,
}

/// One measure while rows are folded into groups.
#[derive(Clone, Default)]
struct Fold {
    count: i64,
    sum: i128,
    min: Option<i64>,
    max: Option<i64>,
}

struct KeyColumn<'a> {
    field: &'a Field,
    period: Option<Period>,
}

impl<'t> Tx<'t, '_> {
    /// Groups the live records that pass `filter` by `keys` and measures them; groups in the order of
    /// their keys, and whether some were cut. Links in key paths lead only to records that pass `seen`.
    ///
    /// # Errors
    /// `Internal` for keys and measures that are no fields: callers have checked.
    pub fn aggregate(
        &mut self,
        object: &str,
        keys: &[GroupKey],
        measures: &[Measure],
        filter: &Filter,
        seen: &dyn Fn(&str) -> Filter,
        now: &Now,
    ) -> Result<(Vec<Group>, bool)> {
        let layout = self.layout(object)?;
        let mut compiler = Compiler::new(self.catalog(), self.dialect);
        let mut select = Query::select();
        select
            .from(self.dialect.table_as(layout.table(), "t"))
            .and_where(col("t", "deleted_at").is_null())
            .cond_where(compiler.condition(layout, "t", filter)?)
            .limit(RAW_GROUPS_MAX + 1);
        let mut columns = Vec::new();
        let mut types = Vec::new();
        for (number, key) in keys.iter().enumerate() {
            let (alias, field) =
                self.join(&mut select, &mut compiler, object, key, number, seen)?;
            let (name, column) = field.columns().swap_remove(0);
            let mut expr = col(&alias, &name);
            if key.period.is_some() && !field.is_date() {
                expr = expr.div(QUARTER_HOUR_MICROS);
            }
            let name = format!("k{number}");
            select.expr_as(expr, iden(&name));
            select.add_group_by([Expr::col(iden(&name))]);
            types.push(column);
            columns.push(KeyColumn { field, period: key.period });
        }
        select.expr(Expr::cust("COUNT(*)"));
        types.push(Column::Int);
        for measure in measures {
            for expr in self.parts(&layout.object, measure)? {
                select.expr(expr);
                types.push(Column::Int);
            }
        }
        let rows = self.rows(&select, &types)?;
        let cut = rows.len() as u64 > RAW_GROUPS_MAX;
        let folded = fold(rows, &columns, measures, now);
        let more = cut || folded.len() > GROUPS_MAX;
        let groups = folded.into_iter().take(GROUPS_MAX);
        Ok((groups.map(|(_, group)| finish(&layout.object, measures, group)).collect(), more))
    }

    fn join<'s>(
        &self,
        select: &mut sea_query::SelectStatement,
        compiler: &mut Compiler,
        object: &str,
        key: &GroupKey,
        number: usize,
        seen: &dyn Fn(&str) -> Filter,
    ) -> Result<(String, &'s Field)>
    where
        't: 's,
    {
        let mut layout = self.layout(object)?;
        let mut alias = "t".to_owned();
        let unknown = |name: &str| StoreError::internal(format!("cannot group by {name}"));
        let (last, links) = key.path.split_last().ok_or_else(|| unknown(""))?;
        for (step, link) in links.iter().enumerate() {
            let field = layout.object.field(link).ok_or_else(|| unknown(link))?;
            let target = self.layout(field.kind.target().ok_or_else(|| unknown(link))?)?;
            let next = format!("g{number}_{step}");
            let on = sea_query::Cond::all()
                .add(col(&next, "id").eq(col(&alias, &field.columns()[0].0)))
                .add(compiler.condition(target, &next, &seen(&target.object.name))?);
            select.left_join(self.dialect.table_as(target.table(), &next), on);
            (layout, alias) = (target, next);
        }
        let field = layout.object.field(last).ok_or_else(|| unknown(last))?;
        Ok((alias, field))
    }

    fn parts(&self, object: &Object, measure: &Measure) -> Result<Vec<Expr>> {
        let column = |name: &str| -> Result<Expr> {
            let field = object.field(name);
            let field =
                field.ok_or_else(|| StoreError::internal(format!("cannot measure {name}")))?;
            Ok(col("t", &field.columns()[0].0))
        };
        let sum = |name: &str| -> Result<Expr> {
            let sum = column(name)?.sum();
            Ok(if self.dialect.locks_rows() {
                Expr::cust_with_exprs("CAST($1 AS bigint)", [sum])
            } else {
                sum
            })
        };
        Ok(match measure {
            Measure::Count => Vec::new(),
            Measure::Of(RollupFn::Count, name) => vec![column(name)?.count()],
            Measure::Of(RollupFn::Sum, name) => vec![sum(name)?],
            Measure::Of(RollupFn::Min, name) => vec![column(name)?.min()],
            Measure::Of(RollupFn::Max, name) => vec![column(name)?.max()],
            Measure::Mean(name) => vec![sum(name)?, column(name)?.count()],
        })
    }
}

type Folded = BTreeMap<Vec<SortKey>, (Vec<Value>, i64, Vec<Fold>)>;

/// Keys in an order both databases agree on: empty first, then by value.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SortKey {
    Empty,
    Int(i64),
    Text(String),
}

fn fold(rows: Vec<Vec<Cell>>, columns: &[KeyColumn], measures: &[Measure], now: &Now) -> Folded {
    let mut groups = Folded::new();
    for row in rows {
        let mut cells = row.into_iter();
        let mut next = || cells.next().unwrap_or(Cell::Null);
        let key: Vec<Value> = columns.iter().map(|column| key_value(column, next(), now)).collect();
        let count = next().int();
        let sorted = key.iter().map(sort_key).collect();
        let group =
            groups.entry(sorted).or_insert_with(|| (key, 0, vec![Fold::default(); measures.len()]));
        group.1 += count;
        for (measure, fold) in measures.iter().zip(&mut group.2) {
            match measure {
                Measure::Count => {}
                Measure::Of(RollupFn::Count, _) => fold.count += next().int(),
                Measure::Of(RollupFn::Sum, _) => fold.sum += i128::from(next().int()),
                Measure::Of(RollupFn::Min, _) => fold.min = least(fold.min, next()),
                Measure::Of(RollupFn::Max, _) => fold.max = most(fold.max, next()),
                Measure::Mean(_) => {
                    fold.sum += i128::from(next().int());
                    fold.count += next().int();
                }
            }
        }
    }
    groups
}

fn least(known: Option<i64>, cell: Cell) -> Option<i64> {
    match cell {
        Cell::Int(number) => Some(known.map_or(number, |known| Ord::min(known, number))),
        _ => known,
    }
}

fn most(known: Option<i64>, cell: Cell) -> Option<i64> {
    match cell {
        Cell::Int(number) => Some(known.map_or(number, |known| Ord::max(known, number))),
        _ => known,
    }
}

fn key_value(column: &KeyColumn, cell: Cell, now: &Now) -> Value {
    let Some(period) = column.period else { return to_value(column.field, cell) };
    let day = match cell {
        Cell::Int(number) if column.field.is_date() => {
            to_value(column.field, Cell::Int(number)).as_date()
        }
        Cell::Int(number) => {
            Timestamp::from_microsecond(number * QUARTER_HOUR_MICROS).ok().map(|at| now.day_of(at))
        }
        _ => None,
    };
    day.map_or(Value::Null, |day| Value::Date(period.start(day)))
}

fn sort_key(value: &Value) -> SortKey {
    match value {
        Value::Null => SortKey::Empty,
        Value::Int(number) => SortKey::Int(*number),
        Value::Bool(yes) => SortKey::Int(i64::from(*yes)),
        Value::Text(text) => SortKey::Text(text.clone()),
        Value::Date(day) => SortKey::Text(day.to_string()),
        Value::Decimal(number) => SortKey::Int(i64::try_from(number.mantissa()).unwrap_or(0)),
        other => SortKey::Text(format!("{other:?}")),
    }
}

fn finish(object: &Object, measures: &[Measure], group: (Vec<Value>, i64, Vec<Fold>)) -> Group {
    let (key, count, folds) = group;
    let of = |name: &str, number: i128| -> Value {
        let Some(field) = object.field(name) else { return Value::Null };
        match field.value_kind() {
            Kind::Decimal(_) | Kind::Money(_) | Kind::Percent(_) => {
                Decimal::try_from_i128_with_scale(number, field.kind().scale())
                    .map_or(Value::Null, |sum| Value::Decimal(sum.normalize()))
            }
            _ => i64::try_from(number).map_or(Value::Null, |n| to_value(field, Cell::Int(n))),
        }
    };
    let measured = measures.iter().zip(folds).map(|(measure, fold)| match measure {
        Measure::Count => Value::Int(count),
        Measure::Of(RollupFn::Count, _) => Value::Int(fold.count),
        Measure::Of(RollupFn::Sum, name) => of(name, fold.sum),
        Measure::Of(RollupFn::Min, name) => fold.min.map_or(Value::Null, |n| of(name, n.into())),
        Measure::Of(RollupFn::Max, name) => fold.max.map_or(Value::Null, |n| of(name, n.into())),
        Measure::Mean(_) if fold.count == 0 => Value::Null,
        Measure::Mean(name) => {
            let scale = object.field(name).map_or(0, |field| field.kind().scale());
            let sum = Decimal::try_from_i128_with_scale(fold.sum, scale).unwrap_or_default();
            Value::Decimal((sum / Decimal::from(fold.count)).round_dp(scale + 2).normalize())
        }
    });
    Group { key, measures: measured.collect() }
}
