//! Competitors in an opportunity: who else offers, at which price, and who won.

use model::fields::build::*;
use model::{Access, Draft, Object, View};

/// The declaration.
pub fn object() -> Object {
    let one = ("Competitor", "竞争对手");
    Object::new(
        "opportunity_competitor",
        "opportunity_competitors",
        one,
        ("Competitors", "竞争对手"),
    )
    .module("sales", "swords")
    .titled("name", None)
    .access(Access::of_parent("opportunity"))
    .hidden()
    .section(
        "main",
        "Competitor",
        "竞争对手",
        vec![
            text("name", "Name", "名称").read_only(),
            part_of("opportunity", "opportunity", "Opportunity", "商机"),
            link("competitor", "account", "Competitor", "竞争对手").required(),
            money("price", "Price", "报价"),
            long_text("strengths", "Strengths", "优势"),
            long_text("weaknesses", "Weaknesses", "劣势"),
            yes_no("won", "Won the deal", "对方赢单"),
        ],
    )
    .reads(&["competitor.name"])
    .prepare(prepare)
    .view(View::list(
        "all",
        "All competitors",
        "全部竞争对手",
        &["opportunity", "competitor", "price", "won"],
    ))
}

/// A record needs a text that names it; the account's name is the one people know.
fn prepare(draft: &mut Draft) {
    let name = draft.linked("competitor.name").clone();
    draft.set("name", name);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Scene;

    #[test]
    fn it_is_called_as_the_account_is() {
        let rival = Scene::new(object()).linked("competitor.name", "Northwind");
        assert_eq!(rival.prepared().get("name"), "Northwind");
    }
}
