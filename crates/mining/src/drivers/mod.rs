//! What distinguishes won from lost, loyal from gone, good sellers from others: effects with
//! confidence intervals, corrected for the number of things tried. Association, not proof.

mod interval;

use crate::cart::{Cart, CartOptions, Pruning};
use crate::error::{Error, Result};
use crate::frame::{Column, Frame, Values};
use crate::lifetime::{chi_square_tail, normal_tail};
use crate::run::Run;
use crate::split::two_classes;
use crate::text::{Text, percent};
pub use interval::{adjusted, rate_difference};

/// How to look.
#[derive(Debug, Clone)]
pub struct DriverOptions {
    /// A level with fewer rows is not judged.
    pub level_rows_min: usize,
    /// Share of findings that may be false (false discovery rate), for example .05.
    pub false_share: f64,
    /// Confidence of the intervals.
    pub confidence: f64,
}

impl Default for DriverOptions {
    fn default() -> Self {
        Self { level_rows_min: 30, false_share: 0.05, confidence: 0.95 }
    }
}

/// One group of rows against all others.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// The column.
    pub column: String,
    /// The group: a level, "highest quarter", "lowest quarter", or "missing".
    pub group: Text,
    /// Rows in the group.
    pub rows: usize,
    /// Share of positives in the group.
    pub rate: f64,
    /// Share of positives among all other rows whose value is known.
    pub other_rate: f64,
    /// Difference of the two.
    pub effect: f64,
    /// Lower bound of the effect.
    pub low: f64,
    /// Upper bound of the effect.
    pub high: f64,
    /// P value of no difference.
    pub p_value: f64,
    /// P value after correction for all groups tried.
    pub p_adjusted: f64,
    /// The finding as a sentence.
    pub text: Text,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Drivers {
    /// Findings that survive the correction, strongest first.
    pub found: Vec<Driver>,
    /// All groups tried, in column order.
    pub tried: Vec<Driver>,
    /// A tree drawn for people; only where its rules hold in cross-validation.
    pub tree: Option<Cart>,
}

/// Compares every group of every column with the rest of the rows.
///
/// Levels are compared one by one, numbers by their highest and lowest quarter. Intervals of
/// rate differences are Newcombe's (1998, method 10), tests are Pearson's χ² with one degree of
/// freedom (for numbers: Mann and Whitney 1947 on all values), corrected by Benjamini and
/// Hochberg 1995 for all groups together.
///
/// # Errors
/// [`Error::OneClass`], [`Error::Length`], [`Error::Empty`], [`Error::NoColumns`],
/// [`Error::Option`], [`Error::Cancelled`].
pub fn drivers(
    frame: &Frame,
    positive: &[bool],
    options: &DriverOptions,
    run: &Run<'_>,
) -> Result<Drivers> {
    two_classes(frame.rows(), positive)?;
    if !(options.false_share > 0.0 && options.false_share < 1.0) {
        return Err(Error::Option { name: "false_share", need: "between 0 and 1" });
    }
    if !(options.confidence > 0.5 && options.confidence < 1.0) {
        return Err(Error::Option { name: "confidence", need: "between 0.5 and 1" });
    }
    if frame.columns().is_empty() {
        return Err(Error::NoColumns);
    }
    let mut tried = Vec::new();
    for (at, column) in frame.columns().iter().enumerate() {
        run.step(at, frame.columns().len())?;
        match column.values() {
            Values::Category(c) => {
                for (code, level) in c.levels().iter().enumerate() {
                    let group = Text::new(level, level);
                    let side = |row: usize| match c.codes()[row] as usize {
                        own if own == code => Some(true),
                        other if other < c.levels().len() => Some(false),
                        _ => None,
                    };
                    tried.extend(compare(column, group, positive, &side, None, options));
                }
            }
            Values::Numeric(v) => tried.extend(quarters(column, v, positive, options)),
        }
        tried.extend(missing(column, positive, options));
    }
    let corrected = adjusted(&tried.iter().map(|d| d.p_value).collect::<Vec<_>>());
    tried.iter_mut().zip(corrected).for_each(|(d, p)| d.p_adjusted = p);
    let mut found: Vec<Driver> =
        tried.iter().filter(|d| d.p_adjusted <= options.false_share).cloned().collect();
    let nearest = |d: &Driver| if d.effect > 0.0 { d.low } else { -d.high };
    found.sort_by(|a, b| nearest(b).total_cmp(&nearest(a)));
    let pruning = Pruning::CrossValidated { folds: 5, one_error: true };
    let cart = CartOptions { depth_max: 4, pruning, ..CartOptions::default() };
    let tree = Cart::classify(frame, positive, &cart, run)?;
    let tree = (tree.tree().leaves() > 1).then_some(tree);
    Ok(Drivers { found, tried, tree })
}

/// `side` tells for each row: in the group, among the others, or neither.
fn compare(
    column: &Column,
    group: Text,
    positive: &[bool],
    side: &dyn Fn(usize) -> Option<bool>,
    p_value: Option<f64>,
    options: &DriverOptions,
) -> Option<Driver> {
    // [others, group] × [negative, positive]
    let mut counts = [[0usize; 2]; 2];
    for (row, &yes) in positive.iter().enumerate() {
        if let Some(inside) = side(row) {
            counts[usize::from(inside)][usize::from(yes)] += 1;
        }
    }
    let rows = counts.map(|c| c[0] + c[1]);
    if rows.iter().any(|&n| n < options.level_rows_min.max(1)) {
        return None;
    }
    let rate = |g: usize| counts[g][1] as f64 / rows[g] as f64;
    let (low, high) =
        rate_difference(counts[1][1], rows[1], counts[0][1], rows[0], options.confidence);
    let p_value = p_value.unwrap_or_else(|| chi_square(counts));
    let (here, there) = (percent(rate(1)), percent(rate(0)));
    let name = column.name();
    let text = Text::new(
        format!("{name} {}: {here} against {there} elsewhere", group.en),
        format!("{name} 为 {}：{here}，其余为 {there}", group.zh),
    );
    Some(Driver {
        column: name.to_owned(),
        group,
        rows: rows[1],
        rate: rate(1),
        other_rate: rate(0),
        effect: rate(1) - rate(0),
        low,
        high,
        p_value,
        p_adjusted: p_value,
        text,
    })
}

/// Pearson 1900 for two rates.
fn chi_square(c: [[usize; 2]; 2]) -> f64 {
    let f = c.map(|r| r.map(|n| n as f64));
    let n: f64 = f.iter().flatten().sum();
    let (r0, r1) = (f[0][0] + f[0][1], f[1][0] + f[1][1]);
    let (c0, c1) = (f[0][0] + f[1][0], f[0][1] + f[1][1]);
    let below = r0 * r1 * c0 * c1;
    if below <= 0.0 {
        return 1.0;
    }
    let cross = f[0][0] * f[1][1] - f[0][1] * f[1][0];
    chi_square_tail(n * cross * cross / below, 1.0)
}

fn quarters(
    column: &Column,
    values: &[f64],
    positive: &[bool],
    options: &DriverOptions,
) -> Vec<Driver> {
    let cuts = crate::metrics::quantile_cuts(values, 4);
    let (Some(&low), Some(&high)) = (cuts.first(), cuts.last()) else { return Vec::new() };
    let p = rank_test(values, positive);
    let known = |row: usize, inside: bool| (!values[row].is_nan()).then_some(inside);
    let number = crate::text::number;
    let top = Text::new(format!("above {}", number(high)), format!("高于 {}", number(high)));
    let bottom = Text::new(format!("at most {}", number(low)), format!("不高于 {}", number(low)));
    let above = |row: usize| known(row, values[row] > high);
    let below = |row: usize| known(row, values[row] <= low);
    [
        compare(column, top, positive, &above, Some(p), options),
        compare(column, bottom, positive, &below, Some(p), options),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn missing(column: &Column, positive: &[bool], options: &DriverOptions) -> Option<Driver> {
    let is_missing = |row: usize| match column.values() {
        Values::Numeric(v) => v[row].is_nan(),
        Values::Category(c) => c.codes()[row] as usize >= c.levels().len(),
    };
    let group = Text::new("missing", "缺失");
    compare(column, group, positive, &|row| Some(is_missing(row)), None, options)
}

/// Two-sided p value of the rank-sum test of Mann and Whitney 1947, with ties.
fn rank_test(values: &[f64], positive: &[bool]) -> f64 {
    let mut rows: Vec<usize> = (0..values.len()).filter(|&r| !values[r].is_nan()).collect();
    rows.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let n = rows.len() as f64;
    let yes = rows.iter().filter(|&&r| positive[r]).count() as f64;
    let no = n - yes;
    if yes == 0.0 || no == 0.0 {
        return 1.0;
    }
    let (mut sum, mut ties, mut before) = (0.0, 0.0, 0.0);
    for group in rows.chunk_by(|&a, &b| values[a] == values[b]) {
        let t = group.len() as f64;
        let rank = before + (t + 1.0) / 2.0;
        sum += rank * group.iter().filter(|&&r| positive[r]).count() as f64;
        ties += t * t * t - t;
        before += t;
    }
    let u = sum - yes * (yes + 1.0) / 2.0;
    let variance = yes * no / 12.0 * (n + 1.0 - ties / (n * (n - 1.0)).max(1.0));
    if variance <= 0.0 {
        return 1.0;
    }
    (2.0 * normal_tail((u - yes * no / 2.0).abs() / variance.sqrt())).min(1.0)
}

#[cfg(test)]
mod tests;
