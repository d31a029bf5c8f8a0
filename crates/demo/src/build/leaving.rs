//! Which customers leave, when and why.

use super::plan::{Cause, PRICE_RISES, SOURCES, Segment};
use crate::random::Random;
use crate::world::{Account, Leave, World};

/// Only who has bought for so many days can leave: there is a rhythm to miss.
const CUSTOMER_DAYS_MIN: i32 = 300;
/// Days before leaving in which the signs show.
pub(crate) const SIGN_DAYS: i32 = 70;

/// Decides who leaves.
pub(crate) fn plan(world: &mut World) {
    for index in 0..world.accounts.len() {
        let mut random = world.random("leaving", index);
        let leave = leave(world, &world.accounts[index], &mut random);
        if let Some(leave) = leave
            && leave.cause == Cause::ContactLeft
        {
            let primary = world.accounts[index].contacts.0;
            world.contacts[primary].left = Some(leave.day - random.between(15, 45));
        }
        if let Some(buying) = &mut world.accounts[index].buying {
            buying.leave = leave;
        }
    }
}

fn leave(world: &World, account: &Account, random: &mut Random) -> Option<Leave> {
    let buying = account.buying.as_ref()?;
    let chance = buying.segment.plan().leaves * SOURCES[account.source].leaves;
    if buying.first_order > -CUSTOMER_DAYS_MIN || !random.chance(chance) {
        return None;
    }
    let likes = world.industries[account.industry].likes;
    let rise = PRICE_RISES.iter().find(|rise| likes.contains(&rise.0));
    let earliest = (buying.first_order + CUSTOMER_DAYS_MIN - 60).max(-480);
    // Half leave in the last half year, so that the present is alive with it.
    let day = match random.below(4) {
        0 => random.between(earliest, -30),
        1 => random.between(earliest.max(-300), -30),
        2 => random.between(earliest.max(-170), -30),
        _ => random.between(-42, -4),
    };
    let cause = match rise {
        Some(rise) if random.chance(0.5) => {
            let day = rise.1 + random.between(15, 70);
            return (day > earliest).then_some(Leave { day, cause: Cause::PriceRise });
        }
        _ => match random.weighted([0.40, 0.24, 0.26, 0.10].into_iter()) {
            0 => Cause::LateDelivery,
            1 => Cause::ContactLeft,
            2 if buying.segment != Segment::Project => Cause::Competitor,
            _ => Cause::Natural,
        },
    };
    Some(Leave { day, cause })
}

/// Factor on the gap to the next order when a customer on its way out stands at `day`.
pub(crate) fn gap_factor(leave: Option<Leave>, cycle: f64, day: i32) -> f64 {
    let Some(leave) = leave else { return 1.0 };
    let cycles_left = f64::from(leave.day - day) / cycle;
    match leave.cause {
        // The last gap is cut off by leaving, so what is seen is weaker than this.
        Cause::Competitor if cycles_left < 3.0 => 2.4,
        Cause::Competitor if cycles_left < 8.0 => 1.8,
        Cause::Natural => 1.0,
        _ if cycles_left < 2.0 => 1.3,
        _ => 1.0,
    }
}

/// Factor on the amount of an order.
pub(crate) fn value_factor(leave: Option<Leave>, cycle: f64, day: i32) -> f64 {
    match leave {
        Some(Leave { day: last, cause: Cause::Competitor })
            if f64::from(last - day) < 4.0 * cycle =>
        {
            0.55
        }
        _ => 1.0,
    }
}
