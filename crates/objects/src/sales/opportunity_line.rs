//! Lines of an opportunity: which products, how many, at which price.

use model::fields::build::*;
use model::{Access, Object, View};

use crate::line;

/// The declaration.
pub fn object() -> Object {
    let one = ("Opportunity line", "商机明细");
    Object::new("opportunity_line", "opportunity_lines", one, ("Opportunity lines", "商机明细"))
        .module("sales", "list")
        .titled("description", None)
        .access(Access::of_parent("opportunity"))
        .hidden()
        .section("main", "Line", "明细", {
            let mut fields = vec![part_of("opportunity", "opportunity", "Opportunity", "商机")];
            fields.extend(line::fields());
            fields
        })
        .reads(&line::READS)
        .prepare(line::prepare)
        .view(
            View::list("all", "All lines", "全部明细", &line::columns("opportunity"))
                .sort(&["position"]),
        )
}
