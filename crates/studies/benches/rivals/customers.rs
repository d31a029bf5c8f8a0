//! k-means beside scikit-learn.

use super::Line;
use super::clock::median;
use super::python::Python;
use mining::Run;
use mining::rng::Rng;
use mining::segment::{KMeansOptions, Points, kmeans};
use studies::verify::samples::Samples;

fn cloud(rows: usize) -> Points {
    let mut rng = Rng::new(1);
    let values = (0..rows)
        .flat_map(|i| {
            let shift = [(0.0, 0.0), (2.0, 1.0), (-1.0, 2.5), (1.0, -2.0)][i % 4];
            [rng.normal() + shift.0, rng.normal() + shift.1, rng.normal()]
        })
        .collect();
    Points::new(values, 3).expect("finite")
}

pub fn run(python: &Python, samples: Option<&Samples>, show: &mut dyn FnMut(Line)) {
    if let Some(samples) = samples {
        for k in [3, 5, 8] {
            one(python, ("Online Retail customers", &samples.customers), (k, 10), show);
        }
    }
    one(python, ("5,000 made-up", &cloud(5_000)), (5, 10), show);
    one(python, ("1,000,000 made-up", &cloud(1_000_000)), (5, 1), show);
}

fn one(
    python: &Python,
    (name, points): (&str, &Points),
    (k, starts): (usize, usize),
    show: &mut dyn FnMut(Line),
) {
    let file = "points";
    let values: Vec<f64> = (0..points.rows()).flat_map(|r| points.row(r).to_vec()).collect();
    python.lay(file, &values);
    let options = KMeansOptions { k, starts, ..KMeansOptions::default() };
    let (ours, found) =
        median(|| kmeans(points, &options, &Run::default()).expect("enough rows").inertia);
    let arguments = [file, "3", &k.to_string(), &starts.to_string()];
    if let Some((theirs, reached)) = python.measure("kmeans", &arguments) {
        let quality = format!("inertia {found:.2} / {:.2}", reached.first().unwrap_or(&0.0));
        let task = format!("k-means, {name}, k {k}, {starts} starts");
        show(Line { task, rival: "scikit-learn", ours, theirs, goal: Some(1.0), quality });
    }
}
