//! RFM, k-means and Pareto on Online Retail beside the published figures.

use crate::data::{civil, cpu};
use crate::retail::Retail;
use mining::Run;
use mining::rng::Rng;
use mining::segment::{KMeansOptions, Order, Points, kmeans, pareto, rfm, silhouette, suggest_k};
use std::collections::BTreeMap;

/// One order per invoice.
pub fn orders(retail: &Retail) -> Vec<Order> {
    let mut found: BTreeMap<u32, Order> = BTreeMap::new();
    for l in &retail.lines {
        let o = found.entry(l.invoice).or_insert(Order {
            customer: u64::from(l.customer),
            day: l.time,
            amount: 0.0,
        });
        o.amount += l.amount;
    }
    found.into_values().collect()
}

pub fn run(retail: &Retail) {
    let snapshot = civil(2011, 12, 10) as f64;
    let orders: Vec<Order> =
        orders(retail).into_iter().map(|o| Order { day: o.day.floor(), ..o }).collect();
    let customers = rfm(&orders, snapshot).expect("valid orders");
    let values = customers.iter().flat_map(|c| [c.recency_days, c.frequency, c.monetary]).collect();
    let points = Points::new(values, 3).expect("finite").standardised(true);
    let inertia = [6474.14, 4856.32, 3924.39, 3268.01, 2840.15, 2533.00, 2325.5];
    let silhouettes = [0.4326, 0.3364, 0.3355, 0.3182, 0.3156, 0.3101, 0.3020];
    println!("k-means, {} customers of {}:", points.rows(), retail.customers);
    for (k, (want, s)) in (2..9).zip(inertia.iter().zip(silhouettes)) {
        let options = KMeansOptions { k, ..KMeansOptions::default() };
        let from = cpu();
        let found = kmeans(&points, &options, &Run::default()).expect("enough rows");
        let seconds = cpu() - from;
        let silhouette =
            silhouette(&points, &found.labels, 0, &Run::default()).expect("two groups");
        println!(
            "  k {k}: inertia {:.2} ({want}, {:+.3} %) silhouette {silhouette:.4} ({s}) {seconds:.4} s",
            found.inertia,
            (found.inertia / want - 1.0) * 100.0
        );
    }
    let choice = suggest_k(&points, 2, 8, &KMeansOptions::default(), &Run::default());
    let choice = choice.expect("enough rows");
    println!("  suggested k: {:?}; {:.3?}", choice.k, choice.tried);
    let money: Vec<f64> = customers.iter().map(|c| c.monetary).collect();
    let p = pareto(&money).expect("positive");
    let mut of_item = vec![0.0; retail.items.len()];
    retail.lines.iter().for_each(|l| of_item[l.item as usize] += l.amount);
    let q = pareto(&of_item).expect("positive");
    println!(
        "Pareto: top 20 % of customers {:.3} (.746), {:.3} make 80 % (.261), top 20 % of products {:.3} (.786)",
        p.value_of_top(0.2),
        p.customers_for(0.8) as f64 / money.len() as f64,
        q.value_of_top(0.2)
    );
}

/// One million points, one start.
pub fn million() {
    let mut rng = Rng::new(1);
    let values = (0..3_000_000).map(|_| rng.normal()).collect();
    let points = Points::new(values, 3).expect("finite");
    let options = KMeansOptions { k: 5, starts: 1, ..KMeansOptions::default() };
    let from = cpu();
    let found = kmeans(&points, &options, &Run::default()).expect("enough rows");
    println!(
        "k-means 1,000,000 × 3, k 5, one start: inertia {:.0}, {:.2} s (.87 s)",
        found.inertia,
        cpu() - from
    );
}
