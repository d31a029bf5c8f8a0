//! Exports: records taken away in a file, with how far they are.

use model::fields::build::*;
use model::fields::opt;
use model::{Access, Object, View};

use crate::choices::run_states;

/// The declaration.
pub fn object() -> Object {
    Object::new("export", "exports", ("Export", "导出"), ("Exports", "导出"))
        .module("system", "database-export")
        .titled("name", Some("object"))
        .access(Access::owned().unshared())
        .by_system()
        .section(
            "main",
            "Export",
            "导出",
            vec![
                text("name", "Name", "名称").required(),
                code("object", "Object", "对象").indexed(),
                choice(
                    "format",
                    "Format",
                    "文件格式",
                    [
                        opt("csv", "CSV", "CSV"),
                        opt("xlsx", "Excel", "Excel"),
                        opt("jsonl", "JSON lines", "JSON 行"),
                        opt("vcf", "vCard", "vCard"),
                    ],
                ),
                choice("status", "Status", "状态", run_states()).default("waiting").indexed(),
                number("rows_total", "Rows", "总行数").default(0),
                number("rows_done", "Done", "已处理").default(0),
                number("size", "Size in bytes", "大小（字节）"),
                long_text("query", "Query", "查询条件"),
                text("error", "Error", "错误信息"),
                instant("finished_at", "Finished at", "完成时间"),
                owner(),
            ],
        )
        .view(View::list(
            "all",
            "All exports",
            "全部导出",
            &["name", "object", "format", "status", "rows_done", "size", "finished_at", "owner"],
        ))
}
