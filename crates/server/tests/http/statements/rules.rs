//! What Citus cannot run on schemas that are spread over machines, told from the text of a statement.

/// Functions whose value differs from call to call, so that two machines would write different rows.
const VOLATILE: [&str; 7] = [
    "random(",
    "now(",
    "clock_timestamp(",
    "gen_random_uuid(",
    "nextval(",
    "timeofday(",
    "current_timestamp",
];

/// The rules that a statement breaks; its own tables are those of `schema`.
pub fn broken(sql: &str, schema: &str) -> impl Iterator<Item = &'static str> {
    let lower = sql.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let begins = |word: &str| words.first() == Some(&word);
    let has = |text: &str| lower.contains(text);
    let mut rules = Vec::new();
    if has("create trigger") || has("create rule") || has("create function") {
        rules.push("no triggers");
    }
    if others(&lower, schema) {
        rules.push("one schema");
    }
    if has("references ") || has("foreign key") {
        rules.push("no keys between tables");
    }
    if begins("update") && VOLATILE.iter().any(|function| has(function)) {
        rules.push("nothing volatile in UPDATE");
    }
    if values_hold_a_query(&words.join(" ")) {
        rules.push("no query in VALUES");
    }
    if has("select *") || has(".* from") || has("returning *") {
        rules.push("no SELECT *");
    }
    if has("create table") && !has("primary key") {
        rules.push("a primary key");
    }
    let is_session = (begins("set") && words.get(1).is_none_or(|word| *word != "local"))
        || begins("listen")
        || begins("prepare")
        || begins("discard")
        || has("create temp")
        || (has("pg_advisory_lock") || has("pg_try_advisory_lock"));
    if is_session {
        rules.push("no state outside of a transaction");
    }
    rules.into_iter()
}

/// Whether it names a table of another schema than its own and the database's catalogs.
fn others(lower: &str, schema: &str) -> bool {
    lower.match_indices("\".\"").any(|(at, _)| {
        let name = lower[..at].rsplit('"').next().unwrap_or("");
        // An alias of a table is no schema: schemas of tests begin so.
        name.starts_with("test_") && name != schema
    }) || (lower.contains("public.") && !lower.contains("information_schema"))
}

fn values_hold_a_query(sql: &str) -> bool {
    let Some(at) = sql.find("values (") else { return false };
    let mut depth = 0;
    let rest = &sql[at + "values ".len()..];
    for (index, byte) in rest.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            b's' if depth > 0 && rest[index..].starts_with("select ") => return true,
            _ if depth == 0 && rest[index..].starts_with(" on conflict") => return false,
            _ => {}
        }
    }
    false
}

#[test]
fn broken_rules_are_told_apart() {
    let one = |sql: &str| broken(sql, "test_a").collect::<Vec<_>>();
    assert_eq!(one("SELECT \"id\" FROM \"test_a\".\"accounts\""), [""; 0]);
    assert_eq!(one("SELECT * FROM \"test_a\".\"accounts\""), ["no SELECT *"]);
    assert_eq!(one("SELECT a.id FROM \"test_b\".\"accounts\" AS a"), ["one schema"]);
    assert_eq!(one("UPDATE \"test_a\".\"x\" SET a = now()"), ["nothing volatile in UPDATE"]);
    assert_eq!(one("INSERT INTO x (a) VALUES ((SELECT 1))"), ["no query in VALUES"]);
    assert_eq!(
        one("INSERT INTO x (a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET a = (SELECT 1)"),
        [""; 0]
    );
    assert_eq!(one("CREATE TABLE x (a bigint)"), ["a primary key"]);
    assert_eq!(one("SET search_path = x"), ["no state outside of a transaction"]);
    assert_eq!(one("SET LOCAL statement_timeout = 5"), [""; 0]);
    assert_eq!(one("SELECT pg_advisory_xact_lock(1)"), [""; 0]);
}
