//! The records fit together: the same for the same seed, linked only backwards, unique where they must be.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use demo::{DemoRecord, DemoValue, Firm, Language, Options, Step, generate};
use jiff::civil::date;

use super::{TODAY, firm, options, tables, text};

fn all(options: &Options) -> Vec<DemoRecord> {
    generate(options).records().collect()
}

#[test]
fn the_same_seed_makes_the_same_firm() {
    let options = options(0.05, Language::Zh);
    assert_eq!(all(&options), all(&options));
    assert_ne!(all(&options), all(&Options { seed: 8, ..options.clone() }));
    let json = || generate(&options).truths().to_json().to_string();
    assert_eq!(json(), json());
}

#[track_caller]
fn check_links(firm: &Firm) {
    let mut known: HashSet<(&str, u64)> = HashSet::new();
    let mut objects: Vec<&str> = Vec::new();
    for record in firm.records() {
        let id = (record.object, record.key);
        match record.step {
            Step::Create | Step::Adopt => assert!(known.insert(id), "{id:?} twice"),
            Step::Update => assert!(known.contains(&id), "{id:?} updated before it exists"),
        }
        if !objects.contains(&record.object) {
            objects.push(record.object);
        }
        let names: BTreeSet<&str> = record.fields.iter().map(|(name, _)| *name).collect();
        assert_eq!(names.len(), record.fields.len(), "{id:?} names a field twice");
        let author = record.author.map(|key| ("user", key));
        for (name, value) in &record.fields {
            let links = match value {
                DemoValue::Ref(object, key) => vec![(*object, *key)],
                DemoValue::Refs(object, keys) => keys.iter().map(|key| (*object, *key)).collect(),
                _ => Vec::new(),
            };
            for link in links {
                assert!(
                    known.contains(&link),
                    "{id:?}.{name} links to {link:?}, which is not there"
                );
            }
        }
        assert!(author.is_none_or(|author| known.contains(&author)), "{id:?} by nobody");
    }
    assert_eq!(objects.len(), 24, "{objects:?}");
}

#[test]
fn links_lead_to_what_came_before() {
    check_links(&firm(0.2));
    check_links(&firm(0.0));
    check_links(&generate(&options(0.1, Language::En)));
    // A Sunday, a leap day, New Year's day of China, the edges of the calendar.
    for today in [
        date(2026, 11, 22),
        date(2028, 2, 29),
        date(2025, 1, 29),
        date(2000, 1, 1),
        date(2100, 1, 1),
    ] {
        let options = Options { seed: 3, scale: 0.03, language: Language::Zh, today };
        check_links(&generate(&options));
    }
}

#[test]
fn codes_and_names_are_unique() {
    let tables = tables(&firm(0.5));
    for (object, field) in [
        ("user", "email"),
        ("tag", "name"),
        ("account", "name"),
        ("account", "external_id"),
        ("contact", "external_id"),
        ("lead", "external_id"),
        ("opportunity", "external_id"),
        ("order", "external_id"),
        ("order", "number"),
        ("product", "code"),
        ("pipeline", "code"),
    ] {
        let values: BTreeSet<&str> = tables[object].values().map(|r| text(r, field)).collect();
        assert_eq!(values.len(), tables[object].len(), "{object}.{field}");
        assert!(!values.contains(""), "{object}.{field}");
    }
}

#[test]
fn required_fields_are_there() {
    let required: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("account", &["name", "owner", "industry", "country"] as &[&str]),
        ("contact", &["name", "account", "email"]),
        ("lead", &["name", "company", "status", "owner"]),
        ("opportunity", &["name", "account", "pipeline", "stage", "expected_amount", "close_on"]),
        ("opportunity_line", &["opportunity", "product", "quantity", "unit_price"]),
        ("order", &["account", "kind", "status", "ordered_at"]),
        ("order_line", &["order", "product", "quantity", "unit_price"]),
        ("activity", &["subject", "kind", "at", "owner", "content"]),
        ("task", &["subject", "status", "due_on", "owner"]),
        ("saved_view", &["name", "object", "filter", "columns"]),
        ("stage_change", &["opportunity", "from_stage", "to_stage", "left_at", "summary"]),
    ]);
    for record in firm(0.1).records().filter(|record| record.step != Step::Update) {
        for field in required.get(record.object).into_iter().copied().flatten() {
            assert_ne!(record.get(field), &DemoValue::Null, "{} {field}", record.object);
        }
    }
}

#[test]
fn closed_deals_know_how_they_ended() {
    let tables = tables(&firm(0.3));
    let kind = |deal: &DemoRecord| {
        let stage = super::linked(deal, "stage").unwrap();
        let stage = &tables["stage"][&stage];
        assert_eq!(super::linked(stage, "pipeline"), super::linked(deal, "pipeline"));
        text(stage, "kind").to_owned()
    };
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for deal in tables["opportunity"].values() {
        let kind = kind(deal);
        let closed = super::instant(deal, "closed_at");
        assert_eq!(closed.is_some(), kind != "open");
        assert_eq!(text(deal, "lost_reason").is_empty(), kind != "lost");
        if let (Some(at), DemoValue::Date(close)) = (closed, deal.get("close_on")) {
            assert!(super::days(*close, super::day_of(at)).abs() <= 1, "{close} {at}");
            assert!(at >= deal.created_at);
        }
        *kinds.entry(kind).or_default() += 1;
    }
    assert_eq!(kinds.len(), 4, "{kinds:?}");
    // Won deals became orders with the same products.
    let ordered: BTreeSet<u64> =
        tables["order"].values().filter_map(|order| super::linked(order, "opportunity")).collect();
    assert_eq!(ordered.len(), kinds["won"]);
}

#[test]
fn nothing_was_done_in_the_future() {
    let now = "2026-11-23T03:00:00Z".parse().unwrap();
    for record in firm(0.2).records() {
        assert!(record.created_at <= now, "{} {} {}", record.object, record.key, record.created_at);
        for field in ["at", "done_at", "closed_at", "entered_at", "ordered_at", "converted_at"] {
            if let DemoValue::Instant(at) = record.get(field) {
                assert!(*at <= now, "{} {}: {field} {at}", record.object, record.key);
            }
        }
    }
    assert_eq!(TODAY, date(2026, 11, 23));
}

#[test]
fn nothing_is_older_than_what_it_is_about() {
    let tables = tables(&firm(0.2));
    let parents = ["account", "contact", "opportunity", "lead", "order", "original_order"];
    for (object, table) in &tables {
        if ["relation", "lead"].contains(object) {
            continue;
        }
        for record in table.values() {
            for field in parents {
                if let DemoValue::Ref(target, key) = record.get(field) {
                    let parent = &tables[target][key];
                    let contact = *target == "contact";
                    assert!(
                        contact || parent.created_at <= record.created_at,
                        "{object} {} is older than its {field}: {} < {}",
                        record.key,
                        record.created_at,
                        parent.created_at
                    );
                }
            }
        }
    }
}
