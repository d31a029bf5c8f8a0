//! Saved views: a filter, columns and order that somebody keeps, alone, for their team or for all.

use model::fields::build::*;
use model::fields::opt;
use model::{Access, Filter, Object, View};

/// The declaration.
pub fn object() -> Object {
    let access = Access::owned()
        .unshared()
        .open(Filter::eq("shared", "all"))
        .team(Filter::eq("shared", "team"));
    Object::new("saved_view", "saved_views", ("Saved view", "视图"), ("Saved views", "视图"))
        .module("system", "list")
        .titled("name", Some("object"))
        .access(access)
        .hidden()
        .section(
            "main",
            "View",
            "视图",
            vec![
                text("name", "Name", "视图名称").required(),
                code("object", "Object", "对象").required().indexed(),
                choice(
                    "kind",
                    "Kind",
                    "视图类型",
                    [
                        opt("list", "List", "列表"),
                        opt("board", "Board", "看板"),
                        opt("calendar", "Calendar", "日历"),
                    ],
                )
                .required()
                .default("list"),
                choice(
                    "shared",
                    "For",
                    "共享范围",
                    [
                        opt("me", "Me", "仅自己"),
                        opt("team", "My team", "我的团队"),
                        opt("all", "Everybody", "所有人"),
                    ],
                )
                .required()
                .default("me")
                .indexed(),
                yes_no("pinned", "Pinned", "固定"),
                long_text("filter", "Filter", "筛选条件"),
                long_text("columns", "Columns", "显示列"),
                text("sort", "Order", "排序"),
                code("group", "Grouped by", "分组字段"),
                code("sum", "Sum of", "汇总字段"),
                code("date", "Placed by", "日期字段"),
                owner(),
            ],
        )
        .view(View::list(
            "all",
            "All views",
            "全部视图",
            &["name", "object", "kind", "shared", "pinned", "owner"],
        ))
}
