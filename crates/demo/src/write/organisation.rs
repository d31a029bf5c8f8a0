//! Writes departments, users, teams and tags.

use jiff::Timestamp;

use super::Sheet;
use crate::build::organisation::ADMINISTRATOR;
use crate::names::Speech;
use crate::record::{DemoRecord, DemoValue, Key, key, link};
use crate::world::World;

/// Days before today on which the firm started to use the product.
const FOUNDED: i32 = -1_700;

/// When the firm's own records were written.
pub(crate) fn founded(world: &World) -> Timestamp {
    world.calendar.at(FOUNDED, 9 * 60)
}

/// Who wrote them.
pub(crate) const ADMIN: Option<Key> = Some(ADMINISTRATOR as Key + 1);

/// Tags: Chinese, English, colour.
pub(crate) const TAGS: [(&str, &str, &str); 8] = [
    ("已送生日礼", "Birthday gift sent", "yellow"),
    ("重点客户", "Key account", "red"),
    ("展会客户", "Met at a fair", "blue"),
    ("年框协议", "Frame contract", "teal"),
    ("可做案例", "Reference", "green"),
    ("决策较慢", "Slow to decide", "gray"),
    ("新办公室", "New office", "orange"),
    ("账期客户", "Payment terms", "violet"),
];
/// Index of the tag that is a decoy.
pub(crate) const GIFT: usize = 0;
/// Index of the tag of key accounts.
pub(crate) const KEY_ACCOUNT: usize = 1;
/// Index of the tag of those met at a fair.
pub(crate) const FAIR: usize = 2;

/// Departments, users, department managers, teams, tags.
pub(crate) fn records(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    departments(world)
        .chain(users(world))
        .chain(managers(world))
        .chain(teams(world))
        .chain(tags(world))
}

fn departments(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    world.departments.iter().enumerate().map(|(index, department)| {
        Sheet::create("department", index, founded(world), None)
            .set("name", department.name)
            .set("code", department.code)
            .set("parent", department.parent.map(|parent| link("department", parent)))
            .done()
    })
}

fn users(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    world.users.iter().enumerate().map(|(index, user)| {
        let overseas = user.region == Some(crate::names::places::Region::Overseas);
        let zone = if overseas && user.speech == Speech::English {
            "Europe/London"
        } else {
            "Asia/Shanghai"
        };
        Sheet::create("user", index, founded(world), None)
            .set("name", user.name.name.as_str())
            .set("email", user.email.as_str())
            .set("phone", user.phone.as_str())
            .set("job_title", user.title)
            .set("department", link("department", user.department))
            .set("manager", user.manager.map(|manager| link("user", manager)))
            .set("roles", DemoValue::ByCode("role", vec![user.role]))
            .set("locale", if user.speech == Speech::Chinese { "zh-CN" } else { "en" })
            .set("time_zone", zone)
            .set("active", true)
            .done()
    })
}

/// Departments came before their managers.
fn managers(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    let heads = world.users.iter().enumerate().filter(|(_, user)| user.leads_department);
    heads.map(|(index, user)| {
        Sheet::update("department", user.department, founded(world), ADMIN)
            .set("manager", link("user", index))
            .done()
    })
}

/// A team for each region with salespeople, and one for service.
fn teams(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    let heads = world.users.iter().enumerate();
    let heads = heads.filter(|(_, user)| user.leads_department && user.department >= 2);
    heads.enumerate().map(|(index, (lead, head))| {
        let members =
            (0..world.users.len()).filter(|u| world.users[*u].department == head.department);
        let department = &world.departments[head.department];
        let name = match world.language() {
            crate::Language::Zh => format!("{}小组", department.name),
            crate::Language::En => format!("{} team", department.name),
        };
        Sheet::create("team", index, founded(world), ADMIN)
            .set("name", name)
            .set("lead", link("user", lead))
            .set("members", DemoValue::Refs("user", members.map(key).collect()))
            .done()
    })
}

fn tags(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    TAGS.iter().enumerate().map(|(index, (zh, en, color))| {
        Sheet::create("tag", index, founded(world), ADMIN)
            .set("name", world.language().of(*zh, *en))
            .set("color", *color)
            .done()
    })
}
