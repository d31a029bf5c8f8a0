//! The answer sheet as JSON, for programs that judge.

use serde_json::{Value, json};

use super::Truths;

impl Truths {
    /// All of it. Accounts are named by `key` and `external_id`.
    pub fn to_json(&self) -> Value {
        let date = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
        json!({
            "seed": self.options.seed,
            "scale": self.options.scale,
            "language": self.options.language.tag(),
            "today": self.options.today.to_string(),
            "segments": self.segments.iter().map(|s| json!({
                "code": s.code, "name": s.name, "cycle_days": s.cycle_days,
                "order_value": s.order_value, "industries": s.industries,
                "customers": s.customers, "orders": s.orders,
            })).collect::<Vec<_>>(),
            "accounts": self.accounts.iter().map(|a| json!({
                "key": a.key, "external_id": a.external_id, "segment": a.segment,
                "source": a.source, "cycle_days": a.cycle_days.map(rounded),
                "first_order_on": date(a.first_order_on), "last_order_on": date(a.last_order_on),
                "next_order_on": date(a.next_order_on),
                "leaving": a.leaving.as_ref().map(|l| json!({
                    "cause": l.cause, "left_on": l.left_on.to_string(), "is_lost": l.is_lost,
                })),
            })).collect::<Vec<_>>(),
            "bundles": self.bundles.iter().map(|b| json!({
                "code": b.code, "name": b.name, "products": b.products,
                "complete_orders": b.complete_orders, "lift_min": rounded(b.lift_min),
                "part_holders": b.part_holders.iter()
                    .map(|(account, missing)| json!({"account": account, "missing": missing}))
                    .collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "effects": self.effects.iter().map(|e| json!({
                "code": e.code, "shows_as": e.shows_as, "log_odds": e.log_odds,
                "with": {"won": e.with.0, "closed": e.with.1},
                "without": {"won": e.without.0, "closed": e.without.1},
            })).collect::<Vec<_>>(),
            "salespeople": self.salespeople.iter().map(|s| json!({
                "key": s.key, "email": s.email, "fast": rounded(s.habits[0]),
                "visits": rounded(s.habits[1]), "threads": rounded(s.habits[2]),
                "won": s.won, "lost": s.lost,
            })).collect::<Vec<_>>(),
            "sources": self.sources.iter().map(|s| json!({
                "code": s.code, "one_off": s.one_off, "leaves": s.leaves, "converts": s.converts,
                "customers": s.customers, "kept": s.kept,
            })).collect::<Vec<_>>(),
            "launch": {
                "product": self.launch.product,
                "launched_on": self.launch.launched_on.to_string(),
                "industries": self.launch.industries,
                "wanted": {"with": self.launch.wanted.0, "orders": self.launch.wanted.1},
                "others": {"with": self.launch.others.0, "orders": self.launch.others.1},
            },
            "decoys": self.decoys.iter().map(|d| json!({
                "field": d.field, "statement": d.statement,
            })).collect::<Vec<_>>(),
        })
    }
}

/// Three digits after the point.
fn rounded(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}
