//! Accounts: who they are, where, whose, how they buy, and who brought them.

use std::collections::HashSet;

use super::Names;
use super::plan::{REFERRAL, SEGMENTS, SOURCES, Segment};
use crate::calendar::HISTORY_DAYS;
use crate::names::companies::CompanyName;
use crate::names::places::Region;
use crate::names::{Speech, credit_code};
use crate::random::Random;
use crate::world::{Account, AccountKind, Buying, World};

/// Share of the customers that were customers before the history kept.
const BEFORE_HISTORY: f64 = 0.45;
/// Share of accounts that belong to another account.
const SUBSIDIARIES: f64 = 0.05;
/// Share that got a birthday gift.
const GIFTS: f64 = 0.15;

/// Fills the accounts, oldest first.
pub(crate) fn accounts(world: &mut World, names: &Names) {
    let counts = [
        (AccountKind::Customer, world.scaled(1185.0, 40)),
        (AccountKind::Prospect, world.scaled(240.0, 12)),
        (AccountKind::Partner, world.scaled(40.0, 3)),
        (AccountKind::Supplier, world.scaled(29.0, 3)),
        (AccountKind::Competitor, 6),
    ];
    let mut drafts: Vec<(i32, AccountKind)> = Vec::new();
    for (kind, count) in counts {
        for _ in 0..count {
            let mut random = world.random("account age", drafts.len());
            drafts.push((created_on(world, kind, &mut random), kind));
        }
    }
    drafts.sort_by_key(|draft| draft.0);
    let mut taken = HashSet::new();
    for (index, (created, kind)) in drafts.into_iter().enumerate() {
        let mut random = world.random("account", index);
        let account = account(world, names, created, kind, &mut taken, &mut random);
        world.accounts.push(account);
    }
}

fn created_on(world: &World, kind: AccountKind, random: &mut Random) -> i32 {
    let old = match kind {
        AccountKind::Customer => random.chance(BEFORE_HISTORY),
        AccountKind::Prospect => false,
        _ => random.chance(0.8),
    };
    let day = if old {
        -random.between(HISTORY_DAYS + 1, HISTORY_DAYS + 900)
    } else {
        // The firm grows: more in the later part.
        let part = random.unit().max(random.unit() * 0.9);
        (-f64::from(HISTORY_DAYS - 5) * (1.0 - part)) as i32 - 3
    };
    world.calendar.working(day)
}

fn account(
    world: &World,
    names: &Names,
    created: i32,
    kind: AccountKind,
    taken: &mut HashSet<String>,
    random: &mut Random,
) -> Account {
    let chinese = random.chance(world.language().chinese_share());
    let speech = if chinese { Speech::Chinese } else { Speech::English };
    let source = random.weighted(SOURCES.iter().map(|s| s.share));
    let referred_by = referrer(world, source, created, random);
    let source = if source == REFERRAL && referred_by.is_none() { REFERRAL + 2 } else { source };
    let segment = segment(source, created, random);
    let industry = industry(world, segment, random);
    let parent = parent(world, speech, random);
    let city = names.places.city(speech, random);
    let (address, district) = names.places.address(city, random);
    let name = company(world, names, (speech, industry, city.name, parent), taken, random);
    let size = segment.plan().value / 9_000.0;
    let chinese_code =
        || credit_code::make(district, &mut world.random("tax id", world.accounts.len()));
    Account {
        kind,
        speech,
        industry,
        source,
        created,
        created_at: world.calendar.office(created, random),
        owner: owner(world, city.region, random),
        parent,
        referred_by,
        phone: city.landline(random),
        tax_id: if district.is_empty() { String::new() } else { chinese_code() },
        address,
        employees: random.log_normal(90.0 * size.sqrt(), 0.8).clamp(3.0, 20_000.0) as i64,
        founded: i64::from(world.options.today.year()) - i64::from(random.between(3, 38)),
        has_website: random.chance(0.7),
        has_gift: kind == AccountKind::Customer && random.chance(GIFTS),
        buying: (kind == AccountKind::Customer)
            .then(|| buying(world, segment, industry, created, random)),
        name,
        contacts: (0, 0),
    }
}

/// A customer who was there well before, key accounts more often.
fn referrer(world: &World, source: usize, created: i32, random: &mut Random) -> Option<usize> {
    if source != REFERRAL {
        return None;
    }
    let known = world.accounts.partition_point(|a| a.created < created - 60);
    for _ in 0..20 {
        let index = if known == 0 { return None } else { random.below(known) };
        let weight = match &world.accounts[index].buying {
            Some(buying) if has_bought(world, index, buying, created) => match buying.segment {
                Segment::Key => 1.0,
                Segment::Steady => 0.5,
                _ => 0.2,
            },
            _ => 0.0,
        };
        if random.chance(weight) {
            return Some(index);
        }
    }
    None
}

/// Who came before the history kept had bought before it, too.
fn has_bought(world: &World, index: usize, buying: &Buying, day: i32) -> bool {
    world.accounts[index].created < -HISTORY_DAYS || buying.first_order < day
}

fn segment(source: usize, created: i32, random: &mut Random) -> Segment {
    // Whoever bought once before the history kept is not in it.
    if created >= -HISTORY_DAYS && random.chance(SOURCES[source].one_off) {
        return Segment::OneOff;
    }
    SEGMENTS[random.weighted(SEGMENTS.iter().map(|s| s.share))].segment
}

fn industry(world: &World, segment: Segment, random: &mut Random) -> usize {
    let frequent = segment.plan().industries;
    let weights = world.industries.iter();
    random.weighted(weights.map(|i| if frequent.contains(&i.code) { 6.0 } else { 0.35 }))
}

fn parent(world: &World, speech: Speech, random: &mut Random) -> Option<usize> {
    if world.accounts.len() < 10 || !random.chance(SUBSIDIARIES) {
        return None;
    }
    let index = random.below(world.accounts.len());
    let account = &world.accounts[index];
    let fits = account.speech == speech
        && account.parent.is_none()
        && account.kind == AccountKind::Customer;
    fits.then_some(index)
}

fn company(
    world: &World,
    names: &Names,
    (speech, industry, city, parent): (Speech, usize, &str, Option<usize>),
    taken: &mut HashSet<String>,
    random: &mut Random,
) -> CompanyName {
    loop {
        let mut made = names.companies.make(speech, &world.industries[industry], city, random);
        if let Some(parent) = parent.map(|p| &world.accounts[p].name) {
            let city = city.trim_end_matches('市');
            let own_brand = std::mem::replace(&mut made.brand, parent.brand.clone());
            made.slug.clone_from(&parent.slug);
            let suffix = match (speech, random.chance(0.5)) {
                (Speech::Chinese, true) => format!("{city}分公司"),
                (Speech::Chinese, false) => format!("{own_brand}（{city}）有限公司"),
                (Speech::English, true) => format!(" {city} Branch"),
                (Speech::English, false) => format!(" {own_brand} {city}"),
            };
            made.name = match speech {
                Speech::Chinese if suffix.ends_with("分公司") => {
                    format!("{}{suffix}", parent.name)
                }
                _ => format!("{}{suffix}", parent.brand),
            };
        }
        if taken.insert(made.name.clone()) {
            return made;
        }
    }
}

/// A salesperson of the region; the whole firm's when the region has none.
pub(crate) fn owner(world: &World, region: Region, random: &mut Random) -> usize {
    let all = world.salespeople();
    let here: Vec<usize> =
        all.iter().copied().filter(|u| world.users[*u].region == Some(region)).collect();
    *random.pick(if here.is_empty() { &all } else { &here })
}

fn buying(
    world: &World,
    segment: Segment,
    industry: usize,
    created: i32,
    random: &mut Random,
) -> Buying {
    let plan = segment.plan();
    let cycle = plan.cycle * random.log_normal(1.0, 0.18);
    let first_order = if created < -HISTORY_DAYS {
        world.calendar.working(-HISTORY_DAYS + (random.unit() * cycle) as i32)
    } else {
        world.calendar.working(created + deal_days(random))
    };
    let bundles = &world.catalog.bundles;
    let bundle = random.below(bundles.len());
    let never = random.below(bundles[bundle].products.len());
    Buying {
        segment,
        season: segment.season(world.industries[industry].code),
        cycle,
        value: plan.value * 100.0 * random.log_normal(1.0, 0.22),
        discount: i64::from(random.between(plan.discount.0, plan.discount.1)) * 100,
        first_order,
        leave: None,
        never_buys: random.chance(0.35).then(|| (bundle, bundles[bundle].products[never])),
        next_order: None,
    }
}

/// Days from the start of a deal to its end: 35 on average, 4 at least.
pub(crate) fn deal_days(random: &mut Random) -> i32 {
    4 + (31.0 * random.gamma(3)) as i32
}
