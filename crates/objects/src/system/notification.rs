//! Notifications: what somebody is to know: they were mentioned, something was given to them, their work is done.

use model::fields::build::*;
use model::fields::opt;
use model::{Access, Object, View};

use crate::filters::MINE;

/// The declaration.
pub fn object() -> Object {
    let columns = ["at", "kind", "title", "about", "actor", "read_at"];
    Object::new(
        "notification",
        "notifications",
        ("Notification", "通知"),
        ("Notifications", "通知"),
    )
    .module("system", "bell")
    .titled("title", Some("kind"))
    .access(Access::owned().unshared())
    .by_system()
    .hidden()
    .section(
        "main",
        "Notification",
        "通知",
        vec![
            choice(
                "kind",
                "Why",
                "类型",
                [
                    opt("mention", "You were mentioned", "有人提到您").color("blue"),
                    opt("assigned", "Given to you", "分配给您").color("green"),
                    opt("done", "Finished", "任务完成").color("teal"),
                    opt("failed", "Failed", "任务失败").color("red"),
                ],
            )
            .required()
            .indexed(),
            text("title", "Title", "标题").required(),
            instant("at", "When", "时间").required().default_now().indexed(),
            any_link("about", "About", "关联记录"),
            code("object", "Object", "对象"),
            number("count", "Records", "记录数").default(1),
            person("actor", "By", "操作人"),
            instant("read_at", "Read at", "阅读时间").indexed(),
            owner(),
        ],
    )
    .view(View::list("mine", "My notifications", "我的通知", &columns).filter(MINE).sort(&["-at"]))
}
