//! RFM, k-means and Pareto on Online Retail.

use super::{Files, Goal, Teller, retail};
use crate::refusal::Result;
use mining::Run;
use mining::segment::{KMeansOptions, Points, kmeans, pareto, rfm, silhouette};

/// Published inertia and silhouette for 2 to 8 groups.
const PUBLISHED: [(f64, &str); 7] = [
    (6474.14, "6474.14, silhouette .4326"),
    (4856.32, "4856.32, silhouette .3364"),
    (3924.39, "3924.39, silhouette .3355"),
    (3268.01, "3268.01, silhouette .3182"),
    (2840.15, "2840.15, silhouette .3156"),
    (2533.00, "2533.00, silhouette .3101"),
    (2325.5, "2325.5, silhouette .3020"),
];

pub fn run(files: &dyn Files, run: &Run<'_>, told: &mut Teller<'_>) -> Result<()> {
    let retail = retail::read(files)?;
    let customers = rfm(&retail.orders(), retail::SNAPSHOT)?;
    told.tell("customers", customers.len() as f64, Goal::Near(4338.0, 0.0), "4,338");
    let values = customers.iter().flat_map(|c| [c.recency_days, c.frequency, c.monetary]).collect();
    let points = Points::new(values, 3)?.standardised(true);
    for (k, (inertia, published)) in (2..).zip(PUBLISHED) {
        let found = kmeans(&points, &KMeansOptions { k, ..KMeansOptions::default() }, run)?;
        let width = silhouette(&points, &found.labels, 0, run)?;
        let measure = format!("k-means, k = {k}: inertia (silhouette {width:.4})");
        told.tell(measure, found.inertia, Goal::AtMost(inertia * 1.0005), published);
    }
    let money: Vec<f64> = customers.iter().map(|c| c.monetary).collect();
    let p = pareto(&money)?;
    told.tell(
        "revenue of the top 20 % of customers",
        p.value_of_top(0.2),
        Goal::Near(0.746, 0.0006),
        ".746",
    );
    let share = p.customers_for(0.8) as f64 / money.len() as f64;
    told.tell("customers who make 80 %", share, Goal::Near(0.261, 0.0006), ".261");
    let mut of_item = vec![0.0; retail.items.len()];
    retail.lines.iter().for_each(|l| of_item[l.item as usize] += l.amount);
    let top = pareto(&of_item)?.value_of_top(0.2);
    told.tell("revenue of the top 20 % of products", top, Goal::Near(0.786, 0.0006), ".786");
    Ok(())
}
