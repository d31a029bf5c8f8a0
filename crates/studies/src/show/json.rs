//! A report as JSON, for programs: stable names, both languages, numbers unrounded.

use crate::report::{Figure, Report, Table, Value};
use crate::sheet::day_text;
use mining::Text;
use serde_json::{Map, Value as Json, json};

fn text(t: &Text) -> Json {
    json!({"en": t.en, "zh-CN": t.zh})
}

fn value(v: &Value) -> Json {
    match v {
        Value::Raw(t) => json!(t),
        Value::Words(t) => text(t),
        // Infinities and NaN have no place in JSON.
        Value::Number(x) | Value::Share(x) => {
            serde_json::Number::from_f64(*x).map_or(Json::Null, Json::Number)
        }
        Value::Count(n) => json!(n),
        Value::Day(d) if d.is_finite() => json!(day_text(*d)),
        Value::Day(_) | Value::None => Json::Null,
    }
}

fn figure(f: &Figure) -> (String, Json) {
    (f.key.to_owned(), json!({"label": text(&f.label), "value": value(&f.value)}))
}

fn table(t: &Table) -> Json {
    let columns: Vec<Json> =
        t.headings.iter().map(|h| json!({"key": h.key, "label": text(&h.label)})).collect();
    let row = |cells: &Vec<Value>| -> Json {
        let cells = t.headings.iter().zip(cells).map(|(h, v)| (h.key.clone(), value(v)));
        Json::Object(cells.collect())
    };
    let rows: Vec<Json> = t.rows.iter().map(row).collect();
    json!({"key": t.key, "title": text(&t.title), "columns": columns, "rows": rows})
}

/// The whole report; charts are left out, because the tables hold their numbers.
#[must_use]
pub fn json(report: &Report) -> Json {
    let sentences: Vec<Json> = report
        .sentences
        .iter()
        .map(|s| json!({"tone": s.tone.name(), "text": text(&s.text)}))
        .collect();
    let figures: Map<String, Json> = report.figures.iter().map(figure).collect();
    let card: Map<String, Json> = report.card.iter().map(figure).collect();
    let tables: Vec<Json> = report.tables.iter().map(table).collect();
    json!({
        "study": report.study,
        "title": text(&report.title),
        "source": report.source,
        "published": report.refused.is_none(),
        "refused": report.refused,
        "findings": sentences,
        "figures": figures,
        "tables": tables,
        "card": card,
    })
}
