//! Roles: what a group of users may do. The rights themselves are parts of it.

use model::fields::build::*;
use model::{Access, Object, View};

/// The declaration.
pub fn object() -> Object {
    Object::new("role", "roles", ("Role", "角色"), ("Roles", "角色"))
        .module("organisation", "shield")
        .titled("name", Some("code"))
        .access(Access::everyone())
        .section(
            "main",
            "Role",
            "角色",
            vec![
                text("name", "Name", "角色名称").required().search().indexed(),
                code("code", "Code", "角色编码").required().unique(),
                long_text("description", "Description", "描述"),
            ],
        )
        .view(
            View::list("all", "All roles", "全部角色", &["name", "code", "description"])
                .sort(&["name"]),
        )
}
