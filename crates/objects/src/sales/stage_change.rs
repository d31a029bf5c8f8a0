//! Stage changes: the way of an opportunity through its pipeline, with how long it stayed. Written by the opportunity.

use model::fields::build::*;
use model::{Access, Draft, Object, View};

/// The declaration.
pub fn object() -> Object {
    let one = ("Stage change", "阶段变更");
    Object::new("stage_change", "stage_changes", one, ("Stage changes", "阶段变更"))
        .module("sales", "stairs")
        .titled("summary", Some("left_at"))
        .access(Access::of_parent("opportunity"))
        .by_system()
        .hidden()
        .section(
            "main",
            "Stage change",
            "阶段变更",
            vec![
                text("summary", "Change", "变更内容"),
                part_of("opportunity", "opportunity", "Opportunity", "商机"),
                link("from_stage", "stage", "From", "原阶段"),
                link("to_stage", "stage", "To", "新阶段"),
                instant("entered_at", "Entered at", "进入原阶段时间"),
                instant("left_at", "Left at", "离开原阶段时间").indexed(),
                duration("duration", "Time in stage", "停留时长"),
                person("by", "By", "操作人"),
            ],
        )
        .reads(&["from_stage.name", "to_stage.name"])
        .prepare(prepare)
        .view(
            View::list(
                "all",
                "All stage changes",
                "全部阶段变更",
                &["left_at", "opportunity", "from_stage", "to_stage", "duration", "by"],
            )
            .sort(&["-left_at"]),
        )
}

/// The names are kept as they were: a stage may be renamed later.
fn prepare(draft: &mut Draft) {
    let stage = |path| draft.linked(path).as_text().unwrap_or("–").to_owned();
    let summary = format!("{} → {}", stage("from_stage.name"), stage("to_stage.name"));
    draft.fill("summary", summary);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Scene;

    #[test]
    fn the_summary_names_both_stages() {
        let change = Scene::new(object()).linked("from_stage.name", "新商机");
        let change = change.linked("to_stage.name", "谈判").prepared();
        assert_eq!(change.get("summary"), "新商机 → 谈判");
        assert_eq!(
            change.stored().linked("to_stage.name", "x").prepared().get("summary"),
            "新商机 → 谈判"
        );
    }
}
