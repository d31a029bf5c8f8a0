//! A report as one page that needs nothing from outside: both languages, light and dark, no script.

use super::svg::{escape, svg};
use super::{cell, is_number};
use crate::Language;
use crate::chart::{Chart, Kind as Picture};
use crate::report::{Figure, Report, Table, Value};
use mining::Text;

/// Rows of a table on the page; the CSV file has them all.
const ROWS_SHOWN: usize = 200;
const STYLE: &str = include_str!("page.css");

/// The whole page; `language` is the one shown first.
#[must_use]
pub fn html(report: &Report, language: Language) -> String {
    let checked = |l: Language| if l == language { " checked" } else { "" };
    let title = escape(language.of(&report.title));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <title>{title} · {}</title><style>{STYLE}</style></head><body>\
         <header><div><h1>{}</h1><p class=\"source\">{}</p></div>\
         <fieldset><legend class=\"unseen\">Language 语言</legend>\
         <label><input type=\"radio\" name=\"language\" id=\"en\"{}> English</label>\
         <label><input type=\"radio\" name=\"language\" id=\"zh\"{}> 中文</label></fieldset></header><main>",
        language.code(),
        escape(&report.source),
        both(&report.title),
        escape(&report.source),
        checked(Language::En),
        checked(Language::Zh),
    );
    if report.refused.is_some() {
        let text = Text::new(
            "Not published: see below why, and what would help",
            "未发布：原因与改进建议见下",
        );
        out += &format!("<p class=\"refused\">{}</p>", both(&text));
    }
    out += &figures(&report.figures);
    if !report.sentences.is_empty() {
        out += "<ul class=\"findings\">";
        for s in &report.sentences {
            out += &format!("<li class=\"{}\">{}</li>", s.tone.name(), both(&s.text));
        }
        out += "</ul>";
    }
    out += "<div class=\"charts\">";
    let is_wide = |c: &Chart| matches!(c.kind, Picture::Tree { .. } | Picture::Grid { .. });
    let mut charts: Vec<&Chart> = report.charts.iter().collect();
    charts.sort_by_key(|c| is_wide(c));
    for chart in charts {
        let wide = is_wide(chart);
        let class = if wide { " class=\"wide\"" } else { "" };
        out += &format!(
            "<figure{class}><figcaption>{}</figcaption>{}</figure>",
            both(&chart.title),
            svg(chart)
        );
    }
    out += "</div>";
    report.tables.iter().filter(|t| !t.rows.is_empty()).for_each(|t| out += &table(t));
    out += &card(&report.card);
    out + "</main></body></html>\n"
}

/// Both languages, of which the page shows one.
fn both(text: &Text) -> String {
    if text.en == text.zh {
        return escape(&text.en);
    }
    format!(
        "<span lang=\"en\">{}</span><span lang=\"zh-CN\">{}</span>",
        escape(&text.en),
        escape(&text.zh)
    )
}

fn shown(value: &Value) -> String {
    match value {
        Value::Words(text) => both(text),
        other => escape(&cell(other, Language::En)),
    }
}

fn figures(figures: &[Figure]) -> String {
    if figures.is_empty() {
        return String::new();
    }
    let one =
        |f: &Figure| format!("<div><dt>{}</dt><dd>{}</dd></div>", both(&f.label), shown(&f.value));
    format!("<dl class=\"figures\">{}</dl>", figures.iter().map(one).collect::<String>())
}

fn table(t: &Table) -> String {
    let right: Vec<&str> =
        t.rows[0].iter().map(|v| if is_number(v) { " class=\"number\"" } else { "" }).collect();
    let mut out = format!(
        "<section><h2>{}</h2><div class=\"scroll\" tabindex=\"0\"><table><thead><tr>",
        both(&t.title)
    );
    for (h, class) in t.headings.iter().zip(&right) {
        out += &format!("<th scope=\"col\"{class}>{}</th>", both(&h.label));
    }
    out += "</tr></thead><tbody>";
    for row in t.rows.iter().take(ROWS_SHOWN) {
        out += "<tr>";
        for (value, class) in row.iter().zip(&right) {
            out += &format!("<td{class}>{}</td>", shown(value));
        }
        out += "</tr>";
    }
    out += "</tbody></table></div>";
    let more = t.rows.len().saturating_sub(ROWS_SHOWN);
    if more > 0 {
        let text = Text::new(
            format!("{more} more rows are not shown here"),
            format!("另有 {more} 行未在此显示"),
        );
        out += &format!("<p class=\"more\">{}</p>", both(&text));
    }
    out + "</section>"
}

fn card(card: &[Figure]) -> String {
    let title = Text::new("Where this comes from", "来源与说明");
    let one = |f: &Figure| {
        format!("<tr><th scope=\"row\">{}</th><td>{}</td></tr>", both(&f.label), shown(&f.value))
    };
    let rows: String = card.iter().map(one).collect();
    format!(
        "<section class=\"card\"><h2>{}</h2><table><tbody>{rows}</tbody></table></section>",
        both(&title)
    )
}
