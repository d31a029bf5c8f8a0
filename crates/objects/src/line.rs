//! What the lines of opportunities and orders have in common: product, quantity, price and subtotal.

use model::Draft;
use model::fields::Field;
use model::fields::build::*;
use rust_decimal::Decimal;

/// What [`prepare`] reads of the product.
pub const READS: [&str; 2] = ["product.name", "product.price"];

/// The fields of a line but for the link to what it is a line of.
pub fn fields() -> Vec<Field> {
    vec![
        link("product", "product", "Product", "产品"),
        text("description", "Description", "说明").required(),
        decimal("quantity", 3, "Quantity", "数量").required().default(Decimal::ONE),
        money("unit_price", "Unit price", "单价").required(),
        percent("discount", "Discount", "折扣率")
            .help("Per cent off the unit price.", "在单价基础上减免的百分比。"),
        formula(
            money("subtotal", "Subtotal", "小计"),
            "round(quantity * unit_price * (100 - coalesce(discount, 0)) / 100, 2)",
        ),
        number_within("position", 0, 100_000, "Position", "顺序").default(0).indexed(),
    ]
}

/// Columns of a list of lines that belong to the record linked by `of`.
pub fn columns(of: &'static str) -> [&'static str; 7] {
    ["product", "description", "quantity", "unit_price", "discount", "subtotal", of]
}

/// Name and price follow the product unless the same write says otherwise.
pub fn prepare(draft: &mut Draft) {
    for (field, path) in [("description", "product.name"), ("unit_price", "product.price")] {
        let of_product = draft.linked(path).clone();
        let is_new_product = draft.changes("product") && !draft.changes(field);
        if !of_product.is_empty() && (is_new_product || draft.get(field).is_empty()) {
            draft.set(field, of_product);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::sales::opportunity_line::object;
    use crate::testing::{Scene, decimal, id};

    fn line() -> Scene {
        Scene::new(object())
            .set("product", id(2))
            .linked("product.name", "Chair")
            .linked("product.price", decimal("120"))
    }

    #[track_caller]
    fn check(scene: Scene, description: &str, price: &str) {
        let scene = scene.prepared();
        assert_eq!(
            (scene.get("description").as_str(), scene.get("unit_price").as_str()),
            (description, price)
        );
    }

    #[test]
    fn name_and_price_follow_the_product() {
        check(line(), "Chair", "120");
        check(line().set("unit_price", decimal("99")), "Chair", "99");
        check(line().set("description", "Chair, red"), "Chair, red", "120");
        let kept =
            line().set("description", "Chair, red").set("unit_price", decimal("99")).stored();
        check(kept, "Chair, red", "99");
        let table = line().prepared().stored().set("product", id(3));
        let table = table.linked("product.name", "Table").linked("product.price", decimal("300"));
        check(table, "Table", "300");
    }

    #[test]
    fn a_line_without_a_product_keeps_its_words() {
        let line =
            Scene::new(object()).set("description", "Delivery").set("unit_price", decimal("50"));
        check(line, "Delivery", "50");
    }
}
