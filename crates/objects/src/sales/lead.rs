//! Leads: people who may become customers, before anybody knows. Fields and rules here, conversion in `convert`.

mod convert;

use model::command::Tone;
use model::draft::values;
use model::fields::build::*;
use model::fields::{Field, opt};
use model::{Access, Command, CommandContext, Draft, Effect, Object, Problem, Rollup, Value, View};

use crate::choices::{industries, sources};
use crate::filters::{MINE, contacts};

/// The declaration.
pub fn object() -> Object {
    let columns =
        ["name", "company", "status", "rating", "source", "mobile", "last_contact_at", "owner"];
    let list = |name, en, zh| View::list(name, en, zh, &columns);
    Object::new("lead", "leads", ("Lead", "线索"), ("Leads", "线索"))
        .module("sales", "filter")
        .titled("name", Some("company"))
        .access(Access::owned())
        .section("main", "Lead", "线索信息", main())
        .section("reach", "Contact details", "联系方式", reach())
        .section("address", "Address", "地址", address_fields())
        .section("outcome", "Outcome", "转化结果", outcome())
        .prepare(prepare)
        .check(check)
        .command(convert::command())
        .command(
            Command::new("recycle", "Recycle", "退回", recycle)
                .when(r#"status != "converted" && status != "recycled""#),
        )
        .command(
            Command::new("kill", "Mark as dead", "标记无效", kill)
                .when(r#"status != "converted" && status != "dead""#)
                .tone(Tone::Negative)
                .inputs([text("reason", "Reason", "原因").required()]),
        )
        .view(list("all", "All leads", "全部线索"))
        .view(list("mine", "My leads", "我的线索").filter(MINE))
        .view(
            list("open", "Open leads", "待跟进线索")
                .filter(r#"{"field":"status","op":"in","value":["new","assigned","in_process"]}"#),
        )
        .view(View::board(
            "status",
            "By status",
            "状态看板",
            "status",
            &["name", "company", "rating", "source", "owner"],
        ))
}

fn main() -> Vec<Field> {
    vec![
        name("name", "Name", "姓名").required().indexed(),
        name("company", "Company", "公司名称").indexed(),
        text("job_title", "Job title", "职务"),
        choice(
            "status",
            "Status",
            "状态",
            [
                opt("new", "New", "新线索").color("blue"),
                opt("assigned", "Assigned", "已分配").color("indigo"),
                opt("in_process", "In process", "跟进中").color("teal"),
                opt("converted", "Converted", "已转化").color("green"),
                opt("recycled", "Recycled", "已退回").color("yellow"),
                opt("dead", "Dead", "无效").color("gray"),
            ],
        )
        .required()
        .default("new")
        .indexed(),
        choice(
            "rating",
            "Rating",
            "意向程度",
            [
                opt("hot", "Hot", "高意向").color("red"),
                opt("warm", "Warm", "中意向").color("orange"),
                opt("cold", "Cold", "低意向").color("blue"),
            ],
        )
        .indexed(),
        choice("source", "Source", "线索来源", sources()).indexed(),
        choice("industry", "Industry", "行业", industries()).indexed(),
        long_text("requirement", "Requirement", "需求描述").search(),
        code("external_id", "External ID", "外部编号").unique().search(),
        owner(),
        tags(),
    ]
}

fn reach() -> Vec<Field> {
    vec![
        phone("mobile", "Mobile", "手机").personal().indexed(),
        phone("phone", "Phone", "电话"),
        email("email", "E-mail", "邮箱").indexed(),
        code("wechat", "WeChat", "微信").personal().search(),
    ]
}

fn outcome() -> Vec<Field> {
    vec![
        rollup(
            instant("last_contact_at", "Last contact", "最近跟进时间"),
            Rollup::max("activity", "lead", "at").only(contacts()),
        )
        .indexed(),
        text("dead_reason", "Reason", "无效原因"),
        instant("converted_at", "Converted at", "转化时间").read_only().indexed(),
        link("converted_account", "account", "Account", "转化的客户").read_only(),
        link("converted_contact", "contact", "Contact", "转化的联系人").read_only(),
        link("converted_opportunity", "opportunity", "Opportunity", "转化的商机").read_only(),
    ]
}

/// A lead given to somebody else is assigned; one that leaves the dead is dead for no reason any more.
fn prepare(draft: &mut Draft) {
    let owner = draft.get("owner").as_id();
    let is_given = draft.changes("owner") && owner.is_some_and(|owner| owner != draft.actor);
    if is_given && matches!(draft.text("status"), "new" | "recycled") {
        draft.set("status", "assigned");
    }
    if draft.text("status") != "dead" {
        draft.set("dead_reason", Value::Null);
    }
}

/// What a converted lead says of the customer is history: the account and contact go on from there.
const KEPT: [&str; 15] = [
    "name",
    "company",
    "job_title",
    "status",
    "rating",
    "source",
    "industry",
    "requirement",
    "mobile",
    "phone",
    "email",
    "wechat",
    "country",
    "region",
    "city",
];

fn check(draft: &Draft) -> Vec<Problem> {
    if draft.is_new() {
        return Vec::new();
    }
    if draft.was("status").as_text() == Some("converted") {
        let changed = KEPT.into_iter().filter(|field| draft.changes(field));
        return changed.map(|field| Problem::of(field, "finished")).collect();
    }
    let mut problems = Vec::new();
    // Only the command fills the link.
    if draft.text("status") == "converted" && !draft.changes("converted_account") {
        problems.push(Problem::of("status", "by_command"));
    }
    let dies = draft.changes("status") && draft.text("status") == "dead";
    if dies && draft.get("dead_reason").is_empty() {
        problems.push(Problem::of("dead_reason", "required"));
    }
    problems
}

fn update(context: &CommandContext, fields: Vec<(String, Value)>) -> Vec<Effect> {
    vec![Effect::Update { object: "lead".to_owned(), id: context.record.id(), values: fields }]
}

fn recycle(context: &CommandContext) -> Result<Vec<Effect>, Vec<Problem>> {
    Ok(update(context, values([("status", "recycled".into())])))
}

fn kill(context: &CommandContext) -> Result<Vec<Effect>, Vec<Problem>> {
    let reason = context.input("reason").clone();
    Ok(update(context, values([("status", "dead".into()), ("dead_reason", reason)])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, id};

    fn lead(status: &str) -> Scene {
        Scene::new(object()).set("name", "王芳").set("owner", id(7)).set("status", status)
    }

    #[test]
    fn a_lead_given_away_is_assigned() {
        assert_eq!(lead("new").prepared().get("status"), "new");
        let given = lead("new").set("owner", id(8)).prepared();
        assert_eq!(given.get("status"), "assigned");
        assert_eq!(
            lead("recycled").stored().set("owner", id(8)).prepared().get("status"),
            "assigned"
        );
        assert_eq!(
            lead("in_process").stored().set("owner", id(8)).prepared().get("status"),
            "in_process"
        );
    }

    #[track_caller]
    fn check(scene: Scene, problems: &[&str]) {
        assert_eq!(scene.problems(), problems);
    }

    #[test]
    fn leads_are_converted_by_the_command_only_and_once() {
        check(lead("new").stored().set("status", "converted"), &["status: by_command"]);
        let converted = lead("new").stored().set("status", "converted");
        check(converted.set("converted_account", id(2)), &[]);
        check(lead("converted"), &[]);
        let converted = || lead("converted").set("converted_account", id(2)).stored();
        check(converted().set("status", "new"), &["status: finished"]);
        check(converted().set("name", "x").set("city", "y"), &["name: finished", "city: finished"]);
        check(converted().set("owner", id(8)), &[]);
    }

    #[test]
    fn a_dead_lead_says_why() {
        check(lead("new").stored().set("status", "dead"), &["dead_reason: required"]);
        let dead = lead("new").stored().set("status", "dead").set("dead_reason", "wrong number");
        assert_eq!(dead.problems(), [""; 0]);
        assert_eq!(dead.stored().set("status", "new").prepared().get("dead_reason"), "-");
    }

    #[test]
    fn commands_recycle_and_kill() {
        assert_eq!(lead("new").plan("recycle", &[], &[]), ["update lead#1 status=recycled"]);
        assert_eq!(
            lead("new").plan("kill", &[("reason", "no money".into())], &[]),
            ["update lead#1 status=dead dead_reason=no money"]
        );
    }
}
