//! Teams: users of several departments who work together. They give no rights.

use model::fields::build::*;
use model::{Access, Object, View};

/// The declaration.
pub fn object() -> Object {
    Object::new("team", "teams", ("Team", "团队"), ("Teams", "团队"))
        .module("organisation", "users-group")
        .titled("name", Some("lead"))
        .access(Access::everyone())
        .section(
            "main",
            "Team",
            "团队",
            vec![
                name("name", "Name", "团队名称").required().indexed(),
                person("lead", "Team lead", "团队负责人"),
                links("members", "user", "Members", "成员"),
                long_text("description", "Description", "描述"),
            ],
        )
        .view(
            View::list("all", "All teams", "全部团队", &["name", "lead", "members"])
                .sort(&["name"]),
        )
}
