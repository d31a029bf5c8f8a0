//! What came of the plan in this firm, counted from its orders.

use std::collections::BTreeSet;

use super::{BundleTruth, SourceTruth};
use crate::build::opportunities::is_bought;
use crate::build::plan::SOURCES;
use crate::calendar::HISTORY_DAYS;
use crate::record::key;
use crate::world::World;

/// First order day and number of orders of each account.
pub(super) fn orders(world: &World) -> (Vec<Option<i32>>, Vec<usize>) {
    let mut firsts = vec![None; world.accounts.len()];
    let mut counts = vec![0; world.accounts.len()];
    for order in world.orders.iter().filter(|order| is_bought(order)) {
        counts[order.account] += 1;
        firsts[order.account] = firsts[order.account].or(Some(order.day));
    }
    (firsts, counts)
}

/// Last order day of each account.
pub(super) fn last_days(world: &World) -> Vec<Option<i32>> {
    let mut lasts = vec![None; world.accounts.len()];
    for order in world.orders.iter().filter(|order| is_bought(order)) {
        lasts[order.account] = Some(order.day);
    }
    lasts
}

/// The bundles, their lift and who holds a part.
pub(super) fn bundles(world: &World) -> Vec<BundleTruth> {
    let baskets: Vec<(usize, BTreeSet<usize>)> = world
        .orders
        .iter()
        .filter(|order| is_bought(order))
        .map(|order| (order.account, order.lines.iter().map(|line| line.product).collect()))
        .collect();
    let mut held = vec![BTreeSet::new(); world.accounts.len()];
    for (account, products) in &baskets {
        held[*account].extend(products.iter().copied());
    }
    let code = |product: usize| world.catalog.products[product].code;
    let count = |wanted: &[usize]| {
        baskets.iter().filter(|(_, products)| wanted.iter().all(|w| products.contains(w))).count()
    };
    let lift = |one: usize, two: usize| {
        let both = count(&[one, two]) as f64 * baskets.len() as f64;
        both / (count(&[one]) * count(&[two])).max(1) as f64
    };
    let truth = |bundle: &crate::build::catalog::Bundle| {
        let products = &bundle.products;
        let pairs = products
            .iter()
            .enumerate()
            .flat_map(|(at, one)| products[at + 1..].iter().map(move |two| (*one, *two)));
        let part = |(account, held): (usize, &BTreeSet<usize>)| {
            let missing: Vec<usize> =
                products.iter().copied().filter(|product| !held.contains(product)).collect();
            (missing.len() == 1).then(|| (key(account), code(missing[0])))
        };
        BundleTruth {
            code: bundle.code,
            name: world.language().of(bundle.zh, bundle.en),
            products: products.iter().map(|product| code(*product)).collect(),
            complete_orders: count(products),
            lift_min: pairs.map(|(one, two)| lift(one, two)).fold(f64::INFINITY, f64::min),
            part_holders: held.iter().enumerate().filter_map(part).collect(),
        }
    };
    world.catalog.bundles.iter().map(truth).collect()
}

/// Days since the first order of new customers that had time to come back.
const OLD_DAYS: i32 = 200;
/// Days within which a kept customer has ordered.
const KEPT_DAYS: i32 = 180;

/// The sources with the customers they kept.
pub(super) fn sources(world: &World) -> Vec<SourceTruth> {
    let (firsts, _) = orders(world);
    let lasts = last_days(world);
    let truth = |(index, plan): (usize, &crate::build::plan::SourcePlan)| {
        let old = world.accounts.iter().enumerate().filter(|(account, about)| {
            about.source == index
                && about.created >= -HISTORY_DAYS
                && firsts[*account].is_some_and(|day| day <= -OLD_DAYS)
        });
        let old: Vec<usize> = old.map(|(account, _)| account).collect();
        let kept = |account: &&usize| lasts[**account].is_some_and(|day| day > -KEPT_DAYS);
        SourceTruth {
            code: plan.code,
            one_off: plan.one_off,
            leaves: plan.leaves,
            converts: plan.converts,
            customers: old.len(),
            kept: old.iter().filter(kept).count(),
        }
    };
    SOURCES.iter().enumerate().map(truth).collect()
}
