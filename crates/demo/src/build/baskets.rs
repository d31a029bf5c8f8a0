//! What is in an order: bundles bought together, favourites of the industry, amounts that fit the customer.

use super::plan::LAUNCH;
use crate::random::Random;
use crate::world::{Account, Buying, Line, World};

/// Chance that an order is about a bundle.
const BUNDLE_CHANCE: f64 = 0.30;
/// Chance of each product of the bundle to be in such an order.
const BUNDLE_MEMBER: f64 = 0.82;
/// Factor on the weight of products in the categories that the industry likes.
const LIKED: f64 = 4.0;
/// Most pieces of a product in an order.
const QUANTITY_MAX: i64 = 400;

/// The lines of an order worth about `target` cents on `day`.
pub(crate) fn basket(
    world: &World,
    account: &Account,
    buying: &Buying,
    day: i32,
    target: f64,
    random: &mut Random,
) -> Vec<Line> {
    let mut chosen: Vec<usize> = Vec::new();
    if random.chance(BUNDLE_CHANCE) {
        chosen = bundle(world, account, target, random);
    }
    let singles = if chosen.is_empty() { 1 + random.poisson(1.1) } else { random.poisson(0.5) };
    for _ in 0..singles {
        let product = single(world, account, target, random);
        if !chosen.contains(&product) {
            chosen.push(product);
        }
    }
    let (_, launch, wanted, eager, others) = LAUNCH;
    let code = world.industries[account.industry].code;
    let chance = if wanted.contains(&code) { eager } else { others };
    if day >= launch && random.chance(chance) {
        chosen.push(world.catalog.launched);
    }
    let never = buying.never_buys.map(|(_, product)| product);
    chosen.retain(|product| Some(*product) != never);
    if chosen.is_empty() {
        chosen.push(fallback(world, never));
    }
    amounts(world, &chosen, buying.discount, day, target, random)
}

/// The cheapest thing everybody needs.
fn fallback(world: &World, never: Option<usize>) -> usize {
    let products = world.catalog.products.iter().enumerate();
    let allowed = products.filter(|(index, p)| Some(*index) != never && p.weight > 0.0);
    allowed.min_by_key(|(_, product)| product.price).map_or(0, |(index, _)| index)
}

fn likes(world: &World, account: &Account, product: usize) -> bool {
    let category = world.catalog.products[product].category;
    let likes = world.industries[account.industry].likes;
    likes.iter().any(|code| world.catalog.category(code) == category)
}

fn bundle(world: &World, account: &Account, target: f64, random: &mut Random) -> Vec<usize> {
    let bundles = &world.catalog.bundles;
    let weights = bundles.iter().map(|bundle| {
        let price: i64 = bundle.products.iter().map(|p| world.catalog.products[*p].price).sum();
        let affordable = price as f64 <= target * 1.5;
        let liked = bundle.products.iter().any(|p| likes(world, account, *p));
        if !affordable {
            0.0
        } else if liked {
            2.5
        } else {
            1.0
        }
    });
    if weights.clone().sum::<f64>() <= 0.0 {
        return Vec::new();
    }
    let bundle = &bundles[random.weighted(weights)];
    bundle.products.iter().copied().filter(|_| random.chance(BUNDLE_MEMBER)).collect()
}

fn single(world: &World, account: &Account, target: f64, random: &mut Random) -> usize {
    let products = world.catalog.products.iter().enumerate();
    random.weighted(products.map(|(index, product)| {
        let dear = product.price as f64 > target * 1.2;
        // Nobody buys one sheet of paper for the price of a car.
        let trifling = (product.price * 60) as f64 <= target * 0.8;
        let liked = if likes(world, account, index) { LIKED } else { 1.0 };
        let fits = if dear {
            0.0
        } else if trifling {
            0.25
        } else {
            1.0
        };
        product.weight * liked * fits
    }))
}

fn amounts(
    world: &World,
    chosen: &[usize],
    discount: i64,
    day: i32,
    target: f64,
    random: &mut Random,
) -> Vec<Line> {
    let shares: Vec<f64> = chosen.iter().map(|_| 0.3 + random.unit()).collect();
    let whole: f64 = shares.iter().sum();
    let lines = chosen.iter().zip(shares).map(|(product, share)| {
        let price = world.catalog.products[*product].price_on(day);
        let net = price as f64 * (10_000 - discount) as f64 / 10_000.0;
        let quantity = (target * share / whole / net).round() as i64;
        Line { product: *product, quantity: quantity.clamp(1, QUANTITY_MAX), price, discount }
    });
    lines.collect()
}
