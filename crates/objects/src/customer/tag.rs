//! Tags: words of the firm's own, put on records of many objects.

use model::fields::build::*;
use model::fields::opt;
use model::{Access, Object, View};

/// The declaration.
pub fn object() -> Object {
    Object::new("tag", "tags", ("Tag", "标签"), ("Tags", "标签"))
        .module("customer", "tags")
        .access(Access::everyone())
        .section(
            "main",
            "Tag",
            "标签",
            vec![
                name("name", "Name", "标签名称").required().unique().indexed(),
                choice(
                    "color",
                    "Colour",
                    "颜色",
                    [
                        opt("gray", "Gray", "灰色").color("gray"),
                        opt("blue", "Blue", "蓝色").color("blue"),
                        opt("teal", "Teal", "青色").color("teal"),
                        opt("green", "Green", "绿色").color("green"),
                        opt("yellow", "Yellow", "黄色").color("yellow"),
                        opt("orange", "Orange", "橙色").color("orange"),
                        opt("red", "Red", "红色").color("red"),
                        opt("violet", "Violet", "紫色").color("violet"),
                    ],
                )
                .default("gray"),
            ],
        )
        .view(View::list("all", "All tags", "全部标签", &["name", "color"]).sort(&["name"]))
}
