//! Charts as inline SVG: colours by variables for light and dark, shapes and labels for those
//! who cannot tell colours apart, both languages in one picture.

mod axis;
mod bars;
mod grid;
mod lines;
mod tree;

use crate::chart::{Chart, Kind};
use mining::Text;

/// Width of a picture in user units, half a page or a whole one.
const WIDTH: f64 = 620.0;
const WIDE: f64 = 1080.0;
/// Mean width of a character of 12 units, Latin and Chinese.
const LATIN: f64 = 6.4;
const HAN: f64 = 12.2;

/// The chart as an `svg` element.
#[must_use]
pub fn svg(chart: &Chart) -> String {
    let (width, (height, body)) = match &chart.kind {
        Kind::Bars { bars, unit, around_zero: false } => (WIDTH, bars::plain(bars, *unit)),
        Kind::Bars { bars, unit, around_zero: true } => (WIDTH, bars::effects(bars, *unit)),
        Kind::Lines { series, x, y } => (WIDTH, lines::lines(series, x, y)),
        Kind::Grid { columns, rows, axes, cells } => (WIDE, grid::grid(columns, rows, axes, cells)),
        Kind::Tree { nodes } => (WIDE, tree::tree(nodes)),
    };
    let label = escape(&format!("{} / {}", chart.alt.en, chart.alt.zh));
    format!(
        "<svg viewBox=\"0 0 {width} {height:.0}\" role=\"img\" aria-label=\"{label}\">{body}</svg>"
    )
}

/// Text safe inside elements and quoted attributes.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A text at a place, in both languages where they differ. `anchor` is start, middle or end.
fn words(text: &Text, x: f64, y: f64, anchor: &str, class: &str, width_max: f64) -> String {
    let one = |t: &str, lang: &str| {
        let shown = escape(&fitted(t, width_max));
        let full = if shown == escape(t) {
            String::new()
        } else {
            format!("<title>{}</title>", escape(t))
        };
        format!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" class=\"{class}\"{lang}>{full}{shown}</text>"
        )
    };
    if text.en == text.zh {
        return one(&text.en, "");
    }
    one(&text.en, " lang=\"en\"") + &one(&text.zh, " lang=\"zh-CN\"")
}

/// The same text in both languages.
fn plain(text: &str, x: f64, y: f64, anchor: &str, class: &str) -> String {
    words(&Text::new(text, text), x, y, anchor, class, f64::INFINITY)
}

fn width_of(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { LATIN } else { HAN }).sum()
}

/// A text cut to a width.
fn fitted(text: &str, width_max: f64) -> String {
    if width_of(text) <= width_max {
        return text.to_owned();
    }
    let (mut out, mut width) = (String::new(), HAN);
    for c in text.chars() {
        width += if c.is_ascii() { LATIN } else { HAN };
        if width > width_max {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}
