//! Commands: a named act on one record, planned by its declaration and done as one set of writes.

use std::collections::HashMap;

use model::formula::Formula;
use model::query::Bin;
use model::{
    Action, Command, CommandContext, Kind, ListQuery, Now, Object, Problem, Record, Uuid, Value,
};
use serde_json::{Value as Json, json};
use store::{CauseKind, Tx};

use super::batch::{Batch, Origin};
use super::json::title_text;
use super::single::shown;
use crate::access::Actor;
use crate::{Error, Result, Workspace};

impl Workspace {
    /// Does the command on a record: the record as it then is, and what was made.
    ///
    /// # Errors
    /// `not_found`, `forbidden`, `command_unavailable`, every problem of the inputs and the plan; the store's.
    pub async fn command(
        &self,
        actor: &Actor,
        name: &str,
        id: Uuid,
        command: &str,
        inputs: &Json,
    ) -> Result<Json> {
        let setup = self.setup(actor, CauseKind::Command, Some(id));
        let object = self.object(name)?;
        if object.command_named(command).is_none() {
            return Err(Error::not_found());
        }
        let (name, command, inputs) = (name.to_owned(), command.to_owned(), inputs.clone());
        let work = move |tx: &mut Tx| -> Result<(Json, Vec<String>)> {
            let mut batch = Batch::new(tx, &setup);
            let made = batch.command(&name, id, &command, &inputs)?;
            batch.finish()?;
            let record = shown(tx, &setup, &name, id)?;
            let mut listed = Vec::new();
            for (object, record) in &made {
                let declared = tx.object(object)?;
                if !declared.hidden {
                    let title = title_text(record.get(declared, &declared.title));
                    listed.push(json!({"object": object, "id": record.id(), "title": title}));
                }
            }
            let mut objects: Vec<String> = made.into_iter().map(|(object, _)| object).collect();
            objects.push(name.clone());
            Ok((json!({"record": record, "made": listed}), objects))
        };
        let (answer, objects) = self.store.transact(work).await?;
        self.wrote(objects.iter().map(String::as_str));
        Ok(answer)
    }
}

impl Batch<'_, '_, '_> {
    /// Plans the command and does what it plans; what was made.
    ///
    /// # Errors
    /// As [`Workspace::command`].
    pub fn command(
        &mut self,
        name: &str,
        id: Uuid,
        command: &str,
        inputs: &Json,
    ) -> Result<Vec<(String, Record)>> {
        let object = self.object(name)?;
        let command = object.command_named(command).ok_or_else(Error::not_found)?;
        let schema = self.tx.schema().clone();
        let of = |action| self.setup.rights.filter(&schema, &object, action);
        let (update, read) = (of(Action::Update), of(Action::Read));
        let found = self.tx.load(name, &[id], &update, Bin::Live, true)?.pop();
        let Some(record) = found else {
            let readable = self.tx.load(name, &[id], &read, Bin::Live, false)?;
            return Err(if readable.is_empty() {
                Error::not_found()
            } else {
                Error::refused("forbidden")
            });
        };
        if !applies(command, &object, &record, &self.setup.now) {
            let label = command.label.text(self.setup.language);
            return Err(Error::Refused(Problem::new("command_unavailable").with("command", label)));
        }
        let inputs = self.inputs(command, inputs)?;
        let new_id = self.setup.new_id.clone();
        let mut context = CommandContext {
            schema: &schema,
            object: &object,
            record: &record,
            inputs: &inputs,
            found: HashMap::new(),
            now: &self.setup.now,
            actor: self.setup.rights.user,
            new_id: &*new_id,
        };
        for find in &command.finds {
            if let Some(filter) = (find.filter)(&context) {
                let records = self.find(find.object, filter)?;
                context.found.insert(find.name, records);
            }
        }
        let effects = (command.plan)(&context).map_err(Error::Invalid)?;
        self.apply(effects)
    }

    fn find(&mut self, object: &str, filter: model::Filter) -> Result<Vec<Record>> {
        let declared = self.object(object)?;
        let readable = self.setup.rights.filter(self.tx.schema(), &declared, Action::Read);
        let query = ListQuery {
            sort: vec![],
            limit: model::command::FIND_ROWS_MAX,
            ..ListQuery::of(filter.and(readable))
        };
        let page = self.tx.list(object, &query, &|_| model::Filter::Never)?;
        Ok(page.rows.into_iter().map(|row| row.record).collect())
    }

    /// The inputs, typed; links lead to what whoever asks may see.
    fn inputs(&mut self, command: &Command, json: &Json) -> Result<HashMap<String, Value>> {
        let given = json.as_object().cloned().unwrap_or_default();
        let mut problems = Vec::new();
        for name in
            given.keys().filter(|name| !command.inputs.iter().any(|input| input.name == **name))
        {
            problems.push(
                Problem::of(name, "unknown_field").with("field", name).with("object", command.name),
            );
        }
        let mut inputs = HashMap::new();
        for input in &command.inputs {
            let value = match given.get(&input.name) {
                None | Some(Json::Null) => default(input),
                Some(json) => match input.kind().read_json(json, &self.setup.setting) {
                    Ok(value) => value,
                    Err(problem) => {
                        problems.push(problem.at(&input.name));
                        continue;
                    }
                },
            };
            if value.is_empty() && input.required {
                problems.push(Problem::of(&input.name, "required"));
            }
            if let (Kind::Link(link), Value::Id(id)) = (&input.kind, &value)
                && self.linked(Origin::Person, &link.target, *id)?.is_none()
            {
                let object = self.object(&link.target)?;
                let label = object.label.text(self.setup.language);
                problems.push(Problem::of(&input.name, "link_unknown").with("object", label));
            }
            inputs.insert(input.name.clone(), value);
        }
        self.refuse(problems)?;
        Ok(inputs)
    }
}

fn default(input: &model::Field) -> Value {
    match &input.default {
        Some(model::fields::Default::Value(value)) => value.clone(),
        _ => Value::Null,
    }
}

/// Whether the command can be used on the record as it is.
pub(super) fn applies(command: &Command, object: &Object, record: &Record, now: &Now) -> bool {
    let Some(when) = command.when else { return true };
    let lookup =
        |path: &[String]| path.first().map_or(Value::Null, |name| record.get(object, name).clone());
    let holds = Formula::parse(when).ok().and_then(|formula| formula.eval(&lookup, now).ok());
    holds.is_some_and(|value| value.is_yes())
}
