//! What to offer each customer next: new products, and repeats of their own.

use super::basket_rules::COLUMNS as BASKETS;
use super::{Input, Study};
use crate::refusal::{Refusal, Result};
use crate::report::{Report, Table, Tone, Value};
use crate::roles::Role;
use crate::settings::{Kind, Setting, setting};
use crate::sheet::days;
use mining::basket::Baskets;
use mining::suggest::{Ease, ItemCosine, Personal, Purchase, Scorer, hit_rate, new_items};
use mining::text::percent;
use mining::{Run, Text};
use std::collections::{BTreeMap, HashMap};

const SETTINGS: &[Setting] = &[
    setting(
        "date",
        Kind::Column,
        "column of the date; with it choices are made on later orders",
        "日期列；有日期时以较晚的订单做选择",
    ),
    setting(
        "most",
        Kind::Whole,
        "suggestions per customer and list (3)",
        "每位客户每类建议数（默认 3）",
    ),
    setting("for", Kind::Text, "only for this customer", "仅针对该客户"),
];

pub(super) const STUDY: Study = Study {
    name: "suggest",
    title: ("What to offer next", "下一步推荐"),
    about: (
        "Lists new products and repeats for each customer, each with its reason",
        "为每位客户列出新商品与复购建议及理由",
    ),
    settings: &[BASKETS, SETTINGS],
    compares: false,
    work,
};

/// Products beyond which EASE is too large and the cosine alone is used.
const EASE_ITEMS_MAX: usize = 4_000;
const LAMBDAS: [f64; 3] = [30.0, 100.0, 300.0];
const HALF_LIVES: [f64; 4] = [60.0, 120.0, 240.0, f64::INFINITY];
/// Share of the days at the end on which choices are judged.
const WINDOW_SHARE: f64 = 0.2;
const HITS: usize = 10;
/// Fewest products a customer base must have bought for suggestions to make sense.
const CUSTOMERS_MIN: usize = 20;

/// Every purchase: customer and product as codes, and the day.
struct Bought {
    purchases: Vec<Purchase>,
    customers: Vec<String>,
    items: Vec<String>,
}

fn bought(input: &Input<'_>, report: &mut Report) -> Result<Bought> {
    let customer = input.column(Role::Customer)?;
    let item = input.column(Role::Item)?;
    let day = input.maybe(Role::Date)?.and_then(days);
    let quantity = input.maybe(Role::Quantity)?.and_then(crate::sheet::numbers).map(|q| q.0);
    let (no_customer, no_item) = (customer.blanks(), item.blanks());
    let mut purchases = Vec::new();
    for row in 0..input.sheet.rows {
        let (c, i) = (customer.codes[row], item.codes[row]);
        let when = day.as_ref().map_or(0.0, |d| d.0[row]);
        let real = quantity.as_ref().is_none_or(|q| q[row] > 0.0) && when < input.tomorrow();
        if no_customer[c as usize] || no_item[i as usize] || when.is_nan() || !real {
            continue;
        }
        purchases.push(Purchase { customer: c, item: i, day: when });
    }
    let left = input.sheet.rows - purchases.len();
    if left > 0 {
        report.warning(
            format!(
                "{left} rows without customer, product or date, or with no pieces, were left out"
            ),
            format!("{left} 行缺少客户、商品或日期，或数量不为正，未采用"),
        );
    }
    let holders: std::collections::HashSet<u32> = purchases.iter().map(|p| p.customer).collect();
    if holders.len() < CUSTOMERS_MIN {
        let what = "customers";
        return Err(mining::Error::TooFew { what, have: holders.len(), need: CUSTOMERS_MIN }.into());
    }
    Ok(Bought { purchases, customers: customer.values.clone(), items: item.values.clone() })
}

fn held(b: &Bought, upto: f64) -> BTreeMap<u32, Vec<u32>> {
    let mut out: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for p in b.purchases.iter().filter(|p| p.day < upto) {
        out.entry(p.customer).or_default().push(p.item);
    }
    out.values_mut().for_each(|items| {
        items.sort_unstable();
        items.dedup();
    });
    out
}

/// The first day with purchases from `cut` on, per customer known before it.
fn next_baskets(b: &Bought, cut: f64, known: &BTreeMap<u32, Vec<u32>>) -> HashMap<u32, Vec<u32>> {
    let mut first: HashMap<u32, f64> = HashMap::new();
    for p in b.purchases.iter().filter(|p| p.day >= cut && known.contains_key(&p.customer)) {
        let day = first.entry(p.customer).or_insert(p.day.floor());
        *day = day.min(p.day.floor());
    }
    let mut out: HashMap<u32, Vec<u32>> = HashMap::new();
    for p in b.purchases.iter().filter(|p| p.day >= cut) {
        if first.get(&p.customer).is_some_and(|d| *d == p.day.floor()) {
            out.entry(p.customer).or_default().push(p.item);
        }
    }
    out
}

/// The scorer of new products and its penalty; the half-life of habits; what both reached.
struct Chosen {
    lambda: Option<f64>,
    half_life: f64,
    new_rate: Option<f64>,
    repeat_rate: Option<f64>,
    judged: usize,
}

fn choose(b: &Bought, run: &Run<'_>) -> Result<Chosen> {
    let time = |f: fn(f64, f64) -> f64, from| b.purchases.iter().map(|p| p.day).fold(from, f);
    let (first, last) = (time(f64::min, f64::INFINITY), time(f64::max, f64::NEG_INFINITY));
    let cut = (last - (last - first) * WINDOW_SHARE).floor();
    let known = held(b, cut);
    let later = next_baskets(b, cut, &known);
    let mut chosen = Chosen {
        lambda: None,
        half_life: f64::INFINITY,
        new_rate: None,
        repeat_rate: None,
        judged: later.len(),
    };
    let ease = b.items.len() <= EASE_ITEMS_MAX;
    chosen.lambda = ease.then_some(LAMBDAS[1]);
    if later.len() < CUSTOMERS_MIN {
        return Ok(chosen);
    }
    let lists: Vec<&[u32]> = known.values().map(Vec::as_slice).collect();
    let train = Baskets::new(lists, b.items.clone())?;
    let cases: Vec<(Vec<u32>, Vec<u32>)> = known
        .iter()
        .filter_map(|(c, h)| later.get(c).map(|w| (h, w)))
        .map(|(h, w)| (h.clone(), w.iter().copied().filter(|i| !h.contains(i)).collect()))
        .filter(|(_, w): &(_, Vec<u32>)| !w.is_empty())
        .collect();
    let cosine = ItemCosine::fit(&train)?;
    chosen.new_rate = Some(hit_rate(&cosine, &cases, HITS, true, run));
    if ease && !cases.is_empty() {
        let (lambda, rate) = Ease::choose(&train, &cases, &LAMBDAS, HITS, true, run)?;
        // The simpler scorer stays unless it is beaten.
        let better = chosen.new_rate.is_none_or(|c| rate > c);
        chosen.lambda = better.then_some(lambda);
        chosen.new_rate = chosen.new_rate.map(|c| c.max(rate));
    }
    let before: Vec<Purchase> = b.purchases.iter().filter(|p| p.day < cut).copied().collect();
    for half_life in HALF_LIVES {
        let habits = Personal::fit(&before, cut, half_life)?;
        let hit =
            |c: &u32, w: &Vec<u32>| habits.repeats(*c, HITS).iter().any(|s| w.contains(&s.item));
        let rate = later.iter().filter(|(c, w)| hit(c, w)).count() as f64 / later.len() as f64;
        if chosen.repeat_rate.is_none_or(|r| rate >= r) {
            (chosen.repeat_rate, chosen.half_life) = (Some(rate), half_life);
        }
    }
    Ok(chosen)
}

fn work(input: &Input<'_>, run: &Run<'_>, report: &mut Report) -> Result<()> {
    let b = bought(input, report)?;
    let most = input.settings.whole("most", 3, 1, 50)?;
    let chosen = choose(&b, run)?;
    let all = held(&b, f64::INFINITY);
    let lists: Vec<&[u32]> = all.values().map(Vec::as_slice).collect();
    let baskets = Baskets::new(lists, b.items.clone())?;
    let scorer: Box<dyn Scorer> = match chosen.lambda {
        Some(lambda) => Box::new(Ease::fit(&baskets, lambda, run)?),
        None => Box::new(ItemCosine::fit(&baskets)?),
    };
    let last = b.purchases.iter().map(|p| p.day).fold(f64::NEG_INFINITY, f64::max);
    let habits = Personal::fit(&b.purchases, last, chosen.half_life)?;
    let only = input.settings.text("for");
    if let Some(name) = only.filter(|n| !all.keys().any(|c| b.customers[*c as usize] == **n)) {
        return Err(Refusal::setting(Text::new(
            format!("nobody is called {name}"),
            format!("没有名为 {name} 的客户"),
        )));
    }
    told(report, &chosen);
    let mut table = Table::new(
        "suggestions",
        Text::new("Suggestions", "推荐"),
        &[
            ("customer", "customer", "客户"),
            ("kind", "kind", "类型"),
            ("item", "product", "商品"),
            ("score", "score", "评分"),
            ("reason", "reason", "理由"),
        ],
    );
    for (customer, history) in &all {
        let name = &b.customers[*customer as usize];
        if only.is_some_and(|n| n != name) {
            continue;
        }
        let new = new_items(scorer.as_ref(), history, &b.items, most);
        let again = habits.repeats(*customer, most);
        let kinds = [(Text::new("new", "新商品"), new), (Text::new("again", "复购"), again)];
        for (kind, list) in kinds {
            for s in list {
                table.rows.push(vec![
                    Value::Raw(name.clone()),
                    Value::Words(kind.clone()),
                    Value::Raw(b.items[s.item as usize].clone()),
                    Value::Number(s.score),
                    Value::Words(s.reason),
                ]);
            }
        }
    }
    report.figure("customers", Text::new("customers", "客户数"), Value::Count(all.len()));
    report.figure("products", Text::new("products", "商品数"), Value::Count(b.items.len()));
    report.tables.push(table);
    report.list = "suggestions";
    Ok(())
}

fn told(report: &mut Report, chosen: &Chosen) {
    let method = match chosen.lambda {
        Some(l) => format!("EASE, λ {l}"),
        None => "item cosine".to_owned(),
    };
    report.on_card("new", Text::new("new products by", "新商品方法"), Value::Raw(method));
    let half = if chosen.half_life.is_finite() {
        format!("½ / {} d", chosen.half_life)
    } else {
        "1".to_owned()
    };
    report.on_card(
        "again",
        Text::new("weight of an older purchase", "较早购买的权重"),
        Value::Raw(half),
    );
    report.on_card(
        "judged",
        Text::new("customers judged on later orders", "以后续订单检验的客户数"),
        Value::Count(chosen.judged),
    );
    let (Some(new), Some(again)) = (chosen.new_rate, chosen.repeat_rate) else {
        report.say(
            Tone::Warning,
            Text::new(
                "too few later orders to judge the suggestions on: take them as ideas",
                "后续订单太少，无法检验推荐效果：仅供参考",
            ),
        );
        return;
    };
    report.figure(
        "hit_new",
        Text::new("new product among ten suggested", "十个推荐中命中新商品"),
        Value::Share(new),
    );
    report.figure(
        "hit_again",
        Text::new("next order holds one of ten repeats", "十个复购推荐命中"),
        Value::Share(again),
    );
    report.finding(
        format!(
            "on later orders ten suggestions hit a new product for {} of the customers, and ten repeats hit for {} (settings were chosen on the same orders)",
            percent(new), percent(again)
        ),
        format!("以后续订单检验，十个新品推荐命中 {} 的客户，十个复购推荐命中 {}（参数亦据此选定）", percent(new), percent(again)),
    );
}
