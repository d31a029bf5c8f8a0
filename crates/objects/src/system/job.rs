//! Jobs: work done in the background, leased, retried and kept when it fails.

use model::fields::Field;
use model::fields::build::*;
use model::fields::opt;
use model::{Access, Object, View};

/// The declaration.
pub fn object() -> Object {
    let columns = ["kind", "status", "attempts", "run_at", "finished_at", "error"];
    Object::new("job", "jobs", ("Job", "后台任务"), ("Jobs", "后台任务"))
        .module("system", "clock")
        .titled("kind", Some("status"))
        .access(Access::by_role())
        .by_system()
        .section("main", "Job", "后台任务", main().into_iter().map(Field::read_only).collect())
        .view(View::list("all", "All jobs", "全部后台任务", &columns))
        .view(
            View::list("failed", "Failed", "失败的任务", &columns)
                .filter(r#"{"field":"status","op":"in","value":["failed","dead"]}"#),
        )
}

fn main() -> Vec<Field> {
    vec![
        code("kind", "Kind", "任务类型").indexed(),
        choice(
            "status",
            "Status",
            "状态",
            [
                opt("waiting", "Waiting", "等待中").color("gray"),
                opt("running", "Running", "进行中").color("blue"),
                opt("done", "Done", "已完成").color("green"),
                opt("failed", "Failed, will be retried", "失败（将重试）").color("orange"),
                opt("dead", "Given up", "已放弃").color("red"),
            ],
        )
        .default("waiting")
        .indexed(),
        long_text("payload", "Payload", "任务内容"),
        number("attempts", "Attempts", "尝试次数").default(0),
        instant("run_at", "Run at", "计划执行时间").indexed(),
        instant("lease_until", "Leased until", "租约到期时间").indexed(),
        percent("progress", "Progress", "进度"),
        text("error", "Error", "错误信息"),
        instant("finished_at", "Finished at", "完成时间"),
    ]
}
