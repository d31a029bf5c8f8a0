//! How an opportunity moves: what a new stage brings with it, asks for and leaves behind.

use jiff::Timestamp;
use model::draft::values;
use model::{Draft, Effect, Problem, Uuid, Value};

/// Takes status, probability and times from the stage.
pub fn prepare(draft: &mut Draft) {
    if !draft.changes("stage") {
        return;
    }
    // On a board of several pipelines one moves the stage only.
    if !draft.is_new() && !draft.changes("pipeline") {
        let pipeline = draft.linked("stage.pipeline").clone();
        draft.set("pipeline", pipeline);
    }
    if !draft.changes("probability") {
        let probability = draft.linked("stage.probability").clone();
        draft.set("probability", probability);
    }
    let status = stage_kind(draft).to_owned();
    draft.set("status", status.as_str());
    let moved_at = moved_at(draft, status != "open");
    draft.set("stage_since", moved_at);
    match status.as_str() {
        "open" => reopen(draft),
        _ => close(draft, &status, moved_at),
    }
}

fn stage_kind<'d>(draft: &'d Draft) -> &'d str {
    draft.linked("stage.kind").as_text().unwrap_or("open")
}

/// Now; but a deal recorded after it was closed closed on the day it names.
fn moved_at(draft: &Draft, closes: bool) -> Timestamp {
    let day = draft.get("close_on").as_date().filter(|day| *day < draft.now.today());
    match day {
        Some(day) if closes && draft.is_new() => draft.now.start_of(day),
        _ => draft.now.at,
    }
}

fn close(draft: &mut Draft, status: &str, moved_at: Timestamp) {
    if draft.changes("status") {
        draft.set("closed_at", moved_at);
        draft.set("forecast", if status == "won" { "closed" } else { "omitted" });
    }
    draft.fill("close_on", draft.now.today());
}

/// An open opportunity has no outcome, whatever became of it before.
fn reopen(draft: &mut Draft) {
    draft.set("closed_at", Value::Null);
    if draft.is_new() || !draft.changes("status") {
        return;
    }
    draft.set("lost_reason", Value::Null);
    draft.set("lost_note", Value::Null);
    if !draft.changes("forecast") {
        draft.set("forecast", "pipeline");
    }
}

/// Refuses a stage of another pipeline, one whose fields are missing, and a loss without a reason.
pub fn check(draft: &Draft) -> Vec<Problem> {
    let mut problems = Vec::new();
    let of = draft.linked("stage.pipeline");
    let moves = draft.changes("stage") || draft.changes("pipeline");
    if moves && !of.is_empty() && of != draft.get("pipeline") {
        problems.push(Problem::of("stage", "step_elsewhere"));
    }
    problems.extend(missing_fields(draft));
    let loses = !draft.is_new() && draft.changes("stage") && stage_kind(draft) == "lost";
    if loses && draft.get("lost_reason").is_empty() {
        problems.push(Problem::of("lost_reason", "required"));
    }
    problems
}

/// What the stage asks for must be there on entering it and may not be emptied in it. Deals recorded
/// after they were closed are taken as they are: nobody can ask for what was never noted.
fn missing_fields(draft: &Draft) -> Vec<Problem> {
    let is_history = draft.is_new() && stage_kind(draft) != "open";
    let enters = draft.changes("stage") && !is_history;
    let stage = draft.linked("stage.name").as_text().unwrap_or("");
    let names = draft.linked("stage.required_fields").as_text().unwrap_or("").split_whitespace();
    names
        .filter(|name| draft.object.field(name).is_some())
        .filter(|name| draft.get(name).is_empty() && (enters || draft.changes(name)))
        .map(|name| Problem::of(name, "step_needs").with("step", stage))
        .collect()
}

/// Keeps how long it stayed in the stage it leaves.
pub fn react(draft: &Draft, new_id: &dyn Fn() -> Uuid) -> Vec<Effect> {
    if draft.is_new() || !draft.changes("stage") {
        return Vec::new();
    }
    let left_at = draft.now.at;
    let entered_at = draft.was("stage_since").as_instant();
    let stayed = entered_at.map(|entered| left_at.duration_since(entered).as_secs().max(0));
    let by = Some(draft.actor).filter(|actor| !actor.is_nil());
    vec![Effect::Create {
        object: "stage_change".to_owned(),
        id: new_id(),
        values: values([
            ("opportunity", draft.id().into()),
            ("from_stage", draft.was("stage").clone()),
            ("to_stage", draft.get("stage").clone()),
            ("entered_at", entered_at.into()),
            ("left_at", left_at.into()),
            ("duration", stayed.into()),
            ("by", by.into()),
        ]),
    }]
}

#[cfg(test)]
mod tests {
    use crate::sales::opportunity::object;
    use crate::testing::{Scene, at, day, decimal, id};

    /// An opportunity in stage #3, open, since the 20th at 01:00 UTC.
    fn open() -> Scene {
        Scene::new(object())
            .set("pipeline", id(2))
            .set("stage", id(3))
            .set("status", "open")
            .set("probability", decimal("10"))
            .set("forecast", "pipeline")
            .set("stage_since", at("2026-11-20T01:00:00Z"))
            .stored()
    }

    fn to_stage(scene: Scene, stage: u128, kind: &str, probability: &str) -> Scene {
        scene
            .set("stage", id(stage))
            .linked("stage.kind", kind)
            .linked("stage.name", kind)
            .linked("stage.pipeline", id(2))
            .linked("stage.probability", decimal(probability))
    }

    #[track_caller]
    fn check(scene: &Scene, expected: &[(&str, &str)]) {
        for (field, value) in expected {
            assert_eq!(scene.get(field), *value, "{field}");
        }
    }

    #[test]
    fn a_new_opportunity_takes_after_its_stage() {
        let new = Scene::new(object()).set("pipeline", id(2)).set("forecast", "commit");
        let new = to_stage(new, 3, "open", "10").prepared();
        check(
            &new,
            &[
                ("status", "open"),
                ("probability", "10"),
                ("forecast", "commit"),
                ("stage_since", "2026-11-23T01:00:00Z"),
                ("closed_at", "-"),
            ],
        );
        assert_eq!(new.problems(), [""; 0]);
        assert_eq!(new.effects(), [""; 0]);
    }

    #[test]
    fn probability_follows_the_stage_unless_given() {
        check(&to_stage(open(), 4, "open", "60").prepared(), &[("probability", "60")]);
        let given = to_stage(open().set("probability", decimal("45")), 4, "open", "60");
        check(&given.prepared(), &[("probability", "45")]);
        let edited = open().set("probability", decimal("45")).stored().set("next_step", "Call");
        check(&edited.prepared(), &[("probability", "45")]);
    }

    #[test]
    fn winning_closes_and_reopening_opens() {
        let won = to_stage(open(), 8, "won", "100").prepared();
        check(
            &won,
            &[
                ("status", "won"),
                ("probability", "100"),
                ("forecast", "closed"),
                ("closed_at", "2026-11-23T01:00:00Z"),
                ("close_on", "2026-11-23"),
            ],
        );
        let again = to_stage(won.stored(), 3, "open", "10").prepared();
        check(&again, &[("status", "open"), ("forecast", "pipeline"), ("closed_at", "-")]);
    }

    #[test]
    fn a_loss_needs_a_reason_and_reopening_forgets_it() {
        let lost = to_stage(open(), 9, "lost", "0").prepared();
        assert_eq!(lost.problems(), ["lost_reason: required"]);
        let lost = to_stage(open().set("lost_reason", "price"), 9, "lost", "0").prepared();
        assert_eq!(lost.problems(), [""; 0]);
        check(&lost, &[("forecast", "omitted"), ("status", "lost")]);
        let again = to_stage(lost.stored(), 3, "open", "10").prepared();
        check(&again, &[("lost_reason", "-")]);
    }

    #[test]
    fn history_is_taken_as_it_is() {
        let old = Scene::new(object()).set("pipeline", id(2)).set("close_on", day("2017-03-01"));
        let old = to_stage(old, 9, "lost", "0").linked("stage.required_fields", "next_step");
        let old = old.prepared();
        check(
            &old,
            &[
                ("status", "lost"),
                ("close_on", "2017-03-01"),
                ("closed_at", "2017-02-28T16:00:00Z"),
            ],
        );
        assert_eq!(old.problems(), [""; 0]);
    }

    #[test]
    fn the_stage_is_one_of_the_pipeline() {
        let both = to_stage(open().set("pipeline", id(5)), 4, "open", "60").prepared();
        assert_eq!(both.problems(), ["stage: step_elsewhere"]);
        let moved = to_stage(open(), 4, "open", "60").linked("stage.pipeline", id(5)).prepared();
        assert_eq!(moved.problems(), [""; 0]);
        check(&moved, &[("pipeline", "#5")]);
    }

    #[test]
    fn a_stage_asks_for_its_fields() {
        let asks = |scene: Scene| scene.linked("stage.required_fields", "close_on next_step gone");
        let enters = asks(to_stage(open().set("next_step", "Offer"), 4, "open", "60")).prepared();
        assert_eq!(enters.problems(), ["close_on: step_needs"]);
        let stays = asks(open().set("name", "x"));
        assert_eq!(stays.problems(), [""; 0]);
        let empties = asks(open().set("close_on", day("2026-12-01")).stored());
        assert_eq!(
            empties.set("close_on", model::Value::Null).problems(),
            ["close_on: step_needs"]
        );
    }

    #[test]
    fn the_way_is_kept() {
        let moved = to_stage(open(), 4, "open", "60").prepared();
        assert_eq!(
            moved.effects(),
            ["create stage_change#1001 opportunity=#1 from_stage=#3 to_stage=#4 \
              entered_at=2026-11-20T01:00:00Z left_at=2026-11-23T01:00:00Z duration=259200 by=#7"]
        );
        assert_eq!(open().set("next_step", "Call").effects(), [""; 0]);
    }
}
