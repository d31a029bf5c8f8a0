//! Grows the customers tenfold at a time up to a million with about ten order lines each, makes
//! features and a boosted churn model of them, and prints time, memory and the fitted exponent:
//! `cargo run --release --example scale`.

use mining::boost::{BoostOptions, Boosted};
use mining::metrics::roc_auc;
use mining::rng::Rng;
use mining::segment::{Order, rfm};
use mining::{Column, Frame, Run};
use std::time::Instant;

/// Order lines of customers who buy at their own pace until they leave, 360 days.
fn lines(customers: u64) -> Vec<Order> {
    let mut rng = Rng::new(9);
    let mut out = Vec::with_capacity(customers as usize * 10);
    for customer in 0..customers {
        let leaves = if rng.uniform() < 0.4 { rng.uniform() * 360.0 } else { 1e9 };
        let start = rng.uniform() * 120.0;
        for _ in 0..5 + rng.below(11) {
            let day = start + rng.uniform() * (360.0 - start).min((leaves - start).max(1.0));
            out.push(Order { customer, day: day.min(360.0), amount: rng.exponential(0.02) });
        }
    }
    out
}

fn memory_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|v| v.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

fn study(customers: u64, shards: usize) -> f64 {
    let orders = lines(customers);
    let from = Instant::now();
    let cut = 270.0;
    let mut later = vec![false; customers as usize];
    orders.iter().filter(|o| o.day > cut).for_each(|o| later[o.customer as usize] = true);
    let before: Vec<Order> = orders.iter().filter(|o| o.day <= cut).copied().collect();
    drop(orders);
    let found = rfm(&before, cut).expect("valid orders");
    let mut windows = vec![[0.0f64; 2]; customers as usize];
    for o in &before {
        let w = &mut windows[o.customer as usize];
        w[0] += f64::from(u8::from(cut - o.day <= 30.0));
        w[1] += f64::from(u8::from(cut - o.day <= 90.0));
    }
    drop(before);
    let column = |name, f: &dyn Fn(&mining::segment::Rfm) -> f64| {
        Column::numeric(name, found.iter().map(f).collect())
    };
    let frame = Frame::new(vec![
        column("recency", &|c| c.recency_days),
        column("frequency", &|c| c.frequency),
        column("monetary", &|c| c.monetary),
        column("orders 30", &|c| windows[c.customer as usize][0]),
        column("orders 90", &|c| windows[c.customer as usize][1]),
    ])
    .expect("equal lengths");
    let gone: Vec<bool> = found.iter().map(|c| !later[c.customer as usize]).collect();
    let options = BoostOptions { rounds: 100, learning_rate: 0.1, ..BoostOptions::default() };
    let run = Run { shards, ..Run::default() };
    let model = Boosted::classify(&frame, &gone, &options, &run).expect("fits");
    let p = model.probability(&frame).expect("same columns");
    let seconds = from.elapsed().as_secs_f64();
    println!(
        "{customers:>9} customers, {shards} shards: {seconds:.2} s, AUC {:.3}, peak memory {:.0} MB",
        roc_auc(&gone, &p).expect("both outcomes"),
        memory_mb()
    );
    seconds
}

fn main() {
    let sizes = [10_000u64, 100_000, 1_000_000];
    let seconds: Vec<f64> = sizes.iter().map(|&n| study(n, 1)).collect();
    let exponent = (seconds[2] / seconds[0]).ln() / 100f64.ln();
    println!("time grows with the customers to the power {exponent:.2}");
    study(1_000_000, 4);
}
