//! Lines of an order. The lines of a return have quantities below zero, so that sums come out right.

use model::fields::build::*;
use model::{Access, Draft, Object, Problem, View};
use rust_decimal::Decimal;

use crate::line;

/// The declaration.
pub fn object() -> Object {
    Object::new(
        "order_line",
        "order_lines",
        ("Order line", "订单明细"),
        ("Order lines", "订单明细"),
    )
    .module("sales", "list")
    .titled("description", None)
    .access(Access::of_parent("order"))
    .hidden()
    .section("main", "Line", "明细", {
        let mut fields = vec![part_of("order", "order", "Order", "订单")];
        fields.extend(line::fields());
        fields
    })
    .reads(&line::READS)
    .reads(&["order.kind"])
    .prepare(line::prepare)
    .check(check)
    .view(View::list("all", "All lines", "全部明细", &line::columns("order")).sort(&["position"]))
}

fn check(draft: &Draft) -> Vec<Problem> {
    let is_return = draft.linked("order.kind").as_text() == Some("return");
    let quantity = draft.get("quantity").as_decimal();
    if is_return && quantity.is_some_and(|quantity| quantity >= Decimal::ZERO) {
        return vec![Problem::of("quantity", "return_quantity")];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, decimal};

    #[track_caller]
    fn check_quantity(kind: &str, quantity: &str, problems: &[&str]) {
        let line =
            Scene::new(object()).linked("order.kind", kind).set("quantity", decimal(quantity));
        assert_eq!(line.problems(), problems, "{quantity} of a {kind}");
    }

    #[test]
    fn a_return_counts_below_zero() {
        check_quantity("sale", "2", &[]);
        check_quantity("sale", "-1", &[]);
        check_quantity("return", "-2.5", &[]);
        check_quantity("return", "0", &["quantity: return_quantity"]);
        check_quantity("return", "1", &["quantity: return_quantity"]);
    }
}
