//! Settings of the workspace, by key. What each key means is known to whoever reads it.

use model::fields::build::*;
use model::{Access, Object, View};

/// The declaration.
pub fn object() -> Object {
    Object::new("setting", "settings", ("Setting", "设置"), ("Settings", "设置"))
        .module("system", "settings")
        .access(Access::by_role())
        .section(
            "main",
            "Setting",
            "设置",
            vec![
                code("name", "Key", "键").required().unique().search(),
                long_text("value", "Value", "值"),
            ],
        )
        .view(View::list("all", "All settings", "全部设置", &["name", "value"]).sort(&["name"]))
}
