//! Bulk changes: one act on many records, kept so that it can be undone.

use model::fields::build::*;
use model::{Access, Object, View};

/// The declaration.
pub fn object() -> Object {
    Object::new("bulk", "bulks", ("Bulk change", "批量操作"), ("Bulk changes", "批量操作"))
        .module("system", "clipboard-list")
        .titled("name", Some("object"))
        .access(Access::owned().unshared())
        .by_system()
        .section(
            "main",
            "Bulk change",
            "批量操作",
            vec![
                text("name", "Name", "名称"),
                code("object", "Object", "对象").indexed(),
                code("action", "Action", "操作"),
                number("rows_done", "Done", "成功").default(0),
                number("rows_failed", "Failed", "失败").default(0),
                instant("undone_at", "Undone at", "撤销时间"),
                owner(),
            ],
        )
        .view(View::list(
            "all",
            "All bulk changes",
            "全部批量操作",
            &["name", "object", "action", "rows_done", "rows_failed", "undone_at", "owner"],
        ))
}
