//! Axes: where the ticks are and how they are written.

use crate::chart::Unit;
use crate::sheet::day_text;
use mining::text::{number, percent};

/// A range with round ticks.
pub struct Axis {
    pub from: f64,
    pub to: f64,
    pub ticks: Vec<f64>,
    unit: Unit,
}

impl Axis {
    /// For finite values; with `zero`, the axis starts (or ends) at 0.
    pub fn over(values: impl Iterator<Item = f64>, unit: Unit, zero: bool) -> Self {
        let start = if zero { (0.0, 0.0) } else { (f64::INFINITY, f64::NEG_INFINITY) };
        let (mut from, mut to) = values
            .filter(|v| v.is_finite())
            .fold(start, |(a, b), v| (f64::min(a, v), f64::max(b, v)));
        if !from.is_finite() {
            (from, to) = (0.0, 1.0);
        }
        if to - from <= 1e-12 * to.abs().max(1e-300) {
            to = from + from.abs().max(1.0);
        }
        let step = step((to - from) / 5.0);
        if unit != Unit::Day {
            from = (from / step).floor() * step;
            to = (to / step - 1e-9).ceil() * step;
        }
        if unit == Unit::Share && from >= 0.0 && to > 1.0 {
            to = to.min(1.0_f64.max(step));
        }
        let first = (from / step).ceil() as i64;
        let ticks = (0..=50)
            .map(|i| (first as f64 + f64::from(i)) * step)
            .take_while(|t| *t <= to + 1e-9 * step)
            .collect();
        Self { from, to, ticks, unit }
    }

    /// A value's place between two ends.
    pub fn place(&self, value: f64, low: f64, high: f64) -> f64 {
        let share = (value - self.from) / (self.to - self.from);
        low + share.clamp(-0.05, 1.05) * (high - low)
    }

    /// A tick as people read it.
    pub fn text(&self, value: f64) -> String {
        written(value, self.unit)
    }
}

/// 1, 2 or 5 times a power of ten, not below the given size.
fn step(size: f64) -> f64 {
    let power = 10f64.powf(size.log10().floor());
    let lead = size / power;
    power * [1.0, 2.0, 5.0, 10.0].into_iter().find(|m| lead <= *m).unwrap_or(10.0)
}

/// A value in its unit.
pub fn written(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => percent(value),
        Unit::Day => day_text(value),
        Unit::Number if !value.is_finite() => number(value),
        Unit::Number if value.abs() >= 1e9 => format!("{}G", number(value / 1e9)),
        Unit::Number if value.abs() >= 1e6 => format!("{}M", number(value / 1e6)),
        Unit::Number if value.abs() >= 1e4 => format!("{}k", number(value / 1e3)),
        Unit::Number => number(value),
    }
}
