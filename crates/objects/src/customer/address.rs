//! Further addresses of an account: where to ship, bill and call. Not its main address, which is on the account.

use model::fields::build::*;
use model::fields::{Field, opt};
use model::{Access, Object, View};

/// The declaration.
pub fn object() -> Object {
    Object::new("address", "addresses", ("Address", "地址"), ("Addresses", "地址"))
        .module("customer", "map-pin")
        .titled("label", Some("kind"))
        .access(Access::of_parent("account"))
        .hidden()
        .section("main", "Address", "地址", main())
        .view(View::list(
            "all",
            "All addresses",
            "全部地址",
            &["label", "account", "kind", "recipient", "phone", "city", "street", "is_default"],
        ))
}

fn main() -> Vec<Field> {
    let mut fields = vec![
        text("label", "Label", "地址名称").required(),
        part_of("account", "account", "Account", "客户"),
        choice(
            "kind",
            "Kind",
            "地址类型",
            [
                opt("billing", "Billing", "开票地址"),
                opt("shipping", "Shipping", "收货地址"),
                opt("office", "Office", "办公地址"),
                opt("home", "Home", "家庭住址"),
            ],
        )
        .indexed(),
        name("recipient", "Recipient", "收件人"),
        phone("phone", "Phone", "电话"),
    ];
    fields.extend(address_fields());
    fields.push(yes_no("is_default", "Default", "默认地址"));
    fields
}
