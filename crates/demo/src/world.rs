//! The firm as it was simulated, in compact form: what `write` turns into records and `truths` explains.
//! Links between things are indexes into the world's lists.

use jiff::Timestamp;

use crate::build::catalog::Catalog;
use crate::build::phrases::Phrases;
use crate::build::plan::{Cause, Segment};
use crate::calendar::{Calendar, Season};
use crate::names::Speech;
use crate::names::companies::{CompanyName, Industry};
use crate::names::people::PersonName;
use crate::names::places::{Address, Region};
use crate::random::Random;
use crate::{Language, Options};

/// Everything.
#[derive(Debug)]
pub(crate) struct World {
    pub options: Options,
    pub calendar: Calendar,
    pub industries: Vec<Industry>,
    pub catalog: Catalog,
    pub phrases: Phrases,
    pub departments: Vec<Department>,
    pub users: Vec<User>,
    pub accounts: Vec<Account>,
    pub contacts: Vec<Contact>,
    pub opportunities: Vec<Opportunity>,
    pub leads: Vec<Lead>,
    pub orders: Vec<Order>,
    pub activities: Vec<Activity>,
    pub tasks: Vec<Task>,
}

impl World {
    /// The random stream of one thing of this firm.
    pub fn random(&self, what: &str, index: usize) -> Random {
        Random::stream(self.options.seed, what, index as u64)
    }

    /// The firm's language.
    pub fn language(&self) -> Language {
        self.options.language
    }

    /// `count` at scale 1, scaled, at least `min`.
    pub fn scaled(&self, count: f64, min: usize) -> usize {
        ((count * self.options.scale).round() as usize).max(min)
    }

    /// The moment the demo begins.
    pub fn now(&self) -> Timestamp {
        self.calendar.at(0, crate::calendar::NOW_MINUTE)
    }

    /// Indexes of the salespeople.
    pub fn salespeople(&self) -> Vec<usize> {
        (0..self.users.len()).filter(|i| self.users[*i].habits.is_some()).collect()
    }

    /// Indexes of the competitors' accounts.
    pub fn competitors(&self) -> Vec<usize> {
        (0..self.accounts.len())
            .filter(|i| self.accounts[*i].kind == AccountKind::Competitor)
            .collect()
    }
}

/// A department; its manager is found among the users.
#[derive(Debug)]
pub(crate) struct Department {
    pub code: &'static str,
    pub name: &'static str,
    pub parent: Option<usize>,
}

/// How a salesperson works: the chance that a deal is worked in each way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Habits {
    pub fast: f64,
    pub visits: f64,
    pub threads: f64,
    /// Mails a deal. A decoy: no effect on winning.
    pub mails: f64,
}

/// A user.
#[derive(Debug)]
pub(crate) struct User {
    pub name: PersonName,
    pub email: String,
    pub phone: String,
    pub title: &'static str,
    pub department: usize,
    pub leads_department: bool,
    pub manager: Option<usize>,
    pub role: &'static str,
    pub speech: Speech,
    pub region: Option<Region>,
    pub habits: Option<Habits>,
}

/// What an account is to the firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccountKind {
    Customer,
    Prospect,
    Partner,
    Supplier,
    Competitor,
}

/// When and why an account stops buying.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Leave {
    pub day: i32,
    pub cause: Cause,
}

/// How a customer buys.
#[derive(Debug, Clone)]
pub(crate) struct Buying {
    pub segment: Segment,
    pub season: Season,
    /// Mean days from order to order.
    pub cycle: f64,
    /// Median amount of an order in cents.
    pub value: f64,
    /// Hundredths of a percent on every line.
    pub discount: i64,
    /// Day of the first order kept; later than today for customers still to be won.
    pub first_order: i32,
    pub leave: Option<Leave>,
    /// Bundle and product of it that this customer never buys.
    pub never_buys: Option<(usize, usize)>,
    /// Day of the first order after today, if there will be one: known to the truths only.
    pub next_order: Option<i32>,
}

/// An account.
#[derive(Debug)]
pub(crate) struct Account {
    pub kind: AccountKind,
    pub name: CompanyName,
    pub speech: Speech,
    pub industry: usize,
    pub source: usize,
    pub created: i32,
    pub created_at: Timestamp,
    pub owner: usize,
    pub parent: Option<usize>,
    pub referred_by: Option<usize>,
    pub address: Address,
    pub phone: String,
    pub tax_id: String,
    pub employees: i64,
    pub founded: i64,
    pub has_website: bool,
    /// Got a birthday gift. A decoy: no effect on staying.
    pub has_gift: bool,
    pub buying: Option<Buying>,
    /// First contact and number of contacts.
    pub contacts: (usize, usize),
}

/// A contact.
#[derive(Debug)]
pub(crate) struct Contact {
    pub account: usize,
    pub name: PersonName,
    pub role: &'static str,
    pub title: &'static str,
    pub phone: String,
    pub has_wechat: bool,
    pub birthday: Option<(i16, i8, i8)>,
    pub is_primary: bool,
    pub created_at: Timestamp,
    /// The day the contact left the account.
    pub left: Option<i32>,
}

/// A line of an order or opportunity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub product: usize,
    pub quantity: i64,
    /// Cents.
    pub price: i64,
    /// Hundredths of a percent.
    pub discount: i64,
}

impl Line {
    /// Cents, rounded half away from zero.
    pub fn subtotal(&self) -> i64 {
        let exact = self.quantity * self.price * (10_000 - self.discount);
        let half = if exact < 0 { -5_000 } else { 5_000 };
        (exact + half) / 10_000
    }
}

/// An order, or a return of one.
#[derive(Debug)]
pub(crate) struct Order {
    pub account: usize,
    pub day: i32,
    pub at: Timestamp,
    pub original: Option<usize>,
    pub opportunity: Option<usize>,
    pub cancelled: bool,
    pub lines: Vec<Line>,
}

impl Order {
    /// Cents.
    pub fn total(&self) -> i64 {
        self.lines.iter().map(Line::subtotal).sum()
    }
}

/// How a deal was worked, and against whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Work {
    /// First response within four hours.
    pub fast: bool,
    pub response_minutes: i32,
    pub visits: usize,
    pub mails: usize,
    pub calls: usize,
    /// Contacts involved.
    pub threads: usize,
    pub competitor: Option<usize>,
}

/// How a deal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Open,
    Won,
    Lost,
    Invalid,
}

/// An opportunity.
#[derive(Debug)]
pub(crate) struct Opportunity {
    pub account: usize,
    pub owner: usize,
    pub created: i32,
    pub created_at: Timestamp,
    /// Day of closing; of an open deal the day it is expected.
    pub close: i32,
    pub outcome: Outcome,
    pub work: Work,
    pub lines: Vec<Line>,
    pub lost_reason: &'static str,
    /// Stages entered, with the moment of entry; the last is the present one.
    pub stages: Vec<(usize, Timestamp)>,
}

/// A lead.
#[derive(Debug)]
pub(crate) struct Lead {
    pub name: PersonName,
    pub company: String,
    pub slug: String,
    pub speech: Speech,
    pub title: &'static str,
    pub phone: String,
    pub source: usize,
    pub industry: usize,
    pub address: Address,
    pub owner: usize,
    pub created: i32,
    pub created_at: Timestamp,
    pub status: &'static str,
    /// A decoy: no effect on conversion.
    pub rating: &'static str,
    pub response_minutes: i32,
    pub text: usize,
    pub product: usize,
    /// Account and opportunity it became.
    pub converted: Option<(usize, Option<usize>)>,
}

/// What an activity is about.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct About {
    pub account: Option<usize>,
    pub contact: Option<usize>,
    pub opportunity: Option<usize>,
    pub lead: Option<usize>,
}

/// An activity.
#[derive(Debug)]
pub(crate) struct Activity {
    pub at: Timestamp,
    pub kind: &'static str,
    /// Index into the phrases of `build::phrases`.
    pub phrase: usize,
    pub product: usize,
    pub is_incoming: bool,
    pub result: &'static str,
    /// Seconds.
    pub duration: i64,
    pub about: About,
    pub owner: usize,
    pub next_contact: Option<i32>,
}

/// A task.
#[derive(Debug)]
pub(crate) struct Task {
    pub phrase: usize,
    pub created_at: Timestamp,
    pub due: i32,
    pub done_at: Option<Timestamp>,
    pub cancelled: bool,
    pub priority: &'static str,
    pub account: usize,
    pub opportunity: Option<usize>,
    pub owner: usize,
}
