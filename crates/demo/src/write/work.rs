//! Writes activities and tasks.

use super::Sheet;
use crate::record::{DemoRecord, key, link};
use crate::world::World;

/// Activities, then tasks.
pub(crate) fn records(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    activities(world).chain(tasks(world))
}

fn activities(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    let language = world.language();
    let rivals: Vec<&str> =
        world.competitors().into_iter().map(|i| world.accounts[i].name.name.as_str()).collect();
    world.activities.iter().enumerate().map(move |(index, activity)| {
        let product = &world.catalog.products[activity.product];
        let product = language.of(product.zh, product.en);
        let rival = rivals[activity.product % rivals.len()];
        let phrase = &world.phrases.activities[activity.phrase];
        let direction = match activity.kind {
            "note" => "",
            _ if activity.is_incoming => "in",
            _ => "out",
        };
        let about = &activity.about;
        Sheet::create("activity", index, activity.at, Some(key(activity.owner)))
            .set("subject", phrase.subject(language, product, rival))
            .set("kind", activity.kind)
            .set("at", activity.at)
            .set("duration", (activity.duration > 0).then_some(activity.duration))
            .set("direction", direction)
            .set("result", activity.result)
            .set("content", phrase.text(language, product, rival))
            .set("account", about.account.map(|i| link("account", i)))
            .set("contact", about.contact.map(|i| link("contact", i)))
            .set("lead", about.lead.map(|i| link("lead", i)))
            .set("opportunity", about.opportunity.map(|i| link("opportunity", i)))
            .set("next_contact_on", activity.next_contact.map(|day| world.calendar.date(day)))
            .set("owner", link("user", activity.owner))
            .done()
    })
}

fn tasks(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    world.tasks.iter().enumerate().map(|(index, task)| {
        let phrase = &world.phrases.tasks[task.phrase];
        let status = match task.done_at {
            _ if task.cancelled => "cancelled",
            Some(_) => "done",
            None => "open",
        };
        Sheet::create("task", index, task.created_at, Some(key(task.owner)))
            .set("subject", phrase.subject(world.language(), "", ""))
            .set("status", status)
            .set("priority", task.priority)
            .set("due_on", world.calendar.date(task.due))
            .set("done_at", task.done_at)
            .set("account", link("account", task.account))
            .set("opportunity", task.opportunity.map(|deal| link("opportunity", deal)))
            .set("owner", link("user", task.owner))
            .done()
    })
}
