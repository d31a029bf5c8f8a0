//! Categories, products, prices over time and bundles.

use crate::build::plan::{LAUNCH, PRICE_RISES};
use crate::lists::{number, rows};
use crate::random::Random;

/// A product category.
#[derive(Debug)]
pub(crate) struct Category {
    pub code: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub parent: Option<usize>,
}

/// A product.
#[derive(Debug)]
pub(crate) struct Product {
    pub code: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub category: usize,
    pub unit_zh: &'static str,
    pub unit_en: &'static str,
    /// List price in cents before any rise.
    pub price: i64,
    /// Cents.
    pub cost: i64,
    /// How often it is bought by itself.
    pub weight: f64,
    /// Day and factor in percent of its price rise.
    pub rise: Option<(i32, i64)>,
}

impl Product {
    /// The list price on `day`, in cents.
    pub fn price_on(&self, day: i32) -> i64 {
        match self.rise {
            Some((rise, factor)) if day >= rise => self.price * factor / 100,
            _ => self.price,
        }
    }
}

/// Products that are bought together.
#[derive(Debug)]
pub(crate) struct Bundle {
    pub code: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub products: Vec<usize>,
}

/// All that the firm sells.
#[derive(Debug)]
pub(crate) struct Catalog {
    pub categories: Vec<Category>,
    pub products: Vec<Product>,
    pub bundles: Vec<Bundle>,
    /// Index of the new product.
    pub launched: usize,
}

impl Catalog {
    /// Any product but the new one.
    pub fn any_old(&self, random: &mut Random) -> usize {
        let index = random.below(self.products.len() - 1);
        if index >= self.launched { index + 1 } else { index }
    }

    /// A device that somebody who does not know the firm yet may ask for.
    pub fn any_device(&self, random: &mut Random) -> usize {
        let worth = |product: &Product| if product.price >= 60_000 { product.weight } else { 0.0 };
        random.weighted(self.products.iter().map(worth))
    }

    /// The category with this code.
    pub fn category(&self, code: &str) -> usize {
        position(self.categories.iter().map(|c| c.code), code)
    }
}

fn position<'a>(mut codes: impl Iterator<Item = &'a str>, code: &str) -> usize {
    codes.position(|known| known == code).expect("the lists name only codes they define")
}

/// Reads the lists.
pub(crate) fn catalog() -> Catalog {
    let mut categories: Vec<Category> = Vec::new();
    for r in rows(include_str!("../data/categories.tsv")) {
        let parent = (!r[3].is_empty()).then(|| position(categories.iter().map(|c| c.code), r[3]));
        categories.push(Category { code: r[0], zh: r[1], en: r[2], parent });
    }
    let products: Vec<Product> = rows(include_str!("../data/products.tsv"))
        .map(|r| {
            let rise = PRICE_RISES.iter().find(|rise| rise.0 == r[3]);
            Product {
                code: r[0],
                zh: r[1],
                en: r[2],
                category: position(categories.iter().map(|c| c.code), r[3]),
                unit_zh: r[4],
                unit_en: r[5],
                price: number::<i64>(r[6]) * 100,
                cost: number::<i64>(r[7]) * 100,
                weight: number(r[8]),
                rise: rise.map(|rise| (rise.1, rise.2)),
            }
        })
        .collect();
    let product = |code: &str| position(products.iter().map(|p| p.code), code);
    let bundles = rows(include_str!("../data/bundles.tsv"))
        .map(|r| Bundle {
            code: r[0],
            zh: r[1],
            en: r[2],
            products: r[3].split(',').map(product).collect(),
        })
        .collect();
    let launched = product(LAUNCH.0);
    Catalog { categories, products, bundles, launched }
}
