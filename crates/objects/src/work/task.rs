//! Tasks: what somebody is to do by a day. Not what was done: that is an activity.

use model::command::Tone;
use model::draft::values;
use model::fields::build::*;
use model::fields::{Field, opt};
use model::{Access, Command, CommandContext, Draft, Effect, Object, Problem, Value, View};

use crate::links::follow_account;

/// The declaration.
pub fn object() -> Object {
    Object::new("task", "tasks", ("Task", "任务"), ("Tasks", "任务"))
        .module("work", "checklist")
        .in_timeline("created_at")
        .titled("subject", Some("due_on"))
        .access(Access::owned().through(&["account", "opportunity"]))
        .section("main", "Task", "任务", main())
        .section(
            "about",
            "About",
            "关联对象",
            vec![
                link("account", "account", "Account", "客户"),
                link("contact", "contact", "Contact", "联系人"),
                link("lead", "lead", "Lead", "线索"),
                link("opportunity", "opportunity", "Opportunity", "商机"),
            ],
        )
        .reads(&["contact.account", "opportunity.account"])
        .prepare(prepare)
        .command(
            Command::new("complete", "Complete", "完成", complete)
                .when(r#"status == "open""#)
                .tone(Tone::Positive),
        )
        .command(Command::new("reopen", "Reopen", "重新打开", reopen).when(r#"status != "open""#))
        .view(list("today", "Today", "今日待办", Some(TODAY)))
        .view(list("overdue", "Overdue", "已逾期", Some(OVERDUE)))
        .view(list("mine", "My open tasks", "我的待办", Some(MINE_OPEN)))
        .view(list("all", "All tasks", "全部任务", None))
        .view(View::calendar(
            "calendar",
            "Calendar",
            "日历",
            "due_on",
            &["subject", "status", "account"],
        ))
        .view(View::board(
            "status",
            "By status",
            "状态看板",
            "status",
            &["subject", "due_on", "priority", "account", "owner"],
        ))
}

const TODAY: &str = r#"{"and":[{"field":"owner","op":"eq","value":"me"},
    {"field":"status","op":"eq","value":"open"},{"field":"due_on","op":"within","value":"today"}]}"#;
const OVERDUE: &str = r#"{"and":[{"field":"owner","op":"eq","value":"me"},
    {"field":"status","op":"eq","value":"open"},{"field":"due_on","op":"within","value":"overdue"}]}"#;
const MINE_OPEN: &str = r#"{"and":[{"field":"owner","op":"eq","value":"me"},
    {"field":"status","op":"eq","value":"open"}]}"#;

fn list(name: &str, en: &str, zh: &str, filter: Option<&str>) -> View {
    let columns = ["subject", "due_on", "priority", "status", "account", "opportunity", "owner"];
    let view = View::list(name, en, zh, &columns).sort(&["due_on"]);
    match filter {
        Some(filter) => view.filter(filter),
        None => view,
    }
}

fn main() -> Vec<Field> {
    vec![
        text("subject", "Subject", "主题").required().search(),
        choice(
            "kind",
            "Kind",
            "任务类型",
            [
                opt("todo", "To do", "待办"),
                opt("contact", "Get in touch", "联系客户"),
                opt("call", "Call", "电话"),
                opt("visit", "Visit", "拜访"),
                opt("mail", "E-mail", "邮件"),
            ],
        )
        .required()
        .default("todo"),
        choice(
            "status",
            "Status",
            "状态",
            [
                opt("open", "Open", "待办").color("blue"),
                opt("done", "Done", "已完成").color("green"),
                opt("cancelled", "Cancelled", "已取消").color("gray"),
            ],
        )
        .required()
        .default("open")
        .indexed(),
        choice(
            "priority",
            "Priority",
            "优先级",
            [
                opt("low", "Low", "低").color("gray"),
                opt("normal", "Normal", "普通").color("blue"),
                opt("high", "High", "高").color("red"),
            ],
        )
        .required()
        .default("normal"),
        date("due_on", "Due", "截止日期").indexed(),
        instant("done_at", "Done at", "完成时间").read_only(),
        owner(),
        long_text("description", "Description", "描述"),
    ]
}

fn prepare(draft: &mut Draft) {
    follow_account(draft);
    if draft.text("status") == "done" {
        draft.fill("done_at", draft.now.at);
    } else {
        draft.set("done_at", Value::Null);
    }
}

fn complete(context: &CommandContext) -> Result<Vec<Effect>, Vec<Problem>> {
    Ok(vec![status(context, "done")])
}

fn reopen(context: &CommandContext) -> Result<Vec<Effect>, Vec<Problem>> {
    Ok(vec![status(context, "open")])
}

fn status(context: &CommandContext, status: &str) -> Effect {
    Effect::Update {
        object: "task".to_owned(),
        id: context.record.id(),
        values: values([("status", status.into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, at, id};

    #[test]
    fn done_at_says_when() {
        let open = Scene::new(object()).set("status", "open").prepared();
        assert_eq!(open.get("done_at"), "-");
        let done = open.stored().set("status", "done").prepared();
        assert_eq!(done.get("done_at"), "2026-11-23T01:00:00Z");
        let edited =
            Scene::new(object()).set("status", "done").set("done_at", at("2026-11-01T00:00:00Z"));
        assert_eq!(edited.stored().prepared().get("done_at"), "2026-11-01T00:00:00Z");
        assert_eq!(done.stored().set("status", "open").prepared().get("done_at"), "-");
    }

    #[test]
    fn a_task_of_an_opportunity_is_one_of_its_account() {
        let task =
            Scene::new(object()).set("opportunity", id(2)).linked("opportunity.account", id(3));
        assert_eq!(task.prepared().get("account"), "#3");
    }

    #[test]
    fn commands_complete_and_reopen() {
        let task = Scene::new(object());
        assert_eq!(task.plan("complete", &[], &[]), ["update task#1 status=done"]);
        assert_eq!(task.plan("reopen", &[], &[]), ["update task#1 status=open"]);
    }
}
