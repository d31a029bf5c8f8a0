//! Stages: the steps of a pipeline, with the chance of winning. Not the way of one opportunity: those are stage changes.

use model::fields::build::*;
use model::{Access, Draft, Object, View};

use crate::choices::stage_kinds;

/// The declaration.
pub fn object() -> Object {
    Object::new("stage", "stages", ("Stage", "销售阶段"), ("Stages", "销售阶段"))
        .module("sales", "flag")
        .titled("name", Some("kind"))
        .access(Access::everyone())
        .hidden()
        .section(
            "main",
            "Stage",
            "销售阶段",
            vec![
                text("name", "Name", "阶段名称").required().search(),
                part_of("pipeline", "pipeline", "Pipeline", "销售流程"),
                number_within("position", 0, 1_000, "Position", "顺序").required().indexed(),
                percent("probability", "Probability", "赢单概率").required(),
                choice("kind", "Kind", "阶段类型", stage_kinds())
                    .required()
                    .default("open")
                    .indexed(),
                number_within("rotting_days", 1, 3_650, "Days until it rots", "停滞提醒天数").help(
                    "An opportunity that stays longer is marked.",
                    "商机在此阶段停留超过该天数将被标记。",
                ),
                text("required_fields", "Required fields", "必填字段").help(
                    "Names of opportunity fields, separated by spaces.",
                    "进入此阶段必须填写的商机字段名，用空格分隔。",
                ),
            ],
        )
        .prepare(prepare)
        .view(
            View::list(
                "all",
                "All stages",
                "全部销售阶段",
                &["pipeline", "position", "name", "kind", "probability", "required_fields"],
            )
            .sort(&["pipeline", "position"]),
        )
}

/// One space between field names, none around them.
fn prepare(draft: &mut Draft) {
    let tidy = draft.text("required_fields").split_whitespace().collect::<Vec<_>>().join(" ");
    draft.set("required_fields", Some(tidy).filter(|names| !names.is_empty()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Scene;

    #[test]
    fn required_fields_are_kept_tidy() {
        let names = |typed| Scene::new(object()).set("required_fields", typed).prepared();
        assert_eq!(names("  amount\t close_on ").get("required_fields"), "amount close_on");
        assert_eq!(names(" ").get("required_fields"), "-");
    }
}
