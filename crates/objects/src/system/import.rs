//! Imports: files taken into records, with how far they are and what became of their rows.

use model::fields::build::*;
use model::fields::{Field, opt};
use model::{Access, Object, View};

use crate::choices::run_states;

/// The declaration.
pub fn object() -> Object {
    let mut states = run_states().to_vec();
    states.push(opt("undone", "Undone", "已撤销").color("purple"));
    Object::new("import", "imports", ("Import", "导入"), ("Imports", "导入"))
        .module("system", "database-import")
        .titled("name", Some("object"))
        .access(Access::owned().unshared())
        .by_system()
        .section(
            "main",
            "Import",
            "导入",
            vec![
                text("name", "Name", "名称").required(),
                code("object", "Object", "对象").read_only().indexed(),
                choice("status", "Status", "状态", states).default("waiting").read_only().indexed(),
                yes_no("dry_run", "Trial run", "试运行").read_only(),
                link("file", "file", "File", "文件").read_only(),
                long_text("mapping", "Mapping", "字段映射").read_only(),
                text("error", "Error", "错误信息").read_only(),
                instant("started_at", "Started at", "开始时间").read_only(),
                instant("finished_at", "Finished at", "完成时间").read_only(),
                owner(),
            ],
        )
        .section("rows", "Rows", "行数统计", rows())
        .view(View::list(
            "all",
            "All imports",
            "全部导入",
            &[
                "name",
                "object",
                "status",
                "dry_run",
                "rows_total",
                "rows_done",
                "rows_failed",
                "owner",
            ],
        ))
}

fn rows() -> Vec<Field> {
    let count = |name, en, zh| number(name, en, zh).default(0).read_only();
    vec![
        count("rows_total", "Rows", "总行数"),
        count("rows_done", "Done", "已处理"),
        count("rows_created", "Created", "新建"),
        count("rows_updated", "Updated", "更新"),
        count("rows_skipped", "Skipped", "跳过"),
        count("rows_failed", "Failed", "失败"),
    ]
}
