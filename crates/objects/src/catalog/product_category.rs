//! Product categories: a tree in which products stand.

use model::fields::build::*;
use model::{Access, Draft, Object, Problem, View};

/// The declaration.
pub fn object() -> Object {
    let one = ("Product category", "产品分类");
    Object::new("product_category", "product_categories", one, ("Product categories", "产品分类"))
        .module("catalog", "category")
        .access(Access::everyone())
        .section(
            "main",
            "Category",
            "产品分类",
            vec![
                name("name", "Name", "分类名称").required().indexed(),
                link("parent", "product_category", "Parent category", "上级分类"),
            ],
        )
        .check(check)
        .view(View::list("all", "All categories", "全部分类", &["name", "parent"]).sort(&["name"]))
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
    fn a_category_is_not_its_own_parent() {
        let problems = |parent| Scene::new(object()).set("parent", id(parent)).problems();
        assert_eq!(problems(1), ["parent: loop"]);
        assert_eq!(problems(2), [""; 0]);
    }
}
