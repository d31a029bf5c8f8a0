//! Pipelines: the ways in which a firm sells. Their steps are stages.

use model::fields::build::*;
use model::{Access, Object, View};

/// The declaration.
pub fn object() -> Object {
    Object::new("pipeline", "pipelines", ("Pipeline", "销售流程"), ("Pipelines", "销售流程"))
        .module("sales", "stairs")
        .titled("name", Some("code"))
        .access(Access::everyone())
        .section(
            "main",
            "Pipeline",
            "销售流程",
            vec![
                text("name", "Name", "流程名称").required().search(),
                code("code", "Code", "流程编码").required().unique(),
                number_within("position", 0, 1_000, "Position", "顺序").required().default(0).help(
                    "New opportunities take the pipeline with the lowest position.",
                    "新建商机默认使用顺序最小的流程。",
                ),
                yes_no("active", "Active", "启用").default(true),
            ],
        )
        .view(
            View::list(
                "all",
                "All pipelines",
                "全部销售流程",
                &["position", "name", "code", "active"],
            )
            .sort(&["position"]),
        )
}
