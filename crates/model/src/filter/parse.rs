//! Filters from JSON: typed by the field's kind, bounded in size, blind to fields the viewer may not see.

use serde_json::Value as Json;
use uuid::Uuid;

use super::{Filter, Op, Operand, Words, span_of};
use crate::access::FieldAccess;
use crate::fields::{Field, Kind, Setting};
use crate::now::Now;
use crate::object::Object;
use crate::problem::Problem;
use crate::schema::Schema;
use crate::value::Value;

/// Conditions and groups in one filter.
pub const NODES_MAX: usize = 100;
/// Groups within groups.
pub const DEPTH_MAX: usize = 8;
/// Links in one path.
pub const PATH_LINKS_MAX: usize = 3;
/// Values of one `in`.
pub const VALUES_MAX: usize = 1_000;

/// Who looks: what fields they see and which records, so that no filter can ask about what is hidden.
pub trait Viewer {
    /// What the viewer may do with a field.
    fn field_access(&self, object: &Object, field: &Field) -> FieldAccess;
    /// Which records of `object` the viewer may read.
    fn readable(&self, schema: &Schema, object: &Object) -> Filter;
    /// The viewer's own user, for `"me"`.
    fn me(&self) -> Uuid;
}

struct Parser<'a> {
    schema: &'a Schema,
    viewer: &'a dyn Viewer,
    now: &'a Now,
    setting: &'a Setting,
    nodes: usize,
}

/// The filter that `json` describes for `object`, as `viewer` may ask it.
///
/// # Errors
/// A problem that names the condition's field: unknown (or hidden) field, wrong operator, bad value, too large.
pub fn parse(
    json: &Json,
    object: &Object,
    schema: &Schema,
    viewer: &dyn Viewer,
    now: &Now,
    setting: &Setting,
) -> Result<Filter, Problem> {
    Parser { schema, viewer, now, setting, nodes: 0 }.node(json, object, 0)
}

/// The same from a text that holds JSON.
pub fn parse_saved(
    text: &str,
    object: &Object,
    schema: &Schema,
    viewer: &dyn Viewer,
    now: &Now,
    setting: &Setting,
) -> Result<Filter, Problem> {
    let json = serde_json::from_str(text).map_err(|_| Problem::of("filter", "filter_json"))?;
    parse(&json, object, schema, viewer, now, setting)
}

impl Parser<'_> {
    fn node(&mut self, json: &Json, object: &Object, depth: usize) -> Result<Filter, Problem> {
        self.nodes += 1;
        if self.nodes > NODES_MAX || depth > DEPTH_MAX {
            return Err(Problem::of("filter", "filter_large").with("max", NODES_MAX));
        }
        let shape = || Problem::of("filter", "filter_shape");
        let parts = json.as_object().ok_or_else(shape)?;
        if let Some(path) = parts.get("field") {
            let path = path.as_str().ok_or_else(shape)?;
            let op = parts.get("op").and_then(Json::as_str).ok_or_else(shape)?;
            let op =
                Op::named(op).ok_or_else(|| Problem::of(path, "operator").with("operator", op))?;
            let steps: Vec<&str> = path.split('.').collect();
            return self.condition(object, &steps, op, parts.get("value").unwrap_or(&Json::Null));
        }
        let (name, value) = parts.iter().next().filter(|_| parts.len() == 1).ok_or_else(shape)?;
        match name.as_str() {
            "and" => Ok(Filter::And(self.nodes(value, object, depth)?)),
            "or" => Ok(Filter::Or(self.nodes(value, object, depth)?)),
            "not" => Ok(Filter::Not(Box::new(self.node(value, object, depth + 1)?))),
            "search" => {
                let typed = value.as_str().ok_or_else(shape)?;
                Ok(Filter::Search(Words::new(typed, object, self.viewer)))
            }
            _ => Err(shape()),
        }
    }

    fn nodes(
        &mut self,
        json: &Json,
        object: &Object,
        depth: usize,
    ) -> Result<Vec<Filter>, Problem> {
        let list = json.as_array().ok_or_else(|| Problem::of("filter", "filter_shape"))?;
        list.iter().map(|node| self.node(node, object, depth + 1)).collect()
    }

    fn condition(
        &self,
        object: &Object,
        steps: &[&str],
        op: Op,
        value: &Json,
    ) -> Result<Filter, Problem> {
        let path = steps.join(".");
        let (step, rest) =
            steps.split_first().ok_or_else(|| Problem::of("filter", "filter_shape"))?;
        let field = self.visible(object, step).ok_or_else(|| unknown(object, &path))?;
        if rest.is_empty() {
            return self.own(field, op, value).map_err(|problem| problem.at(&path));
        }
        let target = match &field.kind {
            Kind::Link(link) if rest.len() <= PATH_LINKS_MAX => self.schema.object(&link.target),
            _ => None,
        };
        let target = target.ok_or_else(|| unknown(object, &path))?;
        let whole = |problem| Problem { field: Some(path.clone()), ..problem };
        let inner = self.condition(target, rest, op, value).map_err(whole)?;
        let filter = Box::new(self.viewer.readable(self.schema, target).and(inner));
        Ok(Filter::Linked { field: field.name.clone(), target: target.name.clone(), filter })
    }

    /// The field, unless the viewer may not see it in clear.
    fn visible<'o>(&self, object: &'o Object, name: &str) -> Option<&'o Field> {
        let field = object.field(name)?;
        (self.viewer.field_access(object, field) >= FieldAccess::Read).then_some(field)
    }

    fn own(&self, field: &Field, op: Op, value: &Json) -> Result<Filter, Problem> {
        let leads_down = op != Op::Under
            || field.kind.target().is_some_and(|target| self.schema.is_tree(target));
        if !field.operators().contains(&op) || !leads_down {
            return Err(Problem::new("operator").with("operator", op.name()));
        }
        let operand = match op {
            Op::IsEmpty | Op::IsNotEmpty => Operand::None,
            Op::Within => self.within(field, value)?,
            Op::Between => match value.as_array().map(Vec::as_slice) {
                Some([from, to]) => {
                    Operand::Range(self.value(field, from)?, self.value(field, to)?)
                }
                _ => return Err(Problem::new("range_expected")),
            },
            op if op.takes_many() => {
                let values = value.as_array().ok_or(Problem::new("list_expected"))?;
                if values.len() > VALUES_MAX {
                    return Err(Problem::new("too_many").with("max", VALUES_MAX));
                }
                Operand::Many(
                    values.iter().map(|v| self.value(field, v)).collect::<Result<_, _>>()?,
                )
            }
            _ => Operand::One(self.value(field, value)?),
        };
        Ok(Filter::Is { field: field.name.clone(), op, operand })
    }

    fn value(&self, field: &Field, json: &Json) -> Result<Value, Problem> {
        if json.is_null() {
            return Err(Problem::new("value_expected"));
        }
        let read = match &field.kind {
            Kind::Link(link) if link.target == "user" && json.as_str() == Some("me") => {
                return Ok(Value::Id(self.viewer.me()));
            }
            // An element of a set is read alone, as a set of one.
            Kind::Links(_) | Kind::ManyChoices(_) => {
                field.kind().read_json(&Json::Array(vec![json.clone()]), self.setting)?
            }
            _ => field.kind().read_json(json, self.setting)?,
        };
        match read {
            Value::Ids(ids) => ids.first().map(|id| Value::Id(*id)),
            Value::Texts(mut texts) => texts.pop().map(Value::Text),
            Value::Null => None,
            other => Some(other),
        }
        .ok_or(Problem::new("value_expected"))
    }

    fn within(&self, field: &Field, value: &Json) -> Result<Operand, Problem> {
        let word = value.as_str().ok_or(Problem::new("period_unknown").with("value", value))?;
        let (from, to) = span_of(word, self.now.today())
            .ok_or_else(|| Problem::new("period_unknown").with("value", word))?;
        Ok(if field.is_date() {
            Operand::Range(Value::Date(from), Value::Date(to))
        } else {
            let (from, to) = (self.now.start_of(from), self.now.start_of(to));
            Operand::Range(Value::Instant(from), Value::Instant(to))
        })
    }
}

fn unknown(object: &Object, path: &str) -> Problem {
    Problem::of(path, "unknown_field").with("field", path).with("object", &object.name)
}
