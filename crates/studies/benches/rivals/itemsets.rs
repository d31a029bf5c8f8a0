//! Frequent itemsets beside pyfim (Borgelt's C) and mlxtend.

use super::Line;
use super::clock::median;
use super::python::Python;
use mining::Run;
use mining::basket::{Baskets, SupportMin, frequent};
use mining::rng::Rng;
use studies::verify::samples::Samples;

/// Baskets of a made-up shop: popular and rare products, some of them bought together.
fn made_up() -> Baskets {
    let mut rng = Rng::new(11);
    let items = 800;
    let lists: Vec<Vec<u32>> = (0..20_000)
        .map(|_| {
            let size = 1 + rng.below(18);
            let mut list: Vec<u32> =
                (0..size).map(|_| (rng.uniform().powi(3) * f64::from(items)) as u32).collect();
            if rng.uniform() < 0.3 {
                let bundle = rng.below(20) as u32 * 5;
                list.extend((bundle..bundle + 4).filter(|_| rng.uniform() < 0.8));
            }
            list
        })
        .collect();
    let names = (0..items).map(|i| i.to_string()).collect();
    Baskets::new(lists.iter().map(Vec::as_slice), names).expect("codes have names")
}

pub fn run(python: &Python, samples: Option<&Samples>, show: &mut dyn FnMut(Line)) {
    let made_up = [("made-up shop", made_up())];
    let real = samples.map_or([].as_slice(), |s| s.baskets.as_slice());
    for (name, baskets) in real.iter().chain(&made_up) {
        let file = format!("{}.baskets", name.replace(' ', "_"));
        python.lay_lists(&file, baskets.iter());
        let shares: &[f64] = match *name {
            "groceries" => &[0.001, 0.005],
            _ => &[0.01, 0.005],
        };
        for &share in shares {
            one(python, (name, baskets, &file), share, show);
        }
    }
}

fn one(
    python: &Python,
    (name, baskets, file): (&str, &Baskets, &str),
    share: f64,
    show: &mut dyn FnMut(Line),
) {
    let count = (baskets.len() as f64 * share - 1e-9).ceil() as u32;
    let lists: Vec<Vec<u32>> = baskets.iter().map(<[u32]>::to_vec).collect();
    let (ours, found) = median(|| {
        // The others are given plain lists, too.
        let all = Baskets::new(lists.iter().map(Vec::as_slice), baskets.names().to_vec());
        let all = all.expect("codes have names");
        frequent(&all, SupportMin::Count(count), 99, &Run::default()).expect("valid").len()
    });
    let (count, items) = (count.to_string(), baskets.names().len().to_string());
    let rivals: [(&'static str, Vec<&str>, f64); 2] =
        [("pyfim", vec![file, &count], 1.2), ("mlxtend", vec![file, &count, &items], 0.05)];
    for (rival, arguments, goal) in rivals {
        if let Some((theirs, reached)) = python.measure(rival, &arguments) {
            let quality = format!("{found} / {} itemsets", reached.first().unwrap_or(&0.0));
            let task = format!("itemsets, {name} at {share}");
            show(Line { task, rival, ours, theirs, goal: Some(goal), quality });
        }
    }
}
