//! A scene for testing hooks and commands: a record before and after, without app or store.

use std::cell::Cell;
use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};
use model::messages::CODES;
use model::{CommandContext, Draft, Effect, Now, Object, Problem, Record, Uuid, Value};
use rust_decimal::Decimal;

/// The user who acts in every scene.
pub const ACTOR: u128 = 7;

/// The id of test record `number`; [`show`] writes it as `#number`.
pub fn id(number: u128) -> Value {
    Value::Id(Uuid::from_u128(number))
}

/// A decimal as written.
pub fn decimal(text: &str) -> Value {
    Value::Decimal(text.parse::<Decimal>().unwrap())
}

/// A day as written.
pub fn day(text: &str) -> Value {
    Value::Date(text.parse().unwrap())
}

/// A moment as written.
pub fn at(text: &str) -> Value {
    Value::Instant(text.parse().unwrap())
}

/// A value in few characters, for tables of expectations.
pub fn show(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Bool(yes) => yes.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Decimal(number) => number.normalize().to_string(),
        Value::Text(text) => text.clone(),
        Value::Date(day) => day.to_string(),
        Value::Instant(at) => at.to_string(),
        Value::Id(id) => format!("#{}", id.as_u128()),
        Value::Any(object, id) => format!("{object}#{}", id.as_u128()),
        other => format!("{other:?}"),
    }
}

fn show_effect(effect: &Effect) -> String {
    let (verb, object, id, values) = match effect {
        Effect::Create { object, id, values } => ("create", object, id, values.as_slice()),
        Effect::Update { object, id, values } => ("update", object, id, values.as_slice()),
        Effect::Delete { object, id } => ("delete", object, id, &[] as &[_]),
    };
    let filled = values.iter().filter(|(_, value)| !value.is_empty() || verb == "update");
    let values: Vec<_> = filled.map(|(name, value)| format!("{name}={}", show(value))).collect();
    format!("{verb} {object}#{} {}", id.as_u128(), values.join(" ")).trim_end().to_owned()
}

#[track_caller]
fn show_problems(problems: &[Problem]) -> Vec<String> {
    for problem in problems {
        let has_words = CODES.iter().any(|(code, _, _)| *code == problem.code);
        assert!(has_words, "{} has no words", problem.code);
    }
    problems.iter().map(|p| format!("{}: {}", p.field.as_deref().unwrap_or("*"), p.code)).collect()
}

/// A record of one object on its way into the store, on 2026-11-23 at 09:00 in Shanghai. Its id is `#1`.
pub struct Scene {
    object: Object,
    now: Now,
    before: Option<Record>,
    after: Record,
    linked: HashMap<String, Value>,
}

impl Scene {
    /// A new record.
    pub fn new(object: Object) -> Scene {
        let at = "2026-11-23T01:00:00Z".parse::<Timestamp>().unwrap();
        let mut after = Record::empty(&object);
        after.set(&object, "id", id(1));
        let now = Now::new(at, TimeZone::fixed(offset(8)));
        Scene { object, now, before: None, after, linked: HashMap::new() }
    }

    /// The record as set so far is what the store holds; what is set from here on is the write.
    pub fn stored(mut self) -> Scene {
        self.before = Some(self.after.clone());
        self
    }

    /// Sets a field.
    #[track_caller]
    pub fn set(mut self, field: &str, value: impl Into<Value>) -> Scene {
        assert!(self.object.field(field).is_some(), "no field {field}");
        self.after.set(&self.object, field, value);
        self
    }

    /// What a linked record holds.
    #[track_caller]
    pub fn linked(mut self, path: &str, value: impl Into<Value>) -> Scene {
        assert!(self.object.reads.iter().any(|read| read == path), "{path} is not read");
        self.linked.insert(path.to_owned(), value.into());
        self
    }

    fn draft(&self) -> Draft<'_> {
        Draft {
            object: &self.object,
            before: self.before.as_ref(),
            after: self.after.clone(),
            now: &self.now,
            actor: Uuid::from_u128(ACTOR),
            linked: self.linked.clone(),
        }
    }

    /// The scene after the object's `prepare`.
    pub fn prepared(mut self) -> Scene {
        let mut draft = self.draft();
        if let Some(prepare) = self.object.prepare {
            prepare(&mut draft);
        }
        self.after = draft.after;
        self
    }

    /// A field, as [`show`] writes it.
    #[track_caller]
    pub fn get(&self, field: &str) -> String {
        assert!(self.object.field(field).is_some(), "no field {field}");
        show(self.after.get(&self.object, field))
    }

    /// What `check` refuses, as `field: code`.
    pub fn problems(&self) -> Vec<String> {
        show_problems(&self.object.check.map_or(Vec::new(), |check| check(&self.draft())))
    }

    /// What `react` asks for, as `create task#1001 subject=…`.
    pub fn effects(&self) -> Vec<String> {
        let next = Cell::new(1000);
        let new_id = || next_id(&next);
        let effects = self.object.react.map_or(Vec::new(), |react| react(&self.draft(), &new_id));
        effects.iter().map(show_effect).collect()
    }

    /// What a command plans, or `problem field: code` for each refusal.
    pub fn plan(
        &self,
        command: &str,
        inputs: &[(&str, Value)],
        found: &[(&'static str, Vec<Record>)],
    ) -> Vec<String> {
        let schema = crate::schema();
        let command = self.object.command_named(command).unwrap();
        for (name, _) in inputs {
            assert!(command.inputs.iter().any(|input| input.name == *name), "no input {name}");
        }
        for (name, _) in found {
            assert!(command.finds.iter().any(|find| find.name == *name), "no find {name}");
        }
        let inputs = inputs.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        let inputs = inputs.collect::<HashMap<_, _>>();
        let next = Cell::new(1000);
        let context = CommandContext {
            schema: &schema,
            object: &self.object,
            record: &self.after,
            inputs: &inputs,
            found: found.iter().cloned().collect(),
            now: &self.now,
            actor: Uuid::from_u128(ACTOR),
            new_id: &|| next_id(&next),
        };
        match (command.plan)(&context) {
            Ok(effects) => effects.iter().map(show_effect).collect(),
            Err(problems) => {
                show_problems(&problems).iter().map(|p| format!("problem {p}")).collect()
            }
        }
    }
}

fn next_id(last: &Cell<u128>) -> Uuid {
    last.set(last.get() + 1);
    Uuid::from_u128(last.get())
}

/// A stored record of `object`, for what a find brings.
pub fn record(object: &Object, number: u128, values: &[(&str, Value)]) -> Record {
    let mut record = Record::empty(object);
    record.set(object, "id", id(number));
    for (name, value) in values {
        assert!(object.field(name).is_some(), "no field {name}");
        record.set(object, name, value.clone());
    }
    record
}
