//! Boosted trees beside LightGBM, logistic regression beside scikit-learn.

use super::Line;
use super::clock::median;
use super::python::Python;
use mining::boost::{BoostOptions, Boosted};
use mining::frame::{Design, DesignOptions, Values};
use mining::linear::{Logistic, LogisticOptions};
use mining::metrics::{log_loss, roc_auc};
use mining::rng::Rng;
use mining::split::pick;
use mining::{Column, Frame, Run};
use studies::verify::samples::Samples;

/// Customers with ten numbers and four categories, of which some matter.
fn made_up(rows: usize) -> (Frame, Vec<bool>) {
    let mut rng = Rng::new(3);
    let mut columns: Vec<Vec<f64>> = vec![Vec::new(); 10];
    let mut levels: Vec<Vec<usize>> = vec![Vec::new(); 4];
    let mut y = Vec::with_capacity(rows);
    for _ in 0..rows {
        let x: Vec<f64> = (0..10).map(|_| rng.normal()).collect();
        let c: Vec<usize> = (0..4).map(|j| rng.below(3 + 6 * j)).collect();
        let z = x[0] + 0.5 * x[1] * x[2] - 0.7 * f64::from(u8::from(x[3] > 0.5))
            + 0.4 * (c[1] % 3) as f64
            - 0.6;
        y.push(rng.uniform() < 1.0 / (1.0 + (-z).exp()));
        columns.iter_mut().zip(x).for_each(|(column, v)| column.push(v));
        levels.iter_mut().zip(c).for_each(|(column, v)| column.push(v));
    }
    let numbers = columns.into_iter().enumerate().map(|(j, v)| Column::numeric(format!("x{j}"), v));
    let names: Vec<String> = (0..30).map(|l| format!("l{l:02}")).collect();
    let categories = levels.iter().enumerate().map(|(j, v)| {
        let cells = v.iter().map(|&l| Some(names[l].as_str()));
        Column::category(format!("c{j}"), cells).expect("few levels")
    });
    (Frame::new(numbers.chain(categories).collect()).expect("equal lengths"), y)
}

/// A quarter of the rows is held out.
struct Halves {
    train: Frame,
    y: Vec<bool>,
    test: Frame,
    truth: Vec<bool>,
    held_out: Vec<bool>,
}

fn halves(frame: &Frame, y: &[bool]) -> Halves {
    let mut rng = Rng::new(4);
    let held_out: Vec<bool> = y.iter().map(|_| rng.uniform() < 0.25).collect();
    let of = |side: bool| -> Vec<usize> { (0..y.len()).filter(|&r| held_out[r] == side).collect() };
    let (train, test) = (of(false), of(true));
    Halves {
        y: pick(y, &train),
        truth: pick(y, &test),
        train: frame.take(&train),
        test: frame.take(&test),
        held_out,
    }
}

/// Lays columns (codes for levels), outcome and the mark of held-out rows down; gives the
/// categorical columns.
fn lay(python: &Python, name: &str, frame: &Frame, y: &[bool], held_out: &[bool]) -> Vec<String> {
    let mut values = Vec::with_capacity(y.len() * (frame.columns().len() + 2));
    for row in 0..y.len() {
        for column in frame.columns() {
            values.push(match column.values() {
                Values::Numeric(v) => v[row],
                Values::Category(c) if (c.codes()[row] as usize) < c.levels().len() => {
                    f64::from(c.codes()[row])
                }
                Values::Category(_) => f64::NAN,
            });
        }
        values.push(f64::from(u8::from(y[row])));
        values.push(f64::from(u8::from(held_out[row])));
    }
    python.lay(name, &values);
    let columns = frame.columns().iter().enumerate();
    let categories = columns.filter(|(_, c)| matches!(c.values(), Values::Category(_)));
    categories.map(|(j, _)| j.to_string()).collect()
}

type Data = Vec<(&'static str, Frame, Vec<bool>)>;

fn data(samples: Option<&Samples>) -> Data {
    let mut all: Data = samples.map_or(Vec::new(), |s| s.outcomes.clone());
    let (frame, y) = made_up(60_000);
    all.push(("60,000 made-up", frame, y));
    all
}

/// 300 trees of 15 leaves.
pub fn boosted(python: &Python, samples: Option<&Samples>, show: &mut dyn FnMut(Line)) {
    for (name, frame, y) in data(samples) {
        let halves = halves(&frame, &y);
        let categories = lay(python, "outcomes", &frame, &y, &halves.held_out);
        let options = BoostOptions::default();
        let (ours, model) = median(|| {
            Boosted::classify(&halves.train, &halves.y, &options, &Run::default()).expect("fits")
        });
        let p = model.probability(&halves.test).expect("same columns");
        let auc = roc_auc(&halves.truth, &p).expect("two classes");
        let width = frame.columns().len().to_string();
        let mut arguments = vec!["outcomes", &width, "300", "15"];
        arguments.extend(categories.iter().map(String::as_str));
        if let Some((theirs, reached)) = python.measure("lightgbm", &arguments) {
            let quality = format!("AUC {auc:.4} / {:.4}", reached.first().unwrap_or(&0.0));
            let task = format!("boosted trees, {name}");
            show(Line { task, rival: "LightGBM", ours, theirs, goal: Some(1.2), quality });
        }
    }
}

/// From raw columns, encoding included, and on the encoded matrix alone.
pub fn logistic(python: &Python, samples: Option<&Samples>, show: &mut dyn FnMut(Line)) {
    for (name, frame, y) in data(samples) {
        let halves = halves(&frame, &y);
        let fit = |frame: &Frame| {
            Logistic::fit(frame, &halves.y, &LogisticOptions::default(), &Run::default())
        };
        let (ours, model) = median(|| fit(&halves.train).expect("fits"));
        let reached = |model: &Logistic, test: &Frame| {
            let p = model.probability(test).expect("same columns");
            let auc = roc_auc(&halves.truth, &p).expect("two classes");
            (auc, log_loss(&halves.truth, &p).expect("probabilities"))
        };
        let quality = |(auc, loss): (f64, f64), theirs: &[f64]| {
            let of = |at: usize| theirs.get(at).copied().unwrap_or(f64::NAN);
            format!("AUC {auc:.4} / {:.4}, log loss {loss:.4} / {:.4}", of(0), of(1))
        };
        let width = frame.columns().len().to_string();
        let categories = lay(python, "outcomes", &frame, &y, &halves.held_out);
        let mut arguments = vec!["outcomes", &width];
        arguments.extend(categories.iter().map(String::as_str));
        if let Some((theirs, found)) = python.measure("raw_logistic", &arguments) {
            let quality = quality(reached(&model, &halves.test), &found);
            let task = format!("logistic, {name}, from raw columns");
            show(Line { task, rival: "scikit-learn", ours, theirs, goal: Some(0.7), quality });
        }
        let matrix = encoded(&frame);
        let (train, test) = (
            matrix.take(&rows(&halves.held_out, false)),
            matrix.take(&rows(&halves.held_out, true)),
        );
        let (ours, model) = median(|| fit(&train).expect("fits"));
        lay(python, "matrix", &matrix, &y, &halves.held_out);
        let width = matrix.columns().len().to_string();
        if let Some((theirs, found)) = python.measure("logistic", &["matrix", &width]) {
            let quality = quality(reached(&model, &test), &found);
            let task = format!("logistic, {name}, encoded matrix");
            show(Line { task, rival: "scikit-learn", ours, theirs, goal: Some(0.7), quality });
        }
    }
}

fn rows(held_out: &[bool], side: bool) -> Vec<usize> {
    (0..held_out.len()).filter(|&r| held_out[r] == side).collect()
}

/// The frame as scaled numbers and one-hot columns.
fn encoded(frame: &Frame) -> Frame {
    let design = Design::learn(frame, &DesignOptions::default()).expect("columns");
    let x = design.encode(frame).expect("same columns");
    let width = design.width();
    let columns = (0..width).map(|j| {
        let values = x[j..].iter().step_by(width).copied().collect();
        Column::numeric(format!("{j}"), values)
    });
    Frame::new(columns.collect()).expect("equal lengths")
}
