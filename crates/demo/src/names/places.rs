//! Addresses whose province, city, district, postcode and phone fit together; phones that ring nowhere.

use super::Speech;
use crate::lists::{number, rows};
use crate::random::Random;

/// A sales region of the firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Region {
    North,
    East,
    South,
    Overseas,
}

/// Where somebody is.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    /// ISO 3166.
    pub country: &'static str,
    pub province: &'static str,
    pub city: &'static str,
    pub district: &'static str,
    pub street: String,
    pub postcode: &'static str,
}

/// A city in which customers live.
#[derive(Debug)]
pub(crate) struct City {
    speech: Speech,
    pub country: &'static str,
    pub province: &'static str,
    pub name: &'static str,
    pub region: Region,
    postcode: &'static str,
    weight: f64,
    /// `x` is any digit.
    landline: String,
    /// Name and six-digit code.
    pub districts: Vec<(&'static str, &'static str)>,
}

/// The cities and streets.
#[derive(Debug)]
pub(crate) struct Places {
    pub cities: Vec<City>,
    streets: [Vec<&'static str>; 2],
}

fn region(name: &str) -> Region {
    match name {
        "north" => Region::North,
        "east" => Region::East,
        _ => Region::South,
    }
}

fn chinese_city(r: &[&'static str]) -> City {
    let districts = r[6].split(',').filter_map(|d| d.split_once(':')).collect();
    City {
        speech: Speech::Chinese,
        country: "CN",
        province: r[0],
        name: r[1],
        region: region(r[4]),
        postcode: r[3],
        weight: number(r[5]),
        landline: format!("+86{}5550xxxx", r[2]),
        districts,
    }
}

fn foreign_city(r: &[&'static str]) -> City {
    City {
        speech: Speech::English,
        country: r[0],
        province: r[1],
        name: r[2],
        region: Region::Overseas,
        postcode: r[3],
        weight: number(r[5]),
        landline: r[4].to_owned(),
        districts: Vec::new(),
    }
}

/// Each `x` becomes a digit.
fn digits(pattern: &str, random: &mut Random) -> String {
    let digit = |random: &mut Random| char::from(b'0' + random.below(10) as u8);
    pattern.chars().map(|c| if c == 'x' { digit(random) } else { c }).collect()
}

/// Prefixes of the mobile numbering plan under which no operator gives numbers to people.
const IDLE_PREFIXES: [&str; 4] = ["154", "163", "168", "169"];

/// A Chinese mobile number in the usual form that belongs to nobody.
pub(crate) fn mobile(random: &mut Random) -> String {
    let prefix = random.pick(&IDLE_PREFIXES);
    digits(&format!("{prefix}xxxxxxxx"), random)
}

impl Places {
    /// Reads the lists.
    pub fn new() -> Places {
        let china = rows(include_str!("../data/places_china.tsv")).map(|r| chinese_city(&r));
        let abroad = rows(include_str!("../data/places_abroad.tsv")).map(|r| foreign_city(&r));
        let streets: Vec<_> = rows(include_str!("../data/streets.tsv")).collect();
        let of = |kind: &str| streets.iter().filter(|r| r[0] == kind).map(|r| r[1]).collect();
        Places { cities: china.chain(abroad).collect(), streets: [of("zh"), of("en")] }
    }

    /// A city where people speak `speech`, bigger ones more often.
    pub fn city(&self, speech: Speech, random: &mut Random) -> &City {
        let weights = self.cities.iter().map(|c| if c.speech == speech { c.weight } else { 0.0 });
        &self.cities[random.weighted(weights)]
    }

    /// An address in `city`, and the code of its district (empty abroad).
    pub fn address(&self, city: &City, random: &mut Random) -> (Address, &'static str) {
        let (district, code) = match city.districts.as_slice() {
            [] => ("", ""),
            districts => *random.pick(districts),
        };
        let number = random.between(1, 399);
        let street = match city.speech {
            Speech::Chinese => {
                let (block, floor) = (random.between(1, 9), random.between(2, 28));
                format!("{}{number}号{block}号楼{floor}层", random.pick(&self.streets[0]))
            }
            Speech::English => format!("{number} {}", random.pick(&self.streets[1])),
        };
        let City { country, province, name, postcode, .. } = city;
        (Address { country, province, city: name, district, street, postcode }, code)
    }
}

impl City {
    /// A number of an office in this city, in international form.
    pub fn landline(&self, random: &mut Random) -> String {
        digits(&self.landline, random)
    }

    /// A number for a person: a mobile in China, an office line abroad.
    pub fn personal(&self, random: &mut Random) -> String {
        if self.country == "CN" { mobile(random) } else { self.landline(random) }
    }
}
