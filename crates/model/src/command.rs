//! Commands: named acts on a record (convert, win, merge) that plan a set of guarded writes from declared inputs.

use std::collections::HashMap;

use uuid::Uuid;

use crate::draft::Effect;
use crate::fields::Field;
use crate::filter::Filter;
use crate::label::{Label, label};
use crate::now::Now;
use crate::object::Object;
use crate::problem::Problem;
use crate::record::Record;
use crate::schema::Schema;
use crate::value::Value;

/// What a command must know of other records before it plans: the first few that pass `filter`, among those the actor may read.
pub struct Find {
    /// The name under which the plan asks for them.
    pub name: &'static str,
    /// The object searched.
    pub object: &'static str,
    /// Which records, made from the record and the inputs; none to skip the search.
    pub filter: fn(&CommandContext) -> Option<Filter>,
}

/// Records one `Find` brings at most.
pub const FIND_ROWS_MAX: usize = 5;

/// What the plan of a command works on.
pub struct CommandContext<'a> {
    /// The schema, for custom fields that are carried over.
    pub schema: &'a Schema,
    /// The record's object.
    pub object: &'a Object,
    /// The record as it is.
    pub record: &'a Record,
    /// The inputs, by name.
    pub inputs: &'a HashMap<String, Value>,
    /// What the declared finds brought: id and the whole record.
    pub found: HashMap<&'static str, Vec<Record>>,
    /// The moment.
    pub now: &'a Now,
    /// The user who acts.
    pub actor: Uuid,
    /// Makes an id for a record to be created.
    pub new_id: &'a dyn Fn() -> Uuid,
}

impl CommandContext<'_> {
    /// A field of the record.
    pub fn get(&self, field: &str) -> &Value {
        self.record.get(self.object, field)
    }

    /// An input; null when it was not given.
    pub fn input(&self, name: &str) -> &Value {
        self.inputs.get(name).unwrap_or(&Value::Null)
    }

    /// What the find `name` brought.
    pub fn found(&self, name: &str) -> &[Record] {
        self.found.get(name).map_or(&[], Vec::as_slice)
    }
}

/// The plan of a command: the writes to make, all or none.
pub type Plan = fn(&CommandContext) -> Result<Vec<Effect>, Vec<Problem>>;

/// How a command's button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something good: win, approve.
    Positive,
    /// Something that ends: lose, void.
    Negative,
    /// Anything else.
    Neutral,
}

/// A named act on one record.
pub struct Command {
    /// The name in the API.
    pub name: &'static str,
    /// The label in both languages.
    pub label: Label,
    /// How its button looks.
    pub tone: Tone,
    /// What it asks for.
    pub inputs: Vec<Field>,
    /// When it can be used: an expression over the record; none for always.
    pub when: Option<&'static str>,
    /// What must be known before it plans.
    pub finds: Vec<Find>,
    /// Plans the writes.
    pub plan: Plan,
}

impl Command {
    /// A command.
    pub fn new(name: &'static str, en: &str, zh: &str, plan: Plan) -> Command {
        Command {
            name,
            label: label(en, zh),
            tone: Tone::Neutral,
            inputs: Vec::new(),
            when: None,
            finds: Vec::new(),
            plan,
        }
    }

    /// With inputs.
    pub fn inputs(mut self, inputs: impl IntoIterator<Item = Field>) -> Command {
        self.inputs = inputs.into_iter().collect();
        self
    }

    /// Only on records for which the expression is true.
    pub fn when(mut self, expression: &'static str) -> Command {
        self.when = Some(expression);
        self
    }

    /// With a search made before planning.
    pub fn find(mut self, find: Find) -> Command {
        self.finds.push(find);
        self
    }

    /// Its button's look.
    pub fn tone(mut self, tone: Tone) -> Command {
        self.tone = tone;
        self
    }
}
