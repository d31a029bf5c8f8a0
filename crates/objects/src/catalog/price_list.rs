//! Price lists: what products cost for some customers or in some season.

use model::fields::build::*;
use model::{Access, Draft, Object, Problem, View};

/// The declaration.
pub fn object() -> Object {
    Object::new("price_list", "price_lists", ("Price list", "价目表"), ("Price lists", "价目表"))
        .module("catalog", "coin")
        .access(Access::everyone())
        .section(
            "main",
            "Price list",
            "价目表",
            vec![
                text("name", "Name", "价目表名称").required().search().indexed(),
                date("valid_from", "Valid from", "生效日期"),
                date("valid_to", "Valid to", "失效日期"),
                yes_no("active", "Active", "启用").default(true),
                yes_no("is_default", "Default", "默认价目表"),
            ],
        )
        .check(check)
        .view(
            View::list(
                "all",
                "All price lists",
                "全部价目表",
                &["name", "valid_from", "valid_to", "active", "is_default"],
            )
            .sort(&["name"]),
        )
}

fn check(draft: &Draft) -> Vec<Problem> {
    let ends = draft.get("valid_from").as_date().zip(draft.get("valid_to").as_date());
    if ends.is_some_and(|(from, to)| to < from) {
        return vec![Problem::of("valid_to", "period_backwards")];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, day};

    #[test]
    fn the_end_is_not_before_the_beginning() {
        let until = |to| {
            let list = Scene::new(object()).set("valid_from", day("2026-03-01"));
            list.set("valid_to", day(to)).problems()
        };
        assert_eq!(until("2026-02-28"), ["valid_to: period_backwards"]);
        assert_eq!(until("2026-03-01"), [""; 0]);
    }
}
