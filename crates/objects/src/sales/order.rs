//! Orders and returns: what an account bought or brought back, and how far delivery is.

use model::command::Tone;
use model::draft::values;
use model::fields::build::*;
use model::fields::{Field, opt};
use model::{Access, Command, CommandContext, Draft, Effect, Object, Problem, Rollup, Value, View};

use crate::filters::MINE;

/// The declaration.
pub fn object() -> Object {
    let columns = ["number", "account", "kind", "status", "ordered_on", "total", "owner"];
    let list = |name, en, zh| View::list(name, en, zh, &columns).sort(&["-ordered_on"]);
    Object::new("order", "orders", ("Order", "订单"), ("Orders", "订单"))
        .module("sales", "shopping-cart")
        .titled("number", Some("account"))
        .access(Access::owned().through(&["account"]))
        .section("main", "Order", "订单信息", main())
        .section("amounts", "Amounts", "金额", amounts())
        .section("shipping", "Shipping", "收货信息", shipping())
        .prepare(prepare)
        .check(check)
        .command(step("confirm", "Confirm", "确认", confirm, r#"status == "draft""#))
        .command(step("ship", "Ship", "发货", ship, r#"status == "confirmed""#))
        .command(
            step(
                "complete",
                "Complete",
                "完成",
                complete,
                r#"status == "confirmed" || status == "shipped""#,
            )
            .tone(Tone::Positive),
        )
        .command(
            step(
                "cancel",
                "Cancel",
                "取消订单",
                cancel,
                r#"status == "draft" || status == "confirmed""#,
            )
            .tone(Tone::Negative),
        )
        .command(step(
            "make_return",
            "Make a return",
            "创建退货单",
            make_return,
            r#"kind == "sale" && (status == "shipped" || status == "completed")"#,
        ))
        .view(list("all", "All orders", "全部订单"))
        .view(list("mine", "My orders", "我的订单").filter(MINE))
        .view(
            list("to_ship", "To ship", "待发货")
                .filter(r#"{"field":"status","op":"eq","value":"confirmed"}"#),
        )
        .view(
            list("returns", "Returns", "退货单")
                .filter(r#"{"field":"kind","op":"eq","value":"return"}"#),
        )
        .view(
            View::board(
                "status",
                "By status",
                "状态看板",
                "status",
                &["number", "account", "total", "ordered_on"],
            )
            .sum("total"),
        )
}

fn main() -> Vec<Field> {
    vec![
        auto_number("number", "S{year}-", "Number", "订单编号"),
        choice(
            "kind",
            "Kind",
            "订单类型",
            [
                opt("sale", "Sale", "销售").color("blue"),
                opt("return", "Return", "退货").color("orange"),
            ],
        )
        .required()
        .default("sale")
        .indexed(),
        choice(
            "status",
            "Status",
            "状态",
            [
                opt("draft", "Draft", "草稿").color("gray"),
                opt("confirmed", "Confirmed", "已确认").color("blue"),
                opt("shipped", "Shipped", "已发货").color("teal"),
                opt("completed", "Completed", "已完成").color("green"),
                opt("cancelled", "Cancelled", "已取消").color("red"),
            ],
        )
        .required()
        .default("draft")
        .indexed(),
        link("account", "account", "Account", "客户"),
        link("contact", "contact", "Contact", "联系人"),
        link("opportunity", "opportunity", "Opportunity", "商机"),
        link("original_order", "order", "Original order", "原订单"),
        instant("ordered_at", "Ordered at", "下单时间").required().default_now().indexed(),
        date("ordered_on", "Ordered on", "下单日期").read_only().indexed(),
        code("external_id", "External ID", "外部编号").unique().search(),
        owner(),
        long_text("description", "Description", "备注"),
    ]
}

fn amounts() -> Vec<Field> {
    vec![
        rollup(money("total", "Total", "订单金额"), Rollup::sum("order_line", "order", "subtotal"))
            .indexed(),
        rollup(number("line_count", "Lines", "明细行数"), Rollup::count("order_line", "order")),
    ]
}

fn shipping() -> Vec<Field> {
    vec![
        text("ship_country", "Country", "国家/地区").indexed(),
        text("ship_region", "State / province", "省/州"),
        text("ship_city", "City", "城市"),
        text("ship_street", "Street", "街道地址"),
        code("ship_postcode", "Postcode", "邮编"),
    ]
}

/// The day of the order is the day where the firm is, not in UTC.
fn prepare(draft: &mut Draft) {
    let day = draft.get("ordered_at").as_instant().map(|at| draft.now.day_of(at));
    draft.set("ordered_on", day);
}

fn check(draft: &Draft) -> Vec<Problem> {
    let mut problems = Vec::new();
    let is_step = !draft.is_new() && draft.changes("status");
    if is_step && !follows(draft.was("status").as_text().unwrap_or(""), draft.text("status")) {
        problems.push(Problem::of("status", "status_step"));
    }
    if draft.get("original_order").as_id() == Some(draft.id()) {
        problems.push(Problem::of("original_order", "same_record"));
    }
    problems
}

/// Whether an order may go from one status to another. Steps may be left out; none is taken back but
/// confirming, since what was shipped has left the house.
fn follows(from: &str, to: &str) -> bool {
    match from {
        "draft" | "confirmed" => true,
        "shipped" => to == "completed",
        _ => false,
    }
}

fn step(
    name: &'static str,
    en: &str,
    zh: &str,
    plan: model::command::Plan,
    when: &'static str,
) -> Command {
    Command::new(name, en, zh, plan).when(when)
}

fn to_status(context: &CommandContext, status: &str) -> Result<Vec<Effect>, Vec<Problem>> {
    Ok(vec![Effect::Update {
        object: "order".to_owned(),
        id: context.record.id(),
        values: values([("status", status.into())]),
    }])
}

fn confirm(context: &CommandContext) -> Result<Vec<Effect>, Vec<Problem>> {
    to_status(context, "confirmed")
}

fn ship(context: &CommandContext) -> Result<Vec<Effect>, Vec<Problem>> {
    to_status(context, "shipped")
}

fn complete(context: &CommandContext) -> Result<Vec<Effect>, Vec<Problem>> {
    to_status(context, "completed")
}

fn cancel(context: &CommandContext) -> Result<Vec<Effect>, Vec<Problem>> {
    to_status(context, "cancelled")
}

/// The return's head; what comes back is entered line by line, since it is seldom everything.
fn make_return(context: &CommandContext) -> Result<Vec<Effect>, Vec<Problem>> {
    let mut fields =
        values([("kind", "return".into()), ("original_order", Value::Id(context.record.id()))]);
    for name in ["account", "contact", "opportunity", "owner"] {
        fields.push((name.to_owned(), context.get(name).clone()));
    }
    Ok(vec![Effect::Create { object: "order".to_owned(), id: (context.new_id)(), values: fields }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, at, id};

    #[test]
    fn the_day_is_the_firms_day() {
        let order = Scene::new(object()).set("ordered_at", at("2026-11-22T17:00:00Z")).prepared();
        assert_eq!(order.get("ordered_on"), "2026-11-23");
    }

    #[track_caller]
    fn check_step(from: &str, to: &str, problems: &[&str]) {
        let order = Scene::new(object()).set("status", from).stored().set("status", to);
        assert_eq!(order.problems(), problems, "{from} → {to}");
    }

    #[test]
    fn orders_go_forwards() {
        let refused = &["status: status_step"][..];
        check_step("draft", "confirmed", &[]);
        check_step("draft", "completed", &[]);
        check_step("confirmed", "draft", &[]);
        check_step("confirmed", "cancelled", &[]);
        check_step("shipped", "completed", &[]);
        check_step("shipped", "cancelled", refused);
        check_step("completed", "draft", refused);
        check_step("cancelled", "confirmed", refused);
        let history = Scene::new(object()).set("status", "completed");
        assert_eq!(history.problems(), [""; 0]);
    }

    #[test]
    fn commands_take_the_steps() {
        let order = Scene::new(object()).set("account", id(2)).set("owner", id(7));
        assert_eq!(order.plan("confirm", &[], &[]), ["update order#1 status=confirmed"]);
        assert_eq!(order.plan("ship", &[], &[]), ["update order#1 status=shipped"]);
        assert_eq!(order.plan("complete", &[], &[]), ["update order#1 status=completed"]);
        assert_eq!(order.plan("cancel", &[], &[]), ["update order#1 status=cancelled"]);
        assert_eq!(
            order.plan("make_return", &[], &[]),
            ["create order#1001 kind=return original_order=#1 account=#2 owner=#7"]
        );
    }

    #[test]
    fn an_order_is_not_its_own_return() {
        let order = Scene::new(object()).set("original_order", id(1));
        assert_eq!(order.problems(), ["original_order: same_record"]);
    }
}
