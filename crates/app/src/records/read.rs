//! The one read path: lists and single records, with the reader's rights in the SELECT.

use std::sync::Arc;

use model::access::FieldAccess;
use model::fields::Setting;
use model::filter::{self, Filter, Words};
use model::object::Written;
use model::query::{After, Bin, PAGE_ROWS, PAGE_ROWS_MAX};
use model::{Action, ListQuery, Now, Object, Problem, Record, Rights, Sort, Uuid};
use serde_json::{Map, Value as Json, json};
use store::{Listed, Tx};

use super::commands::applies;
use super::json::Shape;
use super::page_mark::{read_mark, write_mark};
use super::plans::{self, Asked, Plan};
use crate::access::Actor;
use crate::{Error, Result, Workspace};

/// About how much a record of a list takes in JSON, so that its text seldom moves while it grows.
const ROW_BYTES: usize = 512;

/// A request for a list, as it comes from a door.
#[derive(Debug, Clone, Default)]
pub struct ListRequest {
    /// The filter, as JSON.
    pub filter: Option<Json>,
    /// Words that the records hold.
    pub q: Option<String>,
    /// `-updated_at,name`.
    pub sort: Option<String>,
    /// The fields shown; all when none are named.
    pub fields: Option<Vec<String>>,
    /// Links whose whole records are shown.
    pub expand: Vec<String>,
    /// Records on the page.
    pub limit: Option<usize>,
    /// Where the page begins, as an earlier page said.
    pub cursor: Option<String>,
    /// Whether to count.
    pub count: bool,
    /// The recycle bin instead of what is live.
    pub deleted: bool,
}

/// One page.
#[derive(Debug, Clone)]
pub struct ListAnswer {
    /// The records, as JSON.
    pub items: Vec<Json>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// How many there are, and whether that is exact.
    pub count: Option<(i64, bool)>,
}

impl ListAnswer {
    /// The answer in its JSON.
    fn of(mut json: Json) -> ListAnswer {
        let items = match json["items"].take() {
            Json::Array(items) => items,
            _ => Vec::new(),
        };
        let next = json["next"].as_str().map(str::to_owned);
        let count = &json["count"];
        let count = count["value"].as_i64().map(|value| (value, count["exact"] == true));
        ListAnswer { items, next, count }
    }

    /// The answer as JSON.
    pub fn json(self) -> Json {
        let mut json = Map::new();
        json.insert("items".to_owned(), Json::Array(self.items));
        json.insert("next".to_owned(), self.next.map_or(Json::Null, Json::String));
        if let Some((value, exact)) = self.count {
            json.insert("count".to_owned(), json!({"value": value, "exact": exact}));
        }
        Json::Object(json)
    }
}

impl Workspace {
    /// The object called `name`.
    ///
    /// # Errors
    /// `object_unknown`.
    pub fn object(&self, name: &str) -> Result<Arc<Object>> {
        let schema = self.schema();
        let found = schema.object(name).cloned();
        found.ok_or_else(|| Error::Refused(Problem::new("object_unknown").with("object", name)))
    }

    /// The filter that `json` describes, for what the actor may read of `object` on top of it.
    ///
    /// # Errors
    /// A problem that names the condition's field.
    pub fn readable(&self, actor: &Actor, object: &Object, json: Option<&Json>) -> Result<Filter> {
        let schema = self.schema();
        let rights = actor.rights.filter(&schema, object, Action::Read);
        let Some(json) = json.filter(|json| !json.is_null()) else { return Ok(rights) };
        let asked =
            filter::parse(json, object, &schema, &*actor.rights, &self.now(), &self.setting())?;
        Ok(asked.and(rights))
    }

    /// One page of records.
    ///
    /// # Errors
    /// As [`Workspace::list_text`].
    pub async fn list(
        &self,
        actor: &Actor,
        name: &str,
        request: ListRequest,
    ) -> Result<ListAnswer> {
        let text = self.list_text(actor, name, request).await?;
        let internal = |error| Error::Store(store::StoreError::internal(error));
        serde_json::from_str::<Json>(&text).map(ListAnswer::of).map_err(internal)
    }

    /// One page of records as the text of JSON: `items`, `next`, and `count` where it was asked for.
    ///
    /// # Errors
    /// A problem that names the filter's, order's or page's fault; the store's.
    pub async fn list_text(
        &self,
        actor: &Actor,
        name: &str,
        request: ListRequest,
    ) -> Result<String> {
        let object = self.object(name)?;
        let limit = request.limit.unwrap_or(PAGE_ROWS);
        if !(1..=PAGE_ROWS_MAX).contains(&limit) {
            return Err(Problem::of("limit", "limit_range").with("max", PAGE_ROWS_MAX).into());
        }
        let asked = self.asked(actor, &object, &request)?;
        let sort = sort(&request, &object, &actor.rights)?;
        let after =
            request.cursor.as_deref().map(|mark| read_mark(mark, &object, &sort)).transpose()?;
        let (rights, setting) = (actor.rights.clone(), self.setting());
        let plan = if request.expand.is_empty() {
            self.plans.plan(&rights, &object, asked.clone(), |asked| {
                let shape = Shape::new(&object, &rights, &setting, request.fields.as_deref());
                Ok::<_, Error>(plans::work_out(&self.schema(), &shape, sort.clone(), asked))
            })?
        } else {
            None
        };
        if let Some(plan) = plan {
            let read = move |tx: &mut Tx| {
                straight(tx, &plan, &setting, after.as_ref(), limit, request.count)
            };
            return Ok(self.store.read(read).await?);
        }
        let readable = rights.filter(&self.schema(), &object, Action::Read);
        let filter = asked.filter.and(readable);
        let mut query = ListQuery { sort, bin: asked.bin, after, limit, ..ListQuery::of(filter) };
        let work = move |tx: &mut Tx| -> store::Result<Result<String>> {
            let shape = Shape::new(&object, &rights, &setting, request.fields.as_deref());
            let expanded = request.expand.iter().filter_map(|link| object.index(link));
            query.only = Some(shape.fields.iter().copied().chain(expanded).collect());
            let page = page(tx, &object, &query, shape, &request);
            Ok(page.map(|page| page.json().to_string()))
        };
        self.store.read(work).await?
    }

    fn asked(&self, actor: &Actor, object: &Object, request: &ListRequest) -> Result<Asked> {
        let mut filter = match request.filter.as_ref().filter(|json| !json.is_null()) {
            None => Filter::Always,
            Some(json) => {
                let (schema, rights) = (self.schema(), &*actor.rights);
                filter::parse(json, object, &schema, rights, &self.now(), &self.setting())?
            }
        };
        if let Some(words) = request.q.as_ref().filter(|words| !words.trim().is_empty()) {
            filter = Filter::Search(Words::new(words, object, &*actor.rights)).and(filter);
        }
        let bin = if request.deleted { Bin::Deleted } else { Bin::Live };
        let (sort, fields) = (request.sort.clone(), request.fields.clone());
        Ok(Asked { filter, sort, fields, bin })
    }

    /// One record as the actor may see it, live or deleted, with what may be done to it.
    ///
    /// # Errors
    /// `not_found`; the store's.
    pub async fn get(
        &self,
        actor: &Actor,
        name: &str,
        id: Uuid,
        fields: Option<Vec<String>>,
    ) -> Result<Json> {
        let object = self.object(name)?;
        let (rights, setting, now) = (actor.rights.clone(), self.setting(), self.now());
        let work = move |tx: &mut Tx| -> store::Result<Result<Json>> {
            let schema = tx.schema().clone();
            let readable = rights.filter(&schema, &object, Action::Read);
            let filter = Filter::eq("id", id).and(readable);
            let query =
                ListQuery { bin: Bin::Both, sort: vec![], limit: 1, ..ListQuery::of(filter) };
            let shape = Shape::new(&object, &rights, &setting, fields.as_deref());
            let (mut items, rows) = match shown(tx, &object, &query, shape, &ListRequest::default())
            {
                Ok(shown) => (shown.0.items, shown.1),
                Err(error) => return Ok(Err(error)),
            };
            let (Some(mut json), Some(row)) = (items.pop(), rows.first()) else {
                return Ok(Err(Error::not_found()));
            };
            json["_can"] = json!(possible(tx, &object, &rights, &row.record, &now)?);
            Ok(Ok(json))
        };
        self.store.read(work).await?
    }
}

fn sort(request: &ListRequest, object: &Object, rights: &Rights) -> Result<Vec<Sort>> {
    Ok(match request.sort.as_deref() {
        Some(sort) => Sort::parse(sort, object, rights)?,
        // Nobody asked for it, so nobody need see the field: without a right the list is empty.
        None => vec![Sort { field: "updated_at".to_owned(), falling: true }],
    })
}

/// One page of a plan as the text of JSON, each row written as it is read.
fn straight(
    tx: &mut Tx,
    plan: &Plan,
    setting: &Setting,
    after: Option<&After>,
    limit: usize,
    counted: bool,
) -> store::Result<String> {
    let (object, query) = (plan.object(), plan.listing.query());
    let mut text = String::with_capacity(limit * ROW_BYTES);
    text.push_str("{\"items\":[");
    let begin = text.len();
    let next = tx.each_listed(&plan.listing, after, limit, &mut |row| {
        if text.len() > begin {
            text.push(',');
        }
        plan.lines.write(&mut text, object, setting, row);
    })?;
    let next = next.map(|after| write_mark(object, &query.sort, &after));
    text.push_str(&format!("],\"next\":{}", Json::from(next)));
    if counted {
        let (value, exact) = tx.count(&object.name, &query.filter, query.bin)?;
        text.push_str(&format!(",\"count\":{}", json!({"value": value, "exact": exact})));
    }
    text.push('}');
    Ok(text)
}

/// What may be done to the record: actions, and the commands that go with its present state.
fn possible(
    tx: &mut Tx,
    object: &Object,
    rights: &Rights,
    record: &Record,
    now: &Now,
) -> store::Result<Vec<String>> {
    let actions = [Action::Update, Action::Delete];
    let [update, delete] = actions.map(|action| rights.filter(tx.schema(), object, action));
    let allowed = tx.passes(&object.name, record.id(), &[&update, &delete])?.unwrap_or_default();
    let mut possible = Vec::new();
    for (action, _) in actions.into_iter().zip(allowed).filter(|(_, allowed)| *allowed) {
        if object.written == Written::ByAll {
            possible.push(action.name().to_owned());
        }
        if action == Action::Update {
            let commands = object.commands.iter().filter(|c| applies(c, object, record, now));
            possible.extend(commands.map(|command| command.name.to_owned()));
        }
    }
    Ok(possible)
}

fn page(
    tx: &mut Tx,
    object: &Object,
    query: &ListQuery,
    shape: Shape,
    request: &ListRequest,
) -> Result<ListAnswer> {
    shown(tx, object, query, shape, request).map(|(answer, _)| answer)
}

/// A page, and the rows it was made from.
fn shown(
    tx: &mut Tx,
    object: &Object,
    query: &ListQuery,
    mut shape: Shape,
    request: &ListRequest,
) -> Result<(ListAnswer, Vec<Listed>)> {
    let schema = tx.schema().clone();
    let rights = shape.rights;
    let titled = |target: &str| {
        let shown = shape.fields.iter().any(|i| object.fields[*i].kind.target() == Some(target));
        match schema.object(target).filter(|_| shown) {
            Some(target) => rights.filter(&schema, target, Action::Read),
            None => Filter::Never,
        }
    };
    let mut page = tx.list(&object.name, query, &titled)?;
    let next = page.next.as_ref().map(|after| write_mark(object, &query.sort, after));
    if shape.has_sets() {
        fill_sets(tx, object, &mut page.rows)?;
    }
    shape.bring_titles(tx, &schema, page.rows.iter().map(|row| &row.record))?;
    let mut items: Vec<Json> = page.rows.iter().map(|row| shape.json(row)).collect();
    for link in &request.expand {
        expand(tx, &shape, link, &page.rows, &mut items)?;
    }
    let count =
        if request.count { Some(tx.count(&object.name, &query.filter, query.bin)?) } else { None };
    Ok((ListAnswer { items, next, count }, page.rows))
}

/// Fills the fields of `rows` whose values live in tables of their own.
///
/// # Errors
/// The store's.
pub(crate) fn fill_sets(tx: &mut Tx, object: &Object, rows: &mut [Listed]) -> store::Result<()> {
    let empty = || Record { values: Vec::new() };
    let take = |row: &mut Listed| std::mem::replace(&mut row.record, empty());
    let mut records: Vec<Record> = rows.iter_mut().map(take).collect();
    tx.fill_sets(&object.name, &mut records)?;
    for (row, record) in rows.iter_mut().zip(records) {
        row.record = record;
    }
    Ok(())
}

/// Puts whole linked records in place of id and title, as the reader may see them.
fn expand(
    tx: &mut Tx,
    shape: &Shape,
    link: &str,
    rows: &[Listed],
    items: &mut [Json],
) -> Result<()> {
    let schema = tx.schema().clone();
    let unknown = || {
        Error::from(
            Problem::of("expand", "unknown_field")
                .with("field", link)
                .with("object", &shape.object.name),
        )
    };
    let field = shape.object.field(link).ok_or_else(unknown)?;
    let target =
        field.kind.target().and_then(|target| schema.object(target)).ok_or_else(unknown)?;
    if shape.rights.field(shape.object, field) < FieldAccess::Read {
        return Err(unknown());
    }
    let linked_to = |row: &Listed| row.record.get(shape.object, link).as_id();
    let ids: Vec<Uuid> = rows.iter().filter_map(linked_to).collect();
    let filter = shape.rights.filter(&schema, target, Action::Read);
    let linked = tx.load(&target.name, &ids, &filter, Bin::Live, false)?;
    let mut inner = Shape::new(target, shape.rights, shape.setting, None);
    inner.bring_titles(tx, &schema, &linked)?;
    for (row, item) in rows.iter().zip(items) {
        let id = linked_to(row);
        if let Some(found) = linked.iter().find(|linked| Some(linked.id()) == id) {
            let title = item[link]["title"].clone();
            item[link] = inner.json(&Listed { record: found.clone(), titles: Default::default() });
            item[link]["title"] = title;
        }
    }
    Ok(())
}
