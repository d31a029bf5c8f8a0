//! The history is alive: volumes, seasons, weeks, and work up to today.

use demo::{DemoValue, Language, generate};
use jiff::civil::{Date, Weekday};

use super::{TODAY, day_of, days, firm, instant, is_bought, options, tables, text};

#[test]
fn volumes_are_as_promised_and_linear() {
    let counts = |scale: f64, language: Language| {
        let tables = tables(&generate(&options(scale, language)));
        ["account", "contact", "lead", "opportunity", "order", "activity"]
            .map(|o| tables[o].len() as f64)
    };
    let promised = [1_500.0, 4_000.0, 3_200.0, 2_800.0, 12_000.0, 30_000.0];
    let whole = counts(1.0, Language::Zh);
    let english = counts(1.0, Language::En);
    let half = counts(0.5, Language::Zh);
    for (index, promise) in promised.into_iter().enumerate() {
        assert!((whole[index] / promise - 1.0).abs() < 0.15, "{whole:?}");
        assert!((english[index] / promise - 1.0).abs() < 0.15, "{english:?}");
        assert!((half[index] / whole[index] - 0.5).abs() < 0.05, "{half:?} {whole:?}");
    }
}

#[test]
fn orders_follow_weeks_and_years() {
    let tables = tables(&firm(1.0));
    let dates: Vec<Date> = tables["order"]
        .values()
        .filter(|order| is_bought(order))
        .filter_map(|order| instant(order, "ordered_at").map(day_of))
        .collect();
    let weekend =
        dates.iter().filter(|d| matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday));
    assert!((weekend.count() as f64) < 0.05 * dates.len() as f64);
    // Within one year, so that growth does not blur it: December against February.
    let month = |year: i16, month: i8| {
        dates.iter().filter(|date| date.year() == year && date.month() == month).count() as f64
    };
    assert!(month(2025, 12) > 1.5 * month(2026, 2), "{} {}", month(2025, 12), month(2026, 2));
    let school = |wanted: i8| {
        let orders = tables["order"].values().filter(|order| is_bought(order));
        let orders = orders.filter(|order| {
            let account = super::linked(order, "account").unwrap();
            text(&tables["account"][&account], "industry") == "education"
        });
        orders
            .filter(|o| instant(o, "ordered_at").is_some_and(|at| day_of(at).month() == wanted))
            .count()
    };
    assert!(school(7) + school(8) > 2 * (school(3) + school(4)), "{:?}", [school(7), school(3)]);
}

#[test]
fn the_firm_works_today() {
    let tables = tables(&firm(1.0));
    let ago = |record: &demo::DemoRecord, field: &str| {
        instant(record, field).map(|at| days(day_of(at), TODAY))
    };
    let today = tables["activity"].values().filter(|a| ago(a, "at") == Some(0)).count();
    assert!(today >= 40, "{today}");
    let week = tables["activity"].values().filter(|a| ago(a, "at") <= Some(7)).count();
    assert!(week >= 250, "{week}");
    let due = |test: fn(i64) -> bool| {
        let open = tables["task"].values().filter(|task| text(task, "status") == "open");
        let due = open.filter(|task| match task.get("due_on") {
            DemoValue::Date(due) => test(days(TODAY, *due)),
            _ => false,
        });
        due.count()
    };
    let (overdue, now, later) = (due(|d| d < 0), due(|d| d == 0), due(|d| d > 0));
    assert!(overdue >= 50 && now >= 40 && later >= 150, "{overdue} {now} {later}");
    let leads = tables["lead"].values().filter(|l| text(l, "status") == "new").count();
    assert!(leads >= 2, "{leads}");
    let open = tables["opportunity"].values().filter(|o| !text(o, "next_step").is_empty()).count();
    assert!(open >= 150, "{open}");
    let returns = tables["order"].values().filter(|o| text(o, "kind") == "return").count();
    assert!((150..500).contains(&returns), "{returns}");
}
