//! Products and services that the firm sells, with their list price and cost.

use model::fields::Field;
use model::fields::build::*;
use model::{Access, Object, Rollup, View};

/// The declaration.
pub fn object() -> Object {
    let columns =
        ["name", "code", "category", "unit", "price", "active", "sold_quantity", "revenue"];
    Object::new("product", "products", ("Product", "产品"), ("Products", "产品"))
        .module("catalog", "package")
        .titled("name", Some("code"))
        .access(Access::everyone())
        .section("main", "Product", "产品信息", main())
        .section(
            "price",
            "Price",
            "价格",
            vec![
                money("price", "List price", "标准价格"),
                money("cost", "Cost", "成本价"),
                percent("tax_rate", "Tax rate", "税率"),
            ],
        )
        .section("sales", "Sales", "销售情况", sales())
        .view(
            View::list("active", "Active products", "在售产品", &columns)
                .filter(r#"{"field":"active","op":"eq","value":true}"#)
                .sort(&["name"]),
        )
        .view(View::list("all", "All products", "全部产品", &columns).sort(&["name"]))
        .view(
            View::list(
                "best",
                "Best sellers",
                "热销产品",
                &["name", "category", "sold_quantity", "revenue", "price"],
            )
            .sort(&["-revenue"]),
        )
}

fn main() -> Vec<Field> {
    vec![
        name("name", "Name", "产品名称").required().indexed(),
        code("code", "Code", "产品编码").unique().search(),
        link("category", "product_category", "Category", "产品分类"),
        text("series", "Series", "系列").indexed(),
        text("unit", "Unit", "单位"),
        yes_no("active", "Active", "在售").default(true).indexed(),
        long_text("description", "Description", "产品描述"),
    ]
}

fn sales() -> Vec<Field> {
    vec![
        rollup(
            decimal("sold_quantity", 3, "Sold", "销售数量"),
            Rollup::sum("order_line", "product", "quantity"),
        ),
        rollup(
            money("revenue", "Revenue", "销售额"),
            Rollup::sum("order_line", "product", "subtotal"),
        )
        .indexed(),
    ]
}
