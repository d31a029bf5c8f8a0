//! Contacts of accounts.

use super::Names;
use crate::lists::rows;
use crate::names::Speech;
use crate::names::people::PersonName;
use crate::random::Random;
use crate::world::{AccountKind, Contact, World};

/// People every demo knows: the most frequent name of China, and its John Doe.
const ALWAYS: [(&str, &str); 2] = [("张伟", "zhang.wei"), ("王小明", "wang.xiaoming")];

/// Decision role and job title.
pub(crate) fn titles(speech: Speech) -> Vec<(&'static str, &'static str)> {
    rows(include_str!("../data/people_titles.tsv"))
        .map(|r| (r[0], if speech == Speech::Chinese { r[1] } else { r[2] }))
        .collect()
}

/// Fills the contacts, account by account.
pub(crate) fn contacts(world: &mut World, names: &Names) {
    let mut always = ALWAYS.iter();
    for index in 0..world.accounts.len() {
        let mut random = world.random("contacts", index);
        let account = &world.accounts[index];
        let extra = account.buying.as_ref().map_or(0.4, |b| b.segment.plan().contacts);
        let count = 2 + random.poisson(extra);
        let first = world.contacts.len();
        for number in 0..count {
            let mut contact = contact(world, names, index, number, &mut random);
            let account = &world.accounts[index];
            if number == 0
                && account.kind == AccountKind::Customer
                && account.speech == Speech::Chinese
                && let Some((name, latin)) = always.next()
            {
                contact.name = PersonName { name: (*name).to_owned(), latin: (*latin).to_owned() };
            }
            world.contacts.push(contact);
        }
        world.accounts[index].contacts = (first, count);
    }
}

fn contact(
    world: &World,
    names: &Names,
    index: usize,
    number: usize,
    random: &mut Random,
) -> Contact {
    let account = &world.accounts[index];
    let titles = titles(account.speech);
    let (role, title) = *random.pick(&titles);
    // The first contact comes with the account, others as people get to know each other.
    let later = if number == 0 { 0 } else { random.between(1, 120) };
    let day = world.calendar.working((account.created + later).min(0));
    let created_at = if later == 0 || day <= account.created {
        account.created_at
    } else {
        world.calendar.office(day, random)
    };
    let city = names.places.cities.iter().find(|c| c.name == account.address.city);
    let phone = city.map(|city| city.personal(random)).unwrap_or_default();
    let year = world.options.today.year() - random.between(24, 58) as i16;
    let birthday = (year, random.between(1, 12) as i8, random.between(1, 28) as i8);
    Contact {
        account: index,
        name: names.people.make(account.speech, random),
        role,
        title,
        phone,
        has_wechat: account.speech == Speech::Chinese && random.chance(0.7),
        birthday: random.chance(0.4).then_some(birthday),
        is_primary: number == 0,
        created_at,
        left: None,
    }
}
