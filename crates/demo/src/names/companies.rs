//! Names of firms made from invented brands, with a slug for their `.example` domain.

use super::Speech;
use crate::lists::rows;
use crate::random::Random;

/// A firm's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CompanyName {
    /// As registered: 苏州栖川智能科技有限公司, Veltholm Analytics Ltd.
    pub name: String,
    /// The brand alone: 栖川, Veltholm.
    pub brand: String,
    /// Lower-case Latin for domains: `qichuan`.
    pub slug: String,
}

/// Well-known brands that the syllables could make by chance.
pub(crate) const REAL_BRANDS: &[&str] = &[
    "启辰",
    "星途",
    "岚图",
    "启源",
    "拓维",
    "星纪",
    "云图",
    "星辰",
    "朗格",
    "星界",
    "蓝图",
    "云象",
    "知象",
    "云帆",
    "蓝帆",
    "蓝谷",
    "蓝点",
    "澜点",
    "星云",
    "知原",
    "越野",
    "越界",
    "云谷",
    "云途",
    "云境",
    "朗境",
    "溪木",
    "知途",
    "岫岩",
    "遥途",
    "栖木",
    "云台",
    "澄台",
    "简木",
    "星桥",
    "云桥",
    "朗木",
    "启舟",
    "启帆",
    "启点",
    "云合",
    "知合",
    "Corvford",
    "Kelldale",
    "Marvwell",
    "Bessbourne",
    "Elmhurst",
    "Elmwick",
    "Wendford",
    "Lyrwell",
    "Dornford",
    "Hestford",
    "Fennmoor",
    "Gresham",
    "Corvmoor",
    "Marvford",
    "Fennford",
    "Elmfell",
];

/// An industry: its code, words for firm names and what it likes to buy.
#[derive(Debug)]
pub(crate) struct Industry {
    pub code: &'static str,
    pub chinese: Vec<&'static str>,
    pub english: Vec<&'static str>,
    /// Codes of the two product categories it buys most.
    pub likes: [&'static str; 2],
}

/// The industries, in the order of `data/industries.tsv`.
pub(crate) fn industries() -> Vec<Industry> {
    rows(include_str!("../data/industries.tsv"))
        .map(|r| Industry {
            code: r[0],
            chinese: r[1].split('|').collect(),
            english: r[2].split('|').collect(),
            likes: [r[3], r[4]],
        })
        .collect()
}

/// Makes names of firms.
#[derive(Debug)]
pub(crate) struct Companies {
    syllables: [Vec<(&'static str, &'static str)>; 4],
}

const LISTS: [&str; 4] = ["zh1", "zh2", "en1", "en2"];

impl Companies {
    /// Reads the lists.
    pub fn new() -> Companies {
        let all: Vec<_> = rows(include_str!("../data/brands.tsv")).collect();
        let of = |kind: &str| all.iter().filter(|r| r[0] == kind).map(|r| (r[1], r[2])).collect();
        Companies { syllables: LISTS.map(of) }
    }

    /// A name for a firm of `industry` in `city`.
    pub fn make(
        &self,
        speech: Speech,
        industry: &Industry,
        city: &str,
        random: &mut Random,
    ) -> CompanyName {
        let lists = match speech {
            Speech::Chinese => [&self.syllables[0], &self.syllables[1]],
            Speech::English => [&self.syllables[2], &self.syllables[3]],
        };
        let (brand, slug) = loop {
            let (one, two) = (random.pick(lists[0]), random.pick(lists[1]));
            let brand = format!("{}{}", one.0, two.0);
            if !REAL_BRANDS.contains(&brand.as_str()) && one.0 != two.0 {
                break (brand, format!("{}{}", one.1, two.1));
            }
        };
        let name = match speech {
            Speech::Chinese => chinese(&brand, city, industry, random),
            Speech::English => english(&brand, city, industry, random),
        };
        CompanyName { name, brand, slug }
    }
}

fn chinese(brand: &str, city: &str, industry: &Industry, random: &mut Random) -> String {
    let city = city.trim_end_matches('市');
    let trade = random.pick(&industry.chinese);
    if trade.ends_with("学校") || trade.ends_with("中心") {
        return format!("{city}{brand}{trade}");
    }
    match random.below(10) {
        0..=5 => format!("{city}{brand}{trade}有限公司"),
        6 | 7 => format!("{brand}{trade}（{city}）有限公司"),
        _ => format!("{city}{brand}{trade}股份有限公司"),
    }
}

fn english(brand: &str, city: &str, industry: &Industry, random: &mut Random) -> String {
    let trade = random.pick(&industry.english);
    match random.below(10) {
        0..=3 => format!("{brand} {trade} Ltd"),
        4..=6 => format!("{brand} {trade}"),
        7 => format!("{brand} {trade} {city}"),
        8 => format!("{brand} & Sons {trade}"),
        _ => format!("{brand} {trade} Group"),
    }
}
