//! Activities: what was done with a customer, a follow-up record each. Not what is to be done: that is a task.

use model::draft::values;
use model::fields::build::*;
use model::fields::{Field, opt};
use model::{Access, Draft, Effect, Object, Problem, Uuid, View};

use crate::filters::MINE;
use crate::links::follow_account;

/// The declaration.
pub fn object() -> Object {
    let columns = ["at", "kind", "subject", "account", "contact", "opportunity", "result", "owner"];
    Object::new("activity", "activities", ("Activity", "跟进记录"), ("Activities", "跟进记录"))
        .module("work", "activity")
        .in_timeline("at")
        .titled("subject", Some("kind"))
        .access(Access::owned().through(&["account", "contact", "lead", "opportunity"]))
        .section("main", "Activity", "跟进内容", main())
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
        .reads(&["contact.account", "opportunity.account", "lead.status"])
        .prepare(follow_account)
        .check(check)
        .react(react)
        .view(View::list("all", "All activities", "全部跟进记录", &columns).sort(&["-at"]))
        .view(
            View::list("mine", "My activities", "我的跟进记录", &columns)
                .filter(MINE)
                .sort(&["-at"]),
        )
        .view(View::calendar("calendar", "Calendar", "日历", "at", &["subject", "kind", "account"]))
}

fn main() -> Vec<Field> {
    vec![
        text("subject", "Subject", "主题").required().search(),
        choice(
            "kind",
            "Kind",
            "跟进方式",
            [
                opt("call", "Call", "电话").color("blue"),
                opt("visit", "Visit", "上门拜访").color("green"),
                opt("mail", "E-mail", "邮件").color("teal"),
                opt("meeting", "Meeting", "会议").color("purple"),
                opt("chat", "Chat", "微信/在线沟通").color("yellow"),
                opt("note", "Note", "备注").color("gray"),
            ],
        )
        .required()
        .default("call")
        .indexed(),
        instant("at", "When", "跟进时间").required().default_now().indexed(),
        duration("duration", "Duration", "时长"),
        choice(
            "direction",
            "Direction",
            "方向",
            [opt("out", "Outgoing", "主动联系"), opt("in", "Incoming", "客户来访/来电")],
        ),
        choice(
            "result",
            "Result",
            "跟进结果",
            [
                opt("reached", "Reached", "已联系上").color("blue"),
                opt("no_answer", "No answer", "未接通").color("gray"),
                opt("interested", "Interested", "有意向").color("green"),
                opt("not_interested", "Not interested", "无意向").color("red"),
                opt("follow_up", "Follow up", "需继续跟进").color("orange"),
            ],
        )
        .indexed(),
        long_text("content", "Content", "跟进内容").search(),
        date("next_contact_on", "Next contact", "下次联系日期").indexed().help(
            "A task to get in touch is made for this day.",
            "系统会为该日期自动创建联系任务。",
        ),
        owner(),
    ]
}

fn check(draft: &Draft) -> Vec<Problem> {
    let next = draft.get("next_contact_on").as_date();
    let day = draft.get("at").as_instant().map(|at| draft.now.day_of(at));
    if draft.changes("next_contact_on") && next.zip(day).is_some_and(|(next, day)| next < day) {
        return vec![Problem::of("next_contact_on", "day_early")];
    }
    Vec::new()
}

fn react(draft: &Draft, new_id: &dyn Fn() -> Uuid) -> Vec<Effect> {
    next_contact(draft, new_id).into_iter().chain(work_on_lead(draft)).collect()
}

/// A task for the next contact, once: later changes of the day are made on the task. A day that is
/// already past (an import of history) asks for none.
fn next_contact(draft: &Draft, new_id: &dyn Fn() -> Uuid) -> Option<Effect> {
    let day = draft.get("next_contact_on").as_date().filter(|day| *day >= draft.now.today())?;
    if !draft.was("next_contact_on").is_empty() {
        return None;
    }
    let mut fields = values([
        ("subject", draft.get("subject").clone()),
        ("status", "open".into()),
        ("kind", "contact".into()),
        ("due_on", day.into()),
    ]);
    for name in ["account", "contact", "lead", "opportunity", "owner"] {
        fields.push((name.to_owned(), draft.get(name).clone()));
    }
    Some(Effect::Create { object: "task".to_owned(), id: new_id(), values: fields })
}

/// The first contact with a lead takes it into work.
fn work_on_lead(draft: &Draft) -> Option<Effect> {
    let lead = draft.get("lead").as_id()?;
    let waits = matches!(draft.linked("lead.status").as_text(), Some("new" | "assigned"));
    let is_contact = draft.is_new() && draft.text("kind") != "note";
    (waits && is_contact).then(|| Effect::Update {
        object: "lead".to_owned(),
        id: lead,
        values: values([("status", "in_process".into())]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, at, day, id};

    fn call() -> Scene {
        Scene::new(object())
            .set("subject", "Call back")
            .set("kind", "call")
            .set("at", at("2026-11-23T00:30:00Z"))
            .set("owner", id(7))
    }

    #[test]
    fn the_account_follows_from_contact_or_opportunity() {
        let contact = call().set("contact", id(2)).linked("contact.account", id(3));
        assert_eq!(contact.prepared().get("account"), "#3");
        let deal = call().set("opportunity", id(4)).linked("opportunity.account", id(5));
        assert_eq!(deal.prepared().get("account"), "#5");
        let both = call().set("account", id(6)).set("contact", id(2));
        assert_eq!(both.linked("contact.account", id(3)).prepared().get("account"), "#6");
    }

    #[test]
    fn the_next_contact_becomes_a_task_once() {
        let given = call().set("account", id(3)).set("next_contact_on", day("2026-11-25"));
        let task = "create task#1001 subject=Call back status=open kind=contact due_on=2026-11-25 \
                    account=#3 owner=#7";
        assert_eq!(given.effects(), [task]);
        let moved = given.stored().set("next_contact_on", day("2026-11-30"));
        assert_eq!(moved.effects(), [""; 0]);
        let later = call().set("account", id(3)).stored().set("next_contact_on", day("2026-11-25"));
        assert_eq!(later.effects(), [task]);
    }

    #[test]
    fn history_asks_for_no_task_and_time_runs_forwards() {
        let old = call().set("at", at("2026-01-05T00:00:00Z"));
        let old = old.set("next_contact_on", day("2026-01-10"));
        assert_eq!(old.problems(), [""; 0]);
        assert_eq!(old.effects(), [""; 0]);
        let early = call().set("next_contact_on", day("2026-11-22"));
        assert_eq!(early.problems(), ["next_contact_on: day_early"]);
    }

    #[test]
    fn the_first_contact_takes_a_lead_into_work() {
        let to = |status| call().set("lead", id(9)).linked("lead.status", status);
        assert_eq!(to("new").effects(), ["update lead#9 status=in_process"]);
        assert_eq!(to("assigned").effects(), ["update lead#9 status=in_process"]);
        assert_eq!(to("converted").effects(), [""; 0]);
        assert_eq!(to("new").set("kind", "note").effects(), [""; 0]);
        assert_eq!(to("new").stored().effects(), [""; 0]);
    }
}
