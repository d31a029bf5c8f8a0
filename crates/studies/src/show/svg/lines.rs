//! Lines over a common axis, with bands, told apart by colour, dashes, markers and labels.

use super::axis::Axis;
use super::{WIDTH, plain, width_of, words};
use crate::chart::{Series, Unit};
use mining::Text;

const LEFT: f64 = 64.0;
const TOP: f64 = 52.0;
const HEIGHT: f64 = 250.0;
const KEY_ROW: f64 = 20.0;
const RIGHT: f64 = WIDTH - 20.0;
/// Points of a line that get a marker each.
const MARKERS_MAX: usize = 30;

/// The picture and its height.
pub fn lines(series: &[Series], x: &(Text, Unit), y: &(Text, Unit)) -> (f64, String) {
    let across = Axis::over(series.iter().flat_map(|s| s.points.iter().map(|p| p.0)), x.1, false);
    let bounds = |s: &Series| s.band.iter().flat_map(|b| [b.0, b.1]).collect::<Vec<_>>();
    let ends = series.iter().flat_map(|s| s.points.iter().map(|p| p.1).chain(bounds(s)));
    let up = Axis::over(ends, y.1, true);
    let (mut out, rows) = key(series);
    let top = TOP + rows * KEY_ROW;
    let bottom = top + HEIGHT;
    for &tick in &up.ticks {
        let at = up.place(tick, bottom, top);
        out += &format!(
            "<line x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{at:.1}\" y2=\"{at:.1}\" class=\"rule\"/>"
        );
        out += &plain(&up.text(tick), LEFT - 8.0, at + 4.0, "end", "tick");
    }
    for &tick in &across.ticks {
        let at = across.place(tick, LEFT, RIGHT);
        out += &format!(
            "<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{bottom}\" y2=\"{:.1}\" class=\"rule\"/>",
            bottom + 4.0
        );
        out += &plain(&across.text(tick), at, bottom + 18.0, "middle", "tick");
    }
    let middle = (LEFT + RIGHT) / 2.0;
    out += &words(&x.0, middle, bottom + 38.0, "middle", "axis", RIGHT - LEFT);
    out += &words(&y.0, LEFT - 56.0, top - 12.0, "start", "axis", 200.0);
    for (s, colour) in coloured(series) {
        let class = class(s, colour);
        let place = |p: &(f64, f64)| (across.place(p.0, LEFT, RIGHT), up.place(p.1, bottom, top));
        out += &band(s, &class, place);
        let points: Vec<(f64, f64)> = s.points.iter().map(place).collect();
        out += &format!("<path d=\"{}\" class=\"line {class}\"/>", path(&points, s.steps));
        if points.len() <= MARKERS_MAX && !s.reference && !s.steps {
            out.extend(points.iter().map(|p| marker(colour, p.0, p.1)));
        }
    }
    (bottom + 48.0, out)
}

/// Each line with the number of its colour, 1 to 6.
fn coloured(series: &[Series]) -> Vec<(&Series, usize)> {
    let mut colour = 0;
    series
        .iter()
        .map(|s| {
            colour = if s.reference { colour } else { colour % 6 + 1 };
            (s, colour)
        })
        .collect()
}

fn class(s: &Series, colour: usize) -> String {
    if s.reference { "reference".to_owned() } else { format!("c{colour}") }
}

/// What each line means, in as many rows as it takes.
fn key(series: &[Series]) -> (String, f64) {
    const NAME_MAX: f64 = 170.0;
    let (mut out, mut x, mut row) = (String::new(), LEFT, 0.0);
    for (s, colour) in coloured(series) {
        let width = width_of(&s.name.en).max(width_of(&s.name.zh)).min(NAME_MAX) + 52.0;
        if x + width > RIGHT + 20.0 && x > LEFT {
            (x, row) = (LEFT, row + 1.0);
        }
        let y = 14.0 + row * KEY_ROW;
        let class = class(s, colour);
        out += &format!(
            "<line x1=\"{x:.1}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" class=\"line {class}\"/>",
            x + 26.0
        );
        if !s.reference && !s.steps {
            out += &marker(colour, x + 13.0, y);
        }
        out += &words(&s.name, x + 32.0, y + 4.0, "start", "label", NAME_MAX);
        x += width;
    }
    (out, row)
}

fn band(s: &Series, class: &str, place: impl Fn(&(f64, f64)) -> (f64, f64)) -> String {
    if s.band.len() != s.points.len() || s.band.is_empty() {
        return String::new();
    }
    let side = |of: fn(&(f64, f64)) -> f64| -> Vec<(f64, f64)> {
        s.points.iter().zip(&s.band).map(|(p, b)| place(&(p.0, of(b)))).collect()
    };
    let (upper, mut lower) = (side(|b| b.1), side(|b| b.0));
    let front = path(&upper, s.steps);
    if s.steps {
        lower = stepped(&lower);
    }
    let back: Vec<String> = lower.iter().rev().map(|p| format!("L{:.1} {:.1}", p.0, p.1)).collect();
    format!("<path d=\"{front}{}Z\" class=\"band {class}\"/>", back.concat())
}

/// The corners of a line that changes only at its points.
fn stepped(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut out: Vec<(f64, f64)> = Vec::with_capacity(points.len() * 2);
    for p in points {
        if let Some(last) = out.last().copied() {
            out.push((p.0, last.1));
        }
        out.push(*p);
    }
    out
}

fn path(points: &[(f64, f64)], steps: bool) -> String {
    let corners = if steps { stepped(points) } else { points.to_vec() };
    let word = |(at, p): (usize, &(f64, f64))| {
        format!("{}{:.1} {:.1}", if at == 0 { "M" } else { "L" }, p.0, p.1)
    };
    corners.iter().enumerate().map(word).collect()
}

fn marker(colour: usize, x: f64, y: f64) -> String {
    match colour {
        1 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" class=\"dot c1\"/>"),
        2 => format!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"7\" height=\"7\" class=\"dot c2\"/>",
            x - 3.5,
            y - 3.5
        ),
        3 => format!("<path d=\"M{x:.1} {:.1}l4.5 8h-9z\" class=\"dot c3\"/>", y - 5.0),
        4 => format!("<path d=\"M{x:.1} {:.1}l5 5l-5 5l-5 -5z\" class=\"dot c4\"/>", y - 5.0),
        n => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" class=\"ring c{n}\"/>"),
    }
}
