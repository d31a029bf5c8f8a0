//! Writes orders and returns with their lines.

use super::{SHIP, Sheet, primary};
use crate::record::{DemoRecord, hundredths, key, link, whole};
use crate::world::{Order, World};

/// Orders, then their lines.
pub(crate) fn records(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    orders(world).chain(lines(world))
}

fn status(order: &Order, index: usize) -> &'static str {
    match -order.day {
        _ if order.cancelled => "cancelled",
        0..=1 if index.is_multiple_of(2) => "draft",
        0..=4 => "confirmed",
        5..=11 => "shipped",
        _ => "completed",
    }
}

fn orders(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    let mut counter = (0, 0);
    world.orders.iter().enumerate().map(move |(index, order)| {
        let year = world.calendar.date(order.day).year();
        counter = if counter.0 == year { (year, counter.1 + 1) } else { (year, 1) };
        let account = &world.accounts[order.account];
        let is_return = order.original.is_some();
        let at = order.at.max(account.created_at);
        Sheet::create("order", index, at, Some(key(account.owner)))
            .set("number", format!("S{year}-{:05}", counter.1))
            .set("kind", if is_return { "return" } else { "sale" })
            .set("account", link("account", order.account))
            .set("contact", link("contact", primary(world, order.account)))
            .set("opportunity", order.opportunity.map(|deal| link("opportunity", deal)))
            .set("original_order", order.original.map(|original| link("order", original)))
            .set("status", status(order, index))
            .set("ordered_at", at)
            .address(&SHIP, &account.address)
            .set("external_id", format!("DEMO-S-{:06}", key(index)))
            .set("owner", link("user", account.owner))
            .done()
    })
}

fn lines(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    let orders = world.orders.iter().enumerate();
    let lines =
        orders.flat_map(|(index, order)| order.lines.iter().map(move |line| (index, order, line)));
    lines.enumerate().map(|(number, (index, order, line))| {
        let account = &world.accounts[order.account];
        let product = &world.catalog.products[line.product];
        Sheet::create(
            "order_line",
            number,
            order.at.max(account.created_at),
            Some(key(account.owner)),
        )
        .set("order", link("order", index))
        .set("product", link("product", line.product))
        .set("description", world.language().of(product.zh, product.en))
        .set("quantity", whole(line.quantity))
        .set("unit_price", hundredths(line.price))
        .set("discount", hundredths(line.discount))
        .done()
    })
}
