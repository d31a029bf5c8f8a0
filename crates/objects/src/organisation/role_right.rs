//! Rights of a role: one action on one object, and whose records it reaches.

use model::fields::build::*;
use model::fields::opt;
use model::{Access, Object, View};

/// The declaration.
pub fn object() -> Object {
    Object::new("role_right", "role_rights", ("Right", "功能权限"), ("Rights", "功能权限"))
        .module("organisation", "shield")
        .titled("object", Some("action"))
        .access(Access::of_parent("role"))
        .hidden()
        .section(
            "main",
            "Right",
            "功能权限",
            vec![
                part_of("role", "role", "Role", "角色"),
                code("object", "Object", "对象").required().indexed().help(
                    "The object's name, or * for all that are not named.",
                    "对象名；* 表示未单独列出的所有对象。",
                ),
                choice(
                    "action",
                    "Action",
                    "操作",
                    [
                        opt("read", "Read", "查看"),
                        opt("create", "Create", "新建"),
                        opt("update", "Update", "编辑"),
                        opt("delete", "Delete", "删除"),
                        opt("import", "Import", "导入"),
                        opt("export", "Export", "导出"),
                    ],
                )
                .required(),
                choice(
                    "scope",
                    "Scope",
                    "数据范围",
                    [
                        opt("none", "None", "无权限"),
                        opt("own", "Own", "本人"),
                        opt("subordinates", "Own and subordinates'", "本人及下属"),
                        opt("department", "Own department's", "本部门"),
                        opt("department_below", "Own department's and below", "本部门及下级部门"),
                        opt("all", "All", "全部"),
                    ],
                )
                .required(),
            ],
        )
        .view(
            View::list("all", "All rights", "全部功能权限", &["role", "object", "action", "scope"])
                .sort(&["role", "object"]),
        )
}
