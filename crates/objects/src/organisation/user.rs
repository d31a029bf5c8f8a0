//! Users: the people who work with the system. Their passwords and sessions are not fields: they are kept apart.

use model::fields::Field;
use model::fields::build::*;
use model::fields::opt;
use model::{Access, Object, View};

/// The declaration.
pub fn object() -> Object {
    let columns =
        ["name", "job_title", "department", "manager", "email", "phone", "roles", "active"];
    Object::new("user", "users", ("User", "用户"), ("Users", "用户"))
        .module("organisation", "user")
        .titled("name", Some("job_title"))
        .access(Access::everyone())
        .section("main", "User", "用户信息", main())
        .section(
            "place",
            "Place in the firm",
            "组织关系",
            vec![
                link("department", "department", "Department", "部门"),
                person("manager", "Manager", "直属上级"),
                links("roles", "role", "Roles", "角色"),
            ],
        )
        .section(
            "preferences",
            "Preferences",
            "偏好设置",
            vec![
                choice(
                    "locale",
                    "Language",
                    "语言",
                    [
                        opt("zh-CN", "Chinese (Simplified)", "简体中文"),
                        opt("en", "English", "英语"),
                    ],
                ),
                text("time_zone", "Time zone", "时区").default("Asia/Shanghai"),
            ],
        )
        .view(
            View::list("active", "Active users", "在职用户", &columns)
                .filter(r#"{"field":"active","op":"eq","value":true}"#)
                .sort(&["name"]),
        )
        .view(View::list("all", "All users", "全部用户", &columns).sort(&["name"]))
}

fn main() -> Vec<Field> {
    vec![
        name("name", "Name", "姓名").required().indexed(),
        email("email", "E-mail", "邮箱").required().unique(),
        phone("phone", "Phone", "电话"),
        text("job_title", "Job title", "职务"),
        yes_no("active", "Active", "启用").default(true).indexed(),
    ]
}
