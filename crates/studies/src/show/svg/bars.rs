//! Bars, and effects with their ranges.

use super::axis::{Axis, written};
use super::{WIDTH, plain as text, words};
use crate::chart::{Bar, Unit};
use mining::Text;

const ROW: f64 = 26.0;
const LABEL: f64 = 220.0;
const VALUE: f64 = 96.0;

/// Bars from a common line, each with its label and value.
pub fn plain(bars: &[Bar], unit: Unit) -> (f64, String) {
    let axis = Axis::over(bars.iter().map(|b| b.value), unit, true);
    let (low, high) = (LABEL + 10.0, WIDTH - VALUE);
    let zero = axis.place(0.0, low, high);
    let mut out = String::new();
    for (at, bar) in bars.iter().enumerate() {
        let y = 6.0 + at as f64 * ROW;
        let end = axis.place(if bar.value.is_finite() { bar.value } else { 0.0 }, low, high);
        let (x, width) = (zero.min(end), (end - zero).abs().max(1.0));
        out += &words(&bar.label, LABEL, y + 15.0, "end", "label", LABEL);
        out += &format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{:.1}\" rx=\"3\" class=\"bar\"/>",
            ROW - 7.0
        );
        let shown = written(bar.value, unit);
        let note = bar.note.clone().unwrap_or_else(|| Text::new(&shown, &shown));
        out += &words(&note, end.max(zero) + 6.0, y + 15.0, "start", "value", VALUE);
    }
    (12.0 + bars.len() as f64 * ROW, out)
}

/// Dots with ranges on both sides of a zero line.
pub fn effects(bars: &[Bar], unit: Unit) -> (f64, String) {
    let ends = bars.iter().flat_map(|b| {
        [b.value, b.range.map_or(b.value, |r| r.0), b.range.map_or(b.value, |r| r.1)]
    });
    let axis = Axis::over(ends, unit, true);
    let (low, high) = (LABEL + 20.0, WIDTH - 20.0);
    let bottom = 6.0 + bars.len() as f64 * ROW;
    let mut out = String::new();
    for &tick in &axis.ticks {
        let x = axis.place(tick, low, high);
        let class = if tick.abs() < 1e-12 { "zero" } else { "rule" };
        out += &format!(
            "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"0\" y2=\"{bottom:.1}\" class=\"{class}\"/>"
        );
        out += &text(&axis.text(tick), x, bottom + 16.0, "middle", "tick");
    }
    for (at, bar) in bars.iter().enumerate() {
        let y = 6.0 + at as f64 * ROW + 10.0;
        let (x, range) =
            (axis.place(bar.value, low, high), bar.range.unwrap_or((bar.value, bar.value)));
        let (from, to) = (axis.place(range.0, low, high), axis.place(range.1, low, high));
        let class = if bar.value < 0.0 { "c2" } else { "c1" };
        out += &words(&bar.label, LABEL, y + 4.0, "end", "label", LABEL);
        out += &format!(
            "<line x1=\"{from:.1}\" x2=\"{to:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" class=\"range {class}\"/>"
        );
        // Down is told by the shape, too.
        out += &if bar.value < 0.0 {
            format!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"9\" height=\"9\" class=\"dot {class}\"/>",
                x - 4.5,
                y - 4.5
            )
        } else {
            format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\" class=\"dot {class}\"/>")
        };
    }
    (bottom + 24.0, out)
}
