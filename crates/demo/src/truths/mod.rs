//! What was planted in the firm, with what came of it. For judging what mining finds; never loaded.

mod json;
mod markdown;
mod measure;

use jiff::civil::Date;

use crate::Options;
use crate::build::plan::{
    LAUNCH, SEGMENTS, SOURCES, Segment, WIN_COMPETITOR, WIN_FAST, WIN_THREADS, WIN_VISITS,
};
use crate::record::{Key, key};
use crate::world::{Buying, Outcome, World};

/// The whole answer sheet.
#[derive(Debug, Clone)]
pub struct Truths {
    /// Of which firm.
    pub options: Options,
    /// The groups of customers.
    pub segments: Vec<SegmentTruth>,
    /// Every customer, also those to be won.
    pub accounts: Vec<AccountTruth>,
    /// Products bought together.
    pub bundles: Vec<BundleTruth>,
    /// What wins deals.
    pub effects: Vec<EffectTruth>,
    /// How each salesperson works.
    pub salespeople: Vec<SalespersonTruth>,
    /// What comes of customers by source.
    pub sources: Vec<SourceTruth>,
    /// The new product.
    pub launch: LaunchTruth,
    /// What looks like a cause and is none.
    pub decoys: Vec<Decoy>,
}

/// A group of customers.
#[derive(Debug, Clone)]
pub struct SegmentTruth {
    pub code: &'static str,
    pub name: &'static str,
    /// Mean days between orders.
    pub cycle_days: f64,
    /// Median order in yuan.
    pub order_value: f64,
    /// Industries frequent in it.
    pub industries: &'static [&'static str],
    /// Customers in it that have bought.
    pub customers: usize,
    /// Their orders.
    pub orders: usize,
}

/// A customer.
#[derive(Debug, Clone)]
pub struct AccountTruth {
    pub key: Key,
    /// `account.external_id`.
    pub external_id: String,
    pub segment: &'static str,
    pub source: &'static str,
    /// Its own mean days between orders (in a mean season; one-off buyers have none).
    pub cycle_days: Option<f64>,
    pub first_order_on: Option<Date>,
    pub last_order_on: Option<Date>,
    /// The next order, if one comes within 150 days: lies after today and is in no record.
    pub next_order_on: Option<Date>,
    pub leaving: Option<LeavingTruth>,
}

/// A customer on its way out.
#[derive(Debug, Clone)]
pub struct LeavingTruth {
    /// [`crate::Cause::code`].
    pub cause: &'static str,
    /// No order comes after this day.
    pub left_on: Date,
    /// Silent for more than two and a half of its cycles and 60 days: gone. Otherwise it may be saved.
    pub is_lost: bool,
}

/// Products bought together.
#[derive(Debug, Clone)]
pub struct BundleTruth {
    pub code: &'static str,
    pub name: &'static str,
    /// Product codes.
    pub products: Vec<&'static str>,
    /// Orders with all of them.
    pub complete_orders: usize,
    /// The smallest lift of a pair among all orders.
    pub lift_min: f64,
    /// Customers that ever bought all but one, with the code of the one.
    pub part_holders: Vec<(Key, &'static str)>,
}

/// What something does to the chance to win.
#[derive(Debug, Clone)]
pub struct EffectTruth {
    pub code: &'static str,
    /// How it shows in the records.
    pub shows_as: &'static str,
    /// Planted.
    pub log_odds: f64,
    /// Deals won and closed with it.
    pub with: (usize, usize),
    /// Deals won and closed without it.
    pub without: (usize, usize),
}

/// How a salesperson works.
#[derive(Debug, Clone)]
pub struct SalespersonTruth {
    pub key: Key,
    pub email: String,
    /// Chance of a fast first response, of two visits, of two contacts.
    pub habits: [f64; 3],
    pub won: usize,
    pub lost: usize,
}

/// A source of customers.
#[derive(Debug, Clone)]
pub struct SourceTruth {
    pub code: &'static str,
    /// Planted: share of one-off buyers among new customers.
    pub one_off: f64,
    /// Planted: factor on the chance to leave.
    pub leaves: f64,
    /// Planted: share of leads that convert.
    pub converts: f64,
    /// Customers won within the history whose first order is at least 200 days old.
    pub customers: usize,
    /// Of those, customers that ordered in the last 180 days.
    pub kept: usize,
}

/// The new product.
#[derive(Debug, Clone)]
pub struct LaunchTruth {
    pub product: &'static str,
    pub launched_on: Date,
    /// Industries that want it.
    pub industries: &'static [&'static str],
    /// Orders with it, and all orders since the launch, of those industries.
    pub wanted: (usize, usize),
    /// The same of all other industries.
    pub others: (usize, usize),
}

/// What looks like a cause and is none.
#[derive(Debug, Clone, Copy)]
pub struct Decoy {
    /// Object and field.
    pub field: &'static str,
    pub statement: &'static str,
}

const DECOYS: [Decoy; 7] = [
    Decoy { field: "lead.rating", statement: "says nothing about conversion" },
    Decoy {
        field: "activity.kind = mail",
        statement: "the number of mails in a deal has no effect on winning",
    },
    Decoy {
        field: "activity.duration",
        statement: "the length of calls and visits has no effect on anything",
    },
    Decoy { field: "account.tags: birthday gift", statement: "a gift keeps nobody" },
    Decoy { field: "account.website", statement: "whether there is one has no effect on anything" },
    Decoy {
        field: "activity: single complaint",
        statement: "one complaint about packaging means nothing; two about late delivery do",
    },
    Decoy {
        field: "account.last_contact_at",
        statement: "those who leave are cared for as much as those who stay",
    },
];

/// The answer sheet of `world`.
pub(crate) fn truths(world: &World) -> Truths {
    Truths {
        options: world.options.clone(),
        segments: segments(world),
        accounts: accounts(world),
        bundles: measure::bundles(world),
        effects: effects(world),
        salespeople: salespeople(world),
        sources: measure::sources(world),
        launch: launch(world),
        decoys: DECOYS.to_vec(),
    }
}

fn segments(world: &World) -> Vec<SegmentTruth> {
    let (firsts, counts) = measure::orders(world);
    let of = |segment: Segment| {
        let accounts = world.accounts.iter().enumerate();
        accounts.filter(move |(_, a)| a.buying.as_ref().is_some_and(|b| b.segment == segment))
    };
    let one = |plan: &crate::build::plan::SegmentPlan| SegmentTruth {
        code: plan.code,
        name: world.language().of(plan.zh, plan.en),
        cycle_days: plan.cycle,
        order_value: plan.value,
        industries: plan.industries,
        customers: of(plan.segment).filter(|(index, _)| firsts[*index].is_some()).count(),
        orders: of(plan.segment).map(|(index, _)| counts[index]).sum(),
    };
    SEGMENTS.iter().map(one).collect()
}

fn accounts(world: &World) -> Vec<AccountTruth> {
    let (firsts, _) = measure::orders(world);
    let lasts = measure::last_days(world);
    let customers = world.accounts.iter().enumerate();
    let customers =
        customers.filter_map(|(index, account)| Some((index, account, account.buying.as_ref()?)));
    customers
        .map(|(index, account, buying)| AccountTruth {
            key: key(index),
            external_id: format!("DEMO-A-{:06}", key(index)),
            segment: buying.segment.plan().code,
            source: SOURCES[account.source].code,
            cycle_days: (buying.segment != Segment::OneOff).then_some(buying.cycle),
            first_order_on: firsts[index].map(|day| world.calendar.date(day)),
            last_order_on: lasts[index].map(|day| world.calendar.date(day)),
            next_order_on: buying.next_order.map(|day| world.calendar.date(day)),
            leaving: leaving(world, buying, lasts[index]),
        })
        .collect()
}

fn leaving(world: &World, buying: &Buying, last: Option<i32>) -> Option<LeavingTruth> {
    let leave = buying.leave?;
    let silent = f64::from(-last.unwrap_or(0));
    Some(LeavingTruth {
        cause: leave.cause.code(),
        left_on: world.calendar.date(leave.day),
        is_lost: silent > 2.5 * buying.cycle && silent > 60.0,
    })
}

fn effects(world: &World) -> Vec<EffectTruth> {
    let effect = |code, shows_as, log_odds, has: fn(&crate::world::Work) -> bool| {
        let count = |wanted: bool| {
            let closed = world.opportunities.iter().filter(|o| o.outcome != Outcome::Open);
            let these: Vec<_> = closed.filter(|o| has(&o.work) == wanted).collect();
            (these.iter().filter(|o| o.outcome == Outcome::Won).count(), these.len())
        };
        EffectTruth { code, shows_as, log_odds, with: count(true), without: count(false) }
    };
    vec![
        effect(
            "fast_response",
            "first activity of the opportunity within 4 hours of its creation",
            WIN_FAST,
            |work| work.fast,
        ),
        effect("visits", "two or more activities of kind visit", WIN_VISITS, |work| {
            work.visits >= 2
        }),
        effect(
            "multi_threading",
            "activities with two or more different contacts",
            WIN_THREADS,
            |work| work.threads >= 2,
        ),
        effect("competitor", "an opportunity_competitor exists", WIN_COMPETITOR, |work| {
            work.competitor.is_some()
        }),
        effect("mails (decoy)", "three or more activities of kind mail", 0.0, |work| {
            work.mails >= 3
        }),
    ]
}

fn salespeople(world: &World) -> Vec<SalespersonTruth> {
    let people = world.users.iter().enumerate();
    let people = people.filter_map(|(index, user)| Some((index, user, user.habits?)));
    people
        .map(|(index, user, habits)| {
            let count = |wanted: Outcome| {
                let own = world.opportunities.iter().filter(|o| o.owner == index);
                own.filter(|o| o.outcome == wanted).count()
            };
            SalespersonTruth {
                key: key(index),
                email: user.email.clone(),
                habits: [habits.fast, habits.visits, habits.threads],
                won: count(Outcome::Won),
                lost: count(Outcome::Lost) + count(Outcome::Invalid),
            }
        })
        .collect()
}

fn launch(world: &World) -> LaunchTruth {
    let (product, day, industries, _, _) = LAUNCH;
    let count = |wanted: bool| {
        let since = world.orders.iter().filter(|o| o.original.is_none() && o.day >= day);
        let these: Vec<_> = since
            .filter(|o| {
                let industry = world.accounts[o.account].industry;
                industries.contains(&world.industries[industry].code) == wanted
            })
            .collect();
        let has = |o: &&&crate::world::Order| {
            o.lines.iter().any(|line| line.product == world.catalog.launched)
        };
        (these.iter().filter(has).count(), these.len())
    };
    let launched_on = world.calendar.date(day);
    LaunchTruth { product, launched_on, industries, wanted: count(true), others: count(false) }
}
