//! What the answer sheet says can be found in the records by counting.

mod deals;

use std::collections::{BTreeMap, BTreeSet};

use demo::{AccountTruth, DemoRecord, Key, Truths};
use jiff::civil::Date;

use super::{
    TODAY, Table, day_of, days, decimal, firm, instant, is_bought, linked, median, tables, text,
};

/// An order as a basket.
struct Basket {
    account: Key,
    on: Date,
    value: f64,
    products: BTreeSet<String>,
}

struct Seen {
    truths: Truths,
    tables: BTreeMap<&'static str, Table>,
    baskets: Vec<Basket>,
}

fn seen() -> Seen {
    let firm = firm(1.0);
    let tables = tables(&firm);
    let mut baskets: BTreeMap<Key, Basket> = BTreeMap::new();
    for (key, order) in tables["order"].iter().filter(|(_, order)| is_bought(order)) {
        let on = day_of(instant(order, "ordered_at").unwrap());
        let account = linked(order, "account").unwrap();
        baskets.insert(*key, Basket { account, on, value: 0.0, products: BTreeSet::new() });
    }
    for line in tables["order_line"].values() {
        if let Some(basket) = baskets.get_mut(&linked(line, "order").unwrap()) {
            let product = &tables["product"][&linked(line, "product").unwrap()];
            let discount = 1.0 - decimal(line, "discount") / 100.0;
            basket.value += decimal(line, "quantity") * decimal(line, "unit_price") * discount;
            basket.products.insert(text(product, "code").to_owned());
        }
    }
    Seen { truths: firm.truths(), tables, baskets: baskets.into_values().collect() }
}

impl Seen {
    /// Days of each customer's orders, in order.
    fn dates(&self) -> BTreeMap<Key, Vec<Date>> {
        let mut dates: BTreeMap<Key, Vec<Date>> = BTreeMap::new();
        for basket in &self.baskets {
            dates.entry(basket.account).or_default().push(basket.on);
        }
        dates.values_mut().for_each(|days| days.sort());
        dates
    }

    fn truth(&self, account: Key) -> &AccountTruth {
        self.truths.accounts.iter().find(|truth| truth.key == account).unwrap()
    }
}

#[test]
fn segments_differ_in_recency_frequency_and_money() {
    let seen = seen();
    let dates = seen.dates();
    let mut spent: BTreeMap<Key, f64> = BTreeMap::new();
    for basket in &seen.baskets {
        *spent.entry(basket.account).or_default() += basket.value;
    }
    // Orders a year and mean order: what k-means on RFM sees.
    let mut points: BTreeMap<&str, Vec<[f64; 2]>> = BTreeMap::new();
    for (account, dates) in &dates {
        let truth = seen.truth(*account);
        let active = days(dates[0], TODAY).max(60) as f64 / 365.0;
        let frequency = (dates.len() as f64 / active).ln();
        let money = (spent[account] / dates.len() as f64).ln();
        if truth.leaving.is_none() && days(dates[0], TODAY) > 240 {
            points.entry(truth.segment).or_default().push([frequency, money]);
        }
    }
    assert_eq!(points.len(), 5);
    let centre = |points: &Vec<[f64; 2]>| {
        [0, 1].map(|axis| median(points.iter().map(|p| p[axis]).collect()))
    };
    let centres: BTreeMap<&str, [f64; 2]> = points.iter().map(|(s, p)| (*s, centre(p))).collect();
    let (mut right, mut all) = (0, 0);
    for (segment, points) in &points {
        for point in points {
            let distance = |c: &[f64; 2]| (point[0] - c[0]).powi(2) + (point[1] - c[1]).powi(2);
            let nearest = centres.iter().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
            right += usize::from(nearest.unwrap().0 == segment);
            all += 1;
        }
    }
    let share = f64::from(right as u32) / f64::from(all as u32);
    assert!(share > 0.88, "{share} of {all} are nearest to their own segment: {centres:?}");
    let external: BTreeSet<&str> =
        seen.tables["account"].values().map(|a| text(a, "external_id")).collect();
    assert!(seen.truths.accounts.iter().all(|a| external.contains(a.external_id.as_str())));
}

#[test]
fn bundles_are_the_pairs_with_the_greatest_lift() {
    let seen = seen();
    let total = seen.baskets.len() as f64;
    let mut single: BTreeMap<&str, f64> = BTreeMap::new();
    let mut pair: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    for basket in &seen.baskets {
        let products: Vec<&str> = basket.products.iter().map(String::as_str).collect();
        for (at, one) in products.iter().enumerate() {
            *single.entry(one).or_default() += 1.0;
            for two in &products[at + 1..] {
                *pair.entry((one, two)).or_default() += 1.0;
            }
        }
    }
    let mut planted = BTreeSet::new();
    for bundle in &seen.truths.bundles {
        let mut products = bundle.products.clone();
        products.sort();
        for (at, one) in products.iter().enumerate() {
            planted.extend(products[at + 1..].iter().map(|two| (*one, *two)));
        }
        assert!(bundle.lift_min > 3.0, "{bundle:?}");
        assert!(bundle.part_holders.len() >= 30, "{}", bundle.code);
    }
    let lift = |(one, two): (&str, &str)| pair[&(one, two)] * total / (single[one] * single[two]);
    let frequent = pair.iter().filter(|(_, count)| **count >= 0.005 * total);
    let strong: BTreeSet<_> =
        frequent.map(|(pair, _)| *pair).filter(|pair| lift(*pair) > 2.5).collect();
    assert_eq!(strong, planted);
}

#[test]
fn part_holders_lack_exactly_the_missing_product() {
    let seen = seen();
    let mut held: BTreeMap<Key, BTreeSet<&str>> = BTreeMap::new();
    for basket in &seen.baskets {
        held.entry(basket.account).or_default().extend(basket.products.iter().map(String::as_str));
    }
    for bundle in &seen.truths.bundles {
        for (account, missing) in &bundle.part_holders {
            let held = bundle.products.iter().filter(|product| held[account].contains(**product));
            assert_eq!(held.count(), bundle.products.len() - 1);
            assert!(bundle.products.contains(missing));
        }
    }
}

/// Complaints about late delivery.
fn late(activities: &[&DemoRecord]) -> usize {
    let late = activities.iter().filter(|a| {
        let content = text(a, "content");
        ["延迟", "未按约定日期", "Late", "did not arrive"].iter().any(|sign| content.contains(sign))
    });
    late.count()
}

#[test]
fn those_who_leave_stop_ordering_and_show_why() {
    let seen = seen();
    let dates = seen.dates();
    let mut activities: BTreeMap<Key, Vec<&DemoRecord>> = BTreeMap::new();
    for activity in seen.tables["activity"].values() {
        if let Some(account) = linked(activity, "account") {
            activities.entry(account).or_default().push(activity);
        }
    }
    let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut complained_left, mut complained_stayed) = (0, 0);
    for truth in &seen.truths.accounts {
        let complaints = activities.get(&truth.key).map_or(0, |list| late(list));
        let Some(leaving) = &truth.leaving else {
            complained_stayed += usize::from(complaints >= 2);
            continue;
        };
        assert!(truth.next_order_on.is_none());
        assert!(dates[&truth.key].iter().all(|on| *on <= leaving.left_on));
        complained_left += usize::from(complaints >= 2);
        *causes.entry(leaving.cause).or_default() += 1;
        if leaving.cause == "late_delivery" {
            assert!(complaints >= 2, "{}", truth.external_id);
        }
    }
    assert_eq!(causes.len(), 5, "{causes:?}");
    assert!(causes.values().all(|count| *count >= 8), "{causes:?}");
    // Two complaints nearly decide it; a few loyal customers have them, too.
    assert!(
        complained_left >= 40 && (3..=25).contains(&complained_stayed),
        "{complained_left} {complained_stayed}"
    );
    let saved =
        seen.truths.accounts.iter().filter(|a| a.leaving.as_ref().is_some_and(|l| !l.is_lost));
    assert!(saved.count() >= 30);
}

#[test]
fn lengthening_gaps_announce_a_competitor() {
    let seen = seen();
    let dates = seen.dates();
    let ratio = |cause: Option<&str>| {
        let these = seen.truths.accounts.iter().filter(|a| {
            a.leaving.as_ref().map(|l| l.cause) == cause
                && ["steady", "small", "key"].contains(&a.segment)
        });
        let ratios = these.filter_map(|account| {
            let dates = dates.get(&account.key).filter(|dates| dates.len() >= 8)?;
            let gaps: Vec<f64> = dates.windows(2).map(|w| days(w[0], w[1]) as f64).collect();
            let (old, new) = gaps.split_at(gaps.len() - 3);
            Some(new.iter().sum::<f64>() / 3.0 / (old.iter().sum::<f64>() / old.len() as f64))
        });
        median(ratios.collect())
    };
    let (leaving, loyal) = (ratio(Some("competitor")), ratio(None));
    assert!(leaving > 1.3 && (0.85..1.15).contains(&loyal), "{leaving} {loyal}");
}

#[test]
fn customers_keep_their_own_cycle() {
    let seen = seen();
    let mut close = 0;
    let mut all = 0;
    for (account, dates) in seen.dates() {
        let truth = seen.truth(account);
        let (Some(cycle), true) = (truth.cycle_days, truth.segment == "steady" && dates.len() >= 8)
        else {
            continue;
        };
        if truth.leaving.is_none() {
            let gap = days(dates[0], dates[dates.len() - 1]) as f64 / (dates.len() - 1) as f64;
            all += 1;
            close += usize::from((gap / cycle - 1.0).abs() < 0.25);
        }
    }
    assert!(all > 100 && close * 10 > all * 8, "{close} of {all}");
    let coming = seen.truths.accounts.iter().filter_map(|a| a.next_order_on);
    assert!(coming.clone().count() > 500 && coming.min() > Some(TODAY));
}

#[test]
fn customers_stay_or_go_by_their_source() {
    let seen = seen();
    let kept = |codes: &[&str]| {
        let sources = seen.truths.sources.iter().filter(|s| codes.contains(&s.code));
        let (kept, all) = sources.fold((0, 0), |sum, s| (sum.0 + s.kept, sum.1 + s.customers));
        f64::from(kept as u32) / f64::from(all as u32)
    };
    let (friends, strangers) =
        (kept(&["referral", "partner"]), kept(&["advertising", "exhibition"]));
    assert!(friends > strangers + 0.2, "{friends} {strangers}");
    let converted = |source: &str| {
        let leads: Vec<_> =
            seen.tables["lead"].values().filter(|lead| text(lead, "source") == source).collect();
        let won = leads.iter().filter(|lead| text(lead, "status") == "converted").count();
        won as f64 / leads.len() as f64
    };
    for source in seen.truths.sources.iter().filter(|source| source.code != "other") {
        assert!((converted(source.code) - source.converts).abs() < 0.03, "{}", source.code);
    }
}

#[test]
fn the_new_product_sells_where_it_is_wanted() {
    let launch = seen().truths.launch;
    let share = |(with, all): (usize, usize)| with as f64 / all as f64;
    assert!(share(launch.wanted) > 6.0 * share(launch.others), "{launch:?}");
}

#[test]
fn the_answer_sheet_can_be_read() {
    let truths = firm(0.1).truths();
    let page = truths.to_markdown();
    for heading in
        ["Segments", "Products bought together", "Customers that leave", "What wins deals"]
    {
        assert!(page.contains(&format!("## {heading}")), "{heading}");
    }
    let json = truths.to_json();
    assert_eq!(json["accounts"].as_array().map(Vec::len), Some(truths.accounts.len()));
    assert_eq!(json["bundles"].as_array().map(Vec::len), Some(7));
}
