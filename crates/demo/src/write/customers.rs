//! Writes accounts, relations, contacts, those who left, and addresses.

use super::organisation::{FAIR, GIFT, KEY_ACCOUNT, TAGS};
use super::{Bought, OWN, Sheet, bought};
use crate::build::plan::{SOURCES, Segment};
use crate::names::Speech;
use crate::record::{DemoRecord, DemoValue, hundredths, key, link};
use crate::world::{Account, AccountKind, World};

/// Share of customers with an address for deliveries of its own.
const SHIPPING: f64 = 0.4;

/// Accounts, relations, contacts, contacts that left, addresses.
pub(crate) fn records(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    accounts(world)
        .chain(relations(world))
        .chain(contacts(world))
        .chain(departures(world))
        .chain(addresses(world))
}

/// The account's code in other systems; the truths use it, too.
pub(crate) fn external_id(index: usize) -> String {
    format!("DEMO-A-{:06}", key(index))
}

fn accounts(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    let bought = bought(world);
    world.accounts.iter().enumerate().map(move |(index, account)| {
        let mut random = world.random("account details", index);
        let bought = bought[index];
        let domain = format!("{}.example", account.name.slug);
        let revenue = account.employees * i64::from(random.between(250_000, 900_000)) * 100;
        let website = account.has_website.then(|| format!("https://www.{domain}"));
        Sheet::create("account", index, account.created_at, Some(key(account.owner)))
            .set("name", account.name.name.as_str())
            .set("kind", "company")
            .set("relations", DemoValue::Codes(relation_codes(account)))
            .set("external_id", external_id(index))
            .set("parent", account.parent.map(|parent| link("account", parent)))
            .set("industry", world.industries[account.industry].code)
            .set("level", level(account, bought, random.unit()))
            .set("source", SOURCES[account.source].code)
            .set("lifecycle", lifecycle(account, bought))
            .set("phone", account.phone.as_str())
            .set("email", format!("office@{domain}"))
            .set("website", website)
            .set("tax_id", account.tax_id.as_str())
            .set("employees", account.employees)
            .set("annual_revenue", hundredths(revenue.min(5_000_000_000_000)))
            .set("founded_year", account.founded)
            .address(&OWN, &account.address)
            .set("owner", link("user", account.owner))
            .set("tags", tags(account, &mut random))
            .done()
    })
}

fn relation_codes(account: &Account) -> Vec<&'static str> {
    match account.kind {
        AccountKind::Customer => vec!["customer"],
        AccountKind::Prospect => vec!["prospect"],
        AccountKind::Partner => vec!["distributor", "partner"],
        AccountKind::Supplier => vec!["supplier"],
        AccountKind::Competitor => vec!["competitor"],
    }
}

/// What salespeople think it is worth: follows revenue, with a tenth of misjudgement.
fn level(account: &Account, bought: Bought, luck: f64) -> &'static str {
    let right: usize = match bought.revenue_12m / 100 {
        300_000.. => 0,
        60_000.. => 1,
        8_000.. => 2,
        _ if account.kind == AccountKind::Customer => 3,
        _ => 2,
    };
    let guess = match luck {
        ..0.05 => right + 1,
        0.95.. => right.saturating_sub(1),
        _ => right,
    };
    ["A", "B", "C", "D"][guess.min(3)]
}

fn lifecycle(account: &Account, bought: Bought) -> &'static str {
    let (Some(buying), Some(last)) = (&account.buying, bought.last_day) else {
        return if account.kind == AccountKind::Customer || account.kind == AccountKind::Prospect {
            "prospect"
        } else {
            ""
        };
    };
    let silent = f64::from(-last);
    match buying.segment {
        Segment::OneOff if silent > 180.0 => "dormant",
        _ if silent > 180.0 && silent > 3.5 * buying.cycle => "lost",
        _ if silent > 2.5 * buying.cycle && silent > 60.0 => "dormant",
        _ if bought.orders >= 2 => "repeat",
        _ => "customer",
    }
}

fn tags(account: &Account, random: &mut crate::random::Random) -> DemoValue {
    let mut tags = Vec::new();
    if account.has_gift {
        tags.push(key(GIFT));
    }
    if account.buying.as_ref().is_some_and(|b| b.segment == Segment::Key) && random.chance(0.8) {
        tags.push(key(KEY_ACCOUNT));
    }
    if SOURCES[account.source].code == "exhibition" {
        tags.push(key(FAIR));
    }
    if random.chance(0.2) {
        tags.push(key(random.between(FAIR as i32 + 1, TAGS.len() as i32 - 1) as usize));
    }
    if tags.is_empty() { DemoValue::Null } else { DemoValue::Refs("tag", tags) }
}

/// Who referred whom.
fn relations(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    let referred = world.accounts.iter().enumerate();
    let referred =
        referred.filter_map(|(index, account)| Some((index, account, account.referred_by?)));
    referred.enumerate().map(|(number, (index, account, by))| {
        Sheet::create("relation", number, account.created_at, Some(key(account.owner)))
            .set("account", link("account", by))
            .set("other", link("account", index))
            .set("kind", "referred")
            .set("since_on", world.calendar.date(account.created))
            .done()
    })
}

fn contacts(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    world.contacts.iter().enumerate().map(|(index, contact)| {
        let account = &world.accounts[contact.account];
        let birthday = contact.birthday.and_then(|(y, m, d)| jiff::civil::Date::new(y, m, d).ok());
        let chinese = account.speech == Speech::Chinese;
        let phone = if chinese { "mobile" } else { "phone" };
        let wechat = contact
            .has_wechat
            .then(|| format!("wx_{}{}", contact.name.latin.replace('.', "_"), index % 97));
        Sheet::create("contact", index, contact.created_at, Some(key(account.owner)))
            .set("name", contact.name.name.as_str())
            .set("account", link("account", contact.account))
            .set("job_title", contact.title)
            .set("decision_role", contact.role)
            .set(phone, contact.phone.as_str())
            .set("email", format!("{}@{}.example", contact.name.latin, account.name.slug))
            .set("wechat", wechat)
            .set("birthday", birthday)
            .set("is_primary", contact.is_primary)
            .set("country", account.address.country)
            .set("region", account.address.province)
            .set("city", account.address.city)
            .set("source", SOURCES[account.source].code)
            .set("external_id", format!("DEMO-C-{:06}", key(index)))
            .set("owner", link("user", account.owner))
            .set("do_not_contact", false)
            .done()
    })
}

/// Contacts that left their firm.
fn departures(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    world.contacts.iter().enumerate().filter_map(|(index, contact)| {
        let day = contact.left?;
        let owner = world.accounts[contact.account].owner;
        let at = world.calendar.at(world.calendar.working(day), 10 * 60).max(contact.created_at);
        let text =
            world.language().of("已离职，暂无接替人。", "Has left the firm; no successor yet.");
        let sheet = Sheet::update("contact", index, at, Some(key(owner)));
        Some(sheet.set("do_not_contact", true).set("description", text).done())
    })
}

fn addresses(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    let customers = world.accounts.iter().enumerate().filter(|(index, account)| {
        let mut random = world.random("shipping", *index);
        account.kind == AccountKind::Customer && random.chance(SHIPPING)
    });
    customers.enumerate().map(|(number, (_, account))| {
        let contact = &world.contacts[account.contacts.0];
        let label = match account.speech {
            Speech::Chinese => "仓库收货地址",
            Speech::English => "Warehouse",
        };
        Sheet::create("address", number, account.created_at, Some(key(account.owner)))
            .set("account", link("account", contact.account))
            .set("label", label)
            .set("kind", "shipping")
            .set("recipient", contact.name.name.as_str())
            .set("phone", contact.phone.as_str())
            .address(&OWN, &account.address)
            .set("is_default", true)
            .done()
    })
}
