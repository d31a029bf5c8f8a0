//! Grows the customers tenfold at a time up to a million with ten order lines each on average, makes
//! features and a boosted churn model of them, and prints time, memory and the fitted exponent:
//! `cargo run --release -p mining --example scale`.

use mining::Run;
use mining::activity::Activities;
use mining::boost::{BoostOptions, Boosted};
use mining::metrics::roc_auc;
use mining::rng::Rng;
use mining::segment::Order;
use std::time::Instant;

const LINES: usize = 10;
const CUT: f64 = 270.0;
const DAYS: f64 = 90.0;
const MEMORY_MB_MAX: f64 = 2048.0;

/// Ten order lines of each customer on average, who buys at an own pace until leaving, 360 days.
fn lines(customers: u64) -> Vec<Order> {
    let mut rng = Rng::new(9);
    let mut out = Vec::with_capacity(customers as usize * LINES * 101 / 100);
    for customer in 0..customers {
        let leaves = if rng.uniform() < 0.4 { rng.uniform() * 360.0 } else { 1e9 };
        let start = rng.uniform() * 120.0;
        let span = (360.0 - start).min((leaves - start).max(1.0));
        for _ in 0..1 + rng.below(2 * LINES - 1) {
            let day = (start + rng.uniform() * span).min(360.0);
            out.push(Order { customer, day, amount: rng.exponential(0.02) });
        }
    }
    // Lines come in the order of time, as a shop writes them.
    out.sort_unstable_by(|a, b| a.day.total_cmp(&b.day).then(a.customer.cmp(&b.customer)));
    out
}

/// Most memory this process has held so far.
fn memory_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|v| v.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// Seconds, and the model's probabilities, which depend on every feature.
fn study(customers: u64, shards: usize) -> (f64, Vec<f64>) {
    let orders = lines(customers);
    let from = Instant::now();
    let run = Run { shards, ..Run::default() };
    let found = Activities::of(&orders, CUT, &run).expect("valid orders");
    let gone: Vec<bool> = found.ordered_within(&orders, DAYS).iter().map(|yes| !yes).collect();
    let count = orders.len();
    drop(orders);
    let frame = found.features().expect("customers");
    drop(found);
    let features = from.elapsed().as_secs_f64();
    let options = BoostOptions { rounds: 100, learning_rate: 0.1, ..BoostOptions::default() };
    let model = Boosted::classify(&frame, &gone, &options, &run).expect("fits");
    let p = model.probability(&frame).expect("same columns");
    let seconds = from.elapsed().as_secs_f64();
    println!(
        "{count:>10} lines of {customers:>9} customers, {shards} shards: {features:.2} s features, {seconds:.2} s in all, AUC {:.3}, peak memory {:.0} MB",
        roc_auc(&gone, &p).expect("both outcomes"),
        memory_mb()
    );
    (seconds, p)
}

fn main() {
    let sizes = [10_000u64, 100_000, 1_000_000];
    let mut seconds = Vec::new();
    let mut last = None;
    for &n in &sizes {
        let (s, p) = study(n, 1);
        seconds.push(s);
        last = Some(p);
    }
    let exponent = (seconds[2] / seconds[0]).ln() / 100f64.ln();
    println!("time grows with the customers to the power {exponent:.2}");
    let peak = memory_mb();
    let verdict = if peak <= MEMORY_MB_MAX { "within" } else { "ABOVE" };
    println!("peak memory {peak:.0} MB, {verdict} 2 GB");
    let (_, p) = study(1_000_000, 4);
    println!("1 and 4 shards give the same features and model: {}", last == Some(p));
}
