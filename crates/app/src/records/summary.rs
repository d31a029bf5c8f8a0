//! Aggregates: counts and sums by group, over exactly the records the reader may list.

use model::access::FieldAccess;
use model::{Action, Field, Filter, Kind, Object, Problem, Rights, RollupFn, Schema, Uuid, Value};
use serde_json::{Map, Value as Json, json};
use store::{Group, GroupKey, Measure, Period, Tx};

use super::json::title_text;
use crate::access::Actor;
use crate::{Error, Result, Workspace};

/// Keys and measures of one aggregate.
const PARTS_MAX: usize = 4;

/// What is measured, with its name in the answer.
struct Measured {
    name: String,
    measure: Measure,
    field: Option<String>,
}

impl Workspace {
    /// Groups by `group` (`owner,ordered_on:month,account.industry`) and measures `measure` (`count,sum:amount`).
    ///
    /// # Errors
    /// A problem that names the group, measure or condition that cannot be; the store's.
    pub async fn aggregate(
        &self,
        actor: &Actor,
        name: &str,
        group: &str,
        measure: &str,
        filter: Option<&Json>,
    ) -> Result<Json> {
        let object = self.object(name)?;
        let schema = self.schema();
        let keys = keys(group, &object, &schema, &actor.rights)?;
        let measured = measures(measure, &object, &actor.rights)?;
        let filter = self.readable(actor, &object, filter)?;
        let (rights, setting, now) = (actor.rights.clone(), self.setting(), self.now());
        let work = move |tx: &mut Tx| -> store::Result<Json> {
            let schema = tx.schema().clone();
            let seen = |target: &str| {
                schema
                    .object(target)
                    .map_or(Filter::Never, |o| rights.filter(&schema, o, Action::Read))
            };
            let plain: Vec<Measure> = measured.iter().map(|m| m.measure.clone()).collect();
            let (groups, truncated) =
                tx.aggregate(&object.name, &keys, &plain, &filter, &seen, &now)?;
            let fields: Vec<Field> = keys
                .iter()
                .filter_map(|key| field_at(&schema, &object, &key.path).cloned())
                .collect();
            let titles = titles(tx, &rights, &fields, &groups)?;
            let json = groups.iter().map(|group| {
                let mut json = Map::new();
                let key: Vec<Json> = fields
                    .iter()
                    .zip(&group.key)
                    .map(|(field, value)| match value {
                        Value::Id(id) => json!({"id": id, "title": titles.get(id).map(title_text)}),
                        Value::Date(day) => json!(day.to_string()),
                        value => field.kind().write_json(value, &setting),
                    })
                    .collect();
                json.insert("key".to_owned(), Json::Array(key));
                for (measured, value) in measured.iter().zip(&group.measures) {
                    let field = measured.field.as_deref().and_then(|name| object.field(name));
                    let value = match (field, value) {
                        (Some(field), value) => field.kind().write_json(value, &setting),
                        (None, value) => value.as_int().map_or(Json::Null, Json::from),
                    };
                    json.insert(measured.name.clone(), value);
                }
                Json::Object(json)
            });
            Ok(json!({"groups": json.collect::<Vec<_>>(), "truncated": truncated}))
        };
        Ok(self.store.read(work).await?)
    }
}

fn titles(
    tx: &mut Tx,
    rights: &Rights,
    fields: &[Field],
    groups: &[Group],
) -> store::Result<std::collections::HashMap<Uuid, Value>> {
    let schema = tx.schema().clone();
    let mut all = std::collections::HashMap::new();
    for (index, field) in fields.iter().enumerate() {
        let Some(target) = field.kind.target().and_then(|target| schema.object(target)) else {
            continue;
        };
        let ids: Vec<Uuid> = groups.iter().filter_map(|group| group.key[index].as_id()).collect();
        let filter = rights.filter(&schema, target, Action::Read);
        all.extend(tx.titles(&target.name, &ids, &filter)?);
    }
    Ok(all)
}

fn field_at<'s>(schema: &'s Schema, object: &'s Object, path: &[String]) -> Option<&'s Field> {
    let (first, rest) = path.split_first()?;
    let field = object.field(first)?;
    if rest.is_empty() {
        return Some(field);
    }
    field_at(schema, schema.object(field.kind.target()?)?, rest)
}

fn keys(text: &str, object: &Object, schema: &Schema, rights: &Rights) -> Result<Vec<GroupKey>> {
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() > PARTS_MAX {
        return Err(Problem::of("group", "too_many").with("max", PARTS_MAX).into());
    }
    let key = |part: &str| -> Result<GroupKey> {
        let refused = |code| {
            Error::from(Problem::of("group", code).with("field", part).with("object", &object.name))
        };
        let (path, period) = part.split_once(':').map_or((part, None), |(path, p)| (path, Some(p)));
        let period = match period {
            None => None,
            Some(name) => Some(Period::named(name).ok_or_else(|| refused("not_groupable"))?),
        };
        let path: Vec<String> = path.split('.').map(str::to_owned).collect();
        if path.len() > model::filter::PATH_LINKS_MAX {
            return Err(refused("not_groupable"));
        }
        visible_path(schema, object, rights, &path).ok_or_else(|| refused("unknown_field"))?;
        let field = field_at(schema, object, &path).ok_or_else(|| refused("unknown_field"))?;
        let timed = matches!(field.value_kind(), Kind::Date(_) | Kind::Instant(_));
        if field.columns().len() != 1
            || (period.is_some() && !timed)
            || matches!(field.kind, Kind::LongText(_))
        {
            return Err(refused("not_groupable"));
        }
        let period = if timed { Some(period.unwrap_or(Period::Day)) } else { None };
        Ok(GroupKey { path, period })
    };
    parts.into_iter().map(key).collect()
}

/// Whether the reader may see every step of the path in clear.
fn visible_path(schema: &Schema, object: &Object, rights: &Rights, path: &[String]) -> Option<()> {
    let (first, rest) = path.split_first()?;
    let field = object.field(first).filter(|f| rights.field(object, f) >= FieldAccess::Read)?;
    if rest.is_empty() {
        return Some(());
    }
    visible_path(schema, schema.object(field.kind.target()?)?, rights, rest)
}

fn measures(text: &str, object: &Object, rights: &Rights) -> Result<Vec<Measured>> {
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() > PARTS_MAX {
        return Err(Problem::of("measure", "too_many").with("max", PARTS_MAX).into());
    }
    let measured = |part: &str| -> Result<Measured> {
        let name = part.to_owned();
        if part == "count" {
            return Ok(Measured { name, measure: Measure::Count, field: None });
        }
        let refused = |code| {
            Error::from(
                Problem::of("measure", code).with("field", part).with("object", &object.name),
            )
        };
        let (function, field) = part.split_once(':').ok_or_else(|| refused("not_aggregatable"))?;
        let found = object.field(field).filter(|f| rights.field(object, f) >= FieldAccess::Read);
        let found = found.ok_or_else(|| refused("unknown_field"))?;
        let number = matches!(
            found.value_kind(),
            Kind::Number(_)
                | Kind::Decimal(_)
                | Kind::Money(_)
                | Kind::Percent(_)
                | Kind::Duration(_)
        );
        let moment = matches!(found.value_kind(), Kind::Date(_) | Kind::Instant(_));
        let measure = match function {
            "sum" if number => Measure::Of(RollupFn::Sum, field.to_owned()),
            "avg" if number => Measure::Mean(field.to_owned()),
            "min" if number || moment => Measure::Of(RollupFn::Min, field.to_owned()),
            "max" if number || moment => Measure::Of(RollupFn::Max, field.to_owned()),
            _ => return Err(refused("not_aggregatable")),
        };
        Ok(Measured { name, measure, field: Some(field.to_owned()) })
    };
    parts.into_iter().map(measured).collect()
}
