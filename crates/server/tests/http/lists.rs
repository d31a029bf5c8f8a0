//! Lists: filters of every operator family, search words, order, pages and counts.

use serde_json::{Value, json};

use crate::client::Client;
use crate::world::{World, on_both, values};

on_both! {
    every_operator_family_finds_what_it_says,
    paths_through_links_find_what_may_be_seen,
    days_are_counted_where_the_firm_is,
    groups_of_conditions_nest,
    filters_that_cannot_be_are_refused_by_name,
    words_find_names_in_both_languages,
    search_finds_records_of_several_objects,
    pages_bring_each_record_once_in_both_directions,
    counts_say_how_many_one_may_see,
    hidden_and_masked_fields_cannot_be_asked_about,
}

fn condition(field: &str, op: &str, value: Value) -> Value {
    json!({"field": field, "op": op, "value": value})
}

/// Names of the accounts that pass, in order of the names, joined.
async fn found(client: &Client, plural: &str, filter: &Value) -> String {
    let answer = client.list(plural, json!({"filter": filter, "sort": "name"})).await;
    let inverse = client.list(plural, json!({"filter": {"not": filter}, "sort": "name"})).await;
    let (mut all, some) = (values(&inverse, "name"), values(&answer, "name"));
    all.extend(some.clone());
    all.sort();
    let whole = client.list(plural, json!({"sort": "name"})).await;
    assert_eq!(
        all,
        values(&whole, "name"),
        "a condition and its opposite together are everything: {filter}"
    );
    some.join(" ")
}

async fn every_operator_family_finds_what_it_says(world: World) {
    let rep = &world.rep;
    let tag = rep.make("tags", json!({"name": "Fair"})).await;
    let parent = rep
        .make("accounts", json!({"name": "a", "industry": "retail", "founded_year": 1990, "annual_revenue": "10.50",
                                 "relations": ["customer", "partner"], "tags": [tag], "external_id": "X-1"}))
        .await;
    let child = rep
        .make("accounts", json!({"name": "b", "industry": "finance", "founded_year": 2000, "annual_revenue": "20",
                                 "relations": ["customer"], "parent": parent, "external_id": "X-2"}))
        .await;
    rep.make("accounts", json!({"name": "c", "parent": child, "external_id": "Y-1"})).await;
    let me = &rep.user;
    for (field, op, value, expected) in [
        ("external_id", "eq", json!("X-1"), "a"),
        ("external_id", "ne", json!("X-1"), "b c"),
        ("external_id", "starts_with", json!("X-"), "a b"),
        ("external_id", "starts_with", json!("X_"), ""),
        ("external_id", "in", json!(["X-1", "Y-1"]), "a c"),
        ("external_id", "not_in", json!(["X-1"]), "b c"),
        ("founded_year", "eq", json!(1990), "a"),
        ("founded_year", "ne", json!(1990), "b c"),
        ("founded_year", "lt", json!(2000), "a"),
        ("founded_year", "lte", json!(2000), "a b"),
        ("founded_year", "gt", json!(1990), "b"),
        ("founded_year", "gte", json!(1990), "a b"),
        ("founded_year", "between", json!([1991, 2000]), "b"),
        ("founded_year", "in", json!([1990, 2000]), "a b"),
        ("annual_revenue", "eq", json!("10.5"), "a"),
        ("annual_revenue", "gt", json!("10.49"), "a b"),
        ("annual_revenue", "between", json!(["15", "20.00"]), "b"),
        ("industry", "eq", json!("retail"), "a"),
        ("industry", "ne", json!("retail"), "b c"),
        ("industry", "in", json!(["retail", "finance"]), "a b"),
        ("industry", "not_in", json!(["retail"]), "b c"),
        ("industry", "is_empty", Value::Null, "c"),
        ("industry", "is_not_empty", Value::Null, "a b"),
        ("relations", "has_any", json!(["partner", "supplier"]), "a"),
        ("relations", "has_all", json!(["customer", "partner"]), "a"),
        ("relations", "has_none", json!(["partner"]), "b c"),
        ("relations", "is_empty", Value::Null, "c"),
        ("tags", "has_any", json!([tag]), "a"),
        ("tags", "has_none", json!([tag]), "b c"),
        ("tags", "is_not_empty", Value::Null, "a"),
        ("parent", "eq", json!(parent), "b"),
        ("parent", "is_empty", Value::Null, "a"),
        ("owner", "eq", json!("me"), "a b c"),
        ("owner", "ne", json!(me), ""),
        ("owner", "in", json!([me, "me"]), "a b c"),
        ("created_at", "within", json!("today"), "a b c"),
        ("created_at", "lt", json!("2001-01-01T00:00:00Z"), ""),
    ] {
        assert_eq!(
            found(rep, "accounts", &condition(field, op, value.clone())).await,
            expected,
            "{field} {op} {value}"
        );
    }
    assert_eq!(found(rep, "accounts", &condition("parent", "under", json!(parent))).await, "b c");
    // Users lie in no tree.
    let under = json!({"filter": condition("owner", "under", json!(rep.user))});
    assert_eq!(rep.list("accounts", under).await.faults(), ["owner: operator"]);
}

async fn paths_through_links_find_what_may_be_seen(world: World) {
    let account = world.rep.make("accounts", json!({"name": "Shop", "industry": "retail"})).await;
    let shared = world.rep.make("contacts", json!({"name": "Li", "account": account})).await;
    world.rep.make("contacts", json!({"name": "Wang"})).await;
    let filter = condition("account.industry", "eq", json!("retail"));
    assert_eq!(found(&world.rep, "contacts", &filter).await, "Li");
    let boss = condition("account.owner.department.name", "eq", json!("North 1"));
    assert_eq!(found(&world.rep, "contacts", &boss).await, "Li");
    // A contact one sees, of an account one does not: what is asked of the account finds nothing.
    world.admin.set("contacts", &shared, json!({"owner": world.other_rep.user})).await;
    let list = world.other_rep.list("contacts", json!({})).await;
    assert_eq!(list.expect(200)["items"][0]["account"]["title"], Value::Null);
    assert_eq!(
        values(&world.other_rep.list("contacts", json!({"filter": filter})).await, "name"),
        [""; 0]
    );
    let long = condition("account.parent.parent.parent.parent.name", "eq", json!("x"));
    assert_eq!(world.rep.list("contacts", json!({"filter": long})).await.status, 422);
}

async fn days_are_counted_where_the_firm_is(world: World) {
    let today = world.workspace.now().today();
    for (name, days) in [("past", -1), ("now", 0), ("soon", 3), ("late", 40)] {
        let due = today.checked_add(jiff::Span::new().days(days)).expect("a day").to_string();
        world.rep.make("tasks", json!({"subject": name, "due_on": due})).await;
    }
    for (word, expected) in [
        ("today", "now"),
        ("yesterday", "past"),
        ("overdue", "past"),
        ("next_7_days", "now soon"),
        ("last_2_days", "past now"),
    ] {
        let filter = condition("due_on", "within", json!(word));
        let answer = world.rep.list("tasks", json!({"filter": filter, "sort": "due_on"})).await;
        let names = values(&answer, "subject").join(" ");
        assert!(names == expected || (word == "next_7_days" && names == "soon"), "{word}: {names}");
    }
    let refused = world
        .rep
        .list("tasks", json!({"filter": condition("due_on", "within", json!("someday"))}))
        .await;
    assert_eq!(refused.faults(), ["due_on: period_unknown"]);
}

async fn groups_of_conditions_nest(world: World) {
    for (name, level, kind) in [("a", "A", "company"), ("b", "B", "company"), ("c", "A", "person")]
    {
        world.rep.make("accounts", json!({"name": name, "level": level, "kind": kind})).await;
    }
    let level = |value: &str| condition("level", "eq", json!(value));
    let person = condition("kind", "eq", json!("person"));
    for (filter, expected) in [
        (json!({"and": [level("A"), {"not": person}]}), "a"),
        (json!({"or": [level("B"), person]}), "b c"),
        (
            json!({"and": [{"or": [level("A"), level("B")]}, {"not": {"or": [person, level("B")]}}]}),
            "a",
        ),
        (json!({"and": []}), "a b c"),
        (json!({"or": []}), ""),
    ] {
        assert_eq!(found(&world.rep, "accounts", &filter).await, expected, "{filter}");
    }
}

async fn filters_that_cannot_be_are_refused_by_name(world: World) {
    let many: Vec<Value> = (0..101).map(|_| condition("name", "eq", json!("x"))).collect();
    let deep = (0..10).fold(condition("name", "eq", json!("x")), |inner, _| json!({"not": inner}));
    for (filter, fault) in [
        (condition("nothing", "eq", json!(1)), "nothing: unknown_field"),
        (condition("name\" or 1=1", "eq", json!(1)), "name\" or 1=1: unknown_field"),
        (condition("name", "like", json!("x")), "name: operator"),
        (condition("kind", "gt", json!("person")), "kind: operator"),
        (condition("founded_year", "between", json!([1])), "founded_year: range_expected"),
        (condition("level", "in", json!("A")), "level: list_expected"),
        (condition("level", "eq", json!("Z")), "level: choice_unknown"),
        (condition("founded_year", "eq", json!({"a": 1})), "founded_year: number_expected"),
        (condition("name", "eq", Value::Null), "name: value_expected"),
        (json!({"and": many}), "filter: filter_large"),
        (deep, "filter: filter_large"),
        (json!({"xor": []}), "filter: filter_shape"),
        (json!([]), "filter: filter_shape"),
    ] {
        let answer = world.rep.list("accounts", json!({"filter": filter})).await;
        assert_eq!(answer.faults(), [fault], "{filter}");
    }
}

async fn words_find_names_in_both_languages(world: World) {
    for (name, phone) in [
        ("上海海港贸易有限公司", "021-68881234"),
        ("北京星辰科技", "010-55556666"),
        ("Harbour Trade Ltd", ""),
    ] {
        world.rep.make("accounts", json!({"name": name, "phone": phone})).await;
    }
    let harbour = "上海海港贸易有限公司";
    for (words, expected) in [
        ("海港", vec![harbour]),
        ("贸易", vec![harbour]),
        ("shhg", vec![harbour]),
        ("xingchen", vec!["北京星辰科技"]),
        ("bjxc", vec!["北京星辰科技"]),
        ("1234", vec![harbour]),
        ("harb", vec!["Harbour Trade Ltd"]),
        ("TRADE harbour", vec!["Harbour Trade Ltd"]),
        ("广州", vec![]),
        ("\" OR NEAR( * ^ name:x", vec![]),
    ] {
        let answer = world.rep.list("accounts", json!({"q": words})).await;
        assert_eq!(values(&answer, "name"), expected, "{words}");
        let filter = json!({"search": words});
        assert_eq!(
            values(&world.rep.list("accounts", json!({"filter": filter})).await, "name"),
            expected,
            "{words}"
        );
    }
}

async fn search_finds_records_of_several_objects(world: World) {
    let account = world.rep.make("accounts", json!({"name": "Lantern House"})).await;
    world.rep.make("contacts", json!({"name": "Lantern Li", "account": account})).await;
    world.other_rep.make("accounts", json!({"name": "Lantern Rival"})).await;
    let search = async |path: &str| {
        let answer = world.rep.get(path).await;
        let mut titles = values(&answer, "title");
        titles.sort();
        titles
    };
    assert_eq!(search("/search?q=lantern").await, ["Lantern House", "Lantern Li"]);
    assert_eq!(search("/search?q=lantern&objects=contact").await, ["Lantern Li"]);
    assert_eq!(search("/search?q=").await, [""; 0]);
    world.rep.delete(&format!("/accounts/{account}")).await.expect(204);
    assert_eq!(search("/search?q=house").await, [""; 0]);
}

/// Walks through all pages; the names in order.
async fn walk(client: &Client, sort: &str, limit: usize) -> Vec<String> {
    let mut names = Vec::new();
    let mut cursor = Value::Null;
    loop {
        let answer =
            client.list("accounts", json!({"sort": sort, "limit": limit, "cursor": cursor})).await;
        let page = values(&answer, "name");
        assert!(page.len() <= limit);
        names.extend(page);
        cursor = answer.body["next"].clone();
        if cursor.is_null() {
            return names;
        }
    }
}

async fn pages_bring_each_record_once_in_both_directions(world: World) {
    for n in 0..23 {
        let year = if n % 3 == 0 { Value::Null } else { json!(1990 + n % 4) };
        let level = ["A", "B"].get(n % 3).map_or(Value::Null, |level| json!(level));
        world
            .rep
            .make(
                "accounts",
                json!({"name": format!("n{n:02}"), "founded_year": year, "level": level}),
            )
            .await;
    }
    for sort in [
        "name",
        "founded_year",
        "level,founded_year",
        "level,-founded_year",
        "annual_revenue",
        "updated_at",
        "city",
    ] {
        let opposite: Vec<String> = sort
            .split(',')
            .map(|part| part.strip_prefix('-').map_or(format!("-{part}"), str::to_owned))
            .collect();
        let up = walk(&world.rep, sort, 5).await;
        let mut once = up.clone();
        once.sort();
        once.dedup();
        assert_eq!((up.len(), once.len()), (23, 23), "{sort}");
        assert_eq!(walk(&world.rep, sort, 200).await, up, "{sort}: pages are one list cut up");
        let mut down = walk(&world.rep, &opposite.join(","), 4).await;
        down.reverse();
        assert_eq!(down.len(), 23, "{sort}");
        if sort == "name" || sort == "updated_at" {
            assert_eq!(down, up, "{sort}");
        }
    }
    let elsewhere = world.rep.list("accounts", json!({"sort": "name", "limit": 5})).await;
    let cursor = elsewhere.expect(200)["next"].clone();
    let other = world.rep.list("accounts", json!({"sort": "level", "cursor": cursor})).await;
    assert_eq!(other.faults(), ["cursor: cursor"], "a mark of another order");
}

async fn counts_say_how_many_one_may_see(world: World) {
    for n in 0..4 {
        let client = if n == 0 { &world.other_rep } else { &world.rep };
        client.make("accounts", json!({"name": format!("n{n}")})).await;
    }
    for (client, count) in [
        (&world.rep, 3),
        (&world.other_rep, 1),
        (&world.manager, 3),
        (&world.admin, 4),
        (&world.read_only, 4),
    ] {
        let answer = client.list("accounts", json!({"count": true, "limit": 1})).await;
        assert_eq!(answer.expect(200)["count"], json!({"value": count, "exact": true}));
    }
}

async fn hidden_and_masked_fields_cannot_be_asked_about(world: World) {
    world.admin.make("products", json!({"name": "Chair", "cost": "50"})).await;
    world.rep.make("contacts", json!({"name": "Li", "mobile": "13800138000"})).await;
    let product = world.rep.list("products", json!({})).await;
    assert!(product.expect(200)["items"][0].get("cost").is_none());
    let contact = world.read_only.list("contacts", json!({})).await;
    assert_eq!(contact.expect(200)["items"][0]["_masked"], json!(["mobile"]));
    assert!(!contact.body.to_string().contains("13800138000"));
    for (client, plural, field) in
        [(&world.rep, "products", "cost"), (&world.read_only, "contacts", "mobile")]
    {
        let filter = condition(field, "is_not_empty", Value::Null);
        let filtered = client.list(plural, json!({"filter": filter})).await;
        assert_eq!(filtered.faults(), [format!("{field}: unknown_field")]);
        assert_eq!(
            client.list(plural, json!({"sort": field})).await.faults(),
            ["sort: unknown_field"]
        );
        let grouped = client.get(&format!("/{plural}/aggregate?group={field}")).await;
        assert_eq!(grouped.faults(), ["group: unknown_field"]);
        assert_eq!(
            client.get(&format!("/{plural}?fields=id,{field}")).await.expect(200)["items"][0]
                .get(field)
                .is_some(),
            field == "mobile"
        );
    }
    // Nor by the words of a covered field, through any door that searches.
    let found = |body: &Value| body["items"].as_array().map_or(0, Vec::len);
    for (client, expected) in [(&world.rep, 1), (&world.read_only, 0)] {
        assert_eq!(found(&client.get("/contacts?q=8000").await.expect(200).clone()), expected);
        assert_eq!(found(&client.get("/search?q=8000").await.expect(200).clone()), expected);
        let filter = json!({"filter": {"search": "13800138000"}});
        assert_eq!(found(&client.list("contacts", filter).await.expect(200).clone()), expected);
    }
    let by_name = world.read_only.get("/contacts?q=Li").await;
    assert_eq!(found(by_name.expect(200)), 1);
    let summed = world.rep.get("/products/aggregate?measure=sum:cost").await;
    assert_eq!(summed.faults(), ["measure: unknown_field"]);
    let by_path = condition("product.cost", "gt", json!("1"));
    assert_eq!(
        world.rep.list("order_lines", json!({"filter": by_path})).await.faults(),
        ["product.cost: unknown_field"]
    );
}
