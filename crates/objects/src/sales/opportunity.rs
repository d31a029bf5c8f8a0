//! Opportunities: deals on their way through a pipeline. Fields and views here; how one moves in `moves`, its
//! commands in `commands`.

mod commands;
mod moves;

use model::fields::build::*;
use model::fields::{Field, Opt, opt};
use model::{Access, Object, Rollup, View};

use crate::choices::{sources, stage_kinds};
use crate::filters::{MINE, contacts};

/// The declaration.
pub fn object() -> Object {
    let object = Object::new(
        "opportunity",
        "opportunities",
        ("Opportunity", "商机"),
        ("Opportunities", "商机"),
    )
    .module("sales", "target")
    .titled("name", Some("account"))
    .access(Access::owned().through(&["account"]))
    .section("main", "Opportunity", "商机信息", main())
    .section("amounts", "Amount and forecast", "金额与预测", amounts())
    .section("progress", "Progress", "商机进展", progress())
    .section("outcome", "Outcome", "商机结果", outcome())
    .reads(&[
        "stage.kind",
        "stage.pipeline",
        "stage.probability",
        "stage.name",
        "stage.required_fields",
        "stage.position",
    ])
    .prepare(moves::prepare)
    .check(moves::check)
    .react(moves::react);
    let object = commands::all().into_iter().fold(object, Object::command);
    views().into_iter().fold(object, Object::view)
}

fn main() -> Vec<Field> {
    vec![
        text("name", "Name", "商机名称").required().search().indexed(),
        auto_number("number", "O{year}-", "Number", "商机编号"),
        link("account", "account", "Account", "客户"),
        link("contact", "contact", "Contact", "联系人"),
        link("product", "product", "Main product", "主要产品"),
        link("pipeline", "pipeline", "Pipeline", "销售流程").required().default_first("position"),
        link("stage", "stage", "Stage", "销售阶段")
            .required()
            .default_first_within("position", "pipeline"),
        choice("status", "Status", "状态", stage_kinds()).read_only().default("open").indexed(),
        choice("source", "Source", "商机来源", sources()).indexed(),
        code("external_id", "External ID", "外部编号").unique().search(),
        owner(),
        tags(),
        long_text("description", "Description", "备注"),
    ]
}

fn amounts() -> Vec<Field> {
    let of = "opportunity";
    vec![
        money("expected_amount", "Expected amount", "预计金额")
            .help("Counts until there are lines.", "没有明细时按此金额计算。"),
        rollup(
            money("lines_amount", "Amount of lines", "明细金额"),
            Rollup::sum("opportunity_line", of, "subtotal"),
        ),
        rollup(number("line_count", "Lines", "明细行数"), Rollup::count("opportunity_line", of)),
        formula(
            money("amount", "Amount", "商机金额").indexed(),
            "line_count > 0 ? lines_amount : expected_amount",
        ),
        percent("probability", "Probability", "赢单概率"),
        formula(
            money("weighted_amount", "Weighted amount", "加权金额"),
            "round(amount * probability / 100, 2)",
        ),
        choice(
            "forecast",
            "Forecast",
            "预测分类",
            [
                opt("pipeline", "Pipeline", "在谈").color("blue"),
                opt("best_case", "Best case", "乐观").color("teal"),
                opt("commit", "Commit", "承诺").color("orange"),
                opt("closed", "Closed", "已成交").color("green"),
                opt("omitted", "Omitted", "不计入").color("gray"),
            ],
        )
        .default("pipeline")
        .indexed(),
    ]
}

fn progress() -> Vec<Field> {
    vec![
        date("engaged_on", "Engaged on", "立项日期"),
        date("close_on", "Expected close", "预计成交日期").indexed(),
        text("next_step", "Next step", "下一步计划"),
        instant("stage_since", "In stage since", "进入当前阶段时间").read_only().indexed(),
        rollup(
            instant("last_contact_at", "Last contact", "最近跟进时间"),
            Rollup::max("activity", "opportunity", "at").only(contacts()),
        )
        .indexed(),
    ]
}

fn outcome() -> Vec<Field> {
    vec![
        instant("closed_at", "Closed at", "结束时间").read_only().indexed(),
        choice("lost_reason", "Reason of loss", "输单原因", lost_reasons()).indexed(),
        long_text("lost_note", "Remark on the loss", "输单说明"),
    ]
}

fn lost_reasons() -> [Opt; 7] {
    [
        opt("price", "Price", "价格"),
        opt("competitor", "Competitor", "竞争对手"),
        opt("product", "Product does not fit", "产品不匹配"),
        opt("timing", "Timing", "时机不合适"),
        opt("no_budget", "No budget", "没有预算"),
        opt("no_decision", "No decision", "客户未决策"),
        opt("other", "Other", "其他"),
    ]
}

fn views() -> Vec<View> {
    let open = r#"{"field":"status","op":"eq","value":"open"}"#;
    let columns =
        ["name", "account", "stage", "amount", "probability", "close_on", "next_step", "owner"];
    let list = |name, en, zh| View::list(name, en, zh, &columns);
    vec![
        View::board(
            "stages",
            "By stage",
            "阶段看板",
            "stage",
            &["name", "account", "amount", "close_on", "owner"],
        )
        .sum("amount"),
        list("all", "All opportunities", "全部商机"),
        list("mine", "My opportunities", "我的商机").filter(MINE),
        list("open", "Open", "进行中的商机").filter(open).sort(&["close_on"]),
        list("closing", "Closing this month", "本月预计成交")
            .filter(
                r#"{"and":[{"field":"status","op":"eq","value":"open"},
                {"field":"close_on","op":"within","value":"this_month"}]}"#,
            )
            .sort(&["close_on"]),
        View::list(
            "won",
            "Won",
            "赢单",
            &["name", "account", "amount", "closed_at", "product", "owner"],
        )
        .filter(r#"{"field":"status","op":"eq","value":"won"}"#)
        .sort(&["-closed_at"]),
        View::list(
            "lost",
            "Lost",
            "输单",
            &["name", "account", "amount", "closed_at", "lost_reason", "lost_note", "owner"],
        )
        .filter(r#"{"field":"status","op":"eq","value":"lost"}"#)
        .sort(&["-closed_at"]),
    ]
}
