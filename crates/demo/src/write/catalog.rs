//! Writes categories, products with their price rises, price lists and pipelines.

use super::Sheet;
use super::organisation::{ADMIN, founded};
use crate::build::deals::STAGES;
use crate::build::plan::LAUNCH;
use crate::record::{DemoRecord, hundredths, link, whole};
use crate::world::World;

/// Price lists: Chinese, English, percent of the list price.
const PRICE_LISTS: [(&str, &str, i64); 3] = [
    ("标准价目表", "Standard prices", 100),
    ("渠道价目表", "Channel prices", 82),
    ("海外价目表", "Overseas prices", 118),
];
/// Pieces from which the standard list is cheaper, and by how many percent.
const MANY: (i64, i64) = (50, 94);

/// Categories, products, price lists, price rises, pipelines, stages.
pub(crate) fn records(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    categories(world)
        .chain(products(world))
        .chain(price_lists(world))
        .chain(price_list_items(world))
        .chain(rises(world))
        .chain(pipelines(world))
        .chain(stages(world))
}

fn categories(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    world.catalog.categories.iter().enumerate().map(|(index, category)| {
        Sheet::create("product_category", index, founded(world), ADMIN)
            .set("name", world.language().of(category.zh, category.en))
            .set("parent", category.parent.map(|parent| link("product_category", parent)))
            .done()
    })
}

fn products(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    let language = world.language();
    world.catalog.products.iter().enumerate().map(move |(index, product)| {
        let at = if index == world.catalog.launched {
            world.calendar.at(LAUNCH.1, 9 * 60)
        } else {
            founded(world)
        };
        let category = &world.catalog.categories[product.category];
        let service = matches!(category.code, "software" | "support");
        Sheet::create("product", index, at, ADMIN)
            .set("name", language.of(product.zh, product.en))
            .set("code", product.code)
            .set("category", link("product_category", product.category))
            .set("series", &product.code[..5])
            .set("unit", language.of(product.unit_zh, product.unit_en))
            .set("price", hundredths(product.price))
            .set("cost", hundredths(product.cost))
            .set("tax_rate", whole(if service { 6 } else { 13 }))
            .set("active", true)
            .done()
    })
}

/// Prices that rose within the history.
fn rises(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    world.catalog.products.iter().enumerate().filter_map(|(index, product)| {
        let (day, _) = product.rise?;
        let sheet = Sheet::update("product", index, world.calendar.at(day, 9 * 60), ADMIN);
        Some(sheet.set("price", hundredths(product.price_on(day))).done())
    })
}

fn price_lists(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    PRICE_LISTS.iter().enumerate().map(|(index, (zh, en, _))| {
        Sheet::adopt("price_list", index, founded(world), ADMIN)
            .set("name", world.language().of(*zh, *en))
            .set("valid_from", world.calendar.date(-365))
            .set("active", true)
            .set("is_default", index == 0)
            .done()
    })
}

fn price_list_items(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    let lists = PRICE_LISTS.iter().enumerate().map(|(list, (_, _, percent))| (list, *percent, 1));
    let lists = lists.chain([(0, MANY.1, MANY.0)]);
    let products = world.catalog.products.iter().enumerate();
    let pairs = lists.flat_map(move |list| products.clone().map(move |product| (list, product)));
    pairs.enumerate().map(|(index, ((list, percent, from), (product, what)))| {
        // Whole yuan.
        let price = what.price_on(0) * percent / 10_000 * 100;
        Sheet::create("price_list_item", index, founded(world), ADMIN)
            .set("price_list", link("price_list", list))
            .set("product", link("product", product))
            .set("price", hundredths(price))
            .set("min_quantity", whole(from))
            .done()
    })
}

fn pipelines(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    let rows = [
        ("standard", "标准销售流程", "Standard pipeline"),
        ("channel", "渠道销售流程", "Channel pipeline"),
    ];
    rows.into_iter().enumerate().map(|(index, (code, zh, en))| {
        Sheet::adopt("pipeline", index, founded(world), ADMIN)
            .set("name", world.language().of(zh, en))
            .set("code", code)
            .set("active", true)
            .set("position", index as i64)
            .done()
    })
}

fn stages(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    let rows = STAGES.iter().enumerate();
    rows.map(|(index, (pipeline, _, zh, en, probability, kind, required))| {
        Sheet::adopt("stage", index, founded(world), ADMIN)
            .set("pipeline", link("pipeline", *pipeline))
            .set("name", world.language().of(*zh, *en))
            .set("position", index as i64 + 1)
            .set("probability", whole(*probability))
            .set("kind", *kind)
            .set("required_fields", *required)
            .set("rotting_days", (*kind == "open").then_some(21))
            .done()
    })
}
