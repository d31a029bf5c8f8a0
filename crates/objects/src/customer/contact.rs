//! Contacts: the people at an account, with how to reach them. Not users of the system.

use model::fields::build::*;
use model::fields::{Field, opt};
use model::{Access, Object, Rollup, View};

use crate::choices::sources;
use crate::filters::{MINE, contacts};

/// The declaration.
pub fn object() -> Object {
    let columns = [
        "name",
        "account",
        "job_title",
        "mobile",
        "email",
        "decision_role",
        "last_contact_at",
        "owner",
    ];
    Object::new("contact", "contacts", ("Contact", "联系人"), ("Contacts", "联系人"))
        .module("customer", "address-book")
        .titled("name", Some("job_title"))
        .access(Access::owned().through(&["account"]))
        .section("main", "Contact", "基本信息", main())
        .section("reach", "Contact details", "联系方式", reach())
        .section("address", "Address", "地址", address_fields())
        .section("more", "More", "其他信息", more())
        .view(View::list("all", "All contacts", "全部联系人", &columns))
        .view(View::list("mine", "My contacts", "我的联系人", &columns).filter(MINE))
        .view(
            View::list("decision_makers", "Decision makers", "决策人", &columns)
                .filter(r#"{"field":"decision_role","op":"eq","value":"decision_maker"}"#),
        )
        .view(
            View::list(
                "birthdays",
                "Birthdays",
                "生日",
                &["name", "account", "birthday", "mobile", "owner"],
            )
            .filter(r#"{"field":"birthday","op":"is_not_empty"}"#)
            .sort(&["birthday"]),
        )
}

fn main() -> Vec<Field> {
    vec![
        name("name", "Name", "姓名").required().indexed(),
        link("account", "account", "Account", "客户"),
        text("job_title", "Job title", "职务"),
        text("department_name", "Department", "部门"),
        choice(
            "decision_role",
            "Role in decisions",
            "决策角色",
            [
                opt("decision_maker", "Decision maker", "决策人").color("red"),
                opt("influencer", "Influencer", "影响人").color("orange"),
                opt("user", "User", "使用人").color("blue"),
                opt("gatekeeper", "Gatekeeper", "把关人").color("gray"),
                opt("blocker", "Blocker", "反对者").color("violet"),
            ],
        )
        .indexed(),
        yes_no("is_primary", "Primary contact", "首要联系人"),
        owner(),
        tags(),
        long_text("description", "Description", "备注"),
    ]
}

fn reach() -> Vec<Field> {
    vec![
        phone("mobile", "Mobile", "手机").personal().indexed(),
        phone("phone", "Phone", "电话"),
        email("email", "E-mail", "邮箱").indexed(),
        code("wechat", "WeChat", "微信").personal().search(),
        yes_no("do_not_contact", "Do not contact", "勿扰").help(
            "No mailings and no calls that the contact did not ask for.",
            "不发送营销信息，不主动致电。",
        ),
    ]
}

fn more() -> Vec<Field> {
    vec![
        date("birthday", "Birthday", "生日").personal(),
        choice("source", "Source", "来源", sources()).indexed(),
        code("external_id", "External ID", "外部编号").unique().search(),
        rollup(
            instant("last_contact_at", "Last contact", "最近跟进时间"),
            Rollup::max("activity", "contact", "at").only(contacts()),
        )
        .indexed(),
    ]
}
