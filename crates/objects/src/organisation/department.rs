//! Departments: the tree of the firm, along which rights reach.

use model::fields::build::*;
use model::{Access, Draft, Object, Problem, View};

/// The declaration.
pub fn object() -> Object {
    Object::new("department", "departments", ("Department", "部门"), ("Departments", "部门"))
        .module("organisation", "sitemap")
        .titled("name", Some("code"))
        .access(Access::everyone())
        .section(
            "main",
            "Department",
            "部门",
            vec![
                name("name", "Name", "部门名称").required().indexed(),
                code("code", "Code", "部门编码").search(),
                link("parent", "department", "Parent department", "上级部门"),
                person("manager", "Manager", "部门负责人"),
            ],
        )
        .check(check)
        .view(
            View::list(
                "all",
                "All departments",
                "全部部门",
                &["name", "code", "parent", "manager"],
            )
            .sort(&["name"]),
        )
}

fn check(draft: &Draft) -> Vec<Problem> {
    if draft.get("parent").as_id() == Some(draft.id()) {
        return vec![Problem::of("parent", "loop")];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, id};

    #[test]
    fn a_department_is_not_its_own_parent() {
        let problems = |parent| Scene::new(object()).set("parent", id(parent)).problems();
        assert_eq!(problems(1), ["parent: loop"]);
        assert_eq!(problems(2), [""; 0]);
    }
}
