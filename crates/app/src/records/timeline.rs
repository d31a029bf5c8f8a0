//! A record's timeline: what was done with it and what changed in it, in one list, newest first.

use model::fields::Kind;
use model::query::PAGE_ROWS_MAX;
use model::{Action, Filter, ListQuery, Object, Op, Operand, Sort, Uuid, Value};
use serde_json::{Value as Json, json};
use store::Tx;

use super::history::{Live, entries_json, readable};
use super::json::Shape;
use crate::access::Actor;
use crate::{Error, Result, Workspace};

/// What changes of the record itself are called among the kinds of a timeline.
pub const CHANGE: &str = "change";

impl Workspace {
    /// Activities, tasks, files and changes of a record before `before` (microseconds), newest first; with `kinds`
    /// only those, by the names of their objects, and [`CHANGE`].
    ///
    /// # Errors
    /// `not_found`; the store's.
    pub async fn timeline(
        &self,
        actor: &Actor,
        name: &str,
        id: Uuid,
        kinds: Option<Vec<String>>,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Json> {
        let object = self.object(name)?;
        let (rights, setting) = (actor.rights.clone(), self.setting());
        let limit = limit.clamp(1, PAGE_ROWS_MAX);
        let work = move |tx: &mut Tx| -> store::Result<Result<Json>> {
            let Some(live) = readable(tx, &object, &rights, id)? else {
                return Ok(Err(Error::not_found()));
            };
            let mut items: Vec<(i64, Json)> = Vec::new();
            let schema = tx.schema().clone();
            let wanted =
                |kind: &str| kinds.as_ref().is_none_or(|kinds| kinds.iter().any(|one| one == kind));
            for entry in schema.objects().filter(|entry| wanted(&entry.name)) {
                let Some(moment) = &entry.timeline else { continue };
                let bounds = Bounds { before, limit: limit + 1, live };
                let found =
                    match entries(tx, &object, id, entry, moment, &bounds, &rights, &setting) {
                        Ok(found) => found,
                        Err(error) => return Ok(Err(error)),
                    };
                items.extend(found);
            }
            let history = match wanted(CHANGE) {
                true => tx.history_before(id, before, limit + 1)?,
                false => Vec::new(),
            };
            let moments: Vec<i64> = history.iter().map(|entry| entry.at).collect();
            let changes = entries_json(tx, &object, &rights, history)?;
            items.extend(moments.into_iter().zip(changes).map(|(at, change)| {
                let (when, actor) = (change["at"].clone(), change["actor"].clone());
                (at, json!({"kind": CHANGE, "at": when, "actor": actor, "change": change}))
            }));
            items.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
            let more = items.len() > limit;
            let next = items.get(limit - 1).filter(|_| more).map(|(at, _)| at.to_string());
            let items: Vec<Json> = items.into_iter().take(limit).map(|(_, item)| item).collect();
            Ok(Ok(json!({"items": items, "next": next})))
        };
        self.store.read(work).await?
    }
}

/// How far back and how many.
struct Bounds {
    before: Option<i64>,
    limit: usize,
    /// Whether the record itself is live.
    live: Live,
}

/// The records of `declared` about the record `id` of `object`.
#[expect(clippy::too_many_arguments, reason = "one read with all its bounds")]
fn entries(
    tx: &mut Tx,
    object: &Object,
    id: Uuid,
    declared: &Object,
    moment: &str,
    bounds: &Bounds,
    rights: &model::Rights,
    setting: &model::fields::Setting,
) -> Result<Vec<(i64, Json)>> {
    let schema = tx.schema().clone();
    let (entry, limit) = (declared.name.as_str(), bounds.limit);
    let readable = rights.filter(&schema, declared, Action::Read);
    let leads = declared.fields.iter().filter_map(|field| {
        let lead = match &field.kind {
            Kind::Link(link) if link.target == object.name && !field.read_only => {
                Filter::eq(&field.name, id)
            }
            Kind::AnyLink(_) => Filter::eq(&field.name, Value::Any(object.name.clone(), id)),
            _ => return None,
        };
        // Who reads the record reads along what is part of it: nothing more is to be asked of each.
        let along = bounds.live == Live(true) && rights.reads_along(declared, &field.name, object);
        Some(if along { lead } else { lead.and(readable.clone()) })
    });
    let mut filter = Filter::any(leads.collect());
    if filter == Filter::Never {
        return Ok(Vec::new());
    }
    if let Some(before) =
        bounds.before.and_then(|micros| jiff::Timestamp::from_microsecond(micros).ok())
    {
        let operand = Operand::One(Value::Instant(before));
        filter = filter.and(Filter::Is { field: moment.to_owned(), op: Op::Lt, operand });
    }
    let sort = vec![Sort { field: moment.to_owned(), falling: true }];
    let query = ListQuery { sort, limit, ..ListQuery::of(filter) };
    let titled = |target: &str| {
        schema.object(target).map_or(Filter::Never, |o| rights.filter(&schema, o, Action::Read))
    };
    let page = tx.list(entry, &query, &titled)?;
    let shape = Shape::new(declared, rights, setting, None);
    Ok(page
        .rows
        .iter()
        .map(|row| {
            let at = row.record.get(declared, moment).as_instant();
            let record = shape.json(row);
            let actor = record["created_by"].clone();
            let item = json!({"kind": entry, "at": at.map(|at| at.to_string()), "actor": actor, "record": record});
            (at.map_or(0, |at| at.as_microsecond()), item)
        })
        .collect())
}
