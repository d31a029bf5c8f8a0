//! Rights of a role to single fields. A field that is not named can be written.

use model::fields::build::*;
use model::fields::opt;
use model::{Access, Object, View};

/// The declaration.
pub fn object() -> Object {
    let one = ("Field right", "字段权限");
    Object::new("role_field_right", "role_field_rights", one, ("Field rights", "字段权限"))
        .module("organisation", "shield")
        .titled("field", Some("access"))
        .access(Access::of_parent("role"))
        .hidden()
        .section(
            "main",
            "Field right",
            "字段权限",
            vec![
                part_of("role", "role", "Role", "角色"),
                code("object", "Object", "对象").required().indexed(),
                code("field", "Field", "字段").required(),
                choice(
                    "access",
                    "Access",
                    "权限",
                    [
                        opt("hidden", "Hidden", "隐藏"),
                        opt("masked", "Masked", "脱敏"),
                        opt("read", "Read", "只读"),
                        opt("write", "Write", "可编辑"),
                    ],
                )
                .required(),
            ],
        )
        .view(
            View::list(
                "all",
                "All field rights",
                "全部字段权限",
                &["role", "object", "field", "access"],
            )
            .sort(&["role", "object", "field"]),
        )
}
