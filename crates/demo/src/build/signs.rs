//! What customers say before they leave, and complaints of those who stay.

use super::activities::Diary;
use super::leaving::SIGN_DAYS;
use super::phrases::of_kind;
use super::plan::{Cause, LOYAL_COMPLAINTS, PRICE_RISES, Segment};
use crate::random::Random;
use crate::world::{About, Activity, Leave, World};

/// Adds the signs to the diary.
pub(crate) fn signs(diary: &mut Diary) {
    let world = diary.world;
    for index in 0..world.accounts.len() {
        let mut random = world.random("signs", index);
        let Some(buying) = &world.accounts[index].buying else { continue };
        match buying.leave {
            Some(leave) => leaving(diary, index, leave, &mut random),
            None if buying.segment != Segment::OneOff => loyal(diary, index, &mut random),
            None => {}
        }
    }
}

fn leaving(diary: &mut Diary, index: usize, leave: Leave, random: &mut Random) {
    let count = match leave.cause {
        Cause::LateDelivery => 2 + random.below(2),
        Cause::PriceRise | Cause::ContactLeft | Cause::Competitor => 1,
        Cause::Natural => return,
    };
    for _ in 0..count {
        let day = (leave.day - random.between(2, SIGN_DAYS - 10)).min(-1);
        add(diary, index, leave.cause.code(), day, random);
    }
}

/// Loyal customers complain, too; once means nothing.
fn loyal(diary: &mut Diary, index: usize, random: &mut Random) {
    let world = diary.world;
    let since = world.accounts[index].created.max(-700);
    let (once, twice) = LOYAL_COMPLAINTS;
    let count = if random.chance(twice) { 2 } else { usize::from(random.chance(once)) };
    let first = if since < -70 { random.between(since + 30, -40) } else { return };
    for number in 0..count {
        let sign = if count == 2 { "late_delivery" } else { "decoy_complaint" };
        add(diary, index, sign, first + 25 * number as i32, random);
    }
}

/// The product a sign speaks of: of a price rise, one that became dearer.
fn product(world: &World, sign: &str, random: &mut Random) -> usize {
    let launched = world.catalog.launched;
    let all = (0..world.catalog.products.len()).filter(|index| *index != launched);
    let dearer = |index: &usize| world.catalog.products[*index].rise.is_some();
    let list: Vec<usize> = match sign {
        "price_rise" if !PRICE_RISES.is_empty() => all.filter(dearer).collect(),
        _ => all.collect(),
    };
    *random.pick(&list)
}

fn add(diary: &mut Diary, index: usize, sign: &'static str, day: i32, random: &mut Random) {
    let world = diary.world;
    let account = &world.accounts[index];
    let day = world.calendar.working(day);
    let phrase = *random.pick(&of_kind(&world.phrases.activities, sign));
    let contact = account.contacts.0;
    let is_note = matches!(sign, "contact_left" | "competitor");
    let about = About { account: Some(index), contact: Some(contact), ..About::default() };
    diary.entries.push(Activity {
        at: world.calendar.office(day, random),
        kind: if is_note { "note" } else { "call" },
        phrase,
        product: product(world, sign, random),
        is_incoming: !is_note,
        result: if is_note { "" } else { "not_interested" },
        duration: if is_note { 0 } else { i64::from(random.between(3, 20)) * 60 },
        about,
        owner: account.owner,
        next_contact: None,
    });
}
