//! Turns the simulated firm into records, one object after another: whatever a record links to came before.

mod catalog;
mod customers;
mod orders;
mod organisation;
mod sales;
mod views;
mod work;

use jiff::Timestamp;

use crate::record::{DemoRecord, DemoValue, Key, Step, key};
use crate::world::World;

/// A record being written.
pub(crate) struct Sheet(DemoRecord);

impl Sheet {
    /// A new record of `object`: the element with this index, counted from 0.
    pub fn create(object: &'static str, index: usize, at: Timestamp, author: Option<Key>) -> Sheet {
        let step = Step::Create;
        Sheet(DemoRecord {
            object,
            key: key(index),
            step,
            fields: Vec::new(),
            created_at: at,
            author,
        })
    }

    /// The same, unless the workspace has it already.
    pub fn adopt(object: &'static str, index: usize, at: Timestamp, author: Option<Key>) -> Sheet {
        let mut sheet = Sheet::create(object, index, at, author);
        sheet.0.step = Step::Adopt;
        sheet
    }

    /// News of a record that was written before.
    pub fn update(object: &'static str, index: usize, at: Timestamp, author: Option<Key>) -> Sheet {
        let mut sheet = Sheet::create(object, index, at, author);
        sheet.0.step = Step::Update;
        sheet
    }

    /// With a field; an empty value is left out.
    pub fn set(mut self, field: &'static str, value: impl Into<DemoValue>) -> Sheet {
        let value = value.into();
        if value != DemoValue::Null {
            self.0.fields.push((field, value));
        }
        self
    }

    /// With the fields of an address; `prefix` says which names they have.
    pub fn address(self, names: &AddressNames, address: &crate::names::places::Address) -> Sheet {
        let sheet = self
            .set(names.country, address.country)
            .set(names.region, address.province)
            .set(names.city, address.city);
        let street = match names.district {
            Some(district) => {
                return sheet
                    .set(district, address.district)
                    .set(names.street, address.street.as_str())
                    .set(names.postcode, address.postcode);
            }
            None => format!("{}{}", address.district, address.street),
        };
        sheet.set(names.street, street).set(names.postcode, address.postcode)
    }

    /// The record.
    pub fn done(self) -> DemoRecord {
        self.0
    }
}

/// The names of an address's fields.
pub(crate) struct AddressNames {
    country: &'static str,
    region: &'static str,
    city: &'static str,
    /// None: the district stands before the street.
    district: Option<&'static str>,
    street: &'static str,
    postcode: &'static str,
}

/// An account's, contact's or lead's own address.
pub(crate) const OWN: AddressNames = AddressNames {
    country: "country",
    region: "region",
    city: "city",
    district: Some("district"),
    street: "street",
    postcode: "postcode",
};
/// Where an order goes.
pub(crate) const SHIP: AddressNames = AddressNames {
    country: "ship_country",
    region: "ship_region",
    city: "ship_city",
    district: None,
    street: "ship_street",
    postcode: "ship_postcode",
};

/// What an account has bought by today.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bought {
    pub orders: usize,
    /// Cents within the last 365 days.
    pub revenue_12m: i64,
    pub last_day: Option<i32>,
}

/// What every account has bought.
pub(crate) fn bought(world: &World) -> Vec<Bought> {
    let mut all = vec![Bought::default(); world.accounts.len()];
    for order in &world.orders {
        let account = &mut all[order.account];
        if !order.cancelled && order.day > -365 {
            account.revenue_12m += order.total();
        }
        if crate::build::opportunities::is_bought(order) {
            account.orders += 1;
            account.last_day = Some(order.day);
        }
    }
    all
}

/// Index of the ordinary contact of an account.
pub(crate) fn primary(world: &World, account: usize) -> usize {
    world.accounts[account].contacts.0
}

/// All records in the order in which they can be written.
pub(crate) fn records(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    organisation::records(world)
        .chain(catalog::records(world))
        .chain(customers::records(world))
        .chain(sales::records(world))
        .chain(orders::records(world))
        .chain(work::records(world))
        .chain(views::records(world))
}
