//! Tests of `show`.

use super::*;
use crate::chart::{Bar, Chart, Unit};
use crate::report::{Report, Table};
use mining::Text;

fn hostile() -> Report {
    let mut report = Report { study: "x".into(), source: "<f>".into(), ..Report::default() };
    report.finding("<script>alert(1)</script>", "脚本 <b>");
    let mut table =
        Table::new("list", Text::new("List", "名单"), &[("a", "a", "甲"), ("n", "n", "数")]);
    table.rows.push(vec![Value::Raw("=1+1\u{1b}[2J".into()), Value::Number(f64::NAN)]);
    table.rows.push(vec![Value::Raw("客户甲".into()), Value::Number(1_234_567.0)]);
    report.tables.push(table);
    let bars =
        vec![Bar::raw("<img src=x>", 1.0), Bar::raw("b", f64::NAN), Bar::raw("c", f64::INFINITY)];
    report.charts.push(Chart::bars(Text::new("t", "标"), Text::default(), bars, Unit::Number));
    report
}

#[test]
fn what_data_hold_stays_text() {
    let report = hostile();
    let page = html(&report, Language::Zh);
    assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
    assert!(!page.contains("http://") && !page.contains("https://"), "nothing from outside");
    assert!(!page.contains("NaN") && !page.contains("inf"), "no broken coordinates");
    assert!(page.contains("id=\"zh\" checked"));
    let text = terminal(&report, Language::En);
    assert!(!text.contains('\u{1b}') && text.contains("1,234,567"), "{text}");
    let json = json(&report).to_string();
    assert!(json.contains("\"n\":null"), "{json}");
    let mut bytes = Vec::new();
    csv(&report, Language::Zh, &mut bytes).expect("writes to memory");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(text.contains("甲,数") && text.contains("'=1+1") && text.contains("1234567"), "{text}");
}
