//! Orders of two years: each customer's rhythm under the seasons, until it leaves.

use super::baskets::basket;
use super::leaving::{gap_factor, value_factor};
use super::plan::Segment;
use crate::calendar::FUTURE_DAYS;
use crate::random::Random;
use crate::world::{Account, Buying, Order, World};

/// Share of orders that are cancelled.
const CANCELLED: f64 = 0.015;
/// Share of orders of which something is sent back.
const RETURNED: f64 = 0.025;
/// Chance of a one-off buyer to come a second time.
const SECOND_TIME: f64 = 0.35;

/// Fills the orders, oldest first, and the customers' next orders.
pub(crate) fn orders(world: &mut World) {
    let mut orders = Vec::new();
    for index in 0..world.accounts.len() {
        let mut random = world.random("orders", index);
        let account = &world.accounts[index];
        let Some(buying) = &account.buying else { continue };
        let days = order_days(world, buying, &mut random);
        for day in days.iter().copied().filter(|day| *day <= 0) {
            orders.push(order(world, index, account, buying, day, &mut random));
        }
        let next = days.into_iter().find(|day| *day > 0);
        if let Some(buying) = &mut world.accounts[index].buying {
            buying.next_order = next;
        }
    }
    add_returns(world, &mut orders);
    sort(&mut orders);
    world.orders = orders;
}

/// The days of all orders, including those after today.
fn order_days(world: &World, buying: &Buying, random: &mut Random) -> Vec<i32> {
    let mut days = vec![buying.first_order];
    if buying.segment == Segment::OneOff {
        if random.chance(SECOND_TIME) {
            days.push(world.calendar.working(buying.first_order + random.between(20, 90)));
        }
        return days;
    }
    let shape = buying.segment.plan().shape;
    let last = buying.leave.map_or(FUTURE_DAYS, |leave| leave.day);
    let mut day = buying.first_order;
    loop {
        let stretch = gap_factor(buying.leave, buying.cycle, day);
        let gap = buying.cycle * stretch * random.gamma(shape);
        day = world.calendar.after(buying.season, day, gap);
        if day > last {
            return days;
        }
        days.push(day);
    }
}

fn order(
    world: &World,
    index: usize,
    account: &Account,
    buying: &Buying,
    day: i32,
    random: &mut Random,
) -> Order {
    let factor = value_factor(buying.leave, buying.cycle, day);
    let target = buying.value * factor * random.log_normal(1.0, 0.35);
    Order {
        account: index,
        day,
        at: world.calendar.office(day, random),
        original: None,
        opportunity: None,
        cancelled: random.chance(CANCELLED),
        lines: basket(world, account, buying, day, target, random),
    }
}

/// Some orders lose a piece or a few of one line some weeks later.
fn add_returns(world: &World, orders: &mut Vec<Order>) {
    for index in 0..orders.len() {
        let mut random = world.random("return", index);
        let order = &orders[index];
        let day = world.calendar.working(order.day + random.between(6, 25));
        if order.cancelled || day >= 0 || !random.chance(RETURNED) {
            continue;
        }
        let mut line = *random.pick(&order.lines);
        line.quantity = -i64::from(random.between(1, line.quantity.min(3) as i32));
        let at = world.calendar.office(day, &mut random);
        let (account, original, opportunity) = (order.account, Some(index), None);
        let lines = vec![line];
        orders.push(Order { account, day, at, original, opportunity, cancelled: false, lines });
    }
}

/// Sorts by moment and lets returns point at the new places.
fn sort(orders: &mut Vec<Order>) {
    let mut places: Vec<usize> = (0..orders.len()).collect();
    places.sort_by_key(|index| (orders[*index].at, *index));
    let mut now_at = vec![0; orders.len()];
    for (new, old) in places.iter().enumerate() {
        now_at[*old] = new;
    }
    let mut old: Vec<Option<Order>> = std::mem::take(orders).into_iter().map(Some).collect();
    for place in places {
        if let Some(mut order) = old[place].take() {
            order.original = order.original.map(|original| now_at[original]);
            orders.push(order);
        }
    }
}
