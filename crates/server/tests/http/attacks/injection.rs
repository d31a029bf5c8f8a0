//! Words that want to be something else: SQL in sorts, filters and searches, and what would run for long.

use std::time::{Duration, Instant};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::faults::updates::Dice;
use crate::world::{World, on_both, values};

on_both! {
    a_sort_is_a_field_of_the_list_or_nothing,
    a_filter_is_data_whatever_it_holds,
    words_to_search_for_are_words,
    no_input_makes_a_statement_slow_or_fail,
    a_filter_made_at_random_is_answered_or_refused,
}

/// What tools of attackers try first, and what databases have stumbled over.
pub const HOSTILE: [&str; 34] = [
    "'",
    "''",
    "\"",
    "`",
    "\\",
    ";",
    "--",
    "/*",
    "%",
    "_",
    "%%",
    "\\%",
    "*",
    "^",
    "NEAR(",
    "a AND",
    "\"a",
    "a\"",
    "name:x",
    "{name}:x",
    "(",
    ")",
    "a:*",
    "a & b",
    "!a",
    "<->",
    "\u{0}",
    "\u{FFFD}",
    "' OR 1=1 --",
    "1) OR (1=1",
    "'; DROP TABLE accounts; --",
    "' UNION SELECT password FROM gx_credential --",
    "1 AND (SELECT COUNT(*) FROM accounts a, accounts b, accounts c) > 0",
    "'||pg_sleep(5)||'",
];

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

async fn a_sort_is_a_field_of_the_list_or_nothing(world: World) {
    let many = vec!["name"; 10_000].join(",");
    let sorts = [
        "name;drop table accounts",
        "(select password from gx_credential)",
        "name desc nulls first--",
        "no_such",
        "-",
        "name,-no_such",
        "name collate nocase",
        "1",
        "account.owner.manager.manager.name",
        many.as_str(),
    ];
    for sort in sorts {
        let answer = world.rep.list("accounts", json!({"sort": sort})).await;
        assert_eq!(answer.status, 422, "{:.60} {:#}", sort, answer.body);
        let group =
            format!("/accounts/aggregate?group={}", encoded(&sort[..sort.len().min(2_000)]));
        let status = world.rep.get(&group).await.status;
        assert!(status == 422 || sort == "1", "{sort:.60}: {status}");
    }
}

async fn a_filter_is_data_whatever_it_holds(world: World) {
    for name in ["100% cotton", "under_score", "back\\slash", "quote's"] {
        world.rep.make("accounts", json!({"name": name})).await;
    }
    let find = async |op: &str, value: &str| {
        let filter = json!({"field": "name", "op": op, "value": value});
        values(&world.rep.list("accounts", json!({"filter": filter})).await, "name")
    };
    assert_eq!(find("starts_with", "100%").await, ["100% cotton"]);
    assert_eq!(find("starts_with", "under_").await, ["under_score"]);
    assert_eq!(find("starts_with", "%").await, [""; 0]);
    assert_eq!(find("starts_with", "_").await, [""; 0]);
    assert_eq!(find("eq", "back\\slash").await, ["back\\slash"]);
    assert_eq!(find("eq", "quote's").await, ["quote's"]);
    for hostile in HOSTILE {
        for op in ["eq", "ne", "starts_with"] {
            let filter = json!({"field": "name", "op": op, "value": hostile});
            let answer = world.rep.list("accounts", json!({"filter": filter})).await;
            assert!(matches!(answer.status, 200 | 422), "{hostile} {op}: {:#}", answer.body);
            let many = values_or_none(&answer.body);
            assert!(many <= 4, "{hostile}");
        }
        let field = json!({"field": format!("name{hostile}"), "op": "eq", "value": "x"});
        world.rep.list("accounts", json!({"filter": field})).await.expect(422);
        let field = json!({"field": "name", "op": hostile, "value": "x"});
        world.rep.list("accounts", json!({"filter": field})).await.expect(422);
    }
    for odd in [json!(null), json!([]), json!({}), json!({"$ne": null}), json!(true), json!(1e308)]
    {
        for filter in [
            json!({"field": "name", "op": "eq", "value": odd}),
            json!({"field": "name", "op": odd, "value": "x"}),
            json!({"field": odd, "op": "eq", "value": "x"}),
            json!({"and": odd}),
            json!({"not": odd}),
            odd.clone(),
        ] {
            let answer = world.rep.list("accounts", json!({"filter": filter})).await;
            assert!(matches!(answer.status, 200 | 422), "{filter}: {:#}", answer.body);
        }
    }
    for field in ["nаme", "name.x", "data->>'x'", "owner.password", "NAME ", "gx_session.token"] {
        let filter = json!({"field": field, "op": "eq", "value": "x"});
        world.rep.list("accounts", json!({"filter": filter})).await.expect(422);
    }
}

fn values_or_none(body: &Value) -> usize {
    body["items"].as_array().map_or(0, Vec::len)
}

async fn words_to_search_for_are_words(world: World) {
    world.rep.make("accounts", json!({"name": "Plain"})).await;
    world.other_rep.make("accounts", json!({"name": "Theirs", "description": "plain"})).await;
    for hostile in HOSTILE {
        let answer = world.rep.get(&format!("/search?q={}", encoded(hostile))).await;
        assert!(matches!(answer.status, 200 | 422), "{hostile}: {:#}", answer.body);
        assert!(!answer.body.to_string().contains("Theirs"), "{hostile}");
        let listed = world.rep.list("accounts", json!({"q": format!("plain {hostile}")})).await;
        assert!(matches!(listed.status, 200 | 422), "{hostile}: {:#}", listed.body);
        assert!(!listed.body.to_string().contains("Theirs"), "{hostile}");
    }
}

/// Everything a list, a search and an aggregate take, each with everything hostile.
async fn no_input_makes_a_statement_slow_or_fail(world: World) {
    world.rep.make("accounts", json!({"name": "One"})).await;
    let parameters = [
        "accounts?q",
        "accounts?sort",
        "accounts?fields",
        "accounts?expand",
        "accounts?cursor",
        "accounts?limit",
        "accounts?filter",
        "accounts?count",
        "accounts?deleted",
        "accounts/aggregate?group",
        "accounts/aggregate?measure",
        "search?q",
        "search?objects",
        "search?limit",
        "audit?actor",
        "audit?object",
        "audit?from",
        "audit?cursor",
    ];
    for parameter in parameters {
        for hostile in HOSTILE {
            let began = Instant::now();
            let path = format!("/{parameter}={}", encoded(hostile));
            let status = world.admin.get(&path).await.status;
            assert!(status < 500, "{parameter} {hostile}: {status}");
            assert!(began.elapsed() < Duration::from_secs(10), "{parameter} {hostile}");
        }
    }
    for plural in ["accounts", "contacts", "opportunities", "leads", "activities"] {
        let title = if plural == "activities" { "subject" } else { "name" };
        for hostile in HOSTILE {
            let answer = world.rep.post(&format!("/{plural}"), json!({title: hostile})).await;
            assert!(matches!(answer.status, 201 | 422), "{plural} {hostile}: {:#}", answer.body);
            if answer.status == 201 {
                let kept = world.rep.record(plural, &answer.id()).await;
                assert_eq!(kept[title], json!(hostile.trim()), "{plural}");
            }
        }
    }
}

/// Filters made at random out of what is right and what is not.
struct Maker(Dice);

impl Maker {
    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.0.below(all.len() as u64) as usize]
    }

    fn value(&mut self) -> Value {
        match self.0.below(12) {
            0 => Value::Null,
            1 => json!(true),
            2 => json!(-1),
            3 => json!("2026-11-24"),
            4 => json!([self.value(), self.value()]),
            5 => json!("me"),
            6 => json!(self.pick(&HOSTILE)),
            7 => json!("00000000-0000-7000-8000-000000000000"),
            8 => json!({"amount": "1", "currency": "CNY"}),
            9 => json!("last_30_days"),
            10 => json!("1e400"),
            _ => json!("99999999999999999999999999999999.99"),
        }
    }

    fn filter(&mut self, depth: u64) -> Value {
        const FIELDS: [&str; 16] = [
            "name",
            "phone",
            "owner",
            "owner.department",
            "account",
            "account.name",
            "tags",
            "created_at",
            "level",
            "parent.parent",
            "open_opportunity_amount",
            "revenue_12m",
            "status",
            "stage.pipeline",
            "no_such",
            "id",
        ];
        const OPS: [&str; 18] = [
            "eq",
            "ne",
            "lt",
            "lte",
            "gt",
            "gte",
            "in",
            "not_in",
            "between",
            "within",
            "starts_with",
            "is_empty",
            "is_not_empty",
            "has_any",
            "has_all",
            "has_none",
            "under",
            "like",
        ];
        match if depth == 0 { 3 } else { self.0.below(6) } {
            0 => json!({"and": [self.filter(depth - 1), self.filter(depth - 1)]}),
            1 => json!({"or": [self.filter(depth - 1), self.filter(depth - 1)]}),
            2 => json!({"not": self.filter(depth - 1)}),
            _ if self.0.below(20) == 0 => json!({"search": self.pick(&HOSTILE)}),
            _ => json!({"field": self.pick(&FIELDS), "op": self.pick(&OPS), "value": self.value()}),
        }
    }
}

async fn filters_at_random(world: World, count: u64) {
    let seed = std::env::var("GUANXI_SEED").ok().and_then(|seed| seed.parse().ok());
    let mut maker = Maker(Dice(seed.unwrap_or(0xF117_E250)));
    eprintln!("GUANXI_SEED={}", maker.0.0);
    let mut answered = 0;
    for _ in 0..count {
        let plural = maker.pick(&["accounts", "contacts", "opportunities", "leads", "activities"]);
        let filter = maker.filter(4);
        let sort = maker.pick(&["name", "-created_at", "owner", "no_such", "level"]);
        let list = json!({"filter": filter, "sort": sort, "limit": 5, "count": true});
        let answer = world.rep.list(plural, list.clone()).await;
        assert!(matches!(answer.status, 200 | 422), "{plural} {list}: {:#}", answer.body);
        answered += u64::from(answer.status == 200);
    }
    eprintln!("{count} filters, {answered} of them answered");
}

async fn a_filter_made_at_random_is_answered_or_refused(world: World) {
    for name in ["One", "Two"] {
        world.rep.make("accounts", json!({"name": name})).await;
    }
    filters_at_random(world, 800).await;
}

mod soak {
    use super::filters_at_random;
    use crate::world::{World, on_both};

    on_both! {
        a_hundred_thousand_filters,
    }

    async fn a_hundred_thousand_filters(world: World) {
        filters_at_random(world, 100_000).await;
    }
}
