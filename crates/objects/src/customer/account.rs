//! Accounts: the organisations and persons a firm has relations with. Not the people who work there: those are contacts.

use model::fields::build::*;
use model::fields::{Field, opt};
use model::{Access, Draft, Filter, Object, Problem, Rollup, View};

use crate::choices::{industries, sources};
use crate::filters::{MINE, contacts, not};

/// The declaration.
pub fn object() -> Object {
    Object::new("account", "accounts", ("Account", "客户"), ("Accounts", "客户"))
        .module("customer", "building")
        .titled("name", Some("industry"))
        .access(Access::owned())
        .section("main", "Account", "基本信息", main())
        .section("reach", "Contact details", "联系方式", reach())
        .section("address", "Address", "地址", address_fields())
        .section("firm", "Company", "企业信息", firm())
        .section("business", "Business so far", "业务概况", business())
        .prepare(prepare)
        .check(check)
        .view(View::list("all", "All accounts", "全部客户", &COLUMNS).sort(&["-updated_at"]))
        .view(View::list("mine", "My accounts", "我的客户", &COLUMNS).filter(MINE))
        .view(
            View::list(
                "customers",
                "Customers",
                "成交客户",
                &[
                    "name",
                    "level",
                    "revenue_12m",
                    "revenue_total",
                    "last_order_on",
                    "last_contact_at",
                    "owner",
                ],
            )
            .filter(r#"{"field":"lifecycle","op":"in","value":["customer","repeat","regained"]}"#)
            .sort(&["-revenue_12m"]),
        )
        .view(
            View::board(
                "lifecycle",
                "By lifecycle",
                "生命周期看板",
                "lifecycle",
                &["name", "level", "industry", "owner", "next_contact_on"],
            )
            .sum("open_opportunity_amount"),
        )
}

const COLUMNS: [&str; 9] = [
    "name",
    "level",
    "lifecycle",
    "industry",
    "phone",
    "city",
    "open_opportunity_amount",
    "last_contact_at",
    "owner",
];

fn main() -> Vec<Field> {
    vec![
        name("name", "Name", "客户名称").required().indexed(),
        auto_number("number", "A", "Number", "客户编号"),
        choice(
            "kind",
            "Kind",
            "客户类型",
            [opt("company", "Company", "企业"), opt("person", "Person", "个人")],
        )
        .required()
        .default("company"),
        many_choices(
            "relations",
            "Relations",
            "合作关系",
            [
                opt("customer", "Customer", "客户"),
                opt("prospect", "Prospect", "潜在客户"),
                opt("supplier", "Supplier", "供应商"),
                opt("partner", "Partner", "合作伙伴"),
                opt("distributor", "Distributor", "经销商"),
                opt("competitor", "Competitor", "竞争对手"),
            ],
        ),
        choice(
            "lifecycle",
            "Lifecycle",
            "生命周期",
            [
                opt("lead", "Lead", "线索").color("gray"),
                opt("prospect", "Prospect", "潜在客户").color("blue"),
                opt("customer", "Customer", "成交客户").color("green"),
                opt("repeat", "Repeat customer", "复购客户").color("teal"),
                opt("dormant", "Dormant", "沉睡客户").color("yellow"),
                opt("lost", "Lost", "流失客户").color("red"),
                opt("regained", "Regained", "挽回客户").color("violet"),
            ],
        )
        .default("prospect")
        .indexed(),
        choice(
            "level",
            "Level",
            "客户级别",
            [
                opt("A", "A – key account", "A（重点客户）").color("red"),
                opt("B", "B – important", "B（重要客户）").color("orange"),
                opt("C", "C – normal", "C（普通客户）").color("blue"),
                opt("D", "D – small", "D（小客户）").color("gray"),
            ],
        )
        .indexed(),
        choice("industry", "Industry", "行业", industries()).indexed(),
        choice("source", "Source", "客户来源", sources()).indexed(),
        link("parent", "account", "Parent account", "上级客户"),
        owner(),
        tags(),
        long_text("description", "Description", "备注"),
    ]
}

fn reach() -> Vec<Field> {
    vec![
        phone("phone", "Phone", "电话"),
        email("email", "E-mail", "邮箱"),
        url("website", "Website", "网站"),
    ]
}

fn firm() -> Vec<Field> {
    vec![
        code("tax_id", "Tax ID", "统一社会信用代码").search().help(
            "In China the 18-character credit code, whose check digit is tested.",
            "中国企业请填写 18 位统一社会信用代码，系统会校验。",
        ),
        number_within("employees", 0, 10_000_000, "Employees", "员工人数"),
        money("annual_revenue", "Annual revenue", "年营业额"),
        number_within("founded_year", 1000, 2200, "Founded", "成立年份"),
        code("external_id", "External ID", "外部编号").unique().search().help(
            "The account's key in another system; imports find it by this.",
            "客户在其他系统中的编号，导入时据此匹配。",
        ),
    ]
}

fn business() -> Vec<Field> {
    let of = "account";
    let open = || Filter::eq("status", "open");
    let sales = || not("status", "cancelled").and(Filter::eq("kind", "sale"));
    vec![
        rollup(number("contact_count", "Contacts", "联系人数"), Rollup::count("contact", of)),
        rollup(
            number("opportunity_count", "Opportunities", "商机数"),
            Rollup::count("opportunity", of),
        ),
        rollup(
            money("open_opportunity_amount", "Open opportunities", "进行中商机金额"),
            Rollup::sum("opportunity", of, "amount").only(open()),
        )
        .indexed(),
        rollup(
            money("won_amount", "Won", "赢单金额"),
            Rollup::sum("opportunity", of, "amount").only(Filter::eq("status", "won")),
        ),
        rollup(number("order_count", "Orders", "订单数"), Rollup::count("order", of).only(sales())),
        rollup(
            money("revenue_12m", "Revenue, 12 months", "近 12 个月销售额"),
            Rollup::sum("order", of, "total")
                .only(not("status", "cancelled"))
                .last_months("ordered_on", 12),
        )
        .help("Orders less returns.", "订单金额减去退货。")
        .indexed(),
        rollup(
            money("revenue_total", "Revenue, total", "累计销售额"),
            Rollup::sum("order", of, "total").only(not("status", "cancelled")),
        )
        .indexed(),
        rollup(
            date("last_order_on", "Last order", "最近下单日期"),
            Rollup::max("order", of, "ordered_on").only(sales()),
        )
        .indexed(),
        rollup(
            instant("last_contact_at", "Last contact", "最近跟进时间"),
            Rollup::max("activity", of, "at").only(contacts()),
        )
        .indexed(),
        rollup(
            date("next_contact_on", "Next contact", "下次联系日期"),
            Rollup::min("task", of, "due_on").only(open()),
        )
        .indexed(),
    ]
}

/// Credit codes are kept as the standard writes them: upper case, narrow, without spaces.
fn prepare(draft: &mut Draft) {
    if let Ok(code) = text::uscc::check(draft.text("tax_id")) {
        draft.set("tax_id", code);
    }
}

/// Only a code that claims to be a Chinese credit code is tested: other countries have tax numbers of their own.
fn check(draft: &Draft) -> Vec<Problem> {
    let mut problems = Vec::new();
    let country = draft.text("country");
    let is_chinese = ["", "CN", "中国", "China"].contains(&country);
    let code = draft.text("tax_id");
    if draft.changes("tax_id")
        && is_chinese
        && code.chars().count() == 18
        && text::uscc::check(code).is_err()
    {
        problems.push(Problem::of("tax_id", "uscc"));
    }
    if draft.changes("parent") && draft.get("parent").as_id() == Some(draft.id()) {
        problems.push(Problem::of("parent", "loop"));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, id};

    #[track_caller]
    fn check_code(country: &str, code: &str, kept: &str, problems: &[&str]) {
        let scene = Scene::new(object()).set("country", country).set("tax_id", code).prepared();
        assert_eq!(scene.get("tax_id"), kept);
        assert_eq!(scene.problems(), problems);
    }

    #[test]
    fn credit_codes_are_tested_where_they_can_be() {
        check_code("", "91350100m000100y43", "91350100M000100Y43", &[]);
        check_code("", "91350100M000100Y44", "91350100M000100Y44", &["tax_id: uscc"]);
        check_code("中国", "91350100M000100Y44", "91350100M000100Y44", &["tax_id: uscc"]);
        check_code("Germany", "91350100M000100Y44", "91350100M000100Y44", &[]);
        check_code("", "DE129273398", "DE129273398", &[]);
    }

    #[test]
    fn an_account_is_not_its_own_parent() {
        let problems = |parent| Scene::new(object()).set("parent", id(parent)).problems();
        assert_eq!(problems(1), ["parent: loop"]);
        assert_eq!(problems(2), [""; 0]);
    }
}
