//! Leads of two years: those that became customers, and those that did not.

use super::Names;
use super::accounts::owner;
use super::contacts::titles;
use super::plan::{FAST_MINUTES, LEAD_FAST_HALF, SOURCES};
use crate::calendar::HISTORY_DAYS;
use crate::names::Speech;
use crate::random::{Random, logistic};
use crate::world::{Lead, World};

/// Fills the leads, oldest first.
pub(crate) fn leads(world: &mut World, names: &Names) {
    let mut leads = converted(world);
    let mut wins = [0usize; SOURCES.len()];
    for lead in &leads {
        wins[lead.source] += 1;
    }
    for (source, won) in wins.into_iter().enumerate() {
        let failed = won as f64 * (1.0 / SOURCES[source].converts - 1.0);
        for _ in 0..failed.round() as usize {
            let mut random = world.random("lead", leads.len());
            leads.push(unconverted(world, names, source, &mut random));
        }
    }
    leads.sort_by_key(|lead| lead.created_at);
    world.leads = leads;
}

fn rating(random: &mut Random) -> &'static str {
    ["hot", "warm", "cold"][random.weighted([0.2, 0.45, 0.35].into_iter())]
}

/// Minutes to the first answer; `effect` moves the odds of a fast one.
fn response(world: &World, owner: usize, effect: f64, random: &mut Random) -> i32 {
    let habit = world.users[owner].habits.map_or(0.4, |h| h.fast);
    let odds = (habit / (1.0 - habit)).ln() + effect;
    if random.chance(logistic(odds)) {
        random.between(10, FAST_MINUTES - 20)
    } else {
        random.between(20 * 60, 96 * 60)
    }
}

/// A lead for each customer and prospect of the history: it carries the name of the first contact.
fn converted(world: &World) -> Vec<Lead> {
    let mut leads = Vec::new();
    let mut deal = vec![None; world.accounts.len()];
    for (index, opportunity) in world.opportunities.iter().enumerate().rev() {
        if opportunity.created_at == world.accounts[opportunity.account].created_at {
            deal[opportunity.account] = Some(index);
        }
    }
    for (index, account) in world.accounts.iter().enumerate() {
        if account.created < -HISTORY_DAYS || account.buying.is_none() {
            continue;
        }
        let mut random = world.random("converted lead", index);
        let contact = &world.contacts[account.contacts.0];
        let created = world.calendar.working(account.created - random.between(4, 20));
        leads.push(Lead {
            name: contact.name.clone(),
            company: account.name.name.clone(),
            slug: account.name.slug.clone(),
            speech: account.speech,
            title: contact.title,
            phone: contact.phone.clone(),
            source: account.source,
            industry: account.industry,
            address: account.address.clone(),
            owner: account.owner,
            created,
            created_at: world.calendar.office(created, &mut random),
            status: "converted",
            rating: rating(&mut random),
            response_minutes: response(world, account.owner, LEAD_FAST_HALF, &mut random),
            text: random.below(world.phrases.leads.len()),
            product: world.catalog.any_device(&mut random),
            converted: Some((index, deal[index])),
        });
    }
    leads
}

fn unconverted(world: &World, names: &Names, source: usize, random: &mut Random) -> Lead {
    let chinese = random.chance(world.language().chinese_share());
    let speech = if chinese { Speech::Chinese } else { Speech::English };
    let industry = random.below(world.industries.len());
    let city = names.places.city(speech, random);
    let company = names.companies.make(speech, &world.industries[industry], city.name, random);
    let created = -((f64::from(HISTORY_DAYS) * random.unit().min(random.unit() + 0.15)) as i32);
    let created = world.calendar.working(created);
    let owner = owner(world, city.region, random);
    let status = match -created {
        0..=2 => *random.pick(&["new", "new", "assigned"]),
        3..=12 => *random.pick(&["assigned", "in_process"]),
        13..=40 => *random.pick(&["in_process", "in_process", "dead", "recycled"]),
        _ => *random.pick(&["dead", "dead", "dead", "recycled", "recycled"]),
    };
    let titles = titles(speech);
    Lead {
        name: names.people.make(speech, random),
        company: company.name,
        slug: company.slug,
        speech,
        title: random.pick(&titles).1,
        phone: city.personal(random),
        source,
        industry,
        address: names.places.address(city, random).0,
        owner,
        created,
        created_at: world.calendar.office(created, random),
        status,
        rating: rating(random),
        response_minutes: response(world, owner, -LEAD_FAST_HALF, random),
        text: random.below(world.phrases.leads.len()),
        product: world.catalog.any_device(random),
        converted: None,
    }
}
