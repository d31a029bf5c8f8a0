//! Commands of an opportunity: win, lose, invalidate, reopen. Each moves the stage; what follows from that is in `moves`.

use model::command::{Find, Tone};
use model::draft::values;
use model::fields::build::*;
use model::{Command, CommandContext, Effect, Filter, Problem, Value};

use super::lost_reasons;

type Planned = Result<Vec<Effect>, Vec<Problem>>;

const OPEN: &str = r#"status == "open""#;
const CLOSED: &str = r#"status != "open""#;

/// All commands.
pub fn all() -> Vec<Command> {
    let competitor = || link("competitor", "account", "Won by", "赢单的竞争对手");
    vec![
        Command::new("win", "Win", "赢单", win)
            .when(OPEN)
            .tone(Tone::Positive)
            .find(stage(|context| of_kind(context, "won"))),
        Command::new("lose", "Lose", "输单", lose)
            .when(OPEN)
            .tone(Tone::Negative)
            .inputs([
                choice("lost_reason", "Reason", "输单原因", lost_reasons()).required(),
                long_text("lost_note", "Remark", "输单说明"),
                competitor(),
            ])
            .find(stage(|context| of_kind(context, "lost")))
            .find(Find { name: "rivals", object: "opportunity_competitor", filter: rivals }),
        Command::new("invalidate", "Mark as invalid", "标记无效", invalidate)
            .when(OPEN)
            .inputs([long_text("note", "Remark", "说明")])
            .find(stage(|context| of_kind(context, "invalid"))),
        Command::new("reopen", "Reopen", "重新打开", reopen)
            .when(CLOSED)
            .inputs([link("stage", "stage", "Stage", "销售阶段")])
            .find(stage(|context| of_kind(context, "open"))),
    ]
}

fn stage(filter: fn(&CommandContext) -> Option<Filter>) -> Find {
    Find { name: "stages", object: "stage", filter }
}

fn of_kind(context: &CommandContext, kind: &str) -> Option<Filter> {
    let pipeline = context.get("pipeline").as_id()?;
    Some(Filter::eq("pipeline", pipeline).and(Filter::eq("kind", kind)))
}

fn rivals(context: &CommandContext) -> Option<Filter> {
    let competitor = context.input("competitor").as_id()?;
    let here = Filter::eq("opportunity", context.record.id());
    Some(here.and(Filter::eq("competitor", competitor)))
}

/// The first of the stages found.
fn first_stage(context: &CommandContext) -> Result<Value, Vec<Problem>> {
    let missing = || vec![Problem::of("stage", "step_missing")];
    let object = context.schema.object("stage").ok_or_else(missing)?;
    let stages = context.found("stages").iter();
    let first = stages.min_by_key(|stage| stage.get(object, "position").as_int());
    first.map(|stage| Value::Id(stage.id())).ok_or_else(missing)
}

fn update(context: &CommandContext, fields: Vec<(String, Value)>) -> Effect {
    Effect::Update { object: "opportunity".to_owned(), id: context.record.id(), values: fields }
}

fn win(context: &CommandContext) -> Planned {
    Ok(vec![update(context, values([("stage", first_stage(context)?)]))])
}

fn lose(context: &CommandContext) -> Planned {
    let lost = update(
        context,
        values([
            ("stage", first_stage(context)?),
            ("lost_reason", context.input("lost_reason").clone()),
            ("lost_note", context.input("lost_note").clone()),
        ]),
    );
    Ok([lost].into_iter().chain(won_by(context)).collect())
}

/// The competitor who won is noted among those of the opportunity, once.
fn won_by(context: &CommandContext) -> Option<Effect> {
    let competitor = context.input("competitor").as_id()?;
    let object = "opportunity_competitor".to_owned();
    let won = ("won", true.into());
    Some(match context.found("rivals").first() {
        Some(rival) => Effect::Update { object, id: rival.id(), values: values([won]) },
        None => Effect::Create {
            object,
            id: (context.new_id)(),
            values: values([
                ("opportunity", context.record.id().into()),
                ("competitor", competitor.into()),
                won,
            ]),
        },
    })
}

fn invalidate(context: &CommandContext) -> Planned {
    Ok(vec![update(
        context,
        values([("stage", first_stage(context)?), ("lost_note", context.input("note").clone())]),
    )])
}

fn reopen(context: &CommandContext) -> Planned {
    let stage = match context.input("stage") {
        Value::Null => first_stage(context)?,
        chosen => chosen.clone(),
    };
    Ok(vec![update(context, values([("stage", stage)]))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sales::{opportunity, opportunity_competitor, stage};
    use crate::testing::{Scene, id, record};

    #[track_caller]
    fn check(command: &str, inputs: &[(&str, Value)], expected: &[&str]) {
        let stages = [(8, 2), (9, 1)].map(|(stage, position)| {
            record(&stage::object(), stage, &[("position", position.into())])
        });
        let scene = Scene::new(opportunity::object()).set("pipeline", id(2));
        assert_eq!(scene.plan(command, inputs, &[("stages", stages.into())]), expected);
    }

    #[test]
    fn commands_move_to_the_first_stage_of_their_kind() {
        check("win", &[], &["update opportunity#1 stage=#9"]);
        check("reopen", &[], &["update opportunity#1 stage=#9"]);
        check("reopen", &[("stage", id(5))], &["update opportunity#1 stage=#5"]);
        check(
            "invalidate",
            &[("note", "double".into())],
            &["update opportunity#1 stage=#9 lost_note=double"],
        );
        let reason = ("lost_reason", "price".into());
        check("lose", &[reason], &["update opportunity#1 stage=#9 lost_reason=price lost_note=-"]);
    }

    #[test]
    fn the_competitor_who_won_is_noted_once() {
        let inputs = [("lost_reason", "competitor".into()), ("competitor", id(4))];
        let lost = "update opportunity#1 stage=#9 lost_reason=competitor lost_note=-";
        check(
            "lose",
            &inputs,
            &[lost, "create opportunity_competitor#1001 opportunity=#1 competitor=#4 won=true"],
        );
        let stages = vec![record(&stage::object(), 9, &[])];
        let rivals = vec![record(&opportunity_competitor::object(), 6, &[])];
        let planned = Scene::new(opportunity::object()).plan(
            "lose",
            &inputs,
            &[("stages", stages), ("rivals", rivals)],
        );
        assert_eq!(planned, [lost, "update opportunity_competitor#6 won=true"]);
    }

    #[test]
    fn a_pipeline_without_such_a_stage_says_so() {
        let scene = Scene::new(opportunity::object()).set("pipeline", id(2));
        assert_eq!(scene.plan("win", &[], &[]), ["problem stage: step_missing"]);
    }
}
