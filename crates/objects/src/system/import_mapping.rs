//! Import mappings: which column of a file goes into which field, kept for the next file of the kind.

use model::fields::build::*;
use model::{Access, Object, View};

/// The declaration.
pub fn object() -> Object {
    let one = ("Import mapping", "导入映射");
    Object::new("import_mapping", "import_mappings", one, ("Import mappings", "导入映射"))
        .module("system", "database-import")
        .titled("name", Some("object"))
        .access(Access::everyone())
        .hidden()
        .section(
            "main",
            "Import mapping",
            "导入映射",
            vec![
                text("name", "Name", "名称").required(),
                code("object", "Object", "对象").required().indexed(),
                long_text("mapping", "Mapping", "字段映射").required(),
            ],
        )
        .view(View::list("all", "All mappings", "全部映射", &["name", "object"]))
}
