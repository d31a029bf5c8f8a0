//! Prices of single products in a price list, from a quantity on.

use model::fields::build::*;
use model::{Access, Draft, Object, View};

/// The declaration.
pub fn object() -> Object {
    let one = ("Price", "价格");
    Object::new("price_list_item", "price_list_items", one, ("Prices", "价格"))
        .module("catalog", "coin")
        .titled("name", Some("price"))
        .access(Access::of_parent("price_list"))
        .hidden()
        .section(
            "main",
            "Price",
            "价格",
            vec![
                text("name", "Name", "名称").read_only(),
                part_of("price_list", "price_list", "Price list", "价目表"),
                link("product", "product", "Product", "产品").required(),
                money("price", "Price", "价格").required(),
                decimal("min_quantity", 3, "From quantity", "起订数量"),
            ],
        )
        .reads(&["product.name"])
        .prepare(prepare)
        .view(
            View::list(
                "all",
                "All prices",
                "全部价格",
                &["price_list", "product", "price", "min_quantity"],
            )
            .sort(&["product", "min_quantity"]),
        )
}

/// A price is called as its product is.
fn prepare(draft: &mut Draft) {
    let name = draft.linked("product.name").clone();
    draft.set("name", name);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Scene;

    #[test]
    fn a_price_is_called_as_its_product_is() {
        assert_eq!(
            Scene::new(object()).linked("product.name", "椅子").prepared().get("name"),
            "椅子"
        );
    }
}
