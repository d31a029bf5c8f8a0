//! Relations between accounts: who referred, supplies or competes with whom. Not the tree of parent accounts.

use model::fields::build::*;
use model::fields::opt;
use model::{Access, Draft, Object, Problem, View};

/// The declaration.
pub fn object() -> Object {
    Object::new("relation", "relations", ("Relation", "客户关系"), ("Relations", "客户关系"))
        .module("customer", "arrows-exchange")
        .titled("kind", Some("note"))
        .access(Access::of_parent("account"))
        .hidden()
        .section(
            "main",
            "Relation",
            "客户关系",
            vec![
                part_of("account", "account", "Account", "客户"),
                choice(
                    "kind",
                    "Relation",
                    "关系",
                    [
                        opt("referred", "Referred", "推荐了"),
                        opt("distributor_of", "Distributor of", "经销商（对方为供货方）"),
                        opt("supplier_of", "Supplier of", "供应商（对方为采购方）"),
                        opt("partner_of", "Partner of", "合作伙伴"),
                        opt("subsidiary_of", "Subsidiary of", "子公司（对方为母公司）"),
                        opt("competitor_of", "Competitor of", "竞争对手"),
                    ],
                )
                .required()
                .indexed(),
                link("other", "account", "Other account", "对方客户").required(),
                date("since_on", "Since", "起始日期"),
                text("note", "Note", "说明"),
            ],
        )
        .check(check)
        .view(View::list(
            "all",
            "All relations",
            "全部客户关系",
            &["account", "kind", "other", "since_on", "note"],
        ))
}

fn check(draft: &Draft) -> Vec<Problem> {
    let other = draft.get("other");
    if !other.is_empty() && other == draft.get("account") {
        return vec![Problem::of("other", "same_record")];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, id};

    #[test]
    fn an_account_has_no_relation_to_itself() {
        let problems =
            |other| Scene::new(object()).set("account", id(2)).set("other", id(other)).problems();
        assert_eq!(problems(2), ["other: same_record"]);
        assert_eq!(problems(3), [""; 0]);
    }
}
