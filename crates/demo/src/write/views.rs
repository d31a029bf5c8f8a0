//! Writes saved views: shared ones of the sales director, pinned ones of everybody who sells.

use super::Sheet;
use super::organisation::founded;
use crate::record::{DemoRecord, key, link};
use crate::world::World;

/// A view: object, Chinese, English, kind, filter, columns, sort.
struct View {
    object: &'static str,
    name: (&'static str, &'static str),
    kind: &'static str,
    filter: &'static str,
    columns: &'static str,
    sort: &'static str,
    group: &'static str,
    sum: &'static str,
}

const fn list(
    object: &'static str,
    name: (&'static str, &'static str),
    filter: &'static str,
    columns: &'static str,
    sort: &'static str,
) -> View {
    View { object, name, kind: "list", filter, columns, sort, group: "", sum: "" }
}

/// Index of the sales director among the users.
const DIRECTOR: usize = 2;

/// For everybody.
const SHARED: [View; 6] = [
    list(
        "account",
        ("A级客户", "A accounts"),
        r#"{"field":"level","op":"eq","value":"A"}"#,
        "name industry owner revenue_12m last_order_on",
        "-revenue_12m",
    ),
    list(
        "account",
        ("沉睡客户", "Dormant accounts"),
        r#"{"field":"lifecycle","op":"in","value":["dormant","lost"]}"#,
        "name level owner last_order_on revenue_total",
        "-revenue_total",
    ),
    list(
        "opportunity",
        ("本月预计成交", "Closing this month"),
        r#"{"and":[{"field":"status","op":"eq","value":"open"},{"field":"close_on","op":"within","value":"this_month"}]}"#,
        "name account amount stage close_on owner",
        "close_on",
    ),
    View {
        object: "opportunity",
        name: ("标准流程看板", "Standard pipeline board"),
        kind: "board",
        filter: r#"{"field":"status","op":"eq","value":"open"}"#,
        columns: "account amount close_on owner",
        sort: "close_on",
        group: "stage",
        sum: "amount",
    },
    list(
        "lead",
        ("展会线索", "Leads from fairs"),
        r#"{"field":"source","op":"eq","value":"exhibition"}"#,
        "name company status rating owner",
        "-created_at",
    ),
    list(
        "order",
        ("最近退货", "Recent returns"),
        r#"{"and":[{"field":"kind","op":"eq","value":"return"},{"field":"ordered_on","op":"within","value":"last_90_days"}]}"#,
        "number account total ordered_on",
        "-ordered_on",
    ),
];

/// For each salesperson.
const OWN: [View; 2] = [
    list(
        "task",
        ("我的逾期任务", "My overdue tasks"),
        r#"{"and":[{"field":"owner","op":"eq","value":"me"},{"field":"status","op":"eq","value":"open"},{"field":"due_on","op":"within","value":"overdue"}]}"#,
        "subject account due_on priority",
        "due_on",
    ),
    list(
        "account",
        ("我的客户", "My customers"),
        r#"{"and":[{"field":"owner","op":"eq","value":"me"},{"field":"relations","op":"has_any","value":["customer"]}]}"#,
        "name level lifecycle last_contact_at next_contact_on",
        "-last_contact_at",
    ),
];

/// The saved views.
pub(crate) fn records(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    let shared = SHARED.iter().map(|view| (view, DIRECTOR, "all"));
    let own = world.salespeople().into_iter();
    let own = own.flat_map(|user| OWN.iter().map(move |view| (view, user, "me")));
    shared.chain(own).enumerate().map(|(index, (view, user, share))| {
        Sheet::create("saved_view", index, founded(world), Some(key(user)))
            .set("name", world.language().of(view.name.0, view.name.1))
            .set("object", view.object)
            .set("kind", view.kind)
            .set("shared", share)
            .set("pinned", share == "me")
            .set("filter", view.filter)
            .set("columns", columns(view.columns))
            .set("sort", view.sort)
            .set("group", view.group)
            .set("sum", view.sum)
            .set("owner", link("user", user))
            .done()
    })
}

/// A JSON list of field names.
fn columns(names: &str) -> String {
    let names: Vec<&str> = names.split(' ').collect();
    serde_json::json!(names).to_string()
}
