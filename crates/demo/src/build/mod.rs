//! Simulates the firm, one thing after another. Everything is drawn from streams of the seed.

pub(crate) mod accounts;
pub(crate) mod activities;
pub(crate) mod baskets;
pub(crate) mod catalog;
pub(crate) mod contacts;
pub(crate) mod deals;
pub(crate) mod leads;
pub(crate) mod leaving;
pub(crate) mod opportunities;
pub(crate) mod orders;
pub(crate) mod organisation;
pub(crate) mod phrases;
pub(crate) mod plan;
pub(crate) mod signs;
pub(crate) mod tasks;

use crate::Options;
use crate::calendar::Calendar;
use crate::names::companies::{Companies, industries};
use crate::names::people::People;
use crate::names::places::Places;
use crate::world::World;

/// The sources of names.
#[derive(Debug)]
pub(crate) struct Names {
    pub people: People,
    pub companies: Companies,
    pub places: Places,
}

/// The firm that `options` ask for.
pub(crate) fn world(options: &Options) -> World {
    let names = Names { people: People::new(), companies: Companies::new(), places: Places::new() };
    let mut world = World {
        options: options.clone(),
        calendar: Calendar::new(options.today),
        industries: industries(),
        catalog: catalog::catalog(),
        phrases: phrases::phrases(),
        departments: organisation::departments(options.language),
        users: Vec::new(),
        accounts: Vec::new(),
        contacts: Vec::new(),
        opportunities: Vec::new(),
        leads: Vec::new(),
        orders: Vec::new(),
        activities: Vec::new(),
        tasks: Vec::new(),
    };
    organisation::people(&mut world, &names);
    accounts::accounts(&mut world, &names);
    contacts::contacts(&mut world, &names);
    leaving::plan(&mut world);
    orders::orders(&mut world);
    opportunities::opportunities(&mut world);
    leads::leads(&mut world, &names);
    activities::activities(&mut world);
    tasks::tasks(&mut world);
    world
}
