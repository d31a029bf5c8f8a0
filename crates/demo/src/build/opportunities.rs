//! Opportunities: every new customer was won once, and each win had its failures.

use super::accounts::deal_days;
use super::baskets::basket;
use super::deals::{lost_reason, outcome, stages, work};
use super::plan::Segment;
use crate::calendar::{HISTORY_DAYS, Season};
use crate::random::Random;
use crate::world::{Account, AccountKind, Buying, Line, Opportunity, Order, Outcome, Work, World};

/// Attempts to sell more to a customer within the history, on average.
const EXPANSIONS: f64 = 1.1;
/// Chance of a customer or prospect to be worked on right now.
const OPEN_NOW: f64 = 0.16;

/// A deal before its stages are known.
struct Deal {
    account: usize,
    created: i32,
    close: i32,
    outcome: Outcome,
    work: Work,
    /// The order it became.
    order: Option<usize>,
}

/// What the making of deals looks up again and again.
struct Known {
    competitors: Vec<usize>,
    /// Prospects and customers of each user.
    owned: Vec<[Vec<usize>; 2]>,
}

fn known(world: &World) -> Known {
    let mut owned = vec![[Vec::new(), Vec::new()]; world.users.len()];
    for (index, account) in world.accounts.iter().enumerate() {
        match account.kind {
            AccountKind::Prospect => owned[account.owner][0].push(index),
            AccountKind::Customer => owned[account.owner][1].push(index),
            _ => {}
        }
    }
    Known { competitors: world.competitors(), owned }
}

/// Fills the opportunities, oldest first, and ties orders to the won ones.
pub(crate) fn opportunities(world: &mut World) {
    let known = known(world);
    let mut deals = Vec::new();
    let first_orders = first_orders(world);
    let by_account = orders_by_account(world);
    for index in 0..world.accounts.len() {
        let mut random = world.random("deals", index);
        first_deal(world, index, first_orders[index], &known, &mut deals, &mut random);
        let orders = &by_account[index];
        expansions(world, index, orders, &known, &mut deals, &mut random);
        open_deal(world, index, &known, &mut deals, &mut random);
    }
    let mut made: Vec<(Opportunity, Option<usize>)> = Vec::new();
    for (index, deal) in deals.iter().enumerate() {
        let mut random = world.random("opportunity", index);
        made.push((opportunity(world, deal, &mut random), deal.order));
    }
    made.sort_by_key(|(opportunity, _)| opportunity.created_at);
    for (index, (opportunity, order)) in made.into_iter().enumerate() {
        if let Some(order) = order {
            world.orders[order].opportunity = Some(index);
        }
        world.opportunities.push(opportunity);
    }
}

fn orders_by_account(world: &World) -> Vec<Vec<usize>> {
    let mut lists = vec![Vec::new(); world.accounts.len()];
    for (index, order) in world.orders.iter().enumerate() {
        if order.original.is_none() && !order.cancelled {
            lists[order.account].push(index);
        }
    }
    lists
}

fn first_orders(world: &World) -> Vec<Option<usize>> {
    let mut firsts = vec![None; world.accounts.len()];
    for (index, order) in world.orders.iter().enumerate().rev() {
        if order.original.is_none() {
            firsts[order.account] = Some(index);
        }
    }
    firsts
}

fn worked(world: &World, owner: usize, known: &Known, random: &mut Random) -> Work {
    let habits = world.users[owner].habits.expect("accounts belong to salespeople");
    work(habits, &known.competitors, random)
}

/// The deal that won a new customer. Its owner tried until one was won: the failures were with
/// others, so that wins and losses follow the habits without a bias.
fn first_deal(
    world: &World,
    index: usize,
    first_order: Option<usize>,
    known: &Known,
    deals: &mut Vec<Deal>,
    random: &mut Random,
) {
    let account = &world.accounts[index];
    let Some(buying) = account.buying.as_ref().filter(|_| account.created >= -HISTORY_DAYS) else {
        return;
    };
    let created = account.created;
    let Some(order) = first_order else {
        let work = worked(world, account.owner, known, random);
        let (close, outcome) = (buying.first_order, Outcome::Open);
        deals.push(Deal { account: index, created, close, outcome, work, order: None });
        return;
    };
    let owned = &known.owned[account.owner];
    for _ in 0..40 {
        let work = worked(world, account.owner, known, random);
        let outcome = outcome(&work, random);
        if outcome == Outcome::Won {
            let close = (buying.first_order - random.between(0, 3)).max(created + 1);
            let close = close.min(buying.first_order);
            deals.push(Deal { account: index, created, close, outcome, work, order: Some(order) });
            return;
        }
        let tried = created + random.between(-40, 40);
        if let Some(failed) = failure(world, owned, tried, outcome, work, random) {
            deals.push(failed);
        }
    }
}

/// A failed deal of `owner` that began around `tried`, with a prospect or customer of theirs.
fn failure(
    world: &World,
    owned: &[Vec<usize>; 2],
    tried: i32,
    outcome: Outcome,
    work: Work,
    random: &mut Random,
) -> Option<Deal> {
    for _ in 0..60 {
        let list = &owned[usize::from(owned[0].is_empty() || random.chance(0.5))];
        let index = if list.is_empty() { return None } else { *random.pick(list) };
        let account = &world.accounts[index];
        let length = deal_days(random);
        let earliest = account.created.max(-HISTORY_DAYS);
        let created = world.calendar.working(tried.max(earliest).min(-length - 1));
        if created >= account.created {
            let close = world.calendar.working(created + length).min(-1);
            return Some(Deal { account: index, created, close, outcome, work, order: None });
        }
    }
    None
}

/// Attempts to sell more: at a date at which an order of some size might follow.
fn expansions(
    world: &World,
    index: usize,
    orders: &[usize],
    known: &Known,
    deals: &mut Vec<Deal>,
    random: &mut Random,
) {
    let account = &world.accounts[index];
    if orders.len() < 3 {
        return;
    }
    let mut used = vec![orders[0]];
    for _ in 0..random.poisson(EXPANSIONS) {
        let order = *random.pick(orders);
        let closing = world.orders[order].day - random.between(0, 2);
        let created = world.calendar.working((closing - deal_days(random)).min(-2));
        if used.contains(&order) || created < account.created || created >= closing {
            continue;
        }
        used.push(order);
        let work = worked(world, account.owner, known, random);
        let outcome = outcome(&work, random);
        let order = (outcome == Outcome::Won).then_some(order);
        deals.push(Deal { account: index, created, close: closing, outcome, work, order });
    }
}

/// A deal in progress; some of them for too long.
fn open_deal(
    world: &World,
    index: usize,
    known: &Known,
    deals: &mut Vec<Deal>,
    random: &mut Random,
) {
    let account = &world.accounts[index];
    let works_on = matches!(account.kind, AccountKind::Customer | AccountKind::Prospect);
    let leaves = account.buying.as_ref().is_some_and(|b| b.leave.is_some());
    if !works_on || leaves || account.created > -3 || !random.chance(OPEN_NOW) {
        return;
    }
    let oldest = if random.chance(0.15) { 120 } else { 45 };
    let age = random.between(0, oldest);
    let created = world.calendar.working((-age).max(account.created)).min(0);
    // One in six should have been closed already.
    let close = if random.chance(0.16) { -random.between(1, 20) } else { random.between(3, 75) };
    let work = worked(world, account.owner, known, random);
    let close = close.max(created + 1);
    deals.push(Deal { account: index, created, close, outcome: Outcome::Open, work, order: None });
}

fn lines(world: &World, deal: &Deal, random: &mut Random) -> Vec<Line> {
    if let Some(order) = deal.order {
        return world.orders[order].lines.clone();
    }
    let account = &world.accounts[deal.account];
    let wish = account.buying.clone().unwrap_or_else(|| prospect_buying(account));
    let target = wish.value * random.log_normal(1.3, 0.4);
    basket(world, account, &wish, deal.created, target, random)
}

/// A prospect asks for what a steady customer buys.
fn prospect_buying(account: &Account) -> Buying {
    let plan = Segment::Steady.plan();
    Buying {
        segment: Segment::Steady,
        season: Season::Business,
        cycle: plan.cycle,
        value: plan.value * 150.0,
        discount: 300,
        first_order: account.created,
        leave: None,
        never_buys: None,
        next_order: None,
    }
}

fn opportunity(world: &World, deal: &Deal, random: &mut Random) -> Opportunity {
    let account = &world.accounts[deal.account];
    let calendar = &world.calendar;
    let created_at = if deal.created == account.created {
        // The deal comes with the account: a lead was converted.
        account.created_at
    } else {
        calendar.office(deal.created, random).max(account.created_at)
    };
    let pipeline = usize::from(super::plan::SOURCES[account.source].code == "partner");
    let begin = (deal.created, created_at);
    let stages = stages(calendar, pipeline, begin, deal.close, deal.outcome, random);
    let lost = deal.outcome == Outcome::Lost;
    Opportunity {
        account: deal.account,
        owner: account.owner,
        created: deal.created,
        created_at,
        close: deal.close,
        outcome: deal.outcome,
        work: deal.work,
        lines: lines(world, deal, random),
        lost_reason: if lost { lost_reason(&deal.work, random) } else { "" },
        stages,
    }
}

/// The order an opportunity became has its amount.
pub(crate) fn amount(opportunity: &Opportunity) -> i64 {
    opportunity.lines.iter().map(Line::subtotal).sum()
}

/// Whether an order counts as bought.
pub(crate) fn is_bought(order: &Order) -> bool {
    order.original.is_none() && !order.cancelled
}
